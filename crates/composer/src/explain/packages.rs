//! Whether a package is a plugin, the shell, a library, or something that has to exist once.

use crate::{
    explain::{Explanation, Kind, Question},
    plugin::{Plugin, Status},
    singletons::{Singleton, Table, place},
    source::Origin,
    workspace::{Dependencies, Package},
};

/// Packages of the workspace and plugins from elsewhere, by name or folder; then what the shell depends on.
pub(super) fn explain(question: &Question) -> Vec<Explanation> {
    let is_named =
        |package: &&Package| package.name.as_deref() == Some(question.name) || package.dir == question.name;
    let members: Vec<&Package> = question.build.workspace.packages.iter().filter(is_named).collect();
    let bought = question.plugins().iter().map(|plugin| &*plugin.package).filter(is_named);
    let bought = bought.filter(|bought| members.iter().all(|member| member.dir != bought.dir));
    let mut found: Vec<Explanation> =
        members.iter().copied().chain(bought).map(|package| known(question, package)).collect();
    if found.is_empty() {
        found.extend(installed(question));
    }
    found
}

fn known(question: &Question, package: &Package) -> Explanation {
    let mut explained = Explanation::new(Kind::Package, package.name.as_deref().unwrap_or(&package.dir));
    explained.origin = Some(Origin::file(&package.manifest));
    let version = package.version.as_deref().unwrap_or("no version");
    explained.fact("folder", format!("{} ({version})", package.dir), None);
    let key = &question.options.metadata_key;
    match question.plugins().iter().find(|plugin| plugin.package.dir == package.dir) {
        Some(plugin) => is_plugin(&mut explained, plugin),
        None if package.dir == question.build.shell => {
            explained.fact("role", "it is the shell", None);
        }
        None => explained.fact(
            "role",
            format!("a library: its manifest has no `{key}`, so it is no plugin"),
            None,
        ),
    }
    singleton(question, &mut explained);
    explained
}

fn is_plugin(explained: &mut Explanation, plugin: &Plugin) {
    explained.included = Some(plugin.status == Status::Included);
    explained.plugin = Some(plugin.name.name.clone());
    let reason = plugin.reason.as_ref();
    explained.reason = reason.map(|reason| format!("its plugin is {}: {reason}", plugin.status.word()));
    explained.fact("plugin", &plugin.name.name, Some(&plugin.name.origin));
}

/// A package from elsewhere that the shell depends on, or that has to exist once.
fn installed(question: &Question) -> Option<Explanation> {
    let name = question.name;
    let mut explained = Explanation::new(Kind::Package, name);
    if let Some(shell) = question.build.workspace.at(&question.build.shell)
        && let Some((table, range)) = entry(shell.dependencies(), name)
    {
        explained.origin = Some(place(shell, table, name));
        explained.fact("asked for", format!("by the shell, in {range}"), explained.origin.clone().as_ref());
        explained.fact(
            "role",
            "a library: it does not say that it is a plugin, or it is not installed",
            None,
        );
    }
    singleton(question, &mut explained);
    (!explained.facts.is_empty()).then_some(explained)
}

fn entry<'a>(dependencies: &'a Dependencies, name: &str) -> Option<(Table, &'a String)> {
    let tables = [
        (Table::Production, &dependencies.production),
        (Table::Optional, &dependencies.optional),
        (Table::Development, &dependencies.development),
    ];
    tables.into_iter().find_map(|(table, entries)| Some((table, entries.get(name)?)))
}

fn singleton(question: &Question, explained: &mut Explanation) {
    let Some(singleton) = question.build.singletons.iter().find(|singleton| singleton.name == explained.name)
    else {
        return;
    };
    let Singleton { installed, users, .. } = singleton;
    let version = installed.version.as_deref().unwrap_or("no version");
    explained.fact("exists once", format!("{} ({version}), which the shell resolves", installed.dir), None);
    let peers = users.iter().filter(|user| user.declaration(Table::Peer).is_some());
    let peers: Vec<String> = peers.map(|user| user.plugin.clone()).collect();
    explained.list("peer of", &peers);
    for user in users.iter().filter(|user| !user.declarations.is_empty()) {
        if let Some(own) = user.installed.as_ref().filter(|own| own.dir != installed.dir) {
            explained.fact("second copy", format!("{} has {}", user.plugin, own.dir), None);
        }
    }
}
