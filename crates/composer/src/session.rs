//! What survives between two compositions of the same workspace, and the pipeline itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::{
    compose::compose,
    composition::Composition,
    diagnostic::Diagnostic,
    disk::{Answered, Answers, Cache, Cached, Changes, Disk, Kind, Recorder, Seen, Trace},
    draw::draw,
    evaluate::ReadFile,
    generate::{Artifacts, generate},
    options::Options,
    path::relative,
    plugin::{self, Home, Plugin, PluginPackage},
    render::{Colour, render},
    stack,
    workspace::{self, Dependencies, Package, Workspace},
};

/// Composes one shell, again and again.
pub struct Session {
    root: PathBuf,
    shell: PathBuf,
    options: Options,
    cache: Cache,
    answers: Answers,
    memo: Memo,
    /// What is wrong with watching.
    unwatched: Vec<Diagnostic>,
}

/// One composition, and everything made from it.
#[derive(Debug, Clone)]
pub struct Build {
    /// The workspace, as discovered.
    pub workspace: Workspace,
    /// The shell's folder relative to the workspace root.
    pub shell: String,
    /// The app.
    pub composition: Composition,
    /// The texts made from it.
    pub artifacts: Artifacts,
    /// The packages that have to exist once: peers of plugins that the shell itself resolves.
    pub dedupe: Vec<String>,
    /// What was read, looked for and listed.
    pub seen: Seen,
    /// The modules that configurations were read from, by file.
    pub modules: Vec<ReadFile>,
    /// What there is to say to authors, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// A digest of what there is to know, in this process: everything but where in a configuration it stands, and what
    /// was asked of the disk for it.
    pub fn content(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Artifacts { module, entries, types, bundle } = &self.artifacts;
        (module, types, &self.dedupe, draw(self)).hash(&mut hasher);
        for entry in entries {
            (&entry.id, &entry.code).hash(&mut hasher);
        }
        for plugin in &bundle.plugins {
            (&plugin.dir, &plugin.config, &plugin.files).hash(&mut hasher);
        }
        for read in &self.modules {
            (&read.file, read.code).hash(&mut hasher);
        }
        for diagnostic in &self.diagnostics {
            (diagnostic.severity, render(diagnostic, Colour::None)).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The root cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the folder {}", path.display())]
pub struct UnreadableRoot {
    /// The folder.
    pub path: PathBuf,
}

impl Session {
    /// A session for a shell. Without a root, it is the nearest workspace at or above the shell; without a shell, it is
    /// found as [`find_shell`] says, from the folder `here`.
    pub fn new(
        disk: &dyn Disk,
        here: &Path,
        root: Option<PathBuf>,
        shell: Option<PathBuf>,
        options: Options,
    ) -> Result<Self, UnreadableRoot> {
        let start = shell.clone().or_else(|| root.clone()).unwrap_or_else(|| here.to_path_buf());
        for path in root.iter().chain([&start]) {
            if disk.kind(path) != Some(Kind::Dir) {
                return Err(UnreadableRoot { path: path.clone() });
            }
        }
        let root = root.or_else(|| workspace::find_root(disk, &start)).unwrap_or_else(|| start.clone());
        let shell = shell.unwrap_or_else(|| find_shell(disk, &root, here, &options.metadata_key));
        Ok(Self {
            root,
            shell,
            options,
            cache: Cache::default(),
            answers: Answers::default(),
            memo: Memo::default(),
            unwatched: Vec::new(),
        })
    }

    /// The absolute folder of the workspace.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The absolute folder of the shell.
    pub fn shell(&self) -> &Path {
        &self.shell
    }

    /// Composes the app. The disk is asked what changed, and what did not is not read again; the result is the same as
    /// that of a fresh session.
    pub fn build(&mut self, disk: &dyn Disk) -> Build {
        let cache = std::mem::take(&mut self.cache);
        let build = stack::large(|| self.run(&Cached::new(disk, &cache), &Changes::Unknown)).0;
        self.cache = cache;
        build
    }

    /// Composes the app again after changes, for callers that watch everything in [`Build::seen`] since the last time:
    /// the disk is asked about what the changes touch and about nothing else. None if they touch nothing.
    pub fn rebuild(&mut self, disk: &dyn Disk, changes: &Changes) -> Option<Build> {
        let is_first = self.answers.is_empty();
        let mut changes = changes.clone();
        let is_touched = self.answers.forget(disk, &mut changes);
        if !is_first && !is_touched {
            return None;
        }
        let (cache, mut answers) = (std::mem::take(&mut self.cache), std::mem::take(&mut self.answers));
        let (build, trace) = stack::large(|| {
            let cached = Cached::new(disk, &cache);
            self.run(&Answered::new(&cached, &answers), if is_first { &Changes::Unknown } else { &changes })
        });
        answers.keep(&trace);
        (self.cache, self.answers) = (cache, answers);
        Some(build)
    }

    /// As [`Session::rebuild`], and none too if the disk says again what it said of what the changes touch.
    pub fn rebuild_if_new(&mut self, disk: &dyn Disk, changes: &Changes) -> Option<Build> {
        let is_first = self.answers.is_empty();
        if !is_first && self.answers.hold(&Cached::new(disk, &self.cache), changes) {
            return None;
        }
        self.rebuild(disk, changes)
    }

    /// What cannot be watched: every build says so from now on.
    pub fn cannot_watch(&mut self, diagnostics: Vec<Diagnostic>) {
        self.unwatched = diagnostics;
        self.answers = Answers::default();
    }

    /// The pipeline: `Workspace → Vec<PluginPackage> → Vec<Plugin> → Composition → Artifacts`.
    fn run(&mut self, disk: &dyn Disk, changes: &Changes) -> (Build, Trace) {
        let disk = Recorder::new(disk);
        let shell = relative(&self.root, &self.shell);

        let (workspace, mut diagnostics) = workspace::discover(&disk, &self.root, &self.options.metadata_key);
        let packages = self.tagged(&disk, &workspace, &mut diagnostics);
        let plugins = self.read(&disk, &workspace, packages, changes);
        let modules = modules(&plugins);
        let (composition, problems) = compose(plugins, shell_name(&workspace, &shell), &self.options);
        let types_dir = relative(&self.root, self.options.types_dir.as_ref().unwrap_or(&self.shell));
        let artifacts = generate(&composition, &types_dir, &self.options);

        diagnostics.extend(problems);
        diagnostics.extend(self.unwatched.iter().cloned());
        self.options.judge(&mut diagnostics);
        let dedupe = dedupe(&disk, &self.shell, &composition);
        let trace = disk.into_trace();
        let seen = trace.seen();
        (Build { workspace, shell, composition, artifacts, dedupe, seen, modules, diagnostics }, trace)
    }

    /// The packages that say they are plugins: members of the workspace, then direct dependencies of the shell.
    fn tagged(
        &self,
        disk: &dyn Disk,
        workspace: &Workspace,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<PluginPackage> {
        let key = &self.options.metadata_key;
        let (bought, problems) = workspace::external(disk, workspace, &self.shell, key);
        diagnostics.extend(problems);
        let own = workspace.packages.iter().map(|package| (package, Home::Workspace));
        let bought = bought.iter().map(|package| (package, Home::NodeModules));
        own.chain(bought)
            .filter_map(|(package, home)| plugin::tagged(disk, &self.root, package, key, home))
            .collect()
    }

    /// Reads every plugin, or remembers it.
    fn read(
        &mut self,
        disk: &Recorder,
        workspace: &Workspace,
        packages: Vec<PluginPackage>,
        changes: &Changes,
    ) -> Vec<Plugin> {
        let folders = folders(workspace);
        let mut known = std::mem::take(&mut self.memo).still_true(&folders);
        let mut plugins = Vec::new();
        self.memo.folders = folders;
        for package in packages {
            let key = (package.package.dir.clone(), package.package.manifest.text.clone());
            let current = known
                .remove(&key)
                .filter(|known| known.config == package.config && known.holds(disk, changes));
            let remembered = current.unwrap_or_else(|| {
                let recorder = Recorder::new(disk);
                let config = package.config.clone();
                let plugin = plugin::read(&recorder, workspace, &self.options.read, package);
                Remembered { config, plugin, trace: recorder.into_trace() }
            });
            plugins.push(remembered.plugin.clone());
            self.memo.plugins.insert(key, remembered);
        }
        plugins
    }
}

/// Every plugin as it was last read, by its folder and manifest.
#[derive(Default)]
struct Memo {
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

fn modules(plugins: &[Plugin]) -> Vec<ReadFile> {
    let files = plugins.iter().flat_map(|plugin| &plugin.reading.files);
    let by_file: BTreeMap<&str, &ReadFile> = files.map(|read| (read.file.as_str(), read)).collect();
    by_file.into_values().cloned().collect()
}

fn shell_name<'a>(workspace: &'a Workspace, shell: &str) -> Option<&'a str> {
    workspace.packages.iter().find(|package| package.dir == shell).and_then(|package| package.name.as_deref())
}

/// The shell of a workspace, when nobody names it: the package that `here` is in, unless that is the root or a plugin;
/// else the only package that depends on the Vite plugin; else the root.
fn find_shell(disk: &dyn Disk, root: &Path, here: &Path, metadata_key: &str) -> PathBuf {
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
        let Dependencies { production, development, .. } = &package.dependencies;
        [production, development].iter().any(|table| table.contains_key("@framework-m/vite-plugin"))
    };
    let mut shells = workspace.packages.iter().filter(uses_vite_plugin);
    match (shells.next(), shells.next()) {
        (Some(shell), None) => workspace.absolute(shell),
        _ => root.to_path_buf(),
    }
}

/// The peers of plugins that the shell itself resolves, by Node's rule: `node_modules` in the shell or above it.
fn dedupe(disk: &dyn Disk, shell: &Path, composition: &Composition) -> Vec<String> {
    let peers: BTreeSet<&String> =
        composition.included().iter().flat_map(|plugin| plugin.package.dependencies.peer.keys()).collect();
    let resolves = |name: &str| {
        shell
            .ancestors()
            .any(|dir| disk.kind(&dir.join("node_modules").join(name).join("package.json")).is_some())
    };
    peers.into_iter().filter(|name| is_package_name(name) && resolves(name)).cloned().collect()
}

/// A name that cannot lead out of `node_modules`.
fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
