//! The shell: which package it is, and what it resolves.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    composition::Composition,
    disk::Disk,
    path::relative,
    workspace::{self, Dependencies, Workspace},
};

/// The name of the package in the shell's folder.
pub(crate) fn name<'a>(workspace: &'a Workspace, shell: &str) -> Option<&'a str> {
    workspace.packages.iter().find(|package| package.dir == shell).and_then(|package| package.name.as_deref())
}

/// The shell of a workspace, when nobody names it: the package that `here` is in, unless that is the root or a plugin;
/// else the only package that depends on the Vite plugin; else the root.
pub(crate) fn find(disk: &dyn Disk, root: &Path, here: &Path, metadata_key: &str) -> PathBuf {
    let (workspace, _) = workspace::discover(disk, root, metadata_key);
    let here = relative(root, here);
    let around = workspace.packages.iter().filter(|package| {
        let inside = here == package.dir || here.starts_with(&format!("{}/", package.dir));
        package.dir != "." && package.tag.is_none() && inside
    });
    if let Some(package) = around.max_by_key(|package| package.dir.len()) {
        return workspace.absolute(package);
    }
    let uses_vite_plugin = |package: &&workspace::Package| {
        let Dependencies { production, development, .. } = &package.dependencies;
        [production, development].iter().any(|table| table.contains_key("@framework-m/vite-plugin"))
    };
    let mut shells = workspace.packages.iter().filter(uses_vite_plugin);
    match (shells.next(), shells.next()) {
        (Some(shell), None) => workspace.absolute(shell),
        _ => root.to_path_buf(),
    }
}

/// The peers of plugins that the shell itself resolves, by Node's rule: `node_modules` in the shell or above it.
pub(crate) fn dedupe(disk: &dyn Disk, shell: &Path, composition: &Composition) -> Vec<String> {
    let peers: BTreeSet<&String> =
        composition.included().iter().flat_map(|plugin| plugin.package.dependencies.peer.keys()).collect();
    let resolves = |name: &str| {
        shell
            .ancestors()
            .any(|dir| disk.kind(&dir.join("node_modules").join(name).join("package.json")).is_some())
    };
    peers.into_iter().filter(|name| is_package_name(name) && resolves(name)).cloned().collect()
}

/// A name that cannot lead out of `node_modules`.
fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
