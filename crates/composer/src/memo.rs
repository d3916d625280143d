//! The plugins of the last run, for as long as they are still true.

use std::collections::BTreeMap;

use crate::{
    disk::{Changes, Recorder, Trace},
    evaluate::ReadOptions,
    plugin::{self, Plugin, PluginPackage},
    workspace::{Package, Workspace},
};

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
        let mut plugins = Vec::new();
        self.folders = folders;
        for package in packages {
            let key = (package.package.dir.clone(), package.package.manifest.text.clone());
            let current = known
                .remove(&key)
                .filter(|known| known.config == package.config && known.holds(disk, changes));
            let remembered = current.unwrap_or_else(|| {
                let recorder = Recorder::new(disk);
                let config = package.config.clone();
                let plugin = plugin::read(&recorder, workspace, options, package);
                Remembered { config, plugin, trace: recorder.into_trace() }
            });
            plugins.push(remembered.plugin.clone());
            self.plugins.insert(key, remembered);
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
    /// Whether the disk still gives the same answers. It is asked, unless it is known what changed.
    fn holds(&self, disk: &Recorder, changes: &Changes) -> bool {
        if *changes == Changes::Unknown {
            return self.trace.holds(disk);
        }
        let holds = !self.trace.is_touched(changes);
        if holds {
            disk.again(&self.trace);
        }
        holds
    }
}

/// Where an import of a package's name leads.
fn folders(workspace: &Workspace) -> BTreeMap<String, String> {
    let named = |package: &Package| Some((package.name.clone()?, package.dir.clone()));
    // The first of a name counts, as in `Workspace::named`.
    workspace.packages.iter().rev().filter_map(named).collect()
}
