//! Items and groups on their way to a tree, each list of siblings in its order.

use std::collections::BTreeMap;

use crate::{
    compose::{
        menu::{Beside, Entry, Side, container::Container, overrides, target},
        modules::group_name,
    },
    composition::{MenuNode, ModuleNode, Place, Text},
    diagnostic::Diagnostic,
    messages::menu as messages,
    options::Options,
    source::Origin,
};

/// The entries and where they belong, on the way to a tree.
pub(super) struct Tree<'a> {
    entries: Vec<Entry>,
    members: BTreeMap<Container, Vec<usize>>,
    modules: &'a [ModuleNode],
    options: &'a Options,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(
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

    /// The whole menu.
    pub(super) fn build(&mut self) -> Vec<MenuNode> {
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
            entry.node.place = entry.place();
            children.push(entry);
        }
        children
    }

    fn group(&mut self, name: String, written: String, children: Vec<Entry>) -> Option<Entry> {
        let described = self.modules.iter().find(|module| module.name == name);
        let label = described.and_then(|module| module.label.clone()).unwrap_or(Text::Plain(written));
        let beside = described.and_then(|module| {
            let before =
                module.before.as_ref().map(|named| Beside { side: Side::Before, target: target(named) });
            before.or_else(|| {
                module.after.as_ref().map(|named| Beside { side: Side::After, target: target(named) })
            })
        });
        let node = MenuNode {
            label,
            icon: described.and_then(|module| module.icon.clone()),
            order: described.and_then(|module| module.order),
            route: None,
            when: None,
            plugin: None,
            place: Place::default(),
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
            overrides::change_entry(&mut entry, change);
        }
        if let Some(beside) = &mut entry.beside {
            beside.target.name = group_name(&beside.target.name);
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
