//! Yarn 1: `workspaces` of a private root, globbed by `glob` 7 (`Config.resolveWorkspaces`).

use super::{
    glob::{Dialect, Links, Pattern, Seen},
    manifest,
    package::ROOT,
    project::Project,
};
use crate::messages::workspace as messages;

/// There is no negation: a pattern that begins with an exclamation mark names nothing and subtracts nothing.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(document) = project.manifest(ROOT, manifest::STRICT).cloned() else { return Vec::new() };
    let written = project.workspaces(&document);
    let private = document.field("private").is_some_and(truthy);
    if !private && !written.is_empty() {
        project.diagnostics.push(messages::root_not_private(&document.origin_of("workspaces")));
        return Vec::new();
    }
    let mut found = Vec::new();
    for text in written.iter().filter(|text| !text.is_empty() && !text.starts_with(['!', '/'])) {
        // Each pattern ignores the `node_modules` right under what it matches, and no other.
        let ignored = format!("{}/node_modules/**", text.trim_end_matches('/'));
        let Some(pattern) = project.pattern(&document, text, text, Dialect::Minimatch, false) else {
            continue;
        };
        let Some(ignored) = Pattern::parse(&ignored, Dialect::Minimatch, true) else { continue };
        let pruned = |dir: &str| ignored.matches(&format!("{dir}/"));
        for alternative in &pattern.alternatives {
            found.extend(project.walk.expand(alternative, Links::NamedOnly(Seen::Always), &pruned));
        }
    }
    found.into_iter().map(|dir| project.tidy(dir)).collect()
}

/// Whether JavaScript takes a value for true.
fn truthy(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => false,
        serde_json::Value::Bool(value) => *value,
        serde_json::Value::Number(number) => number.as_f64() != Some(0.0),
        serde_json::Value::String(text) => !text.is_empty(),
        _ => true,
    }
}
