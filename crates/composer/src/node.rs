//! The nodes of a composition, whatever they are.

use std::{mem, sync::Arc};

use crate::{
    composition::{Composition, MenuEntry, MenuNode, ModuleNode, Owned, RouteNode},
    manifest::{Extension, ExtensionPoint, Leaf, Named, Permission, Provider},
};

/// A node of a composition.
#[derive(Clone, Copy)]
pub(crate) enum Node<'c> {
    Module(&'c Arc<ModuleNode>),
    /// A group or an item, and how deep in the menu it is.
    Menu(&'c Arc<MenuEntry>, usize),
    Route(&'c Arc<RouteNode>),
    ExtensionPoint(&'c Arc<Owned<ExtensionPoint>>),
    Extension(&'c Arc<Owned<Extension>>),
    Service(&'c Arc<Owned<(Named, Leaf)>>),
    Provider(&'c Arc<Owned<Provider>>),
    Permission(&'c Arc<Owned<Permission>>),
    Setting(&'c Arc<Owned<(Named, Leaf)>>),
}

impl<'c> Node<'c> {
    /// Every node of a composition, list by list, in the composition's order.
    pub(crate) fn all(composition: &'c Composition) -> Vec<Self> {
        let mut nodes = Vec::with_capacity(composition.included * 16);
        add_menu(&composition.menu, 0, &mut nodes);
        nodes.extend(composition.modules.iter().map(Self::Module));
        nodes.extend(composition.routes.iter().map(Self::Route));
        nodes.extend(composition.extension_points.iter().map(Self::ExtensionPoint));
        nodes.extend(composition.extensions.iter().flat_map(|(_, all)| all).map(Self::Extension));
        nodes.extend(composition.services.iter().map(Self::Service));
        nodes.extend(composition.providers.iter().map(Self::Provider));
        nodes.extend(composition.permissions.iter().map(Self::Permission));
        nodes.extend(composition.settings.iter().map(Self::Setting));
        nodes
    }

    /// The plugin that declares it; none for a group of the menu.
    pub(crate) fn owner(self) -> Option<&'c str> {
        match self {
            Self::Module(node) => Some(&node.plugin),
            Self::Menu(node, _) => node.plugin.as_deref(),
            Self::Route(node) => Some(&node.plugin),
            Self::ExtensionPoint(node) => Some(&node.plugin),
            Self::Extension(node) => Some(&node.plugin),
            Self::Service(node) | Self::Setting(node) => Some(&node.plugin),
            Self::Provider(node) => Some(&node.plugin),
            Self::Permission(node) => Some(&node.plugin),
        }
    }

    /// Whether it is the same node.
    pub(crate) fn is(self, other: Node) -> bool {
        self.address() == other.address()
    }

    /// Whether another may stand for it in lists of places: in what the host module exports, which refers to what is said
    /// elsewhere. A group of the menu is said there.
    pub(crate) fn stands_for(self, other: Node) -> bool {
        match (self, other) {
            (Self::Menu(one, depth), Node::Menu(other, other_depth)) => {
                let same = || match one.plugin {
                    Some(_) => (&one.plugin, one.index) == (&other.plugin, other.index),
                    None => one.says_the_same(other),
                };
                depth == other_depth && (Arc::ptr_eq(one, other) || same())
            }
            _ if self.is(other) => true,
            (Self::Extension(one), Node::Extension(other)) => {
                (&one.plugin, &one.item.point.name) == (&other.plugin, &other.item.point.name)
            }
            (Self::Setting(one), Node::Setting(other)) => {
                let ((name, schema), (other_name, other_schema)) = (&one.item, &other.item);
                (&one.plugin, &name.name, &schema.path)
                    == (&other.plugin, &other_name.name, &other_schema.path)
            }
            _ => mem::discriminant(&self) == mem::discriminant(&other) && self.owner() == other.owner(),
        }
    }

    fn address(self) -> *const () {
        match self {
            Self::Module(node) => Arc::as_ptr(node).cast(),
            Self::Menu(node, _) => Arc::as_ptr(node).cast(),
            Self::Route(node) => Arc::as_ptr(node).cast(),
            Self::ExtensionPoint(node) => Arc::as_ptr(node).cast(),
            Self::Extension(node) => Arc::as_ptr(node).cast(),
            Self::Service(node) | Self::Setting(node) => Arc::as_ptr(node).cast(),
            Self::Provider(node) => Arc::as_ptr(node).cast(),
            Self::Permission(node) => Arc::as_ptr(node).cast(),
        }
    }
}

fn add_menu<'c>(menu: &'c [MenuNode], depth: usize, nodes: &mut Vec<Node<'c>>) {
    for MenuNode { entry, children } in menu {
        nodes.push(Node::Menu(entry, depth));
        add_menu(children, depth + 1, nodes);
    }
}
