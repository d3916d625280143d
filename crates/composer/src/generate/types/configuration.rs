//! The types that the configurations themselves have.

use std::path::Path;

use crate::generate::js::push_quoted;

/// A configuration as it is imported: without an extension that the compiler adds. One in JSON has no code, and no types.
pub(super) fn specifier(config: &str) -> Option<String> {
    if Path::new(config).extension().is_some_and(|extension| extension == "json") {
        return None;
    }
    let stem = [".ts", ".tsx", ".js", ".jsx"].iter().find_map(|extension| config.strip_suffix(extension));
    // The compiler finds the source behind these; `.mts` and `.mjs` have to say `.mjs`.
    let module = || config.strip_suffix(".mts").map(|stem| [stem, ".mjs"].concat());
    Some(stem.map(String::from).or_else(module).unwrap_or_else(|| config.to_string()))
}

/// A folder that refers to configurations, relative to the workspace root.
pub(super) struct Folder<'a>(Vec<&'a str>);

impl<'a> Folder<'a> {
    pub(super) fn new(dir: &'a str) -> Self {
        Self(dir.split('/').filter(|part| !matches!(*part, "" | ".")).collect())
    }

    /// What the factory of a service returns.
    pub(super) fn service(&self, text: &mut String, config: Option<&str>, service: &str) {
        let Some(config) = config else { return text.push_str("unknown") };
        text.push_str("ServiceOf<");
        self.module(text, config);
        text.push_str(", ");
        push_quoted(text, service);
        text.push('>');
    }

    /// What an extension point hands to the components that fill it. Its type does not say its id, but stands where the
    /// point stands.
    pub(super) fn props(&self, text: &mut String, config: Option<&str>, index: Option<usize>) {
        let (Some(config), Some(index)) = (config, index) else { return text.push_str("{}") };
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
        let mut left = self.0.as_slice();
        while let ([first, others @ ..], Some((name, below))) = (left, rest.split_once('/'))
            && *first == name
        {
            (left, rest) = (others, below);
        }
        if left.is_empty() { ["./", rest].concat() } else { "../".repeat(left.len()) + rest }
    }
}
