//! What is known of the language itself: its names and what its methods do.

/// Methods that change nothing but may hand on what they are called on.
pub(super) const PURE: [&str; 62] = [
    "then",
    "catch",
    "finally",
    "map",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
    "every",
    "flatMap",
    "forEach",
    "reduce",
    "reduceRight",
    "concat",
    "join",
    "slice",
    "flat",
    "at",
    "includes",
    "indexOf",
    "lastIndexOf",
    "toReversed",
    "toSorted",
    "toSpliced",
    "with",
    "keys",
    "values",
    "entries",
    "toString",
    "toLocaleString",
    "valueOf",
    "hasOwnProperty",
    "toUpperCase",
    "toLowerCase",
    "trim",
    "trimStart",
    "trimEnd",
    "repeat",
    "padStart",
    "padEnd",
    "substring",
    "substr",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "startsWith",
    "endsWith",
    "replace",
    "replaceAll",
    "split",
    "match",
    "matchAll",
    "search",
    "normalize",
    "localeCompare",
    "toFixed",
    "toPrecision",
    "has",
    "get",
    "test",
];
/// Those of them that call a function on the elements.
pub(super) const CALLING: [&str; 18] = [
    "then",
    "catch",
    "finally",
    "map",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
    "every",
    "flatMap",
    "forEach",
    "reduce",
    "reduceRight",
    "toSorted",
    "replace",
    "replaceAll",
];
/// Those of them whose result may be what they are called on, or an element of it.
pub(super) const GIVING: [&str; 7] = ["find", "findLast", "at", "get", "reduce", "reduceRight", "valueOf"];
/// Those of them, and of those that change an array, that give a function elements, and the array itself third.
pub(super) const ELEMENTS_FIRST: [&str; 12] = [
    "map",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
    "every",
    "flatMap",
    "forEach",
    "toSorted",
    "sort",
];
/// Those of them that hand what they were given, and what was returned, to the next call.
pub(super) const HANDING_ON: [&str; 2] = ["reduce", "reduceRight"];
/// Those of them whose result holds some of the elements, and nothing else.
pub(super) const SELECTING: [&str; 4] = ["slice", "filter", "toSorted", "toReversed"];
/// Methods that change an array in place.
pub(super) const CHANGING: [&str; 9] =
    ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"];
/// Methods that the language calls by itself, so that `this` is the object they are written in.
pub(super) const IMPLICIT: [&str; 6] = ["toString", "valueOf", "toJSON", "then", "toLocaleString", "next"];

/// Functions of the language that change their first argument, or that reach its prototype.
pub(super) fn is_changing_function(name: &str) -> bool {
    name.starts_with("Reflect.")
        || matches!(
            name,
            "Object.defineProperty"
                | "Object.defineProperties"
                | "Object.setPrototypeOf"
                | "Object.getPrototypeOf"
        )
}

/// Constructors that keep what they are given and change nothing.
pub(super) fn is_container(name: &str) -> bool {
    matches!(name, "Map" | "Set" | "WeakMap" | "WeakSet" | "Array" | "URL" | "Date" | "RegExp" | "Error")
}

/// Names that belong to the language.
pub(super) fn is_of_the_language(name: &str) -> bool {
    matches!(
        name,
        "Object"
            | "Array"
            | "String"
            | "Number"
            | "Boolean"
            | "Math"
            | "JSON"
            | "Symbol"
            | "Function"
            | "Reflect"
            | "Promise"
            | "Map"
            | "Set"
            | "WeakMap"
            | "WeakSet"
            | "RegExp"
            | "Date"
            | "Error"
            | "BigInt"
            | "Proxy"
            | "Intl"
            | "Iterator"
            | "parseInt"
            | "parseFloat"
            | "isNaN"
            | "isFinite"
            | "undefined"
            | "NaN"
            | "Infinity"
            | "process"
    )
}

/// Names of the global object.
pub(super) fn is_global_object(name: &str) -> bool {
    matches!(name, "globalThis" | "window" | "self" | "global" | "top" | "parent" | "frames")
}
