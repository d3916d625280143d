//! JavaScript's conversions between primitive values (ECMA-262, 7.1 and 7.2), on values that are known.

use std::cmp::Ordering;

use oxc::syntax::number::ToJsString;

use super::keys;
use crate::value::{Code, Dynamic, Import, Value, ValueKind};

/// What a conversion gives, or why it cannot be told.
pub(super) type Outcome<T> = Result<T, Dynamic>;

/// Strings over this many bytes are not built.
const LONGEST: usize = 1 << 20;

/// `ToBoolean`
pub(super) fn to_boolean(value: &Value) -> Outcome<bool> {
    Ok(match &value.kind {
        ValueKind::Null | ValueKind::Undefined => false,
        ValueKind::Bool(it) => *it,
        ValueKind::Number(it) => *it != 0.0 && !it.is_nan(),
        ValueKind::String(it) => !it.is_empty(),
        ValueKind::BigInt(it) => it != "0",
        ValueKind::Array(_)
        | ValueKind::Object(_)
        | ValueKind::Code(
            Code::Function | Code::Loader | Code::Class | Code::Jsx | Code::Import(Import { lazy: true, .. }),
        ) => true,
        ValueKind::Code(_) => return Err(code(value)),
        ValueKind::Dynamic(it) => return Err(it.clone()),
    })
}

/// `ToString`
pub(super) fn to_string(value: &Value) -> Outcome<String> {
    Ok(match &value.kind {
        ValueKind::Null => "null".into(),
        ValueKind::Undefined => "undefined".into(),
        ValueKind::Bool(it) => it.to_string(),
        ValueKind::Number(it) => number(*it),
        ValueKind::String(it) | ValueKind::BigInt(it) => it.clone(),
        ValueKind::Array(elements) => join(elements, ",")?,
        ValueKind::Object(object) => {
            let own = |name: &str| object.0.contains_key(name);
            if object.is_open() || own("toString") || own("valueOf") {
                return Err(Dynamic::new("the object makes its text by running code"));
            }
            "[object Object]".into()
        }
        ValueKind::Code(_) => return Err(code(value)),
        ValueKind::Dynamic(it) => return Err(it.clone()),
    })
}

/// What a text is of which half a surrogate pair is written: no text of ours can hold it.
pub(super) fn half_a_pair() -> ValueKind {
    ValueKind::Dynamic(Dynamic::new("the text holds half of a surrogate pair"))
}

/// A number's text.
pub(super) fn number(number: f64) -> String {
    if number == 0.0 { "0".into() } else { number.to_js_string() }
}

/// `Array.prototype.join`
pub(super) fn join(elements: &[Value], separator: &str) -> Outcome<String> {
    let mut text = String::new();
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        if !matches!(element.kind, ValueKind::Null | ValueKind::Undefined) {
            text.push_str(&to_string(element)?);
        }
        short(&text)?;
    }
    Ok(text)
}

/// `ToNumber`
pub(super) fn to_number(value: &Value) -> Outcome<f64> {
    Ok(match &value.kind {
        ValueKind::Null => 0.0,
        ValueKind::Undefined => f64::NAN,
        ValueKind::Bool(it) => f64::from(u8::from(*it)),
        ValueKind::Number(it) => *it,
        ValueKind::String(it) => text_to_number(it),
        ValueKind::BigInt(_) => {
            return Err(Dynamic::new("arithmetic with bigints is not worked out").help("Write the result."));
        }
        ValueKind::Array(_) | ValueKind::Object(_) => text_to_number(&to_string(value)?),
        ValueKind::Code(_) => return Err(code(value)),
        ValueKind::Dynamic(it) => return Err(it.clone()),
    })
}

/// `StringToNumber`
pub(super) fn text_to_number(text: &str) -> f64 {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return 0.0;
    }
    let radix = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return decimal(text),
    };
    integer(&text[2..], radix).unwrap_or(f64::NAN)
}

/// A whole number in a radix; none for what is no digit, or too long to be exact.
pub(super) fn integer(digits: &str, radix: u32) -> Option<f64> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok().filter(|&it| it <= 1 << 53).map(|it| it as f64)
}

fn decimal(text: &str) -> f64 {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "Infinity" {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let plain = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// JavaScript's white space and line ends.
pub(super) fn is_space(char: char) -> bool {
    char == '\u{feff}' || (char.is_whitespace() && char != '\u{85}')
}

/// `ToInt32`
pub(super) fn to_int32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    let modulo = number.trunc().rem_euclid(4_294_967_296.0);
    (modulo as u32).cast_signed()
}

/// `ToIntegerOrInfinity`
pub(super) fn to_integer(number: f64) -> f64 {
    if number.is_nan() { 0.0 } else { number.trunc() }
}

/// `ToPropertyKey`
pub(super) fn to_key(value: &Value) -> Outcome<String> {
    to_string(value)
}

/// `===`; objects are told apart by identity, which is not known.
pub(super) fn strictly_equal(left: &Value, right: &Value) -> Outcome<bool> {
    use ValueKind::{Array, BigInt, Bool, Code, Dynamic as Unknown, Null, Number, Object, String, Undefined};
    Ok(match (&left.kind, &right.kind) {
        (Unknown(it), _) | (_, Unknown(it)) => return Err(it.clone()),
        (Code(_), _) => return Err(code(left)),
        (_, Code(_)) => return Err(code(right)),
        (Array(_) | Object(_), Array(_) | Object(_)) => {
            return Err(Dynamic::new("objects are compared by identity"));
        }
        (Null, Null) | (Undefined, Undefined) => true,
        (Bool(left), Bool(right)) => left == right,
        (Number(left), Number(right)) => left == right,
        (String(left), String(right)) | (BigInt(left), BigInt(right)) => left == right,
        _ => false,
    })
}

/// `==`
pub(super) fn loosely_equal(left: &Value, right: &Value) -> Outcome<bool> {
    use ValueKind::{Array, BigInt, Bool, Null, Number, Object, String, Undefined};
    Ok(match (&left.kind, &right.kind) {
        (Null | Undefined, Null | Undefined) => true,
        (Null | Undefined, Array(_) | Object(_) | Bool(_) | Number(_) | String(_) | BigInt(_))
        | (Array(_) | Object(_) | Bool(_) | Number(_) | String(_) | BigInt(_), Null | Undefined) => false,
        (BigInt(_), Bool(_) | Number(_) | String(_) | Array(_) | Object(_))
        | (Bool(_) | Number(_) | String(_) | Array(_) | Object(_), BigInt(_)) => {
            return Err(Dynamic::new("a bigint is compared with another kind of value"));
        }
        (Bool(_) | Number(_), Bool(_) | Number(_) | String(_)) | (String(_), Bool(_) | Number(_)) => {
            to_number(left)? == to_number(right)?
        }
        (Array(_) | Object(_), String(other)) => to_string(left)? == *other,
        (String(other), Array(_) | Object(_)) => to_string(right)? == *other,
        (Array(_) | Object(_), Bool(_) | Number(_)) => text_to_number(&to_string(left)?) == to_number(right)?,
        (Bool(_) | Number(_), Array(_) | Object(_)) => to_number(left)? == text_to_number(&to_string(right)?),
        _ => strictly_equal(left, right)?,
    })
}

/// `<` and its kin: none where either side is not a number.
pub(super) fn compare(left: &Value, right: &Value) -> Outcome<Option<Ordering>> {
    if let (Some(left), Some(right)) = (primitive_text(left)?, primitive_text(right)?) {
        return Ok(Some(left.encode_utf16().cmp(right.encode_utf16())));
    }
    Ok(to_number(left)?.partial_cmp(&to_number(right)?))
}

/// The text of what `ToPrimitive` makes a string of.
pub(super) fn primitive_text(value: &Value) -> Outcome<Option<String>> {
    match &value.kind {
        ValueKind::String(_) | ValueKind::Array(_) | ValueKind::Object(_) => to_string(value).map(Some),
        ValueKind::Code(_) => Err(code(value)),
        ValueKind::Dynamic(it) => Err(it.clone()),
        _ => Ok(None),
    }
}

/// A text that is not longer than what is worth building.
pub(super) fn short(text: &str) -> Outcome<()> {
    if text.len() > LONGEST { Err(Dynamic::new("the text is too long to be built here")) } else { Ok(()) }
}

/// The text of UTF-16 units.
pub(super) fn from_units(units: &[u16]) -> Outcome<String> {
    String::from_utf16(units).map_err(|_| Dynamic::new("the text holds half of a surrogate pair"))
}

/// What is known of an element or property of a value, its prototype's aside.
pub(super) fn get<'v>(value: &'v Value, key: &str) -> Outcome<Got<'v>> {
    match &value.kind {
        ValueKind::Object(object) => match object.get(key) {
            Some(property) if !property.value.is_spread() => Ok(Got::Part(&property.value)),
            _ if object.is_open() => {
                Err(Dynamic::new(format!("`{key}` may come from a spread that is not static")))
            }
            _ if keys::is_inherited(key) => Err(Dynamic::new(format!("`{key}` belongs to every object"))),
            _ => Ok(Got::Absent),
        },
        ValueKind::Array(elements) => {
            let open = elements.iter().position(Value::is_spread);
            match (keys::index(key).map(|index| index as usize), key) {
                (Some(index), _) if open.is_none_or(|open| index < open) => {
                    Ok(elements.get(index).map_or(Got::Absent, Got::Part))
                }
                (_, "length") if open.is_none() => Ok(Got::Number(elements.len() as f64)),
                (Some(_), _) | (_, "length") => {
                    Err(Dynamic::new("the array holds a spread that is not static"))
                }
                _ => Err(Dynamic::new(format!("`{key}` is no element of the array"))),
            }
        }
        ValueKind::String(text) => match (keys::index(key), key) {
            (_, "length") => Ok(Got::Number(text.encode_utf16().count() as f64)),
            (Some(index), _) => match text.encode_utf16().nth(index as usize) {
                Some(unit) => from_units(&[unit]).map(Got::Text),
                None => Ok(Got::Absent),
            },
            _ => Err(Dynamic::new(format!("`{key}` is no character of the text"))),
        },
        ValueKind::Null | ValueKind::Undefined => {
            Err(Dynamic::new(format!("`{key}` is read from {}, which throws", value.noun())))
        }
        ValueKind::Code(_) => Err(code(value)),
        ValueKind::Dynamic(it) => Err(it.clone()),
        _ => Err(Dynamic::new(format!("`{key}` is read from {}", value.noun()))),
    }
}

/// What stands under a key.
pub(super) enum Got<'v> {
    Part(&'v Value),
    Number(f64),
    Text(String),
    Absent,
}

/// The reason why code is no data.
pub(super) fn code(value: &Value) -> Dynamic {
    let text: String = value.origin.text().chars().take(40).collect();
    let text = text.lines().next().unwrap_or_default().trim();
    Dynamic::new(format!("`{text}` is {}, whose value is known only at run time", value.noun()))
}
