//! The code that generated modules refer to.

use std::sync::Arc;

use crate::{
    generate::host::{Host, Part},
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

/// The code of every plugin that takes part. A part may refer to the code of another plugin, where the two describe one
/// group of the menu.
pub(super) fn by_plugin(host: &Host, parts: &[Arc<Part>]) -> Vec<Arc<CodeReferences>> {
    let mut code = vec![None; parts.len()];
    for (at, part) in parts.iter().enumerate() {
        add(&mut code[at], &part.code);
        for (plugin, references) in &part.others {
            add(&mut code[host.position(plugin)], references);
        }
    }
    code.into_iter().map(Option::unwrap_or_default).collect()
}

fn add(known: &mut Option<Arc<CodeReferences>>, references: &Arc<CodeReferences>) {
    match known {
        Some(known) => {
            let more = references.iter().map(|(path, reference)| (path.clone(), reference.clone()));
            Arc::make_mut(known).extend(more);
        }
        free => *free = Some(Arc::clone(references)),
    }
}

/// The module that a component is loaded from, if it is the plugin's own.
pub(super) fn own_import(reference: &CodeReference) -> Option<(&Import, &str)> {
    match &reference.value.kind {
        ValueKind::Code(Code::Import(import)) => import.file.as_deref().map(|file| (import, file)),
        _ => None,
    }
}

/// Whether the module's own default export is the component.
pub(super) fn is_module(import: &Import) -> bool {
    matches!(import.export.as_str(), "default" | "*")
}
