//! Contents that are read once for as long as their files stay as they are.

use std::{
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Disk, Entry, Kind, Look, Seen, Stamp};
use crate::maps::{HashMap, HashSet};

/// The contents read so far, with the stamps of their files.
#[derive(Default)]
pub struct Cache(Mutex<Contents>);

/// Paths are compared as text, which is much faster than part by part.
type Contents = HashMap<OsString, (Stamp, Arc<[u8]>)>;

/// As many contents may be kept that nobody reads any more, beside as many as are read.
const SPARE: usize = 64;

impl Cache {
    /// Forgets what was not seen last, once that is most of what is kept: whoever works for a week renames many folders.
    pub(crate) fn prune(&mut self, seen: &Seen) {
        let contents = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if contents.len() > 2 * seen.files.len() + SPARE {
            let files: HashSet<&OsStr> = seen.files.iter().map(|file| file.as_os_str()).collect();
            contents.retain(|file, _| files.contains(file.as_os_str()));
        }
    }
}

/// A disk through a [`Cache`].
pub struct Cached<'a> {
    disk: &'a dyn Disk,
    cache: &'a Cache,
}

impl<'a> Cached<'a> {
    /// Reads through a cache.
    pub fn new(disk: &'a dyn Disk, cache: &'a Cache) -> Self {
        Self { disk, cache }
    }

    fn known(&self) -> MutexGuard<'_, Contents> {
        self.cache.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk for Cached<'_> {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let known = self.known().get(path.as_os_str()).cloned();
        if let Some((at, content)) = known
            && self.disk.stamp(path) == Some(at)
        {
            return Ok(content);
        }
        let read = self.disk.read_stamped(path);
        match &read {
            Ok((content, Some(stamp))) => {
                self.known().insert(path.into(), (*stamp, Arc::clone(content)));
            }
            _ => drop(self.known().remove(path.as_os_str())),
        }
        read.map(|(content, _)| content)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.disk.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.disk.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.real_path(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.disk.stamp(path)
    }

    fn look(&self, path: &Path) -> Option<Look> {
        self.disk.look(path)
    }

    fn ignores_case(&self) -> bool {
        self.disk.ignores_case()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn what_is_no_longer_read_is_forgotten() {
        let name = |index: usize| PathBuf::from(format!("/shop/{index}"));
        let stamp = Stamp::settled(0, SystemTime::now() - Duration::from_mins(1), [0; 3]).unwrap();
        let content = |index| (name(index).into_os_string(), (stamp, Arc::from([])));
        let files = vec![name(7), name(8)];
        for (kept, left) in [(2 * files.len() + SPARE, 2 * files.len() + SPARE), (1000, files.len())] {
            let mut cache = Cache(Mutex::new((0..kept).map(content).collect()));
            cache.prune(&Seen { files: files.clone(), ..Seen::default() });
            assert_eq!(Cached::new(&crate::disk::OsDisk, &cache).known().len(), left);
        }
    }
}
