//! Calls of the language's own functions: what they give holds what their arguments hold.

use oxc::{
    ast::ast::{Argument, CallExpression, Expression},
    span::Span,
};

use super::{
    super::constraint::{Key, Kind, Use, Var},
    Walker,
    methods::is_inline,
};

impl Walker<'_, '_> {
    /// `Object.keys(…)` and its like: a new array or object that holds what its arguments hold.
    pub(super) fn language_call(&mut self, call: &CallExpression<'_>, name: &str) -> Var {
        if let ("Array.from", [list, function, ..]) = (name, call.arguments.as_slice()) {
            return self.array_from(call, list, function);
        }
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
        result
    }

    /// `Array.from(list, f)`: what the function makes of each element.
    fn array_from(&mut self, call: &CallExpression<'_>, list: &Argument<'_>, function: &Argument<'_>) -> Var {
        let list = self.argument(list);
        let handed = self.handed(list);
        let mut made = vec![self.callback(function, handed)];
        made.extend(call.arguments.iter().skip(2).map(|it| self.argument(it)));
        let name = match function.as_expression().map(Expression::get_inner_expression) {
            Some(Expression::Identifier(it)) => self.script.symbol(it),
            _ => None,
        };
        if let (Some(symbol), 1) = (name, made.len()) {
            self.note_called(function.to_expression());
            self.call_with(symbol, list, call.span);
        } else if !is_inline(self.script, function) || made.len() > 1 {
            for argument in made.iter().copied().chain([list]) {
                self.escape(argument, call.span);
            }
        }
        let of: Vec<Var> = made.into_iter().chain([list]).flatten().collect();
        self.derived(call.span, &of)
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
        self.derived_as(Kind::Array, span, of)
    }

    pub(super) fn derived_as(&mut self, kind: Kind, span: Span, of: &[Var]) -> Var {
        let (site, var) = self.make(kind, span);
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
