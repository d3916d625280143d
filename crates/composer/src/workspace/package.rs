//! Packages, and the tools that manage them.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use crate::source::Source;

/// The `dir` of the root.
pub(super) const ROOT: &str = ".";

/// A package of the workspace, or one that the shell depends on.
#[derive(Debug, Clone)]
pub struct Package {
    /// Relative to the workspace root, `/`-separated; `.` for the root itself.
    pub dir: String,
    /// As its manifest says.
    pub name: Option<String>,
    /// As its manifest says.
    pub version: Option<String>,
    /// The raw value under the metadata key.
    pub tag: Option<serde_json::Value>,
    /// The manifest's text.
    pub manifest: Arc<Source>,
    /// What it depends on, once somebody has asked.
    pub(super) dependencies: OnceLock<Dependencies>,
}

/// The dependency tables of a manifest: package names to ranges.
#[derive(Debug, Clone, Default)]
pub struct Dependencies {
    /// `dependencies`
    pub production: BTreeMap<String, String>,
    /// `devDependencies`
    pub development: BTreeMap<String, String>,
    /// `peerDependencies`
    pub peer: BTreeMap<String, String>,
    /// `optionalDependencies`
    pub optional: BTreeMap<String, String>,
}

/// The tools whose workspaces are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageManager {
    /// `pnpm-workspace.yaml`
    Pnpm,
    /// npm's `workspaces`
    Npm,
    /// Yarn 1's `workspaces`
    YarnClassic,
    /// Yarn 2 and later
    YarnBerry,
    /// Bun's `workspaces`
    Bun,
    /// `lerna.json`
    Lerna,
    /// `rush.json`
    Rush,
    /// No workspace: a package alone.
    None,
}

impl PackageManager {
    /// The tool's name, as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pnpm => "pnpm",
            Self::Npm => "npm",
            Self::YarnClassic => "Yarn 1",
            Self::YarnBerry => "Yarn",
            Self::Bun => "Bun",
            Self::Lerna => "Lerna",
            Self::Rush => "Rush",
            Self::None => "none",
        }
    }

    /// A word for machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pnpm => "pnpm",
            Self::Npm => "npm",
            Self::YarnClassic => "yarn-classic",
            Self::YarnBerry => "yarn-berry",
            Self::Bun => "bun",
            Self::Lerna => "lerna",
            Self::Rush => "rush",
            Self::None => "none",
        }
    }

    /// The command that makes an installation share what it can.
    pub(crate) fn dedupe(self) -> Option<&'static str> {
        match self {
            Self::Npm | Self::None => Some("npm dedupe"),
            Self::Pnpm => Some("pnpm dedupe"),
            Self::YarnBerry => Some("yarn dedupe"),
            Self::YarnClassic => Some("npx yarn-deduplicate && yarn install"),
            Self::Bun | Self::Lerna | Self::Rush => None,
        }
    }
}
