//! `file → Module`: what a module exports, read without running it.
//!
//! ```text
//! modules       files → parsed modules, loaded as imports lead to them     (resolve, exports, tsconfig, json, nesting)
//! declarations  what a module binds and exports        (script, common_js)
//! flow          what may change an object after its literal was written
//! expression    expression → Value         (names, definitions, objects, patterns, arrays, array_from, fresh, sorted, statics, strings, templates, operators,
//!                                           enums, compiled_enums, callee, calls, helpers, bodies, callbacks, functions, thunks, budget)
//! ```
//!
//! The first law: never a wrong value. What is not certain is [`Dynamic`](crate::value::Dynamic), with its reason.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "JavaScript's numbers are doubles, and its own rules convert and compare them."
)]

mod array_from;
mod arrays;
mod bodies;
mod budget;
mod callbacks;
mod callee;
mod calls;
mod common_js;
mod compiled_enums;
mod convert;
mod declarations;
mod definitions;
mod enums;
mod exports;
mod expression;
mod fingerprint;
mod flow;
mod fresh;
mod functions;
mod helpers;
mod imports;
mod json;
mod json_calls;
mod json_value;
mod keys;
mod modules;
mod names;
mod nesting;
mod objects;
mod operators;
mod patterns;
mod places;
mod resolve;
mod script;
mod sorted;
mod statics;
mod strings;
mod templates;
mod thunks;
mod tsconfig;

#[cfg(test)]
mod tests;

use std::{
    cell::Cell,
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use oxc::allocator::Allocator;

pub(crate) use self::resolve::probe;
use self::{
    expression::Evaluator,
    modules::{Content, Modules},
    script::{Export, ImportName, ModuleId},
};
pub use self::{
    imports::{ImportSite, exports, imports},
    json_value::{module_to_json, value_to_json},
};
use crate::{
    diagnostic::Diagnostic,
    disk::Disk,
    maps::{HashSet, IndexMap},
    source::{Origin, Source},
    threads,
    value::{Dynamic, Property, Value, ValueKind},
    workspace::Workspace,
};

/// Arrays and objects within one another in a value, at most: the callers' stacks are ordinary ones.
const DEEPEST: usize = 128;

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
    /// What it was read from.
    pub reading: Reading,
}

/// What a module's exports were read from.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The module itself, then every other that an import led to.
    pub files: Vec<ReadFile>,
    /// The packages that imports named, whether the workspace has them or not.
    pub packages: BTreeSet<String>,
}

/// A module that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// As messages name it: relative to the workspace root.
    pub file: String,
    /// Where it is, links followed.
    pub path: PathBuf,
    /// A digest of its code: comments and white space do not count, nor does the data of a default export that was read.
    pub code: u64,
}

/// What a reader needs to know beside the files.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Functions whose call is their argument, beside any `define*`.
    pub wrappers: Vec<String>,
    /// Functions whose call is a message key, translated by the shell: `t`, `$t`.
    pub messages: Vec<String>,
    /// What the bundler has, by expression: `process.env.NODE_ENV`, `import.meta.env.MODE`. Where `import.meta.env` is
    /// itself `true`, it has nothing else but `SSR`, which differs between the builds of one configuration.
    pub env: IndexMap<String, serde_json::Value>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { wrappers: Vec::new(), messages: vec!["t".into(), "$t".into()], env: IndexMap::default() }
    }
}

/// Reads a module and whatever constants it imports.
pub fn evaluate(disk: &dyn Disk, workspace: &Workspace, options: &ReadOptions, file: &Path) -> Module {
    threads::large(|| read(disk, workspace, options, file))
}

/// Reads a JSON document. A byte order mark is no part of it.
pub fn json(source: &Arc<Source>) -> Result<Value, Diagnostic> {
    json::read(source, json::Dialect::Strict)
}

/// The member of a JSON document that is an object, without reading the others.
pub(crate) fn json_member(source: &Arc<Source>, name: &str) -> Option<Property> {
    json::members(source, json::Dialect::Strict, &[name]).ok()??.0.swap_remove(name)
}

/// Reads until no reading leads to a module that the one before did not know: a module that is found late may change
/// what an earlier one declares.
fn read(disk: &dyn Disk, workspace: &Workspace, options: &ReadOptions, file: &Path) -> Module {
    let mut arena = ARENA.take();
    let module = read_into(&arena, disk, workspace, options, file);
    arena.reset();
    ARENA.set(arena);
    module
}

thread_local! {
    /// Where a thread keeps syntax trees: used again, since memory that is new is slow.
    static ARENA: Cell<Allocator> = Cell::default();
}

fn read_into(
    arena: &Allocator,
    disk: &dyn Disk,
    workspace: &Workspace,
    options: &ReadOptions,
    file: &Path,
) -> Module {
    let mut modules = Modules::new(arena, disk, workspace, options);
    let entry = modules.enter(file);
    loop {
        let facts = flow::facts(&mut modules);
        let known = modules.all.len();
        let module = exports_of(&mut Evaluator::new(&mut modules, &facts), entry);
        if modules.all.len() == known {
            return module;
        }
    }
}

fn exports_of(evaluator: &mut Evaluator<'_, '_>, entry: ModuleId) -> Module {
    let mut exports = IndexMap::default();
    match &evaluator.modules.all[entry].content {
        Content::Json(value) => drop(exports.insert("default".to_owned(), value.clone())),
        Content::Nothing => {}
        Content::Script(script) => {
            let own: Vec<_> = script.exports.iter().map(|(&name, &export)| (name, export)).collect();
            for (name, export) in own {
                let mut value = evaluator.export(entry, export);
                flatten(&mut value, DEEPEST);
                exports.insert(name.to_owned(), value);
            }
            for (name, mut value) in evaluator.star_exports(entry) {
                flatten(&mut value, DEEPEST);
                exports.entry(name).or_insert(value);
            }
        }
    }
    let mut diagnostics: Vec<Diagnostic> =
        evaluator.modules.all.iter().flat_map(|module| module.diagnostics.iter().cloned()).collect();
    diagnostics.append(&mut evaluator.diagnostics);
    let readable = !matches!(evaluator.modules.all[entry].content, Content::Nothing);
    let source = &evaluator.modules.all[entry].source;
    let source = (readable || !source.text.is_empty()).then(|| Arc::clone(source));
    let reading = evaluator.modules.reading(exports.get("default"));
    Module { source, exports, diagnostics, reading }
}

impl<'a> Evaluator<'_, 'a> {
    /// Every name that a module exports.
    fn export_names(&mut self, m: ModuleId) -> Vec<String> {
        let mut names = Vec::new();
        self.star_names(m, &mut HashSet::default(), &mut names);
        let own = self.modules.script(m).is_some_and(|script| script.exports.contains_key("default"));
        let default = own.then(|| "default".to_owned());
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).chain(default).collect();
        names.sort();
        names.dedup();
        names
    }

    /// What a module exports through `export *`.
    fn star_exports(&mut self, entry: ModuleId) -> Vec<(String, Value)> {
        let mut names = Vec::new();
        let mut seen = HashSet::from_iter([entry]);
        let stars = self.modules.script(entry).map(|script| script.stars.clone()).unwrap_or_default();
        for &specifier in &stars {
            let origin = Origin::file(&self.modules.all[entry].source);
            let Ok(target) = self.target(entry, specifier, &origin) else { continue };
            self.star_names(target, &mut seen, &mut names);
        }
        let mut found = Vec::new();
        for name in names {
            let own = self.modules.script(entry).is_some_and(|script| script.exports.contains_key(name));
            if own || found.iter().any(|(known, _)| known == name) {
                continue;
            }
            if let Some(specifier) =
                self.star_leading_to(entry, &stars, name, &Origin::file(&self.modules.all[entry].source))
            {
                let span = crate::source::Span::default();
                let export = Export::From { specifier, name: ImportName::Named(name), span };
                let value = self.export(entry, export);
                found.push((name.to_owned(), value));
            }
        }
        found
    }

    fn star_names(&mut self, m: ModuleId, seen: &mut HashSet<ModuleId>, names: &mut Vec<&'a str>) {
        if !seen.insert(m) {
            return;
        }
        let Some(script) = self.modules.script(m) else { return };
        names.extend(script.exports.keys().copied().filter(|&name| name != "default"));
        for specifier in script.stars.clone() {
            let origin = Origin::file(&self.modules.all[m].source);
            if let Ok(target) = self.target(m, specifier, &origin) {
                self.star_names(target, seen, names);
            }
        }
    }
}

/// Cuts a value off below a depth, so that whoever walks it may recurse.
fn flatten(value: &mut Value, levels: usize) {
    match &mut value.kind {
        ValueKind::Array(_) | ValueKind::Object(_) if levels == 0 => {
            value.kind = ValueKind::Dynamic(Dynamic::new("it is nested too deeply"));
        }
        ValueKind::Array(elements) => elements.iter_mut().for_each(|it| flatten(it, levels - 1)),
        ValueKind::Object(object) => object.0.values_mut().for_each(|it| flatten(&mut it.value, levels - 1)),
        _ => {}
    }
}
