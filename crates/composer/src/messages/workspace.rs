//! `FM1xxx`: the workspace, its packages and their tags.

use std::path::Path;

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    source::Origin,
};

codes! {
    /// The workspace root is not a folder.
    ///
    /// Everything is found from the workspace's root, and there is no folder at the path that was given, or it has
    /// been deleted since.
    ///
    /// Pass the folder that holds the workspace file or the package.json: `--root` of the command, `root` of the options.
    Error ROOT_MISSING "FM1001" "root-missing";

    /// The root is neither a package nor a workspace.
    ///
    /// A root has a package.json, or a file that lists the packages of a workspace: `pnpm-workspace.yaml`, `rush.json`,
    /// `lerna.json`. This folder has none of them, so there is nothing to compose.
    ///
    /// Run the command in the workspace, or pass its folder with `--root`.
    Error NO_PACKAGE "FM1002" "no-package";

    /// A manifest or a workspace file does not parse.
    ///
    /// What the file describes is left out: a package, or the members of the workspace. Everything else still counts.
    ///
    /// Mend the file. Usual causes are a comma after the last entry, a comment in a package.json, and a merge conflict's
    /// markers.
    ///
    /// # Example
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true, }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0" }
    /// ```
    Error INVALID_FILE "FM1003" "invalid-file";

    /// A manifest or a workspace file is there and cannot be read.
    ///
    /// The system refused to read the file, for the reason in the message. What it describes is left out.
    ///
    /// Check the permissions of the file and of the folders above it.
    Error UNREADABLE "FM1004" "unreadable-manifest";

    /// The list of the workspace's members is something else than a list of patterns.
    ///
    /// `workspaces` in package.json, `packages` in pnpm-workspace.yaml and lerna.json, and `projects` in rush.json are
    /// lists. What is no pattern in the list names no members.
    ///
    /// # Example
    ///
    /// ```json package.json
    /// { "name": "acme", "private": true, "workspaces": ["shell", 42] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json package.json
    /// { "name": "acme", "private": true, "workspaces": ["shell", "plugins/*"] }
    /// ```
    Error INVALID_WORKSPACES "FM1005" "invalid-workspaces";

    /// A pattern stands for too many patterns.
    ///
    /// Braces multiply: twenty pairs of two alternatives are a million patterns. Such a pattern is left out.
    ///
    /// Use fewer braces: `*` and `**` name any number of folders.
    ///
    /// # Example
    ///
    /// ```json package.json
    /// {
    ///   "name": "acme",
    ///   "private": true,
    ///   "workspaces": ["shell", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"]
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json package.json
    /// { "name": "acme", "private": true, "workspaces": ["shell", "plugins/*"] }
    /// ```
    Error PATTERN_TOO_COMPLEX "FM1006" "pattern-too-complex";

    /// Two members of the workspace have one name.
    ///
    /// The package manager in use refuses to install such a workspace, or links only one of the two.
    ///
    /// Rename one of them. Often one is a copy that was meant as a start for something new.
    ///
    /// # Example
    ///
    /// ```json plugins/stock/package.json
    /// { "name": "wms", "version": "1.0.0" }
    /// ```
    ///
    /// ```json plugins/warehouse/package.json
    /// { "name": "wms", "version": "1.0.0" }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/stock/package.json
    /// { "name": "stock", "version": "1.0.0" }
    /// ```
    Warning DUPLICATE_PACKAGE "FM1007" "duplicate-package";

    /// A folder is no member, because its package has no name or no version.
    ///
    /// Yarn 1 passes over packages without a name or a version, and Bun over those without a name, though their patterns
    /// fit. So does the composer.
    ///
    /// Add what is missing if the package is meant to be a member.
    ///
    /// # Example
    ///
    /// ```json package.json
    /// { "private": true, "workspaces": ["shell", "plugins/*"], "packageManager": "yarn@1.22.22" }
    /// ```
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "framework-m": true }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { label: 'Warehouse' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json plugins/wms/package.json
    /// { "name": "wms", "version": "1.0.0", "framework-m": true }
    /// ```
    Info MEMBER_WITHOUT_IDENTITY "FM1008" "member-without-identity";

    /// Yarn 1 reads no workspaces in a public package.
    ///
    /// With Yarn 1 the root has to be private; otherwise `workspaces` has no effect, and the root stands alone.
    ///
    /// # Example
    ///
    /// ```json package.json
    /// { "name": "acme", "workspaces": ["shell", "plugins/*"], "packageManager": "yarn@1.22.22" }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json package.json
    /// {
    ///   "name": "acme",
    ///   "private": true,
    ///   "workspaces": ["shell", "plugins/*"],
    ///   "packageManager": "yarn@1.22.22"
    /// }
    /// ```
    Error ROOT_NOT_PRIVATE "FM1009" "root-not-private";

    /// pnpm does not read `workspaces` of package.json.
    ///
    /// The project is pnpm's, by `packageManager` or its lock file, and pnpm finds members by pnpm-workspace.yaml only. So
    /// the root stands alone.
    ///
    /// List the patterns under `packages` in a pnpm-workspace.yaml beside the package.json.
    ///
    /// # Example
    ///
    /// ```json package.json
    /// {
    ///   "name": "acme",
    ///   "private": true,
    ///   "workspaces": ["shell", "plugins/*"],
    ///   "packageManager": "pnpm@10.0.0"
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json package.json
    /// { "name": "acme", "private": true, "packageManager": "pnpm@10.0.0" }
    /// ```
    ///
    /// ```yaml pnpm-workspace.yaml
    /// packages: ['shell', 'plugins/*']
    /// ```
    Warning WORKSPACES_IGNORED "FM1010" "workspaces-ignored";

    /// A project that rush.json lists has no package.json.
    ///
    /// The entry is left out.
    ///
    /// Correct its `projectFolder`, or take it off the list.
    ///
    /// # Example
    ///
    /// ```json rush.json
    /// {
    ///   "projects": [
    ///     { "packageName": "shell", "projectFolder": "shell" },
    ///     { "packageName": "wms", "projectFolder": "apps/wms" }
    ///   ]
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```json rush.json
    /// { "projects": [{ "packageName": "shell", "projectFolder": "shell" }] }
    /// ```
    Error PROJECT_MISSING "FM1011" "project-missing";

    /// The system's limit for watched folders is reached.
    ///
    /// Changes in the folders that the message names are not noticed until the limit is raised and the command is started
    /// again. Linux counts watches for each user, and editors and other dev servers use them too.
    ///
    /// Raise `fs.inotify.max_user_watches` and `fs.inotify.max_user_instances` as the message shows, or end a program that
    /// watches much.
    Warning WATCH_LIMIT "FM1012" "watch-limit";

    /// A folder cannot be watched.
    ///
    /// The system refused, for the reason in the message. Changes in the folder are not noticed.
    ///
    /// Make the folder readable. On network drives and mounts of virtual machines, where the system reports no changes at
    /// all, poll: `watch(callback, { poll: 1000 })`.
    Warning NOT_WATCHED "FM1013" "not-watched";

    /// The shell's folder is gone.
    ///
    /// It was there when the composer started, and has been deleted, moved or renamed since. Plugins are composed all the
    /// same, without what only the shell can tell: its name, which plugins may ask for, and its dependencies.
    ///
    /// Put the folder back, or start again with the shell that there is: `--shell` of the command, `shell` of the options.
    Error SHELL_MISSING "FM1014" "shell-missing";
}

/// The workspace root is not a folder.
pub(crate) fn root_missing(root: &Path) -> Diagnostic {
    Diagnostic::new(ROOT_MISSING, format!("The workspace root {} is not a folder.", root.display()))
        .help("Pass the folder that holds the workspace file or the package.json with `--root`.")
}

/// The root is neither a package nor a workspace.
pub(crate) fn no_package(root: &Path) -> Diagnostic {
    Diagnostic::new(NO_PACKAGE, format!("There is no package and no workspace in {}.", root.display()))
        .help("Pass the folder that holds the workspace file or the package.json with `--root`.")
}

/// A manifest or workspace file that does not parse. The reason is the parser's, without its place.
pub(crate) fn invalid_file(origin: &Origin, reason: &str) -> Diagnostic {
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
pub(crate) fn not_an_object(origin: &Origin, noun: &str) -> Diagnostic {
    let message = format!("{} must hold an object, and holds {noun}.", origin.source.path);
    Diagnostic::new(INVALID_FILE, message)
        .label(origin, format!("this is {noun}"))
        .help("Put the fields between braces: `{ \"name\": \"…\" }`.")
}

/// A file that is there and cannot be read.
pub(crate) fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("{path} cannot be read: {reason}."))
        .help("Check the permissions of the file and of the folders above it.")
}

/// A list of workspace patterns, or a part of one, that is something else.
pub(crate) fn invalid_workspaces(origin: &Origin, what: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(INVALID_WORKSPACES, format!("{what} in {} must be {expected}.", origin.source.path))
        .label(origin, format!("must be {expected}"))
        .help("Write a list of folder patterns, such as `[\"packages/*\"]`.")
}

/// A pattern that stands for too many patterns.
pub(crate) fn pattern_too_complex(origin: &Origin) -> Diagnostic {
    let message = format!("A workspace pattern in {} stands for too many patterns.", origin.source.path);
    Diagnostic::new(PATTERN_TOO_COMPLEX, message)
        .label(origin, "this pattern is left out")
        .help("Use fewer braces: `*` and `**` name any number of folders.")
}

/// Two members of one name, where the package manager refuses that.
pub(crate) fn duplicate_package(name: &str, tool: &str, first: &Origin, second: &Origin) -> Diagnostic {
    Diagnostic::new(
        DUPLICATE_PACKAGE,
        format!("Two packages are named `{name}`, which {tool} does not accept."),
    )
    .label(second, "named again here")
    .label(first, "named first here")
    .help("Rename one of them.")
}

/// A folder that a tool passes over, for lack of a name or a version.
pub(crate) fn member_without_identity(origin: &Origin, field: &str, tool: &str) -> Diagnostic {
    let path = &origin.source.path;
    let message = format!("{path} has no `{field}`, so {tool} does not count its package as a member.");
    Diagnostic::new(MEMBER_WITHOUT_IDENTITY, message)
        .label(origin, format!("no `{field}`"))
        .help(format!("Add a `{field}` if this package is meant to be a member."))
}

/// Yarn 1 has no workspaces in a public package.
pub(crate) fn root_not_private(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        ROOT_NOT_PRIVATE,
        "Yarn 1 reads `workspaces` only in a private package, and this root is public.",
    )
    .label(origin, "`workspaces` has no effect here")
    .help("Add `\"private\": true` to the package.json of the root.")
}

/// pnpm does not read `workspaces`.
pub(crate) fn workspaces_ignored(origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        WORKSPACES_IGNORED,
        "pnpm does not read `workspaces` in package.json, so the root stands alone.",
    )
    .label(origin, "`workspaces` has no effect here")
    .help("List the patterns under `packages:` in a pnpm-workspace.yaml beside it.")
}

/// A project of `rush.json` without a manifest.
pub(crate) fn project_missing(origin: &Origin, folder: &str) -> Diagnostic {
    Diagnostic::new(PROJECT_MISSING, format!("rush.json lists {folder}, where there is no package.json."))
        .label(origin, "this project is left out")
        .help("Correct `projectFolder`, or take the project off the list.")
}

/// The system's limit for watches is reached. The folder is the first that is not watched.
pub(crate) fn watch_limit(folder: &str, count: usize) -> Diagnostic {
    let message = format!(
        "The system's limit for watches is reached: changes in {} are not noticed.",
        folders(folder, count)
    );
    Diagnostic::new(WATCH_LIMIT, message).help(
        "Raise the limits, on Linux with `sudo sysctl fs.inotify.max_user_watches=524288 \
         fs.inotify.max_user_instances=1024` (in /etc/sysctl.d to keep them), end a program that watches much, or poll; \
         then start again.",
    )
}

/// The shell's folder, relative to the root, is gone.
pub fn shell_missing(shell: &str) -> Diagnostic {
    Diagnostic::new(SHELL_MISSING, format!("The shell's folder `{shell}` is gone."))
        .help("Put the folder back, or start again with the shell that there is.")
}

/// A folder cannot be watched. The folder is the first that is not.
pub(crate) fn not_watched(folder: &str, count: usize, reason: &str) -> Diagnostic {
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
