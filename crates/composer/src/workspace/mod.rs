//! `root → Workspace`: which packages there are, by the rules of the tool that manages them.

mod bun;
mod detect;
mod external;
pub(crate) mod fields;
mod glob;
mod lerna;
mod manifest;
mod npm;
mod package;
mod pnpm;
mod project;
mod rush;
#[cfg(test)]
mod tests;
mod yaml;
mod yarn_berry;
mod yarn_classic;

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

pub use detect::find_root;
pub use external::external;
use package::ROOT;
pub use package::{Dependencies, Package, PackageManager};
use project::Project;

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, Kind},
    maps::HashMap,
    messages::workspace as messages,
};

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

impl Workspace {
    /// The absolute folder of a package.
    pub fn absolute(&self, package: &Package) -> PathBuf {
        self.root.join(&package.dir)
    }

    /// The package in a folder, relative to the root.
    pub fn at(&self, dir: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.dir == dir)
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
    let mut dirs = members(&mut project, workspace.manager);
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

/// The folders of the members, by the rules of a tool, in no order. Some may be there twice, and some may turn out to have no
/// manifest.
fn members(project: &mut Project, manager: PackageManager) -> Vec<String> {
    match manager {
        PackageManager::Pnpm => pnpm::members(project),
        PackageManager::Npm => npm::members(project),
        PackageManager::Bun => bun::members(project),
        PackageManager::YarnClassic => yarn_classic::members(project),
        PackageManager::YarnBerry => yarn_berry::members(project),
        PackageManager::Lerna => lerna::members(project),
        PackageManager::Rush => rush::members(project),
        PackageManager::None => Vec::new(),
    }
}
