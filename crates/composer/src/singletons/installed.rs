//! Which copy of a package a folder has, by Node's rule: the nearest `node_modules` at or above it that holds the package,
//! where the folder itself and the package are where they really are.
//! Source: "Loading from `node_modules` folders", <https://nodejs.org/api/modules.html>. Vite and the other bundlers look
//! packages up in the same way.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    disk::{Disk, Kind},
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

/// Looks packages up. Every question is asked once, however many folders lead to it: whether a folder has `node_modules`,
/// and what is in there.
pub(super) struct Lookup<'a> {
    disk: &'a dyn Disk,
    /// The workspace root without links.
    root: PathBuf,
    /// The nearest `node_modules` at or above a folder, the folder itself left out.
    nearest: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Packages by the path at which they were looked for.
    packages: BTreeMap<PathBuf, Option<Installed>>,
    versions: BTreeMap<PathBuf, Option<Installed>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(disk: &'a dyn Disk, root: &Path) -> Self {
        Self {
            disk,
            root: disk.real_path(root).unwrap_or_else(|_| root.to_path_buf()),
            nearest: BTreeMap::new(),
            packages: BTreeMap::new(),
            versions: BTreeMap::new(),
        }
    }

    /// The copy that code in a folder gets. The folder is one without links.
    pub(super) fn resolve(&mut self, from: &Path, name: &str) -> Option<Installed> {
        let mut dir = Some(from.to_path_buf());
        while let Some(current) = dir {
            let modules = self.nearest(&current)?;
            if let Some(found) = self.package(&modules.join(name)) {
                return Some(found);
            }
            dir = modules.parent().and_then(Path::parent).map(Path::to_path_buf);
        }
        None
    }

    /// The nearest `node_modules` at or above a folder. Those on the way there have the same.
    fn nearest(&mut self, from: &Path) -> Option<PathBuf> {
        let mut passed = Vec::new();
        let mut found = None;
        for dir in from.ancestors() {
            if let Some(known) = self.nearest.get(dir) {
                found.clone_from(known);
                break;
            }
            passed.push(dir.to_path_buf());
            let modules = dir.join("node_modules");
            if !dir.ends_with("node_modules") && self.disk.kind(&modules) == Some(Kind::Dir) {
                found = Some(modules);
                break;
            }
        }
        for dir in passed {
            self.nearest.insert(dir, found.clone());
        }
        found
    }

    /// The package at a path, if there is one.
    fn package(&mut self, path: &Path) -> Option<Installed> {
        if let Some(known) = self.packages.get(path) {
            return known.clone();
        }
        // Asking where it really is tells whether it is there, and makes a watcher look at links and not into packages.
        let found = self.disk.real_path(path).ok().and_then(|real| self.manifest(&real));
        self.packages.insert(path.to_path_buf(), found.clone());
        found
    }

    fn manifest(&mut self, dir: &Path) -> Option<Installed> {
        if let Some(known) = self.versions.get(dir) {
            return known.clone();
        }
        let content = self.disk.read(&dir.join("package.json")).ok();
        let found =
            content.map(|content| Installed { dir: relative(&self.root, dir), version: version(&content) });
        self.versions.insert(dir.to_path_buf(), found.clone());
        found
    }
}

/// The version that a manifest gives. One that is no JSON gives none.
fn version(manifest: &[u8]) -> Option<String> {
    let text = manifest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(manifest);
    let manifest: serde_json::Value = serde_json::from_slice(text).ok()?;
    Some(manifest.get("version")?.as_str()?.to_string())
}
