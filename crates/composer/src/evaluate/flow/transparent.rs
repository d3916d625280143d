//! Calls of an author's own small functions: what they are given is followed into their parameters.
//!
//! A function is transparent when its name always stands for it, and all that it does is to compute what it returns in
//! a way in which every use of a parameter is a constraint. The arguments of any other function escape.

use oxc::{
    ast::{AstKind, ast::FormalParameters},
    semantic::SymbolId,
    span::{GetSpan, Span},
};

use super::{
    constraint::{Body, Change, Key, Use, Var},
    found::Found,
    graph::Graph,
};
use crate::evaluate::{
    bodies::{self, Parts, plain_name},
    modules::Modules,
    script::{Binding, Export, ImportName, ModuleId, Script},
};

/// A call of a name, to be judged once what the name stands for is known.
pub(super) struct NamedCall {
    pub(super) module: ModuleId,
    pub(super) symbol: SymbolId,
    pub(super) callee: Var,
    /// One for each argument, none where nothing is known of it.
    pub(super) arguments: Vec<Option<Var>>,
    pub(super) owner: Option<Body>,
    pub(super) change: Change,
}

impl NamedCall {
    /// The function may do anything with what it is given.
    fn escape(self, graph: &mut Graph) {
        for argument in self.arguments.into_iter().flatten() {
            graph.act(argument, self.owner, Use::Escape(self.change));
            graph.store(self.callee, Key::Arguments, argument);
        }
    }
}

/// Gives the parameters of transparent functions what they are called with; the arguments of others escape.
pub(super) fn settle(modules: &mut Modules<'_>, graph: &mut Graph, found: &mut Found) {
    for call in std::mem::take(&mut found.calls) {
        let parameters = definition(modules, call.module, call.symbol, 0)
            .and_then(|(m, symbol)| Some((m, function(modules.script(m)?, symbol)?.0)));
        let Some((m, parameters)) = parameters else {
            call.escape(graph);
            continue;
        };
        for (index, argument) in call.arguments.into_iter().enumerate() {
            let Some(parameter) = given(graph, found, m, parameters, index) else { continue };
            graph.blend(parameter);
            if let Some(argument) = argument {
                graph.copy(argument, parameter);
            }
        }
    }
}

/// The variable for what a call gives to the parameter at a position; the rest takes all positions after it.
fn given(
    graph: &mut Graph,
    found: &mut Found,
    m: ModuleId,
    parameters: &FormalParameters<'_>,
    index: usize,
) -> Option<Var> {
    let start = match parameters.items.get(index) {
        Some(it) => match plain_name(&it.pattern) {
            Some(symbol) => return Some(found.symbol(graph, m, symbol)),
            None => it.span.start,
        },
        None => parameters.rest.as_ref()?.span.start,
    };
    found.parameters.get(&(m, start)).copied()
}

/// Where the thing behind a name is declared, imports and re-exports followed.
fn definition(
    modules: &mut Modules<'_>,
    m: ModuleId,
    symbol: SymbolId,
    depth: usize,
) -> Option<(ModuleId, SymbolId)> {
    match modules.script(m)?.bindings.get(&symbol).copied() {
        Some(Binding::Import { specifier, name: ImportName::Named(name), .. }) => {
            export(modules, m, specifier, name, depth + 1)
        }
        None | Some(Binding::Function(_) | Binding::Variable(_)) => Some((m, symbol)),
        _ => None,
    }
}

fn export(
    modules: &mut Modules<'_>,
    m: ModuleId,
    specifier: &str,
    name: &str,
    depth: usize,
) -> Option<(ModuleId, SymbolId)> {
    let target = modules.follow(m, specifier).filter(|_| depth < 64)?;
    let script = modules.script(target)?;
    match script.exports.get(name).copied() {
        Some(Export::Symbol(symbol, _)) => definition(modules, target, symbol, depth),
        Some(Export::Function(it)) => Some((target, it.id.as_ref()?.symbol_id())),
        Some(Export::From { specifier, name: ImportName::Named(name), .. }) => {
            export(modules, target, specifier, name, depth + 1)
        }
        Some(_) => None,
        None => {
            let stars = script.stars.clone();
            stars.into_iter().find_map(|it| export(modules, target, it, name, depth + 1))
        }
    }
}

/// The parts of the transparent function that a name always stands for.
fn function<'a>(script: &Script<'a>, symbol: SymbolId) -> Option<Parts<'a>> {
    let scoping = script.semantic.scoping();
    let settled = scoping.symbol_redeclarations(symbol).len() < 2
        && !scoping.symbol_is_mutated(symbol)
        && !script.hoisted.contains(scoping.symbol_name(symbol))
        && script.opaque.is_none();
    let inner = || match script.nodes().kind(scoping.symbol_declaration(symbol)) {
        AstKind::VariableDeclarator(it) => Some(Binding::Variable(it)),
        AstKind::Function(it) => Some(Binding::Function(it)),
        _ => None,
    };
    let parts = match script.bindings.get(&symbol).copied().or_else(inner).filter(|_| settled)? {
        Binding::Variable(it) if plain_name(&it.id).is_some() => bodies::of_expression(it.init.as_ref()?)?,
        Binding::Function(it) => bodies::of_function(it)?,
        _ => return None,
    };
    let declared = scoping.symbol_declaration(symbol).index();
    let is_transparent = parts.1.effect().is_none() && is_followed(script, declared, &parts);
    is_transparent.then_some(parts)
}

/// Whether everything in a function that a value could pass through is a constraint of its own. Its nodes come after the
/// one that declares it, and before all that stand after it.
fn is_followed(script: &Script<'_>, declared: usize, (parameters, body): &Parts<'_>) -> bool {
    let inside = |it: Span| {
        [parameters.span, body.span()].iter().any(|part| part.start <= it.start && it.end <= part.end)
    };
    let end = parameters.span.end.max(body.span().end);
    let nodes = script.nodes().iter().skip(declared).take_while(|node| node.kind().span().start < end);
    nodes.filter(|node| inside(node.kind().span())).all(|node| match node.kind() {
        AstKind::IdentifierReference(it) => it.name != "arguments",
        AstKind::StaticMemberExpression(it) => {
            !matches!(it.property.name.as_str(), "arguments" | "caller" | "constructor" | "__proto__")
        }
        AstKind::ThisExpression(_)
        | AstKind::Super(_)
        | AstKind::AssignmentExpression(_)
        | AstKind::UpdateExpression(_)
        | AstKind::NewExpression(_)
        | AstKind::AwaitExpression(_)
        | AstKind::YieldExpression(_)
        | AstKind::TaggedTemplateExpression(_)
        | AstKind::JSXElement(_)
        | AstKind::JSXFragment(_)
        | AstKind::Function(_)
        | AstKind::Class(_) => false,
        AstKind::UnaryExpression(it) => !it.operator.is_delete(),
        _ => true,
    })
}
