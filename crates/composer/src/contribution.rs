//! `Manifest → Contribution`: what a plugin has in a composition for as long as neither others nor the shell change it.
//! A composition holds the same nodes, and copies one only to change it: what is the same node says the same.

use std::sync::Arc;

use crate::{
    manifest::{Extension, ExtensionPoint, Leaf, Manifest, Permission, Provider},
    node::{MenuEntry, ModuleNode, Owned, RouteNode},
    source::Named,
};

/// A plugin's share of a composition.
#[derive(Debug, Clone, Default)]
pub struct Contribution {
    /// Descriptions of menu groups.
    pub modules: Vec<Arc<ModuleNode>>,
    /// Menu items.
    pub menu: Vec<Arc<MenuEntry>>,
    /// Routes, with what is nested in them.
    pub routes: Vec<Arc<RouteNode>>,
    /// Extension points.
    pub extension_points: Vec<Arc<Owned<ExtensionPoint>>>,
    /// Extensions.
    pub extensions: Vec<Arc<Owned<Extension>>>,
    /// Services.
    pub services: Vec<Arc<Owned<(Named, Leaf)>>>,
    /// Providers.
    pub providers: Vec<Arc<Owned<Provider>>>,
    /// Permissions.
    pub permissions: Vec<Arc<Owned<Permission>>>,
    /// Settings.
    pub settings: Vec<Arc<Owned<(Named, Leaf)>>>,
}

impl Contribution {
    /// What the plugin of a name contributes, in the order in which it says so; its routes hang below a base.
    pub fn new(plugin: &str, manifest: &Manifest, base: &str) -> Self {
        let menu = manifest.menu.iter().enumerate();
        Self {
            modules: shared(&manifest.modules, |module| ModuleNode::new(plugin, module)),
            menu: menu.map(|(index, item)| Arc::new(MenuEntry::new(plugin, index, item))).collect(),
            routes: shared(&manifest.routes, |route| RouteNode::new(plugin, route, base, "", true)),
            extension_points: owned(plugin, &manifest.extension_points),
            extensions: owned(plugin, &manifest.extensions),
            services: owned(plugin, &manifest.services),
            providers: owned(plugin, &manifest.providers),
            permissions: owned(plugin, &manifest.permissions),
            settings: owned(plugin, &manifest.settings),
        }
    }

    /// Whether another holds the same nodes, or such as say the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        alike(&self.modules, &other.modules, ModuleNode::says_the_same)
            && alike(&self.menu, &other.menu, MenuEntry::says_the_same)
            && same(&self.routes, &other.routes)
            && same(&self.extension_points, &other.extension_points)
            && same(&self.extensions, &other.extensions)
            && same(&self.services, &other.services)
            && same(&self.providers, &other.providers)
            && same(&self.permissions, &other.permissions)
            && same(&self.settings, &other.settings)
    }
}

fn same<T>(one: &[Arc<T>], other: &[Arc<T>]) -> bool {
    alike(one, other, |_, _| false)
}

fn alike<T>(one: &[Arc<T>], other: &[Arc<T>], says_the_same: impl Fn(&T, &T) -> bool) -> bool {
    let is = |(a, b): (&Arc<T>, &Arc<T>)| Arc::ptr_eq(a, b) || says_the_same(a, b);
    one.len() == other.len() && one.iter().zip(other).all(is)
}

fn owned<T: Clone>(plugin: &str, items: &[T]) -> Vec<Arc<Owned<T>>> {
    shared(items, |item| Owned { plugin: plugin.to_string(), item: item.clone() })
}

fn shared<T, U>(items: &[T], node: impl Fn(&T) -> U) -> Vec<Arc<U>> {
    items.iter().map(|item| Arc::new(node(item))).collect()
}
