//! Which copy of a package a folder has, by Node's rule: the nearest `node_modules` at or above it that holds the package,
//! where the folder itself and the package are where they really are.
//! Source: "Loading from `node_modules` folders", <https://nodejs.org/api/modules.html>. Vite and the other bundlers look
//! packages up in the same way.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    rc::Rc,
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

/// Looks packages up. Every question is asked once, however many folders lead to it: whether a folder has `node_modules`,
/// and what is in there.
pub(super) struct Lookup<'a> {
    disk: &'a dyn Disk,
    /// The workspace root without links.
    root: PathBuf,
    /// The nearest `node_modules` at or above a folder.
    nearest: ByPath<Option<Rc<Path>>>,
    /// Packages by the path at which they were looked for.
    packages: ByPath<Option<Installed>>,
    /// Packages by where they really are.
    copies: ByPath<Option<Installed>>,
}

/// Compared as text, which is much faster than part by part.
type ByPath<T> = HashMap<OsString, T>;

impl<'a> Lookup<'a> {
    pub(super) fn new(disk: &'a dyn Disk, root: &Path) -> Self {
        Self {
            disk,
            root: disk.real_path(root).unwrap_or_else(|_| root.to_path_buf()),
            nearest: ByPath::default(),
            packages: ByPath::default(),
            copies: ByPath::default(),
        }
    }

    /// The copy that code in a folder gets. The folder is one without links.
    pub(super) fn resolve(&mut self, from: &Path, name: &str) -> Option<Installed> {
        let mut modules = self.nearest(from)?;
        loop {
            if let Some(found) = self.package(&modules.join(name)) {
                return Some(found);
            }
            modules = self.nearest(modules.parent()?.parent()?)?;
        }
    }

    /// The nearest `node_modules` at or above a folder. Those on the way there have the same.
    fn nearest(&mut self, from: &Path) -> Option<Rc<Path>> {
        let mut passed = Vec::new();
        let mut found = None;
        for dir in from.ancestors() {
            if let Some(known) = self.nearest.get(dir.as_os_str()) {
                found.clone_from(known);
                break;
            }
            passed.push(dir);
            let modules = dir.join("node_modules");
            if !dir.ends_with("node_modules") && self.disk.kind(&modules) == Some(Kind::Dir) {
                found = Some(Rc::from(modules));
                break;
            }
        }
        for dir in passed {
            self.nearest.insert(dir.into(), found.clone());
        }
        found
    }

    /// The package at a path, if there is one.
    fn package(&mut self, path: &Path) -> Option<Installed> {
        if let Some(known) = self.packages.get(path.as_os_str()) {
            return known.clone();
        }
        // Asking where it really is tells whether it is there, and makes a watcher look at links and not into packages.
        let found = self.disk.real_path(path).ok().and_then(|real| self.copy(path, &real));
        self.packages.insert(path.into(), found.clone());
        found
    }

    /// The copy at a path that really is another one. Its manifest is read by the path at which whoever looks for plugins
    /// has read it.
    fn copy(&mut self, path: &Path, real: &Path) -> Option<Installed> {
        if let Some(known) = self.copies.get(real.as_os_str()) {
            return known.clone();
        }
        let content = self.disk.read(&path.join("package.json")).ok();
        let found =
            content.map(|content| Installed { dir: relative(&self.root, real), version: version(&content) });
        self.copies.insert(real.into(), found.clone());
        found
    }
}

/// The version that a manifest gives. One that is no JSON gives none.
fn version(manifest: &[u8]) -> Option<String> {
    let text = manifest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(manifest);
    let manifest: serde_json::Value = serde_json::from_slice(text).ok()?;
    Some(manifest.get("version")?.as_str()?.to_string())
}
