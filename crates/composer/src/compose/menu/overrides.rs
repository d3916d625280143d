//! What the shell changes about the menu.

use std::sync::Arc;

use crate::{
    compose::menu::{Beside, Entry, Side, Target},
    diagnostic::Diagnostic,
    messages::composing as messages,
    node::{MenuEntry, ModuleNode, Text, group_name},
    options::{MenuOverride, Options},
    source::Named,
};

/// Reports overrides of what is not there.
pub(super) fn report_unknown(
    entries: &[Entry],
    modules: &[Arc<ModuleNode>],
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let groups = || {
        let used = entries.iter().filter_map(|entry| entry.module).map(group_name);
        modules.iter().map(|module| module.name.clone()).chain(used)
    };
    for name in options.menu_overrides.keys() {
        if !entries.iter().any(|entry| entry.node.name == *name) && !groups().any(|group| group == *name) {
            let groups: Vec<String> = groups().collect();
            let items = entries.iter().map(|entry| entry.node.name.as_str());
            let known = items.chain(groups.iter().map(String::as_str));
            diagnostics.push(messages::unknown_option("menu.overrides", name, known));
        }
    }
}

/// The entries as the shell wants them: hidden ones go with whatever is nested in them.
pub(super) fn apply<'a>(mut entries: Vec<Entry<'a>>, options: &'a Options) -> Vec<Entry<'a>> {
    if options.menu_overrides.is_empty() {
        return entries;
    }
    let mut hidden: Vec<String> = Vec::new();
    for entry in &mut entries {
        let Some(change) = options.menu_overrides.get(&entry.node.name) else { continue };
        if change.hide {
            hidden.push(entry.node.name.clone());
        }
        change_entry(entry, change);
    }
    while let Some(name) = hidden.pop() {
        for entry in &entries {
            if entry.parent.as_ref().is_some_and(|parent| parent.name == name) && entry.node.name != name {
                hidden.push(entry.node.name.clone());
            }
        }
        entries.retain(|entry| entry.node.name != name);
    }
    entries
}

/// What the shell says of groups, along with what plugins say. A group that no plugin describes is described by the
/// first that has an item in it.
pub(super) fn describe(modules: &mut Vec<Arc<ModuleNode>>, entries: &[Entry], options: &Options) {
    for (name, change) in &options.menu_overrides {
        if change.hide || entries.iter().any(|entry| entry.node.name == *name) {
            continue;
        }
        if !modules.iter().any(|module| module.name == *name) {
            modules.extend(undescribed(name, entries).map(Arc::new));
        }
        if let Some(module) = modules.iter_mut().find(|module| module.name == *name) {
            change_module(Arc::make_mut(module), change);
        }
    }
    modules.sort_by(|a, b| a.name.cmp(&b.name));
}

fn undescribed(name: &str, entries: &[Entry]) -> Option<ModuleNode> {
    let is_in_group = |entry: &&Entry| entry.module.is_some_and(|module| group_name(module) == name);
    let node = &entries.iter().find(is_in_group)?.node;
    Some(ModuleNode {
        name: name.to_string(),
        label: None,
        icon: None,
        order: None,
        before: None,
        after: None,
        plugin: node.plugin.clone()?,
        origin: node.origin.clone()?,
    })
}

fn change_module(module: &mut ModuleNode, change: &MenuOverride) {
    let text = |text: &String| Text::Plain(text.clone());
    let named = |name: &String| Named { name: name.clone(), origin: module.origin.clone() };
    if change.before.is_some() || change.after.is_some() {
        (module.before, module.after) = (change.before.as_ref().map(named), change.after.as_ref().map(named));
    }
    module.label = change.label.as_ref().map(text).or(module.label.take());
    module.icon = change.icon.as_ref().map(text).or(module.icon.take());
    module.order = change.order.or(module.order);
}

/// Changes one entry.
pub(super) fn change_entry<'a>(entry: &mut Entry<'a>, change: &'a MenuOverride) {
    restyle(Arc::make_mut(&mut entry.node), change);
    let own = |name: &'a String| Target { name: name.into(), origin: None };
    if let Some(module) = &change.module {
        entry.module = Some(module);
        entry.parent = None;
    }
    if let Some(parent) = &change.parent {
        entry.parent = Some(own(parent));
    }
    let before = change.before.as_ref().map(|name| Beside { side: Side::Before, target: own(name) });
    let after = change.after.as_ref().map(|name| Beside { side: Side::After, target: own(name) });
    entry.beside = before.or(after).or(entry.beside.take());
}

fn restyle(node: &mut MenuEntry, change: &MenuOverride) {
    if let Some(label) = &change.label {
        node.label = Text::Plain(label.clone());
    }
    if let Some(icon) = &change.icon {
        node.icon = Some(Text::Plain(icon.clone()));
    }
    node.order = change.order.or(node.order);
}
