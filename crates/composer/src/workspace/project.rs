//! A root on its way to a workspace: what every tool's rules need at hand.

use std::{
    collections::BTreeMap,
    path::{Component, Path},
};

use serde_json::Value;

use super::{
    glob::{Dialect, Pattern, Walk},
    manifest::{self, Document, Notation, Reading, Rules},
    package::{Package, PackageManager, ROOT},
};
use crate::{diagnostic::Diagnostic, disk::Disk, messages::workspace as messages, source::Origin, threads};

/// Manifests that a thread has to have for its start to pay: each takes some microseconds.
const SHARE: usize = 128;

pub(super) struct Project<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) root: &'a Path,
    metadata_key: &'a str,
    pub(super) walk: Walk<'a>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was read on the way to the members, and what came of it; a broken manifest is reported once.
    read: BTreeMap<String, Option<Document>>,
}

impl<'a> Project<'a> {
    pub(super) fn new(disk: &'a dyn Disk, root: &'a Path, metadata_key: &'a str) -> Self {
        let walk = Walk::new(disk, root);
        Self { disk, root, metadata_key, walk, diagnostics: Vec::new(), read: BTreeMap::new() }
    }

    /// The manifest of a folder; none if it is absent or broken.
    pub(super) fn manifest(&mut self, dir: &str, rules: Rules) -> Option<&Document> {
        if !self.read.contains_key(dir) {
            let reading = manifest::read(self.disk, self.root, dir, rules, self.metadata_key);
            let document = self.document(reading);
            self.read.insert(dir.to_owned(), document);
        }
        self.read.get(dir)?.as_ref()
    }

    /// A workspace file in the root; none if it is absent or broken.
    pub(super) fn file(&mut self, name: &str, notation: Notation) -> Option<Document> {
        let reading = manifest::read_document(self.disk, self.root, name, notation);
        self.document(reading)
    }

    fn document(&mut self, reading: Reading) -> Option<Document> {
        match reading {
            Reading::Absent => None,
            Reading::Broken(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
            Reading::Read(document) => Some(document),
        }
    }

    /// The packages in folders that a tool counts.
    pub(super) fn packages(&mut self, manager: PackageManager, dirs: &[String]) -> Vec<Package> {
        let (disk, root, key) = (self.disk, self.root, self.metadata_key);
        let known = &self.read;
        let read = threads::map(dirs, SHARE, |dir| match known.get(dir) {
            Some(document) => document.clone().map(|document| Ok(document.into_package(dir.clone(), key))),
            None => match manifest::read(disk, root, dir, rules(manager), key) {
                Reading::Absent => None,
                Reading::Broken(diagnostic) => Some(Err(diagnostic)),
                Reading::Read(document) => Some(Ok(document.into_package(dir.clone(), key))),
            },
        });
        let mut packages = Vec::with_capacity(read.len());
        for package in read.into_iter().flatten() {
            match package {
                Ok(package) => packages.extend(self.package(manager, package)),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        packages
    }

    /// A package, if a tool counts it.
    fn package(&mut self, manager: PackageManager, package: Package) -> Option<Package> {
        if let Some(field) = missing_identity(manager, &package) {
            let origin = Origin::file(&package.manifest);
            self.diagnostics.push(messages::member_without_identity(&origin, field, manager.name()));
            return None;
        }
        Some(package)
    }

    /// Reports members of one name, where the tool refuses them.
    pub(super) fn report_duplicates(&mut self, manager: PackageManager, packages: &[Package]) {
        if matches!(manager, PackageManager::Pnpm | PackageManager::None) {
            return;
        }
        let mut first: BTreeMap<&str, &Package> = BTreeMap::new();
        for package in packages.iter().filter(|package| package.dir != ROOT) {
            let Some(name) = package.name.as_deref().filter(|name| !name.is_empty()) else { continue };
            let Some(earlier) = first.get(name) else {
                first.insert(name, package);
                continue;
            };
            let (earlier, later) = (name_origin(earlier), name_origin(package));
            self.diagnostics.push(messages::duplicate_package(name, manager.name(), &earlier, &later));
        }
    }

    /// The patterns that a field holds: each string of a list. Anything else is reported.
    pub(super) fn patterns(&mut self, document: &Document, field: &str, list: &Value) -> Vec<String> {
        let Some(items) = list.as_array() else {
            let origin = document.origin_of(field);
            self.diagnostics.push(messages::invalid_workspaces(
                &origin,
                &format!("`{field}`"),
                "a list of patterns",
            ));
            return Vec::new();
        };
        let mut patterns = Vec::new();
        for item in items {
            if let Some(pattern) = item.as_str().filter(|pattern| !pattern.is_empty()) {
                patterns.push(pattern.to_owned());
                continue;
            }
            let (origin, what) = (document.origin_of(field), format!("Every item of `{field}`"));
            self.diagnostics.push(messages::invalid_workspaces(&origin, &what, "a pattern, a string"));
        }
        patterns
    }

    /// The patterns in the field `workspaces` of a manifest: a list, or a list under `packages`.
    pub(super) fn workspaces(&mut self, document: &Document) -> Vec<String> {
        let Some(workspaces) = document.field("workspaces") else { return Vec::new() };
        let list = workspaces.get("packages").filter(|_| workspaces.is_object());
        if list.is_none() && workspaces.get("nohoist").is_some() {
            return Vec::new();
        }
        self.patterns(document, "workspaces", list.unwrap_or(workspaces))
    }

    /// Reads a pattern, or reports that it stands for too much. `written` is its text in the document.
    pub(super) fn pattern(
        &mut self,
        document: &Document,
        written: &str,
        pattern: &str,
        dialect: Dialect,
        dot: bool,
    ) -> Option<Pattern> {
        let parsed = Pattern::parse(pattern, dialect, dot);
        if parsed.is_none() {
            self.diagnostics.push(messages::pattern_too_complex(&document.origin_of(written)));
        }
        parsed
    }

    /// A path without `.` and `..`, relative to the root again.
    pub(super) fn tidy(&self, path: String) -> String {
        if path.as_bytes().split(|&byte| byte == b'/').all(|name| !matches!(name, b"" | b"." | b"..")) {
            return path;
        }
        let root: Vec<String> = self.root.components().filter_map(name).collect();
        let mut names = root.clone();
        for name in path.split('/').filter(|name| !name.is_empty() && *name != ".") {
            match name {
                ".." => drop(names.pop()),
                _ => names.push(name.to_owned()),
            }
        }
        let shared = root.iter().zip(&names).take_while(|(a, b)| a == b).count();
        let up = root[shared..].iter().map(|_| "..");
        let parts: Vec<&str> = up.chain(names[shared..].iter().map(String::as_str)).collect();
        if parts.is_empty() { ROOT.to_owned() } else { parts.join("/") }
    }

    /// A pattern without doubled slashes; one that begins at the root of the file system begins at this root instead.
    pub(super) fn relative_pattern(&self, pattern: &str) -> String {
        let names = pattern.split('/').filter(|name| !name.is_empty());
        let path = names.collect::<Vec<_>>().join("/");
        if !pattern.starts_with('/') {
            return path;
        }
        let root: Vec<String> = self.root.components().filter_map(name).collect();
        match path.strip_prefix(&root.join("/")).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest.to_owned(),
            None => format!("{}{path}", "../".repeat(root.len())),
        }
    }
}

/// The field for lack of which a tool passes over a member.
fn missing_identity(manager: PackageManager, package: &Package) -> Option<&'static str> {
    let empty = |field: &Option<String>| field.as_deref().is_none_or(str::is_empty);
    match manager {
        _ if package.dir == ROOT => None,
        PackageManager::YarnClassic | PackageManager::Bun if empty(&package.name) => Some("name"),
        PackageManager::YarnClassic if empty(&package.version) => Some("version"),
        _ => None,
    }
}

/// How a tool reads the manifests of its members.
fn rules(manager: PackageManager) -> Rules {
    match manager {
        PackageManager::Pnpm => manifest::PNPM,
        PackageManager::YarnBerry => manifest::BERRY,
        PackageManager::Bun => manifest::BUN,
        _ => manifest::STRICT,
    }
}

fn name(component: Component) -> Option<String> {
    match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    }
}

fn name_origin(package: &Package) -> Origin {
    let source = &package.manifest;
    let quoted = Value::from(package.name.as_deref().unwrap_or_default()).to_string();
    let start = source.text.find(&quoted).unwrap_or_default();
    let end = if start == 0 { 0 } else { start + quoted.len() };
    Origin::new(source, crate::source::Span::new(start as u32, end as u32))
}
