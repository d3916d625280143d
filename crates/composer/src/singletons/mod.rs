//! `Vec<Member> → Vec<Singleton>`: packages that an app may hold once, such as React. They are the peer dependencies of its
//! plugins that the shell itself resolves.
//!
//! A plugin of another copy than the shell's runs beside the app and not in it: hooks fail, contexts are empty, and the
//! copy is downloaded a second time.

mod check;
mod declaration;
mod installed;
mod judged;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

pub use declaration::{Declaration, Table, place};
pub use installed::Installed;
use installed::Lookup;
pub(crate) use judged::{Judged, Member};

use crate::{
    disk::Disk,
    workspace::{Package, Workspace},
};

/// A package that has to exist once.
#[derive(Debug, Clone)]
pub struct Singleton {
    /// `react`
    pub name: String,
    /// The copy that the shell resolves.
    pub installed: Installed,
    /// Where the shell asks for it; empty if it gets it without asking.
    pub declarations: Vec<Declaration>,
    /// Every plugin that takes part, in its order.
    pub users: Vec<User>,
}

/// A plugin, and what it knows of a singleton.
#[derive(Debug, Clone)]
pub struct User {
    /// The plugin's name.
    pub plugin: String,
    /// Where its package asks for the singleton; empty if it does not.
    pub declarations: Vec<Declaration>,
    /// The copy that its code resolves by itself; none if it finds none.
    pub installed: Option<Installed>,
}

impl User {
    /// The entry of a table.
    pub fn declaration(&self, table: Table) -> Option<&Declaration> {
        self.declarations.iter().find(|declaration| declaration.table == table)
    }
}

/// The singletons of an app's plugins, by name. The disk is asked once for each `node_modules` at or above the shell and the
/// plugins, and once for each singleton in each of them.
fn find(disk: &dyn Disk, workspace: &Workspace, shell: &Path, plugins: &[Member]) -> Vec<Singleton> {
    let peers: BTreeSet<&String> =
        plugins.iter().flat_map(|plugin| plugin.package.dependencies().peer.keys()).collect();
    if peers.is_empty() {
        return Vec::new();
    }
    let real = |dir: PathBuf| disk.real_path(&dir).unwrap_or(dir);
    let mut lookup = Lookup::new(disk, &workspace.root);
    let from_shell = real(shell.to_path_buf());
    let resolved: Vec<(&String, Installed)> = peers
        .into_iter()
        .filter(|name| is_package_name(name))
        .filter_map(|name| Some((name, lookup.resolve(&from_shell, name)?)))
        .collect();
    if resolved.is_empty() {
        return Vec::new();
    }
    let folders: Vec<PathBuf> =
        plugins.iter().map(|plugin| real(workspace.absolute(&plugin.package))).collect();
    let shell = shell_package(workspace, shell);
    let singleton = |(name, installed): (&String, Installed)| {
        let users = plugins.iter().zip(&folders).map(|(plugin, folder)| User {
            plugin: plugin.name.clone(),
            declarations: declaration::of(&plugin.package, name),
            installed: lookup.resolve(folder, name),
        });
        Singleton {
            name: name.clone(),
            users: users.collect(),
            declarations: shell.map_or_else(Vec::new, |shell| declaration::of(shell, name)),
            installed,
        }
    };
    resolved.into_iter().map(singleton).collect()
}

/// The package in the shell's folder.
fn shell_package<'a>(workspace: &'a Workspace, shell: &Path) -> Option<&'a Package> {
    workspace.packages.iter().find(|package| crate::path::normal(&workspace.absolute(package)) == shell)
}

/// A name that cannot lead out of `node_modules`.
fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
