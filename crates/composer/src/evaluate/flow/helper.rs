//! Calls of a `define…`: whether the function that is called gives its argument back and does nothing else.

use oxc::{
    ast::ast::{ArrowFunctionBody, BindingPattern, CallExpression, Expression, FormalParameters, Statement},
    semantic::SymbolId,
    span::Span,
};

use super::{
    constraint::{Body, Change, Key, Use, Var},
    found::Found,
    graph::Graph,
    transparent::NamedCall,
};
use crate::{
    evaluate::{
        callee::{Name, Root},
        modules::Modules,
        script::{Binding, Export, ImportName, ModuleId, Script},
    },
    maps::HashSet,
};

/// A call of a `define…` or of a wrapper.
pub(super) struct Definer {
    module: ModuleId,
    span: Span,
    /// Known to return its argument, or to be declared elsewhere.
    trusted: bool,
    /// The module and the export that it is.
    import: Option<(String, String)>,
}

impl Definer {
    pub(super) fn of(
        module: ModuleId,
        script: &Script<'_>,
        call: &CallExpression<'_>,
        name: &Name<'_>,
        wrapper: bool,
    ) -> Self {
        let import = match name.root {
            Root::Imported => imported(script, &call.callee, &name.text),
            _ => None,
        };
        let returns = match name.root {
            Root::Global => true,
            Root::Imported => wrapper || import.is_none(),
            Root::Local => match call.callee.get_inner_expression() {
                Expression::Identifier(it) => {
                    script.symbol(it).is_some_and(|symbol| is_identity(script, symbol))
                }
                _ => false,
            },
        };
        let trusted = returns && call.arguments.len() == 1;
        let import = import.filter(|_| !trusted && call.arguments.len() == 1);
        Self { module, span: call.span, trusted, import }
    }

    /// The call's place.
    pub(super) fn place(&self) -> (ModuleId, u32, u32) {
        (self.module, self.span.start, self.span.end)
    }

    /// Whether what is called gives its argument back and does nothing else.
    pub(super) fn is_identity(&self, modules: &mut Modules<'_>) -> bool {
        self.trusted
            || match &self.import {
                None => false,
                Some((specifier, name)) => match modules.known(self.module, specifier) {
                    None => true,
                    Some(target) => defines_identity(modules, target, name, 0).unwrap_or(true),
                },
            }
    }
}

/// What the first name of a callee is bound to.
pub(super) fn root_binding<'s, 'a>(
    script: &'s Script<'a>,
    callee: &Expression<'_>,
) -> Option<&'s Binding<'a>> {
    let mut at = callee.get_inner_expression();
    while let Expression::StaticMemberExpression(it) = at {
        at = it.object.get_inner_expression();
    }
    let Expression::Identifier(it) = at else { return None };
    script.bindings.get(&script.symbol(it)?)
}

/// The module and the export that a callee names; none for what is deeper.
fn imported(script: &Script<'_>, callee: &Expression<'_>, text: &str) -> Option<(String, String)> {
    let Binding::Import { specifier, name, .. } = root_binding(script, callee)? else { return None };
    let mut parts = text.split('.').skip(1);
    match (name, parts.next()) {
        (ImportName::Named(name), None) => Some(((*specifier).to_owned(), (*name).to_owned())),
        (ImportName::Namespace, Some(export)) => Some(((*specifier).to_owned(), export.to_owned())),
        _ => None,
    }
}

/// Such a call among the constraints, to be judged once its definition is known.
pub(super) struct Helper {
    pub(super) definer: Definer,
    /// What is called, where that is a name.
    pub(super) symbol: Option<SymbolId>,
    pub(super) callee: Option<Var>,
    /// One for each argument, none where nothing is known of it.
    pub(super) arguments: Vec<Option<Var>>,
    pub(super) result: Var,
    pub(super) owner: Option<Body>,
    pub(super) change: Change,
}

impl Helper {
    /// It does more than return its argument: it is called as any other function.
    fn call(self, graph: &mut Graph, found: &mut Found) {
        let Self { definer: Definer { module, .. }, symbol, callee, arguments, owner, change, .. } = self;
        if let Some(callee) = callee {
            graph.act(callee, owner, Use::Call);
            let returned = graph.load(callee, Key::Result);
            graph.copy(returned, self.result);
        }
        if let (Some(symbol), Some(callee)) = (symbol, callee) {
            found.calls.push(NamedCall { module, symbol, callee, arguments, owner, change });
            return;
        }
        for argument in arguments.into_iter().flatten() {
            graph.act(argument, owner, Use::Escape(change));
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
        if helper.definer.is_identity(modules) {
            identities.insert(helper.definer.place());
        }
        for argument in helper.arguments.iter().flatten() {
            graph.copy(*argument, helper.result);
        }
        if !identities.contains(&helper.definer.place()) {
            helper.call(graph, found);
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
