//! Yarn 2 and later: `workspaces` of the root and of every member, globbed by fast-glob (`Workspace.setup`).

use std::collections::BTreeSet;

use super::{
    glob::{Alternative, Dialect, Links, Pattern, Walk},
    manifest::{self, Document},
    package::ROOT,
    project::Project,
};
use crate::disk::Kind;

const IGNORED: [&str; 3] = ["**/node_modules", "**/.git", "**/.yarn"];

/// The members of the root, and theirs in turn.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let mut found = BTreeSet::from([ROOT.to_owned()]);
    let mut pending = vec![ROOT.to_owned()];
    while let Some(dir) = pending.pop() {
        let Some(document) = project.manifest(&dir, manifest::BERRY).cloned() else { continue };
        for child in children(project, &dir, &document) {
            let child = project.tidy(format!("{dir}/{child}"));
            let manifest = manifest::absolute(project.root, &child).join("package.json");
            if !found.contains(&child) && project.disk.kind(&manifest) == Some(Kind::File) {
                found.insert(child.clone());
                pending.push(child);
            }
        }
    }
    found.into_iter().collect()
}

/// The patterns of a member's own `workspaces`, and what they leave out. Negations subtract wherever they stand.
fn sort_out(project: &mut Project, document: &Document) -> (Vec<Alternative>, Unwanted) {
    let (mut wanted, mut unwanted) = (Vec::new(), Unwanted::default());
    for written in project.workspaces(document).iter().filter(|text| !text.is_empty()) {
        let inner = written.strip_prefix('!').filter(|inner| !inner.starts_with('('));
        let text = inner.map_or(written.as_str(), without_marks);
        let marks = inner.map_or(0, |inner| inner.len() - text.len());
        let slash = if text.ends_with('/') { "/" } else { "" };
        let text = format!("{}{slash}", project.relative_pattern(text));
        let Some(pattern) = project.pattern(document, written, &text, Dialect::FastGlob, false) else {
            continue;
        };
        if inner.is_some() {
            unwanted.add(&text, pattern, marks % 2 == 1);
        } else {
            wanted.extend(pattern.alternatives);
        }
    }
    for text in IGNORED {
        if let Some(pattern) = Pattern::parse(text, Dialect::FastGlob, false) {
            unwanted.add(text, pattern, false);
        }
    }
    (wanted, unwanted)
}

/// The folders that a member's own `workspaces` name, relative to it.
fn children(project: &mut Project, dir: &str, document: &Document) -> BTreeSet<String> {
    let (wanted, unwanted) = sort_out(project, document);
    let root = manifest::absolute(project.root, dir);
    let own = Walk::new(project.disk, &root);
    let walk = if dir == ROOT { &project.walk } else { &own };
    // One pattern that begins with a wildcard, and all that have one are read from the top.
    let from_top = wanted.iter().any(|pattern| !pattern.is_plain() && pattern.plain_names().is_empty());
    let mut found = BTreeSet::new();
    for pattern in &wanted {
        let start = if from_top && !pattern.is_plain() { 0 } else { pattern.plain_names().len() };
        let mut folders = walk.expand(pattern, Links::Followed, &|dir| unwanted.prunes(dir));
        if pattern.ends_in_empty() {
            let above = pattern.without_last();
            folders.extend(walk.expand(&above, Links::Followed, &|dir| unwanted.prunes(dir)));
        }
        // What reading starts from is never found, and never pruned.
        let inside = |dir: &&String| pattern.is_plain() || depth(dir) > start;
        let pruned = |dir: &String| {
            let mut above = dir.match_indices('/').map(|(end, _)| &dir[..end]);
            above.any(|dir| depth(dir) > start && unwanted.prunes(dir)) && !pattern.is_plain()
        };
        found.extend(
            folders.iter().filter(inside).filter(|dir| !unwanted.drops(dir) && !pruned(dir)).cloned(),
        );
    }
    found
}

/// A pattern without the exclamation marks that it begins with, save the one of an extglob.
fn without_marks(text: &str) -> &str {
    let bare = text.trim_start_matches('!');
    if bare.starts_with('(') && bare.len() < text.len() { &text[text.len() - bare.len() - 1..] } else { bare }
}

/// How many folders down a path leads.
fn depth(dir: &str) -> usize {
    dir.split('/').filter(|name| *name != ROOT).count()
}

/// What fast-glob leaves out, and what it does not even enter.
#[derive(Default)]
struct Unwanted {
    dropped: Vec<Negation>,
    pruned: Vec<Negation>,
}

/// A pattern that a folder must not match, or, negated twice, must match.
struct Negation {
    pattern: Alternative,
    twice: bool,
    /// Whether the pattern matches with a slash behind it too. fast-glob tries a folder both ways, and one that a
    /// doubly negated pattern does not match in both is left out.
    lenient: bool,
}

impl Unwanted {
    /// Only what ends in a plain name or in `**` prunes.
    fn add(&mut self, text: &str, plain: Pattern, twice: bool) {
        let prunes = |pattern: &Alternative| pattern.ends_in_globstar() || pattern.ends_in_name();
        let lenient = text.ends_with(['*', ']']);
        let negation = |pattern| Negation { pattern, twice, lenient };
        self.pruned.extend(plain.alternatives.into_iter().filter(prunes).map(negation));
        // Wildcards of a negation match names that begin with a dot.
        let dotted = Pattern::parse(text, Dialect::FastGlob, true);
        self.dropped.extend(dotted.into_iter().flat_map(|pattern| pattern.alternatives).map(negation));
    }

    fn drops(&self, dir: &str) -> bool {
        let slashed = format!("{dir}/");
        self.dropped.iter().any(|negation| negation.holds(&slashed))
    }

    fn prunes(&self, dir: &str) -> bool {
        self.pruned.iter().any(|negation| negation.holds(dir))
    }
}

impl Negation {
    fn holds(&self, dir: &str) -> bool {
        if self.twice { !(self.lenient && self.pattern.matches(dir)) } else { self.pattern.matches(dir) }
    }
}
