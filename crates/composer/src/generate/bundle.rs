//! What the bundler has to know beside the modules: who owns which folder, and which imports are no longer lazy.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    composition::Composition,
    generate::{
        Entry,
        code::{CodeReferences, own_import},
    },
    source::Origin,
    value::{Code, ValueKind},
};

/// Settings for a bundler. Paths are relative to the workspace root.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The plugins that take part, in their order.
    pub plugins: Vec<BundledPlugin>,
    /// Every `import()` of a configuration whose module an entry imports already. A bundler would warn that it is not
    /// lazy, and give it a chunk of its own.
    pub imports: Vec<LazyImport>,
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
    /// The module that stands for the component: in route mode that of a page, for a dev server that of any; none where
    /// the plugin's entry holds it.
    pub page: Option<String>,
}

/// The settings for a composition.
pub(super) fn bundle(
    composition: &Composition,
    code: &CodeReferences,
    entries: &[Entry],
    hot: bool,
) -> Bundle {
    let mut bundle = Bundle::default();
    let pages = pages(entries);
    for plugin in composition.included() {
        let mut files: BTreeSet<String> = BTreeSet::new();
        for reference in code[&plugin.name.name].values().filter(|reference| reference.component) {
            let Some((import, file)) = own_import(reference) else { continue };
            files.insert(file.to_string());
            if let Some(call) = call(&reference.value.kind) {
                let page = pages.get(&(plugin.name.name.as_str(), file)).filter(|_| hot || reference.route);
                let page = page.map(|page| page.id.clone());
                bundle.imports.push(LazyImport {
                    origin: call.clone(),
                    specifier: import.specifier.clone(),
                    page,
                });
            }
        }
        bundle.plugins.push(BundledPlugin {
            name: plugin.name.name.clone(),
            dir: plugin.package.dir.clone(),
            config: plugin.config.clone().unwrap_or_default(),
            files: files.into_iter().collect(),
        });
    }
    bundle.imports.sort_by(|a, b| place(&a.origin).cmp(&place(&b.origin)));
    bundle.imports.dedup_by(|a, b| place(&a.origin) == place(&b.origin));
    bundle
}

/// The first module that stands for a component of a file, by plugin and file.
fn pages(entries: &[Entry]) -> BTreeMap<(&str, &str), &Entry> {
    let mut pages = BTreeMap::new();
    for entry in entries {
        if let Some(file) = &entry.page {
            pages.entry((entry.plugin.as_str(), file.as_str())).or_insert(entry);
        }
    }
    pages
}

fn place(origin: &Origin) -> (&str, u32) {
    (&origin.source.path, origin.span.start)
}

/// The `import()` expression inside a lazy component.
fn call(kind: &ValueKind) -> Option<&Origin> {
    match kind {
        ValueKind::Code(Code::Import(import)) => import.call.as_ref(),
        _ => None,
    }
}
