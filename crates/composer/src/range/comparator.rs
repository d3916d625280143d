//! What ranges are made of: `>=1.2.0 <2.0.0-0`.

use std::cmp::Ordering;

use semver::{Prerelease, Version};

use crate::range::{MAX_NUMBER, partial::Partial, read_version};

/// A bound, or the one version that is allowed.
#[derive(Debug)]
pub(super) struct Comparator {
    /// How a version that is allowed may compare.
    orders: &'static [Ordering],
    version: Version,
}

const LESS: &[Ordering] = &[Ordering::Less];
const AT_MOST: &[Ordering] = &[Ordering::Less, Ordering::Equal];
const EQUAL: &[Ordering] = &[Ordering::Equal];
const AT_LEAST: &[Ordering] = &[Ordering::Greater, Ordering::Equal];
const GREATER: &[Ordering] = &[Ordering::Greater];

impl Comparator {
    pub(super) fn allows(&self, version: &Version) -> bool {
        self.orders.contains(&version.cmp_precedence(&self.version))
    }

    pub(super) fn names_prerelease_of(&self, version: &Version) -> bool {
        let numbers = |version: &Version| (version.major, version.minor, version.patch);
        !self.version.pre.is_empty() && numbers(&self.version) == numbers(version)
    }

    /// Whether every version that is no prerelease passes.
    fn is_idle(&self) -> bool {
        self.orders == AT_LEAST && self.version == Version::new(0, 0, 0)
    }
}

/// The comparators of a range without `||`; none if it allows everything. `None` if it is no range.
pub(super) fn comparators(range: &str) -> Option<Vec<Comparator>> {
    let range = without_build(range);
    let words: Vec<&str> = range.split_whitespace().collect();
    let mut made = Vec::new();
    if let [from, "-", to] = words[..] {
        made.extend(from_to(&Partial::read(from)?, &Partial::read(to)?)?);
    } else {
        for word in joined(&words)? {
            made.extend(comparators_of(&word)?);
        }
    }
    made.retain(|comparator| !comparator.is_idle());
    let is_sound = |Version { major, minor, patch, .. }: &Version| *major.max(minor).max(patch) <= MAX_NUMBER;
    made.iter().all(|comparator| is_sound(&comparator.version)).then_some(made)
}

/// A range without build metadata, `+` and identifiers, which mean nothing in it.
fn without_build(range: &str) -> String {
    let mut parts = range.split('+');
    let mut bare = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let is_identifier = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let mut rest = part.trim_start_matches(is_identifier);
        if rest.len() == part.len() {
            bare.push('+'); // It is followed by no identifier, and stays as what cannot be read.
        } else {
            while let Some(next) = rest.strip_prefix('.').filter(|next| next.starts_with(is_identifier)) {
                rest = next.trim_start_matches(is_identifier);
            }
        }
        bare.push_str(rest);
    }
    bare
}

/// The words, where an operator that stands alone belongs to the next one. `None` if there is no next one.
fn joined(words: &[&str]) -> Option<Vec<String>> {
    let mut joined = Vec::new();
    let mut pending = String::new();
    for word in words {
        let is_operator = matches!(*word, "<" | ">" | "<=" | ">=" | "=" | "^" | "~" | "~>");
        let is_first = pending.is_empty();
        pending.push_str(word);
        if !(is_operator && is_first || pending == "~>") {
            joined.push(std::mem::take(&mut pending));
        }
    }
    pending.is_empty().then_some(joined)
}

/// `1.2 - 2.3`: the first may be anything from its lowest version on, the last is included with all that it stands for.
fn from_to(from: &Partial, to: &Partial) -> Option<Vec<Comparator>> {
    let is_readable = |partial: &Partial| partial.is_plain || partial.patch.is_none();
    if !is_readable(from) || !is_readable(to) && to.pre.is_empty() {
        return None;
    }
    let upper = match to.patch {
        Some(_) => to.lowest().map(|version| Comparator { orders: AT_MOST, version }),
        None => to.next_minor().map(below),
    };
    Some(from.lowest().map(at_least).into_iter().chain(upper).collect())
}

/// What one word of a range asks for.
fn comparators_of(word: &str) -> Option<Vec<Comparator>> {
    if let Some(partial) = word.strip_prefix('^').and_then(Partial::read) {
        return Some(between(partial.lowest(), next_breaking(&partial)));
    }
    let tilde = word.strip_prefix('~').map(|rest| rest.strip_prefix('>').unwrap_or(rest));
    if let Some(partial) = tilde.and_then(Partial::read) {
        return Some(between(partial.lowest(), partial.next_minor()));
    }
    let (orders, rest) = operator(word);
    match Partial::read(rest) {
        Some(partial) if partial.patch.is_none() => {
            partial.is_in_order.then(|| of_incomplete(orders, &partial))
        }
        _ => exact(word),
    }
}

/// The first version that breaks with one, by caret: the leftmost number that is not zero counts.
fn next_breaking(partial: &Partial) -> Option<Version> {
    match (partial.major?, partial.minor, partial.patch) {
        (0, Some(0), Some(patch)) => Some(Version::new(0, 0, patch + 1)),
        (0, Some(_), _) => partial.next_minor(),
        _ => partial.next_major(),
    }
}

fn operator(word: &str) -> (&'static [Ordering], &str) {
    let operators = [("<=", AT_MOST), (">=", AT_LEAST), ("<", LESS), (">", GREATER), ("=", EQUAL)];
    let found = operators.into_iter().find_map(|(sign, orders)| Some((orders, word.strip_prefix(sign)?)));
    found.unwrap_or((EQUAL, word))
}

/// An operator before a version of which parts are missing.
fn of_incomplete(orders: &[Ordering], partial: &Partial) -> Vec<Comparator> {
    let (lowest, next) = (partial.lowest(), partial.next_minor());
    let Some(lowest) = lowest else {
        // Nothing is less or greater than anything: no version is less than this one.
        let is_strict = orders == LESS || orders == GREATER;
        return if is_strict { vec![below(Version::new(0, 0, 0))] } else { Vec::new() };
    };
    match orders {
        GREATER => next.map(at_least).into_iter().collect(),
        AT_LEAST => vec![at_least(lowest)],
        LESS => vec![below(lowest)],
        AT_MOST => next.map(below).into_iter().collect(),
        _ => between(Some(lowest), next),
    }
}

/// An operator before a whole version. A `*` beside it is passed over.
fn exact(word: &str) -> Option<Vec<Comparator>> {
    let word = without_star(word);
    let (orders, rest) = operator(&word);
    let version = read_version(rest)?;
    Some(vec![Comparator { orders, version }])
}

/// A word without its first `*` and the operator before that.
fn without_star(word: &str) -> String {
    let Some((before, after)) = word.split_once('*') else { return word.to_string() };
    let before = before.strip_suffix('=').unwrap_or(before);
    format!("{}{after}", before.strip_suffix(['<', '>']).unwrap_or(before))
}

fn between(lowest: Option<Version>, next: Option<Version>) -> Vec<Comparator> {
    lowest.map(at_least).into_iter().chain(next.map(below)).collect()
}

fn at_least(version: Version) -> Comparator {
    Comparator { orders: AT_LEAST, version }
}

/// Below a version and all its prereleases.
fn below(version: Version) -> Comparator {
    let lowest = Prerelease::new("0").unwrap_or(Prerelease::EMPTY);
    Comparator { orders: LESS, version: Version { pre: lowest, ..version } }
}
