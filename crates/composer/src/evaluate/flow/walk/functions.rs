//! Functions: their bodies, what they are given and what they return.

use oxc::{
    ast::ast::{ArrowFunctionBody, ArrowFunctionExpression, FormalParameters, Function, FunctionBody},
    ast_visit::Visit,
    span::Span,
};

use super::{
    super::constraint::{Body, Key, Kind, Var},
    Walker,
    methods::Handed,
};
use crate::evaluate::bodies::plain_name;

impl Walker<'_, '_> {
    pub(super) fn arrow(&mut self, arrow: &ArrowFunctionExpression<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), arrow.span);
        let given = self.graph.arguments(site);
        let result = self.inside(Some(body), |walker| {
            walker.give(&arrow.params, given);
            walker.arrow_body(arrow);
        });
        self.graph.put(site, Key::Result, result);
        var
    }

    pub(super) fn arrow_body(&mut self, arrow: &ArrowFunctionExpression<'_>) {
        self.parameters(&arrow.params);
        match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.visit_function_body(body),
            body => {
                let returned = body.as_expression().and_then(|it| self.expression(it));
                self.returns(returned);
            }
        }
    }

    pub(super) fn function(&mut self, function: &Function<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), function.span);
        let result = self
            .inside(Some(body), |walker| walker.function_body(&function.params, function.body.as_deref()));
        self.graph.put(site, Key::Result, result);
        if let Some(id) = &function.id {
            let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
            self.graph.copy(var, symbol);
        }
        var
    }

    pub(super) fn function_body(&mut self, params: &FormalParameters<'_>, body: Option<&FunctionBody<'_>>) {
        self.parameters(params);
        if let Some(body) = body {
            self.visit_function_body(body);
        }
    }

    /// Walks what belongs to a function; gives what it returns.
    pub(super) fn inside(&mut self, owner: Option<Body>, work: impl FnOnce(&mut Self)) -> Var {
        let result = self.graph.var();
        let outer = (self.owner, self.result);
        self.owner = owner;
        self.result = Some(result);
        work(self);
        (self.owner, self.result) = outer;
        result
    }

    pub(super) fn returns(&mut self, returned: Option<Var>) {
        if let (Some(returned), Some(result)) = (returned, self.result) {
            self.graph.copy(returned, result);
        }
    }

    pub(super) fn parameters(&mut self, params: &FormalParameters<'_>) {
        for parameter in &params.items {
            let default = parameter.initializer.as_ref().and_then(|it| self.expression(it));
            let given = plain_name(&parameter.pattern).is_none().then(|| self.given(parameter.span));
            let value = self.either(given, default);
            self.bind(&parameter.pattern, value);
        }
        if let Some(rest) = &params.rest {
            let (site, var) = self.make(Kind::Array, rest.span);
            let given = self.given(rest.span);
            self.graph.put(site, Key::Any, given);
            self.bind(&rest.rest.argument, Some(var));
        }
    }

    /// A variable for what calls give to a parameter that has no name of its own.
    fn given(&mut self, parameter: Span) -> Var {
        let given = self.graph.var();
        self.found.parameters.insert((self.m, parameter.start), given);
        given
    }

    /// Gives a function what a method of an array does: an element, its index, and the array.
    pub(super) fn hand(&mut self, params: &FormalParameters<'_>, handed: Handed) {
        for (index, parameter) in params.items.iter().enumerate() {
            let given = if index < 2 { handed.elements } else { handed.all };
            self.bind(&parameter.pattern, Some(given));
        }
        if let Some(rest) = &params.rest {
            let (site, var) = self.make(Kind::Array, rest.span);
            self.graph.put(site, Key::Any, handed.all);
            self.bind(&rest.rest.argument, Some(var));
        }
    }

    pub(super) fn give(&mut self, params: &FormalParameters<'_>, given: Var) {
        for parameter in &params.items {
            self.bind(&parameter.pattern, Some(given));
        }
        if let Some(rest) = &params.rest {
            let (site, var) = self.make(Kind::Array, rest.span);
            self.graph.put(site, Key::Any, given);
            self.bind(&rest.rest.argument, Some(var));
        }
    }
}
