//! The shell: which package it is.

use std::path::{Path, PathBuf};

use crate::{
    disk::Disk,
    path::relative,
    workspace::{self, Dependencies, Workspace},
};

/// The name of the package in the shell's folder.
pub(crate) fn name<'a>(workspace: &'a Workspace, shell: &str) -> Option<&'a str> {
    workspace.at(shell)?.name.as_deref()
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
        let Dependencies { production, development, .. } = package.dependencies();
        [production, development].iter().any(|table| table.contains_key("@framework-m/vite-plugin"))
    };
    let mut shells = workspace.packages.iter().filter(uses_vite_plugin);
    match (shells.next(), shells.next()) {
        (Some(shell), None) => workspace.absolute(shell),
        _ => root.to_path_buf(),
    }
}
