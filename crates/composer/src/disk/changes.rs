//! What happened on a disk since it was last asked.

use std::{collections::BTreeSet, path::Path};

use crate::path::key;

/// Above this many paths it is quicker to ask everything again than to find out what they touch.
const MANY: usize = 512;

const SEPARATORS: [char; 2] = ['/', '\\'];

/// Paths that were created, written, renamed or removed: for a rename both names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These, and whatever is below them.
    Paths(BTreeSet<String>),
    /// Nobody knows what.
    Unknown,
}

impl Default for Changes {
    fn default() -> Self {
        Self::Paths(BTreeSet::new())
    }
}

impl<P: AsRef<Path>> FromIterator<P> for Changes {
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> Self {
        let mut changes = Self::default();
        for path in paths {
            changes.add(path.as_ref());
        }
        changes
    }
}

impl Changes {
    /// Adds a path.
    pub fn add(&mut self, path: &Path) {
        if let Self::Paths(paths) = self {
            paths.insert(key(path).into_owned());
            if paths.len() > MANY {
                *self = Self::Unknown;
            }
        }
    }

    /// Whether all paths that changed are such; false if nobody knows them.
    pub(crate) fn are_all(&self, are: impl Fn(&str) -> bool) -> bool {
        matches!(self, Self::Paths(paths) if paths.iter().all(|path| are(path)))
    }

    /// Whether what stands at a path, which is a [`key`], or what a folder of that path lists, may be another now.
    pub(crate) fn touch(&self, path: &str) -> bool {
        let Self::Paths(paths) = self else { return true };
        paths.iter().any(|changed| {
            let is_below =
                path.strip_prefix(changed.as_str()).is_some_and(|rest| rest.is_empty() || starts_below(rest));
            is_below || changed.strip_prefix(path).is_some_and(is_entry)
        })
    }

    /// What changes may have touched of a list that is sorted by path, which is a [`key`]. A few changes look at little of it.
    pub(crate) fn touched<'t, T>(
        &'t self,
        sorted: &'t [T],
        path: impl Fn(&T) -> &str + Copy + 't,
    ) -> Box<dyn Iterator<Item = &'t T> + 't> {
        let Self::Paths(paths) = self else { return Box::new(sorted.iter()) };
        let from = move |start: &str| &sorted[sorted.partition_point(|item| path(item) < start)..];
        Box::new(paths.iter().flat_map(move |changed| {
            let begins = move |item: &&T| path(item).starts_with(changed.as_str());
            let ends = move |item: &&T| path(item)[changed.len()..].chars().next().is_none_or(separates);
            let below = from(changed).iter().take_while(begins).filter(ends);
            let folder = changed.rfind(SEPARATORS).map(|end| changed[..end].trim_end_matches(SEPARATORS));
            let listing = folder
                .into_iter()
                .flat_map(move |folder| from(folder).iter().take_while(move |item| path(item) == folder));
            below.chain(listing)
        }))
    }
}

fn separates(char: char) -> bool {
    SEPARATORS.contains(&char)
}

/// Whether what follows a folder's path is inside of it.
fn starts_below(rest: &str) -> bool {
    rest.starts_with(SEPARATORS)
}

/// Whether what follows a folder's path is one of its entries.
fn is_entry(rest: &str) -> bool {
    starts_below(rest) && !rest.trim_start_matches(SEPARATORS).contains(SEPARATORS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_its_path_what_is_below_it_and_the_list_it_is_in() {
        let changes: Changes = ["/shop/plugins/a"].into_iter().collect();
        for touched in ["/shop/plugins/a", "/shop/plugins/a/src/x.ts", "/shop/plugins"] {
            assert!(changes.touch(touched), "{touched}");
        }
        for untouched in ["/shop/plugins/ab", "/shop/plugins/b", "/shop", "/shop/plugins/b/a"] {
            assert!(!changes.touch(untouched), "{untouched}");
        }
    }

    #[test]
    fn what_changes_touch_of_a_sorted_list_is_what_they_touch_one_by_one() {
        let mut sorted: Vec<String> = Vec::new();
        for folder in ["", "/shop", "/shop/a", "/shop/a.ts", "/shop/a-b", "/shop/a/b", "/shop/ab", "C:\\shop"]
        {
            sorted
                .extend(["", "/a", "/a/b/c", "-b", "\\a", "/ü", "/a.ts"].map(|end| format!("{folder}{end}")));
        }
        sorted.sort();
        for changed in sorted.iter().filter(|path| !path.is_empty()) {
            let changes: Changes = [changed, "/shop/ab/a"].into_iter().collect();
            let mut found: Vec<&String> = changes.touched(&sorted, |path| path).collect();
            found.sort();
            found.dedup();
            let mut expected: Vec<&String> = sorted.iter().filter(|path| changes.touch(path)).collect();
            expected.dedup();
            assert_eq!(found, expected, "{changed}");
        }
        assert_eq!(Changes::Unknown.touched(&sorted, |path| path).count(), sorted.len());
    }

    #[test]
    fn too_many_changes_touch_everything() {
        let changes: Changes = (0..=MANY).map(|number| format!("/shop/{number}")).collect();
        assert_eq!(changes, Changes::Unknown);
        assert!(changes.touch("/elsewhere"));
    }
}
