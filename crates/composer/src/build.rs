//! What one run of the pipeline gives.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    composition::Composition,
    diagnostic::Diagnostic,
    disk::Seen,
    draw::draw,
    evaluate::ReadFile,
    generate::Artifacts,
    plugin::Plugin,
    render::{Colour, render},
    workspace::Workspace,
};

/// One composition, and everything made from it.
#[derive(Debug, Clone)]
pub struct Build {
    /// The workspace, as discovered.
    pub workspace: Workspace,
    /// The shell's folder relative to the workspace root.
    pub shell: String,
    /// The app.
    pub composition: Composition,
    /// The texts made from it.
    pub artifacts: Artifacts,
    /// The packages that have to exist once: peers of plugins that the shell itself resolves.
    pub dedupe: Vec<String>,
    /// What was read, looked for and listed.
    pub seen: Seen,
    /// The modules that configurations were read from, by file.
    pub modules: Vec<ReadFile>,
    /// What there is to say to authors, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// A digest of what there is to know, in this process: everything but where in a configuration it stands, and what
    /// was asked of the disk for it.
    pub fn content(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Artifacts { module, entries, types, bundle } = &self.artifacts;
        (module, types, &self.dedupe, draw(self)).hash(&mut hasher);
        for entry in entries {
            (&entry.id, &entry.code).hash(&mut hasher);
        }
        for plugin in &bundle.plugins {
            (&plugin.dir, &plugin.config, &plugin.files).hash(&mut hasher);
        }
        for read in &self.modules {
            (&read.file, read.code).hash(&mut hasher);
        }
        for diagnostic in &self.diagnostics {
            (diagnostic.severity, render(diagnostic, Colour::None)).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The modules that plugins were read from, each once.
pub(crate) fn modules(plugins: &[Plugin]) -> Vec<ReadFile> {
    let files = plugins.iter().flat_map(|plugin| &plugin.reading.files);
    let by_file: BTreeMap<&str, &ReadFile> = files.map(|read| (read.file.as_str(), read)).collect();
    by_file.into_values().cloned().collect()
}
