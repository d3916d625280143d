//! `Manifest → Contribution`: what a plugin has in a composition for as long as neither others nor the shell change it.
//! A composition holds the same nodes, and copies one only to change it: what is the same node says the same.

use std::sync::Arc;

use crate::{
    compose::{menu, modules, routes},
    composition::{Composition, MenuEntry, ModuleNode, Owned, RouteNode},
    manifest::{Extension, ExtensionPoint, Leaf, Manifest, Named, Permission, Provider},
    maps::{HashMap, HashSet},
    memo::Before,
    node::Node,
    plugin::Plugin,
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

    fn add(&mut self, node: Node) {
        match node {
            Node::Menu(node, _) => self.menu.push(Arc::clone(node)),
            Node::Module(node) => self.modules.push(Arc::clone(node)),
            Node::Route(node) => self.routes.push(Arc::clone(node)),
            Node::ExtensionPoint(node) => self.extension_points.push(Arc::clone(node)),
            Node::Extension(node) => self.extensions.push(Arc::clone(node)),
            Node::Service(node) => self.services.push(Arc::clone(node)),
            Node::Provider(node) => self.providers.push(Arc::clone(node)),
            Node::Permission(node) => self.permissions.push(Arc::clone(node)),
            Node::Setting(node) => self.settings.push(Arc::clone(node)),
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
#[derive(Default)]
pub(crate) struct Shares {
    of: Arc<Composition>,
    all: Vec<(Arc<Plugin>, Arc<Contribution>)>,
}

impl Shares {
    /// The shares in another composition. Whoever has the same nodes in the same places keeps its share.
    pub(crate) fn renew(&mut self, composition: &Arc<Composition>) -> Vec<Arc<Contribution>> {
        let nodes = Node::all(composition);
        let touched = touched(&Node::all(&self.of), &nodes);
        let before = Before::new(&self.all, |(plugin, _)| &plugin.name.name);
        let find = |(place, plugin): (usize, &Arc<Plugin>)| {
            let name = plugin.name.name.as_str();
            let (_, share) = before.find(place, name).filter(|_| !touched.contains(name))?;
            Some(Arc::clone(share))
        };
        let plugins = composition.included();
        let known: Vec<Option<Arc<Contribution>>> = plugins.iter().enumerate().map(find).collect();
        let missing = plugins.iter().zip(&known).filter(|(_, known)| known.is_none());
        let mut new = collected(&nodes, missing.map(|(plugin, _)| plugin.name.name.as_str()));
        let share = |(plugin, known): (&Arc<Plugin>, Option<Arc<Contribution>>)| {
            known.unwrap_or_else(|| {
                let mut share = new.remove(plugin.name.name.as_str()).unwrap_or_default();
                share.menu.sort_by_key(|entry| entry.index);
                Arc::new(share)
            })
        };
        let shares: Vec<Arc<Contribution>> = plugins.iter().zip(known).map(share).collect();
        self.all = plugins.iter().cloned().zip(shares.iter().cloned()).collect();
        self.of = Arc::clone(composition);
        shares
    }
}

/// The owners of all nodes that are not where they were, or are others.
fn touched<'n>(before: &[Node<'n>], after: &[Node<'n>]) -> HashSet<&'n str> {
    let places = 0..before.len().max(after.len());
    let pairs = places.map(|place| (before.get(place), after.get(place)));
    let differ = pairs.filter(|pair| !matches!(pair, (Some(one), Some(other)) if one.is(**other)));
    differ.flat_map(|(one, other)| one.into_iter().chain(other)).filter_map(|node| node.owner()).collect()
}

/// What is whose, for some plugins.
fn collected<'n>(nodes: &[Node], plugins: impl Iterator<Item = &'n str>) -> HashMap<&'n str, Contribution> {
    let mut shares: HashMap<&str, Contribution> =
        plugins.map(|name| (name, Contribution::default())).collect();
    for node in nodes {
        if let Some(share) = node.owner().and_then(|owner| shares.get_mut(owner)) {
            share.add(*node);
        }
    }
    shares
}

fn owned<T: Clone>(plugin: &str, items: &[T]) -> Vec<Arc<Owned<T>>> {
    shared(items, |item| Owned { plugin: plugin.to_string(), item: item.clone() })
}

fn shared<T, U>(items: &[T], node: impl Fn(&T) -> U) -> Vec<Arc<U>> {
    items.iter().map(|item| Arc::new(node(item))).collect()
}
