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

use crate::{disk::Disk, path::relative, threads, workspace::Workspace};

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

/// Plugins that a thread has to have for its start to pay.
const SHARE: usize = 16;

/// The singletons of an app's plugins, by name. The disk is asked about each `node_modules` at or above the shell and the
/// plugins, and about each singleton in each of them; from a cold disk the plugins' answers are waited for together.
fn find(disk: &dyn Disk, workspace: &Workspace, shell: &Path, plugins: &[Member]) -> Vec<Singleton> {
    let peers: BTreeSet<&String> =
        plugins.iter().flat_map(|plugin| plugin.package.dependencies().peer.keys()).collect();
    if peers.is_empty() {
        return Vec::new();
    }
    let real = |dir: PathBuf| disk.real_path(&dir).unwrap_or(dir);
    let lookup = Lookup::new(disk, &workspace.root);
    let from_shell = real(shell.to_path_buf());
    let shell = workspace.at(&relative(&workspace.root, shell));
    let shared = peers.into_iter().filter(|name| is_package_name(name)).filter_map(|name| {
        let installed = lookup.resolve(&from_shell, name)?;
        let declarations = shell.map_or_else(Vec::new, |shell| declaration::of(shell, name));
        Some(Singleton { name: name.clone(), installed, declarations, users: Vec::new() })
    });
    let mut singletons: Vec<Singleton> = shared.collect();
    if singletons.is_empty() {
        return singletons;
    }
    let users = threads::map(plugins, SHARE, |plugin| {
        let folder = real(workspace.absolute(&plugin.package));
        let user = |singleton: &Singleton| User {
            plugin: plugin.name.clone(),
            declarations: declaration::of(&plugin.package, &singleton.name),
            installed: lookup.resolve(&folder, &singleton.name),
        };
        singletons.iter().map(user).collect::<Vec<_>>()
    });
    for users in users {
        singletons.iter_mut().zip(users).for_each(|(singleton, user)| singleton.users.push(user));
    }
    singletons
}

/// A name that cannot lead out of `node_modules`.
fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
