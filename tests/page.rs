//! The page of a diagnostic code, as `docs/diagnostics` has it: the documentation of its constant, and what the composer
//! says of the example in it.

use std::path::Path;

use framework_m_composer::{
    build::Build,
    diagnostic::{Code, Explained, Severity},
    disk::MemoryDisk,
    evaluate::{ReadOptions, evaluate, value_to_json},
    options::Options,
    render::{Colour, render},
    session::Session,
    value::{Value, ValueKind},
    workspace,
};

use crate::fixture::options;

const ROOT: &str = "/acme";
const MANIFEST: &str = r#"{ "name": "acme", "private": true, "workspaces": ["shell", "plugins/*"] }"#;
const SHELL: &str = r#"{ "name": "shell", "version": "1.0.0" }"#;
const SHELL_CONFIG: &str = "shell/vite.config.ts";

/// A page in its parts.
pub(crate) struct Page {
    explained: Explained,
    /// What it means, and what to do.
    prose: String,
    /// The files that provoke it. Empty: files alone cannot.
    pub(crate) example: Vec<File>,
    /// What is different where it is mended.
    mended: Vec<File>,
}

/// A block of code, and the file that it stands for.
#[derive(Clone)]
pub(crate) struct File {
    language: String,
    path: String,
    text: String,
}

impl Page {
    pub(crate) fn of(explained: Explained) -> Self {
        let explanation = explained.text();
        let (prose, rest) = explanation.split_once("\n# Example\n").unwrap_or((&explanation, ""));
        let (example, mended) = rest.split_once("\n# Mended\n").unwrap_or((rest, ""));
        let prose = prose.strip_prefix(explained.summary()).unwrap_or(prose).trim().to_string();
        Self { explained, prose, example: blocks(example), mended: blocks(mended) }
    }

    /// What becomes of the example.
    pub(crate) fn composed(&self) -> Build {
        compose(&self.example)
    }

    /// What becomes of the example once it is mended.
    pub(crate) fn composed_when_mended(&self) -> Build {
        let unchanged = |file: &&File| !self.mended.iter().any(|other| other.path == file.path);
        let mended = self.mended.iter().filter(|file| !file.is_gone());
        let files: Vec<File> = self.example.iter().filter(unchanged).chain(mended).cloned().collect();
        compose(&files)
    }

    pub(crate) fn markdown(&self) -> String {
        let Code { id, name, severity, .. } = self.explained.code;
        let word = match severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Info => "Remark",
        };
        let mut parts = vec![
            format!("# {id} {name}"),
            format!("{word}: {}", self.explained.summary()),
            self.prose.clone(),
        ];
        if !self.example.is_empty() {
            parts.push("## Example".into());
            parts.extend(self.example.iter().map(File::markdown));
            let build = self.composed();
            let own = build.diagnostics.iter().filter(|diagnostic| diagnostic.code == self.explained.code);
            let frames: Vec<String> = own.map(|diagnostic| render(diagnostic, Colour::None)).collect();
            parts.push(format!("```text\n{}\n```", frames.join("\n\n")));
            parts.push("## Mended".into());
            parts.extend(self.mended.iter().map(File::markdown));
        }
        parts.push("## Severity".into());
        parts.push(format!(
            "The shell decides how bad it is: `severity: {{ {id}: 'error' }}`, or `'warning'`, `'info'`, `'off'`; the \
             name `{name}` does as well as the code."
        ));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n") + "\n"
    }
}

impl File {
    /// An empty block stands for a file that is there no more.
    fn is_gone(&self) -> bool {
        self.text.is_empty()
    }

    fn markdown(&self) -> String {
        if self.is_gone() {
            return format!("`{}` is gone.", self.path);
        }
        format!("`{}`\n\n```{}\n{}```", self.path, self.language, self.text)
    }
}

/// The blocks of code in a part of an explanation.
fn blocks(text: &str) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                let (language, path) = info.split_once(' ').unwrap();
                files.push(File { language: language.into(), path: path.into(), text: String::new() });
                open = true;
            }
            None if open => files.last_mut().unwrap().text += &format!("{line}\n"),
            None => assert!(line.is_empty(), "prose among the files: {line}"),
        }
    }
    files
}

/// Composes files, with a workspace around them where they bring none of their own.
fn compose(files: &[File]) -> Build {
    let mut disk = MemoryDisk::default();
    let mut write = |path: &str, text: &str| disk.write(format!("{ROOT}/{path}"), text);
    write("package.json", MANIFEST);
    write("shell/package.json", SHELL);
    for file in files {
        let parts: Vec<&str> = file.path.split('/').collect();
        if let ["plugins", name, ..] = parts[..] {
            let tagged = format!(r#"{{ "name": "{name}", "version": "1.0.0", "framework-m": true }}"#);
            write(&format!("plugins/{name}/package.json"), &tagged);
            write(&format!("plugins/{name}/Page.tsx"), "export default () => null\n");
        }
    }
    for file in files {
        write(&file.path, &file.text);
    }
    let chosen = shell_options(&disk);
    let root = Path::new(ROOT);
    let mut session = Session::new(&disk, root, Some(root.into()), Some(root.join("shell")), chosen).unwrap();
    session.build(&disk)
}

/// The options that the shell gives `frameworkMPlugin` in its Vite configuration, read by our own reader.
fn shell_options(disk: &MemoryDisk) -> Options {
    let root = Path::new(ROOT);
    let read = ReadOptions { wrappers: vec!["frameworkMPlugin".into()], ..ReadOptions::default() };
    let (workspace, _) = workspace::discover(disk, root, "framework-m");
    let module = evaluate(disk, &workspace, &read, &root.join(SHELL_CONFIG));
    let given = module.exports.get("default").and_then(|config| config.property("plugins"));
    let plugin: Option<&Value> = given.and_then(|plugins| match &plugins.value.kind {
        ValueKind::Array(plugins) => plugins.first(),
        _ => None,
    });
    plugin.map_or_else(Options::default, |plugin| options(&value_to_json(plugin, None).to_string()))
}
