//! The names of a composition, by kind.

use std::borrow::Cow;

use crate::composition::{Composition, MenuNode, RouteNode};

/// Names, sorted and each once.
type Names<'a> = Vec<Cow<'a, str>>;

/// Every name of each kind.
pub(super) fn names(composition: &Composition) -> Vec<(&'static str, Names<'_>)> {
    let plugins = composition.included().iter().map(|plugin| plugin.name.name.as_str().into());
    let mut paths = Vec::new();
    composition.routes.iter().for_each(|node| routes(node, &mut paths));
    let mut items = Vec::new();
    menu(&composition.menu, &mut items);
    let points = composition.extension_points.iter().map(|point| point.item.id.name.as_str());
    let points = points.chain(crate::compose::STANDARD_POINTS).map(Cow::from);
    let extensions = composition.extensions.iter().flat_map(|(_, extensions)| extensions);
    let extensions = extensions.map(|extension| extension.item.id.name.as_str().into());
    let settings = composition.settings.iter().map(|setting| setting.item.0.name.as_str().into());
    let mut kinds = vec![
        ("plugin", plugins.collect()),
        ("routePath", paths),
        ("menuItem", items),
        ("extensionPoint", points.collect()),
        ("extension", extensions.collect()),
        ("permission", permissions(composition)),
        ("setting", settings.collect()),
    ];
    for (_, names) in &mut kinds {
        names.sort();
        names.dedup();
    }
    kinds
}

fn routes<'a>(node: &'a RouteNode, paths: &mut Names<'a>) {
    if node.path.is_some() || node.index {
        paths.push(if node.full.is_empty() { "/".into() } else { node.full.as_str().into() });
    }
    node.children.iter().for_each(|child| routes(child, paths));
}

fn menu<'a>(nodes: &'a [MenuNode], names: &mut Names<'a>) {
    for MenuNode { entry, children } in nodes {
        if entry.plugin.is_some() {
            names.push(entry.name.as_str().into());
        }
        menu(children, names);
    }
}

fn permissions(composition: &Composition) -> Names<'static> {
    let pairs = composition.permissions.iter().flat_map(|permission| {
        let resource = permission.item.resource.name.as_str();
        permission.item.actions.iter().map(move |action| [resource, ":", &action.name].concat().into())
    });
    pairs.collect()
}
