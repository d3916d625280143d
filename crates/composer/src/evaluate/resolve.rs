//! Specifier → file: relative paths, tsconfig `paths`, package `imports`, and workspace members by their source.
//!
//! The rules are those of bundlers: TypeScript's `paths` and extension substitution, Node's `exports` and `imports`.
//! Whatever lies outside the workspace is an external package and never followed.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    exports,
    json::{self, Dialect},
    places::Places,
    tsconfig::{self, Aliases},
};
use crate::{
    diagnostic::Diagnostic,
    disk::{self, Disk, Kind},
    maps::HashMap,
    messages::{did_you_mean, in_other_letters, reading as messages},
    path::{join, relative},
    source::{Origin, Source},
    value::{Object, ValueKind},
    workspace::{Package, Workspace, fields},
};

const SCRIPTS: [&str; 8] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];
/// What an import without an extension may mean, in this order.
const PROBED: [&str; 7] = ["ts", "tsx", "mts", "js", "jsx", "mjs", "json"];
/// Folders that hold what a build wrote.
const BUILT: [&str; 9] = ["dist", "build", "lib", "out", "output", "es", "esm", "cjs", "lib-esm"];

/// Where a specifier leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A module or a JSON file of the workspace.
    Module(PathBuf),
    /// Another file of the workspace: a style sheet, an image.
    Asset(PathBuf),
    /// A package from elsewhere.
    External,
    /// Nowhere.
    Missing(Tried),
}

/// Where nothing was found. Paths are relative to the workspace root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) paths: Vec<String>,
    /// A file whose path differs from one of them in the case of its letters.
    pub(super) similar: Option<String>,
    /// The name of a module beside the one that was looked for, if it is nearly the same: "Did you mean …?".
    pub(super) meant: Option<String>,
}

/// Resolves specifiers, and remembers what it read.
pub(super) struct Resolver<'a> {
    disk: &'a dyn Disk,
    workspace: &'a Workspace,
    aliases: HashMap<PathBuf, Option<Arc<Aliases>>>,
    manifests: HashMap<PathBuf, Option<Arc<Object>>>,
    /// The packages that the workspace was asked for.
    pub(super) packages: BTreeSet<String>,
    pub(super) places: Places<'a>,
    /// What is wrong with files that may declare aliases.
    problems: RefCell<Vec<Diagnostic>>,
}

/// The file that a path means in an import, by the rules of bundlers.
pub(crate) fn probe(disk: &dyn Disk, workspace: &Workspace, path: &Path) -> Option<PathBuf> {
    Resolver::new(disk, workspace).probe(path, &mut Vec::new())
}

impl<'a> Resolver<'a> {
    pub(super) fn new(disk: &'a dyn Disk, workspace: &'a Workspace) -> Self {
        Self {
            disk,
            workspace,
            aliases: HashMap::default(),
            manifests: HashMap::default(),
            packages: BTreeSet::new(),
            places: Places::new(disk, &workspace.root),
            problems: RefCell::default(),
        }
    }

    /// Why a specifier leads nowhere: what there is to say of it, then of files that may declare it.
    pub(super) fn missing(&self, origin: &Origin, specifier: &str, tried: &Tried) -> Vec<Diagnostic> {
        let missing = messages::unresolved_import(origin, specifier, &tried.paths, tried.meant.as_deref());
        let mut found = vec![in_other_letters(missing, tried.similar.as_deref())];
        found.extend(self.problems.borrow().iter().cloned());
        found
    }

    /// Where a specifier in a file leads.
    pub(super) fn resolve(&mut self, from: &Path, specifier: &str) -> Target {
        let dir = from.parent().unwrap_or(Path::new("/"));
        let (path, query) = match specifier.split_once('?') {
            Some((path, _)) => (path, true),
            None => (specifier, false),
        };
        let mut tried = Vec::new();
        let found = self.find(dir, path, &mut tried);
        match found {
            Some(file) if query || !is_module(&file) => Target::Asset(file),
            Some(file) => Target::Module(file),
            None if tried.is_empty() && !is_alias_like(path) => Target::External,
            None => Target::Missing(Tried {
                similar: self.similar(&tried),
                meant: self.meant(&tried),
                paths: tried.iter().map(|path| self.places.name(path)).collect(),
            }),
        }
    }

    fn find(&mut self, dir: &Path, path: &str, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        if path.is_empty() || path.contains('\0') {
            return None;
        }
        if path == "." || path == ".." || path.starts_with("./") || path.starts_with("../") {
            return self.probe(&join(dir, path), tried);
        }
        if path.starts_with('/') || path.contains(':') {
            return None; // A public file, `node:fs`, `virtual:x`, `https://…`: the bundler's own affair.
        }
        let mut aliased = Vec::new();
        if let Some(file) = self.alias(dir, path, &mut aliased) {
            return Some(file);
        }
        let found =
            if path.starts_with('#') { self.import(dir, path, tried) } else { self.member(dir, path, tried) };
        if found.is_none() && is_alias_like(path) {
            tried.extend(aliased);
        }
        found
    }

    /// A path with whatever extension or index file it leaves out.
    pub(super) fn probe(&self, path: &Path, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        if self.is_file(path, tried) {
            return Some(path.to_path_buf());
        }
        if let Some(source) = self.substitute(path, tried) {
            return Some(source);
        }
        let plain = path.with_file_name(path.file_name()?);
        let mut candidate = OsString::with_capacity(plain.as_os_str().len() + ".json".len());
        for extension in PROBED {
            candidate.clear();
            candidate.push(&plain);
            candidate.push(".");
            candidate.push(extension);
            if self.is_file(Path::new(&candidate), tried) {
                return Some(PathBuf::from(candidate));
            }
        }
        if self.disk.kind(path) != Some(Kind::Dir) {
            return None;
        }
        PROBED
            .iter()
            .map(|extension| path.join(format!("index.{extension}")))
            .find(|path| self.is_file(path, tried))
    }

    /// TypeScript's rule: `./x.js` may mean `x.ts`.
    fn substitute(&self, path: &Path, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        let sources: &[&str] = match path.extension()?.to_str()? {
            "js" | "jsx" => &["ts", "tsx"],
            "mjs" => &["mts"],
            "cjs" => &["cts"],
            _ => return None,
        };
        sources.iter().map(|source| path.with_extension(source)).find(|path| self.is_file(path, tried))
    }

    fn alias(&mut self, dir: &Path, path: &str, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        let aliases = self.aliases_at(dir)?;
        aliases.candidates(path).iter().find_map(|candidate| self.probe(candidate, tried))
    }

    /// The aliases of the nearest `tsconfig.json` or `jsconfig.json` at or above a folder.
    fn aliases_at(&mut self, dir: &Path) -> Option<Arc<Aliases>> {
        if let Some(aliases) = self.aliases.get(dir) {
            return aliases.clone();
        }
        let own = ["tsconfig.json", "jsconfig.json"]
            .iter()
            .map(|name| dir.join(name))
            .find(|path| self.disk.kind(path) == Some(Kind::File));
        let aliases = match own {
            Some(file) => {
                tsconfig::read(self.disk, &self.workspace.root, &file, &self.problems).map(Arc::new)
            }
            None if dir != self.workspace.root => dir.parent().and_then(|parent| self.aliases_at(parent)),
            None => None,
        };
        self.aliases.insert(dir.to_path_buf(), aliases.clone());
        aliases
    }

    /// `#x`, by the `imports` of the package that the file is in.
    fn import(&mut self, dir: &Path, path: &str, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        let (package, manifest) = self.package_at(dir)?;
        let table = manifest.get("imports")?;
        let target = exports::subpath(&table.value, path)?;
        if target.starts_with("./") {
            return self.source_of(&package, &target, tried);
        }
        (!target.starts_with('#')).then(|| self.member(&package, &target, tried)).flatten()
    }

    /// A package of the workspace, or a file of one, by its source.
    fn member(&mut self, dir: &Path, path: &str, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        let (name, rest) = package_name(path)?;
        self.packages.insert(name.to_owned());
        let (package, manifest) = match self.workspace.named(name) {
            Some(package) => {
                let dir = self.workspace.absolute(package);
                let real = self.disk.real_path(&dir).unwrap_or_else(|_| dir.clone());
                self.places.note(&dir, &real);
                let manifest = self.manifest(&real)?;
                (real, manifest)
            }
            None if self.scope(dir).as_deref() == Some(name) => self.package_at(dir)?,
            None => return None,
        };
        let subpath = if rest.is_empty() { ".".to_owned() } else { format!("./{rest}") };
        if rest.is_empty()
            && let Some(source) = manifest.text("source")
            && let Some(file) = self.probe(&join(&package, source), tried)
        {
            return Some(file);
        }
        if let Some(table) = manifest.get("exports") {
            let target = exports::subpath(&table.value, &subpath)?;
            return self.source_of(&package, &target, tried);
        }
        if !rest.is_empty() {
            return self.source_of(&package, &subpath, tried);
        }
        let entries = ["module", "main"].iter().filter_map(|field| manifest.text(field));
        entries.map(|entry| self.source_of(&package, entry, tried)).find(Option::is_some).flatten().or_else(
            || ["src/index", "index"].iter().find_map(|index| self.probe(&package.join(index), tried)),
        )
    }

    /// The source that a package's entry was built from, or the entry itself.
    fn source_of(&self, package: &Path, target: &str, tried: &mut Vec<PathBuf>) -> Option<PathBuf> {
        let target = target.trim_start_matches("./");
        let plain = strip_extension(target);
        let mut parts: Vec<&str> = plain.split('/').collect();
        if BUILT.contains(&parts[0]) && parts.len() > 1 {
            parts.remove(0);
            loop {
                let rest = parts.join("/");
                for candidate in [format!("src/{rest}"), rest] {
                    if let Some(file) = self.probe(&join(package, &candidate), tried) {
                        return Some(file);
                    }
                }
                if parts.len() < 2 {
                    break;
                }
                parts.remove(0);
            }
        }
        self.probe(&join(package, target), tried)
    }

    /// Notes what the files of a package are called, given one of them and where it really is.
    pub(super) fn note_package(&mut self, file: &Path, real: &Path) {
        if file != real
            && let Some((package, _)) = file.parent().and_then(|dir| self.package_at(dir))
        {
            self.places.note_file(&package, file, real);
        }
    }

    /// The name of the package that a folder is in. Most imports ask for no more of it, and of a member it is known.
    fn scope(&self, dir: &Path) -> Option<String> {
        for dir in dir.ancestors().take_while(|dir| dir.starts_with(&self.workspace.root)) {
            if let Some(package) = self.workspace_package(dir) {
                return package.name.clone();
            }
            if let Some([name]) = self.name_field(dir) {
                return name?.as_str().map(str::to_owned);
            }
        }
        None
    }

    /// The member that a folder is, if its manifest is a `package.json`.
    fn workspace_package(&self, dir: &Path) -> Option<&'a Package> {
        fn rank(dir: &str) -> (bool, &str) {
            (dir != ".", dir)
        }
        let dir = relative(&self.workspace.root, dir);
        let packages = &self.workspace.packages;
        let at = packages.binary_search_by(|package| rank(&package.dir).cmp(&rank(&dir))).ok()?;
        Some(&packages[at]).filter(|package| package.manifest.path.ends_with("package.json"))
    }

    /// What the `package.json` in a folder has of a name, if there is one.
    fn name_field(&self, dir: &Path) -> Option<[Option<serde_json::Value>; 1]> {
        let path = dir.join("package.json");
        let content = (self.disk.kind(&path) == Some(Kind::File)).then(|| self.disk.read(&path).ok())??;
        fields::read(str::from_utf8(&content).ok()?, ["name"])
    }

    /// The package that a folder is in.
    fn package_at(&mut self, dir: &Path) -> Option<(PathBuf, Arc<Object>)> {
        let mut at = Some(dir);
        while let Some(dir) = at.filter(|dir| dir.starts_with(&self.workspace.root)) {
            if let Some(manifest) = self.manifest(dir) {
                return Some((dir.to_path_buf(), manifest));
            }
            at = dir.parent();
        }
        None
    }

    fn manifest(&mut self, dir: &Path) -> Option<Arc<Object>> {
        if !self.manifests.contains_key(dir) {
            let manifest = read_object(self.disk, &dir.join("package.json"), Dialect::Strict).map(Arc::new);
            self.manifests.insert(dir.to_path_buf(), manifest);
        }
        self.manifests[dir].clone()
    }

    /// A file that another system would have found at one of these paths.
    fn similar(&self, tried: &[PathBuf]) -> Option<String> {
        let found = tried.iter().find_map(|path| disk::respelled(self.disk, &self.workspace.root, path));
        found.map(|file| self.places.name(&file))
    }

    /// What the author may have meant by the first of these paths: a module in the same folder.
    fn meant(&self, tried: &[PathBuf]) -> Option<String> {
        let path = tried.first()?;
        let entries = self.disk.list(path.parent()?).ok()?;
        let modules = entries.iter().filter(|entry| is_module(Path::new(&entry.name)));
        let names: BTreeSet<&str> = modules.map(|entry| strip_extension(&entry.name)).collect();
        did_you_mean(strip_extension(path.file_name()?.to_str()?), names.into_iter())
    }

    fn is_file(&self, path: &Path, tried: &mut Vec<PathBuf>) -> bool {
        let there = disk::is_file(self.disk, &self.workspace.root, path);
        if !there {
            tried.push(path.to_path_buf());
        }
        there
    }
}

/// The object that a JSON file holds.
pub(super) fn read_object(disk: &dyn Disk, path: &Path, dialect: Dialect) -> Option<Object> {
    if disk.kind(path) != Some(Kind::File) {
        return None;
    }
    let content = disk.read(path).ok()?;
    let text = str::from_utf8(&content).ok()?;
    let source = Arc::new(Source::new("", text));
    match json::read(&source, dialect).ok()?.kind {
        ValueKind::Object(object) => Some(object),
        _ => None,
    }
}

fn package_name(specifier: &str) -> Option<(&str, &str)> {
    let slash = if specifier.starts_with('@') {
        let scope = specifier.find('/')?;
        specifier[scope + 1..].find('/').map(|at| scope + 1 + at)
    } else {
        specifier.find('/')
    };
    let (name, rest) = slash.map_or((specifier, ""), |at| (&specifier[..at], &specifier[at + 1..]));
    (!name.is_empty()).then_some((name, rest))
}

/// Whether a specifier cannot be a package: `@/x`, `~/x`, `#x`.
fn is_alias_like(specifier: &str) -> bool {
    specifier.starts_with("@/") || specifier.starts_with('~') || specifier.starts_with('#')
}

fn is_module(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_declaration = || path.file_stem().is_some_and(|stem| stem.as_encoded_bytes().ends_with(b".d"));
    (SCRIPTS.contains(&extension) || extension == "json") && !(extension == "ts" && is_declaration())
}

fn strip_extension(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    for suffix in [".d.ts", ".d.mts", ".d.cts"] {
        if let Some(plain) = path.strip_suffix(suffix) {
            return plain;
        }
    }
    match path[name..].rsplit_once('.') {
        Some((stem, extension)) if SCRIPTS.contains(&extension) => &path[..name + stem.len()],
        _ => path,
    }
}
