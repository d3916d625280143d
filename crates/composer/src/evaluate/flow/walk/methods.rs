//! Calls of methods: those that change an array, those that are pure, and all others.

use oxc::{
    ast::ast::{Argument, CallExpression, Expression},
    semantic::SymbolId,
    span::{GetSpan, Span},
};

use super::{
    super::{
        constraint::{Change, Key, Kind, Use, Var},
        language::{CALLING, CHANGING, ELEMENTS_FIRST, GIVING, HANDING_ON, PURE, SELECTING},
        transparent::NamedCall,
    },
    Walker,
};
use crate::evaluate::{fresh::reordered, script::Script};

impl Walker<'_, '_> {
    pub(super) fn method(&mut self, call: &CallExpression<'_>, object: &Expression<'_>, name: &str) -> Var {
        let receiver = self.expression(object);
        let change = self.change(call.span);
        if let Some(result) = self.reordered(call, receiver, change) {
            return result;
        }
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
            self.graph.act(receiver, None, Use::ChangingMethod(change, None));
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
        // What is no array may have a method of that name of its own.
        let own = receiver.map(|receiver| {
            self.graph.act(receiver, None, Use::PureMethod(change));
            let callee = self.graph.load(receiver, Key::Named(name.to_owned()));
            self.graph.act(callee, self.owner, Use::Call);
            callee
        });
        if CALLING.contains(&name) {
            self.hand_to_others(call, receiver, name, &arguments);
        }
        let of: Vec<Var> = receiver.into_iter().chain(arguments.into_iter().flatten()).collect();
        let result = match receiver {
            // A new array of the same elements.
            Some(receiver) if SELECTING.contains(&name) => self.rest(Kind::Array, call.span, Some(receiver)),
            _ => self.derived(call.span, &of),
        };
        if let Some(own) = own {
            let returned = self.graph.load(own, Key::Result);
            self.graph.copy(returned, result);
        }
        if GIVING.contains(&name) {
            for source in of {
                let held = self.graph.load(source, Key::Any);
                self.graph.copy(source, result);
                self.graph.copy(held, result);
            }
        }
        result
    }

    /// `[...list].sort(f)`: an array that nobody else holds is in another order, and the result.
    fn reordered(&mut self, call: &CallExpression<'_>, receiver: Option<Var>, change: Change) -> Option<Var> {
        let (name, made) = reordered(self.script, call)?;
        let is_it = |site: &&(_, Span, _)| site.0 == self.m && site.1 == made;
        let own = self.found.sites.iter().rev().find(is_it)?.2;
        let array = receiver?;
        let arguments = self.arguments_of_method(call, receiver, name);
        self.hand_to_others(call, receiver, name, &arguments);
        self.graph.act(array, None, Use::ChangingMethod(change, Some(own)));
        Some(array)
    }

    /// A function that is not written there may do anything with what the method gives it.
    fn hand_to_others(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
        arguments: &[Option<Var>],
    ) {
        if call.arguments.iter().all(|it| is_inline(self.script, it)) {
            return;
        }
        if let ([function], false) = (call.arguments.as_slice(), HANDING_ON.contains(&name))
            && let Some(Expression::Identifier(function)) =
                function.as_expression().map(Expression::get_inner_expression)
            && let Some(symbol) = self.script.symbol(function)
        {
            self.note_called(call.arguments[0].to_expression());
            self.call_with(symbol, receiver, call.span);
            return;
        }
        let held = receiver.map(|receiver| self.graph.load(receiver, Key::Any));
        self.escape(receiver, call.span);
        self.escape(held, call.span);
        for &argument in arguments {
            self.escape(argument, call.span);
        }
    }

    /// `list.map(f)`: the function is called with what the method gives it.
    pub(super) fn call_with(&mut self, symbol: SymbolId, receiver: Option<Var>, at: Span) {
        let Handed { elements, all } = self.handed(receiver);
        let (module, owner, change) = (self.m, self.owner, self.change(at));
        let callee = self.found.symbol(self.graph, module, symbol);
        self.calls(Some(callee));
        let arguments = vec![Some(elements), Some(elements), Some(all)];
        self.found.calls.push(NamedCall { module, symbol, callee, arguments, owner, change });
    }

    /// The arguments of a method; a function that is written there is given what the receiver holds.
    pub(super) fn arguments_of_method(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
    ) -> Vec<Option<Var>> {
        let mut handed = self.handed(receiver);
        if !ELEMENTS_FIRST.contains(&name) {
            handed.elements = handed.all;
        }
        let mut values = Vec::new();
        for argument in &call.arguments {
            let value = self.callback(argument, handed);
            if let (Some(value), true) = (value, HANDING_ON.contains(&name)) {
                self.graph.copy(value, handed.all);
            }
            values.push(value);
        }
        values.push(Some(self.graph.load(handed.all, Key::Any)));
        values
    }

    /// What a method of an array hands to a function: the receiver, and what it holds.
    pub(super) fn handed(&mut self, receiver: Option<Var>) -> Handed {
        let (elements, all) = (self.graph.var(), self.graph.var());
        if let Some(receiver) = receiver {
            let held = self.graph.load(receiver, Key::Any);
            let deeper = self.graph.load(held, Key::Any);
            for from in [held, deeper] {
                self.graph.copy(from, elements);
            }
            self.graph.copy(receiver, all);
        }
        self.graph.copy(elements, all);
        Handed { elements, all }
    }

    /// An argument; of a function that is written there what it returns, once it is given something.
    pub(super) fn callback(&mut self, argument: &Argument<'_>, handed: Handed) -> Option<Var> {
        match argument.as_expression().map(Expression::get_inner_expression) {
            Some(Expression::ArrowFunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                walker.hand(&it.params, handed);
                walker.arrow_body(it);
            })),
            Some(Expression::FunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                walker.hand(&it.params, handed);
                walker.function_body(&it.params, it.body.as_deref());
            })),
            _ => self.argument(argument),
        }
    }
}

/// What a method hands to a function.
#[derive(Clone, Copy)]
pub(super) struct Handed {
    /// The elements of the receiver.
    pub(super) elements: Var,
    /// These, and the receiver itself.
    pub(super) all: Var,
}

/// Whether an argument is a function that is written there, or data.
pub(super) fn is_inline(script: &Script<'_>, argument: &Argument<'_>) -> bool {
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
