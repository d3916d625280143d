//! The data in the middle: everything before makes a [`Composition`], everything after prints it.

use std::sync::Arc;

use crate::{
    manifest::{Extension, ExtensionPoint, Leaf, Permission, Provider},
    maps::HashMap,
    node::{MenuNode, ModuleNode, Node, Owned, RouteNode},
    plugin::Plugin,
    source::Named,
};

/// The extension points that every shell has.
pub const STANDARD_POINTS: [&str; 6] =
    ["header.right", "sidebar.top", "sidebar.bottom", "content.before", "content.after", "settings.section"];

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
    pub extension_points: Vec<Arc<Owned<ExtensionPoint>>>,
    /// Extensions by point, each point's in their order.
    pub extensions: Vec<(String, Vec<Arc<Owned<Extension>>>)>,
    /// Services, by name.
    pub services: Vec<Arc<Owned<(Named, Leaf)>>>,
    /// Providers, the outermost first.
    pub providers: Vec<Arc<Owned<Provider>>>,
    /// Permissions, by resource.
    pub permissions: Vec<Arc<Owned<Permission>>>,
    /// Settings, by name.
    pub settings: Vec<Arc<Owned<(Named, Leaf)>>>,
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

    /// Every node, list by list, in their order.
    pub(crate) fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = Vec::with_capacity(self.included * 16);
        add_menu(&self.menu, 0, &mut nodes);
        nodes.extend(self.modules.iter().map(Node::Module));
        nodes.extend(self.routes.iter().map(Node::Route));
        nodes.extend(self.extension_points.iter().map(Node::ExtensionPoint));
        nodes.extend(self.extensions.iter().flat_map(|(_, all)| all).map(Node::Extension));
        nodes.extend(self.services.iter().map(Node::Service));
        nodes.extend(self.providers.iter().map(Node::Provider));
        nodes.extend(self.permissions.iter().map(Node::Permission));
        nodes.extend(self.settings.iter().map(Node::Setting));
        nodes
    }
}

fn add_menu<'c>(menu: &'c [MenuNode], depth: usize, nodes: &mut Vec<Node<'c>>) {
    for MenuNode { entry, children } in menu {
        nodes.push(Node::Menu(entry, depth));
        add_menu(children, depth + 1, nodes);
    }
}
