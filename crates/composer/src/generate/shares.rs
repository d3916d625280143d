//! What of a composition is whose.

use std::sync::Arc;

use crate::{
    composition::Composition,
    contribution::Contribution,
    maps::{HashMap, HashSet},
    memo::Before,
    node::Node,
    plugin::Plugin,
};

/// For every plugin that takes part, all that is its own, in the order of the composition;
/// menu items in its own order.
#[derive(Default)]
pub(super) struct Shares {
    of: Arc<Composition>,
    all: Vec<(Arc<Plugin>, Arc<Contribution>)>,
}

impl Shares {
    /// The shares in another composition. Whoever has the same nodes in the same places keeps its share.
    pub(super) fn renew(&mut self, composition: &Arc<Composition>) -> Vec<Arc<Contribution>> {
        let nodes = composition.nodes();
        let touched = touched(&self.of.nodes(), &nodes);
        let before = Before::new(&self.all, |(plugin, _)| &plugin.name.name);
        let find = |(place, plugin): (usize, &Arc<Plugin>)| {
            let name = plugin.name.name.as_str();
            let (_, share) = before.find(place, name).filter(|_| !touched.contains(name))?;
            Some(Arc::clone(share))
        };
        let plugins = composition.included();
        let known: Vec<Option<Arc<Contribution>>> = plugins.iter().enumerate().map(find).collect();
        let missing = plugins.iter().zip(&known).filter(|(_, known)| known.is_none());
        let mut new = collected(&nodes, missing.map(|(plugin, _)| plugin.name.name.as_str()));
        let share = |(plugin, known): (&Arc<Plugin>, Option<Arc<Contribution>>)| {
            known.unwrap_or_else(|| {
                let mut share = new.remove(plugin.name.name.as_str()).unwrap_or_default();
                share.menu.sort_by_key(|entry| entry.index);
                Arc::new(share)
            })
        };
        let shares: Vec<Arc<Contribution>> = plugins.iter().zip(known).map(share).collect();
        self.all = plugins.iter().cloned().zip(shares.iter().cloned()).collect();
        self.of = Arc::clone(composition);
        shares
    }
}

/// The owners of all nodes that are not where they were, or are others.
fn touched<'n>(before: &[Node<'n>], after: &[Node<'n>]) -> HashSet<&'n str> {
    let places = 0..before.len().max(after.len());
    let pairs = places.map(|place| (before.get(place), after.get(place)));
    let differ = pairs.filter(|pair| !matches!(pair, (Some(one), Some(other)) if one.is(**other)));
    differ.flat_map(|(one, other)| one.into_iter().chain(other)).filter_map(|node| node.owner()).collect()
}

/// What is whose, for some plugins.
fn collected<'n>(nodes: &[Node], plugins: impl Iterator<Item = &'n str>) -> HashMap<&'n str, Contribution> {
    let mut shares: HashMap<&str, Contribution> =
        plugins.map(|name| (name, Contribution::default())).collect();
    for node in nodes {
        if let Some(share) = node.owner().and_then(|owner| shares.get_mut(owner)) {
            add(share, *node);
        }
    }
    shares
}

fn add(share: &mut Contribution, node: Node) {
    match node {
        Node::Menu(node, _) => share.menu.push(Arc::clone(node)),
        Node::Module(node) => share.modules.push(Arc::clone(node)),
        Node::Route(node) => share.routes.push(Arc::clone(node)),
        Node::ExtensionPoint(node) => share.extension_points.push(Arc::clone(node)),
        Node::Extension(node) => share.extensions.push(Arc::clone(node)),
        Node::Service(node) => share.services.push(Arc::clone(node)),
        Node::Provider(node) => share.providers.push(Arc::clone(node)),
        Node::Permission(node) => share.permissions.push(Arc::clone(node)),
        Node::Setting(node) => share.settings.push(Arc::clone(node)),
    }
}
