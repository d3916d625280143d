//! The file system as seen from an open folder: what is below is found without walking down to the folder each time, which is
//! a third of what opening a file takes.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
    os::{
        fd::OwnedFd,
        unix::ffi::{OsStrExt, OsStringExt},
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use rustix::{
    fs::{AtFlags, FileType, Mode, OFlags, Stat, openat, readlinkat, statat},
    io::retry_on_intr,
};

use super::{Disk, Entry, Kind, Look, OsDisk, Stamp, contents, contents_stamped};

/// A folder that stays open, and the path by which it was opened.
pub(super) struct Folder {
    path: PathBuf,
    folder: OwnedFd,
}

impl Folder {
    /// None for what cannot be opened.
    pub(super) fn open(path: &Path) -> Option<Self> {
        Some(Self { path: path.to_path_buf(), folder: File::open(path).ok()?.into() })
    }

    /// A path as seen from the folder; none for the folder itself and what is not below.
    fn name<'p>(&self, path: &'p Path) -> Option<&'p OsStr> {
        let own = self.path.as_os_str().as_bytes();
        let name = path.as_os_str().as_bytes().strip_prefix(own)?.strip_prefix(b"/")?;
        (!name.is_empty() && !name.starts_with(b"/")).then(|| OsStr::from_bytes(name))
    }

    fn file(&self, path: &Path) -> io::Result<File> {
        let Some(name) = self.name(path) else { return File::open(path) };
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        Ok(retry_on_intr(|| openat(&self.folder, name, flags, Mode::empty()))?.into())
    }

    /// What the system says of a path; none if it is to be asked in another way.
    fn stat(&self, path: &Path, flags: AtFlags) -> Option<Result<Stat, rustix::io::Errno>> {
        let name = self.name(path)?;
        Some(retry_on_intr(|| statat(&self.folder, name, flags)))
    }
}

impl Disk for Folder {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        contents(self.file(path)?)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        OsDisk.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        match self.stat(path, AtFlags::empty()) {
            Some(stat) => stat.ok().as_ref().and_then(kind),
            None => OsDisk.kind(path),
        }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        OsDisk.real_path(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        match self.stat(path, AtFlags::empty()) {
            Some(stat) => stat.ok().as_ref().and_then(stamp),
            None => OsDisk.stamp(path),
        }
    }

    fn look(&self, path: &Path) -> Option<Look> {
        let Some(stat) = self.stat(path, AtFlags::SYMLINK_NOFOLLOW) else { return OsDisk.look(path) };
        Some(match stat {
            Err(_) => Look::Nothing,
            Ok(stat) if file_type(&stat) == FileType::Symlink => {
                let target = readlinkat(&self.folder, self.name(path)?, Vec::new()).ok()?;
                Look::Link(OsString::from_vec(target.into_bytes()).into())
            }
            Ok(stat) => Look::Own(kind(&stat)),
        })
    }

    fn ignores_case(&self) -> bool {
        OsDisk.ignores_case()
    }

    fn read_stamped(&self, path: &Path) -> io::Result<(Arc<[u8]>, Option<Stamp>)> {
        contents_stamped(self.file(path)?)
    }
}

fn file_type(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

fn kind(stat: &Stat) -> Option<Kind> {
    match file_type(stat) {
        FileType::Directory => Some(Kind::Dir),
        FileType::RegularFile => Some(Kind::File),
        _ => None,
    }
}

fn stamp(stat: &Stat) -> Option<Stamp> {
    let since = Duration::new(u64::try_from(stat.st_mtime).ok()?, stat.st_mtime_nsec as u32);
    let changed = (stat.st_ctime as u64).wrapping_mul(1_000_000_000).wrapping_add(stat.st_ctime_nsec);
    Stamp::settled(stat.st_size as u64, SystemTime::UNIX_EPOCH + since, [stat.st_dev, stat.st_ino, changed])
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink, process, thread::sleep};

    use super::*;

    #[test]
    fn a_folder_says_what_the_system_says() {
        let root = std::env::temp_dir().join(format!("framework-m-folder-{}", process::id()));
        fs::create_dir_all(root.join("shop/plugins/wms")).unwrap();
        fs::create_dir_all(root.join("shopping")).unwrap();
        for file in ["shop/a.ts", "shop/plugins/wms/é.ts", "shop/empty", "shopping/list"] {
            fs::write(root.join(file), if file.ends_with("empty") { "" } else { file }).unwrap();
        }
        fs::write(root.join("shop/large"), vec![b'x'; 1 << 20]).unwrap();
        symlink("plugins", root.join("shop/link")).unwrap();
        symlink(root.join("shopping/list"), root.join("shop/out")).unwrap();
        symlink("nothing", root.join("shop/dangling")).unwrap();
        // A stamp is one only for what was left alone for a while.
        sleep(super::super::SETTLES_AFTER + Duration::from_millis(50));

        let shop = Folder::open(&root.join("shop")).unwrap();
        let text = root.display();
        for path in [
            "shop",
            "shop/",
            "shop/a.ts",
            "shop/empty",
            "shop/large",
            "shop/plugins",
            "shop/link",
            "shop/out",
            "shop/plugins/wms/é.ts",
            "shop/link/wms/é.ts",
            "shop/link/../a.ts",
            "shop/../shopping/list",
            "shop//a.ts",
            "shop/./a.ts",
            "shop/dangling",
            "shop/nothing",
            "shop/a.ts/below",
            "shopping",
            "shopping/list",
            "",
        ] {
            let path = PathBuf::from(format!("{text}/{path}"));
            let kinds = |disk: &dyn Disk| (disk.kind(&path), disk.look(&path), disk.stamp(&path));
            assert_eq!(kinds(&shop), kinds(&OsDisk), "{}", path.display());
            let contents = |disk: &dyn Disk| {
                let read = disk.read(&path).map_err(|error| error.kind());
                (read, disk.read_stamped(&path).map_err(|error| error.kind()))
            };
            assert_eq!(contents(&shop), contents(&OsDisk), "{}", path.display());
        }
        assert!(shop.stamp(&root.join("shop/a.ts")).is_some());
        fs::remove_dir_all(root).unwrap();
    }
}
