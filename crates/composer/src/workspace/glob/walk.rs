//! `pattern → folders`: lists the folders that a pattern names, and no other.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::{Alternative, Part};
use crate::{
    disk::{Disk, EntryKind, Kind},
    maps::HashSet,
};

/// How a tool's glob treats symbolic links to folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Links {
    /// Followed everywhere; a link into what is already being walked is not (fdir's rule).
    Followed,
    /// Followed where a segment names them; `**` never descends into one, and only may see it.
    NamedOnly(Seen),
    /// Followed only in the plain path that a pattern begins with.
    Ignored,
}

/// Where `**` sees a link to a folder, without descending into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Seen {
    /// Everywhere: glob 7.
    Always,
    /// Where the pattern does not begin with it: glob 13.
    NotFirst,
    /// Nowhere: Bun.
    Never,
}

/// Walks one tree for any number of patterns; each folder is listed once.
pub(in super::super) struct Walk<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    listed: RefCell<BTreeMap<String, Rc<[Folder]>>>,
}

/// A folder in a folder.
#[derive(Debug)]
struct Folder {
    name: String,
    link: bool,
}

/// The walk of one pattern.
struct Expansion<'a> {
    walk: &'a Walk<'a>,
    pattern: &'a Alternative,
    links: Links,
    pruned: &'a dyn Fn(&str) -> bool,
    /// Where the walk has been, if a `**` can lead there in more ways than one.
    seen: Option<HashSet<(String, usize)>>,
    /// How many plain names the pattern begins with.
    plain: usize,
    found: Vec<String>,
}

/// A folder on the way: its path from the root, and where the links on the way led.
#[derive(Clone, Default)]
struct Place {
    dir: String,
    /// How many names the path has.
    depth: usize,
    targets: Vec<PathBuf>,
}

impl<'a> Walk<'a> {
    pub(in super::super) fn new(disk: &'a dyn Disk, root: &'a Path) -> Self {
        Self { disk, root, listed: RefCell::default() }
    }

    /// The paths that a pattern stands for, relative to the root, `.` for the root, in no order and some perhaps twice. A plain path is taken at its
    /// word: whether something is there, reading it tells. Folders for which `pruned` holds are neither entered nor
    /// found.
    pub(in super::super) fn expand(
        &self,
        pattern: &Alternative,
        links: Links,
        pruned: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let seen = pattern.parts.contains(&Part::GlobStar).then(HashSet::default);
        let (found, plain) = (Vec::new(), pattern.plain_names().len());
        let mut expansion = Expansion { walk: self, pattern, links, pruned, seen, plain, found };
        expansion.visit(Place::default(), 0);
        expansion.found
    }

    /// The folders in a folder, links to folders among them, in no order.
    fn folders(&self, dir: &str) -> Rc<[Folder]> {
        if let Some(folders) = self.listed.borrow().get(dir) {
            return Rc::clone(folders);
        }
        // Joined with nothing, a path would end with a separator, and be another text for the same folder.
        let path = if dir.is_empty() { self.root.to_path_buf() } else { self.root.join(dir) };
        let entries = self.disk.list(&path).unwrap_or_default();
        let folder = |entry: crate::disk::Entry| match entry.kind {
            EntryKind::Dir => Some(Folder { name: entry.name, link: false }),
            EntryKind::Link if self.disk.kind(&path.join(&entry.name)) == Some(Kind::Dir) => {
                Some(Folder { name: entry.name, link: true })
            }
            _ => None,
        };
        let folders: Rc<[Folder]> = entries.into_iter().filter_map(folder).collect();
        self.listed.borrow_mut().insert(dir.to_owned(), Rc::clone(&folders));
        folders
    }
}

impl Expansion<'_> {
    fn visit(&mut self, place: Place, index: usize) {
        if self.seen.as_mut().is_some_and(|seen| !seen.insert((place.dir.clone(), index))) {
            return;
        }
        let pattern = self.pattern;
        // Every library starts from the plain path that a pattern begins with, whatever it prunes later.
        let started = index == pattern.parts.len() || place.depth > self.plain;
        if started && place.depth > 0 && (self.pruned)(&place.dir) {
            return;
        }
        match pattern.parts.get(index) {
            None => {
                self.found.push(if place.dir.is_empty() { ".".to_owned() } else { place.dir });
            }
            Some(Part::Named(name)) if self.links != Links::Ignored || self.plain_until(index) => {
                self.visit(place.child(name), index + 1);
            }
            Some(Part::Named(name)) => self.descend(&place, index, |folder| folder.name == *name),
            Some(Part::Matching(segment)) => {
                self.descend(&place, index, |folder| segment.matches(&folder.name));
            }
            Some(Part::GlobStar) => {
                self.visit(place.clone(), index + 1);
                self.descend(&place, index, |folder| pattern.walks_into(&folder.name));
            }
        }
    }

    /// Goes on in the folders of a folder that the part at `index` wants.
    fn descend(&mut self, place: &Place, index: usize, wanted: impl Fn(&Folder) -> bool) {
        let globstar = self.pattern.parts[index] == Part::GlobStar;
        let next = if globstar { index } else { index + 1 };
        for folder in self.walk.folders(&place.dir).iter().filter(|folder| wanted(folder)) {
            let child = place.child(&folder.name);
            match self.links {
                _ if !folder.link => self.visit(child, next),
                Links::Followed => {
                    if let Some(child) = self.follow(child) {
                        self.visit(child, next);
                    }
                }
                Links::NamedOnly(_) if !globstar => self.visit(child, next),
                Links::NamedOnly(seen) if seen == Seen::Always || (seen == Seen::NotFirst && index > 0) => {
                    self.visit(child, index + 1);
                }
                Links::NamedOnly(_) | Links::Ignored => {}
            }
        }
    }

    /// The place behind a link; none if the link leads into what is already being walked.
    fn follow(&self, mut child: Place) -> Option<Place> {
        let target = self.walk.disk.real_path(&self.walk.root.join(&child.dir)).ok()?;
        let text = target.to_string_lossy();
        let overlaps = |earlier: &PathBuf| {
            let earlier = earlier.to_string_lossy();
            earlier.starts_with(&*text) || text.starts_with(&*earlier)
        };
        if child.targets.iter().any(overlaps) {
            return None;
        }
        child.targets.push(target);
        Some(child)
    }

    fn plain_until(&self, index: usize) -> bool {
        index < self.plain
    }
}

impl Place {
    fn child(&self, name: &str) -> Self {
        let dir = if self.dir.is_empty() { name.to_owned() } else { [&self.dir, "/", name].concat() };
        Self { dir, depth: self.depth + 1, targets: self.targets.clone() }
    }
}
