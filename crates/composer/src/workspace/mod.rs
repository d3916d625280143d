//! `root → Workspace`: which packages there are, by the rules of the tool that manages them.

mod bun;
mod detect;
mod external;
pub(crate) mod fields;
mod glob;
mod lerna;
mod manifest;
mod npm;
mod pnpm;
mod project;
mod rush;
#[cfg(test)]
mod tests;
mod yaml;
mod yarn_berry;
mod yarn_classic;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

pub use detect::find_root;
pub use external::external;
use project::Project;

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, Kind},
    maps::HashMap,
    messages::workspace as messages,
    source::Source,
};

/// The `dir` of the root.
const ROOT: &str = ".";

/// A monorepo: its root, the tool that manages it, and its packages.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The absolute path of the root.
    pub root: PathBuf,
    /// Whose rules decided the members.
    pub manager: PackageManager,
    /// The root, if it is a package, and every member; sorted by `dir`, the root first.
    pub packages: Vec<Package>,
    /// The first package of each name, once somebody has asked.
    names: OnceLock<HashMap<String, usize>>,
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
    /// What it depends on, once somebody has asked.
    dependencies: OnceLock<Dependencies>,
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
    /// The tool's name, as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pnpm => "pnpm",
            Self::Npm => "npm",
            Self::YarnClassic => "Yarn 1",
            Self::YarnBerry => "Yarn",
            Self::Bun => "Bun",
            Self::Lerna => "Lerna",
            Self::Rush => "Rush",
            Self::None => "none",
        }
    }

    /// A word for machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pnpm => "pnpm",
            Self::Npm => "npm",
            Self::YarnClassic => "yarn-classic",
            Self::YarnBerry => "yarn-berry",
            Self::Bun => "bun",
            Self::Lerna => "lerna",
            Self::Rush => "rush",
            Self::None => "none",
        }
    }
}

impl Package {
    /// What it depends on: read from the manifest's text when it is first asked for, which of most packages it never is.
    pub fn dependencies(&self) -> &Dependencies {
        self.dependencies.get_or_init(|| manifest::dependencies(&self.manifest))
    }
}

impl Workspace {
    /// The absolute folder of a package.
    pub fn absolute(&self, package: &Package) -> PathBuf {
        self.root.join(&package.dir)
    }

    /// The member of a name; the first by folder where several share it.
    pub fn named(&self, name: &str) -> Option<&Package> {
        let names = self.names.get_or_init(|| {
            let named = self.packages.iter().enumerate().rev();
            named.filter_map(|(index, package)| Some((package.name.clone()?, index))).collect()
        });
        names.get(name).map(|&index| &self.packages[index])
    }
}

/// The workspace whose root is exactly this folder. `metadata_key` is the manifest key that tags a plugin.
///
/// A member whose manifest cannot be read is left out, with a diagnostic; all others are listed, also where the tool
/// itself would give up. The root is a package of the list whenever it has a manifest.
pub fn discover(disk: &dyn Disk, root: &Path, metadata_key: &str) -> (Workspace, Vec<Diagnostic>) {
    let mut workspace = Workspace {
        root: root.to_path_buf(),
        manager: PackageManager::None,
        packages: Vec::new(),
        names: OnceLock::new(),
    };
    if disk.kind(root) != Some(Kind::Dir) {
        return (workspace, vec![messages::root_missing(root)]);
    }
    let mut project = Project::new(disk, root, metadata_key);
    workspace.manager = detect::manager(disk, root);
    let mut dirs = project.members(workspace.manager);
    dirs.push(ROOT.to_owned());
    dirs.sort_unstable_by(|a, b| (a != ROOT, a).cmp(&(b != ROOT, b)));
    dirs.dedup();
    workspace.packages = project.packages(workspace.manager, &dirs);
    project.report_duplicates(workspace.manager, &workspace.packages);
    if workspace.packages.is_empty() && project.diagnostics.is_empty() {
        project.diagnostics.push(messages::no_package(root));
    }
    (workspace, project.diagnostics)
}
