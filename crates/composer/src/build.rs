//! What one run of the pipeline gives.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use crate::{
    composition::Composition, diagnostic::Diagnostic, disk::Seen, evaluate::ReadFile, generate::Artifacts,
    plugin::Plugin, singletons::Singleton, workspace::Workspace,
};

/// One composition, and everything made from it.
#[derive(Debug, Clone)]
pub struct Build {
    /// The workspace, as discovered.
    pub workspace: Arc<Workspace>,
    /// The shell's folder relative to the workspace root.
    pub shell: String,
    /// The app.
    pub composition: Arc<Composition>,
    /// The texts made from it.
    pub artifacts: Artifacts,
    /// The packages that have to exist once, by name.
    pub singletons: Arc<[Singleton]>,
    /// What was read, looked for and listed.
    pub seen: Arc<Seen>,
    /// The modules that configurations were read from, by file.
    pub modules: Vec<ReadFile>,
    /// What there is to say to authors, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// The folders inside of plugins' folders that are not the plugins': other packages of the workspace, and the shell.
    pub fn foreign_folders(&self) -> Vec<String> {
        let plugins: BTreeSet<&str> =
            self.composition.included().iter().map(|plugin| plugin.package.dir.as_str()).collect();
        let inside = |dir: &str| {
            let mut around = Path::new(dir).ancestors().skip(1).filter_map(|folder| folder.to_str());
            dir != "." && around.any(|folder| plugins.contains(if folder.is_empty() { "." } else { folder }))
        };
        let packages = self.workspace.packages.iter().map(|package| package.dir.as_str());
        let folders: BTreeSet<&str> = packages.chain([self.shell.as_str()]).collect();
        folders.into_iter().filter(|dir| !plugins.contains(dir) && inside(dir)).map(String::from).collect()
    }

    /// The names of the packages that have to exist once, sorted.
    pub fn dedupe(&self) -> Vec<&str> {
        self.singletons.iter().map(|singleton| singleton.name.as_str()).collect()
    }
}

/// The modules that plugins were read from, each once.
pub(crate) fn modules(plugins: &[Arc<Plugin>]) -> Vec<ReadFile> {
    let files = plugins.iter().flat_map(|plugin| &plugin.reading.files);
    let by_file: BTreeMap<&str, &ReadFile> = files.map(|read| (read.file.as_str(), read)).collect();
    by_file.into_values().cloned().collect()
}
