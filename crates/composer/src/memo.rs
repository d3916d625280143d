//! The plugins of the last run, for as long as they are still true.

use std::collections::BTreeMap;

use crate::{
    disk::{Changes, Disk, Recorder, Trace},
    evaluate::ReadOptions,
    plugin::{self, Plugin, PluginPackage},
    threads,
    workspace::{Package, Workspace},
};

/// Plugins that a thread has to have for its start to pay: each takes a tenth of a millisecond.
const SHARE: usize = 16;

/// Every plugin as it was last read, by its folder and manifest.
#[derive(Default)]
pub(crate) struct Memo {
    /// Where the packages were that imports may name.
    folders: BTreeMap<String, String>,
    plugins: BTreeMap<(String, String), Remembered>,
}

/// A plugin, and what was asked of the disk for it: as long as the answers hold, so does the plugin.
struct Remembered {
    config: Option<String>,
    plugin: Plugin,
    trace: Trace,
}

impl Memo {
    /// Reads every plugin, or remembers it.
    pub(crate) fn read(
        &mut self,
        disk: &Recorder,
        workspace: &Workspace,
        packages: Vec<PluginPackage>,
        options: &ReadOptions,
        changes: &Changes,
    ) -> Vec<Plugin> {
        let folders = folders(workspace);
        let mut known = std::mem::take(self).still_true(&folders);
        self.folders = folders;
        let packages: Vec<(PluginPackage, Option<Remembered>)> = packages
            .into_iter()
            .map(|package| {
                let known = known.remove(&key(&package)).filter(|known| known.config == package.config);
                (package, known)
            })
            .collect();
        let read = threads::map(&packages, SHARE, |(package, known)| {
            let holds = known.as_ref().is_some_and(|known| known.holds(disk.disk(), changes));
            (!holds).then(|| Remembered::read(disk.disk(), workspace, options, package))
        });
        let mut plugins = Vec::with_capacity(read.len());
        for ((package, known), read) in packages.into_iter().zip(read) {
            let Some(remembered) = read.or(known) else { continue };
            disk.again(&remembered.trace);
            plugins.push(remembered.plugin.clone());
            self.plugins.insert(key(&package), remembered);
        }
        plugins
    }

    /// What is still true in a workspace: imports of its packages lead where they led.
    fn still_true(mut self, folders: &BTreeMap<String, String>) -> BTreeMap<(String, String), Remembered> {
        self.plugins.retain(|_, known| {
            known.plugin.reading.packages.iter().all(|name| self.folders.get(name) == folders.get(name))
        });
        self.plugins
    }
}

impl Remembered {
    fn read(disk: &dyn Disk, workspace: &Workspace, options: &ReadOptions, package: &PluginPackage) -> Self {
        let recorder = Recorder::new(disk);
        let plugin = plugin::read(&recorder, workspace, options, package.clone());
        Self { config: package.config.clone(), plugin, trace: recorder.into_trace() }
    }

    /// Whether the disk still gives the same answers. It is asked, unless it is known what changed.
    fn holds(&self, disk: &dyn Disk, changes: &Changes) -> bool {
        if *changes == Changes::Unknown { self.trace.holds(disk) } else { !self.trace.is_touched(changes) }
    }
}

fn key(package: &PluginPackage) -> (String, String) {
    (package.package.dir.clone(), package.package.manifest.text.clone())
}

/// Where an import of a package's name leads.
fn folders(workspace: &Workspace) -> BTreeMap<String, String> {
    let named = |package: &Package| Some((package.name.clone()?, package.dir.clone()));
    // The first of a name counts, as in `Workspace::named`.
    workspace.packages.iter().rev().filter_map(named).collect()
}
