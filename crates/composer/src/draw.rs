//! A composition as a tree: what `framework-m inspect` prints and fixtures compare.

use std::sync::Arc;

use crate::{
    build::Build,
    composition::Composition,
    manifest::{Extension, Leaf, Provider},
    node::{MenuNode, Owned, RouteNode, Text},
    plugin::{Plugin, Status},
    workspace::Workspace,
};

/// A line and what hangs below it.
struct Node {
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), children: Vec::new() }
    }

    fn with(text: impl Into<String>, children: Vec<Node>) -> Self {
        Self { text: text.into(), children }
    }
}

/// The composition of a build, as text that ends with a newline.
pub fn draw(build: &Build) -> String {
    let composition = &build.composition;
    let mut text = title(&build.workspace, composition);
    let sections = [
        ("plugins", composition.plugins.iter().map(|it| plugin(it)).collect()),
        ("menu", composition.menu.iter().map(menu).collect()),
        ("routes", composition.routes.iter().map(|it| route(it)).collect()),
        ("extension points", points(composition)),
        ("extensions", extensions(composition)),
        ("services", owned(composition.services.iter().map(|s| (s.item.0.name.clone(), &s.plugin)))),
        ("providers", providers(composition)),
        ("permissions", permissions(composition)),
        ("settings", owned(composition.settings.iter().map(|s| (s.item.0.name.clone(), &s.plugin)))),
    ];
    for (name, nodes) in sections.into_iter().filter(|(_, nodes): &(_, Vec<Node>)| !nodes.is_empty()) {
        text.push_str(&format!("\n{name}\n"));
        branches(&nodes, "", &mut text);
    }
    text
}

fn title(workspace: &Workspace, composition: &Composition) -> String {
    let name = workspace.at(".").and_then(|root| root.name.as_deref());
    let (included, all) = (composition.included, composition.plugins.len());
    let plugins = match (included == all, all) {
        (true, 1) => "1 plugin".to_string(),
        (true, _) => format!("{all} plugins"),
        (false, _) => format!("{included} of {all} plugins"),
    };
    let packages = workspace.packages.len();
    let noun = if packages == 1 { "package" } else { "packages" };
    format!("{} ({}, {packages} {noun}, {plugins})\n", name.unwrap_or("workspace"), workspace.manager.name())
}

fn plugin(plugin: &Plugin) -> Node {
    let name = &plugin.name.name;
    let version = plugin.version().map(|version| format!(" {version}")).unwrap_or_default();
    let place = plugin.config.as_deref().unwrap_or(&plugin.package.dir);
    let needs = plugin.manifest.dependencies.iter().map(|entry| format!("{} {}", entry.name, entry.range));
    let needs: Vec<String> = needs.collect();
    let needs = (!needs.is_empty()).then(|| Node::new(format!("needs {}", needs.join(", "))));
    let state = match (plugin.status, &plugin.reason) {
        (Status::Included, _) => String::new(),
        (status, Some(reason)) => format!("  [{}: {reason}]", status.word()),
        (status, None) => format!("  [{}]", status.word()),
    };
    let name = if name.is_empty() { plugin.package.dir.as_str() } else { name };
    Node::with(format!("{name}{version}  {place}{state}"), needs.into_iter().collect())
}

fn menu(node: &MenuNode) -> Node {
    let MenuNode { entry: node, children } = node;
    let label = match &node.label {
        Text::Declared(owned) if owned.item.text().is_none() => format!("{} (label by code)", node.name),
        label => label.as_str().to_string(),
    };
    let route = node.route.as_deref().map(|route| format!("  {route}")).unwrap_or_default();
    let plugin = node.plugin.as_deref().map(|plugin| format!("  ({plugin})")).unwrap_or_default();
    let when = node.when.as_deref().map(condition).unwrap_or_default();
    Node::with(format!("{label}{route}{plugin}{when}"), children.iter().map(menu).collect())
}

fn route(node: &RouteNode) -> Node {
    let path = node.path.as_deref().unwrap_or(if node.index { "(index)" } else { "(layout)" });
    let when = node.when.as_ref().map(condition).unwrap_or_default();
    let text = format!("{path}  ({}){}{when}", node.plugin, code(node.component.as_ref()));
    Node::with(text, node.children.iter().map(route).collect())
}

fn points(composition: &Composition) -> Vec<Node> {
    owned(composition.extension_points.iter().map(|point| (point.item.id.name.clone(), &point.plugin)))
}

fn extensions(composition: &Composition) -> Vec<Node> {
    let extension = |extension: &Arc<Owned<Extension>>| {
        let when = extension.item.when.as_ref().map(condition).unwrap_or_default();
        let file = code(Some(&extension.item.component));
        Node::new(format!("{}  ({}){file}{when}", extension.item.id.name, extension.plugin))
    };
    let points = composition.extensions.iter();
    points.map(|(point, all)| Node::with(point.clone(), all.iter().map(extension).collect())).collect()
}

fn providers(composition: &Composition) -> Vec<Node> {
    let provider = |provider: &Arc<Owned<Provider>>| {
        Node::new(format!("{}{}", provider.plugin, code(Some(&provider.item.component))))
    };
    composition.providers.iter().map(provider).collect()
}

fn permissions(composition: &Composition) -> Vec<Node> {
    owned(composition.permissions.iter().map(|permission| {
        let actions: Vec<&str> = permission.item.actions.iter().map(|action| action.name.as_str()).collect();
        (format!("{}: {}", permission.item.resource.name, actions.join(", ")), &permission.plugin)
    }))
}

fn owned<'a>(items: impl Iterator<Item = (String, &'a String)>) -> Vec<Node> {
    items.map(|(name, plugin)| Node::new(format!("{name}  ({plugin})"))).collect()
}

/// The file that a component is in, as far as it is known.
fn code(leaf: Option<&Leaf>) -> String {
    let Some(leaf) = leaf else { return String::new() };
    let Some(import) = leaf.value.import() else { return "  (inline)".into() };
    let module = import.file.as_deref().unwrap_or(&import.specifier);
    if import.is_default() { format!("  {module}") } else { format!("  {module}#{}", import.export) }
}

fn condition(when: &Leaf) -> String {
    format!("  when {}", when.text().unwrap_or("(code)"))
}

fn branches(nodes: &[Node], indent: &str, text: &mut String) {
    for (index, node) in nodes.iter().enumerate() {
        let last = index + 1 == nodes.len();
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        text.push_str(&format!("{indent}{branch}{}\n", node.text.replace(['\n', '\r'], " ")));
        branches(&node.children, &format!("{indent}{below}"), text);
    }
}
