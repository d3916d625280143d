//! The names of variables.

use std::{collections::BTreeSet, sync::Arc};

use crate::plugin::Plugin;

/// A variable for each plugin: its name, where that is an identifier of its own.
pub(super) fn variables(plugins: &[Arc<Plugin>]) -> Vec<String> {
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
    let mut used: BTreeSet<String> = TAKEN.iter().map(ToString::to_string).collect();
    let mut variables = Vec::with_capacity(plugins.len());
    for plugin in plugins {
        let safe: String =
            plugin.name.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mut variable =
            if RESERVED.contains(&safe.as_str()) || !safe.starts_with(|c: char| c.is_ascii_alphabetic()) {
                format!("_{safe}")
            } else {
                safe
            };
        while used.contains(&variable) || used.contains(&format!("load_{variable}")) {
            variable.push('_');
        }
        used.insert(variable.clone());
        used.insert(format!("load_{variable}"));
        variables.push(variable);
    }
    variables
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
