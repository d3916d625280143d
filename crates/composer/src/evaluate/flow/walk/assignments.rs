//! Assignments: to names, to properties and to patterns.

use oxc::{
    ast::ast::{
        AssignmentExpression, AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty,
        ChainElement, Expression, IdentifierReference, SimpleAssignmentTarget,
    },
    span::Span,
};

use super::{
    super::{
        constraint::{Key, Kind, Use, Var},
        language::is_of_the_language,
    },
    Walker,
};
use crate::evaluate::script::Binding;

impl Walker<'_, '_> {
    pub(super) fn assignment(&mut self, assignment: &AssignmentExpression<'_>) -> Option<Var> {
        let value = self.expression(&assignment.right);
        self.target(&assignment.left, value, assignment.span);
        if !assignment.operator.is_logical() {
            return value;
        }
        let held = self.held(&assignment.left);
        self.either(value, held)
    }

    /// What a target held before, which `||=` and its like may give.
    fn held(&mut self, target: &AssignmentTarget<'_>) -> Option<Var> {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(it) => self.name(it),
            AssignmentTarget::StaticMemberExpression(it) => {
                self.member(&it.object, Key::Named(it.property.name.as_str().to_owned()))
            }
            AssignmentTarget::ComputedMemberExpression(it) => self.member(&it.object, Key::Any),
            AssignmentTarget::PrivateFieldExpression(it) => self.member(&it.object, Key::Any),
            _ => target.get_expression().and_then(|it| self.expression(it)),
        }
    }

    pub(super) fn target(&mut self, target: &AssignmentTarget<'_>, value: Option<Var>, span: Span) {
        if let Some(simple) = target.as_simple_assignment_target() {
            return self.simple_target(simple, value, span);
        }
        match target {
            AssignmentTarget::ArrayAssignmentTarget(it) => {
                for element in it.elements.iter().flatten() {
                    let part = value.map(|value| self.graph.load(value, Key::Any));
                    self.maybe_default(element, part, span);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Array, rest.span, value);
                    self.target(&rest.target, Some(part), span);
                }
            }
            AssignmentTarget::ObjectAssignmentTarget(it) => {
                for property in &it.properties {
                    self.target_property(property, value, span);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Object, rest.span, value);
                    self.target(&rest.target, Some(part), span);
                }
            }
            _ => {}
        }
    }

    pub(super) fn target_property(
        &mut self,
        property: &AssignmentTargetProperty<'_>,
        value: Option<Var>,
        span: Span,
    ) {
        match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(it) => {
                let key = Key::Named(it.binding.name.as_str().to_owned());
                let part = value.map(|value| self.graph.load(value, key));
                let default = it.init.as_ref().and_then(|it| self.expression(it));
                let part = self.either(part, default);
                self.assign_name(&it.binding, part, span);
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(it) => {
                let key = self.key(&it.name);
                let part = value.map(|value| self.graph.load(value, key));
                self.maybe_default(&it.binding, part, span);
            }
        }
    }

    pub(super) fn maybe_default(
        &mut self,
        target: &AssignmentTargetMaybeDefault<'_>,
        value: Option<Var>,
        span: Span,
    ) {
        if let AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(it) = target {
            let default = self.expression(&it.init);
            let value = self.either(value, default);
            return self.target(&it.binding, value, span);
        }
        if let Some(target) = target.as_assignment_target() {
            self.target(target, value, span);
        }
    }

    pub(super) fn simple_target(
        &mut self,
        target: &SimpleAssignmentTarget<'_>,
        value: Option<Var>,
        span: Span,
    ) {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(it) => self.assign_name(it, value, span),
            SimpleAssignmentTarget::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.set(&it.object, key, value, span);
            }
            SimpleAssignmentTarget::StaticMemberExpression(it) => {
                self.set(&it.object, Key::Named(it.property.name.as_str().to_owned()), value, span);
            }
            SimpleAssignmentTarget::PrivateFieldExpression(it) => self.set(&it.object, Key::Any, value, span),
            SimpleAssignmentTarget::TSAsExpression(it) => self.expression_target(&it.expression, value, span),
            SimpleAssignmentTarget::TSSatisfiesExpression(it) => {
                self.expression_target(&it.expression, value, span);
            }
            SimpleAssignmentTarget::TSNonNullExpression(it) => {
                self.expression_target(&it.expression, value, span);
            }
            SimpleAssignmentTarget::TSTypeAssertion(it) => {
                self.expression_target(&it.expression, value, span);
            }
        }
    }

    /// `(a as any) = …`, `delete a.b`
    pub(super) fn expression_target(&mut self, target: &Expression<'_>, value: Option<Var>, span: Span) {
        match target.get_inner_expression() {
            Expression::Identifier(it) => self.assign_name(it, value, span),
            Expression::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.set(&it.object, key, value, span);
            }
            Expression::StaticMemberExpression(it) => {
                self.set(&it.object, Key::Named(it.property.name.as_str().to_owned()), value, span);
            }
            Expression::PrivateFieldExpression(it) => self.set(&it.object, Key::Any, value, span),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::StaticMemberExpression(it) => self.set(&it.object, Key::Any, value, span),
                ChainElement::ComputedMemberExpression(it) => self.set(&it.object, Key::Any, value, span),
                _ => {}
            },
            other => drop(self.expression(other)),
        }
    }

    pub(super) fn delete(&mut self, target: &Expression<'_>, span: Span) {
        self.expression_target(target, None, span);
    }

    pub(super) fn assign_name(
        &mut self,
        reference: &IdentifierReference<'_>,
        value: Option<Var>,
        span: Span,
    ) {
        if let Some(symbol) = self.script.symbol(reference) {
            let symbol = self.found.symbol(self.graph, self.m, symbol);
            if let Some(value) = value {
                self.graph.copy(value, symbol);
            }
            return;
        }
        if is_of_the_language(&reference.name) {
            let change = self.change(span);
            self.graph.act(self.language, None, Use::Change(None, change));
        }
        self.escape(value, span);
    }

    /// `object.key = value`: changes the object, wherever in the module it stands.
    pub(super) fn set(&mut self, object: &Expression<'_>, key: Key, value: Option<Var>, span: Span) {
        let holder = self.expression(object);
        if let Some(holder) = holder {
            let name = if let Key::Named(name) = &key { Some(name.clone()) } else { None };
            let change = self.change(span);
            self.graph.act(holder, None, Use::Change(name, change));
            if let Some(value) = value {
                self.graph.store(holder, key, value);
                self.graph.keep(holder, value, self.owner, change);
            }
        }
        if !self.is_own(object) {
            self.escape(value, span);
        }
    }

    /// Whether an expression is rooted in a name that this module declares, so that its objects are known.
    pub(super) fn is_own(&self, expression: &Expression<'_>) -> bool {
        match expression.get_inner_expression() {
            Expression::Identifier(it) => match self.script.symbol(it) {
                Some(symbol) => {
                    !matches!(self.script.bindings.get(&symbol), None | Some(Binding::Import { .. }))
                }
                None => it.name == "module" || it.name == "exports",
            },
            Expression::StaticMemberExpression(it) => self.is_own(&it.object),
            Expression::ComputedMemberExpression(it) => self.is_own(&it.object),
            _ => false,
        }
    }
}
