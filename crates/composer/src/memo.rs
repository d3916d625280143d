//! What was made of the last run, for as long as it is still true.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    disk::{Changes, Disk, Recorder, Trace},
    options::Options,
    plugin::{self, Plugin, PluginPackage},
    source::Source,
    threads,
    workspace::Workspace,
};

/// Plugins that a thread has to have for its start to pay: each takes a tenth of a millisecond.
const SHARE: usize = 16;

/// Something made from the disk, and what was asked of it: as long as the answers hold, so does this.
pub(crate) struct Proven<T> {
    pub(crate) value: T,
    pub(crate) trace: Arc<Trace>,
}

impl<T> Proven<T> {
    pub(crate) fn new(disk: &dyn Disk, make: impl FnOnce(&dyn Disk) -> T) -> Self {
        let recorder = Recorder::new(disk);
        let value = make(&recorder);
        Self { value, trace: Arc::new(recorder.into_trace()) }
    }

    /// Itself, if it is still true.
    pub(crate) fn still(self, disk: &dyn Disk, changes: &Changes) -> Option<Self> {
        self.trace.holds(disk, changes).then_some(self)
    }
}

/// Every plugin as it was last read, by its folder.
#[derive(Default)]
pub(crate) struct Memo {
    /// Where the packages were that imports may name.
    workspace: Option<Arc<Workspace>>,
    plugins: BTreeMap<String, Remembered>,
}

/// A plugin, and what it was read from beside the disk.
struct Remembered {
    manifest: Arc<Source>,
    config: Option<String>,
    plugin: Proven<Arc<Plugin>>,
}

impl Memo {
    /// Reads every plugin, or remembers it.
    pub(crate) fn read(
        &mut self,
        disk: &dyn Disk,
        workspace: &Arc<Workspace>,
        packages: &[PluginPackage],
        options: &Options,
        changes: &Changes,
    ) -> Vec<Arc<Plugin>> {
        let mut known = std::mem::take(self).still_true(workspace);
        self.workspace = Some(Arc::clone(workspace));
        let mut slots: Vec<Slot> = packages
            .iter()
            .map(|package| {
                let known = known.remove(&package.package.dir).filter(|known| known.is_of(package));
                Slot { package, known }
            })
            .collect();
        let doubtful: Vec<usize> = (0..slots.len()).filter(|&at| slots[at].is_doubtful(changes)).collect();
        let read =
            threads::map(&doubtful, SHARE, |&at| slots[at].read_anew(disk, workspace, options, changes));
        for (at, read) in doubtful.into_iter().zip(read) {
            slots[at].known = read.or(slots[at].known.take());
        }
        let remembered = slots.into_iter().filter_map(|slot| Some((slot.package, slot.known?)));
        remembered
            .map(|(package, known)| {
                let plugin = Arc::clone(&known.plugin.value);
                self.plugins.insert(package.package.dir.clone(), known);
                plugin
            })
            .collect()
    }

    /// What was asked for the plugins.
    pub(crate) fn traces(&self) -> impl Iterator<Item = &Arc<Trace>> {
        self.plugins.values().map(|known| &known.plugin.trace)
    }

    /// What is still true in a workspace: imports of its packages lead where they led.
    fn still_true(mut self, workspace: &Arc<Workspace>) -> BTreeMap<String, Remembered> {
        let Some(before) = self.workspace.filter(|before| !Arc::ptr_eq(before, workspace)) else {
            return self.plugins;
        };
        let folder = |workspace: &Workspace, name: &str| Some(workspace.named(name)?.dir.clone());
        self.plugins.retain(|_, known| {
            let mut names = known.plugin.value.reading.packages.iter();
            names.all(|name| folder(&before, name) == folder(workspace, name))
        });
        self.plugins
    }
}

/// A package that is a plugin, and what is remembered of it.
struct Slot<'a> {
    package: &'a PluginPackage,
    known: Option<Remembered>,
}

impl Slot<'_> {
    /// Whether the disk has to be asked.
    fn is_doubtful(&self, changes: &Changes) -> bool {
        self.known.as_ref().is_none_or(|known| known.plugin.trace.is_touched(changes))
    }

    /// The plugin, unless what is remembered of it is still true.
    fn read_anew(
        &self,
        disk: &dyn Disk,
        workspace: &Workspace,
        options: &Options,
        changes: &Changes,
    ) -> Option<Remembered> {
        let holds = self.known.as_ref().is_some_and(|known| known.plugin.trace.holds(disk, changes));
        (!holds).then(|| Remembered::read(disk, workspace, options, self.package))
    }
}

impl Remembered {
    fn read(disk: &dyn Disk, workspace: &Workspace, options: &Options, package: &PluginPackage) -> Self {
        let read = |disk: &dyn Disk| Arc::new(plugin::read(disk, workspace, options, package.clone()));
        Self {
            manifest: Arc::clone(&package.package.manifest),
            config: package.config.clone(),
            plugin: Proven::new(disk, read),
        }
    }

    fn is_of(&self, package: &PluginPackage) -> bool {
        let manifest = &package.package.manifest;
        let is_same = Arc::ptr_eq(&self.manifest, manifest) || self.manifest.text == manifest.text;
        is_same && self.config == package.config
    }
}
