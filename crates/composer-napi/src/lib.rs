//! The border to Node: what crosses it is copied into plain objects. No decision is taken here.
#![allow(unsafe_code, reason = "napi's macros write the border's unsafe code")]

mod composed;
mod composition;
mod diagnostic;
mod evaluated;
mod explained;
mod finding;
mod known;
mod lazy;
mod options;
mod packages;
mod parsed;
mod parts;
mod place;
#[cfg(test)]
mod schema;
mod singletons;
mod tarball;
mod watcher;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use framework_m_composer::{
    disk::{Disk, OsDisk},
    evaluate,
    messages::{self, reading},
    render::Colour,
    session::Session,
    threads, workspace,
};
use napi::{
    Error, Result,
    bindgen_prelude::{FnArgs, Function, Object, Unknown},
};
use napi_derive::napi;

use crate::{
    composed::Composed,
    diagnostic::{Diagnostic, DiagnosticCode},
    evaluated::Evaluated,
    explained::Explained,
    finding::{Finding, ImportSite},
    lazy::Lazy,
    options::{ComposerOptions, LocateOptions, WatchOptions, absolute},
    packages::PackageList,
    parts::Parts,
    singletons::SingletonReport,
    tarball::{Publication, Tarball},
    watcher::Watcher,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Composes the plugins of a workspace for one shell, again and again.
#[napi]
pub struct Composer {
    session: Arc<Mutex<Session>>,
    frames: Option<Colour>,
}

#[napi]
impl Composer {
    /// A composer for a shell. Throws if the root or the shell is not a folder, or an option has no meaning.
    #[napi(constructor, catch_unwind, ts_args_type = "options?: ComposerOptions | undefined | null")]
    pub fn new(options: Option<Object>) -> Result<Self> {
        let options: ComposerOptions = known::composer(options)?;
        let here = here()?;
        let root = absolute(&here, options.root.as_ref());
        let shell = options::shell(&here, root.as_deref(), options.shell.as_ref());
        let frames = options::frames(options.frames.as_deref())?;
        let folders = [("root", root.clone()), ("shell", shell.clone())];
        let session = Session::new(&OsDisk, &here, root, shell, options.into_core(&here)?);
        let session = session.map_err(|error| options::unreadable(&error.path, &folders))?;
        Ok(Self { session: Arc::new(Mutex::new(session)), frames })
    }

    /// Composes. What authors did wrong is data in `diagnostics`. A second call reads again only what changed on disk,
    /// and gives what a new composer would.
    #[napi(catch_unwind, ts_return_type = "Composed")]
    pub fn compose(&self) -> Lazy<Parts> {
        let mut session = self.session();
        let build = session.build(&OsDisk);
        Composed::lazy(session.root(), session.shell(), build, self.frames)
    }

    /// Composes, and explains whatever has a name: a plugin, a package, a route's pattern or a path that it matches, a menu
    /// item, an extension, an extension point, a service, a setting, a permission; `wms#wms.stock` is what one plugin
    /// declares.
    #[napi(catch_unwind)]
    pub fn explain(&self, name: String) -> Explained {
        let mut session = self.session();
        let build = session.build(&OsDisk);
        Explained::new(&build, session.options(), name)
    }

    /// Composes, and tells of every package that has to exist once which copy of it the shell and each plugin resolve, by
    /// Node's rule for `node_modules`. What Plug'n'Play keeps in archives is not found.
    #[napi(catch_unwind)]
    pub fn singletons(&self) -> SingletonReport {
        let build = self.session().build(&OsDisk);
        SingletonReport::new(&build, Diagnostic::list(&build.diagnostics, self.frames))
    }

    /// Follows the disk, and calls back with each composition whose content differs from what `compose()` gives now and
    /// from the one before. A save after which everything is as it was calls nobody; many files that change at once are
    /// one call. Folders that cannot be watched are in `diagnostics`. The process lives until the watcher is closed.
    #[napi(catch_unwind, ts_args_type = "callback: (composed: Composed) => void, options?: WatchOptions")]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands functions over by value")]
    pub fn watch(
        &self,
        callback: Function<FnArgs<(Lazy<Parts>,)>, Unknown<'static>>,
        options: Option<WatchOptions>,
    ) -> Result<Watcher> {
        let last = self.session().build(&OsDisk);
        Watcher::start(&self.session, last, self.frames, &callback, &options.unwrap_or_default())
    }

    /// What there is to say about what a bundler found, with the severities that the shell chose.
    #[napi(catch_unwind)]
    pub fn judge(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let findings: Vec<_> = findings.into_iter().map(Finding::into_core).collect();
        Diagnostic::list(&self.session().judge(&OsDisk, &findings), self.frames)
    }

    /// The plugin packages of the workspace, by folder, and whether each is published.
    #[napi(catch_unwind)]
    pub fn publications(&self) -> Vec<Publication> {
        self.session().publications(&OsDisk).into_iter().map(Publication::from).collect()
    }

    /// What published plugins miss in their tarballs: the files that their tags lead to, and what those import by relative
    /// paths.
    #[napi(catch_unwind)]
    pub fn check_tarballs(&self, tarballs: Vec<Tarball>) -> Vec<Diagnostic> {
        let tarballs: Vec<_> = tarballs.into_iter().map(Tarball::into_core).collect();
        Diagnostic::list(&self.session().check_tarballs(&OsDisk, &tarballs), self.frames)
    }

    /// What a file imports, in the order in which it is written; with a text, what that imports in place of the file's
    /// own. Empty for a file that cannot be read, or is neither JavaScript nor TypeScript.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands strings over by value")]
    pub fn imports_in(&self, file: String, text: Option<String>) -> Vec<ImportSite> {
        threads::large(|| finding::imports(&file, text))
    }

    /// The names that a module exports by its text in JavaScript, sorted; `*` stands for those of another module.
    /// Nothing for a text without `import` and `export`, whose exports only running it would tell.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands strings over by value")]
    pub fn exports_in(&self, text: String) -> Option<Vec<String>> {
        threads::large(|| evaluate::exports(Path::new("module.js"), &text))
    }
}

impl Composer {
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every package of a workspace.
#[napi(catch_unwind, ts_args_type = "options?: LocateOptions | undefined | null")]
pub fn packages(options: Option<Object>) -> Result<PackageList> {
    let options: LocateOptions = known::locate(options)?;
    let here = here()?;
    let start = absolute(&here, options.shell.as_ref()).unwrap_or_else(|| here.clone());
    let root = absolute(&here, options.root.as_ref())
        .or_else(|| workspace::find_root(&OsDisk, &start))
        .unwrap_or(start);
    if OsDisk.kind(&root) != Some(framework_m_composer::disk::Kind::Dir) {
        let folders = [("root", absolute(&here, options.root.as_ref()))];
        return Err(options::unreadable(&root, &folders));
    }
    let key = options.metadata_key.as_deref().unwrap_or("framework-m");
    let near = OsDisk.below(&root);
    let disk = near.as_deref().unwrap_or(&OsDisk);
    let (workspace, diagnostics) = workspace::discover(disk, &root, key);
    let list = PackageList::new(&workspace, &diagnostics, options::frames(options.frames.as_deref())?);
    threads::free(workspace);
    Ok(list)
}

/// What modules export, read without running them: one result a file, in their order.
#[napi(catch_unwind, ts_args_type = "files: Array<string>, options?: ComposerOptions | undefined | null")]
pub fn evaluate_files(files: Vec<String>, options: Option<Object>) -> Result<Vec<Evaluated>> {
    let options: ComposerOptions = known::composer(options)?;
    let here = here()?;
    let given = absolute(&here, options.root.as_ref());
    let frames = options::frames(options.frames.as_deref())?;
    let core = options.into_core(&here)?;
    let mut workspaces = BTreeMap::new();
    let read = |file: String| {
        let path = here.join(&file);
        let root = given.clone().unwrap_or_else(|| root_of(&path));
        let discover = || workspace::discover(&OsDisk, &root, &core.metadata_key).0;
        let workspace = workspaces.entry(root.clone()).or_insert_with(discover);
        let module = evaluate::evaluate(&OsDisk, workspace, &core.read, &path);
        Evaluated::new(file, &module, reading::not_static, frames)
    };
    Ok(threads::large(|| files.into_iter().map(read).collect()))
}

/// "Did you mean `label`?", if a name is close to one that exists.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn did_you_mean(name: String, known: Vec<String>) -> Option<String> {
    messages::did_you_mean(&name, known.iter().map(String::as_str))
}

/// Every kind of diagnostic there is, by its code.
#[napi]
pub fn diagnostic_codes() -> Vec<DiagnosticCode> {
    DiagnosticCode::all()
}

/// The nearest workspace, or the file's own folder.
fn root_of(file: &Path) -> PathBuf {
    let dir = file.parent().unwrap_or(file);
    workspace::find_root(&OsDisk, dir).unwrap_or_else(|| dir.to_path_buf())
}

fn here() -> Result<PathBuf> {
    std::env::current_dir()
        .map_err(|error| Error::from_reason(format!("cannot read the current folder: {error}")))
}
