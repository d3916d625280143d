//! Routes, with their owners; two of one shape are a conflict.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use crate::{
    compose::conflict::{Claim, Settlement, condition},
    messages::conflicts::ROUTE,
    node::{RouteNode, route::join},
    plugin::Plugin,
};

/// The routes of all plugins in their order, without those that lose a conflict.
pub(super) fn routes(plugins: &[Arc<Plugin>], base: &str, settled: &mut Settlement) -> Vec<Arc<RouteNode>> {
    let nodes = || plugins.iter().flat_map(|plugin| &plugin.contribution.routes);
    let mut visits = Vec::new();
    nodes().for_each(|node| visit(node, None, &mut visits));
    let claiming: Vec<usize> = (0..visits.len()).filter(|&at| visits[at].route.claims_its_path()).collect();
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
