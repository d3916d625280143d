//! Calls of methods: those that change an array, those that are pure, and all others.

use oxc::{
    ast::ast::{Argument, CallExpression, Expression},
    span::GetSpan,
};

use super::{
    super::{
        constraint::{Change, Key, Use, Var},
        language::{CALLING, CHANGING, GIVING, HANDING_ON, PURE},
    },
    Walker,
};
use crate::evaluate::script::Script;

impl Walker<'_, '_> {
    pub(super) fn method(&mut self, call: &CallExpression<'_>, object: &Expression<'_>, name: &str) -> Var {
        let receiver = self.expression(object);
        let change = self.change(call.span);
        if CHANGING.contains(&name) {
            return self.changing_method(call, receiver, name, change);
        }
        if PURE.contains(&name) {
            return self.pure_method(call, receiver, name, change);
        }
        self.escape(receiver, call.span);
        let callee = receiver.map(|receiver| {
            let key = if name.is_empty() { Key::Any } else { Key::Named(name.to_owned()) };
            self.graph.load(receiver, key)
        });
        self.unknown_call(call, callee)
    }

    pub(super) fn changing_method(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
        change: Change,
    ) -> Var {
        let arguments = self.arguments_of_method(call, receiver, name);
        let result = self.derived(call.span, &receiver.into_iter().collect::<Vec<_>>());
        if let Some(receiver) = receiver {
            self.graph.act(receiver, None, Use::ChangingMethod(change));
            self.graph.copy(receiver, result);
            let held = self.graph.load(receiver, Key::Any);
            self.graph.copy(held, result);
        }
        for argument in arguments.into_iter().flatten() {
            match receiver {
                Some(receiver) => {
                    self.graph.store(receiver, Key::Any, argument);
                    self.graph.keep(receiver, argument, self.owner, change);
                }
                None => self.escape(Some(argument), call.span),
            }
        }
        if !self.is_own_receiver(call) {
            // The array may belong to others, who may change what is put into it.
            let held = receiver.map(|receiver| self.graph.load(receiver, Key::Any));
            self.escape(held, call.span);
        }
        result
    }

    pub(super) fn is_own_receiver(&self, call: &CallExpression<'_>) -> bool {
        match call.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => {
                self.is_own(&it.object)
                    || matches!(it.object.get_inner_expression(), Expression::ArrayExpression(_))
            }
            _ => false,
        }
    }

    pub(super) fn pure_method(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
        change: Change,
    ) -> Var {
        let arguments = self.arguments_of_method(call, receiver, name);
        if let Some(receiver) = receiver {
            self.graph.act(receiver, None, Use::PureMethod(change));
            let callee = self.graph.load(receiver, Key::Named(name.to_owned()));
            self.graph.act(callee, self.owner, Use::Call);
        }
        if CALLING.contains(&name) && !call.arguments.iter().all(|it| is_inline(self.script, it)) {
            let held = receiver.map(|receiver| self.graph.load(receiver, Key::Any));
            self.escape(receiver, call.span);
            self.escape(held, call.span);
            for argument in arguments.iter().copied() {
                self.escape(argument, call.span);
            }
        }
        let of: Vec<Var> = receiver.into_iter().chain(arguments.into_iter().flatten()).collect();
        let result = self.derived(call.span, &of);
        if GIVING.contains(&name) {
            for source in of {
                let held = self.graph.load(source, Key::Any);
                self.graph.copy(source, result);
                self.graph.copy(held, result);
            }
        }
        result
    }

    /// The arguments of a method; a function that is written there is given what the receiver holds.
    pub(super) fn arguments_of_method(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
    ) -> Vec<Option<Var>> {
        let mut given = self.graph.var();
        if let Some(receiver) = receiver {
            let held = self.graph.load(receiver, Key::Any);
            let deeper = self.graph.load(held, Key::Any);
            for from in [receiver, held, deeper] {
                self.graph.copy(from, given);
            }
        }
        let mut values = Vec::new();
        for argument in &call.arguments {
            let function = argument.as_expression().map(Expression::get_inner_expression);
            let value = match function {
                Some(Expression::ArrowFunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                    walker.give(&it.params, given);
                    walker.arrow_body(it);
                })),
                Some(Expression::FunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                    walker.give(&it.params, given);
                    walker.function_body(&it.params, it.body.as_deref());
                })),
                _ => self.argument(argument),
            };
            if let (Some(value), true) = (value, HANDING_ON.contains(&name)) {
                self.graph.copy(value, given);
            }
            values.push(value);
        }
        given = self.graph.load(given, Key::Any);
        values.push(Some(given));
        values
    }
}

/// Whether an argument is a function that is written there, or data.
fn is_inline(script: &Script<'_>, argument: &Argument<'_>) -> bool {
    let Some(expression) = argument.as_expression() else { return false };
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(_)
        | Expression::FunctionExpression(_)
        | Expression::ObjectExpression(_)
        | Expression::ArrayExpression(_)
        | Expression::TemplateLiteral(_) => true,
        Expression::Identifier(it) => {
            script.is_global(it) && matches!(it.name.as_str(), "Boolean" | "String" | "Number")
        }
        literal => literal.is_literal() || literal.span().is_empty(),
    }
}
