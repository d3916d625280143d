//! JavaScript text. Strings are escaped so that no name can end one, nor the script element around it.

use std::fmt::Write;

use crate::{
    manifest::is_identifier,
    value::{Value, ValueKind},
};

/// A line longer than this is broken.
const WIDTH: usize = 100;

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Js {
    /// Text that is an expression already.
    Raw(String),
    /// `[…]`
    Array(Vec<Js>),
    /// `{…}`
    Object(Vec<(String, Js)>),
    /// `{ ...base, … }`
    Extended(String, Vec<(String, Js)>),
}

impl Js {
    pub(super) fn string(text: &str) -> Self {
        Self::Raw(quote(text))
    }

    pub(super) fn number(number: f64) -> Self {
        Self::Raw(print_number(number))
    }

    /// The expression, at a depth of indentation: on one line where that fits.
    pub(super) fn print(&self, depth: usize) -> String {
        let mut line = String::new();
        if self.write_line(&mut line, WIDTH.saturating_sub(depth * 2)) || self.is_empty() {
            line
        } else {
            self.broken(depth)
        }
    }

    /// Whether there is nothing to break.
    fn is_empty(&self) -> bool {
        match self {
            Self::Raw(_) => true,
            Self::Array(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Extended(..) => false,
        }
    }

    /// Writes the expression on one line, and gives up once the line is too long.
    fn write_line(&self, line: &mut String, width: usize) -> bool {
        match self {
            Self::Raw(text) => line.push_str(text),
            Self::Array(items) => {
                line.push('[');
                for (index, item) in items.iter().enumerate() {
                    line.push_str(if index == 0 { "" } else { ", " });
                    if !item.write_line(line, width) {
                        return false;
                    }
                }
                line.push(']');
            }
            Self::Object(fields) if fields.is_empty() => line.push_str("{}"),
            Self::Object(fields) | Self::Extended(_, fields) => {
                line.push_str("{ ");
                if let Self::Extended(base, _) = self {
                    line.push_str(&format!("...{base}{}", if fields.is_empty() { "" } else { ", " }));
                }
                for (index, (key, value)) in fields.iter().enumerate() {
                    line.push_str(if index == 0 { "" } else { ", " });
                    line.push_str(&format!("{}: ", print_key(key)));
                    if !value.write_line(line, width) {
                        return false;
                    }
                }
                line.push_str(" }");
            }
        }
        line.len() <= width
    }

    fn broken(&self, depth: usize) -> String {
        let indent = "  ".repeat(depth + 1);
        let mut text = String::new();
        let (open, close) = if matches!(self, Self::Array(_)) { ('[', ']') } else { ('{', '}') };
        text.push(open);
        text.push('\n');
        match self {
            Self::Raw(raw) => return raw.clone(),
            Self::Array(items) => {
                for item in items {
                    let _ = writeln!(text, "{indent}{},", item.print(depth + 1));
                }
            }
            Self::Object(fields) | Self::Extended(_, fields) => {
                if let Self::Extended(base, _) = self {
                    let _ = writeln!(text, "{indent}...{base},");
                }
                for (key, value) in fields {
                    let _ = writeln!(text, "{indent}{}: {},", print_key(key), value.print(depth + 1));
                }
            }
        }
        text.push_str(&"  ".repeat(depth));
        text.push(close);
        text
    }
}

/// A key of an object literal. `__proto__` in quotes would still set the prototype.
fn print_key(key: &str) -> String {
    match key {
        "__proto__" => "[\"__proto__\"]".into(),
        key if is_identifier(key) => key.to_string(),
        key => quote(key),
    }
}

/// A string literal.
pub(super) fn quote(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
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
            format!("{number:.0}")
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
    path: &crate::manifest::ConfigPath,
    code: &mut dyn FnMut(&crate::manifest::ConfigPath, &Value) -> Js,
) -> Js {
    match &value.kind {
        ValueKind::Null => Js::Raw("null".into()),
        ValueKind::Undefined => Js::Raw("undefined".into()),
        ValueKind::Bool(boolean) => Js::Raw(boolean.to_string()),
        ValueKind::Number(number) => Js::number(*number),
        ValueKind::String(text) => Js::string(text),
        ValueKind::BigInt(digits) => Js::Raw(format!("{digits}n")),
        // What an unknown spread brings is known only together with all the rest.
        ValueKind::Array(items) if items.iter().any(Value::is_spread) => code(path, value),
        ValueKind::Object(object) if object.is_open() => code(path, value),
        ValueKind::Array(items) => {
            let items =
                items.iter().enumerate().map(|(index, item)| self::value(item, &path.index(index), code));
            Js::Array(items.collect())
        }
        ValueKind::Object(object) => {
            let fields = object.0.iter().map(|(key, property)| {
                let text = self::value(&property.value, &path.key(key), code);
                (key.clone(), text)
            });
            Js::Object(fields.collect())
        }
        ValueKind::Code(_) | ValueKind::Dynamic(_) => code(path, value),
    }
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
        let fields = vec![("name".to_string(), Js::string("wms")), ("a-b".to_string(), Js::number(1.0))];
        assert_eq!(Js::Object(fields).print(0), r#"{ name: "wms", "a-b": 1 }"#);
    }
}
