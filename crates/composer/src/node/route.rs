//! Routes and their paths.

use crate::{
    manifest::{Leaf, Route},
    node::shape::shapes,
    source::Origin,
};

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

impl RouteNode {
    /// A plugin's route below the base and below a parent's whole path. What is nested in a path is below the base
    /// already, unless it is written from the root on.
    pub(crate) fn new(plugin: &str, route: &Route, base: &str, parent: &str, is_top: bool) -> Self {
        let path = route.path.as_deref().map(|path| match path {
            path if is_top || path.starts_with('/') => join(base, path),
            path => path.to_string(),
        });
        let is_top = is_top && path.is_none();
        let full = full_path(parent, path.as_deref());
        let nested = route.children.iter().map(|child| Self::new(plugin, child, base, &full, is_top));
        Self {
            plugin: plugin.to_string(),
            children: nested.collect(),
            path,
            shapes: shapes(&full),
            full,
            index: route.index,
            origin: route.origin.clone(),
            component: route.component.clone(),
            label: route.label.clone(),
            when: route.when.clone(),
        }
    }

    /// Whether its path is its own: a layout claims nothing, and a route whose index is declared leaves its path to the index.
    pub(crate) fn claims_its_path(&self) -> bool {
        (self.index || self.path.is_some()) && !has_index(&self.children)
    }

    /// Whether it, or one that is nested in it, matches a concrete path: what the shapes of many routes are tested against.
    #[cfg(test)]
    pub(crate) fn leads_to(&self, path: &str) -> bool {
        self.shapes.iter().any(|shape| crate::node::shape::matches(shape, path))
            || self.children.iter().any(|child| child.leads_to(path))
    }
}

/// A path below the base; without a base it stays as written.
pub(crate) fn join(base: &str, path: &str) -> String {
    let base = base.trim_matches('/');
    if base.is_empty() { path.to_string() } else { format!("/{base}/{}", path.trim_start_matches('/')) }
}

/// The path of a route that is nested in another; empty for a layout at the root.
fn full_path(parent: &str, path: Option<&str>) -> String {
    match path {
        Some(path) if path.starts_with('/') => path.to_string(),
        Some(path) => format!("{}/{path}", parent.trim_end_matches('/')),
        None => parent.to_string(),
    }
}

fn has_index(children: &[RouteNode]) -> bool {
    children.iter().any(|child| child.index || (child.path.is_none() && has_index(&child.children)))
}
