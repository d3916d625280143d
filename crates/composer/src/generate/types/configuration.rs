//! The types that the configurations themselves have.

use std::{borrow::Cow, path::Path};

use crate::{
    composition::{Composition, Owned},
    generate::js::push_quoted,
    manifest::{ExtensionPoint, Leaf, Named},
    maps::HashMap,
    plugin::Plugin,
};

/// The configurations of the plugins that take part, by plugin, as a folder refers to them.
pub(super) struct Configurations<'a> {
    dir: Vec<&'a str>,
    /// Each with its path without an extension that the compiler adds. One in JSON has no code, and no types.
    plugins: HashMap<&'a str, (&'a Plugin, Cow<'a, str>)>,
}

impl<'a> Configurations<'a> {
    pub(super) fn new(composition: &'a Composition, dir: &'a str) -> Self {
        let plugins = composition.included().iter().filter_map(|plugin| {
            let config = plugin.config.as_deref().filter(|config| !is_json(config))?;
            Some((plugin.name.name.as_str(), (&**plugin, without_extension(config))))
        });
        let dir = dir.split('/').filter(|part| !matches!(*part, "" | "."));
        Self { dir: dir.collect(), plugins: plugins.collect() }
    }

    /// What the factory of a service returns.
    pub(super) fn service(&self, text: &mut String, service: &Owned<(Named, Leaf)>) {
        let Some((_, config)) = self.plugins.get(service.plugin.as_str()) else {
            return text.push_str("unknown");
        };
        text.push_str("ServiceOf<");
        self.module(text, config);
        text.push_str(", ");
        push_quoted(text, &service.item.0.name);
        text.push('>');
    }

    /// What an extension point hands to the components that fill it; a standard one hands them nothing. Its type does not
    /// say its id, but stands where the point stands.
    pub(super) fn props(&self, text: &mut String, point: Option<&Owned<ExtensionPoint>>) {
        let found = point.and_then(|point| {
            let (plugin, config) = self.plugins.get(point.plugin.as_str())?;
            let mut points = plugin.manifest.extension_points.iter();
            Some((config, points.position(|other| other.id.name == point.item.id.name)?))
        });
        let Some((config, index)) = found else { return text.push_str("{}") };
        text.push_str("PropsOf<");
        self.module(text, config);
        text.extend([", \"", &index.to_string(), "\">"]);
    }

    /// The type of a configuration's module.
    fn module(&self, text: &mut String, config: &str) {
        text.push_str("typeof import(");
        push_quoted(text, &self.relative(config));
        text.push(')');
    }

    /// A path of the workspace as seen from the folder.
    fn relative(&self, path: &str) -> String {
        let mut rest = path;
        let mut left = self.dir.as_slice();
        while let ([first, others @ ..], Some((name, below))) = (left, rest.split_once('/'))
            && *first == name
        {
            (left, rest) = (others, below);
        }
        if left.is_empty() { ["./", rest].concat() } else { "../".repeat(left.len()) + rest }
    }
}

fn is_json(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "json")
}

/// The compiler finds the source behind a specifier without an extension; `.mts` and `.mjs` have to say `.mjs`.
fn without_extension(file: &str) -> Cow<'_, str> {
    for extension in [".ts", ".tsx", ".js", ".jsx"] {
        if let Some(stem) = file.strip_suffix(extension) {
            return stem.into();
        }
    }
    file.strip_suffix(".mts").map_or(file.into(), |stem| format!("{stem}.mjs").into())
}
