//! `FM5xxx`: what a bundler made of the composition.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::did_you_mean,
    source::Origin,
};

codes! {
    /// The shell loads code of a plugin along with its own.
    ///
    /// A plugin's code is loaded when it is first used: everybody who opens the app pays for what the shell imports, also
    /// who never opens the plugin. The message shows the shortest chain of imports from a module that the shell starts
    /// with to one of the plugin. Only imports that the bundler follows at once count: `import type` is nothing to a
    /// bundler, and an `import()` is loaded later.
    ///
    /// The import to change is that of the plugin's module, which is shown first. Take types with `import type`; take
    /// code with `import()`, or as a service of the plugin; move what the shell and the plugin both need into a package
    /// that is no plugin. Where the shell is meant to have a module of a plugin, name its file in the option `eager`, a
    /// list of globs relative to the workspace root:
    ///
    /// ```ts
    /// frameworkMPlugin({ eager: ['apps/wms/frontend/src/tokens.ts'] })
    /// ```
    ///
    /// A plugin's code is what lies in its package's folder, and the module that is generated for it. Packages inside of
    /// that folder are not, whether they are members of the workspace or installed in its `node_modules`. The shell
    /// starts with the bundler's entries; where none of them leads to `virtual:framework-m-plugins` at once, it starts
    /// with the modules that do.
    ///
    /// It is found at the end of a build, and in a dev server when pages have loaded the import.
    Error EAGER_PLUGIN "FM5001" "eager-plugin";

    /// A plugin imports code of another that is not among its dependencies.
    ///
    /// Without the dependency nothing says that the two belong together: the other plugin may be left out of a shell, of
    /// another version than the code was written for, or started later. It also makes whoever opens the one plugin load
    /// code of the other.
    ///
    /// Add the other plugin to `dependencies`, or to `optionalDependencies` if the import is an `import()` that may fail;
    /// take types with `import type`, which needs no dependency; or move what both need into a package that is no plugin.
    ///
    /// ```ts
    /// export default definePlugin({ name: 'crm', dependencies: { wms: '^1.0.0' } })
    /// ```
    ///
    /// It is found at the end of a build, and in a dev server when pages have loaded the import.
    Error UNDECLARED_IMPORT "FM5002" "undeclared-import";

    /// A plugin is larger than its budget.
    ///
    /// Counted are the JavaScript and CSS that are the plugin's alone, compressed with gzip. Code that several plugins
    /// load sits in chunks of its own and is not counted; code that the shell loads is the shell's. The figures stand in
    /// `.framework-m/composition.json` in the output folder, and the build prints them as a table. Where an earlier build
    /// has left that file, or the option `baseline` names one, the message says which packages have grown since the build
    /// that last kept the budget.
    ///
    /// Look at what has grown: a library that is loaded as a whole, a page that could be an `import()` of its own. Or
    /// raise the budget:
    ///
    /// ```ts
    /// frameworkMPlugin({ budgets: { '*': '150 kB', wms: '200 kB' } })
    /// ```
    Error OVER_BUDGET "FM5003" "over-budget";

    /// Options for chunks make the shell load code of a plugin.
    ///
    /// No module of the shell imports the plugin, and still a chunk that the shell loads at once holds code of it: chunks
    /// are loaded as a whole, and options for chunks put both into one. `manualChunks` does, when its answer is the same
    /// for modules of the shell and of a plugin, and so does a group in `codeSplitting` that takes what its modules
    /// import along with them.
    ///
    /// Leave plugins out of such options. Each plugin has a chunk of its own without any; on Vite 8 groups of the user's
    /// own are fine as long as their `test` names no plugin's modules.
    Error EAGER_CHUNK "FM5004" "eager-chunk";

    /// The app uses a part of the SDK that needs a package which is not installed.
    ///
    /// React and React Router are optional: an app without them may still import `@framework-m/plugin-sdk`, and the parts
    /// that need neither work. A part that needs one would throw when it is first used, so the build ends instead, and
    /// shows every module that imports the SDK and has such a part. What no module uses is left out of a build and does
    /// not count.
    ///
    /// Install the package in the shell, or do without the part: the pages of plugins can be shown by any router, from
    /// what `usePluginRoutes` and the registry give.
    ///
    /// It is found at the end of a build. webpack and Rspack find it where they leave out what is not used, which they
    /// do not in development: there the part says so when it is called.
    Error ABSENT_PEER "FM5005" "absent-peer";

    /// A module that a plugin takes a component from does not export it.
    ///
    /// `component: () => import('./src/pages/Stock')` takes the default export of that module, as `lazy` of React does.
    /// Nothing is wrong with a module without one until somebody opens the page. The message shows where the configuration
    /// refers to the module, and says what that does export.
    ///
    /// Make the component the default export, or name the export that it is:
    ///
    /// ```ts
    /// routes: [{ path: '/stock', component: () => import('./src/pages/Stock').then((m) => ({ default: m.Stock })) }]
    /// ```
    ///
    /// What a module exports is told from its text after the bundler's other plugins and loaders have transformed it.
    /// Nothing is said of modules whose exports only running them would tell, as after `module.exports`, nor of names that
    /// may come from an `export *`.
    ///
    /// It is found at the end of a build, and in Vite's dev server when pages have loaded the module.
    Error NO_COMPONENT "FM5006" "no-component";
}

/// `import { total } from '@company/wms/src/total'` in the shell. The imports of the plugin's code come first, all of one
/// module; then those that lead to that module.
pub(crate) fn eager_plugin(plugin: &str, chain: &[String], imports: &[(Origin, &str)]) -> Diagnostic {
    let message =
        format!("The shell loads code of the plugin `{plugin}` along with its own: {}.", chain.join(" → "));
    let mut diagnostic = Diagnostic::new(EAGER_PLUGIN, message);
    let importer = imports.first().map(|(origin, _)| origin.source.path.as_str());
    for (origin, module) in imports {
        let owner = if Some(origin.source.path.as_str()) == importer {
            format!(", which is code of `{plugin}`")
        } else {
            String::new()
        };
        diagnostic = diagnostic.label(origin, format!("imports {module}{owner}"));
    }
    let module = chain.last().map_or("", String::as_str);
    diagnostic.help(format!(
        "A plugin's code is loaded when it is first used. Take types with `import type`, code with `import()` or as a \
         service, and move what both need into a package that is no plugin. If the shell is meant to have this module, \
         say so: `eager: ['{module}']`."
    ))
}

/// `manualChunks`, or a group of chunks, that puts code of the shell and of a plugin together
pub(crate) fn eager_chunk(plugin: &str, chain: &[String], module: &str) -> Diagnostic {
    let place = match chain {
        [chunk] => format!("{chunk} holds {module}"),
        chunks => format!("{}, which holds {module}", chunks.join(" → ")),
    };
    Diagnostic::new(
        EAGER_CHUNK,
        format!("The chunks that the shell loads at once hold code of the plugin `{plugin}`: {place}."),
    )
    .help(
        "No module of the shell imports it, so options for chunks have put it there: `manualChunks`, or a group in \
         `codeSplitting`. Leave plugins out of them: each one has a chunk of its own without any option.",
    )
}

/// `import { total } from '../../wms/src/total'` in another plugin
pub(crate) fn undeclared_import(
    plugin: &str,
    other: &str,
    version: Option<&str>,
    imports: &[(Origin, &str)],
) -> Diagnostic {
    let message =
        format!("`{plugin}` imports code of the plugin `{other}`, which is not among its dependencies.");
    let mut diagnostic = Diagnostic::new(UNDECLARED_IMPORT, message);
    for (origin, module) in imports {
        diagnostic = diagnostic.label(origin, format!("imports {module}"));
    }
    let range = version.map_or_else(|| "*".to_string(), |version| format!("^{version}"));
    diagnostic.help(format!(
        "Add `dependencies: {{ {}: '{range}' }}` to the configuration of `{plugin}`, take types with `import type`, or \
         move what both need into a package that is no plugin.",
        key(other)
    ))
}

/// `<PluginRoutes />` in an app without React Router
pub(crate) fn absent_peer(package: &str, uses: &[(Origin, &str)]) -> Diagnostic {
    let message = format!("The app uses what needs `{package}`, which is not installed.");
    let mut diagnostic = Diagnostic::new(ABSENT_PEER, message);
    for (origin, part) in uses {
        let label = if part.is_empty() {
            "imports the SDK".to_string()
        } else {
            format!("`{part}` needs `{package}`")
        };
        diagnostic = diagnostic.label(origin, label);
    }
    diagnostic.help(format!(
        "Install it in the shell (`npm install {package}`), or do without: docs/shell-authors.md says how, under          \"Without React Router\"."
    ))
}

/// `component: () => import('./Stock')`, and `export function Stock() {}`
pub(crate) fn no_component(
    plugin: &str,
    module: &str,
    export: &str,
    exports: &[String],
    uses: &[(Origin, &str)],
) -> Diagnostic {
    let needed =
        if export == "default" { "default export".to_string() } else { format!("export `{export}`") };
    let message = format!(
        "`{plugin}` takes a component from {module}, which has no {needed}. It exports {}.",
        quoted(exports)
    );
    let mut diagnostic = Diagnostic::new(NO_COMPONENT, message);
    for (origin, _) in uses {
        diagnostic = diagnostic.label(origin, format!("takes the {needed}"));
    }
    diagnostic.help(picked(export, exports))
}

/// What to do about a component that is not the export which is asked for.
fn picked(export: &str, exports: &[String]) -> String {
    // Components begin with a capital letter: JSX takes anything else for an element.
    let is_component = |name: &&String| name.starts_with(char::is_uppercase) && is_identifier(name);
    let close = did_you_mean(export, exports.iter().map(String::as_str));
    match (export, exports.iter().find(is_component)) {
        ("default", Some(name)) => format!(
            "Write `export default` in front of the component, or name the export that it is: \
             `component: () => import('…').then((m) => ({{ default: m.{name} }}))`."
        ),
        ("default", None) => "Write `export default` in front of the component.".to_string(),
        _ => close.unwrap_or_else(|| "Export the component under this name.".to_string()),
    }
}

/// Names as a sentence has them.
fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "nothing".to_string() } else { quoted.join(", ") }
}

/// How much larger a plugin is than it may be, in bytes.
#[derive(Debug, Clone)]
pub struct Overrun {
    /// The plugin.
    pub plugin: String,
    /// JavaScript and CSS of the plugin alone, compressed with gzip.
    pub size: u64,
    /// What it may be.
    pub limit: u64,
    /// What it was.
    pub before: Option<u64>,
    /// The packages whose code has grown, and by how much before it is compressed; the most first.
    pub growth: Vec<(String, u64)>,
}

/// `budgets: { wms: '200 kB' }`, and 212 kB
pub(crate) fn over_budget(overrun: &Overrun) -> Diagnostic {
    let Overrun { plugin, size, limit, before, growth } = overrun;
    let message = format!(
        "`{plugin}` is {} compressed with gzip, {} more than its budget of {}.",
        kilobytes(*size),
        kilobytes(size.saturating_sub(*limit)),
        kilobytes(*limit)
    );
    let mut help = String::new();
    if let Some(before) = before {
        help = format!("It was {} in the build before. ", kilobytes(*before));
    }
    if !growth.is_empty() {
        let list: Vec<String> =
            growth.iter().map(|(name, bytes)| format!("`{name}` by {}", kilobytes(*bytes))).collect();
        help += &format!("What has grown since, before it is compressed: {}. ", list.join(", "));
    }
    help += &format!(
        "Make it smaller, or raise the budget in the plugin's options in your bundler's configuration: `budgets: {{ {}: '{} kB' }}`.",
        key(plugin),
        size.div_ceil(1000)
    );
    Diagnostic::new(OVER_BUDGET, message).help(help)
}

/// As Vite counts: a kilobyte is 1000 bytes.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{:02} kB", bytes / 1000, bytes % 1000 / 10)
}

fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$'))
}

/// A name as the key of an object literal.
fn key(name: &str) -> String {
    if is_identifier(name) {
        name.to_string()
    } else {
        format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_module_exports_in_the_place_of_a_component_is_named_in_the_form_that_takes_it() {
        let said = |export: &str, exports: &[&str]| {
            let exports: Vec<String> = exports.iter().map(ToString::to_string).collect();
            let diagnostic = no_component("wms", "apps/wms/Stock.tsx", export, &exports, &[]);
            format!("{} {}", diagnostic.message, diagnostic.help.unwrap_or_default())
        };
        let named = said("default", &["loader", "Stock"]);
        assert!(named.starts_with("`wms` takes a component from apps/wms/Stock.tsx, which has no default export. It exports `loader`, `Stock`."));
        assert!(named.ends_with("`component: () => import('…').then((m) => ({ default: m.Stock }))`."));
        assert!(
            said("default", &[])
                .ends_with("It exports nothing. Write `export default` in front of the component.")
        );
        assert!(said("Stok", &["Stock"]).contains("no export `Stok`"));
        assert!(said("Stok", &["Stock"]).ends_with("Did you mean `Stock`?"));
        assert!(said("Stock", &["x"]).ends_with("Export the component under this name."));
    }

    #[test]
    fn a_budget_that_is_exceeded_comes_with_figures_and_the_line_that_raises_it() {
        let overrun = Overrun {
            plugin: "wms-x".into(),
            size: 212_345,
            limit: 200_000,
            before: Some(199_000),
            growth: vec![("dayjs".into(), 7_100)],
        };
        let found = over_budget(&overrun);
        assert_eq!(
            found.message,
            "`wms-x` is 212.34 kB compressed with gzip, 12.34 kB more than its budget of 200.00 kB."
        );
        assert_eq!(
            found.help.unwrap_or_default(),
            "It was 199.00 kB in the build before. What has grown since, before it is compressed: `dayjs` by 7.10 kB. \
             Make it smaller, or raise the budget in the plugin's options in your bundler's configuration: `budgets: { 'wms-x': '213 kB' }`."
        );
    }
}
