//! What a bundler finds out about plugins once it knows every module: the facts, from which diagnostics are made.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use crate::messages::bundle::Overrun;
use crate::{
    diagnostic::Diagnostic,
    disk::Disk,
    messages::{bundle as messages, composing},
    path::relative,
    source::{Origin, Source, Span},
};

/// Something that a bundler found. Modules and chunks are named as people read them.
#[derive(Debug, Clone)]
pub enum Finding {
    /// The shell loads code of a plugin along with its own.
    EagerPlugin {
        /// The plugin.
        plugin: String,
        /// The modules from one that the shell starts with to the plugin's.
        chain: Vec<String>,
        /// The imports between them, that of the plugin's module first.
        imports: Vec<Import>,
    },
    /// The modules are lazy, and the chunks that they were put into are not.
    EagerChunk {
        /// The plugin.
        plugin: String,
        /// The chunks from one that a page starts with to the one that holds the plugin's module.
        chain: Vec<String>,
        /// The module.
        module: String,
    },
    /// A plugin imports code of another that it does not depend on.
    UndeclaredImport {
        /// The plugin.
        plugin: String,
        /// The other.
        other: String,
        /// The other's version.
        version: Option<String>,
        /// Each import.
        imports: Vec<Import>,
    },
    /// The app uses what needs a package that is not installed.
    AbsentPeer {
        /// The package.
        package: String,
        /// Where it is used. What is imported is a part of the SDK; empty where that cannot be told.
        uses: Vec<Import>,
    },
    /// A module that a plugin takes a component from does not have it.
    NoComponent {
        /// The plugin.
        plugin: String,
        /// The module, as people read it.
        module: String,
        /// The export that is needed.
        export: String,
        /// Those that the module has.
        exports: Vec<String>,
        /// Where the plugin's configuration refers to it.
        uses: Vec<Import>,
    },
    /// A plugin is larger than it may be.
    OverBudget(Overrun),
    /// A budget is for a plugin that does not take part.
    UnknownBudget {
        /// The name.
        plugin: String,
        /// The plugins that do.
        known: Vec<String>,
    },
}

/// An import, and what it leads to.
#[derive(Debug, Clone)]
pub struct Import {
    /// The importing file.
    pub file: PathBuf,
    /// The import in it; none if it cannot be told.
    pub span: Option<Span>,
    /// The imported module.
    pub module: String,
}

/// A diagnostic for each finding. Files that cannot be read are shown without their lines.
pub(crate) fn diagnostics(disk: &dyn Disk, root: &Path, findings: &[Finding]) -> Vec<Diagnostic> {
    let mut sources = Sources { disk, root, read: BTreeMap::new() };
    findings.iter().map(|finding| diagnostic(finding, &mut sources)).collect()
}

fn diagnostic(finding: &Finding, sources: &mut Sources<'_>) -> Diagnostic {
    match finding {
        Finding::EagerPlugin { plugin, chain, imports } => {
            messages::eager_plugin(plugin, chain, &sources.origins(imports))
        }
        Finding::EagerChunk { plugin, chain, module } => messages::eager_chunk(plugin, chain, module),
        Finding::UndeclaredImport { plugin, other, version, imports } => {
            messages::undeclared_import(plugin, other, version.as_deref(), &sources.origins(imports))
        }
        Finding::AbsentPeer { package, uses } => messages::absent_peer(package, &sources.origins(uses)),
        Finding::NoComponent { plugin, module, export, exports, uses } => {
            messages::no_component(plugin, module, export, exports, &sources.origins(uses))
        }
        Finding::OverBudget(overrun) => messages::over_budget(overrun),
        Finding::UnknownBudget { plugin, known } => {
            composing::unknown_option("budgets", plugin, known.iter().map(String::as_str))
        }
    }
}

/// The files that findings speak of, each read once.
struct Sources<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    read: BTreeMap<PathBuf, Arc<Source>>,
}

impl Sources<'_> {
    fn origins<'i>(&mut self, imports: &'i [Import]) -> Vec<(Origin, &'i str)> {
        imports.iter().map(|import| (self.origin(import), import.module.as_str())).collect()
    }

    fn origin(&mut self, Import { file, span, .. }: &Import) -> Origin {
        let source = self.read.entry(file.clone()).or_insert_with(|| {
            let text = self.disk.read(file).unwrap_or_default();
            Arc::new(Source::new(relative(self.root, file), String::from_utf8_lossy(&text)))
        });
        Origin::new(source, span.unwrap_or_default())
    }
}
