//! The types that the configurations themselves have.

use std::{collections::BTreeMap, path::Path};

use crate::{
    composition::{Composition, Owned},
    generate::js::quote,
    manifest::{ExtensionPoint, Leaf, Named},
    plugin::Plugin,
};

/// The configurations of the plugins that take part, by plugin, as a folder refers to them.
pub(super) struct Configurations<'a>(BTreeMap<&'a str, (&'a Plugin, String)>);

impl<'a> Configurations<'a> {
    /// One in JSON has no code, and no types.
    pub(super) fn new(composition: &'a Composition, dir: &str) -> Self {
        let plugins = composition.included().iter().filter_map(|plugin| {
            let config = plugin
                .config
                .as_deref()
                .filter(|config| Path::new(config).extension().is_none_or(|extension| extension != "json"))?;
            let module = quote(&relative(dir, &without_extension(config)));
            Some((plugin.name.name.as_str(), (&**plugin, format!("typeof import({module})"))))
        });
        Self(plugins.collect())
    }

    /// What the factory of a service returns.
    pub(super) fn service(&self, service: &Owned<(Named, Leaf)>) -> String {
        let Some((_, module)) = self.0.get(service.plugin.as_str()) else { return "unknown".into() };
        format!("ServiceOf<{module}, {}>", quote(&service.item.0.name))
    }

    /// What an extension point hands to the components that fill it. Its type does not say its id, but stands where the
    /// point stands.
    pub(super) fn props(&self, point: &Owned<ExtensionPoint>) -> String {
        let found = self.0.get(point.plugin.as_str()).and_then(|(plugin, module)| {
            let mut points = plugin.manifest.extension_points.iter();
            Some((module, points.position(|other| other.id.name == point.item.id.name)?))
        });
        found.map_or_else(|| "{}".into(), |(module, index)| format!("PropsOf<{module}, \"{index}\">"))
    }
}

/// The compiler finds the source behind a specifier without an extension; `.mts` and `.mjs` have to say `.mjs`.
fn without_extension(file: &str) -> String {
    for extension in [".ts", ".tsx", ".js", ".jsx"] {
        if let Some(stem) = file.strip_suffix(extension) {
            return stem.to_string();
        }
    }
    file.strip_suffix(".mts").map_or_else(|| file.to_string(), |stem| format!("{stem}.mjs"))
}

/// A path of the workspace as seen from a folder of it.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - common);
    format!("{}{}", if up.is_empty() { "./" } else { &up }, to[common..].join("/"))
}
