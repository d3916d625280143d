//! What the calls of the border give back.

use std::{
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use framework_m_composer::{build::Build, draw::draw, evaluate, generate, render::Colour, source::Origin};
use napi_derive::napi;

use crate::{
    composition::Composition,
    diagnostic::Diagnostic,
    lazy::Lazy,
    parts::{Parts, text},
};

/// A composition, and everything made from it. What is read of it is made when it is first read.
#[napi(object)]
pub(crate) struct Composed {
    /// The absolute folder of the workspace: every relative path is relative to it.
    pub root: String,
    /// The absolute folder of the shell.
    pub shell: String,
    /// The app as data: what `framework-m inspect --json` prints.
    pub composition: Composition,
    /// The same as a tree that a person reads.
    pub tree: String,
    /// The text of `virtual:framework-m-plugins`.
    pub module: String,
    /// The modules that hold the plugins' code.
    pub entries: Vec<Entry>,
    /// The text of `framework-m.d.ts`.
    pub types: String,
    /// What was read: what has to be watched.
    pub watch: Watch,
    /// What a bundler has to know.
    pub bundle: Bundle,
    /// What there is to say to authors.
    pub diagnostics: Vec<Diagnostic>,
}

/// A module of a plugin's code.
#[napi(object)]
pub(crate) struct Entry {
    /// Its id: `virtual:framework-m-plugins/wms`.
    pub id: String,
    /// The name of its chunk: `wms`.
    pub chunk: String,
    /// The plugin.
    pub plugin: String,
    /// Its text.
    pub code: String,
}

/// What was asked of the disk. Absolute paths.
#[napi(object)]
pub(crate) struct Watch {
    /// Files that were there.
    pub files: Vec<String>,
    /// Paths that were looked for, and absent.
    pub missing: Vec<String>,
    /// Folders that were listed.
    pub dirs: Vec<String>,
    /// The modules that configurations were read from.
    pub modules: Vec<ReadModule>,
}

/// A module that a configuration was read from.
#[napi(object)]
pub(crate) struct ReadModule {
    /// As it is named everywhere else: relative to the root.
    pub name: String,
    /// Absolute path, links followed.
    pub file: String,
    /// A digest of its code: comments and white space do not count, nor does the data that a configuration exports.
    pub code: String,
}

/// Settings for a bundler. Paths are relative to the root.
#[napi(object)]
pub(crate) struct Bundle {
    /// The plugins that take part, in their order.
    pub plugins: Vec<BundledPlugin>,
    /// The folders inside of plugins' folders that are not the plugins'.
    pub foreign: Vec<String>,
    /// Packages that have to exist once.
    pub dedupe: Vec<String>,
    /// Every `import()` in a configuration whose module is reached through a plugin's entry already.
    pub imports: Vec<LazyImport>,
}

/// A plugin as the bundler sees it.
#[napi(object)]
pub(crate) struct BundledPlugin {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub dir: String,
    /// Its configuration.
    pub config: String,
    /// The modules of its components.
    pub files: Vec<String>,
}

/// An `import()` in a configuration. Offsets are in UTF-16 code units.
#[napi(object)]
pub(crate) struct LazyImport {
    /// The file.
    pub file: String,
    /// Where the expression starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// The module, as written.
    pub specifier: String,
    /// The plugin.
    pub plugin: String,
    /// The file that it leads to.
    pub module: String,
    /// The export of that which is the component.
    pub export: String,
    /// The id of the page module that stands for it, where each route has a chunk of its own.
    pub page: Option<String>,
}

impl Composed {
    /// A [`Composed`] of a build, each part of which is made when it is first read.
    pub(crate) fn lazy(
        root: &Path,
        shell: &Path,
        build: impl Into<Arc<Build>>,
        frames: Option<Colour>,
    ) -> Lazy<Parts> {
        let (root, shell) = (root.to_path_buf(), shell.to_path_buf());
        Lazy::new(&Rc::new(Parts { root, shell, build: build.into(), frames }))
            .with("root", |parts| text(&parts.root))
            .with("shell", |parts| text(&parts.shell))
            .with("composition", Composition::lazy)
            .with("tree", |parts| draw(&parts.build))
            .with("module", |parts| parts.build.artifacts.module.clone())
            .with("entries", |parts| {
                parts.build.artifacts.entries.iter().map(|entry| Entry::from(&**entry)).collect::<Vec<_>>()
            })
            .with("types", |parts| parts.build.artifacts.types.to_string())
            .with("watch", |parts| Watch::new(&parts.build))
            .with("bundle", |parts| Bundle::new(&parts.build))
            .with("diagnostics", |parts| parts.diagnostics())
    }
}

impl Watch {
    fn new(build: &Build) -> Self {
        Self {
            files: paths(&build.seen.files),
            missing: paths(&build.seen.missing),
            dirs: paths(&build.seen.dirs),
            modules: build.modules.iter().map(ReadModule::from).collect(),
        }
    }
}

impl From<&evaluate::ReadFile> for ReadModule {
    fn from(read: &evaluate::ReadFile) -> Self {
        Self { name: read.file.clone(), file: text(&read.path), code: format!("{:016x}", read.code) }
    }
}

impl From<&generate::Entry> for Entry {
    fn from(entry: &generate::Entry) -> Self {
        let generate::Entry { id, chunk, plugin, code, .. } = entry.clone();
        Self { id, chunk, plugin, code }
    }
}

impl Bundle {
    fn new(build: &Build) -> Self {
        let bundle = &build.artifacts.bundle;
        Self {
            plugins: bundle.plugins.iter().map(|plugin| BundledPlugin::from(&**plugin)).collect(),
            foreign: build.foreign_folders(),
            dedupe: build.dedupe().iter().map(ToString::to_string).collect(),
            imports: bundle.imports.iter().map(|import| LazyImport::from(&**import)).collect(),
        }
    }
}

impl From<&generate::BundledPlugin> for BundledPlugin {
    fn from(plugin: &generate::BundledPlugin) -> Self {
        let generate::BundledPlugin { name, dir, config, files } = plugin.clone();
        Self { name, dir, config, files }
    }
}

impl From<&generate::LazyImport> for LazyImport {
    fn from(import: &generate::LazyImport) -> Self {
        let Origin { source, span } = &import.origin;
        Self {
            file: source.path.clone(),
            start: source.utf16_offset(span.start),
            end: source.utf16_offset(span.end),
            specifier: import.specifier.clone(),
            plugin: import.plugin.clone(),
            module: import.module.clone(),
            export: import.export.clone(),
            page: import.page.clone(),
        }
    }
}

fn paths(set: &[PathBuf]) -> Vec<String> {
    set.iter().map(|path| text(path)).collect()
}
