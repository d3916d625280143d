//! Contents that are read once for as long as their files stay as they are.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Disk, Entry, Kind, Look, Stamp};
use crate::maps::HashMap;

/// The contents read so far, with the stamps of their files.
#[derive(Default)]
pub struct Cache(Mutex<Contents>);

/// Paths are compared as text, which is much faster than part by part.
type Contents = HashMap<OsString, (Stamp, Arc<[u8]>)>;

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
