//! `FM2xxx`: how the parts fit together.

use crate::{
    diagnostic::{Code, Diagnostic},
    manifest::{Dependency, Named},
    messages::did_you_mean,
    plugin::Plugin,
    source::Origin,
};

/// Two plugins of one name.
pub const PLUGIN_CONFLICT: Code = Code::error("FM2001", "plugin-conflict");
/// Two menu items of one name.
pub const MENU_CONFLICT: Code = Code::error("FM2002", "menu-conflict");
/// Two routes of one shape.
pub const ROUTE_CONFLICT: Code = Code::error("FM2003", "route-conflict");
/// Two extensions of one id.
pub const EXTENSION_CONFLICT: Code = Code::error("FM2004", "extension-conflict");
/// Two extension points of one id.
pub const EXTENSION_POINT_CONFLICT: Code = Code::error("FM2005", "extension-point-conflict");
/// Two services of one name.
pub const SERVICE_CONFLICT: Code = Code::error("FM2006", "service-conflict");
/// One permission twice.
pub const PERMISSION_CONFLICT: Code = Code::error("FM2007", "permission-conflict");
/// Two settings of one name.
pub const SETTING_CONFLICT: Code = Code::error("FM2008", "setting-conflict");
/// Two declarations that only their conditions tell apart.
pub const CONDITIONAL_CONFLICT: Code = Code::warning("FM2009", "conditional-conflict");
/// A dependency that no plugin is.
pub const MISSING_DEPENDENCY: Code = Code::error("FM2010", "missing-dependency");
/// A dependency of a version that does not fit.
pub const DEPENDENCY_VERSION: Code = Code::error("FM2011", "dependency-version");
/// Plugins that need each other.
pub const DEPENDENCY_CYCLE: Code = Code::error("FM2012", "dependency-cycle");
/// A dependency that does not take part.
pub const DEPENDENCY_LEFT_OUT: Code = Code::warning("FM2013", "dependency-left-out");
/// A range that npm does not understand.
pub const INVALID_RANGE: Code = Code::error("FM2014", "invalid-range");
/// An extension for a point that nobody declares.
pub const UNKNOWN_EXTENSION_POINT: Code = Code::warning("FM2015", "unknown-extension-point");
/// A menu item beside or in one that is not there.
pub const UNKNOWN_MENU_ITEM: Code = Code::warning("FM2016", "unknown-menu-item");
/// Menu items in or beside each other, in a circle.
pub const MENU_CYCLE: Code = Code::error("FM2017", "menu-cycle");
/// An override of something that nobody declares.
pub const UNKNOWN_OVERRIDE: Code = Code::warning("FM2018", "unknown-override");
/// A menu item that is nested too deeply.
pub const MENU_TOO_DEEP: Code = Code::error("FM2021", "menu-too-deep");
/// Two descriptions of one menu group.
pub const MODULE_MISMATCH: Code = Code::warning("FM2019", "module-mismatch");
/// An option of the shell that names nothing.
pub const UNKNOWN_OPTION: Code = Code::warning("FM2020", "unknown-option");

/// The kinds of things that two plugins may not both declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimKind {
    /// The code of a conflict.
    pub code: Code,
    /// "menu items"
    pub plural: &'static str,
    /// "are named"
    pub verb: &'static str,
}

/// `name` of a menu item.
pub const MENU: ClaimKind = ClaimKind { code: MENU_CONFLICT, plural: "menu items", verb: "are named" };
/// The shape of a route's path.
pub const ROUTE: ClaimKind = ClaimKind { code: ROUTE_CONFLICT, plural: "routes", verb: "match" };
/// `id` of an extension.
pub const EXTENSION: ClaimKind =
    ClaimKind { code: EXTENSION_CONFLICT, plural: "extensions", verb: "have the id" };
/// `id` of an extension point.
pub const EXTENSION_POINT: ClaimKind =
    ClaimKind { code: EXTENSION_POINT_CONFLICT, plural: "extension points", verb: "have the id" };
/// A service's name.
pub const SERVICE: ClaimKind = ClaimKind { code: SERVICE_CONFLICT, plural: "services", verb: "are named" };
/// A resource and an action.
pub const PERMISSION: ClaimKind =
    ClaimKind { code: PERMISSION_CONFLICT, plural: "permissions", verb: "are named" };
/// A setting's name.
pub const SETTING: ClaimKind = ClaimKind { code: SETTING_CONFLICT, plural: "settings", verb: "are named" };

/// Several declarations of one thing. The first is kept.
pub fn conflict(kind: ClaimKind, id: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let message = format!("{} {} {} `{id}`.", count(claims.len()), kind.plural, kind.verb);
    let mut diagnostic = Diagnostic::new(kind.code, message);
    for (index, (plugin, origin)) in claims.iter().enumerate() {
        let text = if index == 0 {
            format!("`{plugin}` declares it")
        } else {
            format!("`{plugin}` declares it again")
        };
        diagnostic = diagnostic.label(origin, text);
    }
    let (first, last) = (claims[0].0, claims[claims.len() - 1].0);
    if first == last {
        return diagnostic.help("Remove one of them, or give it a name of its own.");
    }
    diagnostic.help(format!(
        "Give one of them a name of its own. If `{last}` is meant to replace it, add `overrides: ['{first}#{id}']` to `{last}`."
    ))
}

/// Declarations that only `when` tells apart. All are kept.
pub fn conditional_conflict(kind: ClaimKind, id: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let message =
        format!("{} {} {} `{id}` under different conditions.", count(claims.len()), kind.plural, kind.verb);
    let mut diagnostic = Diagnostic::new(CONDITIONAL_CONFLICT, message);
    for (plugin, origin) in claims {
        diagnostic = diagnostic.label(origin, format!("`{plugin}` declares it"));
    }
    diagnostic.help("Make sure that the conditions never hold at the same time.")
}

/// Several plugins of one name. The first by folder takes part.
pub fn plugin_conflict(name: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(PLUGIN_CONFLICT, format!("{} plugins are named `{name}`.", count(claims.len())));
    for (dir, origin) in claims {
        diagnostic = diagnostic.label(origin, format!("the plugin in {dir}"));
    }
    diagnostic.help("Give one of them another `name`, or leave it out with the option `exclude`.")
}

/// `dependencies: { personel: '^1' }`
pub fn missing_dependency(plugin: &str, dependency: &Dependency, plugins: &[Plugin]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MISSING_DEPENDENCY,
        format!("`{plugin}` depends on `{}`, and no plugin is named so.", dependency.name),
    )
    .label(&dependency.origin, "not found");
    if let Some(found) = plugins.iter().find(|other| other.package.name.as_ref() == Some(&dependency.name)) {
        return diagnostic.help(format!(
            "`{}` is the name of the package; its plugin is named `{}`.",
            dependency.name, found.name.name
        ));
    }
    let names = plugins.iter().map(|plugin| plugin.name.name.as_str());
    diagnostic.help(did_you_mean(&dependency.name, names).unwrap_or_else(|| {
        format!(
            "Add a plugin named `{}` to the workspace, or move the entry to `optionalDependencies`.",
            dependency.name
        )
    }))
}

/// A dependency of another version.
pub fn dependency_version(plugin: &str, dependency: &Dependency, found: &Plugin) -> Diagnostic {
    let version =
        found.version().map_or_else(|| "which has no version".to_string(), |v| format!("which is {v}"));
    Diagnostic::new(
        DEPENDENCY_VERSION,
        format!("`{plugin}` needs `{}` in {}, {version}.", dependency.name, dependency.range),
    )
    .label(&dependency.origin, format!("asks for {}", dependency.range))
    .label(&version_origin(found), version)
    .help("Change the range, or the version of the package.")
}

fn version_origin(plugin: &Plugin) -> Origin {
    let text = &plugin.package.manifest.text;
    let needle = "\"version\"";
    let span = text.find(needle).map_or_else(crate::source::Span::default, |start| {
        crate::source::Span::new(start as u32, (start + needle.len()) as u32)
    });
    Origin::new(&plugin.package.manifest, span)
}

/// `wms → finance → wms`
pub fn dependency_cycle(path: &[(&str, &Origin)]) -> Diagnostic {
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

/// A dependency that is there and does not take part.
pub fn dependency_left_out(plugin: &str, dependency: &Dependency, found: &Plugin) -> Diagnostic {
    let reason = found.reason.as_deref().unwrap_or_default();
    Diagnostic::new(
        DEPENDENCY_LEFT_OUT,
        format!("`{plugin}` is left out, because `{}` is {}.", dependency.name, found.status.word()),
    )
    .label(&dependency.origin, format!("`{}` is {}: {reason}", dependency.name, found.status.word()))
}

/// `dependencies: { wms: 'latest one' }`
pub fn invalid_range(plugin: &str, dependency: &Dependency) -> Diagnostic {
    Diagnostic::new(
        INVALID_RANGE,
        format!("`{plugin}` asks for `{}` in a range that npm does not understand.", dependency.name),
    )
    .label(&dependency.origin, format!("`{}`", dependency.range))
    .help("Write a range such as `^1.2.0`, `>=1 <3` or `*`.")
}

/// `point: 'header.rigth'`
pub fn unknown_extension_point<'a>(
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

/// `parent: 'wms.stok'`, `before`, `after`
pub fn unknown_menu_item<'a>(
    relation: &str,
    target: &str,
    origin: Option<&Origin>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        UNKNOWN_MENU_ITEM,
        format!("`{relation}: '{target}'` names nothing that stands in that part of the menu."),
    );
    if let Some(origin) = origin {
        diagnostic = diagnostic.label(origin, "not there");
    }
    diagnostic.help(
        did_you_mean(target, known).unwrap_or_else(|| "The item keeps its place by order and label.".into()),
    )
}

/// Items that are nested in each other, or beside each other in a circle.
pub fn menu_cycle(relation: &str, path: &[(&str, Option<&Origin>)]) -> Diagnostic {
    let mut names: Vec<&str> = path.iter().map(|(name, _)| *name).collect();
    names.push(path[0].0);
    let mut diagnostic = Diagnostic::new(
        MENU_CYCLE,
        format!("Menu items name each other as `{relation}` in a circle: {}.", names.join(" → ")),
    );
    for (index, (_, origin)) in path.iter().enumerate() {
        if let Some(origin) = origin {
            diagnostic = diagnostic.label(origin, format!("leads to `{}`", names[index + 1]));
        }
    }
    diagnostic.help(format!("Remove one `{relation}`."))
}

/// An item in an item in an item…
pub fn menu_too_deep(name: &str, most: usize, parent: Option<&Origin>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MENU_TOO_DEEP,
        format!("The menu item `{name}` is nested in more than {most} others."),
    );
    let diagnostic = match parent {
        Some(parent) => diagnostic.label(parent, "too deep"),
        None => diagnostic,
    };
    diagnostic.help("Nest it less deeply; until then it stands at the top.")
}

/// `overrides: ['wms#/wms/stok']`
pub fn unknown_override<'a>(
    plugin: &str,
    target: &Named,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let help = did_you_mean(&target.name, known.iter().copied()).unwrap_or_else(|| {
        "An override names a plugin and a declaration of it that this plugin declares too: `wms#/wms/stock`.".into()
    });
    Diagnostic::new(
        UNKNOWN_OVERRIDE,
        format!("`{plugin}` overrides `{}`, which replaces nothing.", target.name),
    )
    .label(&target.origin, "replaces nothing")
    .help(help)
}

/// Two plugins that describe a group differently.
pub fn module_mismatch(
    group: &str,
    field: &str,
    first: (&str, &Origin),
    second: (&str, &Origin),
) -> Diagnostic {
    Diagnostic::new(
        MODULE_MISMATCH,
        format!("Two plugins give the menu group `{group}` a different `{field}`."),
    )
    .label(second.1, format!("`{}` says otherwise", second.0))
    .label(first.1, format!("`{}` comes first, and counts", first.0))
    .help("Let one plugin describe the group, or make them agree.")
}

/// `include: ['wmss']`
pub fn unknown_option<'a>(option: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(UNKNOWN_OPTION, format!("The option `{option}` names `{name}`, which is not there."));
    match did_you_mean(name, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn count(number: usize) -> String {
    match number {
        2 => "Two".into(),
        3 => "Three".into(),
        4 => "Four".into(),
        5 => "Five".into(),
        number => number.to_string(),
    }
}
