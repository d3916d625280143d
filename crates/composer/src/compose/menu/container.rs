//! Where each item belongs.

use std::{collections::BTreeSet, rc::Rc};

use crate::{
    compose::menu::Entry, diagnostic::Diagnostic, maps::HashMap, messages::menu as messages,
    node::group_name, source::Origin,
};

/// Items within one another, at most: deeper ones are a mistake, and no menu shows them.
const DEEPEST: usize = 64;

/// Where an entry belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Container {
    Top,
    Group(Rc<str>),
    Item(usize),
}

/// Where each entry belongs: in its parent, in its module's group, beside what it names, or at the top. What an entry says
/// in vain, it no longer says.
pub(super) fn containers(entries: &mut [Entry], diagnostics: &mut Vec<Diagnostic>) -> Vec<Container> {
    let (own, containers) = found(entries, diagnostics);
    for (entry, own) in entries.iter_mut().zip(own) {
        if own.is_none() {
            (entry.module, entry.parent) = (None, None);
        }
    }
    containers
}

/// The place that each entry has of its own, and the one that it gets.
fn found(entries: &[Entry], diagnostics: &mut Vec<Diagnostic>) -> (Vec<Option<Container>>, Vec<Container>) {
    let index = index(entries);
    let mut groups: HashMap<&str, Container> = HashMap::default();
    let mut own = Vec::with_capacity(entries.len());
    for entry in entries {
        let nested = entry.parent.as_ref().map(|parent| (parent, index.get(&*parent.name)));
        if let Some((_, Some(&found))) = nested {
            own.push(Some(Container::Item(found)));
            continue;
        }
        if let Some((parent, None)) = nested {
            let others = index.keys().copied().filter(|&name| name != entry.node.name);
            let known = others.collect::<BTreeSet<&str>>().into_iter();
            diagnostics.push(messages::unknown_menu_item("parent", &parent.name, parent.origin, known));
        }
        let group = |module| Container::Group(group_name(module).into());
        own.push(entry.module.map(|module| groups.entry(module).or_insert_with(|| group(module)).clone()));
    }
    let own = without_cycles(entries, own, diagnostics);
    let containers = (0..entries.len()).map(|at| beside_container(entries, &own, &index, at)).collect();
    let containers = without_astray(entries, &own, containers, diagnostics);
    (own, containers)
}

/// Every entry by name, if any refers to another.
fn index<'e>(entries: &'e [Entry]) -> HashMap<&'e str, usize> {
    let mut index = HashMap::default();
    if entries.iter().any(|entry| entry.parent.is_some() || entry.beside.is_some()) {
        for (at, entry) in entries.iter().enumerate() {
            index.entry(entry.node.name.as_str()).or_insert(at);
        }
    }
    index
}

/// Entries that would be within themselves because of their neighbours go to the top: nobody would find them.
fn without_astray(
    entries: &[Entry],
    own: &[Option<Container>],
    mut containers: Vec<Container>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Container> {
    let mut astray = BTreeSet::new();
    for start in (0..entries.len()).filter(|&start| own[start].is_none()) {
        let Some(path) = path_to_itself(&containers, start) else { continue };
        if !path.iter().any(|at| astray.contains(at)) {
            let shown: Vec<(&str, Option<&Origin>)> = path
                .iter()
                .map(|&at| {
                    let entry = &entries[at];
                    let beside = || entry.beside.as_ref().map(|beside| &beside.target);
                    let target = entry.parent.as_ref().filter(|_| own[at].is_some()).or_else(beside);
                    (entry.node.name.as_str(), target.and_then(|target| target.origin))
                })
                .collect();
            diagnostics.push(messages::menu_cycle("parent/before/after", &shown));
        }
        astray.insert(start);
    }
    for at in astray {
        containers[at] = Container::Top;
    }
    containers
}

/// The way from an entry through what it is in, if that leads to the entry again.
fn path_to_itself(containers: &[Container], start: usize) -> Option<Vec<usize>> {
    let mut path = vec![start];
    while let Container::Item(next) = containers[path[path.len() - 1]] {
        if next == start {
            return Some(path);
        }
        if path.contains(&next) {
            return None;
        }
        path.push(next);
    }
    None
}

/// An entry without a place of its own goes where its neighbour is.
fn beside_container(
    entries: &[Entry],
    own: &[Option<Container>],
    index: &HashMap<&str, usize>,
    start: usize,
) -> Container {
    let mut at = start;
    for _ in 0..entries.len() {
        if let Some(container) = &own[at] {
            // Nobody can stand beside an item inside itself.
            return if *container == Container::Item(start) { Container::Top } else { container.clone() };
        }
        let neighbour = entries[at].beside.as_ref().and_then(|beside| index.get(&*beside.target.name));
        match neighbour {
            Some(&next) => at = next,
            None => return Container::Top,
        }
    }
    Container::Top
}

/// Items that are nested in each other in a circle go to the top, and so does one that is nested too deeply.
fn without_cycles(
    entries: &[Entry],
    mut own: Vec<Option<Container>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Container>> {
    for start in 0..entries.len() {
        if !matches!(own[start], Some(Container::Item(_))) {
            continue;
        }
        let mut path = vec![start];
        while let Some(Container::Item(parent)) = own[path[path.len() - 1]] {
            if parent == start {
                let shown: Vec<(&str, Option<&Origin>)> = path
                    .iter()
                    .map(|&at| {
                        let origin = entries[at].parent.as_ref().and_then(|parent| parent.origin);
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
            if path.len() == DEEPEST {
                let parent = entries[start].parent.as_ref().and_then(|parent| parent.origin);
                diagnostics.push(messages::menu_too_deep(&entries[start].node.name, DEEPEST, parent));
                own[start] = None;
                break;
            }
            path.push(parent);
        }
    }
    own
}
