//! A plugin as the host module describes it: its own part of the composition.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    contribution::Contribution,
    generate::{
        code::{CodeReference, CodeReferences, Role},
        expression::{Expression, Fields},
        host::{Host, Subject, conditions},
        hot,
        js::quote,
    },
    manifest::{Activation, ConfigPath, Dependency, Extension, ExtensionPoint, Leaf, Permission, Provider},
    node::{MenuEntry, ModuleNode, Owned, RouteNode, Text},
    source::Named,
};

/// Prints one plugin, and collects the code that it refers to.
pub(super) struct Printing<'h, 'a> {
    host: &'h Host<'a>,
    subject: &'h Subject,
    /// Its name as a string literal, which nearly every node says.
    quoted: String,
    /// Its own code.
    pub(super) code: CodeReferences,
    /// That of others, where they describe one group of the menu.
    pub(super) others: BTreeMap<String, CodeReferences>,
    /// The components that have been printed, by their keys.
    components: BTreeSet<String>,
}

impl<'h, 'a> Printing<'h, 'a> {
    pub(super) fn new(host: &'h Host<'a>, subject: &'h Subject) -> Self {
        let quoted = quote(&subject.plugin.name.name);
        let (code, others, components) = Default::default();
        Self { host, subject, quoted, code, others, components }
    }

    pub(super) fn plugin(&mut self, js: &mut Expression) {
        let Subject { plugin, variable, .. } = self.subject;
        let manifest = &plugin.manifest;
        js.object(|fields| {
            // The registry need not check again what was checked here.
            fields.field("composed", |js| js.raw("true"));
            fields.string("name", self.name());
            fields.string("package", plugin.package.name.as_deref().unwrap_or_default());
            fields.some("version", plugin.version(), Expression::string);
            fields.field("label", |js| match &manifest.label {
                Some(label) => self.leaf(js, label),
                None => js.string(self.name()),
            });
            fields.some("description", manifest.description.as_ref(), |js, leaf| self.leaf(js, leaf));
            fields.some("icon", manifest.icon.as_ref(), |js, leaf| self.leaf(js, leaf));
            ranges(fields, "dependencies", &manifest.dependencies);
            ranges(fields, "optionalDependencies", &manifest.optional_dependencies);
            if manifest.activation == Activation::Startup {
                fields.string("activation", "startup");
            }
            self.conditions(fields);
            fields.field("load", |js| {
                js.raw("load_");
                js.raw(variable);
            });
            self.contributions(fields);
        });
    }

    fn name(&self) -> &'h str {
        &self.subject.plugin.name.name
    }

    fn owner(&self, fields: &mut Fields) {
        fields.field("plugin", |js| js.raw(&self.quoted));
    }

    fn conditions(&self, fields: &mut Fields) {
        let conditions = conditions::conditions(&self.subject.own);
        if conditions.is_empty() {
            return;
        }
        fields.field("conditions", |js| {
            js.object(|fields| {
                for (text, condition) in conditions {
                    fields.entry(text, |js| conditions::tree(js, &condition.to_json()));
                }
            });
        });
    }

    fn contributions(&mut self, fields: &mut Fields) {
        let Contribution {
            modules,
            menu,
            routes,
            extension_points,
            extensions,
            services,
            providers,
            permissions,
            settings,
        } = &*self.subject.own;
        fields.list("modules", modules, |js, module| self.module(js, module));
        fields.list("menu", menu, |js, entry| self.menu_item(js, entry));
        fields.list("routes", routes, |js, route| self.route(js, route));
        fields.list("extensionPoints", extension_points, |js, point| self.extension_point(js, point));
        fields.list("extensions", extensions, |js, extension| self.extension(js, extension));
        self.table(fields, "services", services);
        fields.list("providers", providers, |js, provider| self.provider(js, provider));
        fields.list("permissions", permissions, |js, permission| self.permission(js, permission));
        self.table(fields, "settings", settings);
    }

    fn module(&mut self, js: &mut Expression, module: &ModuleNode) {
        js.object(|fields| {
            fields.string("name", &module.name);
            fields.some("label", module.label.as_ref(), |js, text| self.text(js, text));
            fields.some("icon", module.icon.as_ref(), |js, text| self.text(js, text));
            fields.some("order", module.order, Expression::number);
            fields.some("before", module.before.as_ref(), |js, named| js.string(&named.name));
            fields.some("after", module.after.as_ref(), |js, named| js.string(&named.name));
            self.owner(fields);
        });
    }

    fn menu_item(&mut self, js: &mut Expression, entry: &MenuEntry) {
        let place = &entry.place;
        js.object(|fields| {
            fields.string("name", &entry.name);
            fields.field("label", |js| self.text(js, &entry.label));
            fields.some("icon", entry.icon.as_ref(), |js, text| self.text(js, text));
            fields.some("route", entry.route.as_deref(), Expression::string);
            fields.some("module", place.module.as_deref(), Expression::string);
            fields.some("parent", place.parent.as_deref(), Expression::string);
            fields.some("order", entry.order, Expression::number);
            fields.some("before", place.before.as_deref(), Expression::string);
            fields.some("after", place.after.as_deref(), Expression::string);
            fields.some("when", entry.when.as_deref(), |js, leaf| self.leaf(js, leaf));
            self.owner(fields);
        });
    }

    fn route(&mut self, js: &mut Expression, route: &RouteNode) {
        js.object(|fields| {
            fields.some("path", route.path.as_deref(), Expression::string);
            if route.index {
                fields.field("index", |js| js.raw("true"));
            }
            fields.some("label", route.label.as_ref(), |js, leaf| self.leaf(js, leaf));
            fields
                .some("component", route.component.as_ref(), |js, leaf| self.component(js, leaf, Role::Page));
            fields.some("when", route.when.as_ref(), |js, leaf| self.leaf(js, leaf));
            self.owner(fields);
            fields.list("children", &route.children, |js, child| self.route(js, child));
        });
    }

    fn extension_point(&mut self, js: &mut Expression, point: &Owned<ExtensionPoint>) {
        js.object(|fields| {
            fields.string("id", &point.item.id.name);
            fields.some("description", point.item.description.as_ref(), |js, leaf| self.leaf(js, leaf));
            self.owner(fields);
        });
    }

    fn extension(&mut self, js: &mut Expression, extension: &Owned<Extension>) {
        let item = &extension.item;
        js.object(|fields| {
            fields.string("id", &item.id.name);
            fields.string("point", &item.point.name);
            fields.field("component", |js| self.component(js, &item.component, Role::Component));
            fields.field("weight", |js| js.number(item.weight));
            fields.some("when", item.when.as_ref(), |js, leaf| self.leaf(js, leaf));
            self.owner(fields);
        });
    }

    fn provider(&mut self, js: &mut Expression, provider: &Owned<Provider>) {
        js.object(|fields| {
            fields.field("component", |js| self.component(js, &provider.item.component, Role::Component));
            fields.some("order", provider.item.order, Expression::number);
            self.owner(fields);
        });
    }

    fn permission(&mut self, js: &mut Expression, permission: &Owned<Permission>) {
        let item = &permission.item;
        js.object(|fields| {
            fields.string("resource", &item.resource.name);
            fields.field("actions", |js| js.array(&item.actions, |js, action| js.string(&action.name)));
            fields.some("label", item.label.as_ref(), |js, leaf| self.leaf(js, leaf));
            fields.some("description", item.description.as_ref(), |js, leaf| self.leaf(js, leaf));
            self.owner(fields);
        });
    }

    /// Names, and what stands under each.
    fn table(&mut self, fields: &mut Fields, key: &'static str, entries: &[Arc<Owned<(Named, Leaf)>>]) {
        if entries.is_empty() {
            return;
        }
        fields.field(key, |js| {
            js.object(|fields| {
                for entry in entries {
                    let (name, leaf) = &entry.item;
                    fields.entry(&name.name, |js| self.leaf(js, leaf));
                }
            });
        });
    }

    fn text(&mut self, js: &mut Expression, text: &Text) {
        match text {
            Text::Plain(text) => js.string(text),
            Text::Declared(owned) => self.reference(js, &owned.plugin, &owned.item, Role::Value),
        }
    }

    /// Data of the plugin with its code, if it has any, behind functions.
    fn leaf(&mut self, js: &mut Expression, leaf: &Leaf) {
        self.reference(js, self.name(), leaf, Role::Value);
    }

    /// A component of the plugin.
    fn component(&mut self, js: &mut Expression, leaf: &Leaf, role: Role) {
        self.reference(js, self.name(), leaf, role);
    }

    fn reference(&mut self, js: &mut Expression, plugin: &str, leaf: &Leaf, role: Role) {
        js.value(&leaf.value, &leaf.path, &mut |js, path, value| {
            let reference = CodeReference { value: value.clone(), role };
            self.function(js, plugin, path, &reference);
            self.code_of(plugin).insert(path.clone(), reference);
        });
    }

    /// A function that gives what is code. A component that updates in place has one of its own, and one `import()`.
    fn function(&mut self, js: &mut Expression, plugin: &str, path: &ConfigPath, reference: &CodeReference) {
        match reference.own_import().filter(|_| self.subject.hot && reference.role != Role::Value) {
            Some((import, file)) => {
                let key = hot::key(plugin, import, file);
                let is_new = self.components.insert(key.clone());
                js.raw(&hot::component(&key, is_new));
            }
            None if plugin == self.name() => self.host.thunk(js, &self.subject.variable, path),
            None => self.host.thunk(js, self.host.variable(plugin), path),
        }
    }

    fn code_of(&mut self, plugin: &str) -> &mut CodeReferences {
        if plugin == self.name() {
            &mut self.code
        } else {
            self.others.entry(plugin.to_string()).or_default()
        }
    }
}

fn ranges(fields: &mut Fields, key: &'static str, dependencies: &[Dependency]) {
    if dependencies.is_empty() {
        return;
    }
    fields.field(key, |js| {
        js.object(|fields| {
            for dependency in dependencies {
                fields.entry(&dependency.name, |js| js.string(&dependency.range));
            }
        });
    });
}
