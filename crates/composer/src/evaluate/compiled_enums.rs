//! Enums as compilers write them: a function that fills an object, called at once. What is published has them.
//!
//! ```js
//! var Mode; (function (Mode) { Mode["Dark"] = "dark"; Mode[Mode["Off"] = 0] = "Off" })(Mode || (Mode = {}));  // tsc
//! var Mode = ((Mode) => { Mode["Dark"] = "dark"; return Mode })(Mode || {});                     // esbuild, oxc, swc
//! ```

use oxc::{
    ast::ast::{
        ArrowFunctionBody, AssignmentExpression, AssignmentTarget, BindingPattern, CallExpression,
        Expression, FormalParameters, IdentifierReference, Statement,
    },
    semantic::SymbolId,
    span::GetSpan,
    syntax::operator::{AssignmentOperator, LogicalOperator},
};

use super::{
    bodies::plain_name,
    convert::to_key,
    expression::Evaluator,
    keys,
    objects::Properties,
    script::{Binding, ModuleId, Script},
};
use crate::value::{Dynamic, Object, Property, Value, ValueKind};

/// `Mode["Dark"] = "dark"`, and whether its value is made a key too.
pub(super) struct Member<'a> {
    name: &'a Expression<'a>,
    pub(super) value: &'a Expression<'a>,
    is_reversed: bool,
}

/// The enum that a statement fills whose name is declared before it, and the call.
pub(super) fn filled<'a>(
    script: &Script<'a>,
    statement: &'a Statement<'a>,
) -> Option<(SymbolId, &'a CallExpression<'a>)> {
    let Statement::ExpressionStatement(statement) = statement else { return None };
    let Expression::CallExpression(call) = statement.expression.get_inner_expression() else { return None };
    let [argument] = call.arguments.as_slice() else { return None };
    let (name, made) = alternative(argument.as_expression()?)?;
    let Expression::AssignmentExpression(made) = made else { return None };
    let symbol = script.symbol(name)?;
    let AssignmentTarget::AssignmentTargetIdentifier(target) = &made.left else { return None };
    let scoping = script.semantic.scoping();
    let is_declared = matches!(script.bindings.get(&symbol), Some(Binding::Variable(it))
        if it.init.is_none() && plain_name(&it.id).is_some());
    let fills = made.operator == AssignmentOperator::Assign
        && script.symbol(target) == Some(symbol)
        && is_empty_object(&made.right)
        && is_declared
        && scoping.symbol_redeclarations(symbol).len() < 2
        && scoping.get_resolved_references(symbol).filter(|it| it.is_write()).count() == 1;
    members(script, call).filter(|_| fills).map(|_| (symbol, &**call))
}

/// The members of an enum that a call makes; none of any other call.
pub(super) fn made<'c>(script: &Script<'_>, call: &'c CallExpression<'c>) -> Option<Vec<Member<'c>>> {
    let [argument] = call.arguments.as_slice() else { return None };
    let argument = argument.as_expression()?;
    let is_fresh = is_empty_object(argument) || {
        let (name, made) = alternative(argument)?;
        let symbol = script.symbol(name)?;
        match script.bindings.get(&symbol)? {
            Binding::CompiledEnum(it) => it.span == call.span,
            Binding::Variable(it) => {
                let scoping = script.semantic.scoping();
                is_empty_object(made)
                    && it.init.as_ref().is_some_and(|it| it.get_inner_expression().span() == call.span)
                    && scoping.symbol_redeclarations(symbol).len() < 2
                    && !scoping.symbol_is_mutated(symbol)
            }
            _ => false,
        }
    };
    let is_filled = |name: &IdentifierReference<'_>| {
        let symbol = script.symbol(name);
        symbol.is_some_and(|it| matches!(script.bindings.get(&it), Some(Binding::CompiledEnum(_))))
    };
    let gives = alternative(argument).is_some_and(|(name, _)| is_filled(name)) || returns(call);
    members(script, call).filter(|_| is_fresh && gives)
}

/// Whether the function that is called ends with a `return`: else its call gives nothing.
fn returns(call: &CallExpression<'_>) -> bool {
    let last = match call.callee.get_inner_expression() {
        Expression::FunctionExpression(it) => it.body.as_ref().and_then(|it| it.statements.last()),
        Expression::ArrowFunctionExpression(it) => match &it.body {
            ArrowFunctionBody::FunctionBody(body) => body.statements.last(),
            _ => None,
        },
        _ => None,
    };
    matches!(last, Some(Statement::ReturnStatement(_)))
}

/// `name || made`
fn alternative<'a>(
    expression: &'a Expression<'a>,
) -> Option<(&'a IdentifierReference<'a>, &'a Expression<'a>)> {
    let Expression::LogicalExpression(it) = expression.get_inner_expression() else { return None };
    match (it.operator, it.left.get_inner_expression()) {
        (LogicalOperator::Or, Expression::Identifier(name)) => Some((name, it.right.get_inner_expression())),
        _ => None,
    }
}

fn is_empty_object(expression: &Expression<'_>) -> bool {
    matches!(expression.get_inner_expression(), Expression::ObjectExpression(it) if it.properties.is_empty())
}

/// What the function that is called puts into its parameter, where it does nothing else but return it.
fn members<'c>(script: &Script<'_>, call: &'c CallExpression<'c>) -> Option<Vec<Member<'c>>> {
    let (parameters, statements): (&FormalParameters<'_>, _) = match call.callee.get_inner_expression() {
        Expression::FunctionExpression(it) if !it.r#async && !it.generator => {
            (&it.params, &it.body.as_ref()?.statements)
        }
        Expression::ArrowFunctionExpression(it) if !it.r#async => match &it.body {
            ArrowFunctionBody::FunctionBody(body) => (&it.params, &body.statements),
            _ => return None,
        },
        _ => return None,
    };
    let ([parameter], None) = (parameters.items.as_slice(), &parameters.rest) else { return None };
    let BindingPattern::BindingIdentifier(object) = &parameter.pattern else { return None };
    let object = object.symbol_id();
    let names =
        |it: &Expression<'_>| matches!(it, Expression::Identifier(it) if script.symbol(it) == Some(object));
    let mut found = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        match statement {
            Statement::ExpressionStatement(it) => found.push(member(&it.expression, &names)?),
            Statement::ReturnStatement(it) if index + 1 == statements.len() => {
                it.argument.as_ref().filter(|it| names(it))?;
            }
            _ => return None,
        }
    }
    (!found.is_empty() && parameter.initializer.is_none()).then_some(found)
}

fn member<'a>(expression: &'a Expression<'a>, names: &dyn Fn(&Expression<'_>) -> bool) -> Option<Member<'a>> {
    let Expression::AssignmentExpression(outer) = expression else { return None };
    let (key, value) = assigned(outer, names)?;
    match key {
        Expression::AssignmentExpression(inner) => {
            let (name, value) = assigned(inner, names)?;
            Some(Member { name, value, is_reversed: true })
        }
        name => Some(Member { name, value, is_reversed: false }),
    }
    .filter(|it| matches!(it.name, Expression::StringLiteral(_)))
}

/// `object[key] = value`
fn assigned<'a>(
    assignment: &'a AssignmentExpression<'a>,
    names: &dyn Fn(&Expression<'_>) -> bool,
) -> Option<(&'a Expression<'a>, &'a Expression<'a>)> {
    let AssignmentTarget::ComputedMemberExpression(target) = &assignment.left else { return None };
    let fits = assignment.operator == AssignmentOperator::Assign && names(&target.object);
    fits.then_some((&target.expression, &assignment.right))
}

impl<'a> Evaluator<'_, 'a> {
    /// The object that a call fills as compilers do for an enum; none of any other call.
    pub(super) fn compiled_enum(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Option<Value> {
        let members = made(self.modules.script(m)?, call)?;
        let mut properties = Properties::default();
        for member in members {
            let place = self.modules.origin(m, member.value.span());
            let key = self.modules.origin(m, member.name.span());
            let name = self.eval(m, member.name);
            let value = self.eval(m, member.value);
            let property = |value: Value| Property { key: key.clone(), whole: place.clone(), value };
            let name_text = name.text()?.to_owned();
            if name_text == "__proto__" {
                return None;
            }
            let reverse = member.is_reversed.then(|| to_key(&value));
            properties.insert(name_text, property(value));
            match reverse {
                Some(Ok(key)) if key != "__proto__" => drop(properties.insert(key, property(name))),
                Some(_) => {
                    let why = Dynamic::new("the enum member is not static");
                    self.insert_spread(m, member.value.span(), why, &mut properties);
                }
                None => {}
            }
        }
        keys::sort(&mut properties);
        Some(self.fresh(m, call.span, ValueKind::Object(Object(properties))))
    }
}
