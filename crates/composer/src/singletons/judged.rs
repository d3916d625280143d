//! What there is to know of singletons, and what it was found out for.

use std::{path::Path, sync::Arc};

use crate::{
    composition::Composition,
    diagnostic::Diagnostic,
    disk::Disk,
    plugin::Plugin,
    singletons::{Singleton, check::check, find},
    workspace::{Package, Workspace},
};

/// A plugin that takes part, as far as singletons are concerned.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) package: Arc<Package>,
}

impl Member {
    /// The plugins of a composition that take part, in their order.
    pub(crate) fn all(composition: &Composition) -> Vec<Self> {
        let member = |plugin: &Arc<Plugin>| Self {
            name: plugin.name.name.clone(),
            package: Arc::clone(&plugin.package),
        };
        composition.included().iter().map(member).collect()
    }

    /// What tells it from others: the very package, under its name.
    fn identity(&self) -> (*const Package, &str) {
        (Arc::as_ptr(&self.package), &self.name)
    }
}

/// The singletons of an app and what is wrong with them: true of these plugins alone.
pub(crate) struct Judged {
    workspace: Arc<Workspace>,
    members: Vec<Member>,
    /// By name.
    pub(crate) singletons: Arc<[Singleton]>,
    /// By singleton, then plugin.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Judged {
    /// Finds the singletons of plugins, and what is wrong with them.
    pub(crate) fn new(
        disk: &dyn Disk,
        workspace: &Arc<Workspace>,
        shell: &Path,
        members: Vec<Member>,
    ) -> Self {
        let singletons = find(disk, workspace, shell, &members);
        let diagnostics = check(&singletons, workspace, shell, &members);
        Self { workspace: Arc::clone(workspace), members, singletons: singletons.into(), diagnostics }
    }

    /// Whether it is about these plugins.
    pub(crate) fn is_of(&self, workspace: &Arc<Workspace>, members: &[Member]) -> bool {
        Arc::ptr_eq(&self.workspace, workspace)
            && self.members.iter().map(Member::identity).eq(members.iter().map(Member::identity))
    }
}
