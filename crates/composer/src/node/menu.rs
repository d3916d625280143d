//! Groups and items of the menu.

use std::sync::Arc;

use crate::{
    manifest::{Leaf, MenuItem, ModuleDescription},
    node::Text,
    source::{Named, Origin},
};

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

/// The name of the group that a module's name stands for: `Human Resources` → `human-resources`
pub(crate) fn group_name(module: &str) -> String {
    module.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

impl ModuleNode {
    /// How a plugin describes a group.
    pub(crate) fn new(plugin: &str, module: &ModuleDescription) -> Self {
        let name = group_name(&module.name.name);
        let written = (module.name.name != name).then(|| Text::Plain(module.name.name.clone()));
        Self {
            name,
            label: module.label.as_ref().map(|label| Text::declared(plugin, label)).or(written),
            icon: module.icon.as_ref().map(|icon| Text::declared(plugin, icon)),
            order: module.order,
            before: module.before.clone(),
            after: module.after.clone(),
            plugin: plugin.to_string(),
            origin: module.name.origin.clone(),
        }
    }

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
    /// A plugin's item; `index` is its place in the plugin's list.
    pub(crate) fn new(plugin: &str, index: usize, item: &MenuItem) -> Self {
        let label = item.label.as_ref();
        Self {
            name: item.name.name.clone(),
            label: label
                .map_or_else(|| Text::Plain(item.name.name.clone()), |label| Text::declared(plugin, label)),
            icon: item.icon.as_ref().map(|icon| Text::declared(plugin, icon)),
            order: item.order,
            route: item.route.clone(),
            when: item.when.clone().map(Arc::new),
            plugin: Some(plugin.to_string()),
            place: Place::new(item),
            index,
            origin: Some(item.name.origin.clone()),
        }
    }

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

impl Place {
    /// Where an item asks to stand by itself: before a sibling, if it names two.
    fn new(item: &MenuItem) -> Self {
        let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.clone());
        let (before, after) = (name(&item.before), name(&item.after));
        let after = after.filter(|_| before.is_none());
        Self { module: name(&item.module), parent: name(&item.parent), before, after }
    }

    /// The place of these [names](Self::names).
    pub(crate) fn named(names: [Option<&str>; 4]) -> Self {
        let [module, parent, before, after] = names.map(|name| name.map(str::to_string));
        Self { module, parent, before, after }
    }

    /// The group, the parent, the sibling before which it stands, and the one after which.
    pub(crate) fn names(&self) -> [Option<&str>; 4] {
        [&self.module, &self.parent, &self.before, &self.after].map(Option::as_deref)
    }
}
