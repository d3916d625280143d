//! Menu groups, as plugins describe them.

use std::collections::BTreeMap;

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
pub(super) fn modules(plugins: &[Plugin], diagnostics: &mut Vec<Diagnostic>) -> Vec<ModuleNode> {
    let mut merged: BTreeMap<String, ModuleNode> = BTreeMap::new();
    for plugin in plugins {
        for module in &plugin.manifest.modules {
            let node = module_node(&plugin.name.name, module);
            match merged.get_mut(&node.name) {
                Some(first) => merge(first, node, diagnostics),
                None => drop(merged.insert(node.name.clone(), node)),
            }
        }
    }
    merged.into_values().collect()
}

fn module_node(plugin: &str, module: &ModuleDescription) -> ModuleNode {
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

fn merge(first: &mut ModuleNode, second: ModuleNode, diagnostics: &mut Vec<Diagnostic>) {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_string());
    let differs = [
        (
            "label",
            second.label.is_some() && first.label.is_some() && text(&first.label) != text(&second.label),
        ),
        ("icon", second.icon.is_some() && first.icon.is_some() && text(&first.icon) != text(&second.icon)),
        ("order", second.order.is_some() && first.order.is_some() && first.order != second.order),
    ];
    for (field, _) in differs.into_iter().filter(|(_, differs)| *differs) {
        let (one, other) = ((first.plugin.as_str(), &first.origin), (second.plugin.as_str(), &second.origin));
        diagnostics.push(messages::module_mismatch(&first.name, field, one, other));
    }
    first.label = first.label.take().or(second.label);
    first.icon = first.icon.take().or(second.icon);
    first.order = first.order.or(second.order);
    first.before = first.before.take().or(second.before);
    first.after = first.after.take().or(second.after);
}

/// A text as a plugin's configuration gives it.
pub(super) fn declared(plugin: &str, leaf: &Leaf) -> Text {
    Text::Declared(Owned { plugin: plugin.to_string(), item: leaf.clone() })
}
