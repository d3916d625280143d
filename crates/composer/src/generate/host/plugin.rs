//! A plugin as the host module describes it: its own part of the composition.

use std::borrow::Cow;

use crate::{
    composition::{MenuEntry, ModuleNode, Owned, RouteNode},
    generate::{
        host::{Printing, conditions::conditions, named, push},
        js::{Fields, Js},
    },
    manifest::{Activation, Extension, ExtensionPoint, Leaf, Named, Permission, Provider},
};

impl Printing<'_, '_> {
    pub(super) fn plugin(&mut self) -> Js<'static> {
        let plugin = &self.subject.plugin;
        let name = &plugin.name.name;
        let manifest = &plugin.manifest;
        let mut fields = vec![
            // The registry need not check again what was checked here.
            ("composed".into(), Js::Raw("true".into())),
            ("name".into(), Js::string(name)),
            ("package".into(), Js::string(plugin.package.name.as_deref().unwrap_or_default())),
        ];
        push(&mut fields, "version", plugin.version().map(Js::string));
        let label = manifest.label.as_ref().map(|leaf| self.leaf(name, leaf));
        push(&mut fields, "label", label.or_else(|| Some(Js::string(name))));
        push(&mut fields, "description", manifest.description.as_ref().map(|leaf| self.leaf(name, leaf)));
        push(&mut fields, "icon", manifest.icon.as_ref().map(|leaf| self.leaf(name, leaf)));
        for (key, dependencies) in [
            ("dependencies", &manifest.dependencies),
            ("optionalDependencies", &manifest.optional_dependencies),
        ] {
            let ranges =
                dependencies.iter().map(|entry| (entry.name.clone().into(), Js::string(&entry.range)));
            push_some(&mut fields, key, Js::Object(ranges.collect()), dependencies.is_empty());
        }
        push(
            &mut fields,
            "activation",
            (manifest.activation == Activation::Startup).then(|| Js::string("startup")),
        );
        let conditions = conditions(&self.subject.own);
        let has_none = matches!(&conditions, Js::Object(trees) if trees.is_empty());
        push_some(&mut fields, "conditions", conditions, has_none);
        fields.push(("load".into(), Js::Raw(format!("load_{}", self.subject.variable))));
        for (key, list) in self.contributions(name) {
            let is_empty = matches!(&list, Js::Array(items) if items.is_empty())
                || matches!(&list, Js::Object(entries) if entries.is_empty());
            push_some(&mut fields, key, list, is_empty);
        }
        Js::Object(fields)
    }

    fn contributions(&mut self, name: &str) -> Vec<(&'static str, Js<'static>)> {
        let own = &self.subject.own;
        let modules = own.modules.iter().map(|module| self.module(module)).collect();
        let menu = own.menu.iter().map(|entry| self.menu_item(name, entry)).collect();
        let routes = own.routes.iter().map(|route| self.route(route)).collect();
        let points = own.extension_points.iter().map(|point| self.extension_point(point)).collect();
        let extensions = own.extensions.iter().map(|extension| self.extension(extension)).collect();
        let services = own.services.iter().map(|service| self.entry(service)).collect();
        let providers = own.providers.iter().map(|provider| self.provider(provider)).collect();
        let permissions = own.permissions.iter().map(|permission| self.permission(permission)).collect();
        let settings = own.settings.iter().map(|setting| self.entry(setting)).collect();
        vec![
            ("modules", Js::Array(modules)),
            ("menu", Js::Array(menu)),
            ("routes", Js::Array(routes)),
            ("extensionPoints", Js::Array(points)),
            ("extensions", Js::Array(extensions)),
            ("services", Js::Object(services)),
            ("providers", Js::Array(providers)),
            ("permissions", Js::Array(permissions)),
            ("settings", Js::Object(settings)),
        ]
    }

    fn module(&mut self, module: &ModuleNode) -> Js<'static> {
        let mut fields = vec![("name".into(), Js::string(&module.name))];
        push(&mut fields, "label", module.label.as_ref().map(|text| self.text(text)));
        push(&mut fields, "icon", module.icon.as_ref().map(|text| self.text(text)));
        push(&mut fields, "order", module.order.map(Js::number));
        push(&mut fields, "before", named(module.before.as_ref()));
        push(&mut fields, "after", named(module.after.as_ref()));
        owner(&mut fields, &module.plugin);
        Js::Object(fields)
    }

    fn menu_item(&mut self, plugin: &str, entry: &MenuEntry) -> Js<'static> {
        let text = |text: &Option<String>| text.as_deref().map(Js::string);
        let place = &entry.place;
        let mut fields =
            vec![("name".into(), Js::string(&entry.name)), ("label".into(), self.text(&entry.label))];
        push(&mut fields, "icon", entry.icon.as_ref().map(|text| self.text(text)));
        push(&mut fields, "route", entry.route.as_deref().map(Js::string));
        push(&mut fields, "module", text(&place.module));
        push(&mut fields, "parent", text(&place.parent));
        push(&mut fields, "order", entry.order.map(Js::number));
        push(&mut fields, "before", text(&place.before));
        push(&mut fields, "after", text(&place.after));
        push(&mut fields, "when", entry.when.as_deref().map(|leaf| self.leaf(plugin, leaf)));
        owner(&mut fields, plugin);
        Js::Object(fields)
    }

    fn route(&mut self, route: &RouteNode) -> Js<'static> {
        let mut fields = Vec::new();
        push(&mut fields, "path", route.path.as_deref().map(Js::string));
        push(&mut fields, "index", route.index.then(|| Js::Raw("true".into())));
        push(&mut fields, "label", route.label.as_ref().map(|leaf| self.leaf(&route.plugin, leaf)));
        let component = route.component.as_ref().map(|leaf| self.reference(&route.plugin, leaf, true, true));
        push(&mut fields, "component", component);
        push(&mut fields, "when", route.when.as_ref().map(|leaf| self.leaf(&route.plugin, leaf)));
        owner(&mut fields, &route.plugin);
        let children: Vec<Js> = route.children.iter().map(|child| self.route(child)).collect();
        push_some(&mut fields, "children", Js::Array(children), route.children.is_empty());
        Js::Object(fields)
    }

    fn extension_point(&mut self, point: &Owned<ExtensionPoint>) -> Js<'static> {
        let mut fields = vec![("id".into(), Js::string(&point.item.id.name))];
        let description = point.item.description.as_ref().map(|leaf| self.leaf(&point.plugin, leaf));
        push(&mut fields, "description", description);
        owner(&mut fields, &point.plugin);
        Js::Object(fields)
    }

    fn extension(&mut self, extension: &Owned<Extension>) -> Js<'static> {
        let item = &extension.item;
        let mut fields = vec![
            ("id".into(), Js::string(&item.id.name)),
            ("point".into(), Js::string(&item.point.name)),
            ("component".into(), self.reference(&extension.plugin, &item.component, true, false)),
            ("weight".into(), Js::number(item.weight)),
        ];
        push(&mut fields, "when", item.when.as_ref().map(|leaf| self.leaf(&extension.plugin, leaf)));
        owner(&mut fields, &extension.plugin);
        Js::Object(fields)
    }

    fn provider(&mut self, provider: &Owned<Provider>) -> Js<'static> {
        let component = self.reference(&provider.plugin, &provider.item.component, true, false);
        let mut fields = vec![("component".into(), component)];
        push(&mut fields, "order", provider.item.order.map(Js::number));
        owner(&mut fields, &provider.plugin);
        Js::Object(fields)
    }

    fn permission(&mut self, permission: &Owned<Permission>) -> Js<'static> {
        let item = &permission.item;
        let actions = item.actions.iter().map(|action| Js::string(&action.name)).collect();
        let mut fields = vec![
            ("resource".into(), Js::string(&item.resource.name)),
            ("actions".into(), Js::Array(actions)),
        ];
        push(&mut fields, "label", item.label.as_ref().map(|leaf| self.leaf(&permission.plugin, leaf)));
        push(
            &mut fields,
            "description",
            item.description.as_ref().map(|leaf| self.leaf(&permission.plugin, leaf)),
        );
        owner(&mut fields, &permission.plugin);
        Js::Object(fields)
    }

    fn entry(&mut self, entry: &Owned<(Named, Leaf)>) -> (Cow<'static, str>, Js<'static>) {
        let (name, leaf) = &entry.item;
        (name.name.clone().into(), self.leaf(&entry.plugin, leaf))
    }
}

fn push_some<'a>(fields: &mut Fields<'a>, key: &'static str, value: Js<'a>, is_empty: bool) {
    push(fields, key, (!is_empty).then_some(value));
}

pub(super) fn owner(fields: &mut Fields, plugin: &str) {
    fields.push(("plugin".into(), Js::string(plugin)));
}
