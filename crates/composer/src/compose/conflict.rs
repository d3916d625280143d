//! Who wins where several plugins declare the same thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Diagnostic,
    manifest::{Leaf, Named},
    messages::conflicts::{self as messages, ClaimKind},
    plugin::Plugin,
    source::Origin,
};

/// A declaration that no other may repeat.
pub(super) struct Claim<'a> {
    /// What may not be repeated.
    pub(super) key: String,
    /// How people and overrides write it.
    pub(super) id: String,
    /// Who declares it.
    pub(super) plugin: &'a str,
    /// Where.
    pub(super) origin: &'a Origin,
    /// On what condition.
    pub(super) when: Option<&'a Leaf>,
}

/// Settles claims of every kind, and remembers which overrides were of use.
pub(super) struct Settlement<'a> {
    overrides: Vec<Override<'a>>,
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
    pub(super) fn new(plugins: &'a [Plugin]) -> Self {
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

    /// Which of the claims hold, by position. They are given in the order of their plugins: of two, the first holds,
    /// unless the other overrides it or different conditions tell them apart.
    pub(super) fn settle(&mut self, kind: ClaimKind, claims: &[Claim]) -> Vec<bool> {
        let mut holds = vec![true; claims.len()];
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            by_key.entry(&claim.key).or_default().push(index);
            self.claimed.insert(format!("{}#{}", claim.plugin, claim.id));
        }
        for rivals in by_key.into_values().filter(|rivals| rivals.len() > 1) {
            let remaining = self.replace(claims, &rivals, &mut holds);
            self.judge(kind, claims, &remaining, &mut holds);
        }
        holds
    }

    /// Drops whatever a rival overrides. If that leaves nothing, the overrides contradict each other and do not count.
    fn replace(&mut self, claims: &[Claim], rivals: &[usize], holds: &mut [bool]) -> Vec<usize> {
        let remaining: Vec<usize> =
            rivals.iter().copied().filter(|&loser| !self.overridden(claims, rivals, loser)).collect();
        if remaining.is_empty() {
            return rivals.to_vec();
        }
        for &index in rivals {
            holds[index] = remaining.contains(&index);
        }
        remaining
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
        let Some((&first, others)) = remaining.split_first() else { return };
        if others.is_empty() {
            return;
        }
        let shown: Vec<(&str, &Origin)> =
            remaining.iter().map(|&index| (claims[index].plugin, claims[index].origin)).collect();
        let conditions: BTreeSet<&str> =
            remaining.iter().filter_map(|&index| claims[index].when.map(condition)).collect();
        if conditions.len() == remaining.len() {
            self.diagnostics.push(messages::conditional_conflict(kind, &claims[first].id, &shown));
            return;
        }
        self.diagnostics.push(messages::conflict(kind, &claims[first].id, &shown));
        for &index in others {
            holds[index] = false;
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

/// Two conditions are the same if they are written the same.
fn condition(when: &Leaf) -> &str {
    when.text().unwrap_or_else(|| when.value.origin.text()).trim()
}

/// Keeps the items whose claims hold.
pub(super) fn retain<T>(items: Vec<T>, holds: &[bool]) -> Vec<T> {
    items.into_iter().zip(holds).filter_map(|(item, holds)| holds.then_some(item)).collect()
}
