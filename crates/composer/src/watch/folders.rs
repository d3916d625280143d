//! The folders that are watched.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use notify::RecursiveMode::NonRecursive;

use super::set::Wanted;
use crate::disk::Changes;

/// Watched folders. The system knows a folder by one path only, so it is told the real one, and every name under which
/// the folder was seen is kept beside it.
pub(super) struct Folders {
    system: Box<dyn notify::Watcher + Send>,
    real: BTreeMap<PathBuf, PathBuf>,
    names: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// The places that links lead over, and the names of these links.
    ways: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// What came of watching other folders.
#[derive(Default)]
pub(super) struct Synced {
    /// Folders that are watched from now on: what happened there before was not heard.
    pub(super) new: Vec<PathBuf>,
    /// Folders that the system does not watch.
    pub(super) refused: Vec<(PathBuf, notify::Error)>,
}

impl Folders {
    pub(super) fn new(system: Box<dyn notify::Watcher + Send>) -> Self {
        Self { system, real: BTreeMap::new(), names: BTreeMap::new(), ways: BTreeMap::new() }
    }

    /// Watches these folders and no others. Those that changes touch may be other folders than before.
    pub(super) fn sync(&mut self, wanted: Wanted, changes: &Changes) -> Synced {
        let Wanted { folders: wanted, ways } = wanted;
        self.ways = ways;
        let stays = |name: &PathBuf| wanted.contains(name) && !is_replaced(name, changes);
        let gone: Vec<PathBuf> = self.real.keys().filter(|name| !stays(name)).cloned().collect();
        for name in gone {
            self.leave(&name);
        }
        let mut synced = Synced::default();
        for name in wanted {
            if self.real.contains_key(&name) {
                continue;
            }
            match self.enter(&name) {
                Ok(true) => synced.new.push(name),
                // A folder that is gone by now is heard of from the folder above.
                Ok(false) => {}
                Err(error) => synced.refused.push((name, error)),
            }
        }
        synced
    }

    /// Whether there is such a folder.
    fn enter(&mut self, name: &Path) -> notify::Result<bool> {
        let Ok(real) = fs::canonicalize(name) else { return Ok(false) };
        if !self.names.contains_key(&real) {
            match self.system.watch(&real, NonRecursive) {
                // It has gone since it was looked up.
                Err(_) if !real.is_dir() => return Ok(false),
                watched => watched?,
            }
        }
        self.names.entry(real.clone()).or_default().insert(name.to_path_buf());
        self.real.insert(name.to_path_buf(), real);
        Ok(true)
    }

    fn leave(&mut self, name: &Path) {
        let Some(real) = self.real.remove(name) else { return };
        let Some(names) = self.names.get_mut(&real) else { return };
        names.remove(name);
        if names.is_empty() {
            self.names.remove(&real);
            // The system has dropped a folder that is gone by itself.
            let _ = self.system.unwatch(&real);
        }
    }

    /// The names of a path that the system reports. Where links lead over it, they lead elsewhere now, or nowhere.
    pub(super) fn names(&self, reported: &Path) -> Vec<PathBuf> {
        let from_here = [&self.names, &self.ways].map(|named| named.range(reported.to_path_buf()..));
        let at_or_below = |(real, _): &(&PathBuf, _)| real.starts_with(reported);
        let itself = from_here.into_iter().flat_map(|from| from.take_while(at_or_below));
        let itself = itself.flat_map(|(_, names)| names).cloned();
        let within = reported.parent().and_then(|folder| self.names.get(folder)).into_iter().flatten();
        let entry = reported.file_name().unwrap_or_default();
        itself.chain(within.map(|folder| folder.join(entry))).collect()
    }
}

/// Whether a folder, or one above it, is another than it was.
fn is_replaced(folder: &Path, changes: &Changes) -> bool {
    match changes {
        Changes::Unknown => true,
        Changes::Paths(paths) => paths.iter().any(|path| folder.starts_with(path)),
    }
}
