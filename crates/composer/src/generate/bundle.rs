//! What the bundler has to know beside the modules: who owns which folder, and which imports are no longer lazy.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    generate::{code::Role, entry::Entry, wanted::Wanted},
    source::Origin,
};

/// Settings for a bundler. Paths are relative to the workspace root.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The plugins that take part, in their order.
    pub plugins: Vec<Arc<BundledPlugin>>,
    /// Every `import()` of a configuration whose module an entry imports already. A bundler would warn that it is not
    /// lazy, and give it a chunk of its own.
    pub imports: Vec<Arc<LazyImport>>,
}

/// A plugin as the bundler sees it.
#[derive(Debug, Clone)]
pub struct BundledPlugin {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub dir: String,
    /// Its configuration.
    pub config: String,
    /// The modules of its components.
    pub files: Vec<String>,
}

/// An `import()` in a configuration.
#[derive(Debug, Clone)]
pub struct LazyImport {
    /// The expression.
    pub origin: Origin,
    /// As written.
    pub specifier: String,
    /// The plugin.
    pub plugin: String,
    /// The file that it leads to.
    pub module: String,
    /// The export of that which is the component.
    pub export: String,
    /// The module that stands for the component: in route mode that of a page, for a dev server that of any; none where
    /// the plugin's entry holds it.
    pub page: Option<String>,
}

/// A plugin, and the imports of its configuration whose modules its entries hold.
pub(super) fn plugin(wanted: &Wanted, entries: &[Entry]) -> (BundledPlugin, Vec<LazyImport>) {
    let pages = pages(entries);
    let mut files: BTreeSet<String> = BTreeSet::new();
    let mut imports = Vec::new();
    for reference in wanted.code.values().filter(|reference| reference.role != Role::Value) {
        let Some((import, file)) = reference.own_import() else { continue };
        files.insert(file.to_string());
        if let Some(call) = &import.call {
            // A dev server has a module for every component.
            let is_page = reference.role == Role::Page || wanted.chunks.is_none();
            imports.push(LazyImport {
                origin: call.clone(),
                specifier: import.specifier.clone(),
                plugin: wanted.plugin().to_string(),
                module: file.to_string(),
                export: if import.is_default() { "default".to_string() } else { import.export.clone() },
                page: pages.get(file).filter(|_| is_page).map(|page| page.id.clone()),
            });
        }
    }
    let bundled = BundledPlugin {
        name: wanted.plugin().to_string(),
        dir: wanted.dir().to_string(),
        config: wanted.config().to_string(),
        files: files.into_iter().collect(),
    };
    (bundled, imports)
}

/// The first module that stands for a component of a file, by file.
fn pages(entries: &[Entry]) -> BTreeMap<&str, &Entry> {
    let mut pages = BTreeMap::new();
    for entry in entries {
        if let Some(file) = &entry.page {
            pages.entry(file.as_str()).or_insert(entry);
        }
    }
    pages
}
