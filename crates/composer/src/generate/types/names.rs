//! The names of a composition, by kind.

use crate::composition::{Composition, MenuNode, RouteNode};

/// Every name of each kind, sorted.
pub(super) fn names(composition: &Composition) -> Vec<(&'static str, Vec<String>)> {
    let plugins = composition.included().iter().map(|plugin| plugin.name.name.clone()).collect();
    let mut paths = Vec::new();
    routes(&composition.routes, "", &mut paths);
    let mut items = Vec::new();
    menu(&composition.menu, &mut items);
    let points = composition.extension_points.iter().map(|point| point.item.id.name.as_str());
    let points = points.chain(crate::compose::STANDARD_POINTS).map(str::to_string).collect();
    let extensions = composition.extensions.iter().flat_map(|(_, extensions)| extensions);
    let extensions = extensions.map(|extension| extension.item.id.name.clone()).collect();
    let settings = composition.settings.iter().map(|setting| setting.item.0.name.clone()).collect();
    let mut kinds = vec![
        ("plugin", plugins),
        ("routePath", paths),
        ("menuItem", items),
        ("extensionPoint", points),
        ("extension", extensions),
        ("permission", permissions(composition)),
        ("setting", settings),
    ];
    for (_, names) in &mut kinds {
        names.sort();
        names.dedup();
    }
    kinds
}

fn routes(nodes: &[RouteNode], parent: &str, paths: &mut Vec<String>) {
    for node in nodes {
        let full = match &node.path {
            Some(path) if path.starts_with('/') => path.clone(),
            Some(path) => format!("{}/{path}", parent.trim_end_matches('/')),
            None => parent.to_string(),
        };
        if node.path.is_some() || node.index {
            paths.push(if full.is_empty() { "/".into() } else { full.clone() });
        }
        routes(&node.children, &full, paths);
    }
}

fn menu(nodes: &[MenuNode], names: &mut Vec<String>) {
    for node in nodes {
        if node.plugin.is_some() {
            names.push(node.name.clone());
        }
        menu(&node.children, names);
    }
}

fn permissions(composition: &Composition) -> Vec<String> {
    let pairs = composition.permissions.iter().flat_map(|permission| {
        let resource = &permission.item.resource.name;
        permission.item.actions.iter().map(move |action| format!("{resource}:{}", action.name))
    });
    pairs.collect()
}
