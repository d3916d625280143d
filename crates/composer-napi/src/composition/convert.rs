//! The nodes of a composition as JavaScript has them.

use framework_m_composer::{
    evaluate::value_to_json,
    manifest::{self, Activation, Leaf},
    node, plugin,
    source::Named,
};
use serde_json::Value;

use super::{
    Dependency, Extension, ExtensionPoint, MenuNode, Module, Permission, Plugin, Provider, Route, Service,
    Setting,
};

impl From<&plugin::Plugin> for Plugin {
    fn from(plugin: &plugin::Plugin) -> Self {
        let manifest = &plugin.manifest;
        let required = manifest.dependencies.iter().map(|entry| dependency(entry, false));
        let optional = manifest.optional_dependencies.iter().map(|entry| dependency(entry, true));
        Self {
            name: plugin.name.name.clone(),
            package: plugin.package.name.clone(),
            version: plugin.package.version.clone(),
            dir: plugin.package.dir.clone(),
            config: plugin.config.clone(),
            status: plugin.status.word().into(),
            reason: plugin.reason.clone(),
            dependencies: required.chain(optional).collect(),
            label: data(manifest.label.as_ref()).unwrap_or_default(),
            description: data(manifest.description.as_ref()).unwrap_or_default(),
            icon: data(manifest.icon.as_ref()).unwrap_or_default(),
            activation: if manifest.activation == Activation::Startup { "startup" } else { "use" }.into(),
            lifecycle: manifest.lifecycle.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<&node::ModuleNode> for Module {
    fn from(module: &node::ModuleNode) -> Self {
        Self {
            name: module.name.clone(),
            label: module.label.as_ref().map(text),
            icon: module.icon.as_ref().map(text),
            order: module.order,
            plugin: module.plugin.clone(),
        }
    }
}

impl From<&node::MenuNode> for MenuNode {
    fn from(node::MenuNode { entry, children }: &node::MenuNode) -> Self {
        Self {
            name: entry.name.clone(),
            label: text(&entry.label),
            icon: entry.icon.as_ref().map(text),
            route: entry.route.clone(),
            order: entry.order,
            when: data(entry.when.as_deref()),
            plugin: entry.plugin.clone(),
            children: some(children.iter().map(Self::from).collect()),
        }
    }
}

impl From<&node::RouteNode> for Route {
    fn from(route: &node::RouteNode) -> Self {
        Self {
            path: route.path.clone(),
            index: route.index.then_some(true),
            plugin: route.plugin.clone(),
            component: data(route.component.as_ref()),
            label: data(route.label.as_ref()),
            when: data(route.when.as_ref()),
            children: some(route.children.iter().map(Self::from).collect()),
        }
    }
}

impl From<&node::Owned<manifest::ExtensionPoint>> for ExtensionPoint {
    fn from(point: &node::Owned<manifest::ExtensionPoint>) -> Self {
        let description = data(point.item.description.as_ref());
        Self { id: point.item.id.name.clone(), plugin: point.plugin.clone(), description }
    }
}

impl From<&node::Owned<manifest::Extension>> for Extension {
    fn from(extension: &node::Owned<manifest::Extension>) -> Self {
        let item = &extension.item;
        Self {
            id: item.id.name.clone(),
            point: item.point.name.clone(),
            plugin: extension.plugin.clone(),
            component: value_to_json(&item.component.value, None),
            weight: item.weight,
            when: data(item.when.as_ref()),
        }
    }
}

impl From<&node::Owned<(Named, Leaf)>> for Service {
    fn from(service: &node::Owned<(Named, Leaf)>) -> Self {
        let (name, factory) = &service.item;
        Self {
            name: name.name.clone(),
            plugin: service.plugin.clone(),
            factory: value_to_json(&factory.value, None),
        }
    }
}

impl From<&node::Owned<(Named, Leaf)>> for Setting {
    fn from(setting: &node::Owned<(Named, Leaf)>) -> Self {
        let (name, schema) = &setting.item;
        Self {
            name: name.name.clone(),
            plugin: setting.plugin.clone(),
            schema: value_to_json(&schema.value, None),
        }
    }
}

impl From<&node::Owned<manifest::Provider>> for Provider {
    fn from(provider: &node::Owned<manifest::Provider>) -> Self {
        let component = value_to_json(&provider.item.component.value, None);
        Self { plugin: provider.plugin.clone(), component, order: provider.item.order }
    }
}

impl From<&node::Owned<manifest::Permission>> for Permission {
    fn from(permission: &node::Owned<manifest::Permission>) -> Self {
        let item = &permission.item;
        Self {
            resource: item.resource.name.clone(),
            actions: item.actions.iter().map(|action| action.name.clone()).collect(),
            plugin: permission.plugin.clone(),
            label: data(item.label.as_ref()),
            description: data(item.description.as_ref()),
        }
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn dependency(entry: &manifest::Dependency, optional: bool) -> Dependency {
    Dependency { name: entry.name.clone(), range: entry.range.clone(), optional }
}

fn data(leaf: Option<&Leaf>) -> Option<Value> {
    leaf.map(|leaf| value_to_json(&leaf.value, None))
}

fn text(text: &node::Text) -> Value {
    match text {
        node::Text::Plain(text) => Value::from(text.as_str()),
        node::Text::Declared(owned) => value_to_json(&owned.item.value, None),
    }
}
