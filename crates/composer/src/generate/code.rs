//! The code that generated modules refer to.

use crate::{
    manifest::ConfigPath,
    maps::IndexMap,
    value::{Import, Value},
};

/// The code of a plugin that the host refers to, by its path in the plugin's configuration.
pub(super) type CodeReferences = IndexMap<ConfigPath, CodeReference>;

/// A leaf that is code.
#[derive(Debug, Clone)]
pub(super) struct CodeReference {
    /// What stands in the configuration.
    pub(super) value: Value,
    /// What it is asked for.
    pub(super) role: Role,
}

/// What code is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What stands in the configuration, as it is.
    Value,
    /// A module with the component as its default export.
    Component,
    /// The same, for a route to render.
    Page,
}

impl CodeReference {
    /// The module that it is loaded from, if that is the plugin's own, and the module's file. What a bundler makes of
    /// `./icon.svg?react` is no module of the file's name: the configuration itself loads it.
    pub(super) fn own_import(&self) -> Option<(&Import, &str)> {
        let import = self.value.import().filter(|it| !it.specifier.contains('?'))?;
        Some((import, import.file.as_deref()?))
    }
}
