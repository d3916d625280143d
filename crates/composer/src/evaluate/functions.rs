//! The pure functions that every engine has: `String`, `Number`, `parseInt`, `Math.max` and their like.

use super::{
    convert::{Outcome, integer, is_space, text_to_number, to_boolean, to_int32, to_number, to_string},
    operators::power,
};
use crate::value::{Dynamic, Value, ValueKind};

/// A constant of a global object.
pub(super) fn constant(object: &str, name: &str) -> Option<f64> {
    use std::f64::consts;
    Some(match (object, name) {
        ("Math", "PI") => consts::PI,
        ("Math", "E") => consts::E,
        ("Math", "LN2") => consts::LN_2,
        ("Math", "LN10") => consts::LN_10,
        ("Math", "LOG2E") => consts::LOG2_E,
        ("Math", "LOG10E") => consts::LOG10_E,
        ("Math", "SQRT2") => consts::SQRT_2,
        ("Math", "SQRT1_2") => consts::FRAC_1_SQRT_2,
        ("Number", "MAX_SAFE_INTEGER") => 9_007_199_254_740_991.0,
        ("Number", "MIN_SAFE_INTEGER") => -9_007_199_254_740_991.0,
        ("Number", "MAX_VALUE") => f64::MAX,
        ("Number", "EPSILON") => f64::EPSILON,
        ("Number", "POSITIVE_INFINITY") => f64::INFINITY,
        ("Number", "NEGATIVE_INFINITY") => f64::NEG_INFINITY,
        ("Number", "NaN") => f64::NAN,
        _ => return None,
    })
}

/// A call of a global function, by its dotted name; none where it is not one of the pure ones.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Outcome<ValueKind>> {
    let name = name.strip_prefix("Number.").filter(|it| it.starts_with("parse")).unwrap_or(name);
    Some(match name {
        "String" => match arguments.first() {
            None => Ok(ValueKind::String(String::new())),
            Some(value) => to_string(value).map(ValueKind::String),
        },
        "Number" => match arguments.first() {
            None => Ok(ValueKind::Number(0.0)),
            Some(value) => to_number(value).map(ValueKind::Number),
        },
        "Boolean" => arguments.first().map_or(Ok(false), to_boolean).map(ValueKind::Bool),
        "parseInt" => parse_int(arguments).map(ValueKind::Number),
        "parseFloat" => parse_float(arguments).map(ValueKind::Number),
        "isNaN" => one(arguments).and_then(to_number).map(|it| ValueKind::Bool(it.is_nan())),
        "isFinite" => one(arguments).and_then(to_number).map(|it| ValueKind::Bool(it.is_finite())),
        "Number.isInteger" => exact(arguments, |it| it.is_finite() && it.fract() == 0.0),
        "Number.isFinite" => exact(arguments, f64::is_finite),
        "Number.isNaN" => exact(arguments, f64::is_nan),
        "Array.isArray" => one(arguments).and_then(|value| match &value.kind {
            ValueKind::Dynamic(it) => Err(it.clone()),
            ValueKind::Code(_) => Err(super::convert::code(value)),
            kind => Ok(ValueKind::Bool(matches!(kind, ValueKind::Array(_)))),
        }),
        _ => return name.strip_prefix("Math.").and_then(|name| math(name, arguments)),
    })
}

fn one(arguments: &[Value]) -> Outcome<&Value> {
    arguments.first().ok_or_else(|| Dynamic::new("the call has no argument"))
}

/// A question that only a number answers with yes.
fn exact(arguments: &[Value], holds: fn(f64) -> bool) -> Outcome<ValueKind> {
    one(arguments).and_then(|value| match &value.kind {
        ValueKind::Number(it) => Ok(ValueKind::Bool(holds(*it))),
        ValueKind::Dynamic(it) => Err(it.clone()),
        ValueKind::Code(_) => Err(super::convert::code(value)),
        _ => Ok(ValueKind::Bool(false)),
    })
}

/// The functions of `Math` whose result IEEE 754 fixes.
fn math(name: &str, arguments: &[Value]) -> Option<Outcome<ValueKind>> {
    let single: fn(f64) -> f64 = match name {
        "abs" => f64::abs,
        "ceil" => f64::ceil,
        "floor" => f64::floor,
        "trunc" => f64::trunc,
        "sqrt" => f64::sqrt,
        "sign" => |it| if it == 0.0 || it.is_nan() { it } else { it.signum() },
        "round" => round,
        "fround" => |it| f64::from(it as f32),
        "clz32" => |it| f64::from(to_int32(it).leading_zeros()),
        "max" | "min" => return Some(extreme(name == "max", arguments).map(ValueKind::Number)),
        "pow" => {
            return Some(
                two(arguments).and_then(|(base, exponent)| power(base, exponent)).map(ValueKind::Number),
            );
        }
        _ => return None,
    };
    let argument = arguments.first().map_or(Ok(f64::NAN), to_number);
    Some(argument.map(|it| ValueKind::Number(single(it))))
}

/// Halves go up, and what is already whole stays as it is.
fn round(number: f64) -> f64 {
    let floor = number.floor();
    let rounded = if number - floor >= 0.5 { floor + 1.0 } else { floor };
    if rounded == 0.0 { 0.0_f64.copysign(number) } else { rounded }
}

fn two(arguments: &[Value]) -> Outcome<(f64, f64)> {
    match arguments {
        [left, right, ..] => Ok((to_number(left)?, to_number(right)?)),
        _ => Err(Dynamic::new("the call has too few arguments")),
    }
}

fn extreme(largest: bool, arguments: &[Value]) -> Outcome<f64> {
    let mut found = if largest { f64::NEG_INFINITY } else { f64::INFINITY };
    for argument in arguments {
        let number = to_number(argument)?;
        let beyond = if largest { number > found } else { number < found };
        let zero = number == 0.0 && found == 0.0 && number.is_sign_negative() != largest;
        if found.is_nan() {
            continue;
        }
        if number.is_nan() || beyond || zero {
            found = number;
        }
    }
    Ok(found)
}

fn parse_int(arguments: &[Value]) -> Outcome<f64> {
    let text = to_string(one(arguments)?)?;
    let radix = match arguments.get(1) {
        None | Some(Value { kind: ValueKind::Undefined, .. }) => 0,
        Some(value) => to_int32(to_number(value)?),
    };
    let text = text.trim_start_matches(is_space);
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let prefixed = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let (radix, digits) = match (radix, prefixed) {
        (0 | 16, Some(rest)) => (16, rest),
        (0, None) => (10, digits),
        (2..=36, _) => (radix.cast_unsigned(), digits),
        _ => return Ok(f64::NAN),
    };
    let length = digits.chars().take_while(|digit| digit.is_digit(radix)).count();
    if length == 0 {
        return Ok(f64::NAN);
    }
    let number = integer(&digits[..length], radix)
        .ok_or_else(|| Dynamic::new("the number is too long to be exact"))?;
    Ok(if negative { -number } else { number })
}

fn parse_float(arguments: &[Value]) -> Outcome<f64> {
    let text = to_string(one(arguments)?)?;
    let text = text.trim_start_matches(is_space);
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        let endless = text.starts_with("Infinity");
        return Ok(if endless { f64::INFINITY } else { f64::NAN });
    }
    let plain = text.bytes().take_while(|byte| byte.is_ascii_digit() || b".+-".contains(byte)).count();
    if plain == text.len() || !text[plain..].starts_with(['e', 'E', 'I']) {
        let digits = &text[..plain];
        let signs = digits.rfind(['+', '-']).is_some_and(|at| at > 0);
        if !signs && digits.matches('.').count() < 2 && digits.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(text_to_number(digits));
        }
    }
    Err(Dynamic::new("the number is not written plainly"))
}
