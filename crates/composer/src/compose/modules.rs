//! Menu groups, as plugins describe them.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    messages::menu as messages,
    node::{ModuleNode, Text},
    plugin::Plugin,
};

/// The descriptions of groups, merged: what the first plugin says counts.
pub(super) fn modules(plugins: &[Arc<Plugin>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<ModuleNode>> {
    let mut merged: BTreeMap<&str, Arc<ModuleNode>> = BTreeMap::new();
    for node in plugins.iter().flat_map(|plugin| &plugin.contribution.modules) {
        match merged.get_mut(node.name.as_str()) {
            Some(first) => merge(first, node, diagnostics),
            None => drop(merged.insert(&node.name, Arc::clone(node))),
        }
    }
    merged.into_values().collect()
}

fn merge(first: &mut Arc<ModuleNode>, second: &ModuleNode, diagnostics: &mut Vec<Diagnostic>) {
    let differ = |a: &Option<Text>, b: &Option<Text>| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.as_str() != b.as_str())
    };
    let differs = [
        ("label", differ(&first.label, &second.label)),
        ("icon", differ(&first.icon, &second.icon)),
        ("order", first.order.is_some() && second.order.is_some() && first.order != second.order),
    ];
    for (field, _) in differs.into_iter().filter(|(_, differs)| *differs) {
        let (one, other) = ((first.plugin.as_str(), &first.origin), (second.plugin.as_str(), &second.origin));
        diagnostics.push(messages::module_mismatch(&first.name, field, one, other));
    }
    add(first, second, |node| &mut node.label, |node| &node.label);
    add(first, second, |node| &mut node.icon, |node| &node.icon);
    add(first, second, |node| &mut node.order, |node| &node.order);
    add(first, second, |node| &mut node.before, |node| &node.before);
    add(first, second, |node| &mut node.after, |node| &node.after);
}

/// Adds what another says and the first does not.
fn add<T: Clone>(
    first: &mut Arc<ModuleNode>,
    second: &ModuleNode,
    field: fn(&mut ModuleNode) -> &mut Option<T>,
    said: fn(&ModuleNode) -> &Option<T>,
) {
    if said(first).is_none() && said(second).is_some() {
        field(Arc::make_mut(first)).clone_from(said(second));
    }
}
