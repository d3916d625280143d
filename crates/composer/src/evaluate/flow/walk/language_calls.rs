//! Calls of the language's own functions: what they give holds what their arguments hold.

use oxc::{
    ast::ast::{Argument, CallExpression, Expression},
    span::Span,
};

use super::{
    super::constraint::{Key, Kind, Use, Var},
    Walker,
};

impl Walker<'_, '_> {
    /// `Object.keys(…)` and its like: a new array or object that holds what its arguments hold.
    pub(super) fn language_call(&mut self, call: &CallExpression<'_>, name: &str) -> Var {
        let arguments = self.arguments(&call.arguments);
        let result = self.derived(call.span, &arguments.iter().copied().flatten().collect::<Vec<_>>());
        if matches!(name, "Object.freeze" | "Object.seal" | "Object.preventExtensions" | "Object.assign") {
            for argument in arguments.iter().take(1).flatten() {
                self.graph.copy(*argument, result);
            }
        }
        if name == "Object.assign" && !starts_with_literal(call) {
            let change = self.change(call.span);
            for target in arguments.iter().take(1).flatten() {
                self.graph.act(*target, None, Use::Change(None, change));
                for source in arguments.iter().skip(1).flatten() {
                    let held = self.graph.load(*source, Key::Any);
                    self.graph.store(*target, Key::Any, held);
                }
            }
        }
        if name == "Array.from" && call.arguments.len() > 1 {
            for argument in arguments.into_iter().flatten() {
                self.escape(Some(argument), call.span);
            }
        }
        result
    }

    /// `Object.defineProperty(…)` and its like change their first argument.
    pub(super) fn changing_call(&mut self, call: &CallExpression<'_>) -> Var {
        let arguments = self.arguments(&call.arguments);
        let change = self.change(call.span);
        let result = self.graph.var();
        for (index, argument) in arguments.into_iter().enumerate() {
            let Some(argument) = argument else { continue };
            if index == 0 {
                self.graph.act(argument, None, Use::Change(None, change));
                self.graph.copy(argument, result);
            }
            self.graph.act(argument, None, Use::Escape(change));
        }
        // What looks at prototypes may give the language's own.
        self.graph.copy(self.language, result);
        result
    }

    /// A new value that holds what others hold, at any depth.
    pub(super) fn derived(&mut self, span: Span, of: &[Var]) -> Var {
        let (site, var) = self.make(Kind::Array, span);
        let held = self.graph.var();
        self.graph.point(held, site);
        for &source in of {
            let once = self.graph.load(source, Key::Any);
            let twice = self.graph.load(once, Key::Any);
            for from in [source, once, twice] {
                self.graph.copy(from, held);
            }
        }
        self.graph.put(site, Key::Any, held);
        var
    }
}

fn starts_with_literal(call: &CallExpression<'_>) -> bool {
    let first =
        call.arguments.first().and_then(Argument::as_expression).map(Expression::get_inner_expression);
    matches!(first, Some(Expression::ObjectExpression(_)))
}
