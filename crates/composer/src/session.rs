//! What survives between two compositions of the same workspace, and the pipeline itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    build::{self, Build},
    compose::compose,
    diagnostic::Diagnostic,
    disk::{Answered, Answers, Cache, Cached, Changes, Disk, Kind, Traces, WatchSet},
    finding::{self, Finding},
    generate::Printer,
    memo::{Memo, Proven},
    messages,
    options::Options,
    path::relative,
    shell,
    singletons::{Judged, Member},
    tag::{self, Home, PluginPackage},
    tarball::{self, Publication, Tarball},
    threads,
    workspace::{self, Workspace},
};

/// Tags that a thread has to have for its start to pay.
const SHARE: usize = 64;

/// Composes one shell, again and again.
pub struct Session {
    root: PathBuf,
    shell: PathBuf,
    options: Options,
    cache: Cache,
    answers: Answers,
    found: Option<Proven<Found>>,
    memo: Memo,
    printer: Printer,
    judged: Option<Proven<Judged>>,
    asked: WatchSet,
    /// What is wrong with watching.
    unwatched: Vec<Diagnostic>,
}

/// What there is to read.
struct Found {
    workspace: Arc<Workspace>,
    packages: Vec<PluginPackage>,
    diagnostics: Vec<Diagnostic>,
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
            printer: Printer::default(),
            judged: None,
            asked: WatchSet::default(),
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
        let near = disk.below(&self.root);
        let cached = Cached::new(near.as_deref().unwrap_or(disk), &cache);
        let once = Answers::default();
        let build = threads::large(|| self.run(&Answered::new(&cached, &once), &Changes::Unknown));
        self.cache = cache;
        self.cache.prune(self.asked.seen());
        build
    }

    /// Composes the app again after changes, for callers that watch everything in [`Build::seen`] since the last time:
    /// the disk is asked about what the changes touch and about nothing else. None if they touch nothing.
    pub fn rebuild(&mut self, disk: &dyn Disk, changes: &Changes) -> Option<Build> {
        let is_first = self.answers.is_empty();
        let mut changes = changes.clone();
        self.answers.forget(disk, &mut changes);
        // What another build has asked meanwhile is among the questions, though not among the answers.
        if !is_first && !self.asked.traces().are_touched(&changes) {
            return None;
        }
        let (cache, mut answers) = (std::mem::take(&mut self.cache), std::mem::take(&mut self.answers));
        let build = threads::large(|| {
            let cached = Cached::new(disk, &cache);
            self.run(&Answered::new(&cached, &answers), if is_first { &Changes::Unknown } else { &changes })
        });
        answers.keep(self.asked.traces());
        (self.cache, self.answers) = (cache, answers);
        self.cache.prune(self.asked.seen());
        Some(build)
    }

    /// As [`Session::rebuild`], and none too if the disk says again what it said of what the changes touch.
    pub fn rebuild_if_new(&mut self, disk: &dyn Disk, changes: &Changes) -> Option<Build> {
        let is_first = self.answers.is_empty();
        let disk_now = Cached::new(disk, &self.cache);
        let hold = self.answers.hold(&disk_now, changes) && self.asked.traces().hold(&disk_now, changes);
        if !is_first && hold {
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

    /// The plugin packages of the workspace, by folder, and whether each is published.
    pub fn publications(&self, disk: &dyn Disk) -> Vec<Publication> {
        tarball::publications(disk, &self.root, &self.options.metadata_key)
    }

    /// What published plugins miss in their tarballs, with the severities that the shell chose.
    pub fn check_tarballs(&self, disk: &dyn Disk, tarballs: &[Tarball]) -> Vec<Diagnostic> {
        let key = &self.options.metadata_key;
        let mut diagnostics = threads::large(|| tarball::check(disk, &self.root, key, tarballs));
        self.options.judge(&mut diagnostics);
        diagnostics
    }

    /// The pipeline: `Workspace → Vec<PluginPackage> → Vec<Plugin> → Composition → Artifacts`.
    fn run(&mut self, disk: &dyn Disk, changes: &Changes) -> Build {
        let shell = relative(&self.root, &self.shell);

        let known = self.found.take().and_then(|found| found.still(disk, changes));
        let found = known.unwrap_or_else(|| Proven::new(disk, |disk| self.find(disk)));
        let Found { workspace, packages, diagnostics } = &found.value;
        let (workspace, mut diagnostics) = (Arc::clone(workspace), diagnostics.clone());
        let plugins = self.memo.read(disk, &workspace, packages, &self.options, changes);
        let modules = build::modules(&plugins);
        let (composition, problems) = compose(plugins, shell::name(&workspace, &shell), &self.options);
        let composition = Arc::new(composition);
        let types_dir = relative(&self.root, self.options.types_dir.as_ref().unwrap_or(&self.shell));

        let members = Member::all(&composition);
        let known = self.judged.take().filter(|judged| judged.value.is_of(&workspace, &members));
        let judge = |disk: &dyn Disk| Judged::new(disk, &workspace, &self.shell, members);
        let (artifacts, judged) = threads::both(
            || self.printer.print(&composition, &types_dir, &self.options),
            || {
                known
                    .and_then(|judged| judged.still(disk, changes))
                    .unwrap_or_else(|| Proven::new(disk, judge))
            },
        );
        let singletons = Arc::clone(&judged.value.singletons);

        diagnostics.extend(problems);
        diagnostics.extend(judged.value.diagnostics.iter().cloned());
        diagnostics.extend(self.unwatched.iter().cloned());
        self.options.judge(&mut diagnostics);
        let traces = [&found.trace, &judged.trace].into_iter().chain(self.memo.traces());
        self.asked.renew(Traces(traces.cloned().collect()));
        (self.found, self.judged) = (Some(found), Some(judged));
        let seen = Arc::clone(self.asked.seen());
        Build { workspace, shell, composition, artifacts, singletons, seen, modules, diagnostics }
    }

    /// `root → Workspace → Vec<PluginPackage>`
    fn find(&self, disk: &dyn Disk) -> Found {
        let (workspace, mut diagnostics) = workspace::discover(disk, &self.root, &self.options.metadata_key);
        let is_gone = |folder: &Path| disk.kind(folder) != Some(Kind::Dir);
        if is_gone(&self.shell) && !is_gone(&self.root) {
            diagnostics.push(messages::workspace::shell_missing(&relative(&self.root, &self.shell)));
        }
        let packages = self.tagged(disk, &workspace, &mut diagnostics);
        diagnostics.extend(tag::unknown_hosts(&workspace, &packages));
        Found { workspace: Arc::new(workspace), packages, diagnostics }
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
        let marked: Vec<_> = own.chain(bought).filter(|(package, _)| package.tag.is_some()).collect();
        let tagged = |&(package, home): &_| tag::tagged(disk, &self.root, package, key, home);
        threads::map(&marked, SHARE, tagged).into_iter().flatten().collect()
    }
}
