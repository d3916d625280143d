//! Routes, with their owners; two of one shape are a conflict.
//!
//! Paths mean what React Router means by them: `:id` is a parameter, `?` makes a segment optional, `*` is the rest,
//! letters match in either case, and slashes at the end do not matter.

use std::collections::BTreeSet;

use crate::{
    compose::conflict::{Claim, Settlement},
    composition::RouteNode,
    manifest::Route,
    messages::conflicts::ROUTE,
    plugin::Plugin,
};

/// More optional segments than this in one path are taken as they stand: each doubles the number of shapes.
const MOST_OPTIONAL: usize = 6;

/// The routes of all plugins in their order, without those that lose a conflict.
pub(super) fn routes(plugins: &[Plugin], base: &str, settled: &mut Settlement) -> Vec<RouteNode> {
    let nodes: Vec<RouteNode> = plugins
        .iter()
        .flat_map(|plugin| plugin.manifest.routes.iter().map(|route| node(&plugin.name.name, route, base)))
        .collect();
    let mut walk = Walk::default();
    for node in &nodes {
        walk.visit(node, "");
    }
    let holds = settled.settle(ROUTE, &walk.claims);
    let lost: BTreeSet<usize> =
        walk.owners.iter().zip(holds).filter(|(_, holds)| !holds).map(|(&owner, _)| owner).collect();
    prune(nodes, &lost, &mut 0)
}

fn node(plugin: &str, route: &Route, base: &str) -> RouteNode {
    let path = route.path.as_deref().map(|path| join(base, path));
    let inner = if path.is_some() { "" } else { base };
    RouteNode {
        plugin: plugin.to_string(),
        path,
        index: route.index,
        origin: route.origin.clone(),
        component: route.component.clone(),
        label: route.label.clone(),
        when: route.when.clone(),
        children: route.children.iter().map(|child| node(plugin, child, inner)).collect(),
    }
}

/// A path below the base; without a base it stays as written.
pub(super) fn join(base: &str, path: &str) -> String {
    let base = base.trim_matches('/');
    if base.is_empty() { path.to_string() } else { format!("/{base}/{}", path.trim_start_matches('/')) }
}

/// Collects what each route claims. Routes are counted as they are visited, so that a claim finds its route again.
#[derive(Default)]
struct Walk<'a> {
    claims: Vec<Claim<'a>>,
    owners: Vec<usize>,
    count: usize,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, route: &'a RouteNode, parent: &str) {
        let number = self.count;
        self.count += 1;
        let full = match &route.path {
            Some(path) if path.starts_with('/') => path.clone(),
            Some(path) => format!("{}/{path}", parent.trim_end_matches('/')),
            None => parent.to_string(),
        };
        if claims_its_path(route) {
            for shape in shapes(&full) {
                let id = if full.is_empty() { "/".to_string() } else { full.clone() };
                let when = route.when.as_ref();
                self.claims.push(Claim {
                    key: shape,
                    id,
                    plugin: &route.plugin,
                    origin: &route.origin,
                    when,
                });
                self.owners.push(number);
            }
        }
        for child in &route.children {
            self.visit(child, &full);
        }
    }
}

/// A layout claims nothing, and a route whose index is declared leaves its path to the index.
fn claims_its_path(route: &RouteNode) -> bool {
    (route.index || route.path.is_some()) && !has_index(&route.children)
}

fn has_index(children: &[RouteNode]) -> bool {
    children.iter().any(|child| child.index || (child.path.is_none() && has_index(&child.children)))
}

fn prune(nodes: Vec<RouteNode>, lost: &BTreeSet<usize>, count: &mut usize) -> Vec<RouteNode> {
    let mut kept = Vec::new();
    for mut node in nodes {
        let number = *count;
        *count += 1;
        node.children = prune(node.children, lost, count);
        if !lost.contains(&number) {
            kept.push(node);
        }
    }
    kept
}

/// The shapes that a path matches, one for each way to leave out its optional segments.
fn shapes(path: &str) -> Vec<String> {
    let optional = path.split('/').filter(|segment| segment.ends_with('?')).count();
    let mut shapes = vec![String::new()];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let required = segment.strip_suffix('?').filter(|_| optional <= MOST_OPTIONAL);
        let with = |shape: &String| format!("{shape}/{}", segment_shape(required.unwrap_or(segment)));
        let mut next: Vec<String> = shapes.iter().map(with).collect();
        if required.is_some() {
            next.extend(shapes);
        }
        shapes = next;
    }
    shapes.sort();
    shapes.dedup();
    shapes.iter().map(|shape| if shape.is_empty() { "/".to_string() } else { shape.clone() }).collect()
}

fn segment_shape(segment: &str) -> String {
    match segment.strip_prefix(':') {
        Some(name) if name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') => ":".to_string(),
        _ => segment.to_lowercase(),
    }
}

/// Whether some route of the tree matches a concrete path.
pub(super) fn any_matches(routes: &[RouteNode], parent: &str, path: &str) -> bool {
    routes.iter().any(|route| {
        let full = match &route.path {
            Some(own) if own.starts_with('/') => own.clone(),
            Some(own) => format!("{}/{own}", parent.trim_end_matches('/')),
            None => parent.to_string(),
        };
        shapes(&full).iter().any(|shape| matches(shape, path)) || any_matches(&route.children, &full, path)
    })
}

fn matches(shape: &str, path: &str) -> bool {
    let mut given = path.split('/').filter(|segment| !segment.is_empty());
    for wanted in shape.split('/').filter(|segment| !segment.is_empty()) {
        if wanted == "*" {
            return true;
        }
        match given.next() {
            Some(segment) if wanted == ":" || wanted == segment.to_lowercase() => {}
            _ => return false,
        }
    }
    given.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_case_and_trailing_slashes_do_not_tell_paths_apart() {
        assert_eq!(shapes("/a/:id"), shapes("/A/:slug/"));
        assert_ne!(shapes("/a/:id"), shapes("/a/id"));
        assert_ne!(shapes("/a/*"), shapes("/a"));
    }

    #[test]
    fn an_optional_segment_matches_with_and_without() {
        assert_eq!(shapes("/:lang?/about"), ["/:/about", "/about"]);
    }

    #[test]
    fn a_path_of_many_optional_segments_stays_bounded() {
        assert_eq!(shapes(&"/a?".repeat(50)).len(), 1);
    }

    #[test]
    fn a_concrete_path_finds_its_route() {
        assert!(matches("/wms/stock/:", "/wms/Stock/42"));
        assert!(matches("/files/*", "/files/a/b"));
        assert!(!matches("/wms", "/wms/stock"));
    }
}
