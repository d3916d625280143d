//! What may change an object after its literal was written, over all loaded modules.
//!
//! The evaluator reads literals where they stand. That is right only for objects that nothing changes: here every
//! assignment, call and alias of every loaded module is followed, on the side of caution, to the literals that it may
//! reach. Code in a function counts when the function may run while the modules are loaded; a plain assignment or a
//! changing method counts wherever it stands.

mod graph;
mod walk;

use std::collections::{HashMap, HashSet};

use oxc::{
    ast::ast::{ArrowFunctionBody, BindingPattern, Expression, FormalParameters, Statement},
    semantic::SymbolId,
};

use self::{
    graph::{Change, Graph, Key, Kind, Site, Var},
    walk::{Helper, Walker},
};
use super::modules::{Binding, Content, Export, ImportName, ModuleId, Modules, Script};
use crate::value::Dynamic;

/// What is known of the loaded modules beside their literals.
#[derive(Default)]
pub(super) struct Facts {
    changed: HashMap<(ModuleId, u32, u32), Dynamic>,
    polluted: Option<Dynamic>,
    opaque: HashMap<ModuleId, Dynamic>,
    identities: HashSet<(ModuleId, u32, u32)>,
    order: HashMap<ModuleId, usize>,
    exhausted: bool,
}

/// The place of a JSON document as a whole.
const DOCUMENT: oxc::span::Span = oxc::span::Span::new(0, 0);

impl Facts {
    /// Why a JSON document may not be what is written.
    pub(super) fn document_changed(&self, m: ModuleId) -> Option<Dynamic> {
        self.changed(m, DOCUMENT)
    }

    /// Why the object made here may not be what is written.
    pub(super) fn changed(&self, m: ModuleId, span: oxc::span::Span) -> Option<Dynamic> {
        if self.exhausted {
            return Some(Dynamic::new("the modules are too intricate to be followed"));
        }
        self.changed.get(&(m, span.start, span.end)).cloned()
    }

    /// Why the functions of the language may not do what they should.
    pub(super) fn polluted(&self) -> Option<Dynamic> {
        self.polluted.clone()
    }

    /// Why nothing that a module declares is static.
    pub(super) fn opaque(&self, m: ModuleId) -> Option<Dynamic> {
        self.opaque.get(&m).cloned()
    }

    /// Whether this call of a `define…` gives its argument back.
    pub(super) fn is_identity(&self, m: ModuleId, span: oxc::span::Span) -> bool {
        self.identities.contains(&(m, span.start, span.end))
    }

    /// Whether a module has run when another one does.
    pub(super) fn runs_before(&self, definer: ModuleId, m: ModuleId) -> bool {
        match (self.order.get(&definer), self.order.get(&m)) {
            (Some(definer), Some(m)) => definer <= m,
            _ => true,
        }
    }
}

/// Follows what the loaded modules do, loading those that they call or run for their effects.
pub(super) fn facts(modules: &mut Modules<'_>) -> Facts {
    let mut graph = Graph::new();
    let mut found = Found::default();
    let mut next = 0;
    while next < modules.all.len() {
        if let Some(script) = modules.script(next) {
            let calls = Walker::new(next, script, modules.options, &mut graph, &mut found).walk();
            let effects = script.effects.clone();
            for specifier in calls.into_iter().chain(effects) {
                modules.follow(next, specifier);
            }
        }
        next += 1;
    }
    link(modules, &mut graph, &mut found);
    let mut facts = Facts { opaque: std::mem::take(&mut found.opaque), ..Facts::default() };
    settle_helpers(modules, &mut graph, &mut found, &mut facts);
    graph.solve();
    conclude(modules, &graph, &found, &mut facts);
    facts.order = order(modules);
    facts
}

/// What the walk over the modules leaves behind.
#[derive(Default)]
pub(super) struct Found {
    symbols: HashMap<(ModuleId, SymbolId), Var>,
    defaults: HashMap<ModuleId, Var>,
    sites: Vec<(ModuleId, oxc::span::Span, Site)>,
    helpers: Vec<Helper>,
    /// What `import()` and `require()` give.
    loaded: Vec<(ModuleId, String, Var)>,
    opaque: HashMap<ModuleId, Dynamic>,
}

impl Found {
    fn symbol(&mut self, graph: &mut Graph, m: ModuleId, symbol: SymbolId) -> Var {
        *self.symbols.entry((m, symbol)).or_insert_with(|| graph.var())
    }
}

/// Joins imports to what they import.
fn link(modules: &mut Modules<'_>, graph: &mut Graph, found: &mut Found) {
    let mut namespaces = HashMap::new();
    for (m, specifier, var) in std::mem::take(&mut found.loaded) {
        if let Some(target) = modules.known(m, &specifier) {
            let from = namespace_var(modules, graph, found, target, &mut namespaces, 0);
            graph.copy(from, var);
        }
    }
    for m in 0..modules.all.len() {
        let Some(script) = modules.script(m) else { continue };
        let mut imports: Vec<_> = script
            .bindings
            .iter()
            .filter_map(|(&symbol, binding)| match *binding {
                Binding::Import { specifier, name, .. } => Some((symbol, specifier, name)),
                _ => None,
            })
            .collect();
        imports.sort_by_key(|&(symbol, ..)| symbol);
        for (symbol, specifier, name) in imports {
            let Some(target) = modules.known(m, specifier) else { continue };
            let var = found.symbol(graph, m, symbol);
            match name {
                ImportName::Named(name) => {
                    if let Some(from) = export_var(modules, graph, found, target, name, &mut namespaces, 0) {
                        graph.copy(from, var);
                    }
                }
                ImportName::Namespace => {
                    let from = namespace_var(modules, graph, found, target, &mut namespaces, 0);
                    graph.copy(from, var);
                }
            }
        }
    }
}

/// The variable behind an export, re-exports followed.
fn export_var(
    modules: &mut Modules<'_>,
    graph: &mut Graph,
    found: &mut Found,
    m: ModuleId,
    name: &str,
    namespaces: &mut HashMap<ModuleId, Var>,
    depth: usize,
) -> Option<Var> {
    if depth > 64 {
        return None;
    }
    if matches!(modules.all[m].content, Content::Json(_)) {
        return Some(document_var(graph, found, m));
    }
    let script = modules.script(m)?;
    match script.exports.get(name).copied() {
        Some(Export::Symbol(symbol, _)) => Some(found.symbol(graph, m, symbol)),
        Some(Export::Expression(_)) => found.defaults.get(&m).copied().filter(|_| name == "default"),
        Some(Export::Function(it)) => it.id.as_ref().map(|id| found.symbol(graph, m, id.symbol_id())),
        Some(Export::Class(it)) => it.id.as_ref().map(|id| found.symbol(graph, m, id.symbol_id())),
        Some(Export::From { specifier, name, .. }) => {
            let target = modules.known(m, specifier)?;
            match name {
                ImportName::Named(name) => {
                    export_var(modules, graph, found, target, name, namespaces, depth + 1)
                }
                ImportName::Namespace => {
                    Some(namespace_var(modules, graph, found, target, namespaces, depth + 1))
                }
            }
        }
        Some(Export::Unknown(..)) => None,
        None => {
            let stars = script.stars.clone();
            stars.into_iter().find_map(|specifier| {
                let target = modules.known(m, specifier)?;
                export_var(modules, graph, found, target, name, namespaces, depth + 1)
            })
        }
    }
}

/// The variable of a JSON document, whose parts are not told apart.
fn document_var(graph: &mut Graph, found: &mut Found, m: ModuleId) -> Var {
    if let Some(&var) = found.defaults.get(&m) {
        return var;
    }
    let var = graph.var();
    let site = graph.site(Kind::Made);
    graph.point(var, site);
    graph.put(site, Key::Any, var);
    found.sites.push((m, DOCUMENT, site));
    found.defaults.insert(m, var);
    var
}

/// The variable of a module's namespace, whose fields are its exports.
fn namespace_var(
    modules: &mut Modules<'_>,
    graph: &mut Graph,
    found: &mut Found,
    m: ModuleId,
    namespaces: &mut HashMap<ModuleId, Var>,
    depth: usize,
) -> Var {
    if let Some(&var) = namespaces.get(&m) {
        return var;
    }
    let var = graph.var();
    let site = graph.site(Kind::Made);
    graph.point(var, site);
    namespaces.insert(m, var);
    if matches!(modules.all[m].content, Content::Json(_)) {
        let document = document_var(graph, found, m);
        graph.put(site, Key::Any, document);
    }
    for name in export_names(modules, m, depth) {
        if let Some(from) = export_var(modules, graph, found, m, &name, namespaces, depth + 1) {
            graph.put(site, Key::Named(name), from);
        }
    }
    var
}

fn export_names(modules: &mut Modules<'_>, m: ModuleId, depth: usize) -> Vec<String> {
    let Some(script) = modules.script(m).filter(|_| depth < 64) else { return Vec::new() };
    let mut names: Vec<String> = script.exports.keys().map(|&name| name.to_owned()).collect();
    for specifier in script.stars.clone() {
        if let Some(target) = modules.known(m, specifier) {
            names.extend(export_names(modules, target, depth + 1));
        }
    }
    names
}

/// Tells the calls of `define…` that give their argument back from those that do more.
fn settle_helpers(modules: &mut Modules<'_>, graph: &mut Graph, found: &mut Found, facts: &mut Facts) {
    for helper in std::mem::take(&mut found.helpers) {
        let is_identity = helper.trusted
            || match &helper.import {
                None => false,
                Some((specifier, name)) => match modules.known(helper.module, specifier) {
                    None => true,
                    Some(target) => defines_identity(modules, target, name, 0).unwrap_or(true),
                },
            };
        if is_identity {
            facts.identities.insert((helper.module, helper.span.start, helper.span.end));
            for argument in helper.arguments {
                graph.copy(argument, helper.result);
            }
        } else {
            helper.escape(graph);
        }
    }
}

/// Whether an export returns its argument; none where its definition is not in the workspace.
fn defines_identity(modules: &mut Modules<'_>, m: ModuleId, name: &str, depth: usize) -> Option<bool> {
    let script = modules.script(m).filter(|_| depth < 64)?;
    match script.exports.get(name).copied() {
        Some(Export::Symbol(symbol, _)) => match script.bindings.get(&symbol).copied() {
            Some(Binding::Import { specifier, name, .. }) => through(modules, m, specifier, name, depth),
            _ => Some(is_identity(script, symbol)),
        },
        Some(Export::Function(it)) => {
            Some(it.id.as_ref().is_some_and(|id| is_identity(script, id.symbol_id())))
        }
        Some(Export::Expression(it)) => Some(returns_argument(it)),
        Some(Export::From { specifier, name, .. }) => through(modules, m, specifier, name, depth),
        Some(_) => Some(false),
        None => {
            let stars = script.stars.clone();
            stars.into_iter().find_map(|it| through(modules, m, it, ImportName::Named(name), depth))
        }
    }
}

fn through(
    modules: &mut Modules<'_>,
    m: ModuleId,
    specifier: &str,
    name: ImportName<'_>,
    depth: usize,
) -> Option<bool> {
    let target = modules.follow(m, specifier)?;
    match name {
        ImportName::Named(name) => defines_identity(modules, target, name, depth + 1),
        ImportName::Namespace => Some(false),
    }
}

/// Whether a symbol is a function that does nothing but return its only argument.
pub(super) fn is_identity(script: &Script<'_>, symbol: SymbolId) -> bool {
    let scoping = script.semantic.scoping();
    if scoping.symbol_is_mutated(symbol) {
        return false;
    }
    match script.bindings.get(&symbol) {
        Some(Binding::Function(it)) => {
            let body = it.body.as_ref().map(|body| body.statements.as_slice());
            !it.r#async && !it.generator && returns_parameter(&it.params, body.unwrap_or_default(), None)
        }
        Some(Binding::Variable(it)) if matches!(it.id, BindingPattern::BindingIdentifier(_)) => {
            it.init.as_ref().is_some_and(returns_argument)
        }
        _ => false,
    }
}

fn returns_argument(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(it) if !it.r#async => match &it.body {
            ArrowFunctionBody::FunctionBody(body) => returns_parameter(&it.params, &body.statements, None),
            body => returns_parameter(&it.params, &[], body.as_expression()),
        },
        Expression::FunctionExpression(it) if !it.r#async && !it.generator => {
            let body = it.body.as_ref().map(|body| body.statements.as_slice());
            returns_parameter(&it.params, body.unwrap_or_default(), None)
        }
        _ => false,
    }
}

fn returns_parameter(
    params: &FormalParameters<'_>,
    body: &[Statement<'_>],
    result: Option<&Expression<'_>>,
) -> bool {
    let [parameter] = params.items.as_slice() else { return false };
    let BindingPattern::BindingIdentifier(id) = &parameter.pattern else { return false };
    let result = match (body, result) {
        ([Statement::ReturnStatement(it)], None) => it.argument.as_ref(),
        ([], result) => result,
        _ => None,
    };
    let returned = result.map(Expression::get_inner_expression);
    parameter.initializer.is_none()
        && matches!(returned, Some(Expression::Identifier(it)) if it.name == id.name)
}

fn conclude(modules: &Modules<'_>, graph: &Graph, found: &Found, facts: &mut Facts) {
    let mut reasons: HashMap<(ModuleId, u32), (u32, String)> = HashMap::new();
    let mut place = |change: &Change| {
        let key = (change.module, change.offset);
        reasons.entry(key).or_insert_with(|| {
            let source = &modules.all[change.module].source;
            (source.position(change.offset).line, source.path.clone())
        });
        reasons[&key].clone()
    };
    for (m, span, site) in &found.sites {
        let Some(change) = graph.changed.get(site) else { continue };
        let (line, path) = place(change);
        let file = if change.module == *m { String::new() } else { format!(" of `{path}`") };
        let why = Dynamic::new(format!("it may be changed in line {line}{file}"))
            .help("Make a new object instead of changing this one.");
        facts.changed.insert((*m, span.start, span.end), why);
    }
    if let Some(change) = &graph.polluted {
        let (line, path) = place(change);
        facts.polluted =
            Some(Dynamic::new(format!("line {line} of `{path}` changes what the language itself does")));
    }
    facts.exhausted = graph.exhausted;
}

/// The order in which the modules run: each after those that it imports, from the entry on.
fn order(modules: &mut Modules<'_>) -> HashMap<ModuleId, usize> {
    let mut order = HashMap::new();
    let mut entered = HashSet::from([0]);
    let mut path = vec![(0, imports(modules, 0))];
    while let Some((m, rest)) = path.last_mut() {
        let m = *m;
        match rest.pop() {
            Some(next) if entered.insert(next) => {
                let imports = imports(modules, next);
                path.push((next, imports));
            }
            Some(_) => {}
            None => {
                order.insert(m, order.len());
                path.pop();
            }
        }
    }
    order
}

/// What a module imports, the last first.
fn imports(modules: &mut Modules<'_>, m: ModuleId) -> Vec<ModuleId> {
    let specifiers = modules.script(m).map(|script| script.imports.clone()).unwrap_or_default();
    specifiers.into_iter().rev().filter_map(|specifier| modules.known(m, specifier)).collect()
}

/// Names that belong to the language.
pub(super) fn is_of_the_language(name: &str) -> bool {
    matches!(
        name,
        "Object"
            | "Array"
            | "String"
            | "Number"
            | "Boolean"
            | "Math"
            | "JSON"
            | "Symbol"
            | "Function"
            | "Reflect"
            | "Promise"
            | "Map"
            | "Set"
            | "WeakMap"
            | "WeakSet"
            | "RegExp"
            | "Date"
            | "Error"
            | "BigInt"
            | "Proxy"
            | "Intl"
            | "Iterator"
            | "parseInt"
            | "parseFloat"
            | "isNaN"
            | "isFinite"
            | "undefined"
            | "NaN"
            | "Infinity"
            | "process"
    )
}

/// Names of the global object.
pub(super) fn is_global_object(name: &str) -> bool {
    matches!(name, "globalThis" | "window" | "self" | "global" | "top" | "parent" | "frames")
}
