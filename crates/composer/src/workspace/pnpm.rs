//! pnpm: `pnpm-workspace.yaml`, globbed by tinyglobby (`@pnpm/fs.find-packages`).

use super::{
    glob::{Alternative, Dialect, Links, Pattern},
    manifest::{self, Document, Notation},
    package::ROOT,
    project::Project,
};
use crate::messages::workspace as messages;

/// What pnpm never enters. A folder under a hidden one is entered: these patterns do not match dots.
const IGNORED: [&str; 2] = ["**/node_modules/**", "**/bower_components/**"];

/// Negations subtract wherever they stand; without `packages` the root is alone.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(file) = project.file("pnpm-workspace.yaml", Notation::Yaml) else {
        report_unread_workspaces(project);
        return Vec::new();
    };
    let Some(list) = file.field("packages").filter(|list| !list.is_null()) else {
        return Vec::new();
    };
    let written = project.patterns(&file, "packages", list);
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    for text in &written {
        match negated(text) {
            Negation::None => wanted.extend(pattern(project, &file, text, text)),
            Negation::Once(inner) => unwanted.extend(pattern(project, &file, text, inner)),
            Negation::Twice => {}
        }
    }
    let ignored: Vec<Pattern> =
        IGNORED.iter().filter_map(|text| Pattern::parse(text, Dialect::Picomatch, false)).collect();
    let pruned = |dir: &str| ignored.iter().any(|pattern| pattern.matches(dir));
    let start = common_folder(&wanted);
    let may_be_pruned = |dir: &str| ignored.iter().any(|pattern| pattern.may_match_above(dir));
    let is_entered = |dir: &str| {
        !may_be_pruned(dir) || !ancestors(dir).any(|above| above.len() > start.len() && pruned(above))
    };
    let mut members = Vec::new();
    for by in &wanted {
        // Whichever pattern tinyglobby crawls by: nearly always the one that finds the folder.
        let is_crawled = |dir: &str| by.crawls(dir) || wanted.iter().any(|pattern| pattern.crawls(dir));
        let is_member = |dir: &String| {
            is_crawled(dir) && is_entered(dir) && !unwanted.iter().any(|pattern| pattern.matches(dir))
        };
        let patterns = by.alternatives.iter();
        let found = patterns.flat_map(|pattern| project.walk.expand(pattern, Links::Followed, &pruned));
        members.extend(found.filter(is_member).map(|dir| project.tidy(dir)));
    }
    members
}

/// Says that pnpm does not read `workspaces`, where they stand without the file that it does read.
fn report_unread_workspaces(project: &mut Project) {
    let present = project.disk.kind(&project.root.join("pnpm-workspace.yaml")).is_some();
    let origin = project.manifest(ROOT, manifest::PNPM).map(|root| root.origin_of("workspaces"));
    if let Some(origin) = origin.filter(|_| !present) {
        project.diagnostics.push(messages::workspaces_ignored(&origin));
    }
}

/// The folder that tinyglobby crawls from: the longest path that all patterns begin with.
fn common_folder(wanted: &[Pattern]) -> String {
    let plain = wanted.iter().flat_map(|pattern| &pattern.alternatives).map(Alternative::plain_names);
    let common = plain.reduce(|common, names| {
        common.into_iter().zip(names).take_while(|(a, b)| a == b).map(|(name, _)| name).collect()
    });
    common.unwrap_or_default().join("/")
}

/// The folders above a folder.
fn ancestors(dir: &str) -> impl Iterator<Item = &str> {
    dir.match_indices('/').map(|(end, _)| &dir[..end])
}

/// A folder's pattern; the manifests in it are looked for by name.
fn pattern(project: &mut Project, file: &Document, written: &str, text: &str) -> Option<Pattern> {
    // The manifest's own name follows in pnpm's pattern, so that no segment of the author's is the last.
    let text = format!("{}/package.json", project.relative_pattern(text));
    let mut pattern = project.pattern(file, written, &text, Dialect::Picomatch, false)?;
    pattern.alternatives.iter_mut().for_each(Alternative::pop);
    Some(pattern)
}

enum Negation<'a> {
    None,
    Once(&'a str),
    /// tinyglobby drops what is negated twice.
    Twice,
}

/// How tinyglobby reads the exclamation marks that a pattern begins with; `!(…)` is an extglob.
fn negated(text: &str) -> Negation<'_> {
    let mark = |text: &str| text.starts_with('!') && !text.starts_with("!(");
    match text.strip_prefix('!') {
        Some(inner) if mark(text) && mark(inner) => Negation::Twice,
        Some(inner) if mark(text) => Negation::Once(inner),
        _ => Negation::None,
    }
}
