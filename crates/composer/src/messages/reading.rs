//! `FM3xxx`: reading modules without running them.

use crate::{
    diagnostic::{Code, Diagnostic},
    source::Origin,
    value::Dynamic,
};

/// A file that does not parse.
pub const SYNTAX: Code = Code::error("FM3001", "syntax-error");
/// A part of a module that only running it could tell.
pub const NOT_STATIC: Code = Code::warning("FM3002", "not-static");
/// A file that cannot be read, or is no text.
pub const UNREADABLE: Code = Code::error("FM3003", "unreadable-file");
/// An import that leads nowhere.
pub const UNRESOLVED_IMPORT: Code = Code::error("FM3004", "unresolved-import");
/// An import of a name that the module does not export.
pub const MISSING_EXPORT: Code = Code::error("FM3005", "missing-export");
/// Modules that import one another, where one needs the other's value too early.
pub const CYCLIC_IMPORT: Code = Code::error("FM3006", "cyclic-import");
/// A source that is nested too deeply or too large to be read.
pub const TOO_INTRICATE: Code = Code::error("FM3007", "too-intricate");

/// A value that is not static, where the module as a whole stays readable.
pub fn not_static(origin: &Origin, dynamic: &Dynamic) -> Diagnostic {
    let help = dynamic.help.as_deref().unwrap_or("Write the value itself, or a constant that holds it.");
    Diagnostic::new(NOT_STATIC, format!("This is not static: {}.", dynamic.reason))
        .label(origin, "known only at run time")
        .help(help)
}

/// A file that does not parse; `reason` is the parser's own sentence.
pub fn syntax_error(path: &str, reason: &str, labels: &[(Origin, String)], help: Option<&str>) -> Diagnostic {
    let message = format!("`{path}` does not parse: {}.", reason.trim_end_matches('.'));
    let mut diagnostic = Diagnostic::new(SYNTAX, message);
    for (origin, text) in labels {
        diagnostic = diagnostic.label(origin, if text.is_empty() { "here" } else { text });
    }
    diagnostic.help(help.unwrap_or("Mend the syntax; nothing of this file is read until it parses."))
}

/// A file that could not be read.
pub fn unreadable(origin: &Origin, error: &str) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{}` cannot be read: {error}.", origin.source.path))
        .label(origin, "this file")
        .help("Check that the file exists and that its permissions let it be read.")
}

/// A file whose bytes are not UTF-8.
pub fn not_utf8(origin: &Origin, offset: usize) -> Diagnostic {
    let path = &origin.source.path;
    Diagnostic::new(
        UNREADABLE,
        format!("`{path}` is not UTF-8: the byte at offset {offset} belongs to no character."),
    )
    .label(origin, "this file")
    .help("Save the file as UTF-8.")
}

/// A file that is no module or data that is understood.
pub fn unknown_kind(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        UNREADABLE,
        format!("`{}` is neither JavaScript, TypeScript nor JSON.", origin.source.path),
    )
    .label(origin, "this file")
    .help("Use one of the extensions ts, tsx, mts, cts, js, jsx, mjs, cjs and json.")
}

/// An import that leads nowhere, with every path that was looked for.
pub fn unresolved_import(origin: &Origin, specifier: &str, tried: &[String]) -> Diagnostic {
    let help = if tried.is_empty() {
        "Install the package, or declare the alias under `compilerOptions.paths` in the nearest tsconfig.json.".into()
    } else {
        format!("Looked for {}. Correct the path, or create the file.", listing(tried))
    };
    Diagnostic::new(UNRESOLVED_IMPORT, format!("`{specifier}` leads to no file."))
        .label(origin, "imported here")
        .help(help)
}

/// An import of a name that is not exported.
pub fn missing_export(origin: &Origin, name: &str, module: &str, similar: Option<&str>) -> Diagnostic {
    let help = similar.map_or_else(
        || format!("Export `{name}` from `{module}`, or import a name that it exports."),
        |similar| format!("Did you mean `{similar}`?"),
    );
    Diagnostic::new(MISSING_EXPORT, format!("`{module}` does not export `{name}`."))
        .label(origin, "needed here")
        .help(help)
}

/// A value that is needed before the module that declares it has run.
pub fn cyclic_import(origin: &Origin, name: &str, module: &str) -> Diagnostic {
    let message = format!(
        "`{name}` is needed before `{module}`, which declares it, has run: the two import one another."
    );
    Diagnostic::new(CYCLIC_IMPORT, message)
        .label(origin, "needed here")
        .help("Move the shared constants into a module that imports neither of the two.")
}

/// A source that is nested too deeply to be parsed safely.
pub fn nested_too_deeply(origin: &Origin, limit: usize) -> Diagnostic {
    Diagnostic::new(TOO_INTRICATE, format!("`{}` is nested too deeply to be read.", origin.source.path))
        .label(origin, format!("more than {limit} levels or operators without a pause"))
        .help("Split the expression into constants.")
}

/// A source that is too large to be read.
pub fn too_large(origin: &Origin, limit: usize) -> Diagnostic {
    Diagnostic::new(TOO_INTRICATE, format!("`{}` is larger than {} MB.", origin.source.path, limit >> 20))
        .label(origin, "this file")
        .help("Keep what is composed in a small module, and generated data elsewhere.")
}

fn listing(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}
