//! Contents that are read once for as long as their files stay as they are.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{Disk, Entry, Kind, Stamp};

/// The contents read so far, with the stamps of their files.
#[derive(Default)]
pub struct Cache(Mutex<HashMap<PathBuf, (Stamp, Vec<u8>)>>);

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
}

impl Disk for Cached<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // The stamp is taken before the content: a change in between makes the pair stale, not wrong.
        let stamp = self.disk.stamp(path);
        let mut known = self.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(stamp), Some((at, content))) = (stamp, known.get(path))
            && *at == stamp
        {
            return Ok(content.clone());
        }
        let content = self.disk.read(path);
        match (stamp, &content) {
            (Some(stamp), Ok(content)) => drop(known.insert(path.to_path_buf(), (stamp, content.clone()))),
            _ => drop(known.remove(path)),
        }
        content
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

    fn ignores_case(&self) -> bool {
        self.disk.ignores_case()
    }
}
