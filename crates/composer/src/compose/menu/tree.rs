//! Items and groups on their way to a tree, each list of siblings in its order.

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use crate::{
    compose::{
        menu::{Beside, Entry, Side, beside, container::Container, overrides},
        modules::group_name,
    },
    composition::{MenuEntry, MenuNode, ModuleNode, Place, Text},
    diagnostic::Diagnostic,
    messages::menu as messages,
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

/// An entry with what is nested in it, among its siblings.
struct Sibling<'a> {
    entry: Entry<'a>,
    children: Vec<MenuNode>,
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
        let at_top = std::mem::take(&mut self.top);
        let mut top = self.siblings(&at_top);
        for (name, members) in std::mem::take(&mut self.groups) {
            // As the first item writes it.
            let written = members.iter().find_map(|&at| self.entries[at].module);
            let written = written.unwrap_or(&name).to_string();
            let children = self.siblings(&members);
            top.extend(self.group(&name, written, children));
        }
        self.arrange(top)
    }

    /// Entries with what is nested in each, not yet in order.
    fn siblings(&mut self, members: &[usize]) -> Vec<Sibling<'a>> {
        let sibling = |&at: &usize| {
            let nested = std::mem::take(&mut self.nested[at]);
            let nested = self.siblings(&nested);
            Sibling { entry: self.entries[at].clone(), children: self.arrange(nested) }
        };
        members.iter().map(sibling).collect()
    }

    fn group(&mut self, name: &str, written: String, children: Vec<Sibling<'a>>) -> Option<Sibling<'a>> {
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
        let children = self.arrange(children);
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
        Some(Sibling { entry, children })
    }

    /// Sorts siblings, and then places those that stand beside another.
    fn arrange(&mut self, siblings: Vec<Sibling>) -> Vec<MenuNode> {
        let siblings = sorted(siblings);
        if siblings.iter().all(|sibling| sibling.entry.beside.is_none()) {
            return siblings.into_iter().map(Sibling::into_node).collect();
        }
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
        picked(siblings, row).map(Sibling::into_node).collect()
    }

    /// For each sibling, the one that it stands beside.
    fn neighbours(&mut self, siblings: &[Sibling]) -> Vec<Option<(Side, usize)>> {
        let names = || siblings.iter().map(|sibling| sibling.entry.node.name.as_str());
        siblings
            .iter()
            .map(|sibling| {
                let Beside { side, target } = sibling.entry.beside.as_ref()?;
                let found = names().position(|name| name == target.name);
                if found.is_none() {
                    let relation = if *side == Side::Before { "before" } else { "after" };
                    let unknown = messages::unknown_menu_item(relation, &target.name, target.origin, names());
                    self.diagnostics.push(unknown);
                }
                found.map(|found| (*side, found))
            })
            .collect()
    }
}

impl Sibling<'_> {
    /// A group has no place but among the others.
    fn into_node(self) -> MenuNode {
        let is_group = self.entry.node.plugin.is_none();
        let entry = if is_group { self.entry.node } else { self.entry.into_node() };
        MenuNode { entry, children: self.children }
    }
}

/// Siblings by order, label and name. Many compare, and few are moved.
fn sorted(siblings: Vec<Sibling>) -> Vec<Sibling> {
    let rank = |(at, sibling): (usize, &'_ Sibling)| (sibling.entry.node.order.unwrap_or(f64::INFINITY), at);
    let mut ranks: Vec<(f64, usize)> = siblings.iter().enumerate().map(rank).collect();
    let words = |at: usize| {
        let node: &MenuEntry = &siblings[at].entry.node;
        (node.label.as_str(), node.name.as_str())
    };
    ranks.sort_by(|(order, at), (other, beside)| {
        order.total_cmp(other).then_with(|| words(*at).cmp(&words(*beside)))
    });
    picked(siblings, ranks.into_iter().map(|(_, at)| at)).collect()
}

/// Siblings in another order.
fn picked<'a>(
    siblings: Vec<Sibling<'a>>,
    row: impl IntoIterator<Item = usize>,
) -> impl Iterator<Item = Sibling<'a>> {
    let mut siblings: Vec<Option<Sibling>> = siblings.into_iter().map(Some).collect();
    row.into_iter().filter_map(move |at| siblings[at].take())
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

fn circle(siblings: &[Sibling], neighbours: &[Option<(Side, usize)>], start: usize) -> Diagnostic {
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
            let entry = &siblings[at].entry;
            let origin = entry.beside.as_ref().and_then(|beside| beside.target.origin);
            (entry.node.name.as_str(), origin)
        })
        .collect();
    messages::menu_cycle("before/after", &shown)
}
