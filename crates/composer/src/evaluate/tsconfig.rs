//! The aliases of a `tsconfig.json`: `paths`, `baseUrl`, `extends` (TypeScript, "`TSConfig` Reference").

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::json::{self, Dialect};
use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, Kind},
    path::{join, relative},
    source::Source,
    value::{Object, Value, ValueKind},
};

/// Configurations that extend one another, at most.
const LONGEST_CHAIN: usize = 32;

/// What non-relative specifiers may mean.
#[derive(Debug, Default, Clone)]
pub(super) struct Aliases {
    base: Option<PathBuf>,
    paths: Vec<(String, Vec<PathBuf>)>,
}

impl Aliases {
    /// The paths that a specifier may mean, in order.
    pub(super) fn candidates(&self, specifier: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        if let Some((star, targets)) = self.best(specifier) {
            found.extend(targets.iter().map(|target| substitute(target, star)));
        }
        found.extend(self.base.iter().map(|base| join(base, specifier)));
        found
    }

    /// An exact pattern, else the one with the longest text before its star.
    fn best<'s>(&self, specifier: &'s str) -> Option<(&'s str, &[PathBuf])> {
        let matching = self.paths.iter().filter_map(|(pattern, targets)| match pattern.split_once('*') {
            None => (pattern == specifier).then_some((usize::MAX, "", targets.as_slice())),
            Some((before, after)) => {
                let star = specifier.strip_prefix(before)?.strip_suffix(after)?;
                Some((before.len(), star, targets.as_slice()))
            }
        });
        matching.max_by_key(|&(length, ..)| length).map(|(_, star, targets)| (star, targets))
    }
}

/// Reads a configuration and what it extends. One that only refers to others gives the first that has aliases. Files that
/// do not parse have none, and are a problem for whoever looks for an alias.
pub(super) fn read(
    disk: &dyn Disk,
    root: &Path,
    file: &Path,
    problems: &RefCell<Vec<Diagnostic>>,
) -> Option<Aliases> {
    let reader = Reader { disk, root, problems };
    let config = reader.read(file)?;
    let dir = file.parent()?;
    let aliases = reader.aliases(&config, dir, LONGEST_CHAIN);
    if !aliases.paths.is_empty() {
        return Some(aliases);
    }
    let referred = reader
        .references(&config, dir)
        .into_iter()
        .find_map(|file| reader.aliases_of(&file, LONGEST_CHAIN).filter(|aliases| !aliases.paths.is_empty()));
    referred.or(Some(aliases))
}

struct Reader<'d> {
    disk: &'d dyn Disk,
    root: &'d Path,
    problems: &'d RefCell<Vec<Diagnostic>>,
}

impl Reader<'_> {
    fn read(&self, file: &Path) -> Option<Object> {
        let content = self.disk.read(file).ok()?;
        let text = str::from_utf8(&content).ok()?;
        let source = Arc::new(Source::new(relative(self.root, file), text));
        json::members(&source, Dialect::Relaxed, &["extends", "compilerOptions", "references"])
            .map_err(|problem| self.problems.borrow_mut().push(problem))
            .ok()?
    }

    fn aliases_of(&self, file: &Path, chain: usize) -> Option<Aliases> {
        Some(self.aliases(&self.read(file)?, file.parent()?, chain))
    }

    fn aliases(&self, config: &Object, dir: &Path, chain: usize) -> Aliases {
        let mut aliases = Aliases::default();
        if chain > 0 {
            for base in self.extended(config, dir) {
                if let Some(inherited) = self.aliases_of(&base, chain - 1) {
                    aliases.base = inherited.base.or(aliases.base);
                    if !inherited.paths.is_empty() {
                        aliases.paths = inherited.paths;
                    }
                }
            }
        }
        own(config, dir, &mut aliases);
        aliases
    }

    /// The files that `extends` names: a path, or a file of a package.
    fn extended(&self, config: &Object, dir: &Path) -> Vec<PathBuf> {
        let names = match config.get("extends").map(|property| &property.value.kind) {
            Some(ValueKind::String(name)) => vec![name.as_str()],
            Some(ValueKind::Array(names)) => names.iter().filter_map(Value::text).collect(),
            _ => Vec::new(),
        };
        names.into_iter().filter_map(|name| self.find(dir, name)).collect()
    }

    fn find(&self, dir: &Path, name: &str) -> Option<PathBuf> {
        if name.starts_with('.') || name.starts_with('/') {
            let path = if name.starts_with('/') { PathBuf::from(name) } else { join(dir, name) };
            return self.config(&path);
        }
        let mut at = Some(dir);
        while let Some(dir) = at {
            let path = join(&dir.join("node_modules"), name);
            if let Some(file) = self.config(&path).or_else(|| self.config(&path.join("tsconfig.json"))) {
                return Some(file);
            }
            at = if dir == self.root { None } else { dir.parent() };
        }
        None
    }

    fn config(&self, path: &Path) -> Option<PathBuf> {
        let mut longer = path.as_os_str().to_owned();
        longer.push(".json");
        [path.to_path_buf(), PathBuf::from(longer)]
            .into_iter()
            .find(|path| self.disk.kind(path) == Some(Kind::File))
    }

    fn references(&self, config: &Object, dir: &Path) -> Vec<PathBuf> {
        let Some(ValueKind::Array(references)) = config.get("references").map(|it| &it.value.kind) else {
            return Vec::new();
        };
        references
            .iter()
            .filter_map(|reference| match &reference.kind {
                ValueKind::Object(reference) => reference.text("path").map(|path| join(dir, path)),
                _ => None,
            })
            .filter_map(|path| self.config(&path).or_else(|| self.config(&path.join("tsconfig.json"))))
            .collect()
    }
}

fn own(config: &Object, dir: &Path, aliases: &mut Aliases) {
    let Some(ValueKind::Object(options)) = config.get("compilerOptions").map(|it| &it.value.kind) else {
        return;
    };
    if let Some(base) = options.text("baseUrl") {
        aliases.base = Some(join(dir, base.trim_start_matches("${configDir}/")));
    }
    let Some(ValueKind::Object(paths)) = options.get("paths").map(|it| &it.value.kind) else { return };
    let base = aliases.base.clone().unwrap_or_else(|| dir.to_path_buf());
    aliases.paths = paths
        .0
        .iter()
        .map(|(pattern, property)| {
            let targets = match &property.value.kind {
                ValueKind::Array(targets) => targets.iter().filter_map(Value::text).collect(),
                _ => Vec::new(),
            };
            let absolute = |target: &str| match target.strip_prefix("${configDir}/") {
                Some(rest) => join(dir, rest),
                None => join(&base, target),
            };
            (pattern.clone(), targets.into_iter().map(absolute).collect())
        })
        .collect();
}

fn substitute(target: &Path, star: &str) -> PathBuf {
    PathBuf::from(target.to_string_lossy().replacen('*', star, 1))
}
