//! What plugins offer beside menu and routes: extension points, extensions, services, providers, permissions, settings.

use std::{collections::BTreeMap, slice, sync::Arc};

use crate::{
    compose::{
        STANDARD_POINTS,
        conflict::{Claim, Settlement, condition, retain},
    },
    composition::Owned,
    contribution::Contribution,
    diagnostic::Diagnostic,
    manifest::{Extension, ExtensionPoint, Leaf, Named, Permission, Provider},
    maps::HashSet,
    messages::{
        composing as messages,
        conflicts::{ClaimKind, EXTENSION, EXTENSION_POINT, PERMISSION, SERVICE, SETTING},
    },
    plugin::Plugin,
};

/// Extension points, by id.
pub(super) fn extension_points(
    plugins: &[Arc<Plugin>],
    settled: &mut Settlement,
) -> Vec<Arc<Owned<ExtensionPoint>>> {
    let points = owned(plugins, |plugin| &plugin.extension_points);
    let claims: Vec<Claim> = points.iter().map(|point| claim(&point.plugin, &point.item.id, None)).collect();
    let holds = settled.settle(EXTENSION_POINT, &claims);
    drop(claims);
    let mut points = retain(points, &holds);
    points.sort_by(|a, b| a.item.id.name.cmp(&b.item.id.name));
    points
}

/// Extensions by point, each point's by weight, then plugin, then id.
pub(super) fn extensions(
    plugins: &[Arc<Plugin>],
    points: &[Arc<Owned<ExtensionPoint>>],
    settled: &mut Settlement,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Vec<Arc<Owned<Extension>>>)> {
    let extensions = owned(plugins, |plugin| &plugin.extensions);
    let claims: Vec<Claim> = extensions
        .iter()
        .map(|extension| claim(&extension.plugin, &extension.item.id, extension.item.when.as_ref()))
        .collect();
    let holds = settled.settle(EXTENSION, &claims);
    drop(claims);
    let known = || points.iter().map(|point| point.item.id.name.as_str()).chain(STANDARD_POINTS);
    let declared: HashSet<&str> = known().collect();
    let mut by_point: BTreeMap<String, Vec<Arc<Owned<Extension>>>> = BTreeMap::new();
    for extension in retain(extensions, &holds) {
        let point = &extension.item.point;
        if !declared.contains(point.name.as_str()) {
            diagnostics.push(messages::unknown_extension_point(&extension.plugin, point, known()));
        }
        match by_point.get_mut(&point.name) {
            Some(extensions) => extensions.push(extension),
            None => drop(by_point.insert(point.name.clone(), vec![extension])),
        }
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
pub(super) fn services(plugins: &[Arc<Plugin>], settled: &mut Settlement) -> Vec<Entry> {
    table(plugins, SERVICE, |plugin| &plugin.services, settled)
}

/// Settings, by name.
pub(super) fn settings(plugins: &[Arc<Plugin>], settled: &mut Settlement) -> Vec<Entry> {
    table(plugins, SETTING, |plugin| &plugin.settings, settled)
}

/// Providers by order, those without one last; ties in the order of their plugins.
pub(super) fn providers(plugins: &[Arc<Plugin>]) -> Vec<Arc<Owned<Provider>>> {
    let mut providers = owned(plugins, |plugin| &plugin.providers);
    providers.sort_by(|a, b| {
        let order = |provider: &Owned<Provider>| provider.item.order.unwrap_or(f64::INFINITY);
        order(a).total_cmp(&order(b))
    });
    providers
}

/// Permissions by resource, then plugin. Two plugins may share a resource, not an action on it.
pub(super) fn permissions(plugins: &[Arc<Plugin>], settled: &mut Settlement) -> Vec<Arc<Owned<Permission>>> {
    let permissions = owned(plugins, |plugin| &plugin.permissions);
    let mut claims = Vec::new();
    for permission in &permissions {
        for action in &permission.item.actions {
            let id = [&permission.item.resource.name, ":", &action.name].concat();
            let origin = &action.origin;
            claims.push(Claim {
                keys: vec![id.clone()].into(),
                id: id.into(),
                plugin: &permission.plugin,
                origin,
                when: None,
                bare: false,
            });
        }
    }
    let holds = settled.settle(PERMISSION, &claims);
    drop(claims);
    let (mut permissions, mut holds) = (permissions, holds.as_slice());
    for permission in &mut permissions {
        let (own, rest) = holds.split_at(permission.item.actions.len());
        holds = rest;
        if own.contains(&false) {
            let mut own = own.iter();
            Arc::make_mut(permission).item.actions.retain(|_| own.next() == Some(&true));
        }
    }
    permissions.sort_by(|a, b| (&a.item.resource.name, &a.plugin).cmp(&(&b.item.resource.name, &b.plugin)));
    permissions
}

/// A name, and what stands under it.
type Entry = Arc<Owned<(Named, Leaf)>>;

fn table(
    plugins: &[Arc<Plugin>],
    kind: ClaimKind,
    entries: fn(&Contribution) -> &Vec<Entry>,
    settled: &mut Settlement,
) -> Vec<Entry> {
    let entries = owned(plugins, entries);
    let claims: Vec<Claim> = entries.iter().map(|entry| claim(&entry.plugin, &entry.item.0, None)).collect();
    let holds = settled.settle(kind, &claims);
    drop(claims);
    let mut entries = retain(entries, &holds);
    entries.sort_by(|a, b| a.item.0.name.cmp(&b.item.0.name));
    entries
}

fn owned<T>(plugins: &[Arc<Plugin>], items: fn(&Contribution) -> &Vec<Arc<Owned<T>>>) -> Vec<Arc<Owned<T>>> {
    plugins.iter().flat_map(|plugin| items(&plugin.contribution)).cloned().collect()
}

/// What a name claims.
pub(super) fn claim<'a>(plugin: &'a str, named: &'a Named, when: Option<&'a Leaf>) -> Claim<'a> {
    Claim {
        keys: slice::from_ref(&named.name).into(),
        id: named.name.as_str().into(),
        plugin,
        origin: &named.origin,
        when: when.map(|when| condition(when).into()),
        bare: false,
    }
}
