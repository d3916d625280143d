//! TypeScript enums as the objects that they are at run time (TypeScript Handbook, "Enums").

use oxc::{
    ast::ast::{Expression, TSEnumDeclaration, TSEnumMember, TSEnumMemberName},
    span::GetSpan,
    syntax::operator::BinaryOperator,
};
use std::rc::Rc;

use super::{convert::number, expression::Evaluator, keys, script::ModuleId};
use crate::{
    maps::IndexMap,
    value::{Dynamic, Object, Property, Value, ValueKind},
};

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn enumeration(&mut self, m: ModuleId, declaration: &'a TSEnumDeclaration<'a>) -> Value {
        if let Some(changed) = self.facts.changed(m, declaration.span) {
            return self.dynamic(m, declaration.span, changed);
        }
        let mut members: IndexMap<String, Property> = IndexMap::default();
        let mut next = Some(0.0);
        for member in &declaration.body.members {
            let Some(name) = member_name(member).filter(|name| *name != "__proto__") else {
                return self.dynamic(m, member.span, Dynamic::new("the enum member has no plain name"));
            };
            let value = self.member_value(m, member, next);
            if matches!(value.kind, ValueKind::Dynamic(_) | ValueKind::Code(_)) {
                // What it is decides whether the enum has a reverse entry for it.
                let why = Dynamic::new(format!("the enum member `{name}` is not static"));
                return self.dynamic(m, member.span, why);
            }
            let place = self.modules.origin(m, member.span);
            let key = self.modules.origin(m, member.id.span());
            next = None;
            if let ValueKind::Number(value) = value.kind {
                next = Some(value + 1.0);
                let text = Value::new(ValueKind::String(name.to_owned()), key.clone());
                members.insert(
                    name.to_owned(),
                    property(&key, &place, Value::new(ValueKind::Number(value), place.clone())),
                );
                members.insert(number(value), property(&key, &place, text));
            } else {
                members.insert(name.to_owned(), property(&key, &place, value));
            }
            self.bind_member(m, declaration, name, &members);
        }
        keys::sort(&mut members);
        Value::new(ValueKind::Object(Object(members)), self.modules.origin(m, declaration.span))
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
            let why = Dynamic::new("an enum member after a text has no value of its own");
            return match next {
                Some(number) => Value::new(ValueKind::Number(number), self.modules.origin(m, member.span)),
                None => self.dynamic(m, member.span, why),
            };
        };
        let value = self.eval(m, initializer);
        match value.kind {
            ValueKind::Number(_) | ValueKind::Dynamic(_) => value,
            ValueKind::String(_) if is_text(initializer) => value,
            _ => self.dynamic(
                m,
                member.span,
                Dynamic::new("the enum member is neither a number nor a plain text"),
            ),
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
