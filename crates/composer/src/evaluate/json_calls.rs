//! `JSON.parse` and `JSON.stringify` of known values (ECMA-262, 25.5).

use std::sync::Arc;

use super::{
    convert::{Outcome, code, number, short, to_integer},
    json,
};
use crate::{
    source::{Origin, Source},
    value::{Code, Dynamic, Import, Value, ValueKind},
};

/// The call of a function of `JSON`, by its dotted name.
pub(super) fn call(name: &str, arguments: &[Value], place: &Origin) -> Outcome<ValueKind> {
    match (name, arguments) {
        ("JSON.parse", [Value { kind: ValueKind::String(text), .. }]) => parse(text, place),
        ("JSON.stringify", [value]) => stringify(value, ""),
        ("JSON.stringify", [value, replacer]) if is_nothing(replacer) => stringify(value, ""),
        ("JSON.stringify", [value, replacer, gap]) if is_nothing(replacer) => stringify(value, &indent(gap)?),
        (_, [Value { kind: ValueKind::Dynamic(why), .. }, ..]) => Err(why.clone()),
        _ => Err(Dynamic::new(format!("the call of `{name}` runs code"))),
    }
}

fn is_nothing(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Null | ValueKind::Undefined)
}

fn parse(text: &str, place: &Origin) -> Outcome<ValueKind> {
    let throws = || Dynamic::new("the text is no JSON, so that `JSON.parse` throws");
    short(text)?;
    if text.starts_with('\u{feff}') {
        return Err(throws());
    }
    let source = Arc::new(Source::new("", text));
    let mut value = json::read(&source, json::Dialect::Strict).map_err(|_| throws())?;
    move_to(&mut value, place);
    Ok(value.kind)
}

/// What is parsed out of a text has its place where the call is.
fn move_to(value: &mut Value, place: &Origin) {
    value.origin = place.clone();
    match &mut value.kind {
        ValueKind::Array(elements) => elements.iter_mut().for_each(|it| move_to(it, place)),
        ValueKind::Object(object) => object.0.values_mut().for_each(|property| {
            property.key = place.clone();
            property.whole = place.clone();
            move_to(&mut property.value, place);
        }),
        _ => {}
    }
}

/// The white space of one level.
fn indent(gap: &Value) -> Outcome<String> {
    Ok(match &gap.kind {
        ValueKind::Number(it) => " ".repeat(to_integer(*it).clamp(0.0, 10.0) as usize),
        ValueKind::String(it) if it.is_ascii() => it[..it.len().min(10)].to_owned(),
        ValueKind::Null | ValueKind::Undefined | ValueKind::Bool(_) => String::new(),
        _ => return Err(Dynamic::new("the indentation is not known")),
    })
}

fn stringify(value: &Value, gap: &str) -> Outcome<ValueKind> {
    let mut text = String::new();
    let written = write(value, gap, "\n", &mut text)?;
    Ok(if written { ValueKind::String(text) } else { ValueKind::Undefined })
}

/// Writes a value; says whether it has a text at all, which `undefined` and functions have not.
fn write(value: &Value, gap: &str, line: &str, into: &mut String) -> Outcome<bool> {
    short(into)?;
    match &value.kind {
        ValueKind::Null => into.push_str("null"),
        ValueKind::Bool(it) => into.push_str(if *it { "true" } else { "false" }),
        ValueKind::Number(it) if !it.is_finite() => into.push_str("null"),
        ValueKind::Number(it) => into.push_str(&number(*it)),
        ValueKind::String(it) => into.push_str(&serde_json::Value::from(it.as_str()).to_string()),
        ValueKind::Array(elements) => {
            let mut list = List { gap, line, open: '[', close: ']', empty: true };
            for element in elements {
                list.next(into);
                if !write(element, gap, &format!("{line}{gap}"), into)? {
                    into.push_str("null");
                }
            }
            list.end(into);
        }
        ValueKind::Object(object) => {
            if object.is_open() || object.0.contains_key("toJSON") {
                return Err(Dynamic::new("the object makes its JSON by running code"));
            }
            let mut list = List { gap, line, open: '{', close: '}', empty: true };
            for (key, property) in &object.0 {
                let mut text = String::new();
                if write(&property.value, gap, &format!("{line}{gap}"), &mut text)? {
                    list.next(into);
                    let colon = if gap.is_empty() { ":" } else { ": " };
                    *into += &format!("{}{colon}{text}", serde_json::Value::from(key.as_str()));
                }
            }
            list.end(into);
        }
        ValueKind::Undefined
        | ValueKind::Code(Code::Function | Code::Loader | Code::Import(Import { lazy: true, .. })) => {
            return Ok(false);
        }
        ValueKind::BigInt(_) => return Err(Dynamic::new("a bigint has no JSON, so that this throws")),
        ValueKind::Code(_) => return Err(code(value)),
        ValueKind::Dynamic(why) => return Err(why.clone()),
    }
    Ok(true)
}

/// The brackets and commas of what is being written.
struct List<'t> {
    gap: &'t str,
    line: &'t str,
    open: char,
    close: char,
    empty: bool,
}

impl List<'_> {
    fn next(&mut self, into: &mut String) {
        into.push(if self.empty { self.open } else { ',' });
        self.empty = false;
        if !self.gap.is_empty() {
            into.push_str(self.line);
            into.push_str(self.gap);
        }
    }

    fn end(self, into: &mut String) {
        if self.empty {
            into.push(self.open);
        } else if !self.gap.is_empty() {
            into.push_str(self.line);
        }
        into.push(self.close);
    }
}
