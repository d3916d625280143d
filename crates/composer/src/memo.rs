//! What was made of the last run, for as long as it is still true.

use std::{cell::OnceCell, sync::Arc};

use crate::{
    disk::{Changes, Disk, Recorder, Trace},
    maps::HashMap,
    options::Options,
    plugin::{self, Plugin},
    source::Source,
    tag::PluginPackage,
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

/// What was made of a list before, found again by name.
pub(crate) struct Before<'b, T> {
    all: &'b [T],
    name: fn(&T) -> &str,
    places: OnceCell<HashMap<&'b str, usize>>,
}

impl<'b, T> Before<'b, T> {
    pub(crate) fn new(all: &'b [T], name: fn(&T) -> &str) -> Self {
        Self { all, name, places: OnceCell::new() }
    }

    /// What was of this name. Nearly always it was in the same place.
    pub(crate) fn find(&self, place: usize, name: &str) -> Option<&'b T> {
        let here = self.all.get(place).filter(|it| (self.name)(it) == name);
        here.or_else(|| self.all.get(*self.places().get(name)?))
    }

    fn places(&self) -> &HashMap<&'b str, usize> {
        let named = || self.all.iter().enumerate().map(|(place, it)| ((self.name)(it), place));
        self.places.get_or_init(|| named().collect())
    }
}

/// Every plugin as it was last read.
#[derive(Default)]
pub(crate) struct Memo {
    /// Where the packages were that imports may name.
    workspace: Option<Arc<Workspace>>,
    plugins: Vec<Arc<Remembered>>,
}

/// A plugin, and what it was read from beside the disk.
struct Remembered {
    /// The folder of its package.
    dir: String,
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
        let known = std::mem::take(self).still_true(workspace);
        let known = Before::new(&known, |known| &known.dir);
        let mut slots: Vec<Slot> = packages
            .iter()
            .enumerate()
            .map(|(place, package)| {
                let known = known.find(place, &package.package.dir).filter(|known| known.is_of(package));
                Slot { package, known: known.cloned() }
            })
            .collect();
        let doubtful: Vec<usize> = (0..slots.len()).filter(|&at| slots[at].is_doubtful(changes)).collect();
        let read =
            threads::map(&doubtful, SHARE, |&at| slots[at].read_anew(disk, workspace, options, changes));
        for (at, read) in doubtful.into_iter().zip(read) {
            slots[at].known = read.map(Arc::new).or(slots[at].known.take());
        }
        self.workspace = Some(Arc::clone(workspace));
        self.plugins = slots.into_iter().filter_map(|slot| slot.known).collect();
        self.plugins.iter().map(|known| Arc::clone(&known.plugin.value)).collect()
    }

    /// What was asked for the plugins.
    pub(crate) fn traces(&self) -> impl Iterator<Item = &Arc<Trace>> {
        self.plugins.iter().map(|known| &known.plugin.trace)
    }

    /// What is still true in a workspace: imports of its packages lead where they led.
    fn still_true(mut self, workspace: &Arc<Workspace>) -> Vec<Arc<Remembered>> {
        let Some(before) = self.workspace.filter(|before| !Arc::ptr_eq(before, workspace)) else {
            return self.plugins;
        };
        let folder = |workspace: &Workspace, name: &str| Some(workspace.named(name)?.dir.clone());
        self.plugins.retain(|known| {
            let mut names = known.plugin.value.reading.packages.iter();
            names.all(|name| folder(&before, name) == folder(workspace, name))
        });
        self.plugins
    }
}

/// A package that is a plugin, and what is remembered of it.
struct Slot<'a> {
    package: &'a PluginPackage,
    known: Option<Arc<Remembered>>,
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
            dir: package.package.dir.clone(),
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
