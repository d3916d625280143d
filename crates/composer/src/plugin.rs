//! `Vec<PluginPackage> → Vec<Plugin>`: what each says of itself.

use std::sync::Arc;

use crate::{
    contribution::Contribution,
    diagnostic::{Diagnostic, Severity},
    disk::Disk,
    evaluate::{self, ReadOptions, Reading},
    manifest::{self, Manifest},
    messages::{manifest::no_default_export, plugin as messages},
    name::unscoped,
    options::Options,
    source::{Named, Origin},
    tag::PluginPackage,
    workspace::{Package, Workspace},
};

/// A plugin as it describes itself, and whether it takes part.
#[derive(Debug, Clone)]
pub struct Plugin {
    /// The package.
    pub package: Arc<Package>,
    /// The name, and where it is declared.
    pub name: Named,
    /// Its configuration, relative to the workspace root.
    pub config: Option<String>,
    /// Whether it takes part.
    pub status: Status,
    /// Why it does not.
    pub reason: Option<String>,
    /// The shells that it is for. Empty: all.
    pub hosts: Vec<String>,
    /// What it says.
    pub manifest: Arc<Manifest>,
    /// What it contributes to a composition, unless others or the shell change that.
    pub contribution: Arc<Contribution>,
    /// What is wrong with the plugin by itself.
    pub diagnostics: Vec<Diagnostic>,
    /// What it was read from.
    pub reading: Arc<Reading>,
}

/// Whether a plugin takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Included,
    /// Its tag says no.
    Disabled,
    /// The shell says no, or it is for another shell.
    Excluded,
    /// A plugin that it needs does not take part.
    Blocked,
    /// It has an error of its own.
    Broken,
}

impl Status {
    /// The word that JSON and terminals use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Disabled => "disabled",
            Self::Excluded => "excluded",
            Self::Blocked => "blocked",
            Self::Broken => "broken",
        }
    }
}

impl Plugin {
    /// Leaves the plugin out, with the reason.
    pub fn leave_out(self: &mut Arc<Self>, status: Status, reason: impl Into<String>) {
        let plugin = Arc::make_mut(self);
        (plugin.status, plugin.reason) = (status, Some(reason.into()));
    }

    /// The version of its package.
    pub fn version(&self) -> Option<&str> {
        self.package.version.as_deref()
    }

    /// Where the package says it, or would.
    pub(crate) fn version_origin(&self) -> Origin {
        let member = evaluate::json_member(&self.package.manifest, "version");
        member.map_or_else(|| Origin::file(&self.package.manifest), |member| member.key)
    }
}

/// What a plugin package says of itself.
pub fn read(disk: &dyn Disk, workspace: &Workspace, options: &Options, package: PluginPackage) -> Plugin {
    let mut diagnostics = package.diagnostics;
    let (manifest, reading) = match package.config.as_ref() {
        Some(config) => read_config(disk, workspace, &options.read, config, &mut diagnostics),
        None => Default::default(),
    };
    let name = manifest.name.clone().unwrap_or_else(|| default_name(&package.package));
    if name.name.is_empty() && package.enabled {
        diagnostics.push(messages::unnamed_plugin(&name.origin));
    }
    let status = if package.enabled { Status::Included } else { Status::Disabled };
    let reason = (!package.enabled).then(|| "its package turns it off".to_string());
    let contribution = Contribution::new(&name.name, &manifest, &options.routes_base);
    Plugin {
        package: package.package,
        name,
        config: package.config,
        status,
        reason,
        hosts: package.hosts,
        manifest: Arc::new(manifest),
        contribution: Arc::new(contribution),
        diagnostics,
        reading: Arc::new(reading),
    }
}

fn read_config(
    disk: &dyn Disk,
    workspace: &Workspace,
    options: &ReadOptions,
    config: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Manifest, Reading) {
    let module = evaluate::evaluate(disk, workspace, options, &workspace.root.join(config));
    diagnostics.extend(module.diagnostics);
    let reading = module.reading;
    let Some(source) = module.source else { return (Manifest::default(), reading) };
    let Some(config) = module.exports.get("default") else {
        if !diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            let others: Vec<&str> = module.exports.keys().map(String::as_str).collect();
            diagnostics.push(no_default_export(&Origin::file(&source), &others));
        }
        return (Manifest::default(), reading);
    };
    let (mut manifest, problems) = manifest::read(config);
    diagnostics.extend(problems);
    diagnostics.extend(manifest::locate_components(disk, &workspace.root, &mut manifest));
    (manifest, reading)
}

/// The package's name without its scope.
fn default_name(package: &Package) -> Named {
    let name = unscoped(package.name.as_deref().unwrap_or_default());
    Named { name: name.to_string(), origin: name_origin(package) }
}

fn name_origin(package: &Package) -> Origin {
    let property = evaluate::json_member(&package.manifest, "name");
    property.map_or_else(|| Origin::file(&package.manifest), |property| property.whole)
}
