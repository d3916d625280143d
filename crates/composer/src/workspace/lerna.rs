//! Lerna alone: `packages` in `lerna.json`, globbed by tinyglobby (`Project.getPackages`).

use super::{
    glob::{Alternative, Dialect, Links, Pattern},
    manifest::Notation,
    project::Project,
};

/// Each pattern is globbed by itself, so a negation has nothing to subtract from. Links are not followed.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(file) = project.file("lerna.json", Notation::Json5) else { return Vec::new() };
    let Some(list) = file.field("packages") else { return Vec::new() };
    let written = project.patterns(&file, "packages", list);
    let deep = written.iter().any(|text| text.contains("**"));
    let ignored = Pattern::parse("**/node_modules/**", Dialect::Picomatch, false).filter(|_| deep);
    let pruned = |dir: &str| ignored.as_ref().is_some_and(|pattern| pattern.matches(dir));
    let mut found = Vec::new();
    for text in
        written.iter().filter(|text| !text.is_empty() && (!text.starts_with('!') || text.starts_with("!(")))
    {
        let folder = format!("{}/package.json", project.relative_pattern(text));
        let Some(mut pattern) = project.pattern(&file, text, &folder, Dialect::Picomatch, false) else {
            continue;
        };
        pattern.alternatives.iter_mut().for_each(Alternative::pop);
        for alternative in &pattern.alternatives {
            let folders = project.walk.expand(alternative, Links::Ignored, &pruned);
            found.extend(folders.into_iter().filter(|dir| pattern.crawls(dir)));
        }
    }
    found.into_iter().map(|dir| project.tidy(dir)).collect()
}
