//! Classes: an object whose body runs when it is called, and that its instances share.

use oxc::{
    ast::ast::{Class, ClassElement, Expression, PropertyKey},
    ast_visit::walk,
};

use super::{
    super::constraint::{Body, Key, Kind, Site, Var},
    Walker,
};

impl Walker<'_, '_> {
    pub(super) fn class(&mut self, class: &Class<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), class.span);
        for decorator in &class.decorators {
            let decorator = self.expression(&decorator.expression);
            self.calls(decorator);
        }
        if let Some(heritage) = &class.heritage {
            self.expression(&heritage.expression);
        }
        if let Some(id) = &class.id {
            let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
            self.graph.copy(var, symbol);
        }
        let outer = self.this.replace(var);
        for element in &class.body.body {
            self.class_element(element, site, body);
        }
        self.this = outer;
        var
    }

    pub(super) fn class_element(&mut self, element: &ClassElement<'_>, site: Site, body: Body) {
        let field =
            |walker: &mut Self, key: &PropertyKey<'_>, value: Option<&Expression<'_>>, is_static: bool| {
                walker.key(key);
                let owner = if is_static { walker.owner } else { Some(body) };
                let mut held = None;
                let outer = std::mem::replace(&mut walker.owner, owner);
                if let Some(value) = value {
                    held = walker.expression(value);
                }
                walker.owner = outer;
                if let Some(held) = held {
                    walker.graph.put(site, Key::Any, held);
                }
            };
        match element {
            ClassElement::StaticBlock(block) => walk::walk_static_block(self, block),
            ClassElement::MethodDefinition(method) => {
                self.key(&method.key);
                let value = &method.value;
                let result = self
                    .inside(Some(body), |walker| walker.function_body(&value.params, value.body.as_deref()));
                self.graph.put(site, Key::Result, result);
                if method.r#static && method.kind.is_accessor() {
                    self.graph.run(body);
                }
            }
            ClassElement::PropertyDefinition(it) => field(self, &it.key, it.value.as_ref(), it.r#static),
            ClassElement::AccessorProperty(it) => field(self, &it.key, it.value.as_ref(), it.r#static),
            ClassElement::TSIndexSignature(_) => {}
        }
    }
}
