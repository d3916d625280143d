//! What a module imports and exports, without loading any of it.

use std::path::Path;

use oxc::{
    allocator::Allocator,
    parser::Parser,
    span::{SourceType, Span as OxcSpan},
    syntax::module_record::{ExportExportName, ModuleRecord},
};

use super::{nesting, script::here};
use crate::source::Span;

/// An import of another module, of types alone left out: no bundler ever sees one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSite {
    /// The module, as it is written.
    pub specifier: String,
    /// The declaration, or the `import()`.
    pub span: Span,
    /// Whether it is an `import()`.
    pub lazy: bool,
}

/// The imports of a module, in their order. Empty for what is no JavaScript or TypeScript, or cannot be parsed: whoever
/// asks has a bundler that has parsed it, and misses a place at worst.
pub fn imports(path: &Path, text: &str) -> Vec<ImportSite> {
    recorded(path, text, |record| sites(record, text)).unwrap_or_default()
}

/// The names that a module exports, sorted; `*` stands for those of another module. None for what is no module of
/// ECMAScript, whose exports only running it would tell.
pub fn exports(path: &Path, text: &str) -> Option<Vec<String>> {
    recorded(path, text, |record| record.has_module_syntax.then(|| names(record))).flatten()
}

/// What is read of a module's record; none if there is no such record.
fn recorded<T>(path: &Path, text: &str, read: impl FnOnce(&ModuleRecord) -> T) -> Option<T> {
    let kind = SourceType::from_path(path).ok()?;
    if !nesting::is_bearable(text) {
        return None;
    }
    let allocator = Allocator::default();
    let kind = if kind.is_javascript() { kind.with_jsx(true) } else { kind };
    let parsed = Parser::new(&allocator, text, kind).parse();
    (!parsed.panicked).then(|| read(&parsed.module_record))
}

fn names(record: &ModuleRecord) -> Vec<String> {
    let named = record.local_export_entries.iter().chain(&record.indirect_export_entries);
    let mut names: Vec<String> = named
        .filter(|entry| !entry.is_type)
        .filter_map(|entry| match &entry.export_name {
            ExportExportName::Name(name) => Some(name.name.to_string()),
            ExportExportName::Default(_) => Some("default".to_string()),
            ExportExportName::Null => None,
        })
        .collect();
    names.extend(record.star_export_entries.iter().map(|entry| match &entry.export_name {
        ExportExportName::Name(name) => name.name.to_string(),
        _ => "*".to_string(),
    }));
    names.sort();
    names.dedup();
    names
}

fn sites(record: &ModuleRecord, text: &str) -> Vec<ImportSite> {
    let at_once = record.requested_modules.iter().flat_map(|(specifier, requests)| {
        requests.iter().filter(|request| !request.is_type).map(|request| ImportSite {
            specifier: specifier.to_string(),
            span: here(request.statement_span),
            lazy: false,
        })
    });
    let lazy = record.dynamic_imports.iter().filter_map(|import| {
        let specifier = literal(text, import.module_request)?;
        Some(ImportSite { specifier, span: here(import.span), lazy: true })
    });
    let mut found: Vec<ImportSite> = at_once.chain(lazy).collect();
    found.sort_by_key(|import| import.span);
    found
}

/// The text of a string without escapes, which is how modules are named.
fn literal(text: &str, span: OxcSpan) -> Option<String> {
    let written = text.get(span.start as usize..span.end as usize)?;
    let inner = written.strip_prefix(['"', '\'', '`'])?.strip_suffix(['"', '\'', '`'])?;
    (!inner.contains(['\\', '$'])).then(|| inner.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exported(file: &str, text: &str) -> Option<String> {
        exports(Path::new(file), text).map(|names| names.join(" "))
    }

    #[test]
    fn exports_are_named_whatever_their_form() {
        let text = "export default 1; export const a = 1, { b } = a; export { a as c, b as 'd-e' }; export type T = 1";
        assert_eq!(exported("a.ts", text).as_deref(), Some("a b c d-e default"));
        let from = "export { default } from './x'; export { y as z } from './y'; export * from './w'; export * as v from './v'";
        assert_eq!(exported("a.js", from).as_deref(), Some("* default v z"));
        assert_eq!(exported("a.js", "export {}").as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_module_exports_nobody_knows_what() {
        assert_eq!(exported("a.js", "module.exports = 1"), None);
        assert_eq!(exported("a.js", "export {"), None);
        assert_eq!(exported("a.css", ".a {}"), None);
    }

    fn found(file: &str, text: &str) -> Vec<(String, bool, String)> {
        let shown = |span: Span| text[span.start as usize..span.end as usize].to_string();
        imports(Path::new(file), text)
            .into_iter()
            .map(|import| (import.specifier, import.lazy, shown(import.span)))
            .collect()
    }

    #[test]
    fn every_form_is_found_in_order_and_types_are_not() {
        let text = "import type { A } from './types'\nimport b, { type C } from './b'\nimport './d.css'\n\
                    export * from './e'\nexport type { F } from './f'\nconst g = () => import('./g')\n\
                    const h = import(`./${b}`)\n";
        let given = [
            ("./b", false, "import b, { type C } from './b'"),
            ("./d.css", false, "import './d.css'"),
            ("./e", false, "export * from './e'"),
            ("./g", true, "import('./g')"),
        ];
        let given: Vec<_> =
            given.iter().map(|&(specifier, lazy, span)| (specifier.into(), lazy, span.into())).collect();
        assert_eq!(found("a.ts", text), given);
    }

    #[test]
    fn what_is_no_module_imports_nothing() {
        assert!(found("a.vue", "<script>import './b'</script>").is_empty());
        assert!(found("a.ts", "import { from").is_empty());
        assert!(found("a.ts", &"(".repeat(100_000)).is_empty());
    }
}
