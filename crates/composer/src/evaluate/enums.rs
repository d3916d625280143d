//! TypeScript enums as the objects that they are at run time (TypeScript Handbook, "Enums").

use oxc::{
    ast::ast::{Expression, TSEnumDeclaration, TSEnumMember, TSEnumMemberName},
    span::GetSpan,
    syntax::operator::BinaryOperator,
};
use std::rc::Rc;

use super::{convert::number, expression::Evaluator, keys, script::ModuleId};
use crate::{
    maps::{HashSet, IndexMap},
    value::{Dynamic, Object, Property, Value, ValueKind},
};

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn enumeration(&mut self, m: ModuleId, declaration: &'a TSEnumDeclaration<'a>) -> Value {
        if let Some(changed) = self.facts.changed(m, declaration.span) {
            return self.dynamic(m, declaration.span, changed);
        }
        let mut members: IndexMap<String, Property> = IndexMap::default();
        let mut counted: HashSet<&str> = HashSet::default();
        let mut next = Some(0.0);
        for member in &declaration.body.members {
            let Some(name) = member_name(member).filter(|name| *name != "__proto__") else {
                return self.dynamic(m, member.span, Dynamic::new("the enum member has no plain name"));
            };
            self.bind_enum(m, declaration, member, &members);
            let value = self.member_value(m, member, next);
            let plain = member.initializer.as_ref().is_none_or(|it| is_plain_number(it, &counted));
            next = None;
            if let (ValueKind::Number(number), true) = (&value.kind, plain) {
                counted.insert(name);
                next = Some(number + 1.0);
            }
            self.add_member(m, member, name, value, &mut members);
            self.bind_member(m, declaration, name, &members);
        }
        if let Some(symbol) = declaration.id.symbol_id.get() {
            self.locals.remove(&(m, symbol));
        }
        keys::sort(&mut members);
        Value::new(ValueKind::Object(Object(members)), self.modules.origin(m, declaration.span))
    }

    /// A member, and its reverse entry: `E[E.A = 1] = 'A'`. A text has none, where compilers see that it is one.
    fn add_member(
        &mut self,
        m: ModuleId,
        member: &'a TSEnumMember<'a>,
        name: &str,
        value: Value,
        members: &mut IndexMap<String, Property>,
    ) {
        let place = self.modules.origin(m, member.span);
        let key = self.modules.origin(m, member.id.span());
        let own = |value: Value| property(&key, &place, value);
        let reverse = || own(Value::new(ValueKind::String(name.to_owned()), key.clone()));
        match &value.kind {
            ValueKind::Number(it) => {
                let it = number(*it);
                let value = Value::new(value.kind, place.clone());
                members.insert(name.to_owned(), own(value));
                members.insert(it, reverse());
            }
            ValueKind::String(text) => {
                let text = text.clone();
                members.insert(name.to_owned(), own(value));
                if member.initializer.as_ref().is_none_or(is_text) {
                    return;
                }
                let why = Dynamic::new(format!("compilers disagree whether `{name}` has a reverse entry"));
                if members.contains_key(&text) {
                    self.insert_spread(m, member.span, why, members);
                } else {
                    self.insert_unknown(m, member.span, why, members);
                }
            }
            _ => {
                let why = Dynamic::new(format!("the enum member `{name}` is not static"));
                self.insert_spread(m, member.span, why, members);
                members.insert(name.to_owned(), own(value));
            }
        }
    }

    /// A member may name earlier ones as members of the enum: `E.A`.
    fn bind_enum(
        &mut self,
        m: ModuleId,
        declaration: &'a TSEnumDeclaration<'a>,
        member: &'a TSEnumMember<'a>,
        members: &IndexMap<String, Property>,
    ) {
        let name = declaration.id.name.as_str();
        let names = |it: &Expression<'_>| self.modules.origin(m, it.span()).text().contains(name);
        let (Some(symbol), true) =
            (declaration.id.symbol_id.get(), member.initializer.as_ref().is_some_and(names))
        else {
            return;
        };
        let mut earlier = members.clone();
        self.insert_unknown(m, member.span, Dynamic::new("a later member has no value yet"), &mut earlier);
        let earlier =
            Value::new(ValueKind::Object(Object(earlier)), self.modules.origin(m, declaration.span));
        self.locals.insert((m, symbol), Rc::new(earlier));
    }

    /// Later members may name earlier ones.
    fn bind_member(
        &mut self,
        m: ModuleId,
        declaration: &'a TSEnumDeclaration<'a>,
        name: &str,
        members: &IndexMap<String, Property>,
    ) {
        let Some(script) = self.modules.script(m) else { return };
        let scope = declaration.body.scope_id.get();
        let bindings = scope.map(|scope| script.semantic.scoping().get_bindings(scope));
        let symbol = bindings
            .and_then(|all| all.iter().find(|(it, _)| it.as_str() == name).map(|(_, symbol)| *symbol));
        if let (Some(symbol), Some(property)) = (symbol, members.get(name)) {
            self.locals.insert((m, symbol), Rc::new(property.value.clone()));
        }
    }

    fn member_value(&mut self, m: ModuleId, member: &'a TSEnumMember<'a>, next: Option<f64>) -> Value {
        let Some(initializer) = &member.initializer else {
            let why = Dynamic::new("compilers count on from plain numbers alone")
                .help("Give it a value of its own.");
            return match next {
                Some(number) => Value::new(ValueKind::Number(number), self.modules.origin(m, member.span)),
                None => self.dynamic(m, member.span, why),
            };
        };
        let value = self.eval(m, initializer);
        match value.kind {
            ValueKind::Number(_) | ValueKind::String(_) | ValueKind::Dynamic(_) => value,
            _ => self.dynamic(m, member.span, Dynamic::new("the enum member is neither a number nor a text")),
        }
    }
}

fn property(key: &crate::source::Origin, whole: &crate::source::Origin, value: Value) -> Property {
    Property { key: key.clone(), whole: whole.clone(), value }
}

fn member_name<'a>(member: &'a TSEnumMember<'a>) -> Option<&'a str> {
    match &member.id {
        TSEnumMemberName::Identifier(it) => Some(it.name.as_str()),
        TSEnumMemberName::String(it) | TSEnumMemberName::ComputedString(it) => Some(it.value.as_str()),
        TSEnumMemberName::ComputedTemplateString(_) => None,
    }
}

/// Whether every compiler works a number out, without names from outside of the enum, so that the next member is one more.
fn is_plain_number(expression: &Expression<'_>, counted: &HashSet<&str>) -> bool {
    match expression {
        Expression::NumericLiteral(_) => true,
        Expression::Identifier(it) => counted.contains(it.name.as_str()),
        Expression::ParenthesizedExpression(it) => is_plain_number(&it.expression, counted),
        Expression::UnaryExpression(it) => is_plain_number(&it.argument, counted),
        Expression::BinaryExpression(it) => {
            is_plain_number(&it.left, counted) && is_plain_number(&it.right, counted)
        }
        _ => false,
    }
}

/// Whether compilers see that an initializer is a text, and write no reverse entry for it.
fn is_text(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::StringLiteral(_) => true,
        Expression::TemplateLiteral(it) => it.expressions.is_empty(),
        Expression::BinaryExpression(it) if it.operator == BinaryOperator::Addition => {
            is_text(&it.left) && is_text(&it.right)
        }
        _ => false,
    }
}
