//! Bun: `workspaces`, globbed by Bun's own code. Its rules are those that the binary shows, release 1.4.

use super::{
    glob::{Dialect, Links, Pattern, Seen},
    manifest,
    package::ROOT,
    project::Project,
};

/// Negations subtract from globs wherever they stand, and never from a plain path.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(document) = project.manifest(ROOT, manifest::BUN).cloned() else { return Vec::new() };
    let (mut paths, mut globs, mut unwanted) = (Vec::new(), Vec::new(), Vec::new());
    for written in project.workspaces(&document) {
        let text = written.trim_start_matches('!');
        let negated = (written.len() - text.len()) % 2 == 1;
        let Some(pattern) = project.pattern(&document, &written, text, Dialect::Minimatch, negated) else {
            continue;
        };
        let plain =
            !text.contains('{') && pattern.alternatives.iter().all(super::glob::Alternative::is_plain);
        match (negated, plain) {
            _ if text.is_empty() => {}
            (true, _) => unwanted.push(pattern),
            (false, true) => paths.push(pattern),
            (false, false) => globs.push(pattern),
        }
    }
    unwanted.extend(Pattern::parse("**/node_modules/**", Dialect::Minimatch, true));
    let dropped = |dir: &str| unwanted.iter().any(|pattern| pattern.matches(&format!("{dir}/")));
    let pruned = |dir: &str| dir == "node_modules" || dir.ends_with("/node_modules");
    let links = Links::NamedOnly(Seen::Never);
    let expand = |pattern: &Pattern, pruned: &dyn Fn(&str) -> bool| -> Vec<String> {
        pattern.alternatives.iter().flat_map(|plain| project.walk.expand(plain, links, pruned)).collect()
    };
    let named = paths.iter().flat_map(|pattern| expand(pattern, &|_| false));
    let globbed = globs.iter().flat_map(|pattern| expand(pattern, &pruned)).filter(|dir| !dropped(dir));
    named.chain(globbed).map(|dir| project.tidy(dir)).collect()
}
