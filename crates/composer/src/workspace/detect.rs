//! Which tool manages a folder, and which folder is a root.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{
    manifest::{self, Document, Notation, Reading},
    package::PackageManager,
};
use crate::disk::{Disk, Kind};

/// The nearest folder at or above a folder that is a workspace root: it has a `pnpm-workspace.yaml`, a `rush.json`,
/// `workspaces` in its `package.json`, or a `lerna.json` with `packages`. None if there is none.
pub fn find_root(disk: &dyn Disk, start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|dir| manager(disk, dir) != PackageManager::None).map(Path::to_path_buf)
}

/// The tool whose rules hold in a folder.
pub(super) fn manager(disk: &dyn Disk, root: &Path) -> PackageManager {
    if has(disk, root, "pnpm-workspace.yaml") {
        return PackageManager::Pnpm;
    }
    if has(disk, root, "rush.json") {
        return PackageManager::Rush;
    }
    if let Some(document) = document(disk, root, "package.json")
        && document.field("workspaces").is_some_and(|field| field.is_array() || field.is_object())
    {
        return declared(disk, root, &document).or_else(|| locked(disk, root)).unwrap_or(PackageManager::Npm);
    }
    match document(disk, root, "lerna.json") {
        Some(lerna) if lerna.field("packages").is_some_and(Value::is_array) => PackageManager::Lerna,
        _ => PackageManager::None,
    }
}

fn has(disk: &dyn Disk, root: &Path, file: &str) -> bool {
    disk.kind(&root.join(file)) == Some(Kind::File)
}

/// A file read as liberally as any tool does; what is broken, its own tool's reading reports.
fn document(disk: &dyn Disk, root: &Path, file: &str) -> Option<Document> {
    match manifest::read_document(disk, root, file, Notation::Json5) {
        Reading::Read(document) => Some(document),
        Reading::Absent | Reading::Broken(_) => None,
    }
}

/// The tool that `packageManager`, or else `devEngines.packageManager`, names.
fn declared(disk: &dyn Disk, root: &Path, document: &Document) -> Option<PackageManager> {
    if let Some((name, version)) = document.text("packageManager").and_then(|text| text.split_once('@')) {
        return tool(disk, root, name, version);
    }
    let engines = document.field("devEngines")?.get("packageManager")?;
    let engine = engines.get(0).unwrap_or(engines);
    let version = engine.get("version").and_then(Value::as_str).unwrap_or_default();
    tool(disk, root, engine.get("name")?.as_str()?, version)
}

fn tool(disk: &dyn Disk, root: &Path, name: &str, version: &str) -> Option<PackageManager> {
    let digits = version.trim_start_matches(|char: char| !char.is_ascii_digit());
    let major = digits.split(|char: char| !char.is_ascii_digit()).next().unwrap_or_default();
    match (name, major) {
        ("pnpm", _) => Some(PackageManager::Pnpm),
        ("npm", _) => Some(PackageManager::Npm),
        ("bun", _) => Some(PackageManager::Bun),
        ("yarn", "0" | "1") => Some(PackageManager::YarnClassic),
        ("yarn", "") => Some(yarn(disk, root)),
        ("yarn", _) => Some(PackageManager::YarnBerry),
        _ => None,
    }
}

/// The tool whose lockfile lies in the root. pnpm comes last: without its workspace file it has no members.
fn locked(disk: &dyn Disk, root: &Path) -> Option<PackageManager> {
    let has = |file| has(disk, root, file);
    if has("bun.lock") || has("bun.lockb") {
        Some(PackageManager::Bun)
    } else if has("yarn.lock") || has(".yarnrc.yml") {
        Some(yarn(disk, root))
    } else if has("package-lock.json") || has("npm-shrinkwrap.json") {
        Some(PackageManager::Npm)
    } else {
        has("pnpm-lock.yaml").then_some(PackageManager::Pnpm)
    }
}

/// Which Yarn: the lockfile of the later ones has a `__metadata` entry, and their settings are in `.yarnrc.yml`.
fn yarn(disk: &dyn Disk, root: &Path) -> PackageManager {
    let lock = disk.read(&root.join("yarn.lock")).unwrap_or_default();
    let text = String::from_utf8_lossy(&lock);
    let berry = text.lines().any(|line| line.starts_with("__metadata:"))
        || (!text.contains("# yarn lockfile v1") && has(disk, root, ".yarnrc.yml"));
    if berry { PackageManager::YarnBerry } else { PackageManager::YarnClassic }
}
