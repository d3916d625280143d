//! Menu groups, as plugins describe them.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    composition::{ModuleNode, Owned, Text},
    diagnostic::Diagnostic,
    manifest::{Leaf, ModuleDescription},
    messages::menu as messages,
    plugin::Plugin,
};

/// `Human Resources` → `human-resources`
pub(crate) fn group_name(module: &str) -> String {
    module.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

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

/// How a plugin describes a group.
pub(crate) fn node(plugin: &str, module: &ModuleDescription) -> ModuleNode {
    let name = group_name(&module.name.name);
    let written = (module.name.name != name).then(|| Text::Plain(module.name.name.clone()));
    ModuleNode {
        name,
        label: module.label.as_ref().map(|label| declared(plugin, label)).or(written),
        icon: module.icon.as_ref().map(|icon| declared(plugin, icon)),
        order: module.order,
        before: module.before.clone(),
        after: module.after.clone(),
        plugin: plugin.to_string(),
        origin: module.name.origin.clone(),
    }
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

/// A text as a plugin's configuration gives it.
pub(super) fn declared(plugin: &str, leaf: &Leaf) -> Text {
    Text::Declared(Arc::new(Owned { plugin: plugin.to_string(), item: leaf.clone() }))
}
