//! What is wrong with singletons: a second copy, an entry that may bring one, a range that the shell's copy is not in.

use std::path::Path;

use crate::{
    diagnostic::Diagnostic,
    messages::singletons::{self as messages, Asked, Copy, Remedy, SecondCopy},
    path::relative,
    range::{Verdict, verdict},
    singletons::{Declaration, Installed, Member, Singleton, Table, User, declaration::place},
    source::Origin,
    workspace::{Package, Workspace},
};

/// What there is to say of singletons: by singleton, then plugin. A plugin that does not ask for a singleton is not
/// expected to use it.
pub(super) fn check(
    singletons: &[Singleton],
    workspace: &Workspace,
    shell: &Path,
    plugins: &[Member],
) -> Vec<Diagnostic> {
    let shell = workspace.at(&relative(&workspace.root, shell));
    let of_singleton = |singleton| {
        let check = Check { singleton, workspace, shell, plugins };
        let users = singleton.users.iter().zip(plugins).filter(|(user, _)| !user.declarations.is_empty());
        users.flat_map(|(user, plugin)| check.user(user, plugin)).collect::<Vec<_>>()
    };
    singletons.iter().flat_map(of_singleton).collect()
}

/// A singleton, and who has to do with it.
struct Check<'a> {
    singleton: &'a Singleton,
    workspace: &'a Workspace,
    shell: Option<&'a Package>,
    plugins: &'a [Member],
}

impl Check<'_> {
    fn user(&self, user: &User, plugin: &Member) -> Vec<Diagnostic> {
        let copies = self.second_copy(user, plugin).or_else(|| self.own_dependency(user, plugin));
        copies.into_iter().chain(self.misfit(user, plugin)).collect()
    }

    /// The plugin's code finds another copy than the shell's.
    fn second_copy(&self, user: &User, plugin: &Member) -> Option<Diagnostic> {
        let shared = &self.singleton.installed;
        let own = user.installed.as_ref().filter(|own| own.dir != shared.dir)?;
        // The tables are in the order in which they decide what is installed.
        let cause = user.declarations.first()?;
        Some(messages::second_copy(&SecondCopy {
            plugin: &user.plugin,
            own: copy(own),
            shared: copy(shared),
            cause: self.asked(&plugin.package, cause),
            by_shell: self.by_shell(),
            remedy: self.remedy(cause),
        }))
    }

    /// What makes the copy that an entry brings and the shell's one.
    fn remedy(&self, cause: &Declaration) -> Remedy {
        let fits = || verdict(&cause.range, self.singleton.installed.version.as_deref()) == Verdict::Fits;
        if cause.table.brings_a_copy() {
            Remedy::Move
        } else if fits() {
            Remedy::Dedupe(self.workspace.manager.dedupe())
        } else {
            Remedy::Align
        }
    }

    /// The plugin has the singleton in a table whose packages are installed along with it. A package of the workspace is
    /// there once, whoever depends on it.
    fn own_dependency(&self, user: &User, plugin: &Member) -> Option<Diagnostic> {
        let shared = &self.singleton.installed;
        let entry = user.declarations.iter().find(|entry| entry.table.brings_a_copy())?;
        if self.workspace.at(&shared.dir).is_some() {
            return None;
        }
        let peer = |(other, plugin): (&User, &Member)| {
            let entry = other.declaration(Table::Peer)?;
            Some((other.plugin.clone(), place(&plugin.package, entry.table, &self.singleton.name)))
        };
        let peer = self.singleton.users.iter().zip(self.plugins).find_map(peer);
        let asked = self.asked(&plugin.package, entry);
        Some(messages::singleton_dependency(&user.plugin, &asked, copy(shared), peer.as_ref()))
    }

    /// The shell's copy is not in the range of the plugin's peer dependency. What is no range is a package manager's own
    /// affair: `catalog:`, a path, a tag.
    fn misfit(&self, user: &User, plugin: &Member) -> Option<Diagnostic> {
        let shared = &self.singleton.installed;
        let entry = user.declaration(Table::Peer)?;
        (verdict(&entry.range, shared.version.as_deref()) == Verdict::Misfit).then(|| {
            let asked = self.asked(&plugin.package, entry);
            messages::singleton_range(&user.plugin, &asked, copy(shared), self.by_shell().as_ref())
        })
    }

    fn asked<'e>(&'e self, package: &Package, entry: &'e Declaration) -> Asked<'e> {
        Asked {
            name: &self.singleton.name,
            table: entry.table.key(),
            range: &entry.range,
            origin: place(package, entry.table, &self.singleton.name),
        }
    }

    /// The shell's own entry.
    fn by_shell(&self) -> Option<Origin> {
        let entry = self.singleton.declarations.first()?;
        Some(place(self.shell?, entry.table, &self.singleton.name))
    }
}

fn copy(installed: &Installed) -> Copy<'_> {
    Copy { dir: &installed.dir, version: installed.version.as_deref() }
}
