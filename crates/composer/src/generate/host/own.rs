//! What of a composition is whose.

use std::collections::BTreeMap;

use crate::{
    composition::{Composition, ModuleNode, Owned, RouteNode},
    manifest::{Extension, ExtensionPoint, Leaf, Named, Permission, Provider},
};

/// What a plugin has in a composition, in the order of the composition.
#[derive(Default)]
pub(super) struct Own<'a> {
    pub(super) modules: Vec<&'a ModuleNode>,
    pub(super) routes: Vec<&'a RouteNode>,
    pub(super) extension_points: Vec<&'a Owned<ExtensionPoint>>,
    pub(super) extensions: Vec<&'a Owned<Extension>>,
    pub(super) services: Vec<&'a Owned<(Named, Leaf)>>,
    pub(super) providers: Vec<&'a Owned<Provider>>,
    pub(super) permissions: Vec<&'a Owned<Permission>>,
    pub(super) settings: Vec<&'a Owned<(Named, Leaf)>>,
}

/// By plugin, in one pass: to look for each plugin's own among all would be quadratic.
pub(super) fn by_plugin(composition: &Composition) -> BTreeMap<&str, Own<'_>> {
    let mut all: BTreeMap<&str, Own> = BTreeMap::new();
    for module in &composition.modules {
        all.entry(&module.plugin).or_default().modules.push(module);
    }
    for route in &composition.routes {
        all.entry(&route.plugin).or_default().routes.push(route);
    }
    for point in &composition.extension_points {
        all.entry(&point.plugin).or_default().extension_points.push(point);
    }
    for extension in composition.extensions.iter().flat_map(|(_, extensions)| extensions) {
        all.entry(&extension.plugin).or_default().extensions.push(extension);
    }
    for service in &composition.services {
        all.entry(&service.plugin).or_default().services.push(service);
    }
    for provider in &composition.providers {
        all.entry(&provider.plugin).or_default().providers.push(provider);
    }
    for permission in &composition.permissions {
        all.entry(&permission.plugin).or_default().permissions.push(permission);
    }
    for setting in &composition.settings {
        all.entry(&setting.plugin).or_default().settings.push(setting);
    }
    all
}
