//! Options as JavaScript gives them.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use framework_m_composer::{
    diagnostic::Severity,
    disk::{Disk, Kind, OsDisk},
    options::{self, CodeSplitting, Options},
    path::normal,
    render::Colour,
};
use napi::{Error, Result, Status};
use napi_derive::napi;

/// Where a workspace is.
#[napi(object)]
#[derive(Default)]
pub(crate) struct LocateOptions {
    /// The workspace root. Default: the nearest at or above the shell.
    pub root: Option<String>,
    /// The shell's folder. Default: the current folder.
    pub shell: Option<String>,
    /// The key in `package.json` that tags a plugin. Default: `framework-m`.
    pub metadata_key: Option<String>,
    /// Whether diagnostics come with their source lines, and in colours or not. Default: `plain`.
    #[napi(ts_type = "'plain' | 'ansi' | 'none'")]
    pub frames: Option<String>,
}

/// The shell's options: it has the last word.
#[napi(object)]
#[derive(Default)]
pub(crate) struct ComposerOptions {
    /// The workspace root. Default: the nearest at or above the shell.
    pub root: Option<String>,
    /// The shell's folder, relative to the current folder or to `root`. Default: the package of the current folder; at the
    /// root and in plugins, the only package that depends on the Vite plugin.
    pub shell: Option<String>,
    /// The key in `package.json` that tags a plugin. Default: `framework-m`.
    pub metadata_key: Option<String>,
    /// Only these plugins: plugin or package names, globs.
    pub include: Option<Vec<String>>,
    /// Not these plugins: plugin or package names, globs.
    pub exclude: Option<Vec<String>>,
    /// Focus: these plugins and what they depend on.
    pub only: Option<Vec<String>>,
    /// What the shell changes about the menu.
    pub menu: Option<MenuOptions>,
    /// What the shell changes about routes.
    pub routes: Option<RouteOptions>,
    /// Severities by diagnostic code or name: `error`, `warning`, `info` or `off`.
    #[napi(ts_type = "Record<string, 'error' | 'warning' | 'info' | 'off'>")]
    pub severity: Option<HashMap<String, String>>,
    /// Functions whose call is their argument, beside any `define*`.
    pub wrappers: Option<Vec<String>>,
    /// Functions whose call is a message key. Default: `t`, `$t`.
    pub messages: Option<Vec<String>>,
    /// What the bundler has, by expression: `process.env.NODE_ENV`, `import.meta.env.MODE`.
    #[napi(ts_type = "Record<string, string | number | boolean | null>")]
    pub env: Option<serde_json::Map<String, serde_json::Value>>,
    /// One chunk a plugin, or one a route. Default: `plugin`.
    #[napi(ts_type = "'plugin' | 'route'")]
    pub code_splitting: Option<String>,
    /// For a dev server: the modules update in place, and every component is a module of its own, whatever
    /// `codeSplitting` says. Default: `false`.
    pub hot: Option<bool>,
    /// The folder that `types` is for, since its imports are relative. Default: the shell's.
    pub types_dir: Option<String>,
    /// Whether diagnostics come with their source lines, and in colours or not. Default: `plain`.
    #[napi(ts_type = "'plain' | 'ansi' | 'none'")]
    pub frames: Option<String>,
}

/// What the shell changes about the menu.
#[napi(object)]
#[derive(Default)]
pub(crate) struct MenuOptions {
    /// By the name of an item or a group.
    pub overrides: Option<HashMap<String, MenuOverride>>,
}

/// What the shell changes about a menu item or a group.
#[napi(object)]
#[derive(Default)]
pub(crate) struct MenuOverride {
    /// Leaves it out, with what is nested in it.
    pub hide: Option<bool>,
    /// Another order.
    pub order: Option<f64>,
    /// Another label.
    pub label: Option<String>,
    /// Another icon.
    pub icon: Option<String>,
    /// Moves it to another group.
    pub module: Option<String>,
    /// Moves it into another item.
    pub parent: Option<String>,
    /// Places it before a sibling.
    pub before: Option<String>,
    /// Places it after a sibling.
    pub after: Option<String>,
}

/// What the shell changes about routes.
#[napi(object)]
#[derive(Default)]
pub(crate) struct RouteOptions {
    /// Where the routes of plugins hang: `/app`. Default: at the root.
    pub base: Option<String>,
}

/// How the disk is followed.
#[napi(object)]
#[derive(Default)]
pub struct WatchOptions {
    /// Look for changes that often, in milliseconds, where the file system reports none: network drives, mounts of virtual
    /// machines. Default: the system reports.
    pub poll: Option<u32>,
}

impl ComposerOptions {
    /// As the core takes them.
    pub(crate) fn into_core(self, here: &Path) -> Result<Options> {
        let default = Options::default();
        let mut overrides: Vec<_> =
            self.menu.and_then(|menu| menu.overrides).unwrap_or_default().into_iter().collect();
        overrides.sort_by(|a, b| a.0.cmp(&b.0));
        let mut read = default.read.clone();
        read.wrappers = self.wrappers.unwrap_or(read.wrappers);
        read.messages = self.messages.unwrap_or(read.messages);
        read.env = self.env.unwrap_or_default().into_iter().collect();
        Ok(Options {
            metadata_key: self.metadata_key.unwrap_or(default.metadata_key),
            include: self.include.unwrap_or_default(),
            exclude: self.exclude.unwrap_or_default(),
            only: self.only.unwrap_or_default(),
            menu_overrides: overrides.into_iter().map(|(name, change)| (name, change.into_core())).collect(),
            routes_base: self.routes.and_then(|routes| routes.base).unwrap_or_default(),
            severity: severities(self.severity.unwrap_or_default())?,
            code_splitting: splitting(self.code_splitting.as_deref())?,
            hot: self.hot.unwrap_or(false),
            types_dir: absolute(here, self.types_dir.as_ref()),
            read,
        })
    }
}

impl MenuOverride {
    fn into_core(self) -> options::MenuOverride {
        options::MenuOverride {
            hide: self.hide.unwrap_or(false),
            order: self.order,
            label: self.label,
            icon: self.icon,
            module: self.module,
            parent: self.parent,
            before: self.before,
            after: self.after,
        }
    }
}

fn severities<M: FromIterator<(String, Option<Severity>)>>(given: HashMap<String, String>) -> Result<M> {
    let mut sorted: Vec<_> = given.into_iter().collect();
    sorted.sort();
    let severity = |(code, word): (String, String)| {
        let severity = match word.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => None,
            _ => return Err(invalid(&format!("severity of {code}"), &word, "error, warning, info or off")),
        };
        Ok((code, severity))
    };
    sorted.into_iter().map(severity).collect()
}

fn splitting(word: Option<&str>) -> Result<CodeSplitting> {
    match word {
        None | Some("plugin") => Ok(CodeSplitting::Plugin),
        Some("route") => Ok(CodeSplitting::Route),
        Some(word) => Err(invalid("codeSplitting", word, "plugin or route")),
    }
}

/// How diagnostics are drawn; none if they are not.
pub(crate) fn frames(word: Option<&str>) -> Result<Option<Colour>> {
    match word {
        None | Some("plain") => Ok(Some(Colour::None)),
        Some("ansi") => Ok(Some(Colour::Ansi)),
        Some("none") => Ok(None),
        Some(word) => Err(invalid("frames", word, "plain, ansi or none")),
    }
}

fn invalid(option: &str, word: &str, expected: &str) -> Error {
    Error::new(Status::InvalidArg, format!("the option `{option}` is {expected}, not {word:?}"))
}

/// What is thrown for a folder that cannot be read, with the option that names it, if one does.
pub(crate) fn unreadable(path: &Path, options: &[(&str, Option<PathBuf>)]) -> Error {
    let option = options.iter().find(|(_, folder)| folder.as_deref() == Some(path));
    let source = option.map_or_else(String::new, |(name, _)| format!(", which the option `{name}` names"));
    Error::from_reason(format!("cannot read the folder {}{source}", path.display()))
}

/// A folder as an absolute path without `.` and `..`.
pub(crate) fn absolute(here: &Path, path: Option<&String>) -> Option<PathBuf> {
    path.map(|path| normal(&here.join(path)))
}

/// The shell's folder. A relative path begins at the current folder, or at the root where that leads out of the root that
/// is given.
pub(crate) fn shell(here: &Path, root: Option<&Path>, shell: Option<&String>) -> Option<PathBuf> {
    let from_here = absolute(here, shell)?;
    let is_folder = |path: &Path| OsDisk.kind(path) == Some(Kind::Dir);
    let from_root = root.filter(|root| !is_folder(&from_here) || !from_here.starts_with(root));
    let from_root = from_root.and_then(|root| absolute(root, shell)).filter(|path| is_folder(path));
    Some(from_root.unwrap_or(from_here))
}
