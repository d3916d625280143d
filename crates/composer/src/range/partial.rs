//! Versions of which parts may be missing: `1`, `1.2`, `1.x`, `*`, `1.2.3-beta`.

use semver::{Prerelease, Version};

use crate::range::MAX_NUMBER;

/// A version of which parts may be missing; what follows a missing part does not count.
pub(super) struct Partial {
    pub(super) major: Option<u64>,
    pub(super) minor: Option<u64>,
    pub(super) patch: Option<u64>,
    pub(super) pre: Prerelease,
    /// Nothing but one `v` stands before it.
    pub(super) is_plain: bool,
    /// No part is given after one that is missing: not `x.2`.
    pub(super) is_in_order: bool,
}

impl Partial {
    /// Reads a whole text, after any `v` and `=`. `None` if it is no such version.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bare = text.trim_start_matches(['v', '=']);
        let (core, pre) = bare.split_once('-').map_or((bare, None), |(core, pre)| (core, Some(pre)));
        let parts: Vec<&str> = core.split('.').collect();
        let is_read = parts.iter().all(|part| is_missing(part) || number(part).is_some());
        if !is_read || parts.len() > 3 || pre.is_some_and(|pre| pre.is_empty() || parts.len() < 3) {
            return None;
        }
        let part = |at: usize| parts.get(at).and_then(|part| number(part));
        Some(Self {
            major: part(0),
            minor: part(0).and(part(1)),
            patch: part(0).and(part(1)).and(part(2)),
            pre: Prerelease::new(pre.unwrap_or("")).ok()?,
            is_plain: matches!(&text[..text.len() - bare.len()], "" | "v"),
            is_in_order: parts.iter().skip_while(|part| !is_missing(part)).all(|part| is_missing(part)),
        })
    }

    /// The lowest version that it stands for; `None` if it stands for all.
    pub(super) fn lowest(&self) -> Option<Version> {
        let pre = if self.patch.is_some() { self.pre.clone() } else { Prerelease::EMPTY };
        let version = Version::new(self.major?, self.minor.unwrap_or(0), self.patch.unwrap_or(0));
        Some(Version { pre, ..version })
    }

    /// The first version after all that have its major number.
    pub(super) fn next_major(&self) -> Option<Version> {
        Some(Version::new(self.major? + 1, 0, 0))
    }

    /// The first version after all that have its major and its minor number, or its major number where it has no other.
    pub(super) fn next_minor(&self) -> Option<Version> {
        self.minor.map_or_else(|| self.next_major(), |minor| Some(Version::new(self.major?, minor + 1, 0)))
    }
}

fn is_missing(part: &str) -> bool {
    matches!(part, "x" | "X" | "*")
}

fn number(part: &str) -> Option<u64> {
    let is_number = part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    part.parse().ok().filter(|&number| is_number && number <= MAX_NUMBER)
}
