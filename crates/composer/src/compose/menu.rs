//! One menu out of many: grouped by module, nested, sorted, and as the shell wants it.

use std::collections::BTreeMap;

use crate::{
    compose::{
        conflict::{Claim, Settlement, retain},
        routes,
    },
    composition::{MenuNode, ModuleNode, Owned, RouteNode, Text},
    diagnostic::Diagnostic,
    manifest::{Leaf, MenuItem, ModuleDescription, Named},
    messages::composing::{self as messages, MENU},
    options::{MenuOverride, Options},
    plugin::Plugin,
    source::Origin,
};

/// A node on its way into the menu.
#[derive(Debug, Clone)]
struct Entry {
    node: MenuNode,
    module: Option<String>,
    parent: Option<Target>,
    beside: Option<Beside>,
}

/// A name that an entry refers to.
#[derive(Debug, Clone)]
struct Target {
    name: String,
    origin: Option<Origin>,
}

#[derive(Debug, Clone)]
struct Beside {
    side: Side,
    target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

/// Where an entry belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Container {
    Top,
    Group(String),
    Item(usize),
}

/// `Human Resources` → `human-resources`
fn group_name(module: &str) -> String {
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

fn declared(plugin: &str, leaf: &Leaf) -> Text {
    Text::Declared(Owned { plugin: plugin.to_string(), item: leaf.clone() })
}

/// The merged menu.
pub(super) fn menu(
    plugins: &[Plugin],
    modules: &[ModuleNode],
    routes: &[RouteNode],
    options: &Options,
    settled: &mut Settlement,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuNode> {
    let mut entries = entries(plugins, settled);
    for entry in &mut entries {
        if let Some(route) = &entry.node.route
            && !options.routes_base.is_empty()
            && routes::any_matches(routes, "", &routes::join(&options.routes_base, route))
        {
            entry.node.route = Some(routes::join(&options.routes_base, route));
        }
    }
    report_unknown_overrides(&entries, modules, options, diagnostics);
    let entries = overridden(entries, options);
    let containers = containers(&entries, diagnostics);
    Tree::new(entries, &containers, modules, options, diagnostics).build()
}

fn entries(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Entry> {
    let items: Vec<(&str, usize, &MenuItem)> = plugins
        .iter()
        .flat_map(|plugin| {
            let name = plugin.name.name.as_str();
            plugin.manifest.menu.iter().enumerate().map(move |(index, item)| (name, index, item))
        })
        .collect();
    let claims: Vec<Claim> = items
        .iter()
        .map(|(plugin, _, item)| {
            let name = &item.name.name;
            Claim {
                key: name.clone(),
                id: name.clone(),
                plugin,
                origin: &item.name.origin,
                when: item.when.as_ref(),
            }
        })
        .collect();
    let holds = settled.settle(MENU, &claims);
    retain(items, &holds).into_iter().map(|(plugin, index, item)| entry(plugin, index, item)).collect()
}

fn entry(plugin: &str, index: usize, item: &MenuItem) -> Entry {
    let label = item.label.as_ref();
    let beside = |side, named: &Named| Beside { side, target: target(named) };
    Entry {
        node: MenuNode {
            name: item.name.name.clone(),
            label: label.map_or_else(|| Text::Plain(item.name.name.clone()), |label| declared(plugin, label)),
            icon: item.icon.as_ref().map(|icon| declared(plugin, icon)),
            order: item.order,
            route: item.route.clone(),
            when: item.when.clone(),
            plugin: Some(plugin.to_string()),
            index,
            origin: Some(item.name.origin.clone()),
            children: Vec::new(),
        },
        module: item.module.as_ref().map(|module| module.name.clone()),
        parent: item.parent.as_ref().map(target),
        beside: item
            .before
            .as_ref()
            .map(|named| beside(Side::Before, named))
            .or_else(|| item.after.as_ref().map(|named| beside(Side::After, named))),
    }
}

fn target(named: &Named) -> Target {
    Target { name: named.name.clone(), origin: Some(named.origin.clone()) }
}

fn report_unknown_overrides(
    entries: &[Entry],
    modules: &[ModuleNode],
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let groups = || {
        let used = entries.iter().filter_map(|entry| entry.module.as_deref()).map(group_name);
        modules.iter().map(|module| module.name.clone()).chain(used)
    };
    for name in options.menu_overrides.keys() {
        if !entries.iter().any(|entry| entry.node.name == *name) && !groups().any(|group| group == *name) {
            let known = entries.iter().map(|entry| entry.node.name.as_str());
            diagnostics.push(messages::unknown_option("menu.overrides", name, known));
        }
    }
}

/// The entries as the shell wants them: hidden ones go with whatever is nested in them.
fn overridden(mut entries: Vec<Entry>, options: &Options) -> Vec<Entry> {
    let mut hidden: Vec<String> = Vec::new();
    for entry in &mut entries {
        let Some(change) = options.menu_overrides.get(&entry.node.name) else { continue };
        if change.hide {
            hidden.push(entry.node.name.clone());
        }
        apply(entry, change);
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

fn apply(entry: &mut Entry, change: &MenuOverride) {
    restyle(&mut entry.node, change);
    let own = |name: &String| Target { name: name.clone(), origin: None };
    if let Some(module) = &change.module {
        entry.module = Some(module.clone());
        entry.parent = None;
    }
    if let Some(parent) = &change.parent {
        entry.parent = Some(own(parent));
    }
    let before = change.before.as_ref().map(|name| Beside { side: Side::Before, target: own(name) });
    let after = change.after.as_ref().map(|name| Beside { side: Side::After, target: own(name) });
    entry.beside = before.or(after).or(entry.beside.take());
}

fn restyle(node: &mut MenuNode, change: &MenuOverride) {
    if let Some(label) = &change.label {
        node.label = Text::Plain(label.clone());
    }
    if let Some(icon) = &change.icon {
        node.icon = Some(Text::Plain(icon.clone()));
    }
    node.order = change.order.or(node.order);
}

/// Where each entry belongs: in its parent, in its module's group, beside what it names, or at the top.
fn containers(entries: &[Entry], diagnostics: &mut Vec<Diagnostic>) -> Vec<Container> {
    let index: BTreeMap<&str, usize> =
        entries.iter().enumerate().rev().map(|(at, entry)| (entry.node.name.as_str(), at)).collect();
    let own: Vec<Option<Container>> = entries
        .iter()
        .map(|entry| {
            let group = || entry.module.as_deref().map(group_name).map(Container::Group);
            let Some(parent) = &entry.parent else { return group() };
            if let Some(&found) = index.get(parent.name.as_str()) {
                return Some(Container::Item(found));
            }
            let known = index.keys().copied();
            diagnostics.push(messages::unknown_menu_item(
                "parent",
                &parent.name,
                parent.origin.as_ref(),
                known,
            ));
            group()
        })
        .collect();
    let own = without_cycles(entries, own, diagnostics);
    (0..entries.len()).map(|at| beside_container(entries, &own, &index, at)).collect()
}

/// An entry without a place of its own goes where its neighbour is.
fn beside_container(
    entries: &[Entry],
    own: &[Option<Container>],
    index: &BTreeMap<&str, usize>,
    start: usize,
) -> Container {
    let mut at = start;
    for _ in 0..entries.len() {
        if let Some(container) = &own[at] {
            // Nobody can stand beside an item inside itself.
            return if *container == Container::Item(start) { Container::Top } else { container.clone() };
        }
        let neighbour = entries[at].beside.as_ref().and_then(|beside| index.get(beside.target.name.as_str()));
        match neighbour {
            Some(&next) => at = next,
            None => return Container::Top,
        }
    }
    Container::Top
}

/// Items that are nested in each other in a circle go to the top.
fn without_cycles(
    entries: &[Entry],
    mut own: Vec<Option<Container>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Container>> {
    for start in 0..entries.len() {
        let mut path = vec![start];
        while let Some(Container::Item(parent)) = own[path[path.len() - 1]] {
            if parent == start {
                let shown: Vec<(&str, Option<&Origin>)> = path
                    .iter()
                    .map(|&at| {
                        let origin = entries[at].parent.as_ref().and_then(|parent| parent.origin.as_ref());
                        (entries[at].node.name.as_str(), origin)
                    })
                    .collect();
                diagnostics.push(messages::menu_cycle("parent", &shown));
                for at in path {
                    own[at] = None;
                }
                break;
            }
            if path.contains(&parent) {
                break;
            }
            path.push(parent);
        }
    }
    own
}

/// The entries and where they belong, on the way to a tree.
struct Tree<'a> {
    entries: Vec<Entry>,
    members: BTreeMap<Container, Vec<usize>>,
    modules: &'a [ModuleNode],
    options: &'a Options,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Tree<'a> {
    fn new(
        entries: Vec<Entry>,
        containers: &[Container],
        modules: &'a [ModuleNode],
        options: &'a Options,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut members: BTreeMap<Container, Vec<usize>> = BTreeMap::new();
        for (at, container) in containers.iter().enumerate() {
            members.entry(container.clone()).or_default().push(at);
        }
        Self { entries, members, modules, options, diagnostics }
    }

    fn build(&mut self) -> Vec<MenuNode> {
        let mut top = self.children(&Container::Top);
        for (name, written) in self.groups() {
            let children = self.children(&Container::Group(name.clone()));
            top.extend(self.group(name, written, children));
        }
        self.arrange(top)
    }

    /// The groups that have items, and how the first item writes each.
    fn groups(&self) -> Vec<(String, String)> {
        let written = |members: &[usize]| members.iter().find_map(|&at| self.entries[at].module.clone());
        let groups = self.members.iter().filter_map(|(container, members)| match container {
            Container::Group(name) => Some((name.clone(), written(members).unwrap_or_else(|| name.clone()))),
            Container::Top | Container::Item(_) => None,
        });
        groups.collect()
    }

    /// What belongs in a container, not yet in order.
    fn children(&mut self, container: &Container) -> Vec<Entry> {
        let members = self.members.get(container).cloned().unwrap_or_default();
        let mut children = Vec::new();
        for at in members {
            let nested = self.children(&Container::Item(at));
            let mut entry = self.entries[at].clone();
            entry.node.children = self.arrange(nested);
            children.push(entry);
        }
        children
    }

    fn group(&mut self, name: String, written: String, children: Vec<Entry>) -> Option<Entry> {
        let described = self.modules.iter().find(|module| module.name == name);
        let label = described.and_then(|module| module.label.clone()).unwrap_or(Text::Plain(written));
        let beside = described.and_then(|module| {
            let before = module
                .before
                .as_ref()
                .map(|named| Beside { side: Side::Before, target: group_target(named) });
            before.or_else(|| {
                module.after.as_ref().map(|named| Beside { side: Side::After, target: group_target(named) })
            })
        });
        let node = MenuNode {
            label,
            icon: described.and_then(|module| module.icon.clone()),
            order: described.and_then(|module| module.order),
            route: None,
            when: None,
            plugin: None,
            index: 0,
            origin: described.map(|module| module.origin.clone()),
            children: self.arrange(children),
            name,
        };
        let mut entry = Entry { node, module: None, parent: None, beside };
        let is_item = self.entries.iter().any(|other| other.node.name == entry.node.name);
        if let Some(change) = self.options.menu_overrides.get(&entry.node.name).filter(|_| !is_item) {
            if change.hide {
                return None;
            }
            apply(&mut entry, change);
        }
        Some(entry)
    }

    /// Sorts siblings by order, label and name, and then places those that stand beside another.
    fn arrange(&mut self, mut siblings: Vec<Entry>) -> Vec<MenuNode> {
        siblings.sort_by(|a, b| {
            let order = |entry: &Entry| entry.node.order.unwrap_or(f64::INFINITY);
            let by_order = order(a).total_cmp(&order(b));
            by_order
                .then_with(|| a.node.label.as_str().cmp(b.node.label.as_str()))
                .then_with(|| a.node.name.cmp(&b.node.name))
        });
        let neighbours = self.neighbours(&siblings);
        let mut beside: BTreeMap<(usize, Side), Vec<usize>> = BTreeMap::new();
        for (at, neighbour) in neighbours.iter().enumerate() {
            if let Some((side, found)) = neighbour {
                beside.entry((*found, *side)).or_default().push(at);
            }
        }
        let mut placed = vec![false; siblings.len()];
        let mut row: Vec<usize> = Vec::new();
        for at in (0..siblings.len()).filter(|&at| neighbours[at].is_none()) {
            row.extend(around(at, &beside, &mut placed));
        }
        for at in 0..siblings.len() {
            if !placed[at] {
                self.diagnostics.push(circle(&siblings, &neighbours, at));
                row.extend(around(at, &beside, &mut placed));
            }
        }
        let mut nodes: Vec<Option<MenuNode>> = siblings.into_iter().map(|entry| Some(entry.node)).collect();
        row.into_iter().filter_map(|at| nodes[at].take()).collect()
    }

    /// For each sibling, the one that it stands beside.
    fn neighbours(&mut self, siblings: &[Entry]) -> Vec<Option<(Side, usize)>> {
        siblings
            .iter()
            .map(|entry| {
                let beside = entry.beside.as_ref()?;
                let found = siblings.iter().position(|other| other.node.name == beside.target.name);
                if found.is_none() {
                    let relation = if beside.side == Side::Before { "before" } else { "after" };
                    let known = siblings.iter().map(|sibling| sibling.node.name.as_str());
                    let origin = beside.target.origin.as_ref();
                    let unknown = messages::unknown_menu_item(relation, &beside.target.name, origin, known);
                    self.diagnostics.push(unknown);
                }
                found.map(|found| (beside.side, found))
            })
            .collect()
    }
}

fn group_target(named: &Named) -> Target {
    Target { name: group_name(&named.name), origin: Some(named.origin.clone()) }
}

/// A sibling, with those that stand beside it around it. One that was placed before is not placed again.
fn around(at: usize, beside: &BTreeMap<(usize, Side), Vec<usize>>, placed: &mut [bool]) -> Vec<usize> {
    if std::mem::replace(&mut placed[at], true) {
        return Vec::new();
    }
    let mut row = Vec::new();
    for &other in beside.get(&(at, Side::Before)).into_iter().flatten() {
        row.extend(around(other, beside, placed));
    }
    row.push(at);
    for &other in beside.get(&(at, Side::After)).into_iter().flatten() {
        row.extend(around(other, beside, placed));
    }
    row
}

fn circle(siblings: &[Entry], neighbours: &[Option<(Side, usize)>], start: usize) -> Diagnostic {
    let mut path = vec![start];
    while let Some((_, next)) = neighbours[path[path.len() - 1]] {
        if let Some(at) = path.iter().position(|&index| index == next) {
            path.drain(..at);
            break;
        }
        path.push(next);
    }
    let shown: Vec<(&str, Option<&Origin>)> = path
        .iter()
        .map(|&at| {
            let origin = siblings[at].beside.as_ref().and_then(|beside| beside.target.origin.as_ref());
            (siblings[at].node.name.as_str(), origin)
        })
        .collect();
    messages::menu_cycle("before/after", &shown)
}
