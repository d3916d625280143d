//! `FM4xxx`: the shape of a plugin's configuration.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::{did_you_mean, foreign_keys},
    source::{Named, Origin},
    value::{Code as CodeValue, Dynamic, Value, ValueKind},
    when::SyntaxError,
};

codes! {
    /// A key is not known.
    ///
    /// It is misspelt, or stands in the wrong place. A key that was ignored silently would be a contribution that is
    /// missing without a reason, so the plugin is broken until the key is corrected.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', lable: 'Stock' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock' }] }
    /// ```
    Error UNKNOWN_KEY "FM4001" "unknown-key";

    /// A value has a type, or is a word, that does not fit its key.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock', order: 'first' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock', order: 1 }] }
    /// ```
    Error WRONG_TYPE "FM4002" "wrong-type";

    /// A key is missing, or empty, without which the rest has no meaning.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ label: 'Stock' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock' }] }
    /// ```
    Error MISSING_KEY "FM4003" "missing-key";

    /// The composition needs a value that only running the code would tell.
    ///
    /// Names, paths, positions and dependencies have to be known when the app is composed, and configurations are read and
    /// never run. What is static: literals, constants (imported ones too), spreads, templates, operators, and the pure
    /// methods of arrays and strings.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// const path = localStorage.getItem('start')
    ///
    /// export default { routes: [{ path, component: () => import('./Page') }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// const path = '/wms'
    ///
    /// export default { routes: [{ path, component: () => import('./Page') }] }
    /// ```
    Error NEEDS_STATIC "FM4004" "needs-static";

    /// A configuration has no default export that is an object.
    ///
    /// The composer reads the default export, as an object literal, or in a call such as `definePlugin({ … })`. A function
    /// that returns the object would have to run.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export const plugin = { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    Error NO_CONFIG "FM4005" "no-config";

    /// A name cannot be that of a plugin.
    ///
    /// A plugin's name becomes a part of file names and module ids. It must not begin with a dot, and must not contain
    /// slashes or any of `? # % * : " < > |`.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { name: 'acme/wms' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { name: 'acme-wms' }
    /// ```
    Error UNFIT_NAME "FM4006" "unfit-name";

    /// An index route has children.
    ///
    /// An index route is what its parent shows at the parent's own path, so nothing can be nested in it.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ index: true, children: [{ path: 'stock', component: () => import('./Page') }] }],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/wms', children: [{ path: 'stock', component: () => import('./Page') }] }],
    /// }
    /// ```
    Error INDEX_WITH_CHILDREN "FM4007" "index-with-children";

    /// A component is named by a file that is not there.
    ///
    /// A component that is a string, as in a configuration in JSON, is a path relative to that file: `./Page`, or
    /// `./pages#Stock` for an export by name. The help lists the files that were looked for.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/plugin.config.json
    /// { "routes": [{ "path": "/wms", "component": "./Pag" }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/plugin.config.json
    /// { "routes": [{ "path": "/wms", "component": "./Page" }] }
    /// ```
    Error COMPONENT_NOT_FOUND "FM4008" "component-not-found";

    /// A condition cannot be read.
    ///
    /// `when` is a small language of its own: names, literals, `== != < <= > >= && || ! in` and parentheses. It is read when
    /// the app is composed, so a slip shows before anybody misses a menu item. `docs/when.md` defines it.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock', when: "user.role = 'clerk'" }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.stock', label: 'Stock', when: "user.role == 'clerk'" }] }
    /// ```
    Error WRONG_CONDITION "FM4009" "wrong-condition";

    /// A nested route has a path outside of the route that it is nested in.
    ///
    /// The path of a nested route is relative to the route above, or begins with that route's whole path. React Router
    /// throws for any other, and with it the whole app would not start.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/wms', children: [{ path: '/stock', component: () => import('./Page') }] }],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/wms', children: [{ path: 'stock', component: () => import('./Page') }] }],
    /// }
    /// ```
    Error PATH_OUTSIDE_PARENT "FM4010" "path-outside-parent";

    /// A route shows nothing.
    ///
    /// It has neither a component nor routes that are nested in it. React Router matches it all the same, so whoever comes
    /// there sees an empty page.
    ///
    /// Name the page, or take the route out.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { routes: [{ path: '/wms', label: 'Stock' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { routes: [{ path: '/wms', label: 'Stock', component: () => import('./Page') }] }
    /// ```
    Warning EMPTY_ROUTE "FM4011" "empty-route";
}

/// `lable: 'Stock'`
pub(crate) fn unknown_key(what: &str, key: &str, origin: &Origin, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(key, known.iter().copied())
        .or_else(|| foreign_keys::remedy(what, key))
        .unwrap_or_else(|| format!("Known keys are {}.", list(known.iter().copied())));
    Diagnostic::new(UNKNOWN_KEY, format!("`{key}` is not a key of {what}."))
        .label(origin, "not known")
        .help(help)
}

/// A list's item or a table's entry of the wrong type.
pub(crate) fn wrong_type(what: &str, expected: &str, value: &Value) -> Diagnostic {
    if let ValueKind::Dynamic(dynamic) = &value.kind {
        return needs_static(what, &value.origin, dynamic);
    }
    Diagnostic::new(WRONG_TYPE, format!("This should be {what}: {expected}, not {}.", value.noun()))
        .label(&value.origin, value.noun())
}

/// A field of the wrong type.
pub(crate) fn wrong_field(what: &str, key: &str, expected: &str, value: &Value) -> Diagnostic {
    match &value.kind {
        ValueKind::Dynamic(dynamic) => needs_static(&format!("`{key}` of {what}"), &value.origin, dynamic),
        ValueKind::Code(code) if expected.starts_with("a string") || expected.ends_with("number") => {
            Diagnostic::new(NEEDS_STATIC, format!("`{key}` of {what} has to be known without running code."))
                .label(&value.origin, code_noun(code))
                .help(format!("Write {expected}, or a constant that holds one."))
        }
        _ => {
            let message = format!("`{key}` of {what} should be {expected}, not {}.", value.noun());
            let diagnostic = Diagnostic::new(WRONG_TYPE, message).label(&value.origin, value.noun());
            match remedy(what, key, expected, value) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        }
    }
}

/// What to write, where the value says what was meant.
fn remedy(what: &str, key: &str, expected: &str, value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::String(text) if expected.ends_with("number") && text.parse::<f64>().is_ok() => {
            Some(format!("Write it without quotes: `{text}`."))
        }
        ValueKind::String(text) if expected == "`true` or `false`" && matches!(&**text, "true" | "false") => {
            Some(format!("Write it without quotes: `{text}`."))
        }
        ValueKind::Array(_) if key == "dependencies" || key == "optionalDependencies" => {
            Some(format!("Name each plugin with the range of its version: `{key}: {{ wms: '^1.0.0' }}`."))
        }
        ValueKind::String(_) | ValueKind::Object(_) if expected == "an array" => {
            Some(format!("Put it into brackets: `{key}: […]`."))
        }
        ValueKind::Object(_) if what == "the services" => {
            Some("Write a function that returns it: `() => ({ … })`.".into())
        }
        _ => None,
    }
}

/// `component: import('./Page')`, `services: { clock: new Clock() }`
pub(crate) fn too_early(key: &str, function: &str, value: &Value) -> Diagnostic {
    let reason = match &value.kind {
        ValueKind::Dynamic(dynamic) => dynamic.reason.as_str(),
        _ => value.noun(),
    };
    Diagnostic::new(WRONG_TYPE, format!("`{key}` should be a function, which is called when it is needed."))
        .label(&value.origin, reason)
        .help(format!("Wrap it in a function: `{function}`."))
}

/// Something that has to be static and is not.
pub(crate) fn needs_static(what: &str, origin: &Origin, dynamic: &Dynamic) -> Diagnostic {
    let help =
        dynamic.help.clone().unwrap_or_else(|| "Write a literal, or a constant that holds one.".into());
    Diagnostic::new(NEEDS_STATIC, format!("{} has to be known without running code.", capitalised(what)))
        .label(origin, dynamic.reason.clone())
        .help(help)
}

/// A route without a path…
pub(crate) fn missing_key(what: &str, key: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::new(MISSING_KEY, format!("{} needs `{key}`.", capitalised(what)))
        .label(origin, format!("`{key}` is missing"))
        .help(missing_remedy(what, key))
}

fn missing_remedy(what: &str, key: &str) -> String {
    match (what, key) {
        (_, "component") => "Say what is shown: `component: () => import('./src/…')`.".into(),
        (_, "point") => "Name the extension point that it fills: `point: 'header.right'`.".into(),
        ("a route", "path") => {
            "Add `path: '/…'`, or `index: true` if it is what its parent shows at the parent's own path."
                .into()
        }
        ("a setting", "type") => "Add `type`: `'string'`, `'number'` or `'boolean'`.".into(),
        ("a menu item" | "an extension" | "an extension point", _) => {
            format!("Add a `{key}` that nobody else has, such as `{key}: 'wms.stock'`.")
        }
        _ => format!("Add `{key}`."),
    }
}

/// `name: ''`
pub(crate) fn empty(what: &str, key: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::new(MISSING_KEY, format!("`{key}` of {what} is empty."))
        .label(origin, "says nothing")
        .help("Give it a text.")
}

/// `export default 42`
pub(crate) fn not_an_object(value: &Value) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(NO_CONFIG, "The default export of a plugin's configuration has to be an object.");
    match &value.kind {
        ValueKind::Dynamic(dynamic) => {
            diagnostic.label(&value.origin, dynamic.reason.clone()).help(
                // A function that makes it later is no configuration either.
                dynamic.help.clone().filter(|_| dynamic.later.is_none()).unwrap_or_else(|| {
                    "Export the object itself: `export default definePlugin({ … })`.".into()
                }),
            )
        }
        ValueKind::Code(CodeValue::Function | CodeValue::Loader) => diagnostic
            .label(&value.origin, "a function, which would have to run")
            .help("Export the object itself: `export default definePlugin({ … })`."),
        _ => diagnostic
            .label(&value.origin, value.noun())
            .help("Export an object literal: `export default { … }`."),
    }
}

/// A configuration without `export default`.
pub(crate) fn no_default_export(origin: &Origin, others: &[&str]) -> Diagnostic {
    let help = match others {
        [] => "Add `export default definePlugin({ … })`.".to_string(),
        [other] => format!("It exports `{other}`. If that is the configuration, export it as default."),
        _ => format!("It exports {}. Export the configuration as default.", list(others.iter().copied())),
    };
    Diagnostic::new(NO_CONFIG, "A plugin's configuration needs a default export.")
        .label(origin, "has none")
        .help(help)
}

/// `name: '../wms'`
pub(crate) fn unfit_name(named: &Named) -> Diagnostic {
    Diagnostic::new(UNFIT_NAME, format!("`{}` cannot name a plugin.", named.name.escape_debug()))
        .label(&named.origin, "becomes a part of file names")
        .help("Use letters, digits, `-`, `_` and `.`, not beginning with a dot.")
}

/// `activation: 'never'`, `type: 'nubmer'`
pub(crate) fn unknown_word(what: &str, named: &Named, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(&named.name, known.iter().copied())
        .unwrap_or_else(|| format!("Write one of {}.", list(known.iter().copied())));
    Diagnostic::new(WRONG_TYPE, format!("`{}` is not {what}.", named.name))
        .label(&named.origin, "not known")
        .help(help)
}

/// `{ index: true, children: […] }`
pub(crate) fn index_with_children(origin: &Origin) -> Diagnostic {
    Diagnostic::new(INDEX_WITH_CHILDREN, "An index route cannot have children.")
        .label(origin, "has both")
        .help("Give the route a path, or move the children beside it.")
}

/// `{ path: '/wms', children: [{ path: '/stock' }] }`
pub(crate) fn path_outside_parent(origin: &Origin, path: &str, parent: &str) -> Diagnostic {
    Diagnostic::new(
        PATH_OUTSIDE_PARENT,
        format!("The route `{path}` is nested in `{parent}`, and its path is not."),
    )
    .label(origin, format!("does not begin with `{parent}`"))
    .help(format!(
        "Write it relative to the route above, as `{}`, or move it out of there.",
        path.trim_start_matches('/')
    ))
}

/// `{ path: '/wms' }`
pub(crate) fn empty_route(origin: &Origin, path: Option<&str>) -> Diagnostic {
    let route = path.map_or_else(|| "An index route".to_owned(), |path| format!("The route `{path}`"));
    Diagnostic::new(EMPTY_ROUTE, format!("{route} shows nothing."))
        .label(origin, "has neither `component` nor `children`")
        .help("Add `component: () => import('./src/…')`, or take the route out.")
}

/// `when: 'user.role = admin'`, at the first token that cannot stand where it does.
pub(crate) fn wrong_condition(
    what: &str,
    key: &str,
    origin: &Origin,
    text: &str,
    error: &SyntaxError,
) -> Diagnostic {
    let label = if error.range.start == text.len() { "ends here" } else { "from here on" };
    Diagnostic::new(WRONG_CONDITION, format!("`{key}` of {what} cannot be read: {}.", error.reason))
        .label(origin, label)
        .help(error.hint(text))
}

/// The same where the text is put together, or written with escapes: only its expression can be shown.
pub(crate) fn wrong_condition_somewhere(
    what: &str,
    key: &str,
    origin: &Origin,
    text: &str,
    error: &SyntaxError,
) -> Diagnostic {
    let character = text[..error.range.start].chars().count() + 1;
    let mut diagnostic = wrong_condition(what, key, origin, text, error);
    diagnostic.labels[0].text =
        format!("at character {character} of `{}`", text.replace(char::is_control, " "));
    diagnostic
}

/// `component: './src/pages/Stok'`
pub(crate) fn component_not_found(origin: &Origin, written: &str, tried: &[String]) -> Diagnostic {
    Diagnostic::new(COMPONENT_NOT_FOUND, format!("The component `{written}` was not found."))
        .label(origin, "leads to no file")
        .help(format!(
            "Write a path relative to this file, or `() => import('./…')`. Tried:\n{}",
            tried.join("\n")
        ))
}

/// `component: 'src/pages/Stock'`
pub(crate) fn component_not_relative(origin: &Origin, written: &str) -> Diagnostic {
    Diagnostic::new(COMPONENT_NOT_FOUND, format!("The component `{written}` was not found."))
        .label(origin, "is not a relative path")
        .help(format!("Write `./{}`: a path relative to this file.", written.trim_start_matches('/')))
}

fn code_noun(code: &CodeValue) -> &'static str {
    match code {
        CodeValue::Function | CodeValue::Loader => "a function",
        CodeValue::Class => "a class",
        CodeValue::Jsx => "JSX",
        CodeValue::Import(_) | CodeValue::Reference(_) => "code, known only at run time",
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
