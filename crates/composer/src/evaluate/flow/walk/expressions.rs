//! Expressions: what each of them makes and what it gives.

use oxc::{
    ast::ast::{
        ArrayExpression, ArrayExpressionElement, ChainElement, Expression, IdentifierReference,
        ObjectExpression, ObjectPropertyKind, PropertyKey, PropertyKind, TaggedTemplateExpression,
    },
    ast_visit::walk,
    span::Span,
    syntax::operator::UnaryOperator,
};

use super::{
    super::{
        constraint::{Key, Kind, Use, Var},
        language::{IMPLICIT, is_global_object, is_of_the_language},
    },
    Walker,
};
use crate::evaluate::convert;

impl Walker<'_, '_> {
    pub(super) fn expression(&mut self, expression: &Expression<'_>) -> Option<Var> {
        match expression {
            Expression::Identifier(it) => self.name(it),
            Expression::ArrayExpression(it) => Some(self.array(it)),
            Expression::ObjectExpression(it) => Some(self.object(it)),
            Expression::ArrowFunctionExpression(it) => Some(self.arrow(it)),
            Expression::FunctionExpression(it) => Some(self.function(it)),
            Expression::ClassExpression(it) => Some(self.class(it)),
            Expression::CallExpression(it) => Some(self.call(it)),
            Expression::NewExpression(it) => Some(self.construct(it)),
            Expression::ChainExpression(it) => self.chain(&it.expression),
            Expression::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.member(&it.object, key)
            }
            Expression::StaticMemberExpression(it) => {
                self.member(&it.object, Key::Named(it.property.name.as_str().to_owned()))
            }
            Expression::PrivateFieldExpression(it) => self.member(&it.object, Key::Any),
            Expression::AssignmentExpression(it) => self.assignment(it),
            Expression::UpdateExpression(it) => {
                self.simple_target(&it.argument, None, it.span);
                None
            }
            Expression::ConditionalExpression(it) => {
                self.expression(&it.test);
                let (left, right) = (self.expression(&it.consequent), self.expression(&it.alternate));
                self.either(left, right)
            }
            Expression::LogicalExpression(it) => {
                let (left, right) = (self.expression(&it.left), self.expression(&it.right));
                self.either(left, right)
            }
            Expression::SequenceExpression(it) => {
                it.expressions.iter().map(|it| self.expression(it)).last().flatten()
            }
            Expression::AwaitExpression(it) => self.expression(&it.argument),
            Expression::YieldExpression(it) => {
                let yielded = it.argument.as_ref().and_then(|it| self.expression(it));
                self.escape(yielded, it.span);
                None
            }
            Expression::UnaryExpression(it) if it.operator == UnaryOperator::Delete => {
                self.delete(&it.argument, it.span);
                None
            }
            Expression::TaggedTemplateExpression(it) => self.tagged(it),
            Expression::ImportExpression(it) => {
                self.expression(&it.source);
                self.loaded(&it.source)
            }
            // What is looked for in a superclass is what is inherited; what is set there is set on `this`.
            Expression::ThisExpression(_) | Expression::Super(_) => self.this,
            Expression::NewTarget(_) => Some(self.graph.classes),
            Expression::TSAsExpression(it) => self.expression(&it.expression),
            Expression::TSSatisfiesExpression(it) => self.expression(&it.expression),
            Expression::TSTypeAssertion(it) => self.expression(&it.expression),
            Expression::TSNonNullExpression(it) => self.expression(&it.expression),
            Expression::TSInstantiationExpression(it) => self.expression(&it.expression),
            Expression::ParenthesizedExpression(it) => self.expression(&it.expression),
            _ => {
                walk::walk_expression(self, expression);
                None
            }
        }
    }

    /// A template with a tag is a call of the tag, with the tag's object as `this`.
    fn tagged(&mut self, tagged: &TaggedTemplateExpression<'_>) -> Option<Var> {
        if let Some(member) = tagged.tag.get_inner_expression().as_member_expression() {
            let receiver = self.expression(member.object());
            self.escape(receiver, tagged.span);
        }
        let tag = self.expression(&tagged.tag);
        for part in &tagged.quasi.expressions {
            let part = self.expression(part);
            self.escape(part, tagged.span);
            if let (Some(tag), Some(part)) = (tag, part) {
                self.graph.store(tag, Key::Arguments, part);
            }
        }
        self.calls(tag);
        tag.map(|tag| self.graph.load(tag, Key::Result))
    }

    /// The namespace of a module that is loaded by an expression.
    pub(super) fn loaded(&mut self, specifier: &Expression<'_>) -> Option<Var> {
        let Expression::StringLiteral(specifier) = specifier else { return None };
        let var = self.graph.var();
        self.found.loaded.push((self.m, specifier.value.as_str().to_owned(), var));
        Some(var)
    }

    pub(super) fn name(&mut self, reference: &IdentifierReference<'_>) -> Option<Var> {
        if let Some(symbol) = self.script.symbol(reference) {
            return Some(self.found.symbol(self.graph, self.m, symbol));
        }
        match reference.name.as_str() {
            "module" => Some(self.module),
            "exports" => Some(self.exports),
            name if is_global_object(name) => Some(self.window),
            name if is_of_the_language(name) => Some(self.language),
            _ => None,
        }
    }

    pub(super) fn array(&mut self, array: &ArrayExpression<'_>) -> Var {
        let (site, var) = self.make(Kind::Array, array.span);
        for element in &array.elements {
            let held = match element {
                ArrayExpressionElement::SpreadElement(spread) => self.contents(&spread.argument),
                _ => element.as_expression().and_then(|it| self.expression(it)),
            };
            if let Some(held) = held {
                self.graph.put(site, Key::Any, held);
            }
        }
        var
    }

    /// What iterating over an expression gives, or spreading it.
    pub(super) fn contents(&mut self, expression: &Expression<'_>) -> Option<Var> {
        let var = self.expression(expression)?;
        Some(self.graph.load(var, Key::Any))
    }

    pub(super) fn object(&mut self, object: &ObjectExpression<'_>) -> Var {
        let (site, var) = self.make(Kind::Object, object.span);
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    if let Some(held) = self.contents(&spread.argument) {
                        self.graph.put(site, Key::Any, held);
                    }
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    let key = self.key(&property.key);
                    let implicit = property.kind != PropertyKind::Init
                        || property.computed
                        || matches!(&key, Key::Named(name) if IMPLICIT.contains(&name.as_str()));
                    let outer = self.this;
                    if implicit {
                        self.this = Some(var);
                    }
                    let held = self.expression(&property.value);
                    self.this = outer;
                    if let Some(held) = held {
                        if implicit {
                            self.graph.act(held, None, Use::Call);
                        }
                        if property.kind == PropertyKind::Get {
                            let given = self.graph.load(held, Key::Result);
                            self.graph.put(site, key.clone(), given);
                        }
                        self.graph.put(site, key.clone(), held);
                    }
                    if property.kind == PropertyKind::Set {
                        self.set_by_function(var, key, property.span);
                    }
                }
            }
        }
        var
    }

    /// A setter may do anything with what is set.
    pub(super) fn set_by_function(&mut self, object: Var, key: Key, span: Span) {
        let given = self.graph.load(object, key);
        self.escape(Some(given), span);
    }

    pub(super) fn key(&mut self, key: &PropertyKey<'_>) -> Key {
        match key {
            PropertyKey::StaticIdentifier(it) => Key::Named(it.name.as_str().to_owned()),
            PropertyKey::PrivateIdentifier(_) => Key::Any,
            _ => key.as_expression().map_or(Key::Any, |it| self.computed_key(it)),
        }
    }

    pub(super) fn computed_key(&mut self, expression: &Expression<'_>) -> Key {
        match expression {
            Expression::StringLiteral(it) => Key::Named(it.value.as_str().to_owned()),
            Expression::NumericLiteral(it) => Key::Named(convert::number(it.value)),
            _ => {
                self.expression(expression);
                Key::Any
            }
        }
    }

    pub(super) fn member(&mut self, object: &Expression<'_>, key: Key) -> Option<Var> {
        let holder = self.expression(object);
        let reaches = matches!(&key, Key::Named(name) if name == "__proto__" || name == "constructor");
        let held = holder.map(|holder| self.graph.load(holder, key));
        if reaches { self.either(held, Some(self.language)) } else { held }
    }

    pub(super) fn chain(&mut self, chain: &ChainElement<'_>) -> Option<Var> {
        match chain {
            ChainElement::CallExpression(it) => Some(self.call(it)),
            ChainElement::TSNonNullExpression(it) => self.expression(&it.expression),
            ChainElement::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.member(&it.object, key)
            }
            ChainElement::StaticMemberExpression(it) => {
                self.member(&it.object, Key::Named(it.property.name.as_str().to_owned()))
            }
            ChainElement::PrivateFieldExpression(it) => self.member(&it.object, Key::Any),
        }
    }
}
