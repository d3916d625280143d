//! What survives between two compositions of the same workspace, and the pipeline itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    build::{self, Build},
    compose::compose,
    diagnostic::Diagnostic,
    disk::{Answered, Answers, Cache, Cached, Changes, Disk, Kind, Recorder, Trace},
    finding::{self, Finding},
    generate::generate,
    memo::Memo,
    options::Options,
    path::relative,
    plugin::{self, Home, PluginPackage},
    shell, singletons, threads,
    workspace::{self, Workspace},
};

/// Composes one shell, again and again.
pub struct Session {
    root: PathBuf,
    shell: PathBuf,
    options: Options,
    cache: Cache,
    answers: Answers,
    found: Option<Found>,
    memo: Memo,
    /// What is wrong with watching.
    unwatched: Vec<Diagnostic>,
}

/// What there is to read, and what was asked of the disk to know it: as long as the answers hold, so does this.
struct Found {
    workspace: Arc<Workspace>,
    packages: Vec<PluginPackage>,
    diagnostics: Vec<Diagnostic>,
    trace: Trace,
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
    /// found as [`shell::find`] says, from the folder `here`.
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
        let shell = shell.unwrap_or_else(|| shell::find(disk, &root, here, &options.metadata_key));
        Ok(Self {
            root,
            shell,
            options,
            cache: Cache::default(),
            answers: Answers::default(),
            found: None,
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

    /// The shell's options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Composes the app. The disk is asked what changed, and what did not is not read again; the result is the same as
    /// that of a fresh session.
    pub fn build(&mut self, disk: &dyn Disk) -> Build {
        let cache = std::mem::take(&mut self.cache);
        let cached = Cached::new(disk, &cache);
        let once = Answers::default();
        let build = threads::large(|| self.run(&Answered::new(&cached, &once), &Changes::Unknown)).0;
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
        let (build, trace) = threads::large(|| {
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

    /// What there is to say about what a bundler found, with the severities that the shell chose.
    pub fn judge(&self, disk: &dyn Disk, findings: &[Finding]) -> Vec<Diagnostic> {
        let mut diagnostics = finding::diagnostics(disk, &self.root, findings);
        self.options.judge(&mut diagnostics);
        diagnostics
    }

    /// The pipeline: `Workspace → Vec<PluginPackage> → Vec<Plugin> → Composition → Artifacts`.
    fn run(&mut self, disk: &dyn Disk, changes: &Changes) -> (Build, Trace) {
        let disk = Recorder::new(disk);
        let shell = relative(&self.root, &self.shell);

        let known = self.found.take().filter(|found| found.trace.is_current(disk.disk(), changes));
        let found = known.unwrap_or_else(|| self.find(disk.disk()));
        disk.again(&found.trace);
        let (workspace, mut diagnostics) = (Arc::clone(&found.workspace), found.diagnostics.clone());
        let plugins = self.memo.read(&disk, &workspace, &found.packages, &self.options.read, changes);
        self.found = Some(found);
        let modules = build::modules(&plugins);
        let (composition, problems) = compose(plugins, shell::name(&workspace, &shell), &self.options);
        let types_dir = relative(&self.root, self.options.types_dir.as_ref().unwrap_or(&self.shell));
        let artifacts = generate(&composition, &types_dir, &self.options);

        let singletons = singletons::find(&disk, &workspace, &self.shell, &composition);
        diagnostics.extend(problems);
        diagnostics.extend(singletons::check(&singletons, &workspace, &self.shell, &composition));
        diagnostics.extend(self.unwatched.iter().cloned());
        self.options.judge(&mut diagnostics);
        let trace = disk.into_trace();
        let seen = trace.seen();
        (Build { workspace, shell, composition, artifacts, singletons, seen, modules, diagnostics }, trace)
    }

    /// `root → Workspace → Vec<PluginPackage>`
    fn find(&self, disk: &dyn Disk) -> Found {
        let disk = Recorder::new(disk);
        let (workspace, mut diagnostics) = workspace::discover(&disk, &self.root, &self.options.metadata_key);
        let packages = self.tagged(&disk, &workspace, &mut diagnostics);
        diagnostics.extend(plugin::unknown_hosts(&workspace, &packages));
        Found { workspace: Arc::new(workspace), packages, diagnostics, trace: disk.into_trace() }
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
}
