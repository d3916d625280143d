//! Yarn 2 and later: `workspaces` of the root and of every member, globbed by fast-glob (`Workspace.setup`).

use std::collections::BTreeSet;

use super::{
    ROOT,
    glob::{Alternative, Dialect, Links, Pattern, Walk},
    manifest::{self, Document},
    project::Project,
};
use crate::disk::Kind;

const IGNORED: [&str; 3] = ["**/node_modules", "**/.git", "**/.yarn"];

/// The members of the root, and theirs in turn.
pub(super) fn members(project: &mut Project) -> BTreeSet<String> {
    let mut found = BTreeSet::from([ROOT.to_owned()]);
    let mut pending = vec![ROOT.to_owned()];
    while let Some(dir) = pending.pop() {
        let Some(document) = project.manifest(&dir, manifest::BERRY).cloned() else { continue };
        for child in children(project, &dir, &document) {
            let child = project.tidy(&format!("{dir}/{child}"));
            let manifest = manifest::absolute(project.root, &child).join("package.json");
            if !found.contains(&child) && project.disk.kind(&manifest) == Some(Kind::File) {
                found.insert(child.clone());
                pending.push(child);
            }
        }
    }
    found
}

/// The folders that a member's own `workspaces` name, relative to it. Negations subtract wherever they stand.
fn children(project: &mut Project, dir: &str, document: &Document) -> BTreeSet<String> {
    let (mut wanted, mut unwanted) = (Vec::new(), Unwanted::default());
    for written in project.workspaces(document).iter().filter(|text| !text.is_empty()) {
        let inner = written.strip_prefix('!').filter(|inner| !inner.starts_with('('));
        let text = inner.unwrap_or(written).trim_start_matches('!');
        let text = if inner.is_some() { text } else { written };
        let marks = inner.map_or(0, |inner| inner.len() - text.len());
        let text = project.relative_pattern(text);
        let Some(pattern) = project.pattern(document, written, &text, Dialect::FastGlob, false) else {
            continue;
        };
        if inner.is_some() {
            unwanted.add(&text, pattern, marks % 2 == 1, written.ends_with('/'));
        } else {
            wanted.extend(pattern.alternatives);
        }
    }
    for text in IGNORED {
        if let Some(pattern) = Pattern::parse(text, Dialect::FastGlob, false) {
            unwanted.add(text, pattern, false, false);
        }
    }
    let root = manifest::absolute(project.root, dir);
    let own = Walk::new(project.disk, &root);
    let walk = if dir == ROOT { &project.walk } else { &own };
    let expand = |pattern: &Alternative| {
        let base = pattern.base();
        let found = walk.expand(pattern, Links::Followed, &|dir| unwanted.prunes(dir));
        // Reading starts inside of the folder that the pattern begins with, and so never finds that folder.
        found.into_iter().filter(move |dir| base.as_deref() != Some(if dir == ROOT { "" } else { dir }))
    };
    wanted.iter().flat_map(expand).filter(|dir| !unwanted.drops(dir)).collect()
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
}

impl Unwanted {
    /// `slashed`: whether the author's pattern ends in a slash. Only what ends in a plain name or in `**` prunes.
    fn add(&mut self, text: &str, plain: Pattern, twice: bool, slashed: bool) {
        let prunes =
            |pattern: &Alternative| pattern.ends_in_globstar() || (pattern.ends_in_name() && !slashed);
        let negation = |pattern| Negation { pattern, twice };
        self.pruned.extend(plain.alternatives.into_iter().filter(prunes).map(negation));
        // Wildcards of a negation match names that begin with a dot.
        let dotted = Pattern::parse(text, Dialect::FastGlob, true);
        self.dropped.extend(dotted.into_iter().flat_map(|pattern| pattern.alternatives).map(negation));
    }

    fn drops(&self, dir: &str) -> bool {
        self.dropped.iter().any(|negation| negation.holds(dir))
    }

    fn prunes(&self, dir: &str) -> bool {
        self.pruned.iter().any(|negation| negation.holds(dir))
    }
}

impl Negation {
    fn holds(&self, dir: &str) -> bool {
        self.pattern.matches(dir) != self.twice
    }
}
