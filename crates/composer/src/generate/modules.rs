//! The modules of a plugin's code, and what a bundler has to know of them.

use std::sync::Arc;

use crate::{
    composition::Composition,
    generate::{
        bundle::{self, BundledPlugin, LazyImport},
        code::CodeReferences,
        entry::{self, ChunkNames, Entry},
        hot,
        kept::Ingredients,
    },
    plugin::Plugin,
};

/// What the modules of a plugin are made from.
pub(super) struct Wanted {
    plugin: Arc<Plugin>,
    pub(super) code: Arc<CodeReferences>,
    /// The names of its chunks. None for a dev server, which names each module by what it is.
    pub(super) chunks: Option<ChunkNames>,
}

/// The modules of a plugin.
pub(super) struct Modules {
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) bundled: Arc<BundledPlugin>,
    pub(super) imports: Vec<Arc<LazyImport>>,
}

impl Wanted {
    /// What is wanted for each plugin that takes part, given its code and the names of its chunks.
    pub(super) fn all(
        composition: &Composition,
        code: Vec<Arc<CodeReferences>>,
        chunks: Option<&[ChunkNames]>,
    ) -> Vec<Self> {
        let plugins = composition.included().iter().zip(code).enumerate();
        let wanted = plugins.map(|(at, (plugin, code))| Self {
            plugin: Arc::clone(plugin),
            code,
            chunks: chunks.map(|chunks| Arc::clone(&chunks[at])),
        });
        wanted.collect()
    }

    pub(super) fn plugin(&self) -> &str {
        &self.plugin.name.name
    }

    pub(super) fn dir(&self) -> &str {
        &self.plugin.package.dir
    }

    pub(super) fn config(&self) -> &str {
        self.plugin.config.as_deref().unwrap_or_default()
    }
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
