//! A package's `exports` and `imports` tables (Node.js, "Packages": subpaths, patterns, conditions).

use crate::value::{Value, ValueKind};

/// The conditions that hold when a bundler reads source for a browser.
const CONDITIONS: [&str; 6] = ["source", "development", "browser", "module", "import", "default"];

/// The target of a subpath (`.`, `./x`, `#x`).
pub(super) fn subpath(table: &Value, subpath: &str) -> Option<String> {
    match &table.kind {
        ValueKind::Object(object) if object.0.keys().any(|key| key.starts_with(['.', '#'])) => {
            if let Some(exact) = object.get(subpath).filter(|_| !subpath.contains('*')) {
                return target(&exact.value, None);
            }
            let patterns = object.0.iter().filter_map(|(pattern, property)| {
                let (before, after) = pattern.split_once('*')?;
                let star =
                    subpath.strip_prefix(before)?.strip_suffix(after).filter(|star| !star.is_empty())?;
                Some((before.len(), star, &property.value))
            });
            // The most specific pattern wins: the longest text before the star.
            let (_, star, value) = patterns.max_by_key(|&(length, ..)| length)?;
            target(value, Some(star))
        }
        _ if subpath == "." => target(table, None),
        _ => None,
    }
}

fn target(value: &Value, star: Option<&str>) -> Option<String> {
    match &value.kind {
        ValueKind::String(path) => Some(star.map_or_else(|| path.clone(), |star| path.replace('*', star))),
        ValueKind::Array(alternatives) => alternatives.iter().find_map(|value| target(value, star)),
        ValueKind::Object(conditions) => {
            let of = |wanted: fn(&str) -> bool| {
                conditions
                    .0
                    .iter()
                    .filter(move |(name, _)| wanted(name))
                    .find_map(|(_, it)| target(&it.value, star))
            };
            // A workspace's own condition for its source, `@my-company/source`, is what a reader of source wants.
            of(|name| name.ends_with("/source"))
                .or_else(|| of(|name| CONDITIONS.contains(&name)))
                .or_else(|| of(|name| name == "types"))
        }
        _ => None,
    }
}
