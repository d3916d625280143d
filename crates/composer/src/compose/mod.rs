//! `Vec<Arc<Plugin>> → Composition`: one app out of many plugins.

mod conflict;
mod contributions;
mod menu;
mod modules;
mod order;
mod routes;
mod select;

use std::sync::Arc;

use crate::{
    composition::Composition,
    diagnostic::{Diagnostic, Severity},
    options::Options,
    plugin::{Plugin, Status},
};

/// Composes plugins for a shell of this package name.
pub fn compose(
    plugins: Vec<Arc<Plugin>>,
    shell: Option<&str>,
    options: &Options,
) -> (Composition, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let plugins = select::select(plugins, shell, options, &mut diagnostics);
    let plugins = broken(plugins, options, &mut diagnostics);
    let plugins = order::unique(plugins, &mut diagnostics);
    let (plugins, included) = order::order(plugins, &mut diagnostics);
    let (plugins, included) = select::focus(plugins, included, options);

    let mut settled = conflict::Settlement::new(&plugins[..included]);
    let present = &plugins[..included];
    let mut modules = modules::modules(present, &mut diagnostics);
    let routes = routes::routes(present, &options.routes_base, &mut settled);
    let menu = menu::menu(present, &mut modules, &routes, options, &mut settled, &mut diagnostics);
    let extension_points = contributions::extension_points(present, &mut settled);
    let extensions = contributions::extensions(present, &extension_points, &mut settled, &mut diagnostics);
    let services = contributions::services(present, &mut settled);
    let permissions = contributions::permissions(present, &mut settled);
    let settings = contributions::settings(present, &mut settled);
    let providers = contributions::providers(present);
    diagnostics.extend(settled.finish());

    let composition = Composition {
        included,
        modules,
        menu,
        routes,
        extension_points,
        extensions,
        services,
        providers,
        permissions,
        settings,
        plugins,
    };
    (composition, diagnostics)
}

/// A plugin that has an error of its own is broken. One that takes no part anyway says nothing of it.
fn broken(
    mut plugins: Vec<Arc<Plugin>>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<Plugin>> {
    for plugin in &mut plugins {
        if plugin.status != Status::Included || plugin.diagnostics.is_empty() {
            continue;
        }
        options.judge(&mut Arc::make_mut(plugin).diagnostics);
        diagnostics.extend(plugin.diagnostics.iter().cloned());
        let error = plugin.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        if let Some(reason) = error.map(|error| error.message.clone()) {
            plugin.leave_out(Status::Broken, reason);
        }
    }
    plugins
}
