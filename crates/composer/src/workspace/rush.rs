//! Rush: the projects that `rush.json` lists, one by one.

use serde_json::Value;

use super::{
    manifest::{self, Notation},
    project::Project,
};
use crate::{disk::Kind, messages::workspace as messages};

/// A list without patterns; a project without a manifest is an error.
pub(super) fn members(project: &mut Project) -> Vec<String> {
    let Some(file) = project.file("rush.json", Notation::Json5) else { return Vec::new() };
    let Some(list) = file.field("projects") else { return Vec::new() };
    let Some(projects) = list.as_array() else {
        let origin = file.origin_of("projects");
        project.diagnostics.push(messages::invalid_workspaces(&origin, "`projects`", "a list of projects"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in projects {
        let Some(folder) = entry.get("projectFolder").and_then(Value::as_str) else {
            let (origin, what) = (file.origin_of("projects"), "Every item of `projects`");
            let expected = "an object with a `projectFolder`";
            project.diagnostics.push(messages::invalid_workspaces(&origin, what, expected));
            continue;
        };
        let dir = project.tidy(folder.to_owned());
        let manifest = manifest::absolute(project.root, &dir).join("package.json");
        if project.disk.kind(&manifest) == Some(Kind::File) {
            found.push(dir);
        } else {
            project.diagnostics.push(messages::project_missing(&file.origin_of(folder), folder));
        }
    }
    found
}
