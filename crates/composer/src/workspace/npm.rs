//! npm: `workspaces`, globbed by `glob` and minimatch (`@npmcli/map-workspaces`).

use super::{
    glob::{Alternative, Dialect, Links, Pattern, Seen},
    manifest::{self, Document},
    project::Project,
};

/// A pattern and what the author wrote for it.
struct Wanted {
    text: String,
    pattern: Pattern,
}

/// A negation, as it is compared with patterns and as it is compared with folders.
struct Negation {
    /// Whether it ends in a slash: then it matches patterns only that do so too.
    slashed: bool,
    plain: Pattern,
    /// Whether what is left of it begins with an exclamation mark: `!./!(a)`. Patterns are compared with the
    /// opposite then, folders with the extglob.
    twice: bool,
    /// Wildcards match names that begin with a dot.
    dotted: Pattern,
}

impl Negation {
    fn matches_pattern(&self, text: &str) -> bool {
        ((!self.slashed || text.ends_with('/')) && self.plain.matches(text)) != self.twice
    }
}

/// Negations count in order: a later positive pattern that a negation matches takes the negation back.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(document) = project.manifest(super::ROOT, manifest::STRICT).cloned() else {
        return Vec::new();
    };
    let written = project.workspaces(&document);
    let (wanted, mut unwanted) = sort_out(project, &document, &written);
    unwanted.extend(Pattern::parse("**/node_modules/**", Dialect::Minimatch, true));
    let open: Vec<&Alternative> = unwanted
        .iter()
        .flat_map(|pattern| &pattern.alternatives)
        .filter(|pattern| pattern.ends_in_globstar())
        .collect();
    let pruned = |dir: &str| {
        let dir = format!("{dir}/");
        open.iter().any(|pattern| pattern.matches(&dir))
    };
    let links = Links::NamedOnly(Seen::NotFirst);
    let wanted: Vec<&Alternative> = wanted.iter().flat_map(|wanted| &wanted.pattern.alternatives).collect();
    let found = wanted.iter().flat_map(|pattern| project.walk.expand(pattern, links, &pruned));
    found
        .filter(|dir| wanted.iter().any(|pattern| pattern.matches_partially(dir)))
        .filter(|dir| !unwanted.iter().any(|pattern| pattern.matches(&format!("{dir}/"))))
        .map(|dir| project.tidy(dir))
        .collect()
}

/// The patterns that stand after all negations, and the negations that stand after all patterns.
fn sort_out(project: &mut Project, document: &Document, written: &[String]) -> (Vec<Wanted>, Vec<Pattern>) {
    let (mut wanted, mut negations) = (Vec::<Wanted>::new(), Vec::<Negation>::new());
    for whole in written {
        let text = whole.trim_start_matches('!');
        let negated = (whole.len() - text.len()) % 2 == 1;
        let text = strip_root(text);
        // A number sign begins a comment for minimatch.
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if negated {
            negations.extend(negation(project, document, whole, text));
            continue;
        }
        take_back(&mut negations, text);
        let slashed = text.replace('\\', "/");
        if let Some(pattern) = project.pattern(document, whole, &slashed, Dialect::Minimatch, false) {
            wanted.push(Wanted { text: text.to_owned(), pattern });
        }
    }
    wanted.retain(|wanted| !negations.iter().any(|negation| negation.matches_pattern(&wanted.text)));
    (wanted, negations.into_iter().map(|negation| negation.dotted).collect())
}

fn negation(project: &mut Project, document: &Document, written: &str, text: &str) -> Option<Negation> {
    let inner = text.trim_start_matches('!');
    let plain = project.pattern(document, written, inner, Dialect::Minimatch, false)?;
    let dotted = Pattern::parse(text, Dialect::Minimatch, true)?;
    let twice = (text.len() - inner.len()) % 2 == 1;
    Some(Negation { slashed: text.ends_with('/'), plain, twice, dotted })
}

/// Takes the negations back that match a later pattern. npm moves on where the list has moved up by one, and so
/// passes over the negation after one that is taken back.
fn take_back(negations: &mut Vec<Negation>, text: &str) {
    let mut index = 0;
    while index < negations.len() {
        if negations[index].matches_pattern(text) {
            negations.remove(index);
        }
        index += 1;
    }
}

/// The pattern without the `/` or `./` that it begins with.
fn strip_root(text: &str) -> &str {
    match text.strip_prefix('.').unwrap_or(text) {
        rest if rest.starts_with('/') => rest.trim_start_matches('/'),
        _ => text,
    }
}
