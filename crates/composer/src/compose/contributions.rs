//! What plugins offer beside menu and routes: extension points, extensions, services, providers, permissions, settings.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    compose::conflict::{Claim, Settlement, condition, retain},
    composition::STANDARD_POINTS,
    contribution::Contribution,
    diagnostic::Diagnostic,
    manifest::{Extension, ExtensionPoint, Leaf, Permission, Provider},
    maps::HashSet,
    messages::{
        composing as messages,
        conflicts::{ClaimKind, EXTENSION, EXTENSION_POINT, PERMISSION, SERVICE, SETTING},
    },
    node::Owned,
    plugin::Plugin,
    source::Named,
};

/// Extension points, by id.
pub(super) fn extension_points(
    plugins: &[Arc<Plugin>],
    settled: &mut Settlement,
) -> Vec<Arc<Owned<ExtensionPoint>>> {
    let points = owned(plugins, |plugin| &plugin.extension_points);
    let named = |at: usize| claim(&points[at].plugin, &points[at].item.id, None);
    let holds = settled.settle(EXTENSION_POINT, &names(&points, |point| &point.item.id), &named);
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
    let named = |at: usize| {
        let Owned { plugin, item } = &*extensions[at];
        claim(plugin, &item.id, item.when.as_ref())
    };
    let holds = settled.settle(EXTENSION, &names(&extensions, |extension| &extension.item.id), &named);
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
    let actions: Vec<(&Owned<Permission>, &Named)> = permissions
        .iter()
        .flat_map(|permission| permission.item.actions.iter().map(move |action| (&**permission, action)))
        .collect();
    let name = |(permission, action): &(&Owned<Permission>, &Named)| {
        [&permission.item.resource.name, ":", &action.name].concat()
    };
    let ids: Vec<String> = actions.iter().map(name).collect();
    let keys: Vec<(usize, &str)> = ids.iter().map(String::as_str).enumerate().collect();
    let holds = settled.settle(PERMISSION, &keys, &|at| {
        let (permission, action) = actions[at];
        let (id, origin) = (ids[at].as_str().into(), &action.origin);
        Claim { id, plugin: &permission.plugin, origin, when: None, bare: false }
    });
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
    let named = |at: usize| claim(&entries[at].plugin, &entries[at].item.0, None);
    let holds = settled.settle(kind, &names(&entries, |entry| &entry.item.0), &named);
    let mut entries = retain(entries, &holds);
    entries.sort_by(|a, b| a.item.0.name.cmp(&b.item.0.name));
    entries
}

fn owned<T>(plugins: &[Arc<Plugin>], items: fn(&Contribution) -> &Vec<Arc<Owned<T>>>) -> Vec<Arc<Owned<T>>> {
    plugins.iter().flat_map(|plugin| items(&plugin.contribution)).cloned().collect()
}

/// The names that each of some items claims, by its number.
pub(super) fn names<T>(items: &[T], named: impl Fn(&T) -> &Named) -> Vec<(usize, &str)> {
    items.iter().map(|item| named(item).name.as_str()).enumerate().collect()
}

/// What a name claims.
pub(super) fn claim<'a>(plugin: &'a str, named: &'a Named, when: Option<&'a Leaf>) -> Claim<'a> {
    Claim {
        id: named.name.as_str().into(),
        plugin,
        origin: &named.origin,
        when: when.map(condition),
        bare: false,
    }
}
