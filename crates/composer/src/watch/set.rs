//! `Seen → folders`: what has to be watched so that no answer changes unheard.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{disk::Seen, maps::HashMap};

/// The folders whose entries decide what was seen. Folders are watched and not files: editors save by putting another
/// file in a file's place, and what is absent has no other way to be heard of.
///
/// Up to the workspace root every folder above counts too, since any of them may be renamed or replaced. Above the root
/// nothing is watched. The number grows with the packages and configurations, whatever else lies in the folders.
pub(super) fn folders(root: &Path, seen: &Seen, is_dir: impl Fn(&Path) -> bool) -> BTreeSet<PathBuf> {
    let mut set = Set { root, is_dir, known: HashMap::default(), folders: BTreeSet::new() };
    for dir in &seen.dirs {
        set.add(dir);
    }
    for file in &seen.files {
        // What holds a file is a folder. Outside of the root no other is watched, should it go meanwhile.
        match file.parent().filter(|dir| dir.starts_with(root)) {
            Some(dir) => set.add(dir),
            None => set.add_nearest(file),
        }
    }
    for path in seen.links.iter().chain(&seen.missing) {
        set.add_nearest(path);
    }
    set.folders
}

struct Set<'a, F> {
    root: &'a Path,
    is_dir: F,
    /// Whether there is a folder.
    known: HashMap<PathBuf, bool>,
    folders: BTreeSet<PathBuf>,
}

impl<F: Fn(&Path) -> bool> Set<'_, F> {
    /// Adds the nearest folder above a path that is there.
    fn add_nearest(&mut self, path: &Path) {
        if let Some(nearest) = path.ancestors().skip(1).find(|dir| self.is_there(dir)) {
            self.add(nearest);
        }
    }

    fn is_there(&mut self, dir: &Path) -> bool {
        if self.folders.contains(dir) {
            return true;
        }
        if let Some(known) = self.known.get(dir) {
            return *known;
        }
        let is_there = (self.is_dir)(dir);
        self.known.insert(dir.to_path_buf(), is_there);
        is_there
    }

    fn add(&mut self, dir: &Path) {
        if self.root.starts_with(dir) && self.root != dir {
            return;
        }
        for dir in dir.ancestors() {
            if !self.folders.insert(dir.to_path_buf()) || dir == self.root || !dir.starts_with(self.root) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn folders_are_watched_up_to_the_root_and_no_further() {
        let seen = Seen {
            files: paths(&["/shop/apps/wms/frontend/package.json", "/libs/ui/index.ts"]),
            missing: paths(&["/shop/apps/wms/frontend/src/plugin.config.ts", "/node_modules/x/package.json"]),
            dirs: paths(&["/shop/apps"]),
            links: Vec::new(),
        };
        let there =
            paths(&["/", "/shop", "/shop/apps", "/shop/apps/wms", "/shop/apps/wms/frontend", "/libs/ui"]);
        let watched = folders(Path::new("/shop"), &seen, |dir| there.contains(&dir.to_path_buf()));
        let expected = ["/libs/ui", "/shop", "/shop/apps", "/shop/apps/wms", "/shop/apps/wms/frontend"];
        assert_eq!(watched.into_iter().collect::<Vec<_>>(), paths(&expected));
    }
}
