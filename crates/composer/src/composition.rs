//! The data in the middle: everything before makes a [`Composition`], everything after prints it.

use std::sync::Arc;

use crate::{
    manifest::{Leaf, Named, Permission},
    maps::HashMap,
    plugin::Plugin,
    source::Origin,
};

/// One app, composed. Every node knows the plugin that declared it, and where.
#[derive(Debug, Clone, Default)]
pub struct Composition {
    /// Every plugin: those that take part in their order, then the others by name.
    pub plugins: Vec<Arc<Plugin>>,
    /// How many of them take part.
    pub included: usize,
    /// Menu groups as they are described, by name.
    pub modules: Vec<Arc<ModuleNode>>,
    /// The merged menu: groups, and items without one.
    pub menu: Vec<MenuNode>,
    /// Routes, by plugin in its order.
    pub routes: Vec<Arc<RouteNode>>,
    /// Extension points, by id.
    pub extension_points: Vec<Arc<Owned<crate::manifest::ExtensionPoint>>>,
    /// Extensions by point, each point's in their order.
    pub extensions: Vec<(String, Vec<Arc<Owned<crate::manifest::Extension>>>)>,
    /// Services, by name.
    pub services: Vec<Arc<Owned<(Named, Leaf)>>>,
    /// Providers, the outermost first.
    pub providers: Vec<Arc<Owned<crate::manifest::Provider>>>,
    /// Permissions, by resource.
    pub permissions: Vec<Arc<Owned<Permission>>>,
    /// Settings, by name.
    pub settings: Vec<Arc<Owned<(Named, Leaf)>>>,
}

/// A declaration, and the plugin it is from.
#[derive(Debug, Clone)]
pub struct Owned<T> {
    /// The plugin's name.
    pub plugin: String,
    /// What it declares.
    pub item: T,
}

/// A menu group, as the first plugin that says something of it describes it, and as the shell changes that.
#[derive(Debug, Clone)]
pub struct ModuleNode {
    /// `inventory`
    pub name: String,
    /// What people read.
    pub label: Option<Text>,
    /// An icon's name or component.
    pub icon: Option<Text>,
    /// Its position among groups.
    pub order: Option<f64>,
    /// The sibling that it stands before.
    pub before: Option<Named>,
    /// The sibling that it stands after.
    pub after: Option<Named>,
    /// Who described it first.
    pub plugin: String,
    /// Where.
    pub origin: Origin,
}

/// A group or an item of the menu, and what is nested in it.
#[derive(Debug, Clone)]
pub struct MenuNode {
    /// The group or the item itself.
    pub entry: Arc<MenuEntry>,
    /// What is nested in it.
    pub children: Vec<MenuNode>,
}

/// A group or an item of the menu by itself.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// The item's name, or the group's.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// An icon's name or component.
    pub icon: Option<Text>,
    /// Its position among siblings.
    pub order: Option<f64>,
    /// Where it leads.
    pub route: Option<String>,
    /// When it shows.
    pub when: Option<Arc<Leaf>>,
    /// Who declared it: none for a group.
    pub plugin: Option<String>,
    /// Where it asks to stand. A group has no place but among the others.
    pub place: Place,
    /// Its position in its plugin's own list; zero for a group.
    pub index: usize,
    /// Where.
    pub origin: Option<Origin>,
}

/// Where a menu item asks to stand, after the shell had its last word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The group, as it is written.
    pub module: Option<String>,
    /// The item that it is nested in.
    pub parent: Option<String>,
    /// The sibling that it stands before.
    pub before: Option<String>,
    /// The sibling that it stands after; none where there is one before.
    pub after: Option<String>,
}

/// A text for people: the shell's own or a plugin's.
#[derive(Debug, Clone)]
pub enum Text {
    /// As the shell's options or a name give it.
    Plain(String),
    /// As a plugin's configuration gives it.
    Declared(Arc<Owned<Leaf>>),
}

/// A route with its owner.
#[derive(Debug, Clone)]
pub struct RouteNode {
    /// The plugin.
    pub plugin: String,
    /// As the router takes it: the base is in front of a top-level path.
    pub path: Option<String>,
    /// The whole path, with those that it is nested in; empty for a layout at the root.
    pub full: String,
    /// The shapes of the paths that it matches, sorted: two routes of one shape are a conflict.
    pub shapes: Vec<String>,
    /// Whether it is an index route.
    pub index: bool,
    /// Where it is declared.
    pub origin: Origin,
    /// What it renders.
    pub component: Option<Leaf>,
    /// A label for breadcrumbs.
    pub label: Option<Leaf>,
    /// When it exists.
    pub when: Option<Leaf>,
    /// Nested routes.
    pub children: Vec<RouteNode>,
}

impl Composition {
    /// The plugins that take part, in their order.
    pub fn included(&self) -> &[Arc<Plugin>] {
        &self.plugins[..self.included]
    }

    /// Where each plugin that takes part is among them, by name.
    pub(crate) fn positions(&self) -> HashMap<&str, usize> {
        self.included().iter().enumerate().map(|(at, plugin)| (plugin.name.name.as_str(), at)).collect()
    }
}

impl ModuleNode {
    /// Whether another says the same, wherever it stands.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.clone());
        self.name == other.name
            && Text::are_the_same(self.label.as_ref(), other.label.as_ref())
            && Text::are_the_same(self.icon.as_ref(), other.icon.as_ref())
            && self.order.map(f64::to_bits) == other.order.map(f64::to_bits)
            && name(&self.before) == name(&other.before)
            && name(&self.after) == name(&other.after)
            && self.plugin == other.plugin
    }
}

impl MenuEntry {
    /// Whether another says the same, wherever it stands.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let when = |entry: &Self| entry.when.as_ref().map(Arc::as_ptr);
        self.name == other.name
            && Text::are_the_same(Some(&self.label), Some(&other.label))
            && Text::are_the_same(self.icon.as_ref(), other.icon.as_ref())
            && self.order.map(f64::to_bits) == other.order.map(f64::to_bits)
            && self.route == other.route
            && when(self) == when(other)
            && (&self.plugin, &self.place, self.index) == (&other.plugin, &other.place, other.index)
    }
}

impl Text {
    /// Whether two are the same text of the same plugin, or both absent.
    fn are_the_same(one: Option<&Self>, other: Option<&Self>) -> bool {
        match (one, other) {
            (Some(Self::Plain(one)), Some(Self::Plain(other))) => one == other,
            (Some(Self::Declared(one)), Some(Self::Declared(other))) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }

    /// The text as far as it is known; empty if only code knows it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Declared(owned) => owned.item.text().unwrap_or_default(),
        }
    }
}
