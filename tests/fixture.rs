//! A fixture: `workspace/`, a monorepo that a person could open in an editor; `expected/`, what comes of it, in files of
//! their own language; and `options.json`, where the shell has some.

use std::{
    fs,
    path::{Path, PathBuf},
};

use framework_m_composer::{
    build::Build,
    diagnostic::Severity,
    disk::{Disk, OsDisk},
    draw::draw,
    options::{CodeSplitting, MenuOverride, Options},
    render::{Colour, render},
    session::Session,
};
use serde_json::Value;

/// A case of `fixtures/`.
pub(crate) struct Fixture {
    /// The rule that it proves.
    pub(crate) name: String,
    dir: PathBuf,
}

/// A file that is expected: its name in `expected/`, and its text.
pub(crate) type Output = (String, String);

impl Fixture {
    /// Every case, by name.
    pub(crate) fn all() -> Vec<Self> {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").canonicalize().unwrap();
        let mut all: Vec<Self> = fs::read_dir(fixtures)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|dir| dir.join("workspace").is_dir())
            .map(|dir| Self { name: dir.file_name().unwrap().to_string_lossy().into_owned(), dir })
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// Where its workspace is.
    pub(crate) fn workspace(&self) -> PathBuf {
        self.dir.join("workspace")
    }

    /// The options of its shell.
    pub(crate) fn options(&self) -> Options {
        fs::read_to_string(self.dir.join("options.json"))
            .map_or_else(|_| Options::default(), |text| options(&text))
    }

    /// What `expected/` holds, by name.
    pub(crate) fn expected(&self) -> Vec<Output> {
        let mut outputs = Vec::new();
        collect(&self.dir.join("expected"), "", &mut outputs);
        outputs.sort();
        outputs
    }

    /// Writes what was made as what is expected from now on.
    pub(crate) fn accept(&self, outputs: &[Output]) {
        let expected = self.dir.join("expected");
        let _ = fs::remove_dir_all(&expected);
        for (name, text) in outputs {
            let file = expected.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
}

/// Composes a workspace as a fresh session.
pub(crate) fn compose(disk: &dyn Disk, workspace: &Path, options: Options) -> Build {
    session(disk, workspace, options).build(disk)
}

/// A session for the shell of a workspace: `shell/`, `frontend/`, or whichever is found.
pub(crate) fn session(disk: &dyn Disk, workspace: &Path, options: Options) -> Session {
    let shell =
        ["shell", "frontend"].iter().map(|dir| workspace.join(dir)).find(|dir| OsDisk.kind(dir).is_some());
    Session::new(disk, workspace, Some(workspace.to_path_buf()), shell, options).unwrap()
}

/// Everything that a build made, as the files of `expected/`.
pub(crate) fn outputs(build: &Build) -> Vec<Output> {
    let mut diagnostics: String =
        build.diagnostics.iter().map(|diagnostic| render(diagnostic, Colour::None) + "\n\n").collect();
    if diagnostics.is_empty() {
        diagnostics.push_str("nothing to report\n");
    }
    let mut outputs = vec![
        ("tree.txt".to_string(), draw(build)),
        ("diagnostics.txt".to_string(), diagnostics.trim_end().to_string() + "\n"),
        ("module.js".to_string(), build.artifacts.module.clone()),
        ("framework-m.d.ts".to_string(), build.artifacts.types.to_string()),
    ];
    let entries = build.artifacts.entries.iter();
    outputs.extend(entries.map(|entry| (format!("entries/{}.js", entry.chunk), entry.code.clone())));
    outputs.sort();
    outputs
}

fn collect(dir: &Path, prefix: &str, outputs: &mut Vec<Output>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), outputs);
        } else {
            outputs.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

/// The options that fixtures use, as the border to Node reads them.
pub(crate) fn options(text: &str) -> Options {
    let json: Value = serde_json::from_str(text).unwrap();
    let strings = |key: &str| -> Vec<String> {
        json[key].as_array().into_iter().flatten().map(|item| item.as_str().unwrap().to_string()).collect()
    };
    let change = |change: &Value| {
        let text = |key: &str| change[key].as_str().map(str::to_string);
        MenuOverride {
            hide: change["hide"].as_bool().unwrap_or(false),
            order: change["order"].as_f64(),
            label: text("label"),
            icon: text("icon"),
            module: text("module"),
            parent: text("parent"),
            before: text("before"),
            after: text("after"),
        }
    };
    let severity = |word: &Value| match word.as_str().unwrap() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        _ => None,
    };
    let entries = |value: &Value| value.as_object().cloned().unwrap_or_default().into_iter();
    Options {
        include: strings("include"),
        exclude: strings("exclude"),
        only: strings("only"),
        menu_overrides: entries(&json["menu"]["overrides"])
            .map(|(name, value)| (name, change(&value)))
            .collect(),
        routes_base: json["routes"]["base"].as_str().unwrap_or_default().to_string(),
        severity: entries(&json["severity"]).map(|(code, word)| (code, severity(&word))).collect(),
        code_splitting: if json["codeSplitting"] == "route" {
            CodeSplitting::Route
        } else {
            CodeSplitting::Plugin
        },
        hot: json["hot"] == true,
        ..Options::default()
    }
}
