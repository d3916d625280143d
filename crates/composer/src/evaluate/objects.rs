//! Object literals, and members of objects.

use std::rc::Rc;

use oxc::{
    ast::ast::{
        ComputedMemberExpression, Expression, ObjectExpression, ObjectProperty, ObjectPropertyKind,
        PropertyKey, PropertyKind, StaticMemberExpression,
    },
    span::{GetSpan, Span},
};

use rustc_hash::FxBuildHasher;

use super::{
    convert::{self, Got, Outcome, get, to_key},
    expression::Evaluator,
    keys,
    script::{Binding, ImportName, ModuleId},
};
use crate::{
    maps::IndexMap,
    source::Origin,
    value::{Code, Dynamic, Import, Object, Property, Value, ValueKind},
};

pub(super) type Properties = IndexMap<String, Property>;

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn object(&mut self, m: ModuleId, literal: &'a ObjectExpression<'a>) -> Value {
        if let Some(changed) = self.facts.changed(m, literal.span) {
            return self.dynamic(m, literal.span, changed);
        }
        let mut properties = Properties::with_capacity_and_hasher(literal.properties.len(), FxBuildHasher);
        for property in &literal.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property) if sets_prototype(property) => {
                    let why = Dynamic::new("`__proto__` gives the object another prototype");
                    return self.dynamic(m, literal.span, why);
                }
                ObjectPropertyKind::ObjectProperty(property) => self.property(m, property, &mut properties),
                ObjectPropertyKind::SpreadProperty(spread) => {
                    let value = self.shared(m, &spread.argument);
                    self.spread(m, spread.span, &value, &mut properties);
                }
            }
        }
        keys::sort(&mut properties);
        let value = Value::new(ValueKind::Object(Object(properties)), self.modules.origin(m, literal.span));
        self.charge(value, literal.properties.len() + 1)
    }

    /// One property; one with an unknown key may replace any that stands before it, as a spread may.
    fn property(&mut self, m: ModuleId, property: &'a ObjectProperty<'a>, into: &mut Properties) {
        let name = match self.key(m, &property.key, property.computed) {
            Ok(name) => name,
            Err(why) => return self.insert_spread(m, property.span, why, into),
        };
        let value = match property.kind {
            PropertyKind::Init => self.eval(m, &property.value),
            PropertyKind::Get | PropertyKind::Set => {
                let why = Dynamic::new("an accessor runs code").help("Write the value itself.");
                self.dynamic(m, property.span, why)
            }
        };
        let key = self.modules.origin(m, property.key.span());
        let whole = self.modules.origin(m, property.span);
        into.insert(name, Property { key, whole, value });
    }

    /// What is not static in place of any number of properties, which may replace those that stand before it.
    pub(super) fn insert_spread(&self, m: ModuleId, span: Span, why: Dynamic, into: &mut Properties) {
        forget(into, &self.unknown_spread(m, span, why.clone()));
        self.insert_unknown(m, span, why, into);
    }

    /// What is not static in place of any number of properties that are none of those that stand before it.
    pub(super) fn insert_unknown(&self, m: ModuleId, span: Span, why: Dynamic, into: &mut Properties) {
        let origin = self.modules.origin(m, span);
        let value = self.unknown_spread(m, span, why);
        into.insert(free_key(into), Property { key: origin.clone(), whole: origin, value });
    }

    pub(super) fn key(&mut self, m: ModuleId, key: &'a PropertyKey<'a>, computed: bool) -> Outcome<String> {
        match key {
            PropertyKey::StaticIdentifier(name) => Ok(name.name.as_str().to_owned()),
            PropertyKey::NumericLiteral(number) => Ok(convert::number(number.value)),
            PropertyKey::StringLiteral(text) if text.lone_surrogates => {
                Err(Dynamic::new("the key holds half of a surrogate pair"))
            }
            PropertyKey::StringLiteral(text) => Ok(text.value.as_str().to_owned()),
            PropertyKey::BigIntLiteral(number) => Ok(number.value.as_str().to_owned()),
            _ => match key.as_expression().filter(|_| computed) {
                Some(expression) => {
                    let value = self.eval(m, expression);
                    match self.facts.polluted().filter(|_| !matches!(value.kind, ValueKind::String(_))) {
                        Some(why) => Err(why),
                        None => to_key(&value),
                    }
                }
                None => Err(Dynamic::new("the key is private")),
            },
        }
    }

    /// `{ ...value }`
    pub(super) fn spread(&mut self, m: ModuleId, span: Span, value: &Value, into: &mut Properties) {
        let origin = self.modules.origin(m, span);
        match self.own(value, &origin) {
            Ok(more) => {
                for (key, property) in more {
                    if property.value.is_spread() {
                        forget(into, &property.value);
                        into.insert(free_key(into), property);
                    } else {
                        into.insert(key, property);
                    }
                }
            }
            Err(why) => self.insert_spread(m, span, why, into),
        }
    }

    /// The own properties of a value, as a spread copies them.
    pub(super) fn own(&mut self, value: &Value, place: &Origin) -> Outcome<Vec<(String, Property)>> {
        let property = |value: Value| Property { key: place.clone(), whole: place.clone(), value };
        if let Some((import, target)) = self.namespace_target(value) {
            return Ok(self.namespace_properties(import, target, place));
        }
        Ok(match &value.kind {
            ValueKind::Object(object) => {
                self.pay(value)?;
                object.0.iter().map(|(key, property)| (key.clone(), property.clone())).collect()
            }
            ValueKind::Array(elements) if elements.iter().any(Value::is_spread) => {
                return Err(Dynamic::new("the array holds a spread that is not static"));
            }
            ValueKind::Array(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, it)| (index.to_string(), property(self.part(it))))
                .collect(),
            ValueKind::String(text) => {
                let units: Vec<u16> = text.encode_utf16().collect();
                let mut found = Vec::new();
                for (index, &unit) in units.iter().enumerate() {
                    let text = convert::from_units(&[unit])?;
                    found.push((
                        index.to_string(),
                        property(Value::new(ValueKind::String(text), place.clone())),
                    ));
                }
                found
            }
            ValueKind::Dynamic(why) => return Err(why.clone()),
            ValueKind::Code(_) => return Err(convert::code(value)),
            _ => Vec::new(),
        })
    }

    pub(super) fn static_member(&mut self, m: ModuleId, member: &'a StaticMemberExpression<'a>) -> Rc<Value> {
        let name = member.property.name.as_str();
        if let Some(value) = self.special_member(m, &member.object, name, member.span) {
            return Rc::new(value);
        }
        if let Some(value) = self.static_constant(m, &member.object, name, member.span) {
            return Rc::new(value);
        }
        let object = self.shared(m, &member.object);
        if self.ends(&object, member.optional) {
            return Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(m, member.span)));
        }
        self.member(m, &object, name, member.span)
    }

    pub(super) fn computed_member(
        &mut self,
        m: ModuleId,
        member: &'a ComputedMemberExpression<'a>,
    ) -> Rc<Value> {
        let key = self.eval(m, &member.expression);
        if let ValueKind::String(name) = &key.kind
            && let Some(value) = self.special_member(m, &member.object, name, member.span)
        {
            return Rc::new(value);
        }
        let object = self.shared(m, &member.object);
        if self.ends(&object, member.optional) {
            return Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(m, member.span)));
        }
        let polluted = self.facts.polluted().filter(|_| !matches!(key.kind, ValueKind::String(_)));
        match polluted.map_or_else(|| to_key(&key), Err) {
            Ok(name) => self.member(m, &object, &name, member.span),
            Err(why) => Rc::new(self.blame(m, member.span, why, &[&key])),
        }
    }

    /// Whether an optional chain ends here, or has ended.
    fn ends(&mut self, object: &Value, optional: bool) -> bool {
        if !self.ended && optional && matches!(object.kind, ValueKind::Null | ValueKind::Undefined) {
            self.ended = true;
        }
        self.ended
    }

    pub(super) fn member(&mut self, m: ModuleId, object: &Rc<Value>, name: &str, span: Span) -> Rc<Value> {
        if let Some((import, target)) = self.namespace_target(object) {
            return Rc::new(self.imported(m, &import.specifier, target, name, span));
        }
        if let ValueKind::Code(Code::Import(import)) = &object.kind
            && import.file.is_none()
            && !import.lazy
        {
            return Rc::new(self.external_member(m, import, name, span));
        }
        let kind = match get(object, name) {
            Ok(Got::Part(value)) => return Rc::new(self.part(value)),
            Ok(Got::Number(number)) => ValueKind::Number(number),
            Ok(Got::Text(text)) => ValueKind::String(text),
            Ok(Got::Absent) => match self.facts.polluted() {
                Some(why) => ValueKind::Dynamic(why),
                None => ValueKind::Undefined,
            },
            Err(why) => return Rc::new(self.blame(m, span, why, &[object])),
        };
        Rc::new(Value::new(kind, self.modules.origin(m, span)))
    }

    /// The module whose namespace a value is.
    fn namespace_target<'v>(&mut self, value: &'v Value) -> Option<(&'v Import, ModuleId)> {
        match &value.kind {
            ValueKind::Code(Code::Import(import)) if import.export == "*" && !import.lazy => {
                let target = self.modules.named(import.file.as_deref()?)?;
                Some((import, target))
            }
            _ => None,
        }
    }

    /// The exports of a module as the properties of its namespace, in the order of their names.
    fn namespace_properties(
        &mut self,
        import: &Import,
        target: ModuleId,
        place: &Origin,
    ) -> Vec<(String, Property)> {
        let mut names = self.export_names(target);
        names.sort_by(|left, right| left.encode_utf16().cmp(right.encode_utf16()));
        let exports = names.into_iter().map(|name| {
            let value = self.imported_at(target, &import.specifier, target, &name, place);
            (name, Property { key: place.clone(), whole: place.clone(), value })
        });
        exports.collect()
    }

    /// A member of an import from an external package: an export of it, or a part of one.
    fn external_member(&self, m: ModuleId, import: &Import, name: &str, span: Span) -> Value {
        let code = if import.export == "*" {
            Code::Import(Import { export: name.into(), ..import.clone() })
        } else {
            Code::Reference(self.text(m, span))
        };
        Value::new(ValueKind::Code(code), self.modules.origin(m, span))
    }

    /// Members that are read without their object: of namespaces, of the environment, of global objects.
    fn special_member(
        &mut self,
        m: ModuleId,
        object: &'a Expression<'a>,
        name: &str,
        span: Span,
    ) -> Option<Value> {
        if let Expression::Identifier(reference) = object {
            let script = self.modules.script(m)?;
            let Some(symbol) = script.symbol(reference) else {
                let number = super::functions::constant(&reference.name, name)?;
                return Some(self.made(m, span, |_| Ok(ValueKind::Number(number)), &[]));
            };
            let Binding::Import { specifier, name: ImportName::Namespace, .. } =
                *script.bindings.get(&symbol)?
            else {
                return None;
            };
            let target = self.modules.follow(m, specifier)?;
            return Some(self.imported(m, specifier, target, name, span));
        }
        self.environment(m, object, name, span)
    }

    /// `process.env.X`, `import.meta.env.X`
    fn environment(&self, m: ModuleId, object: &'a Expression<'a>, name: &str, span: Span) -> Option<Value> {
        let Expression::StaticMemberExpression(member) = object else { return None };
        let holder = match &member.object {
            Expression::ImportMeta(_) => "import.meta",
            Expression::Identifier(it) if it.name == "process" && self.modules.script(m)?.is_global(it) => {
                "process"
            }
            _ => return None,
        };
        if member.property.name != "env" {
            return None;
        }
        let origin = self.modules.origin(m, span);
        if let Some(why) = self.facts.polluted() {
            return Some(self.dynamic(m, span, why));
        }
        if let Some(known) = self.modules.options.env.get(&format!("{holder}.env.{name}")) {
            return Some(from_json(known, &origin));
        }
        let is_complete = self.modules.options.env.get(&format!("{holder}.env")) == Some(&true.into());
        if is_complete && name != "SSR" {
            return Some(Value::new(ValueKind::Undefined, origin));
        }
        let why = Dynamic::new(format!("`{holder}.env.{name}` is not known here")).help(
            format!(
                "Set it where the bundler reads its environment, or write the value itself. The command `framework-m` \
                 knows of the environment what it is told: `--env {holder}.env.{name}=…`."
            ),
        );
        Some(self.dynamic(m, span, why))
    }

    /// An object or array that a construct other than a literal makes, unless it is changed later.
    pub(super) fn fresh(&self, m: ModuleId, span: Span, kind: ValueKind) -> Value {
        match self.facts.changed(m, span) {
            Some(why) => self.dynamic(m, span, why),
            None => Value::new(kind, self.modules.origin(m, span)),
        }
    }
}

/// `{ __proto__: x }`, which sets the prototype; the shorthand, methods and computed keys make a property.
fn sets_prototype(property: &ObjectProperty<'_>) -> bool {
    let literal =
        !property.computed && !property.shorthand && !property.method && property.kind == PropertyKind::Init;
    literal && property.key.is_specific_static_name("__proto__")
}

/// A key that no property has, for what stands for a spread.
fn free_key(properties: &Properties) -> String {
    let mut key = "...".to_owned();
    while properties.contains_key(&key) {
        key.push('.');
    }
    key
}

/// A JSON value at a place.
pub(super) fn from_json(json: &serde_json::Value, origin: &Origin) -> Value {
    let kind = match json {
        serde_json::Value::Null => ValueKind::Null,
        serde_json::Value::Bool(it) => ValueKind::Bool(*it),
        serde_json::Value::Number(it) => ValueKind::Number(it.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(it) => ValueKind::String(it.clone()),
        serde_json::Value::Array(all) => {
            ValueKind::Array(all.iter().map(|it| from_json(it, origin)).collect())
        }
        serde_json::Value::Object(all) => {
            let property = |value| Property { key: origin.clone(), whole: origin.clone(), value };
            let mut properties: Properties =
                all.iter().map(|(key, it)| (key.clone(), property(from_json(it, origin)))).collect();
            keys::sort(&mut properties);
            ValueKind::Object(Object(properties))
        }
    };
    Value::new(kind, origin.clone())
}

/// What a spread that is not static may have replaced is not static either.
fn forget(properties: &mut Properties, spread: &Value) {
    for property in properties.values_mut().filter(|property| !property.value.is_spread()) {
        let text: String = spread.origin.text().chars().take(40).collect();
        let why = Dynamic::new(format!("the later `{text}` may replace it"))
            .help("Put the spread before the keys that must win.");
        property.value = Value::new(ValueKind::Dynamic(why), property.value.origin.clone());
    }
}
