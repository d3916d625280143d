//! Which route a path leads to, and whose it is.

use std::cmp::Reverse;

use crate::{
    explain::{Explanation, Kind, Question, fate::Declaration, menu},
    node::{
        MenuNode, RouteNode,
        route::join,
        shape::{matches, shapes},
    },
    plugin::Plugin,
};

/// A route as a plugin declares it, with the base in front.
struct Declared<'a> {
    plugin: &'a Plugin,
    node: &'a RouteNode,
    full: &'a str,
    /// The routes that it is nested in, the outermost first.
    parents: Vec<String>,
}

/// Routes whose pattern is asked for; else those that match the path, in the order in which the router tries them.
pub(super) fn explain(question: &Question) -> Vec<Explanation> {
    if !question.name.starts_with('/') {
        return Vec::new();
    }
    let base = &question.options.routes_base;
    let all = declared(question);
    let given = question.name.to_string();
    let asked = if base.is_empty() { vec![given] } else { vec![join(base, &given), given] };
    let with_pattern = |found: &&Declared| asked.iter().any(|path| shapes(path) == found.node.shapes);
    let mut found: Vec<&Declared> = all.iter().filter(with_pattern).collect();
    if found.is_empty() {
        let fits = |found: &&Declared| {
            asked.iter().any(|path| found.node.shapes.iter().any(|shape| matches(shape, path)))
        };
        found = all.iter().filter(fits).collect();
        found.sort_by_key(|found| (!is_in(question, found), Reverse(rank(found))));
    }
    let first = found.iter().position(|found| is_in(question, found));
    let explained = found.iter().enumerate();
    explained
        .map(|(index, declared)| {
            let mut explained = explanation(question, declared, &all);
            if let Some(first) = first.filter(|&first| first < index && is_in(question, declared)) {
                let text = format!("`{}`, which is more specific", found[first].full);
                explained.fact("after", text, Some(&found[first].node.origin));
            }
            explained
        })
        .collect()
}

/// The plugin whose page the app shows at a path, base and all.
pub(super) fn owner(question: &Question, path: &str) -> Option<String> {
    let all = declared(question);
    let rank = best(question, &all, path)?;
    let shown = all.iter().find(|found| shows(question, found, path) && self::rank(found) == rank);
    shown.map(|found| found.plugin.name.name.clone())
}

/// How specific the routes are that a router takes for a path.
fn best(question: &Question, all: &[Declared], path: &str) -> Option<i32> {
    all.iter().filter(|found| shows(question, found, path)).map(rank).max()
}

/// Whether a route is in the app and matches a path.
fn shows(question: &Question, found: &Declared, path: &str) -> bool {
    found.node.shapes.iter().any(|shape| matches(shape, path)) && is_in(question, found)
}

fn declared<'a>(question: &Question<'a>) -> Vec<Declared<'a>> {
    let mut all = Vec::new();
    for plugin in question.plugins() {
        for node in &plugin.contribution.routes {
            collect(plugin, node, &[], &mut all);
        }
    }
    all
}

fn collect<'a>(plugin: &'a Plugin, node: &'a RouteNode, parents: &[String], all: &mut Vec<Declared<'a>>) {
    if node.claims_its_path() {
        let full = if node.full.is_empty() { "/" } else { &node.full };
        all.push(Declared { plugin, node, full, parents: parents.to_vec() });
    }
    let shown = node.path.clone().unwrap_or_else(|| "a layout".into());
    let parents: Vec<String> = parents.iter().cloned().chain([shown]).collect();
    for child in &node.children {
        collect(plugin, child, &parents, all);
    }
}

/// How specific a path is, by the points that React Router gives: `computeScore` in its `matchRoutes`.
fn rank(declared: &Declared) -> i32 {
    let segments: Vec<&str> = declared.full.split('/').filter(|segment| !segment.is_empty()).collect();
    let points = |segment: &&str| match *segment {
        "*" => -2,
        segment if segment.starts_with(':') => 3,
        _ => 10,
    };
    let index = if declared.node.index { 2 } else { 0 };
    segments.len() as i32 + index + segments.iter().map(points).sum::<i32>()
}

fn is_in(question: &Question, declared: &Declared) -> bool {
    let declared = declaration(declared);
    question.build.composition.routes.iter().any(|node| is_among(node, &declared))
}

fn is_among(node: &RouteNode, declared: &Declaration) -> bool {
    let id = if node.full.is_empty() { "/" } else { &node.full };
    declared.is(&node.plugin, id, &node.origin) || node.children.iter().any(|child| is_among(child, declared))
}

fn declaration<'a>(declared: &'a Declared) -> Declaration<'a> {
    Declaration { plugin: declared.plugin, id: declared.full.to_string(), origin: &declared.node.origin }
}

fn explanation(question: &Question, declared: &Declared, all: &[Declared]) -> Explanation {
    let node = declared.node;
    let own = &node.shapes;
    let rivals = all.iter().filter(|other| other.node.shapes.iter().any(|shape| own.contains(shape)));
    let rivals: Vec<Declaration> =
        rivals.filter(|other| !std::ptr::eq(*other, declared)).map(declaration).collect();
    let is_in = is_in(question, declared);
    let mut explained = declaration(declared).explanation(Kind::Route, is_in, &rivals);
    if is_in {
        explained.chunk = question.chunk(&declared.plugin.name.name, node.component.as_ref());
    } else if explained.reason.is_none() {
        explained.reason = Some("the route that it is nested in is left out".into());
    }
    if !declared.parents.is_empty() {
        explained.fact("nested in", declared.parents.join(" › "), None);
    }
    let base = &question.options.routes_base;
    if !base.is_empty() {
        explained.fact("base", format!("{base}, by the option `routes.base`"), None);
    }
    explained.leaf("label", node.label.as_ref());
    explained.leaf("when", node.when.as_ref());
    explained.component(node.component.as_ref());
    leading_here(question, declared, all, &mut explained);
    explained
}

/// The menu items that lead to the route: where others match too, the most specific is shown.
fn leading_here(question: &Question, here: &Declared, all: &[Declared], explained: &mut Explanation) {
    let leads = |path: &String| {
        here.node.shapes.iter().any(|shape| matches(shape, path))
            && best(question, all, path).is_none_or(|best| rank(here) >= best)
    };
    menu::visit(&question.build.composition.menu, &mut |node: &MenuNode, above| {
        if node.entry.route.as_ref().is_some_and(leads) {
            explained.fact("in the menu", menu::way(above, node), node.entry.origin.as_ref());
        }
    });
}
