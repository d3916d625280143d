//! Items and groups on their way to a tree, each list of siblings in its order.

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use crate::{
    compose::menu::{Beside, Entry, Side, beside, container::Container, overrides},
    diagnostic::Diagnostic,
    messages::menu as messages,
    node::{MenuEntry, MenuNode, ModuleNode, Place, Text, group_name},
    options::Options,
    source::Origin,
};

/// The entries and where they belong, on the way to a tree.
pub(super) struct Tree<'a> {
    entries: Vec<Entry<'a>>,
    /// The entries at the top.
    top: Vec<usize>,
    /// Those in each group.
    groups: BTreeMap<Rc<str>, Vec<usize>>,
    /// Those in each entry.
    nested: Vec<Vec<usize>>,
    modules: &'a [Arc<ModuleNode>],
    options: &'a Options,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(
        entries: Vec<Entry<'a>>,
        containers: &[Container],
        modules: &'a [Arc<ModuleNode>],
        options: &'a Options,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let (mut top, mut groups) = (Vec::new(), BTreeMap::<_, Vec<usize>>::new());
        let mut nested = vec![Vec::new(); entries.len()];
        for (at, container) in containers.iter().enumerate() {
            match container {
                Container::Top => top.push(at),
                Container::Group(name) => groups.entry(Rc::clone(name)).or_default().push(at),
                Container::Item(item) => nested[*item].push(at),
            }
        }
        Self { entries, top, groups, nested, modules, options, diagnostics }
    }

    /// The whole menu.
    pub(super) fn build(mut self) -> Vec<MenuNode> {
        let mut top = std::mem::take(&mut self.top);
        let mut nested = self.nested_in(&top);
        for (name, members) in std::mem::take(&mut self.groups) {
            // As the first item writes it.
            let written = members.iter().find_map(|&at| self.entries[at].module);
            let written = written.unwrap_or(&name).to_string();
            let children = self.siblings(&members);
            if let Some(group) = self.group(&name, written) {
                top.push(self.entries.len());
                nested.push(children);
                self.entries.push(group);
            }
        }
        self.arrange(&top, nested)
    }

    /// Entries with what is nested in each, in their order.
    fn siblings(&mut self, members: &[usize]) -> Vec<MenuNode> {
        let nested = self.nested_in(members);
        self.arrange(members, nested)
    }

    fn nested_in(&mut self, members: &[usize]) -> Vec<Vec<MenuNode>> {
        let nested = |&at: &usize| {
            let nested = std::mem::take(&mut self.nested[at]);
            if nested.is_empty() { Vec::new() } else { self.siblings(&nested) }
        };
        members.iter().map(nested).collect()
    }

    /// The entry of a group; none if the shell hides it.
    fn group(&self, name: &str, written: String) -> Option<Entry<'a>> {
        let described = self.modules.iter().find(|module| module.name == name);
        let label = described.and_then(|module| module.label.clone()).unwrap_or(Text::Plain(written));
        let beside = described.and_then(|module| beside(module.before.as_ref(), module.after.as_ref()));
        let node = MenuEntry {
            label,
            icon: described.and_then(|module| module.icon.clone()),
            order: described.and_then(|module| module.order),
            route: None,
            when: None,
            plugin: None,
            place: Place::default(),
            index: 0,
            origin: described.map(|module| module.origin.clone()),
            name: name.to_string(),
        };
        let mut entry = Entry { node: Arc::new(node), module: None, parent: None, beside };
        let is_item = || self.entries.iter().any(|other| other.node.name == name);
        if let Some(change) = self.options.menu_overrides.get(name).filter(|_| !is_item()) {
            if change.hide {
                return None;
            }
            overrides::change_entry(&mut entry, change);
        }
        if let Some(beside) = &mut entry.beside {
            beside.target.name = group_name(&beside.target.name).into();
        }
        Some(entry)
    }

    /// The nodes of siblings: sorted by order, label and name, and then those that stand beside another beside it.
    fn arrange(&mut self, members: &[usize], mut nested: Vec<Vec<MenuNode>>) -> Vec<MenuNode> {
        let sorted = sorted(&self.entries, members);
        let siblings: Vec<&Entry> = sorted.iter().map(|&place| &self.entries[members[place]]).collect();
        let row = if siblings.iter().all(|sibling| sibling.beside.is_none()) {
            (0..sorted.len()).collect()
        } else {
            row(&siblings, self.diagnostics)
        };
        let node = |at: usize| MenuNode {
            entry: siblings[at].placed(),
            children: std::mem::take(&mut nested[sorted[at]]),
        };
        row.into_iter().map(node).collect()
    }
}

/// The places of siblings among the members, sorted by order, label and name.
fn sorted(entries: &[Entry], members: &[usize]) -> Vec<usize> {
    let node = |place: usize| &entries[members[place]].node;
    let words = |place: usize| (node(place).label.as_str(), node(place).name.as_str());
    let mut ranks: Vec<(i64, usize)> =
        (0..members.len()).map(|place| (rank(node(place).order), place)).collect();
    ranks.sort_by(|(rank, place), (other, beside)| {
        rank.cmp(other).then_with(|| words(*place).cmp(&words(*beside)))
    });
    ranks.into_iter().map(|(_, place)| place).collect()
}

/// An order as a number: these compare as `f64::total_cmp` has it. Compared as they are written, they would take a thirtieth
/// of what follows an edit. Without an order an entry comes last.
fn rank(order: Option<f64>) -> i64 {
    let bits = order.unwrap_or(f64::INFINITY).to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// Sorted siblings with those that stand beside another beside it.
fn row(siblings: &[&Entry], diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let neighbours = neighbours(siblings, diagnostics);
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
            diagnostics.push(circle(siblings, &neighbours, at));
            row.extend(around(at, &beside, &mut placed));
        }
    }
    row
}

/// For each sibling, the one that it stands beside.
fn neighbours(siblings: &[&Entry], diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<(Side, usize)>> {
    let names = || siblings.iter().map(|sibling| sibling.node.name.as_str());
    let neighbour = |sibling: &&Entry| {
        let Beside { side, target } = sibling.beside.as_ref()?;
        let found = names().position(|name| name == target.name);
        if found.is_none() {
            let relation = if *side == Side::Before { "before" } else { "after" };
            let others = names().filter(|&name| name != sibling.node.name);
            diagnostics.push(messages::unknown_menu_item(relation, &target.name, target.origin, others));
        }
        found.map(|found| (*side, found))
    };
    siblings.iter().map(neighbour).collect()
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

fn circle(siblings: &[&Entry], neighbours: &[Option<(Side, usize)>], start: usize) -> Diagnostic {
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
            let entry = siblings[at];
            let origin = entry.beside.as_ref().and_then(|beside| beside.target.origin);
            (entry.node.name.as_str(), origin)
        })
        .collect();
    messages::menu_cycle("before/after", &shown)
}
