//! What the shell may decide: the last word over what plugins contribute.

use std::path::PathBuf;

use crate::{
    diagnostic::{Diagnostic, Severity},
    evaluate::ReadOptions,
    maps::IndexMap,
};

/// The options of a composition.
#[derive(Debug, Clone)]
pub struct Options {
    /// The key in `package.json` that tags a plugin.
    pub metadata_key: String,
    /// Only these plugins: plugin or package names, globs. Empty: all.
    pub include: Vec<String>,
    /// Not these plugins: plugin or package names, globs.
    pub exclude: Vec<String>,
    /// Focus: these plugins and what they depend on. Empty: no focus.
    pub only: Vec<String>,
    /// Changes to menu items and groups, by name.
    pub menu_overrides: IndexMap<String, MenuOverride>,
    /// Where the routes of plugins hang: `/app`. Empty: at the root.
    pub routes_base: String,
    /// Severities by diagnostic code (`FM2003`) or name (`route-conflict`); none turns the code off.
    pub severity: IndexMap<String, Option<Severity>>,
    /// Whether a plugin's routes share its chunk.
    pub code_splitting: CodeSplitting,
    /// For a dev server: the modules update in place, and every component is a module of its own, whatever
    /// `code_splitting` says.
    pub hot: bool,
    /// The absolute folder that the types are for. None: the shell's.
    pub types_dir: Option<PathBuf>,
    /// How modules are read.
    pub read: ReadOptions,
}

/// What the shell changes about a menu item.
#[derive(Debug, Clone, Default)]
pub struct MenuOverride {
    /// Leaves it out, with what is nested in it.
    pub hide: bool,
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

/// How a plugin's code is split into chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CodeSplitting {
    /// One chunk a plugin.
    #[default]
    Plugin,
    /// One chunk a route.
    Route,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            metadata_key: "framework-m".into(),
            include: Vec::new(),
            exclude: Vec::new(),
            only: Vec::new(),
            menu_overrides: IndexMap::default(),
            routes_base: String::new(),
            severity: IndexMap::default(),
            code_splitting: CodeSplitting::default(),
            hot: false,
            types_dir: None,
            read: ReadOptions::default(),
        }
    }
}

impl Options {
    /// Gives diagnostics the severities that the shell chose; one that is turned off goes.
    pub fn judge(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| {
            let code = diagnostic.code;
            match self.severity.get(code.id).or_else(|| self.severity.get(code.name)) {
                Some(Some(severity)) => diagnostic.severity = *severity,
                Some(None) => return false,
                None => {}
            }
            true
        });
    }
}
