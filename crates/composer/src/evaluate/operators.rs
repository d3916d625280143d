//! Unary and binary operators on values that are known (ECMA-262, 13.5 to 13.12).

use std::cmp::Ordering;

use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use super::{
    convert::{
        Outcome, code, compare, loosely_equal, primitive_text, short, strictly_equal, to_boolean, to_int32,
        to_key, to_number, to_string,
    },
    keys,
};
use crate::value::{Code, Dynamic, Import, Value, ValueKind};

/// A unary operator's result.
pub(super) fn unary(operator: UnaryOperator, value: &Value) -> Outcome<ValueKind> {
    Ok(match operator {
        UnaryOperator::LogicalNot => ValueKind::Bool(!to_boolean(value)?),
        UnaryOperator::UnaryPlus => ValueKind::Number(to_number(value)?),
        UnaryOperator::UnaryNegation => match &value.kind {
            ValueKind::BigInt(it) => ValueKind::BigInt(negated(it)),
            _ => ValueKind::Number(-to_number(value)?),
        },
        UnaryOperator::BitwiseNot => ValueKind::Number(f64::from(!to_int32(to_number(value)?))),
        UnaryOperator::Typeof => ValueKind::String(type_of(value)?.into()),
        UnaryOperator::Void => match &value.kind {
            ValueKind::Dynamic(it) => return Err(it.clone()),
            _ => ValueKind::Undefined,
        },
        UnaryOperator::Delete => return Err(Dynamic::new("`delete` changes an object")),
    })
}

fn negated(digits: &str) -> String {
    match digits.strip_prefix('-') {
        Some(positive) => positive.into(),
        None if digits == "0" => "0".into(),
        None => format!("-{digits}"),
    }
}

fn type_of(value: &Value) -> Outcome<&'static str> {
    Ok(match &value.kind {
        ValueKind::Null | ValueKind::Array(_) | ValueKind::Object(_) | ValueKind::Code(Code::Jsx) => "object",
        ValueKind::Undefined => "undefined",
        ValueKind::Bool(_) => "boolean",
        ValueKind::Number(_) => "number",
        ValueKind::String(_) => "string",
        ValueKind::BigInt(_) => "bigint",
        ValueKind::Code(Code::Function | Code::Loader | Code::Class) => "function",
        ValueKind::Code(_) => return Err(code(value)),
        ValueKind::Dynamic(it) => return Err(it.clone()),
    })
}

/// A binary operator's result.
pub(super) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Outcome<ValueKind> {
    use BinaryOperator as Op;
    known(left)?;
    known(right)?;
    Ok(match operator {
        Op::Equality => ValueKind::Bool(loosely_equal(left, right)?),
        Op::Inequality => ValueKind::Bool(!loosely_equal(left, right)?),
        Op::StrictEquality => ValueKind::Bool(strictly_equal(left, right)?),
        Op::StrictInequality => ValueKind::Bool(!strictly_equal(left, right)?),
        Op::LessThan => ValueKind::Bool(compare(left, right)? == Some(Ordering::Less)),
        Op::GreaterThan => ValueKind::Bool(compare(left, right)? == Some(Ordering::Greater)),
        Op::LessEqualThan => ValueKind::Bool(compare(left, right)?.is_some_and(Ordering::is_le)),
        Op::GreaterEqualThan => ValueKind::Bool(compare(left, right)?.is_some_and(Ordering::is_ge)),
        Op::Addition => return add(left, right),
        Op::In => ValueKind::Bool(has(left, right)?),
        Op::Instanceof => return Err(Dynamic::new("`instanceof` asks for a prototype")),
        _ => ValueKind::Number(arithmetic(operator, to_number(left)?, to_number(right)?)?),
    })
}

fn known(value: &Value) -> Outcome<()> {
    match &value.kind {
        ValueKind::Dynamic(it) => Err(it.clone()),
        ValueKind::Code(Code::Import(Import { .. }) | Code::Reference(_)) => Err(code(value)),
        _ => Ok(()),
    }
}

fn add(left: &Value, right: &Value) -> Outcome<ValueKind> {
    if primitive_text(left)?.is_some() || primitive_text(right)?.is_some() {
        let text = to_string(left)? + &to_string(right)?;
        short(&text)?;
        return Ok(ValueKind::String(text));
    }
    Ok(ValueKind::Number(to_number(left)? + to_number(right)?))
}

fn has(key: &Value, object: &Value) -> Outcome<bool> {
    let ValueKind::Object(object) = &object.kind else {
        return Err(Dynamic::new("`in` asks something other than a plain object"));
    };
    let key = to_key(key)?;
    match object.get(&key) {
        Some(property) if !property.value.is_spread() => Ok(true),
        _ if object.is_open() => Err(Dynamic::new("the object holds a spread that is not static")),
        _ => Ok(keys::is_inherited(&key)),
    }
}

fn arithmetic(operator: BinaryOperator, left: f64, right: f64) -> Outcome<f64> {
    use BinaryOperator as Op;
    Ok(match operator {
        Op::Subtraction => left - right,
        Op::Multiplication => left * right,
        Op::Division => left / right,
        Op::Remainder => left % right,
        Op::Exponential => return power(left, right),
        Op::ShiftLeft => f64::from(to_int32(left) << (to_int32(right) & 31)),
        Op::ShiftRight => f64::from(to_int32(left) >> (to_int32(right) & 31)),
        Op::ShiftRightZeroFill => f64::from(to_int32(left).cast_unsigned() >> (to_int32(right) & 31)),
        Op::BitwiseAnd => f64::from(to_int32(left) & to_int32(right)),
        Op::BitwiseOR => f64::from(to_int32(left) | to_int32(right)),
        Op::BitwiseXOR => f64::from(to_int32(left) ^ to_int32(right)),
        _ => return Err(Dynamic::new("the operator is not known")),
    })
}

/// A power, where it is exact: engines may round the others differently.
pub(super) fn power(base: f64, exponent: f64) -> Outcome<f64> {
    if exponent == 0.0 {
        return Ok(1.0);
    }
    let whole = base.fract() == 0.0 && exponent.fract() == 0.0 && base.abs() <= 9_007_199_254_740_992.0;
    let exact = (whole && (0.0..=1024.0).contains(&exponent))
        .then(|| {
            (0..exponent as u32).try_fold(1.0_f64, |power, _| {
                let power = power * base;
                (power.abs() <= 9_007_199_254_740_992.0 && power != 0.0).then_some(power)
            })
        })
        .flatten();
    exact.ok_or_else(|| Dynamic::new("the power is not a whole number that is exact"))
}
