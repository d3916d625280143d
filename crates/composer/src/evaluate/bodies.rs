//! Functions that do nothing but compute what they return: an expression, or constants, conditions, functions of their own
//! and `return`s.

use oxc::{
    ast::ast::{
        ArrowFunctionBody, BindingPattern, Expression, FormalParameters, Function, FunctionBody, Statement,
        SwitchStatement, VariableDeclarationKind,
    },
    semantic::{ReferenceId, SymbolId},
    span::{GetSpan, Span},
};

use super::{
    convert::{strictly_equal, to_boolean},
    expression::Evaluator,
    script::ModuleId,
    thunks::arrow_result,
};
use crate::value::{Dynamic, Value, ValueKind};

/// What a function does when it is called.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    Expression(&'a Expression<'a>),
    Statements(&'a FunctionBody<'a>),
}

/// A function's parameters and its body.
pub(super) type Parts<'a> = (&'a FormalParameters<'a>, Body<'a>);

impl Body<'_> {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Expression(it) => it.span(),
            Self::Statements(it) => it.span,
        }
    }

    /// The first statement that does more than compute; none in a function that only computes what it returns.
    pub(super) fn effect(&self) -> Option<Span> {
        match self {
            Self::Expression(_) => None,
            Self::Statements(it) => it.statements.iter().find_map(effect),
        }
    }
}

/// The parts of an arrow or a function expression that is neither asynchronous nor a generator.
pub(super) fn of_expression<'a>(expression: &'a Expression<'a>) -> Option<Parts<'a>> {
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(it) if !it.r#async => {
            let body = match arrow_result(it) {
                Some(result) => Body::Expression(result),
                None => match &it.body {
                    ArrowFunctionBody::FunctionBody(body) => Body::Statements(body),
                    _ => return None,
                },
            };
            Some((&it.params, body))
        }
        Expression::FunctionExpression(it) => of_function(it),
        _ => None,
    }
}

/// The same of a function that is declared.
pub(super) fn of_function<'a>(function: &'a Function<'a>) -> Option<Parts<'a>> {
    let plain = !function.r#async && !function.generator;
    Some((&function.params, Body::Statements(function.body.as_deref().filter(|_| plain)?)))
}

/// What in a statement does more than compute.
fn effect(statement: &Statement<'_>) -> Option<Span> {
    let computes = match statement {
        Statement::VariableDeclaration(it) => {
            it.kind != VariableDeclarationKind::Var && it.declarations.iter().all(|it| it.init.is_some())
        }
        Statement::IfStatement(it) => {
            return effect(&it.consequent).or_else(|| it.alternate.as_ref().and_then(effect));
        }
        Statement::BlockStatement(it) => return it.body.iter().find_map(effect),
        Statement::SwitchStatement(it) => {
            return it.cases.iter().flat_map(|case| &case.consequent).find_map(effect);
        }
        Statement::FunctionDeclaration(it) => it.body.is_some(),
        Statement::ReturnStatement(_)
        | Statement::EmptyStatement(_)
        | Statement::TSTypeAliasDeclaration(_)
        | Statement::TSInterfaceDeclaration(_) => true,
        _ => false,
    };
    (!computes).then(|| statement.span())
}

impl<'a> Evaluator<'_, 'a> {
    /// What a function returns whose parameters are bound. The names that it declares are added to those.
    pub(super) fn returned(
        &mut self,
        m: ModuleId,
        body: Body<'a>,
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) -> Value {
        match body {
            Body::Expression(it) => self.eval(m, it),
            Body::Statements(it) => {
                let end = Span::empty(it.span.end);
                self.statements(m, &it.statements, bound)
                    .unwrap_or_else(|| Value::new(ValueKind::Undefined, self.modules.origin(m, end)))
            }
        }
    }

    /// What the first `return` that is reached gives.
    fn statements(
        &mut self,
        m: ModuleId,
        statements: &'a [Statement<'a>],
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) -> Option<Value> {
        for statement in statements {
            if let Statement::FunctionDeclaration(it) = statement
                && let (Some(id), Some(parts)) = (&it.id, of_function(it))
            {
                self.inner.insert((m, id.symbol_id()), parts);
            }
        }
        statements.iter().find_map(|statement| self.statement(m, statement, bound))
    }

    fn statement(
        &mut self,
        m: ModuleId,
        statement: &'a Statement<'a>,
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) -> Option<Value> {
        if let Err(why) = self.charged() {
            return Some(self.dynamic(m, statement.span(), why));
        }
        match statement {
            Statement::ReturnStatement(it) => Some(match &it.argument {
                Some(returned) => self.eval(m, returned),
                None => Value::new(ValueKind::Undefined, self.modules.origin(m, it.span)),
            }),
            Statement::VariableDeclaration(it) => {
                for declarator in &it.declarations {
                    let init = declarator.init.as_ref()?;
                    if let (Some(symbol), Some(parts)) = (plain_name(&declarator.id), of_expression(init)) {
                        self.inner.insert((m, symbol), parts);
                    }
                    let value = self.shared(m, init);
                    self.bind(m, &declarator.id, &value, bound);
                }
                None
            }
            Statement::IfStatement(it) => {
                let test = self.eval(m, &it.test);
                match to_boolean(&test) {
                    Ok(true) => self.statement(m, &it.consequent, bound),
                    Ok(false) => self.statement(m, it.alternate.as_ref()?, bound),
                    Err(why) => Some(self.blame(m, it.test.span(), why, &[&test])),
                }
            }
            Statement::BlockStatement(it) => self.statements(m, &it.body, bound),
            Statement::SwitchStatement(it) => self.switch(m, it, bound),
            _ => None,
        }
    }

    /// A switch whose cases return, or fall through to those that do.
    fn switch(
        &mut self,
        m: ModuleId,
        switch: &'a SwitchStatement<'a>,
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) -> Option<Value> {
        let value = self.eval(m, &switch.discriminant);
        let mut chosen = switch.cases.iter().position(|case| case.test.is_none());
        for (index, case) in switch.cases.iter().enumerate() {
            let Some(test) = &case.test else { continue };
            let wanted = self.eval(m, test);
            match strictly_equal(&value, &wanted) {
                Ok(false) => {}
                Ok(true) => {
                    chosen = Some(index);
                    break;
                }
                Err(why) => return Some(self.blame(m, test.span(), why, &[&value, &wanted])),
            }
        }
        switch.cases[chosen?..].iter().find_map(|case| self.statements(m, &case.consequent, bound))
    }

    /// What in a function does more than compute. Through `arguments` a script may assign to its parameters.
    pub(super) fn effect(&self, m: ModuleId, (parameters, body): Parts<'a>) -> Option<Span> {
        let inside = |it: &Span| {
            [parameters.span, body.span()].iter().any(|part| part.start <= it.start && it.end <= part.end)
        };
        body.effect().or_else(|| {
            let script = self.modules.script(m)?;
            let named = script.semantic.scoping().root_unresolved_references().get("arguments")?;
            let scoping = script.semantic.scoping();
            let node = |id: &ReferenceId| script.nodes().kind(scoping.get_reference(*id).node_id()).span();
            named.iter().map(node).find(inside)
        })
    }

    /// Why the call of a function that does more is not static, with the place of what it does.
    pub(super) fn has_effect(&self, m: ModuleId, called: &str, effect: Span) -> Dynamic {
        let origin = self.modules.origin(m, effect);
        let line = origin.source.position(effect.start).line;
        let text = self.text(m, effect);
        let text: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
        Dynamic::new(format!(
            "{called} does more than compute what it returns, in line {line} of `{}`: `{text}`",
            origin.source.path
        ))
        .help("A function that is read may have `const`, `if`, `switch` and `return`, and expressions such as `map`.")
    }
}

/// Whether a pattern is no more than a name.
pub(super) fn plain_name(pattern: &BindingPattern<'_>) -> Option<SymbolId> {
    match pattern {
        BindingPattern::BindingIdentifier(id) => Some(id.symbol_id()),
        _ => None,
    }
}
