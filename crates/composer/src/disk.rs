//! The one door to the file system.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// What the composer asks of a file system. Paths are absolute.
pub trait Disk: Send + Sync {
    /// The content of a file; symbolic links are followed.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The entries of a folder, in no particular order.
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>>;
    /// What stands at a path once symbolic links are followed; none for nothing or a dangling link.
    fn kind(&self, path: &Path) -> Option<Kind>;
    /// The path without symbolic links.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The name. Bytes that are not UTF-8 are replaced, as Node does.
    pub name: String,
    /// What it is itself: a link is a link.
    pub kind: EntryKind,
}

/// What an entry of a folder is, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Dir,
    /// A symbolic link to anything or nothing.
    Link,
    /// A socket, a device…
    Other,
}

/// What stands at a path, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Dir,
}

/// The operating system's file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsDisk;

impl Disk for OsDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        fs::read_dir(dir)?
            .map(|entry| {
                let entry = entry?;
                let kind = entry.file_type().map_or(EntryKind::Other, |kind| {
                    if kind.is_symlink() {
                        EntryKind::Link
                    } else if kind.is_dir() {
                        EntryKind::Dir
                    } else if kind.is_file() {
                        EntryKind::File
                    } else {
                        EntryKind::Other
                    }
                });
                Ok(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind })
            })
            .collect()
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let metadata = fs::metadata(path).ok()?;
        if metadata.is_dir() { Some(Kind::Dir) } else { metadata.is_file().then_some(Kind::File) }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}

/// A file system in memory, for tests and fuzzing. Folders exist where files do; there are no links.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(BTreeMap<PathBuf, Vec<u8>>);

impl MemoryDisk {
    /// Puts a file there, or replaces it.
    pub fn write(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), content.into());
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
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

/// Passes every question on, and remembers what was asked: the watch set is what was seen.
pub struct Recorder<'a> {
    disk: &'a dyn Disk,
    seen: Mutex<Seen>,
}

/// What a [`Recorder`] was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files that were there.
    pub files: BTreeSet<PathBuf>,
    /// Paths that were looked for, and absent.
    pub missing: BTreeSet<PathBuf>,
    /// Folders that were listed.
    pub dirs: BTreeSet<PathBuf>,
}

impl<'a> Recorder<'a> {
    /// Records what is asked of a disk.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, seen: Mutex::default() }
    }

    /// What was seen so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Disk for Recorder<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let content = self.disk.read(path);
        self.note(|seen| {
            let set = if content.is_ok() { &mut seen.files } else { &mut seen.missing };
            set.insert(path.to_path_buf());
        });
        content
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let entries = self.disk.list(dir);
        self.note(|seen| {
            let set = if entries.is_ok() { &mut seen.dirs } else { &mut seen.missing };
            set.insert(dir.to_path_buf());
        });
        entries
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let kind = self.disk.kind(path);
        self.note(|seen| match kind {
            Some(Kind::File) => drop(seen.files.insert(path.to_path_buf())),
            Some(Kind::Dir) => drop(seen.dirs.insert(path.to_path_buf())),
            None => drop(seen.missing.insert(path.to_path_buf())),
        });
        kind
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.real_path(path)
    }
}
