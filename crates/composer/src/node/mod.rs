//! What a composition is made of: all that plugins declare, each node with its owner and its place.

mod menu;
pub(crate) mod route;
pub(crate) mod shape;

use std::{mem, sync::Arc};

pub(crate) use menu::group_name;
pub use menu::{MenuEntry, MenuNode, ModuleNode, Place};
pub use route::RouteNode;

use crate::{
    manifest::{Extension, ExtensionPoint, Leaf, Permission, Provider},
    source::Named,
};

/// A declaration, and the plugin it is from.
#[derive(Debug, Clone)]
pub struct Owned<T> {
    /// The plugin's name.
    pub plugin: String,
    /// What it declares.
    pub item: T,
}

/// A text for people: the shell's own or a plugin's.
#[derive(Debug, Clone)]
pub enum Text {
    /// As the shell's options or a name give it.
    Plain(String),
    /// As a plugin's configuration gives it.
    Declared(Arc<Owned<Leaf>>),
}

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

impl Text {
    /// A text as a plugin's configuration gives it.
    fn declared(plugin: &str, leaf: &Leaf) -> Self {
        Self::Declared(Arc::new(Owned { plugin: plugin.to_string(), item: leaf.clone() }))
    }

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
