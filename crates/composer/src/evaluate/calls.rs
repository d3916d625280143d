//! Calls: identity helpers, message functions, lazy imports, and the pure functions of the language.

use oxc::{
    ast::ast::{Argument, CallExpression, Expression},
    span::Span,
};

use super::{
    budget::size,
    callee::{LAZY, Name, Root, dotted, is_definer, is_global_function},
    convert::Outcome,
    expression::Evaluator,
    functions, json_calls, keys,
    script::ModuleId,
    strings::{self, Made},
};
use crate::{
    maps::IndexMap,
    value::{Dynamic, Object, Property, Value, ValueKind},
};

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn call(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Value {
        if let Some(changed) = self.facts.changed(m, call.span) {
            return self.dynamic(m, call.span, changed);
        }
        let name = self.modules.script(m).and_then(|script| dotted(script, &call.callee));
        if let Some(Name { text, root }) = &name
            && *root != Root::Local
        {
            if LAZY.contains(&&**text) {
                return self.lazy(m, call);
            }
            if self.modules.options.messages.iter().any(|it| it == text) {
                return self.message(m, call);
            }
            if self.is_wrapper(text) {
                return self.identity(m, call, text);
            }
        }
        if let Some(Name { text, root: Root::Global }) = &name
            && let Some(value) = self.global_call(m, call, text)
        {
            return value;
        }
        if name.as_ref().is_some_and(|name| name.root == Root::Local && self.is_wrapper(&name.text))
            && self.facts.is_identity(m, call.span)
        {
            return self.argument(m, call);
        }
        if let Some(value) = self.compiled_enum(m, call) {
            return value;
        }
        if let Some(value) = self.helper_call(m, call).or_else(|| self.called_at_once(m, call)) {
            return value;
        }
        self.method_call(m, call)
    }

    /// Whether a function is taken to return its argument.
    fn is_wrapper(&self, name: &str) -> bool {
        self.modules.options.wrappers.iter().any(|it| it == name) || is_definer(name)
    }

    /// `definePlugin({…})`; one that is declared in the workspace must be seen to return its argument.
    fn identity(&mut self, m: ModuleId, call: &'a CallExpression<'a>, name: &str) -> Value {
        let trusted = self.modules.options.wrappers.iter().any(|it| it == name);
        if !trusted && !self.facts.is_identity(m, call.span) {
            if let Some(value) = self.helper_call(m, call) {
                return value;
            }
            let why = Dynamic::new(format!("`{name}` does more than return its argument"));
            return self.dynamic(m, call.span, why.help("List it under `wrappers` if it may be taken to."));
        }
        self.argument(m, call)
    }

    fn argument(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Value {
        match call.arguments.as_slice() {
            [argument] if let Some(argument) = argument.as_expression() => self.eval(m, argument),
            _ => self.dynamic(m, call.span, self.call_runs_code(m, call)),
        }
    }

    /// `t('key')` → `{ $message: 'key' }`
    fn message(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Value {
        let arguments = match self.arguments(m, call) {
            Ok(arguments) => arguments,
            Err(why) => return self.dynamic(m, call.span, why),
        };
        let origin = self.modules.origin(m, call.span);
        let property = |value: Value| Property { key: origin.clone(), whole: origin.clone(), value };
        let mut properties = IndexMap::default();
        let mut arguments = arguments.into_iter();
        match arguments.next() {
            Some(key) if matches!(key.kind, ValueKind::String(_)) => {
                properties.insert("$message".to_owned(), property(key));
            }
            _ => {
                let why =
                    Dynamic::new("the message key is not a known text").help("Write the key as a text.");
                return self.dynamic(m, call.span, why);
            }
        }
        let rest: Vec<Value> = arguments.collect();
        if !rest.is_empty() {
            properties
                .insert("args".to_owned(), property(Value::new(ValueKind::Array(rest), origin.clone())));
        }
        Value::new(ValueKind::Object(Object(properties)), origin)
    }

    /// The values of a call's arguments, spreads worked out.
    pub(super) fn arguments(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Outcome<Vec<Value>> {
        let mut values = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            match argument {
                Argument::SpreadElement(spread) => {
                    let value = self.shared(m, &spread.argument);
                    let elements = self.elements(&value)?;
                    if elements.iter().any(Value::is_spread) {
                        return Err(Dynamic::new("the array holds a spread that is not static"));
                    }
                    values.extend(elements);
                }
                _ => values.extend(argument.as_expression().map(|it| self.eval(m, it))),
            }
        }
        Ok(values)
    }

    /// A call of a function that the language has; none where it is not known as a pure one.
    fn global_call(&mut self, m: ModuleId, call: &'a CallExpression<'a>, name: &str) -> Option<Value> {
        if !is_global_function(name) {
            return None;
        }
        if let Some(why) = self.facts.polluted() {
            return Some(self.dynamic(m, call.span, why));
        }
        if let ("Array.from", [list, rest @ ..]) = (name, call.arguments.as_slice()) {
            return Some(self.array_from(m, call, list, rest));
        }
        let arguments = match self.arguments(m, call) {
            Ok(arguments) => arguments,
            Err(why) => return Some(self.dynamic(m, call.span, why)),
        };
        let of: Vec<&Value> = arguments.iter().collect();
        if let Some(outcome) = functions::call(name, &arguments) {
            return Some(self.made(m, call.span, |_| outcome, &of));
        }
        if let "JSON.parse" | "JSON.stringify" = name {
            let made = json_calls::call(name, &arguments, &self.modules.origin(m, call.span));
            let value = self.made(m, call.span, |_| made, &of);
            let parts = size(&value);
            return Some(self.charge(value, parts));
        }
        if matches!(name, "Object.freeze" | "Object.seal" | "Object.preventExtensions") {
            return Some(
                arguments
                    .into_iter()
                    .next()
                    .unwrap_or_else(|| Value::new(ValueKind::Undefined, self.modules.origin(m, call.span))),
            );
        }
        let kind = self.object_call(m, call.span, name, &arguments);
        Some(self.made(m, call.span, |_| kind, &of))
    }

    /// `Object.keys` and its like.
    fn object_call(
        &mut self,
        m: ModuleId,
        span: Span,
        name: &str,
        arguments: &[Value],
    ) -> Outcome<ValueKind> {
        let origin = self.modules.origin(m, span);
        let text = |text: String| Value::new(ValueKind::String(text), origin.clone());
        match (name, arguments) {
            ("Object.keys" | "Object.values" | "Object.entries", [object]) => {
                let own = self.closed(object, &origin)?;
                Ok(ValueKind::Array(match name {
                    "Object.keys" => own.into_iter().map(|(key, _)| text(key)).collect(),
                    "Object.values" => own.into_iter().map(|(_, it)| it.value).collect(),
                    _ => own
                        .into_iter()
                        .map(|(key, it)| {
                            Value::new(ValueKind::Array(vec![text(key), it.value]), origin.clone())
                        })
                        .collect(),
                }))
            }
            ("Object.assign", [target, rest @ ..]) if matches!(target.kind, ValueKind::Object(_)) => {
                let mut properties: IndexMap<_, _> = self.closed(target, &origin)?.into_iter().collect();
                for source in rest {
                    for (key, property) in self.closed(source, &origin)? {
                        if key == "__proto__" {
                            return Err(Dynamic::new("`__proto__` gives the object another prototype"));
                        }
                        properties.insert(key, property);
                    }
                }
                keys::sort(&mut properties);
                Ok(ValueKind::Object(Object(properties)))
            }
            ("Object.hasOwn", [object, key]) if matches!(object.kind, ValueKind::Object(_)) => {
                let key = super::convert::to_key(key)?;
                Ok(ValueKind::Bool(self.closed(object, &origin)?.iter().any(|(own, _)| *own == key)))
            }
            ("Object.fromEntries", [entries]) => self.of_entries(entries),
            ("Array.of", elements) => Ok(ValueKind::Array(elements.to_vec())),
            _ => Err(arguments
                .iter()
                .find_map(|argument| match &argument.kind {
                    ValueKind::Dynamic(why) => Some(why.clone()),
                    _ => None,
                })
                .unwrap_or_else(|| Dynamic::new(format!("the call of `{name}` runs code")))),
        }
    }

    /// All own properties of a value that hides none.
    fn closed(&mut self, value: &Value, place: &crate::source::Origin) -> Outcome<Vec<(String, Property)>> {
        match &value.kind {
            ValueKind::Null | ValueKind::Undefined if value.origin.span == place.span => {
                Err(Dynamic::new("nothing has no keys"))
            }
            ValueKind::Object(object) if object.is_open() => {
                Err(Dynamic::new("the object holds a spread that is not static"))
            }
            _ => self.own(value, place),
        }
    }

    fn of_entries(&mut self, entries: &Value) -> Outcome<ValueKind> {
        let mut properties = IndexMap::default();
        for entry in self.elements(entries)? {
            let (ValueKind::Array(pair), false) = (&entry.kind, entry.is_spread()) else {
                return Err(Dynamic::new("an entry is not a known pair"));
            };
            let ([key, value, ..], false) = (pair.as_slice(), pair.iter().any(Value::is_spread)) else {
                return Err(Dynamic::new("an entry is not a known pair"));
            };
            let name = super::convert::to_key(key)?;
            let property =
                Property { key: key.origin.clone(), whole: entry.origin.clone(), value: value.clone() };
            properties.insert(name, property);
        }
        keys::sort(&mut properties);
        Ok(ValueKind::Object(Object(properties)))
    }

    /// `value.method(…)`
    fn method_call(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Value {
        let (object, name, optional) = match call.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => (&it.object, it.property.name.as_str(), it.optional),
            _ => return self.dynamic(m, call.span, self.call_runs_code(m, call)),
        };
        if let Expression::ImportMeta(_) = object {
            return self.dynamic(m, call.span, self.call_runs_code(m, call));
        }
        let receiver = self.shared(m, object);
        if !self.ended && optional && matches!(receiver.kind, ValueKind::Null | ValueKind::Undefined) {
            self.ended = true;
        }
        if self.ended {
            return Value::new(ValueKind::Undefined, self.modules.origin(m, call.span));
        }
        if let Some(why) = self.facts.polluted() {
            return self.dynamic(m, call.span, why);
        }
        match &receiver.kind {
            ValueKind::Array(_) => self.array_method(m, call, &receiver, name),
            ValueKind::String(text) => {
                let text = text.clone();
                self.string_method(m, call, &text, name)
            }
            ValueKind::Number(_) | ValueKind::Bool(_) if name == "toString" && call.arguments.is_empty() => {
                self.made(m, call.span, |_| super::convert::to_string(&receiver).map(ValueKind::String), &[])
            }
            ValueKind::Dynamic(why) => self.blame(m, call.span, why.clone(), &[&receiver]),
            _ => self.dynamic(m, call.span, self.call_runs_code(m, call)),
        }
    }

    fn string_method(&mut self, m: ModuleId, call: &'a CallExpression<'a>, text: &str, name: &str) -> Value {
        let arguments = match self.arguments(m, call) {
            Ok(arguments) => arguments,
            Err(why) => return self.dynamic(m, call.span, why),
        };
        let of: Vec<&Value> = arguments.iter().collect();
        match strings::method(text, name, &arguments) {
            Some(Ok(Made::Kind(kind))) => self.made(m, call.span, |_| Ok(kind), &of),
            Some(Ok(Made::Texts(texts))) => {
                let origin = self.modules.origin(m, call.span);
                let parts = texts.len();
                let elements = texts
                    .into_iter()
                    .map(|text| Value::new(ValueKind::String(text), origin.clone()))
                    .collect();
                self.charge(Value::new(ValueKind::Array(elements), origin), parts)
            }
            Some(Err(why)) => self.blame(m, call.span, why, &of),
            None => self.dynamic(m, call.span, self.call_runs_code(m, call)),
        }
    }
}
