//! Patterns that declare names: each takes its part of the value.

use oxc::{ast::ast::BindingPattern, span::Span};

use super::{
    super::constraint::{Key, Kind, Var},
    Walker,
};

impl Walker<'_, '_> {
    pub(super) fn bind(&mut self, pattern: &BindingPattern<'_>, value: Option<Var>) {
        match pattern {
            BindingPattern::BindingIdentifier(id) => {
                let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
                if let Some(value) = value {
                    self.graph.copy(value, symbol);
                }
            }
            BindingPattern::AssignmentPattern(it) => {
                let default = self.expression(&it.right);
                let value = self.either(value, default);
                self.bind(&it.left, value);
            }
            BindingPattern::ObjectPattern(it) => {
                for property in &it.properties {
                    let key = self.key(&property.key);
                    let part = value.map(|value| self.graph.load(value, key));
                    self.bind(&property.value, part);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Object, rest.span, value);
                    self.bind(&rest.argument, Some(part));
                }
            }
            BindingPattern::ArrayPattern(it) => {
                for element in it.elements.iter().flatten() {
                    let part = value.map(|value| self.graph.load(value, Key::Any));
                    self.bind(element, part);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Array, rest.span, value);
                    self.bind(&rest.argument, Some(part));
                }
            }
        }
    }

    pub(super) fn rest(&mut self, kind: Kind, span: Span, value: Option<Var>) -> Var {
        let (site, var) = self.make(kind, span);
        if let Some(value) = value {
            let held = self.graph.load(value, Key::Any);
            self.graph.put(site, Key::Any, held);
        }
        var
    }
}
