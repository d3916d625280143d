//! The words of a plugin.

use std::sync::Arc;

use crate::{
    contribution::Contribution,
    generate::{js::push_quoted, types::configuration},
    manifest::Leaf,
    node::{Owned, RouteNode},
    plugin::Plugin,
    source::Named,
};

/// All that the types take from a plugin that takes part. Names are sorted.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::generate) struct Words {
    /// Its name.
    pub(super) plugin: String,
    /// Its configuration as it is imported; none if that has no types.
    pub(super) config: Option<String>,
    pub(super) routes: Vec<String>,
    pub(super) menu: Vec<String>,
    pub(super) extension_points: Vec<String>,
    /// Where the configuration has each of the extension points.
    pub(super) indices: Vec<Option<usize>>,
    pub(super) extensions: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) permissions: Vec<String>,
    pub(super) settings: Vec<String>,
    /// The type of an object that has the values of its settings.
    pub(super) settings_type: String,
}

impl Words {
    /// The words of a plugin, and of what is its own in a composition.
    pub(in crate::generate) fn new(plugin: &Plugin, own: &Contribution) -> Self {
        let mut routes = Vec::new();
        own.routes.iter().for_each(|route| add_paths(route, &mut routes));
        let permissions = own.permissions.iter().flat_map(|permission| {
            let resource = permission.item.resource.name.as_str();
            permission.item.actions.iter().map(move |action| [resource, ":", &action.name].concat())
        });
        let extension_points = sorted(own.extension_points.iter().map(|point| point.item.id.name.clone()));
        let index =
            |id: &String| plugin.manifest.extension_points.iter().position(|point| point.id.name == *id);
        Self {
            plugin: plugin.name.name.clone(),
            config: plugin.config.as_deref().and_then(configuration::specifier),
            routes: sorted(routes),
            menu: sorted(own.menu.iter().map(|entry| entry.name.clone())),
            indices: extension_points.iter().map(index).collect(),
            extension_points,
            extensions: sorted(own.extensions.iter().map(|extension| extension.item.id.name.clone())),
            services: sorted(own.services.iter().map(|service| service.item.0.name.clone())),
            permissions: sorted(permissions),
            settings: sorted(own.settings.iter().map(|setting| setting.item.0.name.clone())),
            settings_type: settings_type(&own.settings),
        }
    }
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

fn add_paths(node: &RouteNode, paths: &mut Vec<String>) {
    if node.path.is_some() || node.index {
        paths.push(if node.full.is_empty() { "/".into() } else { node.full.clone() });
    }
    node.children.iter().for_each(|child| add_paths(child, paths));
}

/// The values of a plugin's settings.
fn settings_type(settings: &[Arc<Owned<(Named, Leaf)>>]) -> String {
    let mut text = String::from("{");
    for (index, setting) in settings.iter().enumerate() {
        text.push_str(if index == 0 { " " } else { "; " });
        let (name, schema) = &setting.item;
        push_setting(&mut text, &name.name, schema);
    }
    text.push_str(if settings.is_empty() { "}" } else { " }" });
    text
}

/// The value of a setting, which is absent while nobody has chosen one and there is no default.
fn push_setting(text: &mut String, name: &str, schema: &Leaf) {
    let declared = schema.value.property("type").and_then(|property| property.value.text());
    let type_ =
        declared.filter(|type_| matches!(*type_, "boolean" | "number" | "string")).unwrap_or("unknown");
    push_quoted(text, name);
    text.extend([if schema.value.property("default").is_some() { ": " } else { "?: " }, type_]);
}
