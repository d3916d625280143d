//! `FM2xxx`: how the parts fit together.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::did_you_mean,
    source::{Named, Origin},
};

codes! {
    /// A plugin depends on one that does not exist.
    ///
    /// `dependencies` are names of plugins, not of packages, and the plugin is left out without them. A plugin's name is
    /// the `name` of its configuration, or the name of its package without the scope.
    ///
    /// Correct the name, add the plugin to the workspace, or move the entry to `optionalDependencies` if the plugin can
    /// do without it.
    ///
    /// # Example
    ///
    /// ```ts plugins/personnel/plugin.config.ts
    /// export default { label: 'Personnel' }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personel: '^1.0.0' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: '^1.0.0' } }
    /// ```
    Error MISSING_DEPENDENCY "FM2010" "missing-dependency";

    /// A plugin needs another version of a plugin than the one that is there.
    ///
    /// The range is compared with the `version` in the other plugin's package.json, by npm's rules. A plugin whose
    /// required or optional dependency is out of range is left out, together with what depends on it.
    ///
    /// Widen the range if the plugin works with that version, or update one of the two packages.
    ///
    /// # Example
    ///
    /// ```ts plugins/personnel/plugin.config.ts
    /// export default { label: 'Personnel' }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: '^2.0.0' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: '^1.0.0' } }
    /// ```
    Error DEPENDENCY_VERSION "FM2011" "dependency-version";

    /// Plugins depend on each other in a circle.
    ///
    /// Dependencies start first, so there is no order in which these could start. The message shows the whole circle.
    /// All of its plugins are left out, and what depends on them; optional dependencies count too.
    ///
    /// Remove one of the dependencies, or move what both need into a third plugin. Two plugins that only fill each
    /// other's extension points need no dependency for it.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { dependencies: { wms: '*' } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { finance: '*' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default {}
    /// ```
    Error DEPENDENCY_CYCLE "FM2012" "dependency-cycle";

    /// A plugin is left out, because one that it depends on is.
    ///
    /// The other plugin is there and takes no part: it is broken, blocked, turned off by its package, meant for other
    /// shells, or excluded by the shell's options. The label says which, and why.
    ///
    /// Mend the other plugin. If this one can do without it, move the entry to `optionalDependencies`.
    ///
    /// # Example
    ///
    /// ```json plugins/personnel/package.json
    /// { "name": "personnel", "version": "1.0.0", "framework-m": { "enabled": false } }
    /// ```
    ///
    /// ```ts plugins/personnel/plugin.config.ts
    /// export default { label: 'Personnel' }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: '^1.0.0' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { optionalDependencies: { personnel: '^1.0.0' } }
    /// ```
    Warning DEPENDENCY_LEFT_OUT "FM2013" "dependency-left-out";

    /// A dependency asks for versions in a way that npm does not understand.
    ///
    /// Ranges of plugins are written as npm writes them: `^1.2.0`, `~1.2`, `>=1 <3`, `1.x || 2.x`, `*`. Tags such as
    /// `latest` and protocols such as `workspace:` name no versions. The plugin is left out.
    ///
    /// # Example
    ///
    /// ```ts plugins/personnel/plugin.config.ts
    /// export default { label: 'Personnel' }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: 'latest' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { dependencies: { personnel: '*' } }
    /// ```
    Error INVALID_RANGE "FM2014" "invalid-range";

    /// An extension fills a point that nobody declares.
    ///
    /// It would never be shown. Points are declared by plugins with `extensionPoints`; a few are every shell's:
    /// `header.right`, `sidebar.top`, `sidebar.bottom`, `content.before`, `content.after`, `settings.section`.
    ///
    /// Correct the name. If the point belongs to a plugin that is not in this shell, nothing is wrong but this warning;
    /// lower its severity.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   extensions: [{ id: 'wms.badge', point: 'header.rigth', component: () => import('./Page') }],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   extensions: [{ id: 'wms.badge', point: 'header.right', component: () => import('./Page') }],
    /// }
    /// ```
    Warning UNKNOWN_EXTENSION_POINT "FM2015" "unknown-extension-point";

    /// An option of the shell names something that is not there.
    ///
    /// `include`, `exclude` and `only` take names of plugins or packages, and globs; `menu.overrides` takes names of menu
    /// items and groups; `severity` takes codes and their names. A name that fits nothing has no effect, which is hardly
    /// meant.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { label: 'Finance' }
    /// ```
    ///
    /// ```ts shell/vite.config.ts
    /// import { frameworkMPlugin } from '@framework-m/vite-plugin'
    ///
    /// export default { plugins: [frameworkMPlugin({ exclude: ['finanze'] })] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts shell/vite.config.ts
    /// import { frameworkMPlugin } from '@framework-m/vite-plugin'
    ///
    /// export default { plugins: [frameworkMPlugin({ exclude: ['finance'] })] }
    /// ```
    Warning UNKNOWN_OPTION "FM2020" "unknown-option";

    /// An optional dependency is probably misspelt.
    ///
    /// No plugin has the name, and a plugin has one that is almost the same. An optional dependency that is not there is
    /// fine, so without this warning the slip would never show: the plugin would start before the other, or do without
    /// it.
    ///
    /// Correct the name. If both names are right, turn this code off.
    ///
    /// # Example
    ///
    /// ```ts plugins/personnel/plugin.config.ts
    /// export default { label: 'Personnel' }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { optionalDependencies: { personel: '^1.0.0' } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { optionalDependencies: { personnel: '^1.0.0' } }
    /// ```
    Warning MISSPELT_DEPENDENCY "FM2022" "misspelt-dependency";
}

/// What a plugin asks of another.
#[derive(Clone, Copy)]
pub(crate) struct Requirement<'a> {
    /// Who asks.
    pub plugin: &'a str,
    /// The other's name.
    pub name: &'a str,
    /// As written.
    pub range: &'a str,
    /// The entry.
    pub origin: &'a Origin,
}

/// `dependencies: { personel: '^1' }`. `meant` is the plugin of the package of that name.
pub(crate) fn missing_dependency<'a>(
    Requirement { plugin, name, origin, .. }: Requirement,
    meant: Option<&str>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MISSING_DEPENDENCY,
        format!("`{plugin}` depends on `{name}`, and no plugin is named so."),
    )
    .label(origin, "not found");
    if let Some(meant) = meant {
        return diagnostic
            .help(format!("`{name}` is the name of the package; its plugin is named `{meant}`."));
    }
    diagnostic.help(did_you_mean(name, known).unwrap_or_else(|| {
        format!(
            "Add a plugin named `{name}` to the workspace; if its package is there, see that its package.json is tagged and \
             valid. What may be absent belongs in `optionalDependencies`."
        )
    }))
}

/// `optionalDependencies: { personel: '^1' }`, where a plugin is called almost so.
pub(crate) fn misspelt_dependency<'a>(
    Requirement { plugin, name, origin, .. }: Requirement,
    known: impl Iterator<Item = &'a str>,
) -> Option<Diagnostic> {
    let help = did_you_mean(name, known)?;
    let message = format!("`{plugin}` depends on `{name}` if it is there, and no plugin is named so.");
    Some(Diagnostic::new(MISSPELT_DEPENDENCY, message).label(origin, "not found").help(help))
}

/// A dependency of another version, and where the other says which it is.
pub(crate) fn dependency_version(
    Requirement { plugin, name, range, origin }: Requirement,
    version: Option<&str>,
    version_origin: &Origin,
) -> Diagnostic {
    let (version, help) = match version {
        Some(version) => (format!("is {version}"), "Change the range, or the version of the package."),
        None => ("has no version".to_string(), "Give the package a version, or ask for `*`."),
    };
    Diagnostic::new(DEPENDENCY_VERSION, format!("`{plugin}` needs `{name}` {range}, and `{name}` {version}."))
        .label(origin, format!("asks for {range}"))
        .label(version_origin, version)
        .help(help)
}

/// `wms → finance → wms`
pub(crate) fn dependency_cycle(path: &[(&str, &Origin)]) -> Diagnostic {
    if let [(name, origin)] = path {
        return Diagnostic::new(DEPENDENCY_CYCLE, format!("`{name}` depends on itself."))
            .label(origin, "its own name")
            .help("Remove the entry.");
    }
    let mut names: Vec<&str> = path.iter().map(|(name, _)| *name).collect();
    names.push(path[0].0);
    let mut diagnostic = Diagnostic::new(
        DEPENDENCY_CYCLE,
        format!("Plugins depend on each other in a circle: {}.", names.join(" → ")),
    );
    for (index, (name, origin)) in path.iter().enumerate() {
        diagnostic = diagnostic.label(origin, format!("`{name}` depends on `{}`", names[index + 1]));
    }
    diagnostic.help("Remove one of these dependencies, or move what both need into a third plugin.")
}

/// A dependency that is there and does not take part: what it is instead, and why.
pub(crate) fn dependency_left_out(
    Requirement { plugin, name, origin, .. }: Requirement,
    status: &str,
    reason: &str,
) -> Diagnostic {
    Diagnostic::new(DEPENDENCY_LEFT_OUT, format!("`{plugin}` is left out, because `{name}` is {status}."))
        .label(origin, format!("`{name}` is {status}: {reason}"))
}

/// `dependencies: { wms: 'latest one' }`
pub(crate) fn invalid_range(Requirement { plugin, name, range, origin }: Requirement) -> Diagnostic {
    Diagnostic::new(
        INVALID_RANGE,
        format!("`{plugin}` asks for `{name}` in a range that npm does not understand."),
    )
    .label(origin, format!("`{range}`"))
    .help("Write a range such as `^1.2.0`, `>=1 <3` or `*`.")
}

/// `point: 'header.rigth'`
pub(crate) fn unknown_extension_point<'a>(
    plugin: &str,
    point: &Named,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_EXTENSION_POINT,
        format!("`{plugin}` fills the extension point `{}`, which nobody declares.", point.name),
    )
    .label(&point.origin, "not declared");
    diagnostic.help(did_you_mean(&point.name, known).unwrap_or_else(|| {
        format!("Declare it in a plugin: `extensionPoints: [{{ id: '{}' }}]`.", point.name)
    }))
}

/// `include: ['wmss']`
pub(crate) fn unknown_option<'a>(
    option: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(UNKNOWN_OPTION, format!("The option `{option}` names `{name}`, which is not there."));
    diagnostic.help(did_you_mean(name, known).unwrap_or_else(|| {
        "Correct the name, or take it out: `framework-m inspect` shows what there is.".into()
    }))
}
