//! `Workspace → Vec<PluginPackage>`: which packages are plugins, and where their configurations are.

use std::{borrow::Cow, iter, path::Path, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, is_file, respelled},
    evaluate,
    messages::{in_other_letters, plugin as messages},
    name::fits,
    path::relative,
    source::{Origin, Source, Span},
    value::{Object, Property, Value, ValueKind},
    workspace::{Package, Workspace},
};

/// The files that the source rule looks for, in a package's root and then in `src/`.
const CONFIG_EXTENSIONS: [&str; 7] = ["ts", "tsx", "mts", "js", "jsx", "mjs", "json"];
/// What `hosts` looks like.
const HOSTS_EXAMPLE: &str = "[\"@my-company/frontend\"]";
const TAG_FIELDS: &[&str] = &["plugin", "source", "hosts", "enabled"];

/// A package that says it is a plugin.
#[derive(Debug, Clone)]
pub struct PluginPackage {
    /// The package.
    pub package: Arc<Package>,
    /// The tag's place in its manifest.
    pub origin: Origin,
    /// The shells that it is for: package names, globs. Empty: all.
    pub hosts: Vec<String>,
    /// Whether it wants to take part.
    pub enabled: bool,
    /// Its configuration, relative to the workspace root; none if there is none.
    pub config: Option<String>,
    /// What is wrong with the tag.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a package lives decides whether its source or its built file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// Inside the workspace: the source wins.
    Workspace,
    /// Under `node_modules`: the built file wins.
    NodeModules,
}

/// The plugin that a package is, if it is tagged as one.
pub fn tagged(
    disk: &dyn Disk,
    root: &Path,
    package: &Package,
    key: &str,
    home: Home,
) -> Option<PluginPackage> {
    let (tag, mut plugin) = untold(package, key)?;
    let (built, source) = read_tag(&tag, key, &mut plugin);
    if plugin.enabled && plugin.diagnostics.is_empty() {
        let named = source.as_deref().or(built.as_deref());
        locate(disk, root, named, || candidates(built.as_deref(), source.as_deref(), home), &mut plugin);
    }
    Some(plugin)
}

/// What a plugin package says to those who install it.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// The place of `plugin` in the tag, or of the tag.
    pub(crate) origin: Origin,
    /// Whether it wants to take part.
    pub(crate) enabled: bool,
    /// `plugin` of the tag: the configuration, relative to the package.
    pub(crate) built: Option<String>,
    /// Where the configuration may be once the package is installed, the best first.
    pub(crate) candidates: Vec<String>,
}

/// What a package offers to those who install it; none if it is no plugin, or its tag is wrong, which [`tagged`] reports.
pub(crate) fn offer(package: &Package, key: &str) -> Option<Offer> {
    let (tag, mut plugin) = untold(package, key)?;
    let (built, source) = read_tag(&tag, key, &mut plugin);
    let named = match &tag.kind {
        ValueKind::Object(fields) => fields.get("plugin"),
        _ => None,
    };
    let origin = named.map_or(plugin.origin, |property| property.whole.clone());
    let candidates = candidates(built.as_deref(), source.as_deref(), Home::NodeModules);
    let candidates = candidates.map(Cow::into_owned).collect();
    plugin.diagnostics.is_empty().then_some(Offer { origin, enabled: plugin.enabled, built, candidates })
}

/// The tag of a package, and the plugin that it is before the tag is read.
fn untold(package: &Package, key: &str) -> Option<(Value, PluginPackage)> {
    if package.tag.as_ref()? == &serde_json::Value::Null {
        return None;
    }
    // A manifest in YAML or JSON5 has no spans: its tag is read all the same, from the parsed value.
    let (tag, origin) = match evaluate::json_member(&package.manifest, key) {
        Some(found) => (found.value, found.whole),
        None => (plain(package.tag.as_ref(), &package.manifest), Origin::file(&package.manifest)),
    };
    let plugin = PluginPackage {
        package: Arc::new(package.clone()),
        origin,
        hosts: Vec::new(),
        enabled: true,
        config: None,
        diagnostics: Vec::new(),
    };
    Some((tag, plugin))
}

/// Hosts of the workspace's own plugins that are no packages of it.
pub fn unknown_hosts(workspace: &Workspace, plugins: &[PluginPackage]) -> Vec<Diagnostic> {
    let names = || workspace.packages.iter().filter_map(|package| package.name.as_deref());
    let is_own = |plugin: &&PluginPackage| {
        workspace.packages.iter().any(|package| package.dir == plugin.package.dir) && plugin.enabled
    };
    let mut diagnostics = Vec::new();
    for plugin in plugins.iter().filter(is_own) {
        for host in plugin.hosts.iter().filter(|host| !names().any(|name| fits(host, name))) {
            diagnostics.push(messages::unknown_host(host, &plugin.origin, names()));
        }
    }
    diagnostics
}

/// The two paths of a tag: `plugin` and `source`.
fn read_tag(tag: &Value, key: &str, plugin: &mut PluginPackage) -> (Option<String>, Option<String>) {
    let (mut built, mut source) = (None, None);
    match &tag.kind {
        ValueKind::String(path) => built = inside("plugin", path, &tag.origin, &mut plugin.diagnostics),
        ValueKind::Bool(enabled) => plugin.enabled = *enabled,
        ValueKind::Object(fields) => {
            for (field, property) in &fields.0 {
                match (field.as_str(), &property.value.kind) {
                    ("plugin", ValueKind::String(path)) => {
                        built = inside(field, path, &property.whole, &mut plugin.diagnostics);
                    }
                    ("source", ValueKind::String(path)) => {
                        source = inside(field, path, &property.whole, &mut plugin.diagnostics);
                    }
                    ("enabled", ValueKind::Bool(enabled)) => plugin.enabled = *enabled,
                    ("hosts", ValueKind::Array(_)) => plugin.hosts = hosts(property.value.clone(), plugin),
                    _ => plugin.diagnostics.push(unfit_field(key, field, &property.key, &property.whole)),
                }
            }
        }
        _ => plugin.diagnostics.push(messages::invalid_tag(key, &plugin.origin, tag.noun())),
    }
    (built, source)
}

fn hosts(value: Value, plugin: &mut PluginPackage) -> Vec<String> {
    let ValueKind::Array(items) = value.kind else { return Vec::new() };
    let mut hosts = Vec::new();
    for item in items {
        match item.kind {
            ValueKind::String(host) => hosts.push(host),
            _ => plugin.diagnostics.push(messages::invalid_tag_field(
                "hosts",
                &item.origin,
                "a list of package names",
                HOSTS_EXAMPLE,
            )),
        }
    }
    hosts
}

fn unfit_field(key: &str, field: &str, name: &Origin, whole: &Origin) -> Diagnostic {
    match field {
        "plugin" | "source" => {
            let example = "\"./plugin.config.ts\"";
            messages::invalid_tag_field(field, whole, "a path relative to the package", example)
        }
        "enabled" => messages::invalid_tag_field(field, whole, "`true` or `false`", "false"),
        "hosts" => messages::invalid_tag_field(field, whole, "a list of package names", HOSTS_EXAMPLE),
        _ => messages::unknown_tag_field(key, field, name, TAG_FIELDS),
    }
}

/// A path of a tag as the package's own, `/`-separated, if it stays inside.
fn inside(field: &str, path: &str, origin: &Origin, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let normalized =
        (!path.starts_with('/') && !path.contains(['\\', ':', '\0'])).then(|| normalize(path)).flatten();
    if normalized.is_none() {
        problems.push(messages::path_leaves_package(field, path, origin));
    }
    normalized
}

/// A relative path without `.` and `..`; none if it leaves its folder or names it.
fn normalize(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The files in which the configuration may be, the best first.
fn candidates<'t>(
    built: Option<&'t str>,
    source: Option<&'t str>,
    home: Home,
) -> Box<dyn Iterator<Item = Cow<'t, str>> + 't> {
    let rule = || {
        ["", "src/"].iter().flat_map(|folder| {
            CONFIG_EXTENSIONS
                .iter()
                .map(move |extension| Cow::from(format!("{folder}plugin.config.{extension}")))
        })
    };
    let (built, source) = (built.map(Cow::from), source.map(Cow::from));
    match (home, source) {
        (Home::Workspace, Some(source)) => Box::new(iter::once(source)),
        (Home::Workspace, None) => Box::new(rule().chain(built)),
        (Home::NodeModules, source) => Box::new(built.into_iter().chain(source).chain(rule())),
    }
}

fn locate<'t>(
    disk: &dyn Disk,
    root: &Path,
    named: Option<&str>,
    candidates: impl Fn() -> Box<dyn Iterator<Item = Cow<'t, str>> + 't>,
    plugin: &mut PluginPackage,
) {
    let dir = root.join(&plugin.package.dir);
    let found = candidates().find(|file| is_file(disk, root, &dir.join(&**file)));
    if let Some(file) = found {
        plugin.config = Some(join(&plugin.package.dir, &file));
    } else {
        let tried: Vec<String> = candidates().map(|file| join(&plugin.package.dir, &file)).collect();
        let name = plugin.package.name.as_deref().unwrap_or(&plugin.package.dir);
        let similar = candidates().find_map(|file| respelled(disk, root, &dir.join(&*file)));
        let missing = messages::config_not_found(name, &plugin.origin, named, &tried);
        let similar = similar.map(|file| relative(root, &file));
        plugin.diagnostics.push(in_other_letters(missing, similar.as_deref()));
    }
}

fn join(dir: &str, file: &str) -> String {
    if dir == "." { file.to_string() } else { format!("{dir}/{file}") }
}

/// A parsed value without spans, as the reader would have it.
fn plain(value: Option<&serde_json::Value>, source: &Arc<Source>) -> Value {
    let origin = Origin::new(source, Span::default());
    let kind = match value {
        None | Some(serde_json::Value::Null) => ValueKind::Null,
        Some(serde_json::Value::Bool(value)) => ValueKind::Bool(*value),
        Some(serde_json::Value::Number(value)) => ValueKind::Number(value.as_f64().unwrap_or(f64::NAN)),
        Some(serde_json::Value::String(value)) => ValueKind::String(value.clone()),
        Some(serde_json::Value::Array(items)) => {
            ValueKind::Array(items.iter().map(|item| plain(Some(item), source)).collect())
        }
        Some(serde_json::Value::Object(fields)) => {
            let property = |value| Property {
                key: origin.clone(),
                whole: origin.clone(),
                value: plain(Some(value), source),
            };
            ValueKind::Object(Object(
                fields.iter().map(|(key, value)| (key.clone(), property(value))).collect(),
            ))
        }
    };
    Value::new(kind, origin)
}
