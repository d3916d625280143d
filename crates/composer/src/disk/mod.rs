//! The one door to the file system.

mod answers;
mod cache;
mod changes;
#[cfg(target_os = "linux")]
mod folder;
mod memory;
mod record;
mod spelling;
#[cfg(test)]
mod tests;
mod trace;

use std::{
    cell::RefCell,
    fs::{self, File, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

pub(crate) use answers::MAX_LINKS;
pub use answers::{Answered, Answers};
pub use cache::{Cache, Cached};
pub use changes::Changes;
pub use memory::MemoryDisk;
pub use record::Recorder;
pub use spelling::{is_file, respelled};
pub(crate) use trace::WatchSet;
pub use trace::{Seen, Trace, Traces};

use crate::path::plain;

/// What the composer asks of a file system. Paths are absolute.
pub trait Disk: Send + Sync {
    /// The content of a file; symbolic links are followed.
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>>;
    /// The entries of a folder, in no particular order.
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>>;
    /// What stands at a path once symbolic links are followed; none for nothing or a dangling link.
    fn kind(&self, path: &Path) -> Option<Kind>;
    /// The path without symbolic links.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// What changes whenever the file does; none if that cannot be told, so that it has to be read.
    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let _ = path;
        None
    }
    /// What stands at a path itself, its last link not followed; none if that cannot be told.
    fn look(&self, path: &Path) -> Option<Look> {
        let _ = path;
        None
    }
    /// Whether a file is found by its name in letters of another case.
    fn ignores_case(&self) -> bool {
        false
    }
    /// The same disk, quicker to answer about what is below a folder; none if it is not.
    fn below(&self, folder: &Path) -> Option<Box<dyn Disk>> {
        let _ = folder;
        None
    }
    /// A file's content with its stamp, which is not younger than the content.
    fn read_stamped(&self, path: &Path) -> io::Result<(Arc<[u8]>, Option<Stamp>)> {
        let stamp = self.stamp(path);
        Ok((self.read(path)?, stamp))
    }
}

/// A file's identity and times: two that are equal are of the same content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: SystemTime,
    /// Device, inode and the time of the last change to either, where the system has them.
    identity: [u64; 3],
}

/// A file that changed this recently may change again without its time showing it: clocks of file systems are coarse.
const SETTLES_AFTER: Duration = Duration::from_secs(2);

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

/// What stands at a path itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// Nothing that could be seen.
    Nothing,
    /// A symbolic link, and what is written in it.
    Link(PathBuf),
    /// A file, a folder; none for a socket, a device…
    Own(Option<Kind>),
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
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        contents(File::open(path)?)
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
        fs::metadata(path).ok().as_ref().and_then(Kind::of)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path).map(plain)
    }

    fn look(&self, path: &Path) -> Option<Look> {
        Some(match fs::symlink_metadata(path) {
            Err(_) => Look::Nothing,
            Ok(metadata) if metadata.is_symlink() => Look::Link(fs::read_link(path).ok()?),
            Ok(metadata) => Look::Own(Kind::of(&metadata)),
        })
    }

    fn ignores_case(&self) -> bool {
        // As these systems come. A file system of theirs may be set up otherwise, and is then asked in vain.
        cfg!(any(windows, target_os = "macos"))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        fs::metadata(path).ok().as_ref().and_then(Stamp::of)
    }

    fn read_stamped(&self, path: &Path) -> io::Result<(Arc<[u8]>, Option<Stamp>)> {
        contents_stamped(File::open(path)?)
    }

    #[cfg(target_os = "linux")]
    fn below(&self, folder: &Path) -> Option<Box<dyn Disk>> {
        Some(Box::new(folder::Folder::open(folder)?))
    }
}

/// What is in a file, with a stamp that is no younger.
fn contents_stamped(file: File) -> io::Result<(Arc<[u8]>, Option<Stamp>)> {
    let stamp = Stamp::of(&file.metadata()?);
    Ok((contents(file)?, stamp))
}

/// What is in a file.
fn contents(mut file: File) -> io::Result<Arc<[u8]>> {
    BUFFER.with_borrow_mut(|buffer| {
        let count = match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            read => read?,
        };
        // Linux gives all that it is asked for, or all that there is. Source: `read(2)`, of files on a disk.
        if cfg!(target_os = "linux") && (1..buffer.len()).contains(&count) {
            return Ok(buffer[..count].into());
        }
        let mut content = buffer[..count].to_vec();
        file.read_to_end(&mut content)?;
        Ok(content.into())
    })
}

/// What most files have room in.
const ROOM: usize = 64 << 10;

thread_local! {
    /// Where files are read into: it is not asked how long they are.
    static BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; ROOM].into());
}

impl Kind {
    fn of(metadata: &Metadata) -> Option<Self> {
        if metadata.is_dir() { Some(Self::Dir) } else { metadata.is_file().then_some(Self::File) }
    }
}

impl Stamp {
    /// None for a file that may change again without its time showing it.
    fn of(metadata: &Metadata) -> Option<Self> {
        Self::settled(metadata.len(), metadata.modified().ok()?, identity(metadata))
    }

    /// None for times that are not long ago. Archives and tools of synchronization set the one at which a file was modified:
    /// the one at which its inode changed is nobody's to set.
    fn settled(size: u64, modified: SystemTime, identity: [u64; 3]) -> Option<Self> {
        let latest = modified.max(SystemTime::UNIX_EPOCH + Duration::from_nanos(identity[2]));
        let settled = SystemTime::now().duration_since(latest).is_ok_and(|age| age > SETTLES_AFTER);
        settled.then_some(Self { size, modified, identity })
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> [u64; 3] {
    use std::os::unix::fs::MetadataExt;
    let changed = metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec());
    [metadata.dev(), metadata.ino(), changed.cast_unsigned()]
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> [u64; 3] {
    [0; 3]
}
