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
    let mut visits = Vec::new();
    nodes().for_each(|node| visit(node, None, &mut visits));
    let claiming: Vec<usize> = (0..visits.len()).filter(|&at| claims_its_path(visits[at].route)).collect();
    let shapes = |(claim, &at): (usize, &usize)| {
        visits[at].route.shapes.iter().map(move |shape: &String| (claim, shape.as_str()))
    };
    let keys: Vec<(usize, &str)> = claiming.iter().enumerate().flat_map(shapes).collect();
    let base = join(base, "");
    let holds = settled.settle(ROUTE, &keys, &|claim| self::claim(&visits, claiming[claim], &base));
    let lost: BTreeSet<usize> =
        claiming.into_iter().zip(holds).filter(|(_, holds)| !holds).map(|(at, _)| at).collect();
    if lost.is_empty() {
        return nodes().cloned().collect();
    }
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

/// A route on the way through all of them, and the number of the one that it is nested in.
struct Visit<'a> {
    route: &'a RouteNode,
    outer: Option<usize>,
}

/// Counts a route and those that are nested in it, so that whatever is said of one finds it again.
fn visit<'a>(route: &'a RouteNode, outer: Option<usize>, visits: &mut Vec<Visit<'a>>) {
    let number = visits.len();
    visits.push(Visit { route, outer });
    route.children.iter().for_each(|child| visit(child, Some(number), visits));
}

/// What a route claims below the base: `/app/`, or nothing.
fn claim<'a>(visits: &[Visit<'a>], number: usize, base: &str) -> Claim<'a> {
    let route = visits[number].route;
    Claim {
        id: written(&route.full, base).into(),
        plugin: &route.plugin,
        origin: &route.origin,
        when: when(visits, number),
        bare: route.component.is_none(),
    }
}

/// A route exists where all that it is nested in does.
fn when<'a>(visits: &[Visit<'a>], number: usize) -> Option<Cow<'a, str>> {
    let Visit { route, outer } = visits[number];
    let outer = outer.and_then(|outer| when(visits, outer));
    let own = route.when.as_ref().map(condition);
    match (outer, own) {
        (Some(outer), Some(own)) => Some(format!("{outer} && {own}").into()),
        (outer, own) => outer.or(own),
    }
}

/// The path as the plugin knows it: without the shell's base.
fn written<'p>(full: &'p str, base: &str) -> &'p str {
    let path = full.strip_prefix(base.trim_end_matches('/')).unwrap_or(full);
    if path.is_empty() { "/" } else { path }
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
