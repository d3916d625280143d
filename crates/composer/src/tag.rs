//! `Workspace → Vec<PluginPackage>`: which packages are plugins, and where their configurations are.

use std::{path::Path, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, is_file, respelled},
    evaluate,
    messages::{in_other_letters, plugin as messages},
    name::fits,
    path::relative,
    source::{Origin, Source},
    value::{Object, Property, Value, ValueKind},
    workspace::{Package, Workspace},
};

/// The files that the source rule looks for.
const CONFIGS: [&str; 14] = [
    "plugin.config.ts",
    "plugin.config.tsx",
    "plugin.config.mts",
    "plugin.config.js",
    "plugin.config.jsx",
    "plugin.config.mjs",
    "plugin.config.json",
    "src/plugin.config.ts",
    "src/plugin.config.tsx",
    "src/plugin.config.mts",
    "src/plugin.config.js",
    "src/plugin.config.jsx",
    "src/plugin.config.mjs",
    "src/plugin.config.json",
];
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
    let (tag, mut plugin) = unread(package, key)?;
    let paths = read_tag(&tag, key, &mut plugin);
    if plugin.enabled && plugin.diagnostics.is_empty() {
        locate(disk, root, &paths, home, &mut plugin);
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
    let (tag, mut plugin) = unread(package, key)?;
    let paths = read_tag(&tag, key, &mut plugin);
    let origin = tag.property("plugin").map_or(plugin.origin, |property| property.whole.clone());
    let candidates = paths.candidates(Home::NodeModules).into_iter().map(String::from).collect();
    let offer = Offer { origin, enabled: plugin.enabled, built: paths.built, candidates };
    plugin.diagnostics.is_empty().then_some(offer)
}

/// The tag of a package, and the plugin that the package is before the tag is read.
fn unread(package: &Package, key: &str) -> Option<(Value, PluginPackage)> {
    let tag = package.tag.as_ref().filter(|tag| !tag.is_null())?;
    // A manifest in YAML or JSON5 has no spans: its tag is read all the same, from the parsed value.
    let (tag, origin) = match evaluate::json_member(&package.manifest, key) {
        Some(found) => (found.value, found.whole),
        None => (plain(tag, &package.manifest), Origin::file(&package.manifest)),
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
    let is_own = |plugin: &&PluginPackage| workspace.at(&plugin.package.dir).is_some() && plugin.enabled;
    let mut diagnostics = Vec::new();
    for plugin in plugins.iter().filter(is_own) {
        for host in plugin.hosts.iter().filter(|host| !names().any(|name| fits(host, name))) {
            diagnostics.push(messages::unknown_host(host, &plugin.origin, names()));
        }
    }
    diagnostics
}

/// The paths that a tag names, relative to the package.
#[derive(Default)]
struct Paths {
    /// `plugin`
    built: Option<String>,
    source: Option<String>,
}

/// Reads a tag into the plugin that it is of.
fn read_tag(tag: &Value, key: &str, plugin: &mut PluginPackage) -> Paths {
    let mut paths = Paths::default();
    match &tag.kind {
        ValueKind::String(path) => {
            paths.built = inside("plugin", path, &tag.origin, &mut plugin.diagnostics);
        }
        ValueKind::Bool(enabled) => plugin.enabled = *enabled,
        ValueKind::Object(fields) => {
            for (field, property) in &fields.0 {
                match (field.as_str(), &property.value.kind) {
                    ("plugin", ValueKind::String(path)) => {
                        paths.built = inside(field, path, &property.whole, &mut plugin.diagnostics);
                    }
                    ("source", ValueKind::String(path)) => {
                        paths.source = inside(field, path, &property.whole, &mut plugin.diagnostics);
                    }
                    ("enabled", ValueKind::Bool(enabled)) => plugin.enabled = *enabled,
                    ("hosts", ValueKind::Array(items)) => {
                        plugin.hosts = hosts(items, &mut plugin.diagnostics);
                    }
                    _ => plugin.diagnostics.push(unfit_field(key, field, &property.key, &property.whole)),
                }
            }
        }
        _ => plugin.diagnostics.push(messages::invalid_tag(key, &plugin.origin, tag.noun())),
    }
    paths
}

fn hosts(items: &[Value], diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut hosts = Vec::new();
    for item in items {
        match item.text() {
            Some(host) => hosts.push(host.to_string()),
            None => diagnostics.push(unfit_hosts(&item.origin)),
        }
    }
    hosts
}

fn unfit_hosts(origin: &Origin) -> Diagnostic {
    messages::invalid_tag_field("hosts", origin, "a list of package names", "[\"@my-company/frontend\"]")
}

fn unfit_field(key: &str, field: &str, name: &Origin, whole: &Origin) -> Diagnostic {
    match field {
        "plugin" | "source" => {
            let example = "\"./plugin.config.ts\"";
            messages::invalid_tag_field(field, whole, "a path relative to the package", example)
        }
        "enabled" => messages::invalid_tag_field(field, whole, "`true` or `false`", "false"),
        "hosts" => unfit_hosts(whole),
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

impl Paths {
    /// The files in which the configuration may be, relative to the package, the best first.
    fn candidates(&self, home: Home) -> Vec<&str> {
        let (built, source) = (self.built.as_deref(), self.source.as_deref());
        match (home, source) {
            (Home::Workspace, Some(source)) => vec![source],
            (Home::Workspace, None) => CONFIGS.into_iter().chain(built).collect(),
            (Home::NodeModules, _) => built.into_iter().chain(source).chain(CONFIGS).collect(),
        }
    }
}

/// Finds the configuration of a plugin, or reports where it was looked for.
fn locate(disk: &dyn Disk, root: &Path, paths: &Paths, home: Home, plugin: &mut PluginPackage) {
    let package = &plugin.package;
    let dir = root.join(&package.dir);
    let candidates = paths.candidates(home);
    if let Some(file) = candidates.iter().find(|file| is_file(disk, root, &dir.join(file))) {
        plugin.config = Some(join(&package.dir, file));
        return;
    }
    let name = package.name.as_deref().unwrap_or(&package.dir);
    let named = paths.source.as_deref().or(paths.built.as_deref());
    let tried: Vec<String> = candidates.iter().map(|file| join(&package.dir, file)).collect();
    let missing = messages::config_not_found(name, &plugin.origin, named, &tried);
    let similar = candidates.iter().find_map(|file| respelled(disk, root, &dir.join(file)));
    let similar = similar.map(|file| relative(root, &file));
    plugin.diagnostics.push(in_other_letters(missing, similar.as_deref()));
}

fn join(dir: &str, file: &str) -> String {
    if dir == "." { file.to_string() } else { format!("{dir}/{file}") }
}

/// A parsed value without spans, as the reader would have it.
fn plain(value: &serde_json::Value, source: &Arc<Source>) -> Value {
    let origin = Origin::file(source);
    let kind = match value {
        serde_json::Value::Null => ValueKind::Null,
        serde_json::Value::Bool(value) => ValueKind::Bool(*value),
        serde_json::Value::Number(value) => ValueKind::Number(value.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(value) => ValueKind::String(value.clone()),
        serde_json::Value::Array(items) => {
            ValueKind::Array(items.iter().map(|item| plain(item, source)).collect())
        }
        serde_json::Value::Object(fields) => {
            let property =
                |value| Property { key: origin.clone(), whole: origin.clone(), value: plain(value, source) };
            let fields = fields.iter().map(|(key, value)| (key.clone(), property(value)));
            ValueKind::Object(Object(fields.collect()))
        }
    };
    Value::new(kind, origin)
}
