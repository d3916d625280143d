//! Yarn 2 and later: `workspaces` of the root and of every member, globbed by fast-glob (`Workspace.setup`).

use std::{collections::BTreeSet, path::PathBuf};

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
    let written = project.workspaces(document);
    let (mut wanted, mut unwanted) = (Vec::new(), Unwanted::default());
    for text in &written {
        let inner = text.strip_prefix('!').filter(|inner| !inner.starts_with('('));
        let relative = project.relative_pattern(inner.unwrap_or(text));
        let positive =
            project.pattern(document, text, &relative, Dialect::FastGlob, false).filter(|_| !text.is_empty());
        let Some(positive) = positive else { continue };
        if inner.is_some() {
            let dotted = Pattern::parse(&relative, Dialect::FastGlob, true).into_iter();
            unwanted.add(
                positive.alternatives,
                dotted.flat_map(|pattern| pattern.alternatives),
                text.ends_with('/'),
            );
        } else {
            wanted.extend(positive.alternatives);
        }
    }
    for text in IGNORED {
        let parse = |dot| {
            Pattern::parse(text, Dialect::FastGlob, dot).into_iter().flat_map(|found| found.alternatives)
        };
        unwanted.add(parse(false).collect(), parse(true), false);
    }
    let root: PathBuf = manifest::absolute(project.root, dir);
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
    dropped: Vec<Alternative>,
    pruned: Vec<Alternative>,
}

impl Unwanted {
    fn add(&mut self, plain: Vec<Alternative>, dotted: impl Iterator<Item = Alternative>, slashed: bool) {
        self.dropped.extend(dotted);
        let prunes =
            |pattern: &Alternative| pattern.ends_in_globstar() || (pattern.ends_in_name() && !slashed);
        self.pruned.extend(plain.into_iter().filter(prunes));
    }

    fn drops(&self, dir: &str) -> bool {
        self.dropped.iter().any(|pattern| pattern.matches(dir))
    }

    fn prunes(&self, dir: &str) -> bool {
        self.pruned.iter().any(|pattern| pattern.matches(dir))
    }
}
