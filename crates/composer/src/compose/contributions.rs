//! What plugins offer beside menu and routes: extension points, extensions, services, providers, permissions, settings.

use std::collections::BTreeMap;

use crate::{
    compose::{
        STANDARD_POINTS,
        conflict::{Claim, Settlement, condition, retain},
    },
    composition::Owned,
    diagnostic::Diagnostic,
    manifest::{Extension, ExtensionPoint, Leaf, Manifest, Named, Permission, Provider},
    messages::{
        composing as messages,
        conflicts::{ClaimKind, EXTENSION, EXTENSION_POINT, PERMISSION, SERVICE, SETTING},
    },
    plugin::Plugin,
};

/// Extension points, by id.
pub(super) fn extension_points(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Owned<ExtensionPoint>> {
    let points = owned(plugins, |manifest| &manifest.extension_points);
    let claims: Vec<Claim> = points.iter().map(|point| claim(&point.plugin, &point.item.id, None)).collect();
    let holds = settled.settle(EXTENSION_POINT, &claims);
    drop(claims);
    let mut points = retain(points, &holds);
    points.sort_by(|a, b| a.item.id.name.cmp(&b.item.id.name));
    points
}

/// Extensions by point, each point's by weight, then plugin, then id.
pub(super) fn extensions(
    plugins: &[Plugin],
    points: &[Owned<ExtensionPoint>],
    settled: &mut Settlement,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Vec<Owned<Extension>>)> {
    let extensions = owned(plugins, |manifest| &manifest.extensions);
    let claims: Vec<Claim> = extensions
        .iter()
        .map(|extension| claim(&extension.plugin, &extension.item.id, extension.item.when.as_ref()))
        .collect();
    let holds = settled.settle(EXTENSION, &claims);
    drop(claims);
    let known = || points.iter().map(|point| point.item.id.name.as_str()).chain(STANDARD_POINTS);
    let mut by_point: BTreeMap<String, Vec<Owned<Extension>>> = BTreeMap::new();
    for extension in retain(extensions, &holds) {
        let point = &extension.item.point;
        if !known().any(|id| id == point.name) {
            diagnostics.push(messages::unknown_extension_point(&extension.plugin, point, known()));
        }
        by_point.entry(point.name.clone()).or_default().push(extension);
    }
    for extensions in by_point.values_mut() {
        extensions.sort_by(|a, b| {
            let weights = a.item.weight.total_cmp(&b.item.weight);
            weights.then_with(|| (&a.plugin, &a.item.id.name).cmp(&(&b.plugin, &b.item.id.name)))
        });
    }
    by_point.into_iter().collect()
}

/// Services, by name.
pub(super) fn services(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Owned<(Named, Leaf)>> {
    table(plugins, SERVICE, |manifest| &manifest.services, settled)
}

/// Settings, by name.
pub(super) fn settings(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Owned<(Named, Leaf)>> {
    table(plugins, SETTING, |manifest| &manifest.settings, settled)
}

/// Providers by order, those without one last; ties in the order of their plugins.
pub(super) fn providers(plugins: &[Plugin]) -> Vec<Owned<Provider>> {
    let mut providers = owned(plugins, |manifest| &manifest.providers);
    providers.sort_by(|a, b| {
        let order = |provider: &Owned<Provider>| provider.item.order.unwrap_or(f64::INFINITY);
        order(a).total_cmp(&order(b))
    });
    providers
}

/// Permissions by resource, then plugin. Two plugins may share a resource, not an action on it.
pub(super) fn permissions(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Owned<Permission>> {
    let permissions = owned(plugins, |manifest| &manifest.permissions);
    let mut claims = Vec::new();
    for permission in &permissions {
        for action in &permission.item.actions {
            let id = format!("{}:{}", permission.item.resource.name, action.name);
            let origin = &action.origin;
            claims.push(Claim {
                keys: vec![id.clone()],
                id,
                plugin: &permission.plugin,
                origin,
                when: None,
                bare: false,
            });
        }
    }
    let mut holds = settled.settle(PERMISSION, &claims).into_iter();
    drop(claims);
    let mut permissions = permissions;
    for permission in &mut permissions {
        permission.item.actions.retain(|_| holds.next().unwrap_or(true));
    }
    permissions.sort_by(|a, b| (&a.item.resource.name, &a.plugin).cmp(&(&b.item.resource.name, &b.plugin)));
    permissions
}

fn table(
    plugins: &[Plugin],
    kind: ClaimKind,
    entries: fn(&Manifest) -> &Vec<(Named, Leaf)>,
    settled: &mut Settlement,
) -> Vec<Owned<(Named, Leaf)>> {
    let entries = owned(plugins, entries);
    let claims: Vec<Claim> = entries.iter().map(|entry| claim(&entry.plugin, &entry.item.0, None)).collect();
    let holds = settled.settle(kind, &claims);
    drop(claims);
    let mut entries = retain(entries, &holds);
    entries.sort_by(|a, b| a.item.0.name.cmp(&b.item.0.name));
    entries
}

fn owned<T: Clone>(plugins: &[Plugin], items: fn(&Manifest) -> &Vec<T>) -> Vec<Owned<T>> {
    plugins
        .iter()
        .flat_map(|plugin| {
            let own = |item: &T| Owned { plugin: plugin.name.name.clone(), item: item.clone() };
            items(&plugin.manifest).iter().map(own)
        })
        .collect()
}

/// What a name claims.
pub(super) fn claim<'a>(plugin: &'a str, named: &'a Named, when: Option<&Leaf>) -> Claim<'a> {
    Claim {
        keys: vec![named.name.clone()],
        id: named.name.clone(),
        plugin,
        origin: &named.origin,
        when: when.map(condition),
        bare: false,
    }
}
