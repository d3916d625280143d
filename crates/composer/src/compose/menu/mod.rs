//! One menu out of many: grouped by module, nested, sorted, and as the shell wants it.

mod container;
mod overrides;
mod tree;

use std::{borrow::Cow, sync::Arc};

use crate::{
    compose::{
        conflict::{Settlement, retain},
        contributions::{claim, names},
    },
    diagnostic::Diagnostic,
    manifest::MenuItem,
    messages::conflicts::MENU,
    node::{MenuEntry, MenuNode, ModuleNode, Place, RouteNode, route::join, shape::Shapes},
    options::Options,
    plugin::Plugin,
    source::{Named, Origin},
};

/// A node on its way into the menu.
#[derive(Debug, Clone)]
struct Entry<'a> {
    node: Arc<MenuEntry>,
    module: Option<&'a str>,
    parent: Option<Target<'a>>,
    beside: Option<Beside<'a>>,
}

/// A name that an entry refers to.
#[derive(Debug, Clone)]
struct Target<'a> {
    name: Cow<'a, str>,
    origin: Option<&'a Origin>,
}

#[derive(Debug, Clone)]
struct Beside<'a> {
    side: Side,
    target: Target<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

impl<'a> Entry<'a> {
    fn new(node: &Arc<MenuEntry>, item: &'a MenuItem) -> Self {
        Self {
            node: Arc::clone(node),
            module: item.module.as_ref().map(|module| module.name.as_str()),
            parent: item.parent.as_ref().map(target),
            beside: beside(item.before.as_ref(), item.after.as_ref()),
        }
    }

    /// The node, which says where it asks to stand. A group has no place but among the others.
    fn placed(&self) -> Arc<MenuEntry> {
        let mut node = Arc::clone(&self.node);
        if node.plugin.is_some() && node.place.names() != self.place() {
            Arc::make_mut(&mut node).place = Place::named(self.place());
        }
        node
    }

    /// Where it asks to stand, as [`Place::names`] has it.
    fn place(&self) -> [Option<&str>; 4] {
        let beside = |side| {
            let found = self.beside.as_ref().filter(|beside| beside.side == side);
            found.map(|beside| &*beside.target.name)
        };
        let parent = self.parent.as_ref().map(|parent| &*parent.name);
        [self.module, parent, beside(Side::Before), beside(Side::After)]
    }
}

/// The merged menu.
pub(super) fn menu(
    plugins: &[Arc<Plugin>],
    modules: &mut Vec<Arc<ModuleNode>>,
    routes: &[Arc<RouteNode>],
    options: &Options,
    settled: &mut Settlement,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuNode> {
    let mut entries = entries(plugins, settled);
    if !options.routes_base.is_empty() {
        below_base(&mut entries, routes, &options.routes_base);
    }
    overrides::report_unknown(&entries, modules, options, diagnostics);
    let mut entries = overrides::apply(entries, options);
    overrides::describe(modules, &entries, options);
    let containers = container::containers(&mut entries, diagnostics);
    tree::Tree::new(entries, &containers, modules, options, diagnostics).build()
}

/// What leads to a plugin's page leads below the base, where the page is.
fn below_base(entries: &mut [Entry], routes: &[Arc<RouteNode>], base: &str) {
    let mut shapes = Shapes::default();
    for route in routes {
        shapes.add(route);
    }
    for entry in entries {
        let Some(joined) = entry.node.route.as_ref().map(|route| join(base, route)) else { continue };
        if shapes.match_path(&joined) {
            Arc::make_mut(&mut entry.node).route = Some(joined);
        }
    }
}

fn entries<'a>(plugins: &'a [Arc<Plugin>], settled: &mut Settlement) -> Vec<Entry<'a>> {
    let items: Vec<(&Arc<MenuEntry>, &MenuItem)> = plugins
        .iter()
        .flat_map(|plugin| plugin.contribution.menu.iter().zip(&plugin.manifest.menu))
        .collect();
    let owner = |node: &'a MenuEntry| node.plugin.as_deref().unwrap_or_default();
    let named = |at: usize| {
        let (node, item) = items[at];
        claim(owner(node), &item.name, item.when.as_ref())
    };
    let holds = settled.settle(MENU, &names(&items, |(_, item)| &item.name), &named);
    retain(items, &holds).into_iter().map(|(node, item)| Entry::new(node, item)).collect()
}

/// The sibling that something stands beside: the one that it is before, if it names two.
fn beside<'a>(before: Option<&'a Named>, after: Option<&'a Named>) -> Option<Beside<'a>> {
    let beside = |side, named: &'a Named| Beside { side, target: target(named) };
    before.map(|named| beside(Side::Before, named)).or_else(|| after.map(|named| beside(Side::After, named)))
}

fn target(named: &Named) -> Target<'_> {
    Target { name: named.name.as_str().into(), origin: Some(&named.origin) }
}
