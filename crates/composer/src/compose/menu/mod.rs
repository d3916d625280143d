//! One menu out of many: grouped by module, nested, sorted, and as the shell wants it.

mod container;
mod overrides;
mod tree;

use crate::{
    compose::{
        conflict::{Claim, Settlement, retain},
        contributions::claim,
        modules::declared,
        routes,
    },
    composition::{MenuNode, ModuleNode, Place, RouteNode, Text},
    diagnostic::Diagnostic,
    manifest::{MenuItem, Named},
    messages::conflicts::MENU,
    options::Options,
    plugin::Plugin,
    source::Origin,
};

/// A node on its way into the menu.
#[derive(Debug, Clone)]
struct Entry {
    node: MenuNode,
    module: Option<String>,
    parent: Option<Target>,
    beside: Option<Beside>,
}

/// A name that an entry refers to.
#[derive(Debug, Clone)]
struct Target {
    name: String,
    origin: Option<Origin>,
}

#[derive(Debug, Clone)]
struct Beside {
    side: Side,
    target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

impl Entry {
    /// Where it asks to stand.
    fn place(&self) -> Place {
        let beside = |side| self.beside.as_ref().filter(|beside| beside.side == side);
        Place {
            module: self.module.clone(),
            parent: self.parent.as_ref().map(|parent| parent.name.clone()),
            before: beside(Side::Before).map(|beside| beside.target.name.clone()),
            after: beside(Side::After).map(|beside| beside.target.name.clone()),
        }
    }
}

/// The merged menu.
pub(super) fn menu(
    plugins: &[Plugin],
    modules: &mut Vec<ModuleNode>,
    routes: &[RouteNode],
    options: &Options,
    settled: &mut Settlement,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuNode> {
    let mut entries = entries(plugins, settled);
    for entry in &mut entries {
        if let Some(route) = &entry.node.route
            && !options.routes_base.is_empty()
            && routes::any_matches(routes, "", &routes::join(&options.routes_base, route))
        {
            entry.node.route = Some(routes::join(&options.routes_base, route));
        }
    }
    overrides::report_unknown(&entries, modules, options, diagnostics);
    let mut entries = overrides::apply(entries, options);
    overrides::describe(modules, &entries, options);
    let containers = container::containers(&mut entries, diagnostics);
    tree::Tree::new(entries, &containers, modules, options, diagnostics).build()
}

fn entries(plugins: &[Plugin], settled: &mut Settlement) -> Vec<Entry> {
    let items: Vec<(&str, usize, &MenuItem)> = plugins
        .iter()
        .flat_map(|plugin| {
            let name = plugin.name.name.as_str();
            plugin.manifest.menu.iter().enumerate().map(move |(index, item)| (name, index, item))
        })
        .collect();
    let claims: Vec<Claim> =
        items.iter().map(|(plugin, _, item)| claim(plugin, &item.name, item.when.as_ref())).collect();
    let holds = settled.settle(MENU, &claims);
    retain(items, &holds).into_iter().map(|(plugin, index, item)| entry(plugin, index, item)).collect()
}

fn entry(plugin: &str, index: usize, item: &MenuItem) -> Entry {
    let label = item.label.as_ref();
    let beside = |side, named: &Named| Beside { side, target: target(named) };
    Entry {
        node: MenuNode {
            name: item.name.name.clone(),
            label: label.map_or_else(|| Text::Plain(item.name.name.clone()), |label| declared(plugin, label)),
            icon: item.icon.as_ref().map(|icon| declared(plugin, icon)),
            order: item.order,
            route: item.route.clone(),
            when: item.when.clone(),
            plugin: Some(plugin.to_string()),
            place: Place::default(),
            index,
            origin: Some(item.name.origin.clone()),
            children: Vec::new(),
        },
        module: item.module.as_ref().map(|module| module.name.clone()),
        parent: item.parent.as_ref().map(target),
        beside: item
            .before
            .as_ref()
            .map(|named| beside(Side::Before, named))
            .or_else(|| item.after.as_ref().map(|named| beside(Side::After, named))),
    }
}

fn target(named: &Named) -> Target {
    Target { name: named.name.clone(), origin: Some(named.origin.clone()) }
}
