//! The names of variables.

use std::sync::Arc;

use crate::{maps::HashSet, plugin::Plugin};

/// A variable for each plugin: its name, where that is an identifier of its own.
pub(in crate::generate) fn variables(plugins: &[Arc<Plugin>]) -> Arc<[Arc<str>]> {
    const TAKEN: [&str; 19] = [
        "code",
        "component",
        "entry",
        "heard",
        "link",
        "publish",
        "subscribe",
        "now",
        "plugins",
        "menu",
        "modules",
        "routes",
        "extensionPoints",
        "extensions",
        "providers",
        "permissions",
        "settings",
        "undefined",
        "plugin",
    ];
    let mut used: HashSet<String> = TAKEN.iter().map(ToString::to_string).collect();
    let mut variables = Vec::with_capacity(plugins.len());
    for plugin in plugins {
        let mut variable = identifier(&plugin.name.name);
        let mut load = ["load_", &variable].concat();
        while used.contains(&variable) || used.contains(&load) {
            variable.push('_');
            load.push('_');
        }
        variables.push(Arc::from(variable.as_str()));
        used.extend([variable, load]);
    }
    variables.into()
}

/// A name as an identifier: other names may give the same.
fn identifier(name: &str) -> String {
    let mut safe = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    if !safe.starts_with(|c: char| c.is_ascii_alphabetic()) || RESERVED.contains(&safe.as_str()) {
        safe.insert(0, '_');
    }
    safe
}

/// Words that cannot name a variable of a module (ECMA-262, `ReservedWord` and strict mode).
const RESERVED: [&str; 48] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];
