//! What `framework-m doctor` says.

use framework_m_composer::{
    build::Build,
    messages::singletons::CODES,
    range::{Verdict, verdict},
    singletons::{self as core, Installed, place},
    workspace::Package,
};
use napi_derive::napi;

use crate::{diagnostic::Diagnostic, place::Place};

/// The packages that have to exist once, and who resolves which copy of them.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct SingletonReport {
    /// The version of this shape.
    pub schema_version: u32,
    /// Whose rules decided the members of the workspace.
    pub package_manager: String,
    /// The shell's folder, relative to the workspace root.
    pub shell: String,
    /// By name.
    pub singletons: Vec<Singleton>,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A package that has to exist once: a peer dependency of a plugin that the shell itself resolves.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Singleton {
    /// Its name.
    pub name: String,
    /// The copy that the shell resolves.
    pub copy: PackageCopy,
    /// Where the shell asks for it.
    pub declarations: Vec<DependencyEntry>,
    /// Every plugin that takes part, in its order.
    pub plugins: Vec<SingletonUser>,
}

/// A copy of a package on the disk.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct PackageCopy {
    /// Its folder, relative to the workspace root; links are followed.
    pub dir: String,
    /// As its manifest says.
    pub version: Option<String>,
}

/// A plugin, and what it has to do with a singleton.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct SingletonUser {
    /// The plugin.
    pub plugin: String,
    /// The copy that its code resolves by itself; null if it finds none.
    pub copy: Option<PackageCopy>,
    /// Whether that is the shell's.
    pub shared: bool,
    /// Where it asks for the singleton; empty if it does not.
    pub declarations: Vec<DependencyEntry>,
}

/// An entry of a dependency table.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct DependencyEntry {
    /// The table.
    #[napi(ts_type = "'dependencies' | 'optionalDependencies' | 'devDependencies' | 'peerDependencies'")]
    pub table: String,
    /// As written.
    pub range: String,
    /// Whether the shell's copy is in the range; null where it is none, such as `catalog:`.
    pub fits: Option<bool>,
    /// The entry.
    pub place: Place,
}

impl SingletonReport {
    /// The singletons of a build. The diagnostics are all of the build's, from which those about singletons are taken.
    pub(crate) fn new(build: &Build, diagnostics: Vec<Diagnostic>) -> Self {
        let about = |diagnostic: &Diagnostic| CODES.iter().any(|code| code.code.id == diagnostic.code);
        Self {
            schema_version: 1,
            package_manager: build.workspace.manager.id().into(),
            shell: build.shell.clone(),
            singletons: build.singletons.iter().map(|it| Singleton::new(build, it)).collect(),
            diagnostics: diagnostics.into_iter().filter(about).collect(),
        }
    }
}

impl Singleton {
    fn new(build: &Build, singleton: &core::Singleton) -> Self {
        let shell = build.workspace.packages.iter().find(|package| package.dir == build.shell);
        let plugins = singleton.users.iter().zip(build.composition.included());
        let declarations = |package: &Package, all: &[core::Declaration]| -> Vec<DependencyEntry> {
            all.iter().map(|entry| DependencyEntry::new(singleton, package, entry)).collect()
        };
        Self {
            name: singleton.name.clone(),
            copy: PackageCopy::from(&singleton.installed),
            declarations: shell.map_or_else(Vec::new, |shell| declarations(shell, &singleton.declarations)),
            plugins: plugins
                .map(|(user, plugin)| SingletonUser {
                    plugin: user.plugin.clone(),
                    copy: user.installed.as_ref().map(PackageCopy::from),
                    shared: user.installed.as_ref().is_some_and(|own| own.dir == singleton.installed.dir),
                    declarations: declarations(&plugin.package, &user.declarations),
                })
                .collect(),
        }
    }
}

impl DependencyEntry {
    fn new(singleton: &core::Singleton, package: &Package, entry: &core::Declaration) -> Self {
        let fits = match verdict(&entry.range, singleton.installed.version.as_deref()) {
            Verdict::Fits => Some(true),
            Verdict::Misfit => Some(false),
            Verdict::Invalid => None,
        };
        Self {
            table: entry.table.key().into(),
            range: entry.range.clone(),
            fits,
            place: Place::from(&place(package, entry.table, &singleton.name)),
        }
    }
}

impl From<&Installed> for PackageCopy {
    fn from(installed: &Installed) -> Self {
        Self { dir: installed.dir.clone(), version: installed.version.clone() }
    }
}
