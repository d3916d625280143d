//! npm, and Bun with it: `workspaces`, globbed by `glob` and minimatch (`@npmcli/map-workspaces`).

use std::collections::BTreeSet;

use super::{
    glob::{Alternative, Dialect, Links, Pattern},
    manifest::{Document, Rules},
    project::Project,
};

/// A pattern and what the author wrote for it.
struct Written {
    text: String,
    pattern: Pattern,
}

/// Negations count in order: a later positive pattern that a negation matches takes the negation back.
pub(super) fn members(project: &mut Project, rules: Rules) -> BTreeSet<String> {
    let Some(document) = project.manifest(super::ROOT, rules).cloned() else { return BTreeSet::new() };
    let written = project.workspaces(&document);
    let (wanted, mut unwanted) = sort_out(project, &document, &written);
    unwanted.extend(Pattern::parse("**/node_modules/**", Dialect::Minimatch, true));
    let pruned = |dir: &str| {
        let mut all = unwanted.iter().flat_map(|pattern| &pattern.alternatives);
        all.any(|pattern| pattern.ends_in_globstar() && pattern.matches(dir))
    };
    let links = Links::NamedOnly { at_root: false };
    let found = wanted.iter().flat_map(|wanted| &wanted.pattern.alternatives);
    let found = found.flat_map(|pattern: &Alternative| project.walk.expand(pattern, links, &pruned));
    found
        .filter(|dir| !unwanted.iter().any(|pattern| pattern.matches(dir)))
        .map(|dir| project.tidy(&dir))
        .collect()
}

/// The patterns that stand after all negations, and the negations that stand after all patterns.
fn sort_out(project: &mut Project, document: &Document, written: &[String]) -> (Vec<Written>, Vec<Pattern>) {
    let (mut wanted, mut negations): (Vec<Written>, Vec<(Pattern, Pattern)>) = (Vec::new(), Vec::new());
    for whole in written {
        let text = whole.trim_start_matches('!');
        let negated = (whole.len() - text.len()) % 2 == 1;
        let text = strip_root(text);
        // A number sign begins a comment for minimatch.
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if negated {
            // Patterns are compared without dots, folders with them.
            let plain = project.pattern(document, whole, text, Dialect::Minimatch, false);
            let dotted = Pattern::parse(text, Dialect::Minimatch, true);
            negations.extend(plain.zip(dotted));
            continue;
        }
        let mut index = 0;
        while index < negations.len() {
            if negations[index].0.matches(text) {
                negations.remove(index);
            }
            // npm moves on even where the list has moved up by one, and so passes over the next.
            index += 1;
        }
        let slashed = text.replace('\\', "/");
        if let Some(pattern) = project.pattern(document, whole, &slashed, Dialect::Minimatch, false) {
            wanted.push(Written { text: text.to_owned(), pattern });
        }
    }
    wanted.retain(|wanted| !negations.iter().any(|(plain, _)| plain.matches(&wanted.text)));
    (wanted, negations.into_iter().map(|(_, dotted)| dotted).collect())
}

/// The pattern without the `/` or `./` that it begins with.
fn strip_root(text: &str) -> &str {
    match text.strip_prefix('.').unwrap_or(text) {
        rest if rest.starts_with('/') => rest.trim_start_matches('/'),
        _ => text,
    }
}
