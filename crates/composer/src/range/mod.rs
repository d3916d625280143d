//! Whether a version is in a range, as npm's `semver` says it: <https://github.com/npm/node-semver#range-grammar>, and where
//! the grammar is silent, what the package does. The SDK asks the package itself; `fixtures/ranges` has what both have to
//! answer.

mod comparator;
mod partial;

use comparator::{Comparator, comparators};
use semver::Version;

/// The largest number in a version: the largest integer that JavaScript counts exactly.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// The most characters of a version.
const MAX_LENGTH: usize = 256;

/// What there is to say of a version and the range that it should be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The version is in the range.
    Fits,
    /// It is not, or there is no version, or none that npm reads.
    Misfit,
    /// The range is none that npm reads.
    Invalid,
}

/// The verdict on a version. `*`, an empty range, and the short forms of the protocol of workspaces, such as `workspace:^`, ask
/// for whatever is there, with a version or without.
pub fn verdict(range: &str, version: Option<&str>) -> Verdict {
    let asked = asked(range);
    if asked == "*" {
        return Verdict::Fits;
    }
    let Some(alternatives) = alternatives(asked) else { return Verdict::Invalid };
    match version.and_then(read_version) {
        Some(version) if alternatives.iter().any(|all| allow(all, &version)) => Verdict::Fits,
        _ => Verdict::Misfit,
    }
}

/// The range itself, without the protocol of workspaces.
fn asked(range: &str) -> &str {
    let range = range.trim();
    match range.strip_prefix("workspace:").map(str::trim) {
        Some("^" | "~" | "") => "*",
        Some(range) => range,
        None if range.is_empty() => "*",
        None => range,
    }
}

/// A version as npm reads it: with or without `v`.
fn read_version(text: &str) -> Option<Version> {
    let bare = text.trim();
    let version = Version::parse(bare.strip_prefix('v').unwrap_or(bare)).ok()?;
    let fits = [version.major, version.minor, version.patch].into_iter().all(|number| number <= MAX_NUMBER);
    (fits && text.encode_utf16().count() <= MAX_LENGTH).then_some(version)
}

/// What a range allows: one of several lists of comparators, all of which have to hold. `None` if it is no range.
fn alternatives(range: &str) -> Option<Vec<Vec<Comparator>>> {
    let alternatives: Vec<_> = range.split("||").map(comparators).collect::<Option<_>>()?;
    // An alternative without a comparator makes the others meaningless, also where they name a prerelease.
    let any = alternatives.iter().position(Vec::is_empty);
    Some(if any.is_some() { vec![Vec::new()] } else { alternatives })
}

/// Whether comparators allow a version. A prerelease is allowed only where one of them names a prerelease of the same
/// version.
fn allow(comparators: &[Comparator], version: &Version) -> bool {
    comparators.iter().all(|comparator| comparator.allows(version))
        && (version.pre.is_empty()
            || comparators.iter().any(|comparator| comparator.names_prerelease_of(version)))
}
