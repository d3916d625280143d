//! The modules of a plugin's code, and what a bundler has to know of them.

use std::sync::Arc;

use crate::{
    generate::{
        bundle::{self, Bundle, BundledPlugin, LazyImport},
        entry::{self, Entry},
        hot,
        kept::Ingredients,
        wanted::Wanted,
    },
    source::Origin,
};

/// The modules of a plugin.
pub(super) struct Modules {
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) bundled: Arc<BundledPlugin>,
    pub(super) imports: Vec<Arc<LazyImport>>,
}

impl Ingredients for Wanted {
    type Made = Modules;

    fn plugin(&self) -> &str {
        self.plugin()
    }

    fn make_the_same(&self, other: &Self, _: &Modules) -> bool {
        Arc::ptr_eq(&self.code, &other.code)
            && self.chunks == other.chunks
            && (self.plugin(), self.dir(), self.config()) == (other.plugin(), other.dir(), other.config())
    }
}

impl Modules {
    pub(super) fn new(wanted: &Wanted) -> Self {
        let entries = match &wanted.chunks {
            Some(chunks) => entry::entries(wanted, chunks),
            None => hot::entries(wanted),
        };
        let (bundled, imports) = bundle::plugin(wanted, &entries);
        let imports = imports.into_iter().map(Arc::new).collect();
        Self { entries: entries.into_iter().map(Arc::new).collect(), bundled: Arc::new(bundled), imports }
    }
}

/// What a bundler has to know of all modules.
pub(super) fn bundle(modules: &[Arc<Modules>]) -> Bundle {
    let plugins = modules.iter().map(|modules| Arc::clone(&modules.bundled)).collect();
    let mut imports: Vec<_> = modules.iter().flat_map(|modules| &modules.imports).cloned().collect();
    imports.sort_by(|a, b| place(&a.origin).cmp(&place(&b.origin)));
    imports.dedup_by(|a, b| place(&a.origin) == place(&b.origin));
    Bundle { plugins, imports }
}

fn place(origin: &Origin) -> (&str, u32) {
    (&origin.source.path, origin.span.start)
}
