//! JavaScript text. Strings are escaped so that no name can end one, nor the script element around it.

use std::borrow::Cow;

use crate::{
    manifest::{ConfigPath, is_identifier},
    value::{Value, ValueKind},
};

/// A line longer than this is broken.
const WIDTH: usize = 100;

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Js<'a> {
    /// Text that is an expression already.
    Raw(String),
    /// `variable.field[index]`
    Place(&'a str, &'static str, usize),
    /// `[…]`
    Array(Vec<Js<'a>>),
    /// `{…}`
    Object(Fields<'a>),
    /// `{ ...base, … }`
    Extended(String, Fields<'a>),
}

/// Keys and values. Our own words are borrowed; what authors write is owned.
pub(super) type Fields<'a> = Vec<(Cow<'static, str>, Js<'a>)>;

impl Js<'_> {
    pub(super) fn string(text: &str) -> Self {
        Self::Raw(quote(text))
    }

    pub(super) fn number(number: f64) -> Self {
        Self::Raw(print_number(number))
    }

    /// The expression, at a depth of indentation: on one line where that fits.
    pub(super) fn print(&self, depth: usize) -> String {
        let mut text = String::new();
        self.write(&mut text, depth);
        text
    }

    /// Writes the expression at the end of a text.
    pub(super) fn write(&self, text: &mut String, depth: usize) {
        let start = text.len();
        if !self.write_line(text, start + WIDTH.saturating_sub(depth * 2)) && !self.is_empty() {
            text.truncate(start);
            self.write_lines(text, depth);
        }
    }

    /// Whether there is nothing to break.
    fn is_empty(&self) -> bool {
        match self {
            Self::Raw(_) | Self::Place(..) => true,
            Self::Array(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Extended(..) => false,
        }
    }

    /// Writes the expression on one line, and gives up once the text is longer than it may be.
    fn write_line(&self, text: &mut String, longest: usize) -> bool {
        match self {
            Self::Raw(raw) => text.push_str(raw),
            Self::Place(variable, field, index) => {
                text.extend([variable, ".", field, "["]);
                push_number(text, *index);
                text.push(']');
            }
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    if !item.write_line(text, longest) {
                        return false;
                    }
                }
                text.push(']');
            }
            Self::Object(fields) if fields.is_empty() => text.push_str("{}"),
            Self::Object(fields) | Self::Extended(_, fields) => {
                text.push_str("{ ");
                if let Self::Extended(base, _) = self {
                    text.push_str("...");
                    text.push_str(base);
                    text.push_str(if fields.is_empty() { "" } else { ", " });
                }
                for (index, (key, value)) in fields.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    write_key(text, key);
                    if !value.write_line(text, longest) {
                        return false;
                    }
                }
                text.push_str(" }");
            }
        }
        text.len() <= longest
    }

    fn write_lines(&self, text: &mut String, depth: usize) {
        match self {
            // There is nothing to break.
            Self::Raw(_) | Self::Place(..) => drop(self.write_line(text, usize::MAX)),
            Self::Array(items) => {
                text.push_str("[\n");
                for item in items {
                    indent(text, depth + 1);
                    item.write(text, depth + 1);
                    text.push_str(",\n");
                }
                indent(text, depth);
                text.push(']');
            }
            Self::Object(fields) | Self::Extended(_, fields) => {
                text.push_str("{\n");
                if let Self::Extended(base, _) = self {
                    indent(text, depth + 1);
                    text.push_str("...");
                    text.push_str(base);
                    text.push_str(",\n");
                }
                for (key, value) in fields {
                    indent(text, depth + 1);
                    write_key(text, key);
                    value.write(text, depth + 1);
                    text.push_str(",\n");
                }
                indent(text, depth);
                text.push('}');
            }
        }
    }
}

fn indent(text: &mut String, depth: usize) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}

/// A key of an object literal. `__proto__` in quotes would still set the prototype.
fn write_key(text: &mut String, key: &str) {
    match key {
        "__proto__" => text.push_str("[\"__proto__\"]"),
        key if is_identifier(key) => text.push_str(key),
        key => push_quoted(text, key),
    }
    text.push_str(": ");
}

/// Much faster than the formatter of the library, which does more.
fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// A string literal.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text);
    quoted
}

/// Writes a string literal at the end of a text.
pub(super) fn push_quoted(end: &mut String, text: &str) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'<');
    // All of them are looked at, several at once: hardly any text is not plain.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        end.extend(["\"", text, "\""]);
    } else {
        end.push_str(&escaped(text));
    }
}

fn escaped(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace("</", "<\\/")
        .replace("<!--", "<\\!--")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// A number as JavaScript reads it back.
pub(super) fn print_number(number: f64) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0".into();
    }
    if number.is_finite() {
        return if number.fract() == 0.0 && number.abs() < 1e15 {
            (number as i64).to_string()
        } else {
            format!("{number:e}")
        };
    }
    let word = if number.is_nan() { "NaN" } else { "Infinity" };
    if number < 0.0 { format!("-{word}") } else { word.into() }
}

/// A value with its code leaves printed by `code`, which is given each leaf's path.
pub(super) fn value(
    value: &Value,
    path: &ConfigPath,
    code: &mut dyn FnMut(&ConfigPath, &Value) -> Js<'static>,
) -> Js<'static> {
    if let Some(data) = data(value) {
        return data;
    }
    match &value.kind {
        ValueKind::Array(items) if !items.iter().any(Value::is_spread) => {
            let items =
                items.iter().enumerate().map(|(index, item)| self::value(item, &path.index(index), code));
            Js::Array(items.collect())
        }
        ValueKind::Object(object) if !object.is_open() => {
            let fields = object.0.iter().map(|(key, property)| {
                let text = self::value(&property.value, &path.key(key), code);
                (key.clone().into(), text)
            });
            Js::Object(fields.collect())
        }
        // What an unknown spread brings is known only together with all the rest.
        _ => code(path, value),
    }
}

/// A value without code; none if there is any in it.
fn data(value: &Value) -> Option<Js<'static>> {
    Some(match &value.kind {
        ValueKind::Null => Js::Raw("null".into()),
        ValueKind::Undefined => Js::Raw("undefined".into()),
        ValueKind::Bool(boolean) => Js::Raw(boolean.to_string()),
        ValueKind::Number(number) => Js::number(*number),
        ValueKind::String(text) => Js::string(text),
        ValueKind::BigInt(digits) => Js::Raw(format!("{digits}n")),
        ValueKind::Array(items) => Js::Array(items.iter().map(data).collect::<Option<_>>()?),
        ValueKind::Object(object) => {
            let fields = object.0.iter().map(|(key, it)| Some((key.clone().into(), data(&it.value)?)));
            Js::Object(fields.collect::<Option<_>>()?)
        }
        ValueKind::Code(_) | ValueKind::Dynamic(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_its_string() {
        assert_eq!(quote("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
        assert_eq!(quote("</script><!--"), r#""<\/script><\!--""#);
        assert_eq!(quote("\u{2028}\u{2029}"), r#""\u2028\u2029""#);
    }

    #[test]
    fn numbers_read_back_as_they_were() {
        assert_eq!(print_number(10.0), "10");
        assert_eq!(print_number(-0.0), "-0");
        assert_eq!(print_number(0.1).parse(), Ok(0.1));
        assert_eq!(print_number(1e300).parse(), Ok(1e300));
        assert_eq!(print_number(f64::NEG_INFINITY), "-Infinity");
    }

    #[test]
    fn short_objects_stay_on_one_line() {
        let fields = vec![("name".into(), Js::string("wms")), (String::from("a-b").into(), Js::number(1.0))];
        assert_eq!(Js::Object(fields).print(0), r#"{ name: "wms", "a-b": 1 }"#);
    }
}
