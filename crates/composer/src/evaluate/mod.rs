//! `file → Module`: what a module exports, read without running it.

use std::{path::Path, sync::Arc};

use indexmap::IndexMap;

use crate::{diagnostic::Diagnostic, disk::Disk, source::Source, value::Value, workspace::Workspace};

/// What a module exports, as far as reading tells.
#[derive(Debug, Clone)]
pub struct Module {
    /// The module's text; none if it could not be read.
    pub source: Option<Arc<Source>>,
    /// Every export by name. A module that does not parse has none.
    pub exports: IndexMap<String, Value>,
    /// What kept the module or a part of it from being read: a syntax error, an import that leads nowhere… A value
    /// that is not static is no diagnostic yet: whoever needs it makes one.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a reader needs to know beside the files.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Functions whose call is their argument, beside any `define*`.
    pub wrappers: Vec<String>,
    /// Functions whose call is a message key, translated by the shell: `t`, `$t`.
    pub messages: Vec<String>,
    /// What the bundler has for `process.env.X` and `import.meta.env.X`.
    pub env: IndexMap<String, serde_json::Value>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { wrappers: Vec::new(), messages: vec!["t".into(), "$t".into()], env: IndexMap::new() }
    }
}

/// Reads a module and whatever constants it imports.
pub fn evaluate(disk: &dyn Disk, workspace: &Workspace, options: &ReadOptions, file: &Path) -> Module {
    let _ = (disk, workspace, options, file);
    Module { source: None, exports: IndexMap::new(), diagnostics: Vec::new() }
}

/// Reads a JSON document.
pub fn json(source: &Arc<Source>) -> Result<Value, Diagnostic> {
    let _ = source;
    todo!()
}

/// stub
pub fn value_to_json(_: &Value) -> serde_json::Value {
    serde_json::Value::Null
}
/// stub
pub fn dynamic_leaves(_: &Value) -> Vec<(crate::source::Origin, crate::value::Dynamic)> {
    vec![]
}
