//! `Seen → Wanted`: what has to be watched so that no answer changes unheard.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    path::{Component, Path, PathBuf},
};

use crate::{
    disk::{Changes, Disk, Kind, Look, MAX_LINKS, Seen},
    maps::HashMap,
};

/// What has to be watched.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The folders whose entries decide what was seen.
    pub(super) folders: BTreeSet<PathBuf>,
    /// The places that links lead over, as the system names them, each with the names of the links.
    pub(super) ways: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// Where the paths lead over that were looked at before: places for a link, none for what is none. They are watched, so that
/// only changes make another of one: to look at every path again would take longer than to compose.
#[derive(Default)]
pub(super) struct Ways(HashMap<OsString, Box<[PathBuf]>>);

impl Ways {
    /// Forgets those that may have changed.
    pub(super) fn forget(&mut self, changes: &Changes) {
        self.0.retain(|path, _| !changes.touch(&path.to_string_lossy()));
    }
}

/// What has to be watched for what was seen. Folders are watched and not files: editors save by putting another file in a
/// file's place, and what is absent has no other way to be heard of.
///
/// Up to the workspace root every folder above counts too, since any of them may be renamed or replaced. Above the root
/// nothing is watched while there is a root. The number grows with the packages and configurations, whatever else lies in
/// the folders.
pub(super) fn wanted(root: &Path, seen: &Seen, ways: &mut Ways, disk: &dyn Disk) -> Wanted {
    let real_root = disk.real_path(root).unwrap_or_else(|_| root.to_path_buf());
    let mut set = Set {
        root,
        real_root,
        disk,
        known: HashMap::default(),
        before: std::mem::take(ways),
        still: Ways::default(),
        wanted: Wanted::default(),
    };
    if !set.is_there(root) {
        let above = root.ancestors().skip(1).find(|dir| set.is_there(dir));
        set.wanted.folders.extend(above.map(Path::to_path_buf));
    }
    for dir in &seen.dirs {
        set.add(dir);
    }
    for file in &seen.files {
        // What holds a file is a folder. Outside of the root no other is watched, should it go meanwhile.
        match file.parent().filter(|dir| dir.starts_with(root)) {
            Some(dir) => set.add(dir),
            None => set.add_nearest(file),
        }
        set.add_way(file);
    }
    for path in seen.links.iter().chain(&seen.missing) {
        set.add_nearest(path);
        set.add_way(path);
    }
    *ways = set.still;
    set.wanted
}

struct Set<'a> {
    root: &'a Path,
    real_root: PathBuf,
    disk: &'a dyn Disk,
    /// Whether there is a folder.
    known: HashMap<PathBuf, bool>,
    before: Ways,
    /// Those that were asked for again.
    still: Ways,
    wanted: Wanted,
}

impl Set<'_> {
    /// Adds the nearest folder above a path that is there.
    fn add_nearest(&mut self, path: &Path) {
        if let Some(nearest) = path.ancestors().skip(1).find(|dir| self.is_there(dir)) {
            self.add(nearest);
        }
    }

    fn is_there(&mut self, dir: &Path) -> bool {
        if self.wanted.folders.contains(dir) {
            return true;
        }
        if let Some(known) = self.known.get(dir) {
            return *known;
        }
        let is_there = self.disk.kind(dir) == Some(Kind::Dir);
        self.known.insert(dir.to_path_buf(), is_there);
        is_there
    }

    fn add(&mut self, dir: &Path) {
        if self.root.starts_with(dir) && self.root != dir {
            return;
        }
        for dir in dir.ancestors() {
            if !self.wanted.folders.insert(dir.to_path_buf()) {
                return;
            }
            self.add_way(dir);
            if dir == self.root || !dir.starts_with(self.root) {
                return;
            }
        }
    }

    /// Adds what a path leads over if it is a link: further links, and the folders in which they are or would be.
    fn add_way(&mut self, path: &Path) {
        let name = path.as_os_str();
        if self.still.0.contains_key(name) {
            return;
        }
        let known = self.before.0.remove_entry(name);
        let (name, way) = known.unwrap_or_else(|| (name.to_owned(), self.way(path)));
        for place in &way {
            self.wanted.ways.entry(place.clone()).or_default().insert(path.to_path_buf());
            if let Some(dir) = place.parent() {
                self.add(dir);
            }
        }
        self.still.0.insert(name, way);
    }

    /// The places that decide where a path leads, if it is a link.
    fn way(&self, path: &Path) -> Box<[PathBuf]> {
        let mut way = Vec::new();
        let Some(Look::Link(target)) = self.disk.look(path) else { return way.into() };
        let Some(Ok(mut here)) = path.parent().map(|dir| self.disk.real_path(dir)) else { return way.into() };
        let (mut ahead, mut links) = (steps(&target), 0);
        while let Some(step) = ahead.pop() {
            if step.as_os_str() == ".." {
                here.pop();
                continue;
            }
            let place = here.join(&step);
            let look = self.disk.look(&place);
            let is_folder = look == Some(Look::Own(Some(Kind::Dir)));
            // Outside of the root only what decides is watched, and not every folder on the way.
            if !is_folder || ahead.is_empty() || here.starts_with(&self.real_root) {
                way.push(place.clone());
            }
            match look {
                Some(Look::Link(target)) if links < MAX_LINKS => {
                    links += 1;
                    ahead.append(&mut steps(&target));
                }
                _ if is_folder => here = place,
                _ => break,
            }
        }
        way.into()
    }
}

/// The steps of a path, the first at the end.
fn steps(path: &Path) -> Vec<PathBuf> {
    let steps = path.components().filter(|step| *step != Component::CurDir);
    steps.map(|step| PathBuf::from(step.as_os_str())).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::MemoryDisk;

    fn paths(paths: &[&str]) -> Vec<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    /// A disk in memory with the folders that are given.
    fn disk(folders: &[&str]) -> MemoryDisk {
        let mut disk = MemoryDisk::default();
        for folder in folders {
            disk.write(format!("{folder}/file"), "");
        }
        disk
    }

    #[test]
    fn folders_are_watched_up_to_the_root_and_no_further() {
        let seen = Seen {
            files: paths(&["/shop/apps/wms/frontend/package.json", "/libs/ui/index.ts"]),
            missing: paths(&["/shop/apps/wms/frontend/src/plugin.config.ts", "/node_modules/x/package.json"]),
            dirs: paths(&["/shop/apps"]),
            links: Vec::new(),
        };
        let disk = disk(&["/shop/apps/wms/frontend", "/libs/ui"]);
        let watched = wanted(Path::new("/shop"), &seen, &mut Ways::default(), &disk).folders;
        let expected = ["/libs/ui", "/shop", "/shop/apps", "/shop/apps/wms", "/shop/apps/wms/frontend"];
        assert_eq!(watched.into_iter().collect::<Vec<_>>(), paths(&expected));
    }

    #[test]
    fn without_a_root_it_is_watched_where_it_would_be() {
        let seen = Seen { missing: paths(&["/work/shop/package.json"]), ..Seen::default() };
        let watched = wanted(Path::new("/work/shop"), &seen, &mut Ways::default(), &disk(&["/work/other"]));
        assert_eq!(watched.folders.into_iter().collect::<Vec<_>>(), paths(&["/work"]));
    }
}
