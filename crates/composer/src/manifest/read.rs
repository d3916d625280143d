//! The shape of a plugin's configuration, field by field.

use crate::{
    diagnostic::Diagnostic,
    manifest::{
        Activation, ConfigPath, Dependency, Extension, ExtensionPoint, Leaf, Manifest, MenuItem,
        ModuleDescription, Permission, Provider, Route, fields::Fields, nested_paths,
    },
    maps::HashSet,
    messages::manifest as messages,
    source::Named,
    value::{Code, Dynamic, Value, ValueKind},
};

const LIFECYCLE: [&str; 5] = ["initialize", "activate", "deactivate", "destroy", "uninstall"];
const PLUGIN: &[&str] = &[
    "name",
    "label",
    "description",
    "icon",
    "dependencies",
    "optionalDependencies",
    "modules",
    "menu",
    "routes",
    "extensionPoints",
    "extensions",
    "services",
    "providers",
    "permissions",
    "settings",
    "overrides",
    "activation",
    "initialize",
    "activate",
    "deactivate",
    "destroy",
    "uninstall",
];
const MODULE: &[&str] = &["name", "label", "icon", "order", "before", "after"];
const MENU_ITEM: &[&str] =
    &["name", "label", "icon", "route", "module", "parent", "order", "before", "after", "when", "conditions"];
const ROUTE: &[&str] = &["path", "index", "component", "label", "when", "conditions", "children"];
const EXTENSION_POINT: &[&str] = &["id", "description"];
const EXTENSION: &[&str] = &["id", "point", "extensionPointId", "component", "weight", "when", "conditions"];
const PROVIDER: &[&str] = &["component", "order"];
const SETTING: &[&str] = &["type", "default", "label"];
const SETTING_TYPES: &[&str] = &["string", "number", "boolean"];
const ACTIVATIONS: &[&str] = &["use", "startup"];
const PERMISSION: &[&str] = &["resource", "actions", "label", "description"];

/// Reads the default export of a plugin's configuration. What is wrong with it is reported, and the rest read all the
/// same.
pub fn read(config: &Value) -> (Manifest, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let manifest = if let ValueKind::Object(_) = &config.kind {
        let manifest = plugin(config, &mut problems).unwrap_or_default();
        nested_paths::check(&manifest.routes, "", &mut problems);
        manifest
    } else {
        problems.push(messages::not_an_object(config));
        Manifest::default()
    };
    (manifest, distinct(problems))
}

/// One cause may reach several fields, and is told once where it would be told in the same words.
fn distinct(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::default();
    let is_new = |problem: &Diagnostic| {
        let places = problem.labels.iter().map(|label| {
            let origin = &label.origin;
            (origin.source.path.clone(), origin.span.start, origin.span.end)
        });
        told.insert((problem.message.clone(), places.collect::<Vec<_>>()))
    };
    problems.into_iter().filter(is_new).collect()
}

fn plugin(config: &Value, problems: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let mut fields = Fields::of(config, ConfigPath::default(), "a plugin", PLUGIN, problems)?;
    let name = if fields.property("name").is_some() {
        fields.required("name").and_then(|n| plugin_name(&mut fields, n))
    } else {
        None
    };
    Some(Manifest {
        name,
        label: fields.text("label"),
        description: fields.text("description"),
        icon: fields.icon("icon"),
        dependencies: dependencies(&mut fields, "dependencies"),
        optional_dependencies: dependencies(&mut fields, "optionalDependencies"),
        modules: each(&mut fields, "modules", module),
        menu: each(&mut fields, "menu", menu_item),
        routes: each(&mut fields, "routes", route),
        extension_points: each(&mut fields, "extensionPoints", extension_point),
        extensions: each(&mut fields, "extensions", extension),
        services: services(&mut fields),
        providers: each(&mut fields, "providers", provider),
        permissions: each(&mut fields, "permissions", permission),
        settings: settings(&mut fields),
        overrides: strings(&mut fields, "overrides"),
        activation: activation(&mut fields),
        lifecycle: lifecycle(&mut fields),
    })
}

/// A name becomes a file name and a part of module ids.
fn plugin_name(fields: &mut Fields, named: Named) -> Option<Named> {
    let fits = !named.name.starts_with('.')
        && !named.name.chars().any(|c| {
            c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%' | '*' | ':' | '"' | '<' | '>' | '|')
        });
    if fits {
        return Some(named);
    }
    fields.problems().push(messages::unfit_name(&named));
    None
}

fn each<T>(
    fields: &mut Fields,
    key: &str,
    read: fn(&Value, ConfigPath, &mut Vec<Diagnostic>) -> Option<T>,
) -> Vec<T> {
    let items = fields.list(key);
    items.into_iter().filter_map(|(path, item)| read(item, path, fields.problems())).collect()
}

fn dependencies(fields: &mut Fields, key: &str) -> Vec<Dependency> {
    let entries = fields.entries(key);
    let mut dependencies = Vec::new();
    for (named, leaf) in entries {
        match leaf.value.kind {
            ValueKind::String(range) => {
                dependencies.push(Dependency { name: named.name, range, origin: named.origin });
            }
            _ => fields.problems().push(messages::wrong_field(
                "a dependency",
                &named.name,
                "a version range",
                &leaf.value,
            )),
        }
    }
    dependencies
}

fn module(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<ModuleDescription> {
    let mut fields = Fields::of(value, path, "a module", MODULE, problems)?;
    let name = fields.required("name");
    Some(ModuleDescription {
        label: fields.text("label"),
        icon: fields.icon("icon"),
        order: fields.number("order"),
        before: fields.string("before"),
        after: fields.string("after"),
        name: name?,
    })
}

fn menu_item(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<MenuItem> {
    let mut fields = Fields::of(value, path, "a menu item", MENU_ITEM, problems)?;
    let name = fields.required("name");
    Some(MenuItem {
        label: fields.text("label"),
        icon: fields.icon("icon"),
        route: fields.string("route").map(|route| route.name),
        module: fields.string("module"),
        parent: fields.string("parent"),
        order: fields.number("order"),
        before: fields.string("before"),
        after: fields.string("after"),
        when: condition(&mut fields),
        name: name?,
    })
}

fn route(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<Route> {
    let before = problems.len();
    let mut fields = Fields::of(value, path, "a route", ROUTE, problems)?;
    let path = fields.string("path");
    let index = fields.boolean("index").unwrap_or(false);
    let children = each(&mut fields, "children", route);
    if path.is_none() && !index && children.is_empty() && fields.property("path").is_none() {
        let origin = fields.origin.clone();
        fields.problems().push(messages::missing_key("a route", "path", &origin));
        return None;
    }
    if index && !children.is_empty() {
        let origin = fields.origin.clone();
        fields.problems().push(messages::index_with_children(&origin));
    }
    let origin = path.as_ref().map_or(fields.origin, |path| &path.origin).clone();
    // What is misspelt has been said: it may be the component.
    let is_sound = fields.problems().len() == before;
    if is_sound && fields.property("component").is_none() && fields.property("children").is_none() {
        let path = path.as_ref().map(|path| path.name.as_str());
        fields.problems().push(messages::empty_route(&origin, path));
    }
    Some(Route {
        component: fields.component("component"),
        label: fields.text("label"),
        when: condition(&mut fields),
        path: path.map(|path| path.name),
        index,
        origin,
        children,
    })
}

fn extension_point(
    value: &Value,
    path: ConfigPath,
    problems: &mut Vec<Diagnostic>,
) -> Option<ExtensionPoint> {
    let mut fields = Fields::of(value, path, "an extension point", EXTENSION_POINT, problems)?;
    let id = fields.required("id");
    Some(ExtensionPoint { description: fields.text("description"), id: id? })
}

fn extension(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<Extension> {
    let mut fields = Fields::of(value, path, "an extension", EXTENSION, problems)?;
    let id = fields.required("id");
    let point = if fields.property("point").is_none() && fields.property("extensionPointId").is_some() {
        fields.required("extensionPointId")
    } else {
        fields.required("point")
    };
    if fields.property("component").is_none() {
        let origin = fields.origin.clone();
        fields.problems().push(messages::missing_key("an extension", "component", &origin));
    }
    let component = fields.component("component");
    let weight = fields.number("weight").unwrap_or(0.0);
    let when = condition(&mut fields);
    Some(Extension { id: id?, point: point?, component: component?, weight, when })
}

fn provider(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<Provider> {
    let mut fields = Fields::of(value, path, "a provider", PROVIDER, problems)?;
    if fields.property("component").is_none() {
        let origin = fields.origin.clone();
        fields.problems().push(messages::missing_key("a provider", "component", &origin));
    }
    let order = fields.number("order");
    Some(Provider { component: fields.component("component")?, order })
}

fn permission(value: &Value, path: ConfigPath, problems: &mut Vec<Diagnostic>) -> Option<Permission> {
    let mut fields = Fields::of(value, path, "a permission", PERMISSION, problems)?;
    let resource = fields.required("resource");
    let actions = strings(&mut fields, "actions");
    let label = fields.text("label");
    let description = fields.text("description");
    Some(Permission { resource: resource?, actions, label, description })
}

/// Factories by the names of their services. What is not static may be one.
fn services(fields: &mut Fields) -> Vec<(Named, Leaf)> {
    let entries = fields.entries("services");
    for (named, Leaf { value, .. }) in &entries {
        if let ValueKind::Dynamic(Dynamic { later: Some(function), .. }) = &value.kind {
            fields.problems().push(messages::too_early(&named.name, function, value));
        } else if !is_function(value) {
            fields.problems().push(messages::wrong_field("the services", &named.name, "a function", value));
        }
    }
    entries
}

/// Whether a value may be a function that can be called.
fn is_function(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Code(code) => !matches!(code, Code::Jsx | Code::Class),
        ValueKind::Dynamic(_) => true,
        _ => false,
    }
}

fn settings(fields: &mut Fields) -> Vec<(Named, Leaf)> {
    let entries = fields.entries("settings");
    entries.into_iter().filter(|(_, leaf)| is_setting(leaf, fields.problems())).collect()
}

/// Whether a setting has a type that is known. Whatever else is wrong with it is reported too.
fn is_setting(leaf: &Leaf, problems: &mut Vec<Diagnostic>) -> bool {
    let Some(mut fields) = Fields::of(&leaf.value, leaf.path.clone(), "a setting", SETTING, problems) else {
        return false;
    };
    fields.text("label");
    let Some(kind) = fields.required("type") else { return false };
    match kind.name.as_str() {
        "string" => drop(fields.string("default")),
        "number" => drop(fields.number("default")),
        "boolean" => drop(fields.boolean("default")),
        _ => {
            fields.problems().push(messages::unknown_word("a type of setting", &kind, SETTING_TYPES));
            return false;
        }
    }
    true
}

fn strings(fields: &mut Fields, key: &str) -> Vec<Named> {
    let mut strings = Vec::new();
    for (_, item) in fields.list(key) {
        match &item.kind {
            ValueKind::String(name) => {
                strings.push(Named { name: name.clone(), origin: item.origin.clone() });
            }
            _ => fields.problems().push(messages::wrong_field("an entry", key, "a string", item)),
        }
    }
    strings
}

/// `when`, or `conditions` as it was called.
fn condition(fields: &mut Fields) -> Option<Leaf> {
    if fields.property("when").is_some() { fields.when("when") } else { fields.when("conditions") }
}

fn activation(fields: &mut Fields) -> Activation {
    match fields.string("activation") {
        Some(named) if named.name == "startup" => Activation::Startup,
        Some(named) if named.name != "use" => {
            let unknown = messages::unknown_word("an activation", &named, ACTIVATIONS);
            fields.problems().push(unknown);
            Activation::Use
        }
        _ => Activation::Use,
    }
}

fn lifecycle(fields: &mut Fields) -> Vec<&'static str> {
    let mut present = Vec::new();
    for name in LIFECYCLE {
        let Some(property) = fields.property(name) else { continue };
        if is_function(&property.value) {
            present.push(name);
        } else {
            let problem = messages::wrong_field("a plugin", name, "a function", &property.value);
            fields.problems().push(problem);
        }
    }
    present
}
