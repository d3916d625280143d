//! `root → Workspace`: which packages there are, by the rules of the tool that manages them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{diagnostic::Diagnostic, disk::Disk, source::Source};

/// A monorepo: its root, the tool that manages it, and its packages.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The absolute path of the root.
    pub root: PathBuf,
    /// Whose rules decided the members.
    pub manager: PackageManager,
    /// The root, if it is a package, and every member; sorted by `dir`, the root first.
    pub packages: Vec<Package>,
}

/// A package of the workspace, or one that the shell depends on.
#[derive(Debug, Clone)]
pub struct Package {
    /// Relative to the workspace root, `/`-separated; `.` for the root itself.
    pub dir: String,
    /// As its manifest says.
    pub name: Option<String>,
    /// As its manifest says.
    pub version: Option<String>,
    /// The raw value under the metadata key.
    pub tag: Option<serde_json::Value>,
    /// The manifest's text.
    pub manifest: Arc<Source>,
    /// What it depends on.
    pub dependencies: Dependencies,
}

/// The dependency tables of a manifest: package names to ranges.
#[derive(Debug, Clone, Default)]
pub struct Dependencies {
    /// `dependencies`
    pub production: BTreeMap<String, String>,
    /// `devDependencies`
    pub development: BTreeMap<String, String>,
    /// `peerDependencies`
    pub peer: BTreeMap<String, String>,
    /// `optionalDependencies`
    pub optional: BTreeMap<String, String>,
}

/// The tools whose workspaces are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageManager {
    /// `pnpm-workspace.yaml`
    Pnpm,
    /// npm's `workspaces`
    Npm,
    /// Yarn 1's `workspaces`
    YarnClassic,
    /// Yarn 2 and later
    YarnBerry,
    /// Bun's `workspaces`
    Bun,
    /// `lerna.json`
    Lerna,
    /// `rush.json`
    Rush,
    /// No workspace: a package alone.
    None,
}

impl PackageManager {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pnpm => "pnpm",
            Self::Npm => "npm",
            Self::YarnClassic => "yarn-classic",
            Self::YarnBerry => "yarn",
            Self::Bun => "bun",
            Self::Lerna => "lerna",
            Self::Rush => "rush",
            Self::None => "none",
        }
    }
}

impl Workspace {
    /// The absolute folder of a package.
    pub fn absolute(&self, package: &Package) -> PathBuf {
        self.root.join(&package.dir)
    }

    /// The member of a name; the first by folder where several share it.
    pub fn named(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name.as_deref() == Some(name))
    }
}

/// The workspace whose root is exactly this folder. `metadata_key` is the manifest key that tags a plugin.
pub fn discover(disk: &dyn Disk, root: &Path, metadata_key: &str) -> (Workspace, Vec<Diagnostic>) {
    let _ = (disk, metadata_key);
    (Workspace { root: root.to_path_buf(), manager: PackageManager::None, packages: Vec::new() }, Vec::new())
}

/// stub
pub fn find_root(_: &dyn Disk, _: &Path) -> Option<PathBuf> {
    None
}
/// stub
pub fn external(_: &dyn Disk, _: &Workspace, _: &Path, _: &str) -> (Vec<Package>, Vec<Diagnostic>) {
    (vec![], vec![])
}
