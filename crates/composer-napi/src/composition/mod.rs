//! The composition as JavaScript and JSON have it. One definition gives `index.d.ts`, `inspect --json` and its schema.

mod convert;

use std::{rc::Rc, sync::Arc};

use napi_derive::napi;
use serde_json::Value;

use crate::{diagnostic::Diagnostic, lazy::Lazy, parts::Parts};

/// One app, composed. Data that a plugin gives as code stands as `{ "$code": … }`.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub(crate) struct Composition {
    /// The version of this shape.
    pub schema_version: u32,
    /// Whose rules decided the members of the workspace.
    pub package_manager: String,
    /// How many packages the workspace has.
    pub packages: u32,
    /// Every plugin: those that take part in their order, then the others by name.
    pub plugins: Vec<Plugin>,
    /// Menu groups as plugins describe them, by name.
    pub modules: Vec<Module>,
    /// The merged menu.
    pub menu: Vec<MenuNode>,
    /// Routes, by plugin in its order.
    pub routes: Vec<Route>,
    /// Extension points, by id.
    pub extension_points: Vec<ExtensionPoint>,
    /// Extensions: by point, weight, plugin and id.
    pub extensions: Vec<Extension>,
    /// Services, by name.
    pub services: Vec<Service>,
    /// Providers, the outermost first.
    pub providers: Vec<Provider>,
    /// Permissions, by resource.
    pub permissions: Vec<Permission>,
    /// Settings, by name.
    pub settings: Vec<Setting>,
    /// What there is to say to authors.
    pub diagnostics: Vec<Diagnostic>,
}

/// A plugin, whether it takes part or not.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub(crate) struct Plugin {
    /// Its name.
    pub name: String,
    /// Its package.
    pub package: Option<String>,
    /// The version of its package.
    pub version: Option<String>,
    /// Its folder, relative to the workspace root.
    pub dir: String,
    /// Its configuration, relative to the workspace root.
    pub config: Option<String>,
    /// Whether it takes part.
    #[napi(ts_type = "'included' | 'disabled' | 'excluded' | 'blocked' | 'broken'")]
    pub status: String,
    /// Why it does not.
    pub reason: Option<String>,
    /// The plugins that it needs.
    pub dependencies: Vec<Dependency>,
    /// What people call it.
    pub label: Value,
    /// A sentence about it.
    pub description: Value,
    /// Its icon.
    pub icon: Value,
    /// When its code is loaded.
    #[napi(ts_type = "'use' | 'startup'")]
    pub activation: String,
    /// The lifecycle functions that it has.
    pub lifecycle: Vec<String>,
}

/// A plugin that another needs.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Dependency {
    /// Its name.
    pub name: String,
    /// The versions that fit, as npm writes ranges.
    pub range: String,
    /// Whether the other takes part without it.
    pub optional: bool,
}

/// A menu group's description.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Module {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<Value>,
    /// Its icon.
    pub icon: Option<Value>,
    /// Its position among groups.
    pub order: Option<f64>,
    /// The plugin that described it first.
    pub plugin: String,
}

/// A group or an item of the menu.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct MenuNode {
    /// The item's name, or the group's.
    pub name: String,
    /// What people read.
    pub label: Value,
    /// An icon.
    pub icon: Option<Value>,
    /// Where it leads.
    pub route: Option<String>,
    /// Its position among siblings.
    pub order: Option<f64>,
    /// When it shows.
    pub when: Option<Value>,
    /// The plugin that declares it; none for a group.
    pub plugin: Option<String>,
    /// What is nested in it.
    pub children: Option<Vec<MenuNode>>,
}

/// A route with its owner.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Route {
    /// As the router takes it; none for a layout or an index route.
    pub path: Option<String>,
    /// Whether it is an index route.
    pub index: Option<bool>,
    /// The plugin.
    pub plugin: String,
    /// What it renders.
    pub component: Option<Value>,
    /// A label for breadcrumbs.
    pub label: Option<Value>,
    /// When it exists.
    pub when: Option<Value>,
    /// Nested routes.
    pub children: Option<Vec<Route>>,
}

/// A place that others may fill.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ExtensionPoint {
    /// Its id.
    pub id: String,
    /// The plugin.
    pub plugin: String,
    /// What it is for.
    pub description: Option<Value>,
}

/// Something in a place of another's.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Extension {
    /// Its id.
    pub id: String,
    /// The extension point.
    pub point: String,
    /// The plugin.
    pub plugin: String,
    /// What it renders.
    pub component: Value,
    /// Its position: the lighter, the earlier.
    pub weight: f64,
    /// When it shows.
    pub when: Option<Value>,
}

/// A service.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Service {
    /// Its name.
    pub name: String,
    /// The plugin.
    pub plugin: String,
    /// Its factory.
    pub factory: Value,
}

/// A component around the whole app.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Provider {
    /// The plugin.
    pub plugin: String,
    /// The component.
    pub component: Value,
    /// Its position: the lower, the further outside.
    pub order: Option<f64>,
}

/// Actions on a resource that a user may be allowed.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Permission {
    /// The resource.
    pub resource: String,
    /// The actions.
    pub actions: Vec<String>,
    /// The plugin.
    pub plugin: String,
    /// A label for people who grant it.
    pub label: Option<Value>,
    /// A sentence for them.
    pub description: Option<Value>,
}

/// A setting.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Setting {
    /// Its name.
    pub name: String,
    /// The plugin.
    pub plugin: String,
    /// Its schema as the plugin writes it.
    pub schema: Value,
}

impl Composition {
    /// The composition of a build.
    pub(crate) fn lazy(parts: &Rc<Parts>) -> Lazy<Parts> {
        Lazy::new(parts)
            .with("schemaVersion", |_| 1)
            .with("packageManager", |parts| parts.build.workspace.manager.id())
            .with("packages", |parts| u32::try_from(parts.build.workspace.packages.len()).unwrap_or(u32::MAX))
            .with("plugins", |parts| all::<_, Plugin>(&parts.build.composition.plugins))
            .with("modules", |parts| all::<_, Module>(&parts.build.composition.modules))
            .with("menu", |parts| parts.build.composition.menu.iter().map(MenuNode::from).collect::<Vec<_>>())
            .with("routes", |parts| all::<_, Route>(&parts.build.composition.routes))
            .with("extensionPoints", |parts| {
                all::<_, ExtensionPoint>(&parts.build.composition.extension_points)
            })
            .with("extensions", |parts| {
                let points = parts.build.composition.extensions.iter();
                points.flat_map(|(_, extensions)| all::<_, Extension>(extensions)).collect::<Vec<_>>()
            })
            .with("services", |parts| all::<_, Service>(&parts.build.composition.services))
            .with("providers", |parts| all::<_, Provider>(&parts.build.composition.providers))
            .with("permissions", |parts| all::<_, Permission>(&parts.build.composition.permissions))
            .with("settings", |parts| all::<_, Setting>(&parts.build.composition.settings))
            .with("diagnostics", |parts| parts.diagnostics())
    }
}

fn all<'a, T, U: From<&'a T>>(items: &'a [Arc<T>]) -> Vec<U> {
    items.iter().map(|item| U::from(item)).collect()
}
