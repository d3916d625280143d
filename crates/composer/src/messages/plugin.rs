//! `FM1xxx`, continued: the tag by which a package says that it is a plugin.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::did_you_mean,
    source::Origin,
};

codes! {
    /// The tag of a plugin has a shape that means nothing.
    ///
    /// The tag in package.json is `true`, the path of the configuration, or an object with `plugin`, `source`, `hosts` and
    /// `enabled`. Of a tag that is something else nothing counts.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "sorce": "./plugin.config.ts" } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "source": "./plugin.config.ts" } }
    /// ```
    Error INVALID_TAG "FM1101" "invalid-tag";

    /// A package says that it is a plugin, and its configuration is nowhere.
    ///
    /// Inside the workspace the configuration is `source` of the tag, or else `plugin.config` with the extension ts, tsx,
    /// mts, js, jsx, mjs or json, in the package's folder and then in `src`, or else `plugin` of the tag. For a package in
    /// `node_modules` the built file, `plugin`, comes first. The help lists every path that was tried.
    ///
    /// Create one of the files, or correct the tag.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "source": "./plugin.ts" } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true }
    /// ```
    Error CONFIG_NOT_FOUND "FM1102" "config-not-found";

    /// A path in a tag leads out of the package.
    ///
    /// A package speaks for its own files only: absolute paths, and paths that climb out with `..`, are refused.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "source": "../shared/plugin.config.ts" } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "source": "./plugin.config.ts" } }
    /// ```
    Error PATH_LEAVES_PACKAGE "FM1103" "path-leaves-package";

    /// A plugin has no name.
    ///
    /// A plugin's name is the `name` of its configuration, or the name of its package without the scope. Here neither is
    /// given.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "version": "1.0.0", "framework-m": true }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { name: 'wms', label: 'Warehouse' }
    /// ```
    Error UNNAMED_PLUGIN "FM1104" "unnamed-plugin";

    /// A plugin is for a shell that does not exist.
    ///
    /// `hosts` in the tag names the packages of the shells that the plugin is for. No package of the workspace has that
    /// name, so the plugin takes part nowhere.
    ///
    /// Correct the name. If the shell lives in another repository, turn this code off.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "hosts": ["shel"] } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "hosts": ["shell"] } }
    /// ```
    Warning UNKNOWN_HOST "FM1105" "unknown-host";
}

/// `"framework-m": 42`
pub(crate) fn invalid_tag(key: &str, origin: &Origin, found: &str) -> Diagnostic {
    Diagnostic::new(INVALID_TAG, format!("`{key}` has to be a path, `true` or an object, not {found}."))
        .label(origin, found)
        .help(format!("Write `\"{key}\": true`, or `\"{key}\": {{ \"plugin\": \"./plugin.config.ts\" }}`."))
}

/// `"framework-m": { "plugin": 42 }`
pub(crate) fn invalid_tag_field(field: &str, origin: &Origin, expected: &str, example: &str) -> Diagnostic {
    Diagnostic::new(INVALID_TAG, format!("`{field}` has to be {expected}."))
        .label(origin, "is something else")
        .help(format!("Write `\"{field}\": {example}`."))
}

/// `"framework-m": { "plugn": "…" }`
pub(crate) fn unknown_tag_field(key: &str, field: &str, origin: &Origin, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(field, known.iter().copied())
        .unwrap_or_else(|| format!("Known keys are `{}`.", known.join("`, `")));
    Diagnostic::new(INVALID_TAG, format!("`{field}` is not a key of `{key}`."))
        .label(origin, "not known")
        .help(help)
}

/// Neither the source nor the built file is there.
pub(crate) fn config_not_found(
    package: &str,
    origin: &Origin,
    named: Option<&str>,
    tried: &[String],
) -> Diagnostic {
    let remedy = named.map_or_else(
        || "Create one of these files, or name yours in the tag:".to_owned(),
        |named| {
            format!("The tag names `{named}`, which is not there: correct it, or create one of these files:")
        },
    );
    Diagnostic::new(CONFIG_NOT_FOUND, format!("The plugin configuration of `{package}` was not found."))
        .label(origin, "tagged here")
        .help(format!("{remedy}\n{}", tried.join("\n")))
}

/// `"plugin": "../../etc/passwd"`
pub(crate) fn path_leaves_package(field: &str, path: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::new(PATH_LEAVES_PACKAGE, format!("`{field}` points outside of its package: `{path}`."))
        .label(origin, "has to stay inside the package")
        .help("Write a path relative to the package, such as `./plugin.config.ts`.")
}

/// No name anywhere.
pub(crate) fn unnamed_plugin(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        UNNAMED_PLUGIN,
        "This plugin has no name: neither its configuration nor its package gives one.",
    )
    .label(origin, "a package without a name")
    .help("Add `\"name\"` to package.json, or `name` to the configuration.")
}

/// `"hosts": ["@acme/frontent"]`
pub(crate) fn unknown_host<'a>(
    host: &str,
    origin: &Origin,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::new(
        UNKNOWN_HOST,
        format!("A plugin is for `{host}`, and no package of the workspace is named so."),
    )
    .label(origin, "takes part nowhere because of it")
    .help(did_you_mean(host, known).unwrap_or_else(|| "Name the package of a shell.".into()))
}
