//! Plugins bought from someone else: the shell's own dependencies, where they are installed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Workspace,
    manifest::{self, Reading},
    package::Package,
};
use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, Kind},
    path::relative,
};

/// The tagged packages among the direct dependencies of a shell (`dependencies`, `devDependencies` and
/// `optionalDependencies`) that are installed in a `node_modules` at or above it and are not members of the
/// workspace. Sorted by `dir`, which is the folder in `node_modules` relative to the root, links not resolved; it
/// begins with `../` where that lies above the root.
///
/// What is not installed, and what a Plug'n'Play installation keeps in archives, is passed over: the bundler reports
/// an import that leads nowhere.
pub fn external(
    disk: &dyn Disk,
    workspace: &Workspace,
    shell_dir: &Path,
    metadata_key: &str,
) -> (Vec<Package>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let read = |dir: &str, rules| manifest::read(disk, &workspace.root, dir, rules, metadata_key);
    let shell = match read(&relative(&workspace.root, shell_dir), manifest::PNPM) {
        Reading::Read(document) => document.into_package(String::new(), metadata_key),
        // The shell's own manifest is a member's, and has been reported as such.
        Reading::Absent | Reading::Broken(_) => return (Vec::new(), diagnostics),
    };
    let shell = shell.dependencies();
    let names: BTreeSet<&String> =
        shell.production.keys().chain(shell.development.keys()).chain(shell.optional.keys()).collect();
    let mut packages: Vec<Package> = Vec::new();
    let mut members: Option<BTreeSet<PathBuf>> = None;
    for name in names.into_iter().filter(|name| is_package_name(name)) {
        let Some(folder) = installed(disk, shell_dir, name) else { continue };
        let dir = relative(&workspace.root, &folder);
        let package = match read(&dir, manifest::STRICT) {
            Reading::Read(document) => document.into_package(dir, metadata_key),
            Reading::Broken(diagnostic) => {
                diagnostics.push(diagnostic);
                continue;
            }
            Reading::Absent => continue,
        };
        if package.tag.is_none() {
            continue;
        }
        let members = members.get_or_insert_with(|| real_members(disk, workspace));
        if disk.real_path(&folder).is_ok_and(|real| !members.contains(&real)) {
            packages.push(package);
        }
    }
    packages.sort_by(|a, b| a.dir.cmp(&b.dir));
    (packages, diagnostics)
}

/// The folder that Node finds a package in, from a folder upwards.
fn installed(disk: &dyn Disk, from: &Path, name: &str) -> Option<PathBuf> {
    let folders = from.ancestors().filter(|dir| !dir.ends_with("node_modules"));
    folders.map(|dir| dir.join("node_modules").join(name)).find(|folder| disk.kind(folder) == Some(Kind::Dir))
}

fn real_members(disk: &dyn Disk, workspace: &Workspace) -> BTreeSet<PathBuf> {
    let folders = workspace.packages.iter().map(|package| manifest::absolute(&workspace.root, &package.dir));
    folders.filter_map(|folder| disk.real_path(&folder).ok()).collect()
}

/// A key of a dependency table that can name a folder: one segment, or two with a scope.
fn is_package_name(name: &str) -> bool {
    let unscoped = name.strip_prefix('@').and_then(|rest| rest.split_once('/'));
    let parts = unscoped.map_or([name, name], |(scope, name)| [scope, name]);
    parts
        .iter()
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['/', '\\', '\0', ':']))
}
