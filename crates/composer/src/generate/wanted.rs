//! What the modules of a plugin are made from.

use std::sync::Arc;

use crate::{
    composition::Composition,
    generate::{chunk::ChunkNames, code::CodeReferences},
    plugin::Plugin,
};

/// A plugin whose modules are wanted.
pub(super) struct Wanted {
    plugin: Arc<Plugin>,
    pub(super) code: Arc<CodeReferences>,
    /// The names of its chunks. None for a dev server, which names each module by what it is.
    pub(super) chunks: Option<ChunkNames>,
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
