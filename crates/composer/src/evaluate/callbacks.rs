//! The functions that an author's code gives to methods, and parameters that take what functions are called with.

use std::rc::Rc;

use oxc::{
    ast::ast::{Argument, BindingPattern, CallExpression, Expression, FormalParameters},
    semantic::SymbolId,
    span::Span,
};

use super::{
    bodies::{self, Body},
    convert::Outcome,
    declarations,
    expression::Evaluator,
    functions,
    helpers::Helper,
    script::ModuleId,
};
use crate::value::{Dynamic, Value, ValueKind};

/// What an array method applies to each element.
pub(super) enum Callback<'a> {
    Function(&'a FormalParameters<'a>, Body<'a>),
    Global(&'static str),
    /// A function of the workspace, by its name.
    Helper(Helper<'a>, Span),
}

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn callback(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        argument: &'a Argument<'a>,
    ) -> Outcome<Callback<'a>> {
        let Some(expression) = Argument::as_expression(argument) else {
            return Err(self.call_runs_code(m, call));
        };
        if let Expression::Identifier(it) = expression.get_inner_expression()
            && let Some(helper) = self.helper_of(m, it)
        {
            return Ok(Callback::Helper(helper, it.span));
        }
        if let Expression::Identifier(it) = expression.get_inner_expression()
            && self.modules.script(m).is_some_and(|script| script.is_global(it))
            && let Some(name) = ["Boolean", "String", "Number"].into_iter().find(|name| it.name == *name)
        {
            return Ok(Callback::Global(name));
        }
        let (parameters, body) = bodies::of_expression(expression).ok_or_else(|| {
            Dynamic::new("the function is not written where it is used")
                .help("Use an arrow with an expression: `(item) => …`.")
        })?;
        if let Some(effect) = self.effect(m, (parameters, body)) {
            return Err(self.has_effect(m, "the function", effect));
        }
        if parameters.rest.is_some() {
            return Err(Dynamic::new("the function takes the rest of its arguments"));
        }
        Ok(Callback::Function(parameters, body))
    }

    /// What the methods of arrays call it with: what was returned `before` in `reduce`, an element, its index, the array.
    pub(super) fn apply(
        &mut self,
        m: ModuleId,
        callback: &Callback<'a>,
        before: Option<&Rc<Value>>,
        element: &Rc<Value>,
        index: usize,
        whole: &Rc<Value>,
    ) -> Outcome<Value> {
        let number = Rc::new(Value::new(ValueKind::Number(index as f64), element.origin.clone()));
        let given = [before.map(Rc::clone), Some(Rc::clone(element)), Some(number), Some(Rc::clone(whole))];
        let given: Vec<_> = given.into_iter().flatten().collect();
        self.applied_to(m, callback, &given)
    }

    /// What a function makes of these arguments, of which there is at least one.
    pub(super) fn applied_to(
        &mut self,
        m: ModuleId,
        callback: &Callback<'a>,
        given: &[Rc<Value>],
    ) -> Outcome<Value> {
        self.charged()?;
        let origin = given[0].origin.clone();
        let (parameters, body) = match callback {
            Callback::Function(parameters, body) => (*parameters, *body),
            Callback::Helper(helper, at) => return self.helped(m, helper, *at, given),
            Callback::Global(name) => {
                let kind = functions::call(name, std::slice::from_ref(given[0].as_ref()));
                return kind.unwrap_or(Ok(ValueKind::Undefined)).map(|kind| Value::new(kind, origin));
            }
        };
        let missing = Rc::new(Value::new(ValueKind::Undefined, origin));
        let mut bound = self.bind_all(m, parameters, given, &missing);
        // What the body names was worked out for this element alone.
        let value = self.returned(m, body, &mut bound);
        self.unbind(bound);
        Ok(value)
    }

    /// Gives a function's parameters their values; says which names that binds.
    pub(super) fn bind_all(
        &mut self,
        m: ModuleId,
        parameters: &'a FormalParameters<'a>,
        given: &[Rc<Value>],
        missing: &Rc<Value>,
    ) -> Vec<(ModuleId, SymbolId)> {
        let mut bound = Vec::new();
        for (position, parameter) in parameters.items.iter().enumerate() {
            let mut value = Rc::clone(given.get(position).unwrap_or(missing));
            if let (ValueKind::Undefined, Some(initializer)) = (&value.kind, &parameter.initializer) {
                value = Rc::new(self.eval(m, initializer));
            }
            self.bind(m, &parameter.pattern, &value, &mut bound);
        }
        if let Some(rest) = &parameters.rest {
            let more =
                given.iter().skip(parameters.items.len()).map(|it| self.owned(Rc::clone(it))).collect();
            let more = Rc::new(self.fresh(m, rest.span, ValueKind::Array(more)));
            self.bind(m, &rest.rest.argument, &more, &mut bound);
        }
        bound
    }

    pub(super) fn unbind(&mut self, bound: Vec<(ModuleId, SymbolId)>) {
        for key in bound {
            self.locals.remove(&key);
        }
    }

    pub(super) fn bind(
        &mut self,
        m: ModuleId,
        pattern: &'a BindingPattern<'a>,
        value: &Rc<Value>,
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) {
        let names = declarations::names(pattern);
        // For each of its names the whole pattern is looked through.
        let paid = self.spend(names.len() * names.len());
        for (_, symbol, span) in names {
            let reassigned =
                self.modules.script(m).is_some_and(|it| it.semantic.scoping().symbol_is_mutated(symbol));
            let part = match &paid {
                Ok(()) if reassigned => Err(Dynamic::new("it is reassigned in the function")),
                Ok(()) => self
                    .destructure(m, pattern, Rc::clone(value), symbol)
                    .ok_or_else(|| Dynamic::new("the pattern does not bind it")),
                Err(why) => Err(why.clone()),
            };
            let part = part.unwrap_or_else(|why| {
                Rc::new(Value::new(ValueKind::Dynamic(why), self.modules.origin(m, span)))
            });
            self.locals.insert((m, symbol), part);
            bound.push((m, symbol));
        }
    }
}
