//! `Value → Manifest`: what a plugin contributes, typed.

mod components;
mod condition;
mod fields;
mod nested_paths;
mod read;

use std::fmt;

pub use components::{locate_components, named_modules};
pub use read::read;

use crate::{
    source::{Named, Origin},
    value::{Value, ValueKind},
};

/// What one plugin contributes.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The plugin's own name, if it gives one.
    pub name: Option<Named>,
    /// What people call it.
    pub label: Option<Leaf>,
    /// A sentence about it.
    pub description: Option<Leaf>,
    /// An icon: a name or a component.
    pub icon: Option<Leaf>,
    /// Plugins that it needs.
    pub dependencies: Vec<Dependency>,
    /// Plugins that it uses when they are there.
    pub optional_dependencies: Vec<Dependency>,
    /// Descriptions of menu groups.
    pub modules: Vec<ModuleDescription>,
    /// Menu items.
    pub menu: Vec<MenuItem>,
    /// Routes.
    pub routes: Vec<Route>,
    /// Places that others may fill.
    pub extension_points: Vec<ExtensionPoint>,
    /// What it puts in the places of others.
    pub extensions: Vec<Extension>,
    /// Services by name: factories.
    pub services: Vec<(Named, Leaf)>,
    /// Components that wrap the app.
    pub providers: Vec<Provider>,
    /// Permissions that it asks about.
    pub permissions: Vec<Permission>,
    /// Settings by key: their schema.
    pub settings: Vec<(Named, Leaf)>,
    /// Declarations of other plugins that it replaces: `wms#/wms/stock`.
    pub overrides: Vec<Named>,
    /// When its code is loaded.
    pub activation: Activation,
    /// The lifecycle functions that it has: `initialize`, `activate`…
    pub lifecycle: Vec<&'static str>,
}

/// A value of the configuration, and where the running configuration has it.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The place in the configuration.
    pub path: ConfigPath,
    /// What is there.
    pub value: Value,
}

/// The way from a configuration to a value in it, as JavaScript writes it: `routes[0].component`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ConfigPath(String);

/// `dependencies: { personnel: '^1.2.0' }`
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The other plugin.
    pub name: String,
    /// The versions that fit, as npm writes ranges.
    pub range: String,
    /// The entry.
    pub origin: Origin,
}

/// A menu group's description.
#[derive(Debug, Clone)]
pub struct ModuleDescription {
    /// The group.
    pub name: Named,
    /// Its label.
    pub label: Option<Leaf>,
    /// Its icon.
    pub icon: Option<Leaf>,
    /// Its position among groups.
    pub order: Option<f64>,
    /// The group that it stands before.
    pub before: Option<Named>,
    /// The group that it stands after.
    pub after: Option<Named>,
}

/// A menu item.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Unique among all plugins.
    pub name: Named,
    /// Its label.
    pub label: Option<Leaf>,
    /// Its icon.
    pub icon: Option<Leaf>,
    /// Where it leads.
    pub route: Option<String>,
    /// The group that it is in.
    pub module: Option<Named>,
    /// The item that it is nested in.
    pub parent: Option<Named>,
    /// Its position among siblings.
    pub order: Option<f64>,
    /// The sibling that it stands before.
    pub before: Option<Named>,
    /// The sibling that it stands after.
    pub after: Option<Named>,
    /// When it shows.
    pub when: Option<Leaf>,
}

/// A route and what is nested in it.
#[derive(Debug, Clone)]
pub struct Route {
    /// The path as written; none for a layout or an index route.
    pub path: Option<String>,
    /// Whether it is what its parent shows at the parent's own path.
    pub index: bool,
    /// The declaration to show.
    pub origin: Origin,
    /// What it renders.
    pub component: Option<Leaf>,
    /// A label for breadcrumbs.
    pub label: Option<Leaf>,
    /// When it exists.
    pub when: Option<Leaf>,
    /// Nested routes.
    pub children: Vec<Route>,
}

/// A place that others may fill.
#[derive(Debug, Clone)]
pub struct ExtensionPoint {
    /// Unique among all plugins.
    pub id: Named,
    /// What it is for.
    pub description: Option<Leaf>,
}

/// Something in a place of another's.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Unique among all plugins.
    pub id: Named,
    /// The extension point.
    pub point: Named,
    /// What it renders.
    pub component: Leaf,
    /// Its position: the lighter, the earlier; zero if not given.
    pub weight: f64,
    /// When it shows.
    pub when: Option<Leaf>,
}

/// A component around the whole app.
#[derive(Debug, Clone)]
pub struct Provider {
    /// The component.
    pub component: Leaf,
    /// Its position: the lower, the further outside.
    pub order: Option<f64>,
}

/// Actions on a resource that a user may be allowed.
#[derive(Debug, Clone)]
pub struct Permission {
    /// The resource.
    pub resource: Named,
    /// The actions, each with its place.
    pub actions: Vec<Named>,
    /// A label for people who grant it.
    pub label: Option<Leaf>,
    /// A sentence for them.
    pub description: Option<Leaf>,
}

/// When a plugin's code is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Activation {
    /// When one of its routes, extensions or services is first used.
    #[default]
    Use,
    /// When the app starts.
    Startup,
}

impl Leaf {
    /// The text of a label: itself, or the key of its message.
    pub fn text(&self) -> Option<&str> {
        match &self.value.kind {
            ValueKind::Object(object) => object.text("$message"),
            _ => self.value.text(),
        }
    }
}

impl ConfigPath {
    /// The value of a key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        if !is_identifier(key) {
            return Self(format!("{}[{}]", self.0, serde_json::Value::from(key)));
        }
        let mut path = self.with_room(1 + key.len());
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
        Self(path)
    }

    /// The value of an index.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let digits = index.to_string();
        let mut path = self.with_room(2 + digits.len());
        path.push('[');
        path.push_str(&digits);
        path.push(']');
        Self(path)
    }

    /// The same text, with room for so many bytes more.
    fn with_room(&self, more: usize) -> String {
        let mut path = String::with_capacity(self.0.len() + more);
        path.push_str(&self.0);
        path
    }

    /// As JavaScript writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConfigPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a name needs no quotes as a key. ASCII only, which every tool agrees about.
pub fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}
