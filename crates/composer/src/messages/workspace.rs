//! `FM1xxx`: the workspace, its packages and their tags.

use std::path::Path;

use crate::{
    diagnostic::{Code, Diagnostic},
    source::Origin,
};

/// The workspace root is not a folder.
pub const ROOT_MISSING: Code = Code::error("FM1001", "root-missing");
/// The root is neither a package nor a workspace.
pub const NO_PACKAGE: Code = Code::error("FM1002", "no-package");
/// A manifest or workspace file that does not parse.
pub const INVALID_FILE: Code = Code::error("FM1003", "invalid-file");
/// A file that is there and cannot be read.
pub const UNREADABLE: Code = Code::error("FM1004", "unreadable-file");
/// A list of workspace patterns that is no list of patterns.
pub const INVALID_WORKSPACES: Code = Code::error("FM1005", "invalid-workspaces");
/// A pattern that stands for too many patterns.
pub const PATTERN_TOO_COMPLEX: Code = Code::error("FM1006", "pattern-too-complex");
/// Two members of one name, where the package manager refuses that.
pub const DUPLICATE_PACKAGE: Code = Code::warning("FM1007", "duplicate-package");
/// A folder that Yarn 1 or Bun passes over.
pub const MEMBER_WITHOUT_IDENTITY: Code = Code::info("FM1008", "member-without-identity");
/// Yarn 1 has no workspaces in a public package.
pub const ROOT_NOT_PRIVATE: Code = Code::error("FM1009", "root-not-private");
/// pnpm does not read `workspaces`.
pub const WORKSPACES_IGNORED: Code = Code::warning("FM1010", "workspaces-ignored");
/// A project of `rush.json` without a manifest.
pub const PROJECT_MISSING: Code = Code::error("FM1011", "project-missing");
/// The system's limit for watches is reached.
pub const WATCH_LIMIT: Code = Code::warning("FM1012", "watch-limit");
/// A folder cannot be watched.
pub const NOT_WATCHED: Code = Code::warning("FM1013", "not-watched");

/// The workspace root is not a folder.
pub fn root_missing(root: &Path) -> Diagnostic {
    Diagnostic::new(ROOT_MISSING, format!("The workspace root {} is not a folder.", root.display()))
        .help("Pass the folder that holds the workspace file or the package.json with `--root`.")
}

/// The root is neither a package nor a workspace.
pub fn no_package(root: &Path) -> Diagnostic {
    Diagnostic::new(NO_PACKAGE, format!("There is no package and no workspace in {}.", root.display()))
        .help("Pass the folder that holds the workspace file or the package.json with `--root`.")
}

/// A manifest or workspace file that does not parse. The reason is the parser's, without its place.
pub fn invalid_file(origin: &Origin, reason: &str) -> Diagnostic {
    let path = &origin.source.path;
    let diagnostic = if origin.source.text.trim().is_empty() {
        Diagnostic::new(INVALID_FILE, format!("{path} is empty."))
    } else {
        Diagnostic::new(INVALID_FILE, format!("{path} is not valid: {reason}."))
    };
    diagnostic
        .label(origin, reason)
        .help("Mend the file. Until then what it describes is left out, and everything else still counts.")
}

/// A manifest or workspace file that holds something other than an object.
pub fn not_an_object(origin: &Origin, noun: &str) -> Diagnostic {
    let message = format!("{} must hold an object, and holds {noun}.", origin.source.path);
    Diagnostic::new(INVALID_FILE, message)
        .label(origin, format!("this is {noun}"))
        .help("Put the fields between braces: `{ \"name\": \"…\" }`.")
}

/// A file that is there and cannot be read.
pub fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("{path} cannot be read: {reason}."))
        .help("Check the permissions of the file and of the folders above it.")
}

/// A list of workspace patterns, or a part of one, that is something else.
pub fn invalid_workspaces(origin: &Origin, what: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(INVALID_WORKSPACES, format!("{what} in {} must be {expected}.", origin.source.path))
        .label(origin, format!("must be {expected}"))
        .help("Write a list of folder patterns, such as `[\"packages/*\"]`.")
}

/// A pattern that stands for too many patterns.
pub fn pattern_too_complex(origin: &Origin) -> Diagnostic {
    let message = format!("A workspace pattern in {} stands for too many patterns.", origin.source.path);
    Diagnostic::new(PATTERN_TOO_COMPLEX, message)
        .label(origin, "this pattern is left out")
        .help("Use fewer braces: `*` and `**` name any number of folders.")
}

/// Two members of one name, where the package manager refuses that.
pub fn duplicate_package(name: &str, tool: &str, first: &Origin, second: &Origin) -> Diagnostic {
    Diagnostic::new(
        DUPLICATE_PACKAGE,
        format!("Two packages are named `{name}`, which {tool} does not accept."),
    )
    .label(second, "named again here")
    .label(first, "named first here")
    .help("Rename one of them.")
}

/// A folder that a tool passes over, for lack of a name or a version.
pub fn member_without_identity(origin: &Origin, field: &str, tool: &str) -> Diagnostic {
    let path = &origin.source.path;
    let message = format!("{path} has no `{field}`, so {tool} does not count its package as a member.");
    Diagnostic::new(MEMBER_WITHOUT_IDENTITY, message)
        .label(origin, format!("no `{field}`"))
        .help(format!("Add a `{field}` if this package is meant to be a member."))
}

/// Yarn 1 has no workspaces in a public package.
pub fn root_not_private(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        ROOT_NOT_PRIVATE,
        "Yarn 1 reads `workspaces` only in a private package, and this root is public.",
    )
    .label(origin, "`workspaces` has no effect here")
    .help("Add `\"private\": true` to the package.json of the root.")
}

/// pnpm does not read `workspaces`.
pub fn workspaces_ignored(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        WORKSPACES_IGNORED,
        "pnpm does not read `workspaces` in package.json, so the root stands alone.",
    )
    .label(origin, "`workspaces` has no effect here")
    .help("List the patterns under `packages:` in a pnpm-workspace.yaml beside it.")
}

/// A project of `rush.json` without a manifest.
pub fn project_missing(origin: &Origin, folder: &str) -> Diagnostic {
    Diagnostic::new(PROJECT_MISSING, format!("rush.json lists {folder}, where there is no package.json."))
        .label(origin, "this project is left out")
        .help("Correct `projectFolder`, or take the project off the list.")
}

/// The system's limit for watches is reached. The folder is the first that is not watched.
pub fn watch_limit(folder: &str, count: usize) -> Diagnostic {
    let message = format!(
        "The system's limit for watches is reached: changes in {} are not noticed.",
        folders(folder, count)
    );
    Diagnostic::new(WATCH_LIMIT, message).help(
        "Raise the limits, on Linux with `sudo sysctl fs.inotify.max_user_watches=524288 \
         fs.inotify.max_user_instances=1024` (in /etc/sysctl.d to keep them), or end a program that watches much, then \
         start again.",
    )
}

/// A folder cannot be watched. The folder is the first that is not.
pub fn not_watched(folder: &str, count: usize, reason: &str) -> Diagnostic {
    let message = format!("Changes in {} are not noticed: {reason}.", folders(folder, count));
    Diagnostic::new(NOT_WATCHED, message)
        .help("Make the folder readable, or poll where the file system reports no changes.")
}

fn folders(first: &str, count: usize) -> String {
    match count {
        1 => format!("`{first}`"),
        2 => format!("`{first}` and one more folder"),
        _ => format!("`{first}` and {} more folders", count - 1),
    }
}
