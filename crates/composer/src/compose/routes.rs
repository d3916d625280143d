//! Routes, with their owners; two of one shape are a conflict.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use crate::{
    compose::{
        conflict::{Claim, Settlement, condition},
        shapes::shapes,
    },
    composition::RouteNode,
    manifest::Route,
    messages::conflicts::ROUTE,
    plugin::Plugin,
};

/// The routes of all plugins in their order, without those that lose a conflict.
pub(super) fn routes(plugins: &[Arc<Plugin>], base: &str, settled: &mut Settlement) -> Vec<Arc<RouteNode>> {
    let nodes = || plugins.iter().flat_map(|plugin| &plugin.contribution.routes);
    let mut walk = Walk { base: join(base, ""), claims: Vec::new(), owners: Vec::new(), count: 0 };
    for node in nodes() {
        walk.visit(node, None);
    }
    let holds = settled.settle(ROUTE, &walk.claims);
    let lost: BTreeSet<usize> =
        walk.owners.iter().zip(holds).filter(|(_, holds)| !holds).map(|(&owner, _)| owner).collect();
    let mut count = 0;
    nodes().cloned().filter_map(|node| pruned(node, &lost, &mut count)).collect()
}

/// A plugin's route below the base and below a parent's whole path. What is nested in a path is below the base already,
/// unless it is written from the root on.
pub(crate) fn node(plugin: &str, route: &Route, base: &str, parent: &str, is_top: bool) -> RouteNode {
    let path = route.path.as_deref().map(|path| match path {
        path if is_top || path.starts_with('/') => join(base, path),
        path => path.to_string(),
    });
    let is_top = is_top && path.is_none();
    let full = full_path(parent, path.as_deref());
    let nested = route.children.iter().map(|child| node(plugin, child, base, &full, is_top));
    RouteNode {
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

/// A path below the base; without a base it stays as written.
pub(crate) fn join(base: &str, path: &str) -> String {
    let base = base.trim_matches('/');
    if base.is_empty() { path.to_string() } else { format!("/{base}/{}", path.trim_start_matches('/')) }
}

/// Collects what each route claims. Routes are counted as they are visited, so that a claim finds its route again.
struct Walk<'a> {
    /// `/app/`, or nothing.
    base: String,
    claims: Vec<Claim<'a>>,
    owners: Vec<usize>,
    count: usize,
}

impl<'a> Walk<'a> {
    /// A route exists where all that it is nested in does.
    fn visit(&mut self, route: &'a RouteNode, outer: Option<&Cow<'a, str>>) {
        let number = self.count;
        self.count += 1;
        let own = route.when.as_ref().map(condition);
        let when = match (outer, own) {
            (Some(outer), Some(own)) => Some(Cow::from(format!("{outer} && {own}"))),
            (outer, own) => outer.cloned().or(own.map(Cow::from)),
        };
        if claims_its_path(route) {
            self.claims.push(Claim {
                keys: route.shapes.as_slice().into(),
                id: self.written(&route.full).into(),
                plugin: &route.plugin,
                origin: &route.origin,
                when: when.clone(),
                bare: route.component.is_none(),
            });
            self.owners.push(number);
        }
        for child in &route.children {
            self.visit(child, when.as_ref());
        }
    }

    /// The path as the plugin knows it: without the shell's base.
    fn written<'p>(&self, full: &'p str) -> &'p str {
        let path = full.strip_prefix(self.base.trim_end_matches('/')).unwrap_or(full);
        if path.is_empty() { "/" } else { path }
    }
}

/// The path of a route that is nested in another; empty for a layout at the root.
fn full_path(parent: &str, path: Option<&str>) -> String {
    match path {
        Some(path) if path.starts_with('/') => path.to_string(),
        Some(path) => format!("{}/{path}", parent.trim_end_matches('/')),
        None => parent.to_string(),
    }
}

/// A layout claims nothing, and a route whose index is declared leaves its path to the index.
pub(crate) fn claims_its_path(route: &RouteNode) -> bool {
    (route.index || route.path.is_some()) && !has_index(&route.children)
}

fn has_index(children: &[RouteNode]) -> bool {
    children.iter().any(|child| child.index || (child.path.is_none() && has_index(&child.children)))
}

/// A route without what is lost of it; none if it is lost itself. Routes are counted as they were visited.
fn pruned(mut node: Arc<RouteNode>, lost: &BTreeSet<usize>, count: &mut usize) -> Option<Arc<RouteNode>> {
    let number = *count;
    let end = number + size(&node);
    if lost.range(number + 1..end).next().is_some() {
        *count += 1;
        prune(&mut Arc::make_mut(&mut node).children, lost, count);
    }
    *count = end;
    (!lost.contains(&number)).then_some(node)
}

fn size(node: &RouteNode) -> usize {
    1 + node.children.iter().map(size).sum::<usize>()
}

fn prune(nodes: &mut Vec<RouteNode>, lost: &BTreeSet<usize>, count: &mut usize) {
    nodes.retain_mut(|node| {
        let number = *count;
        *count += 1;
        prune(&mut node.children, lost, count);
        !lost.contains(&number)
    });
}
