//! The pages of a plugin that can be loaded by themselves.

use std::borrow::Cow;

use crate::{
    generate::code::{CodeReference, CodeReferences, Role},
    maps::IndexMap,
    value::Import,
};

/// Two routes that render the same export share a page.
pub(super) fn page_key<'f>(import: &Import, file: &'f str) -> Cow<'f, str> {
    if import.is_default() { file.into() } else { [file, "#", &import.export].concat().into() }
}

/// The lazy pages, by what they render.
pub(super) fn pages(references: &CodeReferences) -> IndexMap<Cow<'_, str>, (&Import, &str)> {
    let routes = references.values().filter(|reference| reference.role == Role::Page);
    let lazy = routes.filter_map(CodeReference::own_import).filter(|(import, _)| import.lazy);
    let mut pages = IndexMap::default();
    for (import, file) in lazy {
        pages.entry(page_key(import, file)).or_insert((import, file));
    }
    pages
}

/// `src/pages/Stock.tsx` → `stock`; an index file has the name of its folder.
pub(super) fn page_name(file: &str, import: &Import) -> String {
    if !import.is_default() {
        return import.export.to_lowercase();
    }
    let mut parts = file.rsplit('/');
    let stem = parts.next().and_then(|file| file.split('.').next()).unwrap_or_default();
    let name = if stem == "index" { parts.next().unwrap_or(stem) } else { stem };
    name.to_lowercase()
}
