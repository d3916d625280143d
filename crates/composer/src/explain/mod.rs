//! `Build × name → Vec<Explanation>`: where something is declared, why it is in the app or not, what changes it, and which
//! chunk holds it. Whatever has the name is explained: a plugin and its package, a route and a menu item.

mod contributions;
mod fate;
mod menu;
mod packages;
mod plugins;
mod routes;

use std::sync::Arc;

use crate::{
    build::Build, manifest::Leaf, messages::did_you_mean, options::Options, plugin::Plugin, source::Origin,
};

/// What there is to say of one thing of a name.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What it is.
    pub kind: Kind,
    /// Its name as it is declared; of a route, the path as the router has it.
    pub name: String,
    /// Whether it is in the app; none where that is no question, as for a library.
    pub included: Option<bool>,
    /// A clause that says why it is not.
    pub reason: Option<String>,
    /// The plugin that declares it, or is it.
    pub plugin: Option<String>,
    /// Where it is declared.
    pub origin: Option<Origin>,
    /// The chunk that holds its code; none for what is data, and so in the shell's first load, and for what is left out.
    pub chunk: Option<String>,
    /// What else there is to know, in the order in which it is asked for.
    pub facts: Vec<Fact>,
}

/// Something that is true of it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is about, in a word or two: `needed by`.
    pub term: &'static str,
    /// What is said: `finance, shipping`.
    pub text: String,
    /// Where that is written.
    pub origin: Option<Origin>,
}

/// The kinds of things that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plugin.
    Plugin,
    /// A package of the workspace, or one that the shell depends on.
    Package,
    /// A route, by its pattern or a path that it matches.
    Route,
    /// A menu item, by name or label.
    MenuItem,
    /// A menu group, by name or label.
    MenuGroup,
    /// An extension.
    Extension,
    /// An extension point.
    ExtensionPoint,
    /// A service.
    Service,
    /// A setting.
    Setting,
    /// A permission, by resource, or by resource and action: `stock:read`.
    Permission,
}

impl Kind {
    /// As people and JSON name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plugin => "plugin",
            Self::Package => "package",
            Self::Route => "route",
            Self::MenuItem => "menu item",
            Self::MenuGroup => "menu group",
            Self::Extension => "extension",
            Self::ExtensionPoint => "extension point",
            Self::Service => "service",
            Self::Setting => "setting",
            Self::Permission => "permission",
        }
    }
}

/// Everything of a name: `wms`, `@acme/wms`, `/wms/stock/A-1`, `wms.stock`, and `wms#wms.stock` for what one plugin declares.
pub fn explain(build: &Build, options: &Options, name: &str) -> Vec<Explanation> {
    let (owner, name) = match name.split_once('#') {
        Some((plugin, name)) if !plugin.is_empty() && !name.is_empty() => (Some(plugin), name),
        _ => (None, name),
    };
    let question = Question { build, options, name };
    let all = [
        plugins::explain,
        packages::explain,
        routes::explain,
        menu::items,
        menu::groups,
        contributions::extensions,
        contributions::extension_points,
        contributions::services,
        contributions::settings,
        contributions::permissions,
    ];
    let found = all.into_iter().flat_map(|explain| explain(&question));
    found.filter(|found| owner.is_none() || found.plugin.as_deref() == owner).collect()
}

/// What to try where nothing has a name.
pub fn suggest(build: &Build, name: &str) -> Option<String> {
    let plugins = &build.composition.plugins;
    let mut known: Vec<&str> = plugins.iter().map(|plugin| plugin.name.name.as_str()).collect();
    known.extend(build.workspace.packages.iter().filter_map(|package| package.name.as_deref()));
    for plugin in plugins {
        let manifest = &plugin.manifest;
        known.extend(manifest.menu.iter().map(|item| item.name.name.as_str()));
        known.extend(manifest.routes.iter().filter_map(|route| route.path.as_deref()));
        known.extend(manifest.extensions.iter().map(|extension| extension.id.name.as_str()));
        known.extend(manifest.extension_points.iter().map(|point| point.id.name.as_str()));
        let tables = manifest.services.iter().chain(&manifest.settings);
        known.extend(tables.map(|(name, _)| name.name.as_str()));
        known.extend(manifest.permissions.iter().map(|permission| permission.resource.name.as_str()));
    }
    known.extend(build.composition.modules.iter().map(|module| module.name.as_str()));
    did_you_mean(name, known.into_iter())
}

/// What is asked, and of what.
struct Question<'a> {
    build: &'a Build,
    options: &'a Options,
    name: &'a str,
}

impl<'a> Question<'a> {
    fn plugins(&self) -> &'a [Arc<Plugin>] {
        &self.build.composition.plugins
    }

    /// The chunk of a plugin that takes part: of a component's own module where it has one, else of the plugin's code.
    fn chunk(&self, plugin: &str, component: Option<&Leaf>) -> Option<String> {
        let entries = || self.build.artifacts.entries.iter().filter(|entry| entry.plugin == plugin);
        let file = component.and_then(|leaf| leaf.value.import()?.file.as_deref());
        let page = entries().find(|entry| file.is_some() && entry.page.as_deref() == file);
        page.or_else(|| entries().find(|entry| entry.page.is_none())).map(|entry| entry.chunk.clone())
    }
}

impl Explanation {
    fn new(kind: Kind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_string(),
            included: None,
            reason: None,
            plugin: None,
            origin: None,
            chunk: None,
            facts: Vec::new(),
        }
    }

    /// Adds a fact.
    fn fact(&mut self, term: &'static str, text: impl Into<String>, origin: Option<&Origin>) {
        self.facts.push(Fact { term, text: text.into(), origin: origin.cloned() });
    }

    /// Adds a fact that is a list, if there is anything on it.
    fn list(&mut self, term: &'static str, items: &[String]) {
        if !items.is_empty() {
            self.fact(term, items.join(", "), None);
        }
    }

    /// Adds what a declaration says of itself.
    fn leaf(&mut self, term: &'static str, leaf: Option<&Leaf>) {
        if let Some(leaf) = leaf {
            self.fact(term, leaf.text().unwrap_or("by code"), Some(&leaf.value.origin));
        }
    }

    /// Adds the component, by its file where it is known.
    fn component(&mut self, component: Option<&Leaf>) {
        let Some(leaf) = component else { return };
        let text = leaf.value.import().map_or("written in the configuration".to_string(), |import| {
            let module = import.file.as_deref().unwrap_or(&import.specifier);
            if import.is_default() {
                module.to_string()
            } else {
                format!("{module}, export `{}`", import.export)
            }
        });
        self.fact("component", text, Some(&leaf.value.origin));
    }
}
