//! The plugins of the last run, for as long as they are still true.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    disk::{Changes, Disk, Recorder, Trace},
    evaluate::ReadOptions,
    plugin::{self, Plugin, PluginPackage},
    source::Source,
    threads,
    workspace::Workspace,
};

/// Plugins that a thread has to have for its start to pay: each takes a tenth of a millisecond.
const SHARE: usize = 16;

/// Every plugin as it was last read, by its folder.
#[derive(Default)]
pub(crate) struct Memo {
    /// Where the packages were that imports may name.
    workspace: Option<Arc<Workspace>>,
    plugins: BTreeMap<String, Remembered>,
}

/// A plugin, and what was asked of the disk for it: as long as the answers hold, so does the plugin.
struct Remembered {
    manifest: Arc<Source>,
    config: Option<String>,
    plugin: Plugin,
    trace: Trace,
}

impl Memo {
    /// Reads every plugin, or remembers it.
    pub(crate) fn read(
        &mut self,
        disk: &Recorder,
        workspace: &Arc<Workspace>,
        packages: &[PluginPackage],
        options: &ReadOptions,
        changes: &Changes,
    ) -> Vec<Plugin> {
        let mut known = std::mem::take(self).still_true(workspace);
        self.workspace = Some(Arc::clone(workspace));
        let packages: Vec<(&PluginPackage, Option<Remembered>)> = packages
            .iter()
            .map(|package| (package, known.remove(&package.package.dir).filter(|known| known.is_of(package))))
            .collect();
        let read = threads::map(&packages, SHARE, |(package, known)| {
            let holds = known.as_ref().is_some_and(|known| known.trace.is_current(disk.disk(), changes));
            (!holds).then(|| Remembered::read(disk.disk(), workspace, options, package))
        });
        let mut plugins = Vec::with_capacity(read.len());
        for ((package, known), read) in packages.into_iter().zip(read) {
            let Some(remembered) = read.or(known) else { continue };
            disk.again(&remembered.trace);
            plugins.push(remembered.plugin.clone());
            self.plugins.insert(package.package.dir.clone(), remembered);
        }
        plugins
    }

    /// What is still true in a workspace: imports of its packages lead where they led.
    fn still_true(mut self, workspace: &Arc<Workspace>) -> BTreeMap<String, Remembered> {
        let Some(before) = self.workspace.filter(|before| !Arc::ptr_eq(before, workspace)) else {
            return self.plugins;
        };
        let folder = |workspace: &Workspace, name: &str| Some(workspace.named(name)?.dir.clone());
        self.plugins.retain(|_, known| {
            let mut names = known.plugin.reading.packages.iter();
            names.all(|name| folder(&before, name) == folder(workspace, name))
        });
        self.plugins
    }
}

impl Remembered {
    fn read(disk: &dyn Disk, workspace: &Workspace, options: &ReadOptions, package: &PluginPackage) -> Self {
        let recorder = Recorder::new(disk);
        let plugin = plugin::read(&recorder, workspace, options, package.clone());
        Self {
            manifest: Arc::clone(&package.package.manifest),
            config: package.config.clone(),
            plugin,
            trace: recorder.into_trace(),
        }
    }

    fn is_of(&self, package: &PluginPackage) -> bool {
        let manifest = &package.package.manifest;
        let is_same = Arc::ptr_eq(&self.manifest, manifest) || self.manifest.text == manifest.text;
        is_same && self.config == package.config
    }
}
