//! What modules export, as JavaScript has it.

use framework_m_composer::{
    diagnostic,
    evaluate::{self, value_to_json},
    render::Colour,
    source::Origin,
    value::{Dynamic, Value},
};
use napi_derive::napi;

use crate::diagnostic::Diagnostic;

/// What a module exports.
#[napi(object)]
pub struct Evaluated {
    /// The file as it was given.
    pub file: String,
    /// Every export by name.
    pub exports: serde_json::Map<String, serde_json::Value>,
    /// What could not be read, and each part that is not static.
    pub diagnostics: Vec<Diagnostic>,
}

impl Evaluated {
    pub(crate) fn new(
        file: String,
        module: &evaluate::Module,
        not_static: fn(&Origin, &Dynamic) -> diagnostic::Diagnostic,
        frames: Option<Colour>,
    ) -> Self {
        let leaves = module.exports.values().flat_map(Value::dynamic_leaves);
        let leaves = leaves.map(|(origin, dynamic)| not_static(origin, dynamic));
        let diagnostics: Vec<diagnostic::Diagnostic> =
            module.diagnostics.iter().cloned().chain(leaves).collect();
        let exports = module
            .exports
            .iter()
            .map(|(name, value)| (name.clone(), value_to_json(value, module.source.as_ref())));
        Self { file, exports: exports.collect(), diagnostics: Diagnostic::list(&diagnostics, frames) }
    }
}
