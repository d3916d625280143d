//! The names of a composition, by kind.

use crate::composition::{Composition, MenuNode, RouteNode};

/// Every name of each kind, sorted.
pub(super) fn names(composition: &Composition) -> Vec<(&'static str, Vec<String>)> {
    let plugins = composition.included().iter().map(|plugin| plugin.name.name.clone()).collect();
    let mut paths = Vec::new();
    composition.routes.iter().for_each(|node| routes(node, &mut paths));
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

fn routes(node: &RouteNode, paths: &mut Vec<String>) {
    if node.path.is_some() || node.index {
        paths.push(if node.full.is_empty() { "/".into() } else { node.full.clone() });
    }
    node.children.iter().for_each(|child| routes(child, paths));
}

fn menu(nodes: &[MenuNode], names: &mut Vec<String>) {
    for MenuNode { entry, children } in nodes {
        if entry.plugin.is_some() {
            names.push(entry.name.clone());
        }
        menu(children, names);
    }
}

fn permissions(composition: &Composition) -> Vec<String> {
    let pairs = composition.permissions.iter().flat_map(|permission| {
        let resource = &permission.item.resource.name;
        permission.item.actions.iter().map(move |action| format!("{resource}:{}", action.name))
    });
    pairs.collect()
}
