//! The modules of a plugin's code, and what a bundler has to know of them.

use std::sync::Arc;

use crate::{
    composition::Composition,
    generate::{
        bundle::{self, BundledPlugin, LazyImport},
        code::CodeReferences,
        entry::{self, Entry},
        hot,
        kept::Ingredients,
    },
    options::{CodeSplitting, Options},
};

/// What the modules of a plugin are made from.
pub(super) struct Wanted {
    pub(super) plugin: String,
    pub(super) dir: String,
    pub(super) config: String,
    pub(super) code: Arc<CodeReferences>,
    /// The names of its chunks: its own, and in route mode those of its pages. None for a dev server, which names each
    /// module by what it is.
    pub(super) chunks: Option<Vec<String>>,
}

/// The modules of a plugin.
pub(super) struct Modules {
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) bundled: Arc<BundledPlugin>,
    pub(super) imports: Vec<Arc<LazyImport>>,
}

impl Wanted {
    /// What is wanted for each plugin that takes part, given its code.
    pub(super) fn all(
        composition: &Composition,
        code: Vec<Arc<CodeReferences>>,
        options: &Options,
    ) -> Vec<Self> {
        let plugins = composition.included();
        let split = options.code_splitting == CodeSplitting::Route;
        let mut chunks = (!options.hot).then(|| entry::chunks(plugins, &code, split).into_iter());
        let wanted = plugins.iter().zip(code).map(|(plugin, code)| Self {
            plugin: plugin.name.name.clone(),
            dir: plugin.package.dir.clone(),
            config: plugin.config.clone().unwrap_or_default(),
            code,
            chunks: chunks.as_mut().and_then(Iterator::next),
        });
        wanted.collect()
    }
}

impl Ingredients for Wanted {
    type Made = Modules;

    fn plugin(&self) -> &str {
        &self.plugin
    }

    fn make_the_same(&self, other: &Self, _: &Modules) -> bool {
        let Self { plugin, dir, config, code, chunks } = self;
        Arc::ptr_eq(code, &other.code)
            && (plugin, dir, config, chunks) == (&other.plugin, &other.dir, &other.config, &other.chunks)
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
