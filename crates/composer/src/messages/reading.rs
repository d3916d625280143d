//! `FM3xxx`: reading modules without running them.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    source::Origin,
    value::Dynamic,
};

codes! {
    /// A file does not parse.
    ///
    /// The configuration, or a file that it imports a constant from, is no JavaScript, TypeScript or JSON that a parser
    /// accepts. Nothing of the file is read; the plugin is broken until it parses.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse', menu: [ }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse', menu: [] }
    /// ```
    Error SYNTAX "FM3001" "syntax-error";

    /// A part of a configuration is known only when it runs.
    ///
    /// Configurations are read and never run. Where the composition can do without the value, as with a label, the part
    /// becomes a reference into the plugin's own code, which is loaded on demand; until then it is not there. Where the
    /// composition needs the value, this is the error FM4004.
    ///
    /// Write the value itself, or a constant that holds it. The help names the form that works.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: `Warehouse of ${new Date().getFullYear()}` }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// const year = 2026
    ///
    /// export default { label: `Warehouse of ${year}` }
    /// ```
    Warning NOT_STATIC "FM3002" "not-static";

    /// A configuration cannot be read.
    ///
    /// It is not there any more, its permissions forbid it, it is not UTF-8, or it has an extension that means neither
    /// JavaScript, TypeScript nor JSON.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": { "source": "./plugin.config.yaml" } }
    /// ```
    ///
    /// ```yaml plugins/wms/plugin.config.yaml
    /// label: Warehouse
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true }
    /// ```
    ///
    /// ```json plugins/wms/plugin.config.json
    /// { "label": "Warehouse" }
    /// ```
    Error UNREADABLE "FM3003" "unreadable-file";

    /// An import leads nowhere.
    ///
    /// A constant that the configuration needs is imported from a file that does not exist, or from a package that is not
    /// there. Relative files, the `paths` of tsconfig.json and packages of the workspace are followed; the help lists
    /// the files that were looked for.
    ///
    /// Names count in their own letters: `./Labels` is not `labels.ts`, even where the system would find it, as Windows and
    /// macOS do. On Linux it leads nowhere.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// import { label } from './labels'
    ///
    /// export default { label }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/labels.ts
    /// export const label = 'Warehouse'
    /// ```
    Error UNRESOLVED_IMPORT "FM3004" "unresolved-import";

    /// A module does not export what is imported from it.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/labels.ts
    /// export const label = 'Warehouse'
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// import { lable } from './labels'
    ///
    /// export default { label: lable }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// import { label } from './labels'
    ///
    /// export default { label }
    /// ```
    Error MISSING_EXPORT "FM3005" "missing-export";

    /// Two modules import each other, and one needs a value of the other too early.
    ///
    /// When such modules run, one of them runs first, and what it takes from the other is not there yet: JavaScript throws
    /// a `ReferenceError`. The reader says so before.
    ///
    /// Move the shared constants into a module that imports neither of the two.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/labels.ts
    /// import { company } from './plugin.config'
    ///
    /// export const label = `Warehouse of ${company}`
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// import { label } from './labels'
    ///
    /// export const company = 'Acme'
    ///
    /// export default { label }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/labels.ts
    /// export const company = 'Acme'
    ///
    /// export const label = `Warehouse of ${company}`
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// import { label } from './labels'
    ///
    /// export default { label }
    /// ```
    Error CYCLIC_IMPORT "FM3006" "cyclic-import";

    /// A source is nested too deeply, or too large, to be read.
    ///
    /// There is a limit to the brackets within one another and to the size of a file, so that no file can exhaust the
    /// memory of whoever composes it.
    ///
    /// Split deep expressions into constants, and keep generated data out of what is composed: a page can import it.
    Error TOO_INTRICATE "FM3007" "too-intricate";
}

/// A value that is not static, where the module as a whole stays readable.
pub fn not_static(origin: &Origin, dynamic: &Dynamic) -> Diagnostic {
    let help = dynamic.help.as_deref().unwrap_or("Write the value itself, or a constant that holds it.");
    Diagnostic::new(NOT_STATIC, format!("This is not static: {}.", dynamic.reason))
        .label(origin, "known only at run time")
        .help(help)
}

/// A file that does not parse; `reason` is the parser's own sentence.
pub(crate) fn syntax_error(
    path: &str,
    reason: &str,
    labels: &[(Origin, String)],
    help: Option<&str>,
) -> Diagnostic {
    let message = format!("`{path}` does not parse: {}.", reason.trim_end_matches('.'));
    let mut diagnostic = Diagnostic::new(SYNTAX, message);
    for (origin, text) in labels {
        diagnostic = diagnostic.label(origin, if text.is_empty() { "here" } else { text });
    }
    diagnostic.help(help.unwrap_or("Mend the syntax; nothing of this file is read until it parses."))
}

/// A file that could not be read.
pub(crate) fn unreadable(origin: &Origin, error: &str) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{}` cannot be read: {error}.", origin.source.path))
        .label(origin, "this file")
        .help("Check that the file exists and that its permissions let it be read.")
}

/// A file whose bytes are not UTF-8.
pub(crate) fn not_utf8(origin: &Origin, offset: usize) -> Diagnostic {
    let path = &origin.source.path;
    Diagnostic::new(
        UNREADABLE,
        format!("`{path}` is not UTF-8: the byte at offset {offset} belongs to no character."),
    )
    .label(origin, "this file")
    .help("Save the file as UTF-8.")
}

/// A file that is no module or data that is understood.
pub(crate) fn unknown_kind(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        UNREADABLE,
        format!("`{}` is neither JavaScript, TypeScript nor JSON.", origin.source.path),
    )
    .label(origin, "this file")
    .help("Use one of the extensions ts, tsx, mts, cts, js, jsx, mjs, cjs and json.")
}

/// An import that leads nowhere, with every path that was looked for.
pub(crate) fn unresolved_import(
    origin: &Origin,
    specifier: &str,
    tried: &[String],
    meant: Option<&str>,
) -> Diagnostic {
    let help = if tried.is_empty() {
        "Install the package, or declare the alias under `compilerOptions.paths` in the nearest tsconfig.json.".into()
    } else {
        let remedy = meant.unwrap_or("Correct the path, or create the file.");
        format!("{remedy} Looked for {}.", listing(tried))
    };
    Diagnostic::new(UNRESOLVED_IMPORT, format!("`{specifier}` leads to no file."))
        .label(origin, "imported here")
        .help(help)
}

/// An import of a name that is not exported.
pub(crate) fn missing_export(origin: &Origin, name: &str, module: &str, similar: Option<&str>) -> Diagnostic {
    let help = similar.map_or_else(
        || format!("Export `{name}` from `{module}`, or import a name that it exports."),
        |similar| format!("Did you mean `{similar}`?"),
    );
    Diagnostic::new(MISSING_EXPORT, format!("`{module}` does not export `{name}`."))
        .label(origin, "needed here")
        .help(help)
}

/// A value that is needed before the module that declares it has run.
pub(crate) fn cyclic_import(origin: &Origin, name: &str, module: &str) -> Diagnostic {
    let message = format!(
        "`{name}` is needed before `{module}`, which declares it, has run: the two import one another."
    );
    Diagnostic::new(CYCLIC_IMPORT, message)
        .label(origin, "needed here")
        .help("Move the shared constants into a module that imports neither of the two.")
}

/// A source that is nested too deeply to be parsed safely.
pub(crate) fn nested_too_deeply(origin: &Origin, limit: usize) -> Diagnostic {
    Diagnostic::new(TOO_INTRICATE, format!("`{}` is nested too deeply to be read.", origin.source.path))
        .label(origin, format!("more than {limit} levels or operators without a pause"))
        .help("Split the expression into constants.")
}

/// A source that is too large to be read.
pub(crate) fn too_large(origin: &Origin, limit: usize) -> Diagnostic {
    Diagnostic::new(TOO_INTRICATE, format!("`{}` is larger than {} MB.", origin.source.path, limit >> 20))
        .label(origin, "this file")
        .help("Keep what is composed in a small module, and generated data elsewhere.")
}

fn listing(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}
