//! Property keys, in the order and the spelling that JavaScript gives them.

use crate::{maps::IndexMap, value::Property};

/// The array index that a key is, if it is one: `0` to `4294967294`, without leading zeros (ECMA-262, 6.1.7).
pub(super) fn index(key: &str) -> Option<u32> {
    let canonical = key == "0" || (!key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit()));
    if canonical { key.parse().ok().filter(|&index: &u32| index != u32::MAX) } else { None }
}

/// Puts the array indices first, ascending; the other keys keep their order (ECMA-262, `OrdinaryOwnPropertyKeys`).
pub(super) fn sort(properties: &mut IndexMap<String, Property>) {
    if properties.keys().any(|key| index(key).is_some()) {
        properties.sort_by(|left, _, right, _| {
            let rank = |key: &str| index(key).unwrap_or(u32::MAX);
            rank(left).cmp(&rank(right))
        });
    }
}

/// What every plain object inherits: to read one of these is to reach into `Object.prototype`.
pub(super) fn is_inherited(key: &str) -> bool {
    matches!(
        key,
        "constructor"
            | "hasOwnProperty"
            | "isPrototypeOf"
            | "propertyIsEnumerable"
            | "toLocaleString"
            | "toString"
            | "valueOf"
            | "__proto__"
            | "__defineGetter__"
            | "__defineSetter__"
            | "__lookupGetter__"
            | "__lookupSetter__"
    )
}
