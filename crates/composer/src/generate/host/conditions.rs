//! The conditions of a plugin as the composer has parsed them, so that no browser has to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    composition::RouteNode,
    contribution::Contribution,
    generate::{js::Js, js::quote},
    manifest::Leaf,
    value::ValueKind,
    when,
};

/// The expressions among a plugin's conditions, each with its tree. One that is wrong has none.
pub(super) fn conditions(own: &Contribution) -> Js<'static> {
    let mut leaves: Vec<&Leaf> = own.menu.iter().filter_map(|entry| entry.when.as_deref()).collect();
    own.routes.iter().for_each(|route| of_route(route, &mut leaves));
    leaves.extend(own.extensions.iter().filter_map(|extension| extension.item.when.as_ref()));
    let trees: BTreeMap<&str, String> = leaves.into_iter().filter_map(parsed).collect();
    Js::Object(trees.into_iter().map(|(text, tree)| (text.to_string().into(), Js::Raw(tree))).collect())
}

fn of_route<'a>(route: &'a RouteNode, leaves: &mut Vec<&'a Leaf>) {
    leaves.extend(&route.when);
    route.children.iter().for_each(|child| of_route(child, leaves));
}

fn parsed(leaf: &Leaf) -> Option<(&str, String)> {
    let ValueKind::String(text) = &leaf.value.kind else { return None };
    Some((text, print(&when::parse(text).ok()?.to_json())))
}

/// A tree on one line.
fn print(tree: &Value) -> String {
    match tree {
        Value::Array(items) => format!("[{}]", items.iter().map(print).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quote(text),
        other => other.to_string(),
    }
}
