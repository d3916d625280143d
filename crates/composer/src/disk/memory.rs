//! A file system for tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Disk, Entry, EntryKind, Kind};

/// A file system in memory, for tests and fuzzing. Folders exist where files do; there are no links.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(BTreeMap<PathBuf, Arc<[u8]>>);

impl MemoryDisk {
    /// Puts a file there, or replaces it.
    pub fn write(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), content.into().into());
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.0.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = BTreeSet::new();
        for path in self.0.keys() {
            let Ok(rest) = path.strip_prefix(dir) else { continue };
            let mut parts = rest.components();
            let Some(first) = parts.next() else { continue };
            let kind = if parts.next().is_some() { EntryKind::Dir } else { EntryKind::File };
            entries.insert(Entry { name: first.as_os_str().to_string_lossy().into_owned(), kind });
        }
        if entries.is_empty() {
            Err(io::ErrorKind::NotFound.into())
        } else {
            Ok(entries.into_iter().collect())
        }
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        if self.0.contains_key(path) {
            return Some(Kind::File);
        }
        self.0.keys().any(|file| file.starts_with(path)).then_some(Kind::Dir)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.to_path_buf()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
