//! What the tarball of a published plugin has to hold: the configuration that its tag leads to, and whatever that imports by
//! relative paths. What a tarball does hold is said by the tool that packs it.

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeSet, VecDeque},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, Kind},
    evaluate::{self, ReadOptions},
    manifest,
    messages::packing::{self as messages, Need, Needed},
    path::{normal, relative},
    source::{Origin, Source},
    tag::{self, Offer},
    value::{Value, ValueKind},
    workspace::{self, Package, Workspace},
};

/// A plugin package of the workspace, and whether it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The package's name, or its folder where it has none.
    pub package: String,
    /// Its folder, relative to the workspace root.
    pub dir: String,
    /// Why its tarball says nothing: "it is private".
    pub skipped: Option<String>,
}

/// A tarball, as the tool that would make it describes it.
#[derive(Debug, Clone)]
pub struct Tarball {
    /// The package's folder, relative to the workspace root.
    pub dir: String,
    /// The files, relative to the package, `/`-separated; or why there can be no tarball.
    pub files: Result<BTreeSet<String>, String>,
}

/// The plugin packages of a workspace, by folder.
pub(crate) fn publications(disk: &dyn Disk, root: &Path, key: &str) -> Vec<Publication> {
    let (workspace, _) = workspace::discover(disk, root, key);
    let publication = |package: &Package| {
        let offer = tag::offer(package, key)?;
        Some(Publication {
            package: name(package),
            dir: package.dir.clone(),
            skipped: skipped(&offer, manifest_of(package).as_ref()),
        })
    };
    workspace.packages.iter().filter_map(publication).collect()
}

/// What is wrong with tarballs. Those of packages that are no plugins have nothing to hold.
pub(crate) fn check(disk: &dyn Disk, root: &Path, key: &str, tarballs: &[Tarball]) -> Vec<Diagnostic> {
    let (workspace, _) = workspace::discover(disk, root, key);
    let of_tarball = |tarball: &Tarball| {
        let package = workspace.at(&tarball.dir)?;
        let offer = tag::offer(package, key)?;
        Some(match &tarball.files {
            Ok(files) => Check::new(disk, &workspace, package, &offer, files).run(),
            Err(reason) => vec![messages::unpackable(&name(package), &offer.origin, reason)],
        })
    };
    tarballs.iter().filter_map(of_tarball).flatten().collect()
}

fn name(package: &Package) -> String {
    package.name.clone().unwrap_or_else(|| package.dir.clone())
}

fn manifest_of(package: &Package) -> Option<Value> {
    evaluate::json(&package.manifest).ok()
}

fn skipped(offer: &Offer, manifest: Option<&Value>) -> Option<String> {
    let field = |name: &str| Some(&manifest?.property(name)?.value);
    if field("private").is_some_and(|private| matches!(private.kind, ValueKind::Bool(true))) {
        return Some("it is private".into());
    }
    if !offer.enabled {
        return Some("its tag turns it off".into());
    }
    // pnpm's: the folder's own package.json is the one that is published.
    let folder = field("publishConfig")?.property("directory")?.value.text()?;
    Some(format!("its folder `{folder}` is published in its place"))
}

/// A file that another one needs.
struct Reference {
    /// Where it is named.
    origin: Origin,
    /// The file, relative to the package.
    target: String,
}

/// One tarball, against what the plugin in it needs.
struct Check<'a> {
    disk: &'a dyn Disk,
    workspace: &'a Workspace,
    package: String,
    folder: PathBuf,
    offer: &'a Offer,
    packed: &'a BTreeSet<String>,
    /// `files` of the package.json.
    files: Option<Origin>,
    found: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn new(
        disk: &'a dyn Disk,
        workspace: &'a Workspace,
        package: &'a Package,
        offer: &'a Offer,
        packed: &'a BTreeSet<String>,
    ) -> Self {
        let manifest = manifest_of(package);
        let files = manifest.and_then(|manifest| Some(manifest.property("files")?.whole.clone()));
        let folder = normal(&workspace.absolute(package));
        Self { disk, workspace, package: name(package), folder, offer, packed, files, found: Vec::new() }
    }

    fn run(mut self) -> Vec<Diagnostic> {
        let Some(config) = self.config() else { return self.found };
        let mut waiting = self.components(&config);
        waiting.extend(self.imports(&config));
        let mut seen = BTreeSet::from([config]);
        while let Some(Reference { origin, target }) = waiting.pop_front() {
            if seen.insert(target.clone()) && self.is_packed(&target, Need::Import(&origin)) {
                waiting.extend(self.imports(&target));
            }
        }
        self.found
    }

    /// The configuration that whoever installs the tarball reads, if it is in there.
    fn config(&mut self) -> Option<String> {
        let offer = self.offer;
        if let Some(named) = &offer.built {
            return self.is_packed(named, Need::Tag).then(|| named.clone());
        }
        if let Some(file) = offer.candidates.iter().find(|file| self.packed.contains(*file)) {
            return Some(file.clone());
        }
        // What is nowhere on the disk has been reported as such.
        let there = offer.candidates.iter().find(|file| self.is_there(&self.folder.join(file)))?;
        self.is_packed(there, Need::Tag).then(|| there.clone())
    }

    /// What a file of the tarball imports by relative paths.
    fn imports(&self, file: &str) -> VecDeque<Reference> {
        let path = self.folder.join(file);
        let Ok(content) = self.disk.read(&path) else { return VecDeque::new() };
        let shown = relative(&self.workspace.root, &path);
        let source = Arc::new(Source::new(shown, String::from_utf8_lossy(&content)));
        let sites = evaluate::imports(&path, &source.text).into_iter();
        sites.filter_map(|site| self.reference(Origin::new(&source, site.span), &site.specifier)).collect()
    }

    /// The modules that the configuration names by strings, as one in JSON does.
    fn components(&self, config: &str) -> VecDeque<Reference> {
        let options = ReadOptions::default();
        let module = evaluate::evaluate(self.disk, self.workspace, &options, &self.folder.join(config));
        let Some(config) = module.exports.get("default") else { return VecDeque::new() };
        let named = manifest::named_modules(&mut manifest::read(config).0).into_iter();
        named.filter_map(|(origin, specifier)| self.reference(origin, &specifier)).collect()
    }

    /// A reference by a relative path. Packages are whoever installs the plugin's to find.
    fn reference(&self, origin: Origin, specifier: &str) -> Option<Reference> {
        let from = self.workspace.root.join(&origin.source.path);
        let target = is_relative(specifier).then(|| self.resolve(&from, specifier))?;
        Some(Reference { origin, target: relative(&self.folder, &target) })
    }

    /// The file that a relative specifier means, by the rules of bundlers; where there is none, the path as it is written.
    fn resolve(&self, from: &Path, specifier: &str) -> PathBuf {
        let written = specifier.split(['?', '#']).next().unwrap_or(specifier);
        let path = normal(&from.parent().unwrap_or(from).join(written));
        evaluate::probe(self.disk, self.workspace, &path).unwrap_or(path)
    }

    /// Whether a file is in the tarball. One that is not is reported.
    fn is_packed(&mut self, file: &str, need: Need<'_>) -> bool {
        if self.packed.contains(file) {
            return true;
        }
        let is_there = self.is_there(&self.folder.join(file));
        let needed = Needed {
            package: &self.package,
            file,
            need,
            tag: &self.offer.origin,
            files: self.files.as_ref(),
        };
        self.found.push(match (is_there, file.starts_with("../")) {
            (_, true) => messages::outside_of_package(&needed),
            (true, false) => messages::not_packed(&needed),
            (false, false) => messages::not_built(&needed),
        });
        false
    }

    fn is_there(&self, path: &Path) -> bool {
        self.disk.kind(path) == Some(Kind::File)
    }
}

fn is_relative(specifier: &str) -> bool {
    specifier.starts_with("./") || specifier.starts_with("../") || matches!(specifier, "." | "..")
}
