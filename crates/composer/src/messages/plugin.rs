//! `FM1xxx`, continued: the tag by which a package says that it is a plugin.

use crate::{
    diagnostic::{Code, Diagnostic},
    messages::did_you_mean,
    source::Origin,
};

/// A tag of a shape that means nothing.
pub const INVALID_TAG: Code = Code::error("FM1101", "invalid-tag");
/// A tagged package whose configuration is nowhere.
pub const CONFIG_NOT_FOUND: Code = Code::error("FM1102", "config-not-found");
/// A path in a tag that leaves the package.
pub const PATH_LEAVES_PACKAGE: Code = Code::error("FM1103", "path-leaves-package");
/// A plugin that neither its configuration nor its package names.
pub const UNNAMED_PLUGIN: Code = Code::error("FM1104", "unnamed-plugin");

/// `"framework-m": 42`
pub fn invalid_tag(key: &str, origin: &Origin, found: &str) -> Diagnostic {
    Diagnostic::new(INVALID_TAG, format!("`{key}` has to be a path, `true` or an object, not {found}."))
        .label(origin, found)
        .help(format!("Write `\"{key}\": true`, or `\"{key}\": {{ \"plugin\": \"./plugin.config.ts\" }}`."))
}

/// `"framework-m": { "plugin": 42 }`
pub fn invalid_tag_field(field: &str, origin: &Origin, expected: &str) -> Diagnostic {
    Diagnostic::new(INVALID_TAG, format!("`{field}` has to be {expected}."))
        .label(origin, "is something else")
}

/// `"framework-m": { "plugn": "…" }`
pub fn unknown_tag_field(key: &str, field: &str, origin: &Origin, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(field, known.iter().copied())
        .unwrap_or_else(|| format!("Known keys are `{}`.", known.join("`, `")));
    Diagnostic::new(INVALID_TAG, format!("`{field}` is not a key of `{key}`."))
        .label(origin, "not known")
        .help(help)
}

/// Neither the source nor the built file is there.
pub fn config_not_found(package: &str, origin: &Origin, tried: &[String]) -> Diagnostic {
    Diagnostic::new(CONFIG_NOT_FOUND, format!("The plugin configuration of `{package}` is nowhere."))
        .label(origin, "tagged here")
        .help(format!("Create one of these files, or name yours in the tag:\n{}", tried.join("\n")))
}

/// `"plugin": "../../etc/passwd"`
pub fn path_leaves_package(field: &str, path: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::new(PATH_LEAVES_PACKAGE, format!("`{field}` points outside of its package: `{path}`."))
        .label(origin, "has to stay inside the package")
        .help("Write a path relative to the package, such as `./plugin.config.ts`.")
}

/// No name anywhere.
pub fn unnamed_plugin(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        UNNAMED_PLUGIN,
        "This plugin has no name: neither its configuration nor its package gives one.",
    )
    .label(origin, "a package without a name")
    .help("Add `\"name\"` to package.json, or `name` to the configuration.")
}
