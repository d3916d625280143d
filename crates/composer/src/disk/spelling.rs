//! Names as the disk spells them. Windows and macOS find `page.tsx` by the name `Page.tsx`, and Linux does not: there the
//! same files would be another app. What is found counts only under its own name, on every system.

use std::path::{Path, PathBuf};

use super::{Disk, Kind};

/// Whether there is a file under exactly this path. Names above `root` are not looked at.
pub fn is_file(disk: &dyn Disk, root: &Path, path: &Path) -> bool {
    disk.kind(path) == Some(Kind::File) && (!disk.ignores_case() || is_spelled(disk, root, path))
}

/// Whether every name of a path is spelled as on the disk.
fn is_spelled(disk: &dyn Disk, root: &Path, path: &Path) -> bool {
    // Without links the real path is the path, if it is spelled right: that is one question instead of many.
    disk.real_path(path).is_ok_and(|real| real == path)
        || respelled(disk, root, path).is_some_and(|found| found.as_os_str() == path.as_os_str())
}

/// The file that is there, if one is whose path differs at most in the case of its names.
pub fn respelled(disk: &dyn Disk, root: &Path, path: &Path) -> Option<PathBuf> {
    let (mut found, names) = match path.strip_prefix(root) {
        Ok(names) => (root.to_path_buf(), names),
        Err(_) => (path.parent()?.to_path_buf(), Path::new(path.file_name()?)),
    };
    for name in names {
        let name = name.to_string_lossy();
        let mut entries = disk.list(&found).ok()?;
        entries.sort_unstable();
        let exact = entries.iter().find(|entry| entry.name == name);
        let similar = || entries.iter().find(|entry| entry.name.to_lowercase() == name.to_lowercase());
        found.push(&exact.or_else(similar)?.name);
    }
    (disk.kind(&found) == Some(Kind::File)).then_some(found)
}
