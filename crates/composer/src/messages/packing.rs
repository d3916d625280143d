//! `FM1xxx`, continued: what the tarball of a plugin that is published has to hold.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    source::Origin,
};

codes! {
    /// A plugin is published without a file that it needs.
    ///
    /// Whoever installs a plugin reads its configuration from the file that `plugin` of the tag names, or else by the rule
    /// of `source`, and a bundler follows what that file imports by relative paths. A file that is not in the tarball
    /// breaks every shell that installs the plugin, and nothing is wrong in the workspace, where the file is there.
    ///
    /// What a tarball holds is decided by `files` in package.json, less what an entry that begins with `!` or an
    /// .npmignore takes out; without `files`, it is all that .npmignore, or else .gitignore, does not leave out, and
    /// a folder for what was built often stands in a .gitignore. What lies outside of the package's folder is in no
    /// tarball: build it into the package, or import it from a package that is among the dependencies.
    ///
    /// It is found by `framework-m check --pack`, which asks npm what it would pack.
    Error NOT_PACKED "FM1301" "not-packed";

    /// A plugin is to be published, and a file that it needs has not been built.
    ///
    /// `plugin` of the tag names the configuration for those who install the package, or what was built imports a file by
    /// a relative path, and there is no such file on the disk.
    ///
    /// Build the package before it is packed, in CI too, and run `framework-m check --pack` between the two. If it is built,
    /// the tag names another file than the build writes.
    Error NOT_BUILT "FM1302" "not-built";

    /// A plugin is to be published, and npm cannot pack it.
    ///
    /// The message says why in npm's own words. Most often the package has no name or no version.
    ///
    /// Correct its package.json. A package that is not meant to be published says `"private": true`.
    Error UNPACKABLE "FM1303" "unpackable";
}

/// Who needs a file: the tag, or an import in a file that is in the tarball.
#[derive(Clone, Copy)]
pub(crate) enum Need<'a> {
    /// `"plugin": "./dist/plugin.config.js"`
    Tag,
    /// `import './pages.js'`
    Import(&'a Origin),
}

/// A file that a plugin needs, with the places that have to do with it.
pub(crate) struct Needed<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The file, relative to the package.
    pub file: &'a str,
    /// Who needs it.
    pub need: Need<'a>,
    /// The tag, or its path.
    pub tag: &'a Origin,
    /// `files` of the package.json.
    pub files: Option<&'a Origin>,
}

impl Needed<'_> {
    /// ``which `dist/plugin.config.js` imports``, in terms of paths in the package.
    fn by(&self) -> String {
        match self.need {
            Need::Tag => "which its tag leads to".into(),
            Need::Import(origin) => format!("which {} imports", origin.source.path),
        }
    }

    fn with_places(&self, diagnostic: Diagnostic, missing: &str) -> Diagnostic {
        let diagnostic = match self.need {
            Need::Tag => diagnostic.label(self.tag, missing),
            Need::Import(origin) => diagnostic
                .label(origin, missing)
                .label(self.tag, "whoever installs the plugin comes from here"),
        };
        match self.files {
            Some(files) => diagnostic.label(files, "says what is packed"),
            None => diagnostic,
        }
    }
}

/// `"files": ["src"]`, and the tag names a file in `dist`
pub(crate) fn not_packed(needed: &Needed<'_>) -> Diagnostic {
    let Needed { package, file, files, .. } = needed;
    let message = format!("`{package}` would be published without `{file}`, {}.", needed.by());
    let top = file.split('/').next().unwrap_or(file);
    let mut help = match files {
        Some(_) => format!(
            "Add `\"{top}\"` to `files`. If that is there, an entry that begins with `!` or an .npmignore takes the file \
             out again."
        ),
        None => format!(
            "An .npmignore, or without one a .gitignore, leaves it out. Say what is packed: `\"files\": [\"{top}\"]`."
        ),
    };
    if is_source(file) {
        help += " Or build the configuration, and name what was built: `\"plugin\": \"./dist/plugin.config.js\"`.";
    }
    needed.with_places(Diagnostic::new(NOT_PACKED, message), "is not in the tarball").help(help)
}

/// `import '../../shared/theme.js'` in what is packed
pub(crate) fn outside_of_package(needed: &Needed<'_>) -> Diagnostic {
    let message = format!(
        "`{}` would be published without `{}`, {}: it lies outside of the package.",
        needed.package,
        needed.file,
        needed.by()
    );
    needed
        .with_places(Diagnostic::new(NOT_PACKED, message), "is in no tarball")
        .help("Build it into the package, or import it from a package that is among the dependencies.")
}

/// `"plugin": "./dist/plugin.config.js"` before the build
pub(crate) fn not_built(needed: &Needed<'_>) -> Diagnostic {
    let message = format!("`{}` of `{}`, {}, is not there.", needed.file, needed.package, needed.by());
    let help = match needed.need {
        Need::Tag => "Build the package first, or correct the path.",
        Need::Import(_) => "Build the package again.",
    };
    needed.with_places(Diagnostic::new(NOT_BUILT, message), "is not there").help(help)
}

/// A package.json without a version
pub(crate) fn unpackable(package: &str, tag: &Origin, reason: &str) -> Diagnostic {
    Diagnostic::new(UNPACKABLE, format!("npm cannot pack `{package}`: {}.", reason.trim_end_matches('.')))
        .label(tag, "a plugin that is published")
        .help("Correct its package.json, or write `\"private\": true` if it is not meant to be published.")
}

/// Whether only a compiler reads it.
fn is_source(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "ts" | "tsx" | "mts")
}
