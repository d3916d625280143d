//! Calls of a `define…`: whether the function that is called gives its argument back and does nothing else.

use oxc::{
    ast::ast::{ArrowFunctionBody, BindingPattern, Expression, FormalParameters, Statement},
    semantic::SymbolId,
    span::Span,
};

use super::{
    constraint::{Body, Change, Use, Var},
    found::Found,
    graph::Graph,
};
use crate::{
    evaluate::modules::{Binding, Export, ImportName, ModuleId, Modules, Script},
    maps::HashSet,
};

/// A call of a `define…`, to be judged once its definition is known.
pub(super) struct Helper {
    pub(super) module: ModuleId,
    pub(super) span: Span,
    /// Known to return its argument, or to be declared elsewhere.
    pub(super) trusted: bool,
    pub(super) import: Option<(String, String)>,
    pub(super) arguments: Vec<Var>,
    pub(super) result: Var,
    pub(super) owner: Option<Body>,
    pub(super) change: Change,
}

impl Helper {
    /// It does more than return its argument.
    fn escape(self, graph: &mut Graph) {
        for argument in self.arguments {
            graph.act(argument, self.owner, Use::Escape(self.change));
            graph.copy(argument, self.result);
        }
    }
}

/// Tells the calls of `define…` that give their argument back from those that do more.
///
/// Gives the places of the first.
pub(super) fn settle(
    modules: &mut Modules<'_>,
    graph: &mut Graph,
    found: &mut Found,
) -> HashSet<(ModuleId, u32, u32)> {
    let mut identities = HashSet::default();
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
            identities.insert((helper.module, helper.span.start, helper.span.end));
            for argument in helper.arguments {
                graph.copy(argument, helper.result);
            }
        } else {
            helper.escape(graph);
        }
    }
    identities
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
