//! The code that generated modules refer to.

use crate::{
    manifest::ConfigPath,
    maps::IndexMap,
    value::{Code, Import, Value, ValueKind},
};

/// The code of a plugin that the host refers to, by its path in the plugin's configuration.
pub(super) type CodeReferences = IndexMap<ConfigPath, CodeReference>;

/// A leaf that is code.
#[derive(Debug, Clone)]
pub(super) struct CodeReference {
    /// What stands in the configuration.
    pub(super) value: Value,
    /// Whether it is a component: then a module with the component as its default export is what is asked for.
    pub(super) component: bool,
    /// Whether a route renders it.
    pub(super) route: bool,
}

/// The module that a component is loaded from, if it is the plugin's own. What a bundler makes of `./icon.svg?react` is
/// no module of the file's name: the configuration itself loads it.
pub(super) fn own_import(reference: &CodeReference) -> Option<(&Import, &str)> {
    match &reference.value.kind {
        ValueKind::Code(Code::Import(import)) if !import.specifier.contains('?') => {
            import.file.as_deref().map(|file| (import, file))
        }
        _ => None,
    }
}

/// The export that is the component.
pub(super) fn component(import: &Import) -> &str {
    if is_module(import) { "default" } else { &import.export }
}

/// Whether the module's own default export is the component.
pub(super) fn is_module(import: &Import) -> bool {
    matches!(import.export.as_str(), "default" | "*")
}
