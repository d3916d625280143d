//! Why a plugin takes part or not, what it needs and who needs it.

use std::sync::Arc;

use crate::{
    explain::{Explanation, Kind, Question},
    manifest::{Activation, Dependency, Manifest},
    plugin::{Plugin, Status},
};

pub(super) fn explain(question: &Question) -> Vec<Explanation> {
    let named = question.plugins().iter().filter(|plugin| plugin.name.name == question.name);
    named.map(|plugin| explanation(question, plugin)).collect()
}

fn explanation(question: &Question, plugin: &Plugin) -> Explanation {
    let name = &plugin.name.name;
    let mut explained = Explanation::new(Kind::Plugin, name);
    let is_in = plugin.status == Status::Included;
    explained.included = Some(is_in);
    explained.plugin = Some(name.clone());
    explained.origin = Some(plugin.name.origin.clone());
    explained.reason = plugin.reason.as_ref().map(|reason| format!("{}: {reason}", plugin.status.word()));
    explained.chunk = is_in.then(|| question.chunk(name, None)).flatten();
    let package = plugin.package.name.as_deref().unwrap_or("a package without a name");
    let version = plugin.version().map(|version| format!(" {version}")).unwrap_or_default();
    explained.fact("package", format!("{package}{version} in {}", plugin.package.dir), None);
    if let Some(config) = &plugin.config {
        explained.fact("configuration", config, None);
    }
    explained.list("for shells", &plugin.hosts);
    for (term, dependencies) in
        [("needs", &plugin.manifest.dependencies), ("uses", &plugin.manifest.optional_dependencies)]
    {
        for dependency in dependencies {
            explained.fact(term, needed(question, dependency), Some(&dependency.origin));
        }
    }
    explained.list("needed by", &dependents(question, name, |manifest| &manifest.dependencies));
    explained.list("used by", &dependents(question, name, |manifest| &manifest.optional_dependencies));
    explained.list("contributes", &contributions(&plugin.manifest));
    if plugin.manifest.activation == Activation::Startup {
        explained.fact("activation", "when the app starts", None);
    }
    for diagnostic in &plugin.diagnostics {
        let origin = diagnostic.labels.first().map(|label| &label.origin);
        explained.fact(
            diagnostic.severity.word(),
            format!("{} {}", diagnostic.code.id, diagnostic.message),
            origin,
        );
    }
    explained
}

/// `personnel ^1.2.0, which is 1.4.0`
fn needed(question: &Question, dependency: &Dependency) -> String {
    let Dependency { name, range, .. } = dependency;
    let mut all = question.plugins().iter().filter(|plugin| plugin.name.name == *name);
    match all.next() {
        None => format!("{name} {range}, which is not there"),
        Some(found) if found.status == Status::Included => {
            format!("{name} {range}, which is {}", found.version().unwrap_or("without a version"))
        }
        Some(found) => format!("{name} {range}, which is {}", found.status.word()),
    }
}

/// The plugins that have a plugin in a list of theirs.
fn dependents(question: &Question, name: &str, list: fn(&Manifest) -> &Vec<Dependency>) -> Vec<String> {
    let has = |plugin: &&Arc<Plugin>| list(&plugin.manifest).iter().any(|dependency| dependency.name == name);
    question.plugins().iter().filter(has).map(|plugin| plugin.name.name.clone()).collect()
}

/// `2 routes, 1 service`
fn contributions(manifest: &Manifest) -> Vec<String> {
    let counts = [
        (manifest.menu.len(), "menu item"),
        (manifest.routes.len(), "route"),
        (manifest.extension_points.len(), "extension point"),
        (manifest.extensions.len(), "extension"),
        (manifest.services.len(), "service"),
        (manifest.providers.len(), "provider"),
        (manifest.permissions.len(), "permission"),
        (manifest.settings.len(), "setting"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" })).collect()
}
