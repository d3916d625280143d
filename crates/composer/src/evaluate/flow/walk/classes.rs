//! Classes: an object whose body runs when it is called, and that its instances share.

use oxc::{
    ast::ast::{Class, ClassElement, Decorator, Expression, MethodDefinitionKind, PropertyKey},
    ast_visit::walk,
    span::GetSpan,
};

use super::{
    super::constraint::{Body, Key, Kind, Site, Use, Var},
    Walker,
};

impl Walker<'_, '_> {
    pub(super) fn class(&mut self, class: &Class<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), class.span);
        self.graph.point(self.graph.classes, site);
        // A prototype leads to its class: the two are not told apart.
        self.graph.put(site, Key::Named("prototype".into()), var);
        self.decorators(&class.decorators, var);
        if let Some(heritage) = &class.heritage {
            self.extends(&heritage.expression, (site, var, body));
        }
        if let Some(id) = &class.id {
            let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
            self.graph.copy(var, symbol);
        }
        let outer = self.this.replace(var);
        for element in &class.body.body {
            self.element_decorators(element, var);
            self.class_element(element, site, body);
        }
        self.this = outer;
        var
    }

    /// Static fields are inherited; a class that runs hands itself to the constructor of the class that it extends.
    fn extends(&mut self, superclass: &Expression<'_>, (site, class, body): (Site, Var, Body)) {
        let heritage = self.expression(superclass);
        let change = self.change(superclass.span());
        if let Some(heritage) = heritage {
            self.graph.put(site, Key::Named("__proto__".into()), heritage);
            self.graph.act(heritage, Some(body), Use::Escape(change));
        }
        self.graph.act(class, Some(body), Use::Escape(change));
    }

    /// Decorators are called with the class, or with what they stand on.
    fn decorators(&mut self, decorators: &[Decorator<'_>], class: Var) {
        for decorator in decorators {
            let called = self.expression(&decorator.expression);
            self.calls(called);
            self.escape(Some(class), decorator.span);
        }
    }

    fn element_decorators(&mut self, element: &ClassElement<'_>, class: Var) {
        match element {
            ClassElement::MethodDefinition(it) => {
                self.decorators(&it.decorators, class);
                for parameter in &it.value.params.items {
                    self.decorators(&parameter.decorators, class);
                }
            }
            ClassElement::PropertyDefinition(it) => self.decorators(&it.decorators, class),
            ClassElement::AccessorProperty(it) => self.decorators(&it.decorators, class),
            ClassElement::StaticBlock(_) | ClassElement::TSIndexSignature(_) => {}
        }
    }

    fn class_element(&mut self, element: &ClassElement<'_>, site: Site, body: Body) {
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
                let key = self.key(&method.key);
                let value = &method.value;
                let result = self
                    .inside(Some(body), |walker| walker.function_body(&value.params, value.body.as_deref()));
                self.graph.put(site, Key::Result, result);
                if method.kind == MethodDefinitionKind::Get {
                    self.graph.put(site, Key::Any, result);
                }
                if let (MethodDefinitionKind::Set, Some(class)) = (method.kind, self.this) {
                    self.set_by_function(class, key, method.span);
                }
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
