//! Names of packages, and of the plugins that are called after them.

/// A package's name without its scope: `wms` of `@acme/wms`.
pub(crate) fn unscoped(name: &str) -> &str {
    name.strip_prefix('@').and_then(|scoped| scoped.split_once('/')).map_or(name, |(_, rest)| rest)
}

/// Whether a glob names a package, with its scope or without: `@acme/*`, `*-legacy`, `*`.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    [name, unscoped(name)].iter().any(|name| pattern == *name || fast_glob::glob_match(pattern, name))
}
