//! Calls of an author's own small functions: what they are given is followed into their parameters.
//!
//! A function is transparent when its name always stands for it, its parameters are plain names, and all that it does
//! is to return an expression in which every use of a parameter is a constraint. The arguments of any other function
//! escape.

use oxc::{
    ast::{
        AstKind,
        ast::{BindingPattern, Expression, FormalParameters},
    },
    semantic::SymbolId,
    span::{GetSpan, Span},
};

use super::{
    constraint::{Body, Change, Key, Use, Var},
    found::Found,
    graph::Graph,
};
use crate::evaluate::{
    modules::Modules,
    script::{Binding, Export, ImportName, ModuleId, Script},
    thunks::{pure_body, pure_function},
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
            .and_then(|(m, symbol)| Some((m, parameters(modules.script(m)?, symbol)?)));
        let Some((m, symbols)) = parameters else {
            call.escape(graph);
            continue;
        };
        for (symbol, argument) in symbols.into_iter().zip(call.arguments) {
            let parameter = found.symbol(graph, m, symbol);
            graph.blend(parameter);
            if let Some(argument) = argument {
                graph.copy(argument, parameter);
            }
        }
    }
}

/// Where the thing behind a name is declared, imports and re-exports followed.
fn definition(
    modules: &mut Modules<'_>,
    m: ModuleId,
    symbol: SymbolId,
    depth: usize,
) -> Option<(ModuleId, SymbolId)> {
    match *modules.script(m)?.bindings.get(&symbol)? {
        Binding::Import { specifier, name: ImportName::Named(name), .. } => {
            export(modules, m, specifier, name, depth + 1)
        }
        Binding::Function(_) | Binding::Variable(_) => Some((m, symbol)),
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

/// The parameters of the transparent function that a name always stands for.
fn parameters(script: &Script<'_>, symbol: SymbolId) -> Option<Vec<SymbolId>> {
    let scoping = script.semantic.scoping();
    let settled = scoping.symbol_redeclarations(symbol).len() < 2
        && !scoping.symbol_is_mutated(symbol)
        && !script.hoisted.contains(scoping.symbol_name(symbol))
        && script.opaque.is_none();
    let (parameters, result) = match *script.bindings.get(&symbol).filter(|_| settled)? {
        Binding::Variable(it) if matches!(it.id, BindingPattern::BindingIdentifier(_)) => {
            pure_function(it.init.as_ref()?)?
        }
        Binding::Function(it) => pure_body(it)?,
        _ => return None,
    };
    names(parameters).filter(|_| is_followed(script, result))
}

/// The names of parameters that have neither patterns nor defaults.
fn names(parameters: &FormalParameters<'_>) -> Option<Vec<SymbolId>> {
    let name = |pattern: &BindingPattern<'_>| match pattern {
        BindingPattern::BindingIdentifier(id) => Some(id.symbol_id()),
        _ => None,
    };
    let plain = parameters.rest.is_none() && parameters.items.iter().all(|it| it.initializer.is_none());
    parameters
        .items
        .iter()
        .filter(|_| plain)
        .map(|it| name(&it.pattern))
        .collect::<Option<Vec<_>>>()
        .filter(|_| plain)
}

/// Whether everything in an expression that a value could pass through is a constraint of its own.
fn is_followed(script: &Script<'_>, result: &Expression<'_>) -> bool {
    let span = result.span();
    let inside = |it: Span| span.start <= it.start && it.end <= span.end;
    script.nodes().iter().filter(|node| inside(node.kind().span())).all(|node| match node.kind() {
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
