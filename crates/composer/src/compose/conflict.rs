//! Who wins where several plugins declare the same thing.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, hash_map::Entry},
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    manifest::Leaf,
    maps::HashMap,
    messages::conflicts::{self as messages, ClaimKind},
    plugin::Plugin,
    source::{Named, Origin},
    value::ValueKind,
    when,
};

/// A declaration that no other may repeat.
pub(super) struct Claim<'a> {
    /// How people and overrides write it.
    pub(super) id: Cow<'a, str>,
    /// Who declares it.
    pub(super) plugin: &'a str,
    /// Where.
    pub(super) origin: &'a Origin,
    /// On what condition.
    pub(super) when: Option<Cow<'a, str>>,
    /// Whether it only holds others, and shows nothing itself: any number of such may be there.
    pub(super) bare: bool,
}

/// Settles claims of every kind, and remembers which overrides were of use.
pub(super) struct Settlement<'a> {
    overrides: Vec<Override<'a>>,
    /// Everything that an override could name, if there are overrides.
    claimed: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
}

struct Override<'a> {
    plugin: &'a str,
    target: &'a Named,
    used: bool,
}

impl<'a> Settlement<'a> {
    /// The overrides of the plugins that take part.
    pub(super) fn new(plugins: &'a [Arc<Plugin>]) -> Self {
        let overrides = plugins
            .iter()
            .flat_map(|plugin| {
                let plugin_name = plugin.name.name.as_str();
                plugin.manifest.overrides.iter().map(move |target| Override {
                    plugin: plugin_name,
                    target,
                    used: false,
                })
            })
            .collect();
        Self { overrides, claimed: BTreeSet::new(), diagnostics: Vec::new() }
    }

    /// Which claims hold, by number. `keys` has what each of them claims: a name, or every shape of a route; what else there
    /// is to know of a claim is asked only if that matters. They are given in the order of their plugins: of two, the first
    /// holds, unless the other overrides it or different conditions tell them apart.
    pub(super) fn settle<'c>(
        &mut self,
        kind: ClaimKind,
        keys: &[(usize, &str)],
        claim: &dyn Fn(usize) -> Claim<'c>,
    ) -> Vec<bool> {
        let count = keys.last().map_or(0, |(last, _)| last + 1);
        let mut holds = vec![true; count];
        let meetings = meetings(keys);
        if meetings.is_empty() && self.overrides.is_empty() {
            return holds;
        }
        let claims: Vec<Claim> = (0..count).map(claim).collect();
        if !self.overrides.is_empty() {
            self.claimed.extend(claims.iter().map(|claim| format!("{}#{}", claim.plugin, claim.id)));
        }
        for rivals in &meetings {
            self.replace(&claims, rivals, &mut holds);
        }
        for rivals in meetings {
            let remaining: Vec<usize> = rivals.into_iter().filter(|&index| holds[index]).collect();
            if remaining.iter().any(|&index| !claims[index].bare) {
                self.judge(kind, &claims, &remaining, &mut holds);
            }
        }
        holds
    }

    /// Drops whatever a rival overrides. If that leaves nothing, the overrides contradict each other and do not count.
    fn replace(&mut self, claims: &[Claim], rivals: &[usize], holds: &mut [bool]) {
        let (lost, remaining): (Vec<usize>, Vec<usize>) =
            rivals.iter().partition(|&&loser| self.overridden(claims, rivals, loser));
        if !remaining.is_empty() {
            for index in lost {
                holds[index] = false;
            }
        }
    }

    fn overridden(&mut self, claims: &[Claim], rivals: &[usize], loser: usize) -> bool {
        let target = format!("{}#{}", claims[loser].plugin, claims[loser].id);
        let mut found = false;
        for by in &mut self.overrides {
            let rival = rivals.iter().any(|&index| index != loser && claims[index].plugin == by.plugin);
            if rival && by.plugin != claims[loser].plugin && by.target.name == target {
                by.used = true;
                found = true;
            }
        }
        found
    }

    fn judge(&mut self, kind: ClaimKind, claims: &[Claim], remaining: &[usize], holds: &mut [bool]) {
        let mut by_condition: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for &index in remaining {
            by_condition.entry(claims[index].when.as_deref()).or_default().push(index);
        }
        let shown = |indices: &[usize]| -> Vec<(&str, &Origin)> {
            indices.iter().map(|&index| (claims[index].plugin, claims[index].origin)).collect()
        };
        // What holds always meets every other, on whatever condition.
        let alike: Vec<Vec<usize>> = if by_condition.contains_key(&None) {
            vec![remaining.to_vec()]
        } else {
            by_condition.into_values().collect()
        };
        let mut first: Vec<usize> = Vec::new();
        for indices in alike {
            first.push(indices[0]);
            if indices.len() > 1 {
                self.diagnostics.push(messages::conflict(kind, &claims[indices[0]].id, &shown(&indices)));
            }
            for &other in &indices[1..] {
                holds[other] &= claims[other].bare && claims[indices[0]].bare;
            }
        }
        if first.len() > 1 {
            first.sort_unstable();
            let id = &claims[first[0]].id;
            self.diagnostics.push(messages::conditional_conflict(kind, id, &shown(&first)));
        }
    }

    /// What there is to say: the conflicts, and the overrides that replaced nothing.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for unused in self.overrides.iter().filter(|by| !by.used) {
            let known = self
                .claimed
                .iter()
                .map(String::as_str)
                .filter(|id| !id.starts_with(&format!("{}#", unused.plugin)));
            self.diagnostics.push(messages::unknown_override(unused.plugin, unused.target, known));
        }
        self.diagnostics
    }
}

/// The claims that have a key in common. Routes with optional segments may meet under several, and are judged once.
fn meetings(keys: &[(usize, &str)]) -> BTreeSet<Vec<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::default();
    first.reserve(keys.len());
    let mut rivals: HashMap<&str, Vec<usize>> = HashMap::default();
    for &(claim, key) in keys {
        match first.entry(key) {
            Entry::Vacant(free) => drop(free.insert(claim)),
            Entry::Occupied(first) => {
                rivals.entry(key).or_insert_with(|| vec![*first.get()]).push(claim);
            }
        }
    }
    rivals.into_values().collect()
}

/// A condition as text: two are the same if they ask the same in the same order, however they are spaced and quoted;
/// functions, if they are written the same.
pub(super) fn condition(when: &Leaf) -> Cow<'_, str> {
    let written = when.text().unwrap_or_else(|| when.value.origin.text()).trim();
    match (&when.value.kind, when::parse(written)) {
        (ValueKind::String(_), Ok(condition)) => condition.to_json().to_string().into(),
        _ => written.into(),
    }
}

/// Keeps the items whose claims hold.
pub(super) fn retain<T>(items: Vec<T>, holds: &[bool]) -> Vec<T> {
    items.into_iter().zip(holds).filter_map(|(item, holds)| holds.then_some(item)).collect()
}
