//! `FM1xxx`, continued: packages that have to exist once, and are installed twice or may be.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    source::Origin,
};

codes! {
    /// A plugin resolves another copy of a package that has to exist once than the shell.
    ///
    /// A package has to exist once if a plugin has it as a peer dependency and the shell itself resolves it, as React is. Two
    /// copies know nothing of each other: hooks fail, contexts are empty, and the code is downloaded twice. The message names
    /// both folders and both versions, by Node's rule: the nearest `node_modules` that has the package. The Vite plugin has
    /// Vite take the shell's copy for all; types and the plugin's own tests still take the other.
    ///
    /// Ask in the plugin for a version that the shell has, among `peerDependencies` and, for the plugin's own tests, among
    /// `devDependencies`, and install again. `framework-m doctor` shows who resolves which copy.
    ///
    /// # Example
    ///
    /// ```json shell/package.json
    /// { "name": "shell", "version": "1.0.0", "dependencies": { "react": "^19.0.0" } }
    /// ```
    ///
    /// ```json plugins/wms/package.json
    /// {
    ///   "name": "wms",
    ///   "version": "1.0.0",
    ///   "framework-m": true,
    ///   "peerDependencies": { "react": ">=18" },
    ///   "devDependencies": { "react": "^18.3.0" }
    /// }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {}
    /// ```
    ///
    /// ```json node_modules/react/package.json
    /// { "name": "react", "version": "19.1.0" }
    /// ```
    ///
    /// ```json plugins/wms/node_modules/react/package.json
    /// { "name": "react", "version": "18.3.1" }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// {
    ///   "name": "wms",
    ///   "version": "1.0.0",
    ///   "framework-m": true,
    ///   "peerDependencies": { "react": ">=18" },
    ///   "devDependencies": { "react": "^19.1.0" }
    /// }
    /// ```
    ///
    /// ```json plugins/wms/node_modules/react/package.json
    /// ```
    Warning SECOND_COPY "FM1201" "second-copy";

    /// A plugin has a package that has to exist once among its own dependencies.
    ///
    /// What is among `dependencies` or `optionalDependencies` is installed along with the plugin, in whatever version fits. As
    /// long as the shell's copy fits, both share it; the next update of either may end that.
    ///
    /// Move the entry to `peerDependencies`, and where the plugin's own tests need the package, to `devDependencies` too.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true, "dependencies": { "react": "^19.0.0" } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {}
    /// ```
    ///
    /// ```json plugins/stock/package.json
    /// { "name": "stock", "version": "1.0.0", "framework-m": true, "peerDependencies": { "react": "^19.0.0" } }
    /// ```
    ///
    /// ```ts plugins/stock/plugin.config.ts
    /// export default {}
    /// ```
    ///
    /// ```json node_modules/react/package.json
    /// { "name": "react", "version": "19.1.0" }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true, "peerDependencies": { "react": "^19.0.0" } }
    /// ```
    Warning SINGLETON_DEPENDENCY "FM1202" "singleton-dependency";

    /// The shell has a version that is not in the range of a plugin's peer dependency.
    ///
    /// A peer dependency says what the plugin expects of its shell, and all plugins get the shell's copy. The plugin takes part
    /// all the same: whether it works with that version is for its author to say. What is no range, such as `catalog:`, is not
    /// judged.
    ///
    /// Widen the range once the plugin works with the shell's version, or change the version that the shell depends on.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true, "peerDependencies": { "react": "^18.2.0" } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {}
    /// ```
    ///
    /// ```json node_modules/react/package.json
    /// { "name": "react", "version": "19.1.0" }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true, "peerDependencies": { "react": "^18.2.0 || ^19.0.0" } }
    /// ```
    Warning SINGLETON_RANGE "FM1203" "singleton-range";
}

/// An entry for a singleton in a plugin's manifest.
pub(crate) struct Asked<'a> {
    /// The singleton.
    pub name: &'a str,
    /// The key of the table that it is in.
    pub table: &'static str,
    /// As written.
    pub range: &'a str,
    /// The entry.
    pub origin: Origin,
}

/// A copy of a singleton.
#[derive(Clone, Copy)]
pub(crate) struct Copy<'a> {
    /// Its folder, relative to the workspace root.
    pub dir: &'a str,
    /// As its manifest says.
    pub version: Option<&'a str>,
}

/// Two copies of a singleton, and why there are two.
pub(crate) struct SecondCopy<'a> {
    /// The plugin.
    pub plugin: &'a str,
    /// What it resolves.
    pub own: Copy<'a>,
    /// What the shell resolves.
    pub shared: Copy<'a>,
    /// The plugin's entry that brings its copy.
    pub cause: Asked<'a>,
    /// The shell's entry.
    pub by_shell: Option<Origin>,
    /// What makes one copy out of two.
    pub remedy: Remedy,
}

/// What makes one copy out of two.
pub(crate) enum Remedy {
    /// The entry moves to the peer dependencies.
    Move,
    /// The entry asks for what the shell has.
    Align,
    /// The package manager shares what it can, with this command if it has one.
    Dedupe(Option<&'static str>),
}

/// `apps/wms/frontend/node_modules/react` beside `node_modules/react`
pub(crate) fn second_copy(found: &SecondCopy) -> Diagnostic {
    let &SecondCopy { plugin, own, shared, ref cause, .. } = found;
    let message = format!(
        "`{plugin}` resolves a second copy of `{}`: {} in {}; the shell has {} in {}.",
        cause.name,
        version(own),
        own.dir,
        version(shared),
        shared.dir
    );
    let diagnostic = Diagnostic::new(SECOND_COPY, message)
        .label(&cause.origin, format!("leads to {} in {}", version(own), own.dir));
    let diagnostic = match &found.by_shell {
        Some(origin) => diagnostic.label(origin, format!("leads to {} in {}", version(shared), shared.dir)),
        None => diagnostic,
    };
    diagnostic.help(one_copy(found))
}

fn one_copy(found: &SecondCopy) -> String {
    let install = "and install again";
    match found.remedy {
        Remedy::Move => format!(
            "Move the entry to `peerDependencies`, so that the plugin has the shell's copy, {install}. A plugin that needs \
             it for its own tests has it in `devDependencies` too."
        ),
        Remedy::Align => format!(
            "Ask for the shell's {} in this line, for example with `{}`, {install}; or change the version that the shell \
             depends on.",
            version(found.shared),
            caret(found.shared)
        ),
        Remedy::Dedupe(Some(command)) => format!("One copy would do for both: run `{command}`."),
        Remedy::Dedupe(None) => {
            "One copy would do for both: remove the lock file's second entry, and install again.".into()
        }
    }
}

/// `"dependencies": { "react": "^19.0.0" }` in a plugin. The peer is who makes it a singleton, and where.
pub(crate) fn singleton_dependency(
    plugin: &str,
    asked: &Asked,
    shared: Copy,
    peer: Option<&(String, Origin)>,
) -> Diagnostic {
    let table = asked.table;
    let message = format!(
        "`{plugin}` has `{}` in `{table}`, and it has to exist once: the next installation may give the plugin another copy \
         than the shell's {} in {}.",
        asked.name,
        version(shared),
        shared.dir
    );
    let mut diagnostic = Diagnostic::new(SINGLETON_DEPENDENCY, message)
        .label(&asked.origin, format!("asks for {} along with the plugin", asked.range));
    if let Some((other, origin)) = peer.filter(|(other, _)| other != plugin) {
        diagnostic = diagnostic.label(origin, format!("`{other}` expects it of the shell"));
    }
    diagnostic.help(
        "Move the entry to `peerDependencies`. A plugin that needs it for its own tests has it in `devDependencies` too.",
    )
}

/// `"peerDependencies": { "react": "^18.2.0" }` where the shell has 19.
pub(crate) fn singleton_range(
    plugin: &str,
    asked: &Asked,
    shared: Copy,
    by_shell: Option<&Origin>,
) -> Diagnostic {
    let message = format!(
        "`{plugin}` needs `{}` in {}, and the shell has {} in {}.",
        asked.name,
        asked.range,
        version(shared),
        shared.dir
    );
    let mut diagnostic =
        Diagnostic::new(SINGLETON_RANGE, message).label(&asked.origin, format!("asks for {}", asked.range));
    if let Some(origin) = by_shell {
        diagnostic = diagnostic.label(origin, format!("leads to {}", version(shared)));
    }
    diagnostic.help(format!(
        "Once the plugin works with it, write `{} || {}`; or change the version that the shell depends on.",
        asked.range,
        caret(shared)
    ))
}

fn version(copy: Copy<'_>) -> &str {
    copy.version.unwrap_or("one without a version")
}

/// A range that has the copy.
fn caret(copy: Copy) -> String {
    copy.version.map_or_else(|| "*".into(), |version| format!("^{version}"))
}
