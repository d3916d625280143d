//! Where a menu item stands, and what the shell changes about it.

use std::sync::Arc;

use crate::{
    explain::{Explanation, Kind, Question, fate::Declaration, routes},
    manifest::MenuItem,
    node::{MenuNode, ModuleNode, Text, group_name},
    options::MenuOverride,
    plugin::Plugin,
};

/// Items of that name; where there is none, items of that label.
pub(super) fn items(question: &Question) -> Vec<Explanation> {
    let all: Vec<(&Plugin, &MenuItem)> = question
        .plugins()
        .iter()
        .flat_map(|plugin| plugin.manifest.menu.iter().map(move |item| (&**plugin, item)))
        .collect();
    let named = |item: &MenuItem| item.name.name == question.name;
    let labelled =
        |item: &MenuItem| item.label.as_ref().and_then(|label| label.text()) == Some(question.name);
    let by_name = all.iter().any(|(_, item)| named(item));
    let wanted = all.iter().filter(|(_, item)| if by_name { named(item) } else { labelled(item) });
    wanted.map(|(plugin, item)| item_explanation(question, plugin, item, &all)).collect()
}

fn item_explanation(
    question: &Question,
    plugin: &Plugin,
    item: &MenuItem,
    all: &[(&Plugin, &MenuItem)],
) -> Explanation {
    let declared = Declaration::new(plugin, &item.name);
    let rivals = all.iter().filter(|(_, other)| other.name.name == item.name.name);
    let rivals: Vec<Declaration> = rivals
        .map(|(plugin, item)| Declaration::new(plugin, &item.name))
        .filter(|rival| !rival.is(&plugin.name.name, &declared.id, declared.origin))
        .collect();
    let mut stands = None;
    visit(&question.build.composition.menu, &mut |node, above| {
        let entry = &node.entry;
        let own = entry.plugin.as_deref().zip(entry.origin.as_ref());
        if own.is_some_and(|(plugin, origin)| declared.is(plugin, &entry.name, origin)) {
            stands = Some((Arc::clone(entry), way(above, node)));
        }
    });
    let mut explained = declared.explanation(Kind::MenuItem, stands.is_some(), &rivals);
    let change = question.options.menu_overrides.get(&item.name.name);
    if !explained.included.unwrap_or(true) && explained.reason.is_none() {
        explained.reason = Some(hidden(change));
    }
    if let Some((node, way)) = &stands {
        explained.fact("stands in the menu", way, None);
        if let Some(route) = &node.route {
            explained.fact("leads to", leads_to(question, route), None);
        }
    }
    for (term, named) in [
        ("group", &item.module),
        ("nested in", &item.parent),
        ("before", &item.before),
        ("after", &item.after),
    ] {
        if let Some(named) = named {
            let is_there = term == "group" || stands_somewhere(question, &named.name);
            let absent = if is_there { "" } else { ", which is not there" };
            explained.fact(term, format!("{}{absent}", named.name), Some(&named.origin));
        }
    }
    explained.leaf("when", item.when.as_ref());
    changed(&mut explained, change);
    explained
}

/// Whether an item or a group of that name is in the menu.
fn stands_somewhere(question: &Question, name: &str) -> bool {
    let mut found = false;
    visit(&question.build.composition.menu, &mut |node, _| found |= node.entry.name == name);
    found
}

fn hidden(change: Option<&MenuOverride>) -> String {
    if change.is_some_and(|change| change.hide) {
        "the option `menu.overrides` hides it".into()
    } else {
        "the item that it is nested in is left out".into()
    }
}

/// Whose page it is.
fn leads_to(question: &Question, route: &str) -> String {
    match routes::owner(question, route) {
        Some(plugin) => format!("{route}, of `{plugin}`"),
        None => format!("{route}, which no plugin has: the shell's own, or nowhere"),
    }
}

/// Groups of that name or label: those of the menu, then those that plugins describe and that are not in it.
pub(super) fn groups(question: &Question) -> Vec<Explanation> {
    let composition = &question.build.composition;
    let is_named = |name: &str, label: Option<&Text>| {
        name == question.name || label.is_some_and(|label| label.as_str() == question.name)
    };
    let groups: Vec<&MenuNode> = composition.menu.iter().filter(|node| node.entry.plugin.is_none()).collect();
    let shown = groups.iter().filter(|node| is_named(&node.entry.name, Some(&node.entry.label)));
    let absent = composition.modules.iter().filter(|module| {
        is_named(&module.name, module.label.as_ref())
            && !groups.iter().any(|node| node.entry.name == module.name)
    });
    shown
        .map(|node| shown_group(question, node))
        .chain(absent.map(|module| absent_group(question, module)))
        .collect()
}

fn shown_group(question: &Question, node: &MenuNode) -> Explanation {
    let MenuNode { entry: node, children } = node;
    let mut explained = group(question, &node.name, Some(&node.label));
    explained.included = Some(true);
    for MenuNode { entry: item, .. } in children {
        let owner = item.plugin.as_deref().map(|plugin| format!(" of `{plugin}`")).unwrap_or_default();
        explained.fact("holds", format!("{}{owner}", shown(&item.label)), item.origin.as_ref());
    }
    changed(&mut explained, question.options.menu_overrides.get(&node.name));
    explained
}

fn absent_group(question: &Question, module: &ModuleNode) -> Explanation {
    let mut explained = group(question, &module.name, module.label.as_ref());
    let change = question.options.menu_overrides.get(&module.name);
    let is_hidden = change.is_some_and(|change| change.hide);
    explained.included = Some(false);
    explained.reason = Some(if is_hidden { hidden(change) } else { "no menu item stands in it".into() });
    changed(&mut explained, change);
    explained
}

/// What plugins say of a group.
fn group(question: &Question, name: &str, label: Option<&Text>) -> Explanation {
    let mut explained = Explanation::new(Kind::MenuGroup, name);
    if let Some(module) = question.build.composition.modules.iter().find(|module| module.name == name) {
        explained.plugin = Some(module.plugin.clone());
        explained.origin = Some(module.origin.clone());
    }
    if let Some(label) = label {
        explained.fact("label", shown(label), None);
    }
    for plugin in question.plugins() {
        for module in plugin.manifest.modules.iter().filter(|it| group_name(&it.name.name) == name) {
            explained.fact("described by", format!("`{}`", plugin.name.name), Some(&module.name.origin));
        }
    }
    explained
}

/// What the shell's options change.
fn changed(explained: &mut Explanation, change: Option<&MenuOverride>) {
    let Some(change) = change else { return };
    let order = change.order.map(|order| order.to_string());
    let fields = [
        ("order", &order),
        ("label", &change.label),
        ("icon", &change.icon),
        ("module", &change.module),
        ("parent", &change.parent),
        ("before", &change.before),
        ("after", &change.after),
    ];
    let mut set: Vec<String> =
        fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?))).collect();
    if change.hide {
        set.insert(0, "hide".into());
    }
    explained.fact("changed by", format!("the option `menu.overrides` ({})", set.join(", ")), None);
}

/// Calls back with every node of a menu and the labels above it.
pub(super) fn visit(nodes: &[MenuNode], callback: &mut dyn FnMut(&MenuNode, &[String])) {
    fn inner(nodes: &[MenuNode], above: &mut Vec<String>, callback: &mut dyn FnMut(&MenuNode, &[String])) {
        for node in nodes {
            callback(node, above);
            above.push(shown(&node.entry.label));
            inner(&node.children, above, callback);
            above.pop();
        }
    }
    inner(nodes, &mut Vec::new(), callback);
}

/// `Inventory › Stock`
pub(super) fn way(above: &[String], node: &MenuNode) -> String {
    above.iter().cloned().chain([shown(&node.entry.label)]).collect::<Vec<_>>().join(" › ")
}

fn shown(label: &Text) -> String {
    match label.as_str() {
        "" => "(label by code)".into(),
        label => label.into(),
    }
}
