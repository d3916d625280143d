//! Which copy of a package a folder has, by Node's rule: the nearest `node_modules` at or above it that holds the package,
//! where the folder itself and the package are where they really are.
//! Source: "Loading from `node_modules` folders", <https://nodejs.org/api/modules.html>. Vite and the other bundlers look
//! packages up in the same way.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    disk::{Disk, Kind},
    maps::HashMap,
    path::relative,
};

/// A copy of a package on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its folder, relative to the workspace root; links are followed, so that two are the same copy if this is the same.
    pub dir: String,
    /// As its manifest says.
    pub version: Option<String>,
}

/// Looks packages up, on any number of threads. What is known is not asked again: which `node_modules` a folder has, and what
/// a copy is, wherever it is linked.
pub(super) struct Lookup<'a> {
    disk: &'a dyn Disk,
    /// The workspace root without links.
    root: PathBuf,
    /// The nearest `node_modules` at or above a folder.
    nearest: ByPath<Option<Arc<Path>>>,
    /// Packages by where they really are.
    copies: ByPath<Option<Installed>>,
}

/// Paths are compared as text, which is much faster than part by part.
struct ByPath<T>(Mutex<HashMap<OsString, T>>);

impl<T: Clone> ByPath<T> {
    fn get(&self, path: &Path) -> Option<T> {
        self.known().get(path.as_os_str()).cloned()
    }

    fn insert(&self, path: &Path, value: &T) {
        self.known().insert(path.into(), value.clone());
    }

    fn known(&self) -> MutexGuard<'_, HashMap<OsString, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Lookup<'a> {
    pub(super) fn new(disk: &'a dyn Disk, root: &Path) -> Self {
        Self {
            disk,
            root: disk.real_path(root).unwrap_or_else(|_| root.to_path_buf()),
            nearest: ByPath(Mutex::default()),
            copies: ByPath(Mutex::default()),
        }
    }

    /// The copy that code in a folder gets. The folder is one without links.
    pub(super) fn resolve(&self, from: &Path, name: &str) -> Option<Installed> {
        let mut modules = self.nearest(from)?;
        loop {
            if let Some(found) = self.package(&modules.join(name)) {
                return Some(found);
            }
            modules = self.nearest(modules.parent()?.parent()?)?;
        }
    }

    /// The nearest `node_modules` at or above a folder. Those on the way there have the same.
    fn nearest(&self, from: &Path) -> Option<Arc<Path>> {
        let mut passed = Vec::new();
        let mut found = None;
        for dir in from.ancestors() {
            if let Some(known) = self.nearest.get(dir) {
                found = known;
                break;
            }
            passed.push(dir);
            let modules = dir.join("node_modules");
            if !dir.ends_with("node_modules") && self.disk.kind(&modules) == Some(Kind::Dir) {
                found = Some(Arc::from(modules));
                break;
            }
        }
        for dir in passed {
            self.nearest.insert(dir, &found);
        }
        found
    }

    /// The package at a path, if there is one.
    fn package(&self, path: &Path) -> Option<Installed> {
        // Asking where it really is tells whether it is there, and makes a watcher look at links and not into packages.
        self.disk.real_path(path).ok().and_then(|real| self.copy(path, &real))
    }

    /// The copy at a path that really is another one. Its manifest is read by the path at which whoever looks for plugins
    /// has read it.
    fn copy(&self, path: &Path, real: &Path) -> Option<Installed> {
        if let Some(known) = self.copies.get(real) {
            return known;
        }
        let content = self.disk.read(&path.join("package.json")).ok();
        let found =
            content.map(|content| Installed { dir: relative(&self.root, real), version: version(&content) });
        self.copies.insert(real, &found);
        found
    }
}

/// The version that a manifest gives. One that is no JSON gives none.
fn version(manifest: &[u8]) -> Option<String> {
    let text = manifest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(manifest);
    let manifest: serde_json::Value = serde_json::from_slice(text).ok()?;
    Some(manifest.get("version")?.as_str()?.to_string())
}
