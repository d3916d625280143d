//! The conditions of a plugin as the composer has parsed them, so that no browser has to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    contribution::Contribution,
    generate::expression::Expression,
    manifest::Leaf,
    node::RouteNode,
    value::ValueKind,
    when::{self, Condition},
};

/// The expressions among a plugin's conditions, each with its tree. One that is wrong has none.
pub(super) fn conditions(own: &Contribution) -> BTreeMap<&str, Condition> {
    let mut leaves: Vec<&Leaf> = own.menu.iter().filter_map(|entry| entry.when.as_deref()).collect();
    own.routes.iter().for_each(|route| of_route(route, &mut leaves));
    leaves.extend(own.extensions.iter().filter_map(|extension| extension.item.when.as_ref()));
    leaves.into_iter().filter_map(parsed).collect()
}

fn of_route<'a>(route: &'a RouteNode, leaves: &mut Vec<&'a Leaf>) {
    leaves.extend(&route.when);
    route.children.iter().for_each(|child| of_route(child, leaves));
}

fn parsed(leaf: &Leaf) -> Option<(&str, Condition)> {
    let ValueKind::String(text) = &leaf.value.kind else { return None };
    Some((text, when::parse(text).ok()?))
}

/// Writes a tree on one line.
pub(super) fn tree(js: &mut Expression, tree: &Value) {
    match tree {
        Value::Array(items) => {
            js.raw("[");
            for (index, item) in items.iter().enumerate() {
                js.raw(if index == 0 { "" } else { ", " });
                self::tree(js, item);
            }
            js.raw("]");
        }
        Value::String(text) => js.string(text),
        other => js.raw(&other.to_string()),
    }
}
