//! `Manifest → Contribution`: what a plugin has in a composition for as long as neither others nor the shell change it.
//! A composition holds the same nodes, and copies one only to change it: what is the same node says the same.

use std::{slice, sync::Arc};

use crate::{
    compose::{menu, modules, routes},
    composition::{Composition, MenuEntry, MenuNode, ModuleNode, Owned, RouteNode},
    manifest::{Extension, ExtensionPoint, Leaf, Manifest, Named, Permission, Provider},
    maps::HashMap,
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
            modules: shared(&manifest.modules, |module| modules::node(plugin, module)),
            menu: menu.map(|(index, item)| Arc::new(menu::entry(plugin, index, item))).collect(),
            routes: shared(&manifest.routes, |route| routes::node(plugin, route, base, "", true)),
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

/// What of a composition is whose: for every plugin that takes part, all that is its own, in the order of the composition;
/// menu items in its own order.
pub(crate) fn by_plugin(composition: &Composition) -> Vec<Contribution> {
    let mut shares = Shares {
        position: composition.positions(),
        all: vec![Contribution::default(); composition.included],
    };
    shares.add(&composition.modules, |node| &node.plugin, |share| &mut share.modules);
    shares.add(&composition.routes, |node| &node.plugin, |share| &mut share.routes);
    shares.add(&composition.extension_points, |node| &node.plugin, |share| &mut share.extension_points);
    for (_, extensions) in &composition.extensions {
        shares.add(extensions, |node| &node.plugin, |share| &mut share.extensions);
    }
    shares.add(&composition.services, |node| &node.plugin, |share| &mut share.services);
    shares.add(&composition.providers, |node| &node.plugin, |share| &mut share.providers);
    shares.add(&composition.permissions, |node| &node.plugin, |share| &mut share.permissions);
    shares.add(&composition.settings, |node| &node.plugin, |share| &mut share.settings);
    shares.add_menu(&composition.menu);
    for share in &mut shares.all {
        share.menu.sort_by_key(|entry| entry.index);
    }
    shares.all
}

/// Nobody owns a group.
fn owner(entry: &MenuEntry) -> &str {
    entry.plugin.as_deref().unwrap_or_default()
}

struct Shares<'a> {
    position: HashMap<&'a str, usize>,
    all: Vec<Contribution>,
}

impl Shares<'_> {
    fn add<T>(
        &mut self,
        nodes: &[Arc<T>],
        owner: fn(&T) -> &str,
        list: fn(&mut Contribution) -> &mut Vec<Arc<T>>,
    ) {
        for node in nodes {
            if let Some(&at) = self.position.get(owner(node)) {
                list(&mut self.all[at]).push(Arc::clone(node));
            }
        }
    }

    fn add_menu(&mut self, nodes: &[MenuNode]) {
        for node in nodes {
            self.add(slice::from_ref(&node.entry), owner, |share| &mut share.menu);
            self.add_menu(&node.children);
        }
    }
}

fn owned<T: Clone>(plugin: &str, items: &[T]) -> Vec<Arc<Owned<T>>> {
    shared(items, |item| Owned { plugin: plugin.to_string(), item: item.clone() })
}

fn shared<T, U>(items: &[T], node: impl Fn(&T) -> U) -> Vec<Arc<U>> {
    items.iter().map(|item| Arc::new(node(item))).collect()
}
