//! `folder → Manifest`: reading `package.json`, and its siblings in other notations, by the folder.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use jsonc_parser::ParseOptions;
use serde_json::Value;

use super::{
    fields,
    package::{Dependencies, Package},
    yaml,
};
use crate::{
    diagnostic::Diagnostic,
    disk::Disk,
    messages::workspace as messages,
    source::{Origin, Source, Span},
};

/// The notations of a manifest or a workspace file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// JSON, as `JSON.parse` reads it.
    Json,
    /// JSON with comments, trailing commas and the other liberties of JSON5.
    Json5,
    /// YAML 1.2.
    Yaml,
}

/// A file whose content is one object.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) source: Arc<Source>,
    /// Each name once.
    fields: Vec<(String, Value)>,
}

/// What reading a file came to.
pub(super) enum Reading {
    Absent,
    Broken(Diagnostic),
    Read(Document),
}

/// How a tool reads the manifests of its members.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// The files looked for, in order.
    pub(super) files: &'static [(&'static str, Notation)],
    /// Whether an empty file stands for `{}`.
    pub(super) empty: bool,
}

/// What every tool but three does.
pub(super) const STRICT: Rules = Rules { files: &[("package.json", Notation::Json)], empty: false };
/// Yarn Berry takes an empty manifest for `{}`.
pub(super) const BERRY: Rules = Rules { empty: true, ..STRICT };
/// Bun reads comments and trailing commas.
pub(super) const BUN: Rules = Rules { files: &[("package.json", Notation::Json5)], empty: false };
/// pnpm looks for three files, in this order.
pub(super) const PNPM: Rules = Rules {
    files: &[
        ("package.json", Notation::Json),
        ("package.json5", Notation::Json5),
        ("package.yaml", Notation::Yaml),
    ],
    empty: false,
};

/// Reads the manifest of a folder, given relative to the root.
pub(super) fn read(disk: &dyn Disk, root: &Path, dir: &str, rules: Rules, metadata_key: &str) -> Reading {
    // What decides which packages there are, and what they are to anybody.
    let wanted = ["name", "version", "private", "workspaces", metadata_key];
    for (file, notation) in rules.files {
        let path = if dir == "." { (*file).to_owned() } else { [dir, "/", file].concat() };
        match read_fields(disk, root, &path, *notation, rules.empty, Some(wanted)) {
            Reading::Absent => {}
            reading => return reading,
        }
    }
    Reading::Absent
}

/// Reads a file that is to hold one object. `path` is relative to the root. In YAML a file without content, or one that
/// says `null`, stands for an object without fields.
pub(super) fn read_document(disk: &dyn Disk, root: &Path, path: &str, notation: Notation) -> Reading {
    read_fields(disk, root, path, notation, notation == Notation::Yaml, None)
}

/// Reads a file that is to hold one object. `empty` lets one without content stand for an object without fields. Where
/// fields are wanted, the others may be left out.
fn read_fields(
    disk: &dyn Disk,
    root: &Path,
    path: &str,
    notation: Notation,
    empty: bool,
    wanted: Option<[&str; 5]>,
) -> Reading {
    let content = match disk.read(&absolute(root, path)) {
        Ok(content) => content,
        Err(error) => return unread(path, &error),
    };
    // Much the faster question, and nearly always the answer.
    let valid = str::from_utf8(&content).map(Cow::Borrowed);
    let text = valid.unwrap_or_else(|_| String::from_utf8_lossy(&content));
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    if u32::try_from(text.len()).is_err() {
        return Reading::Broken(messages::unreadable(path, "it is larger than 4 GiB"));
    }
    let source = Arc::new(Source::new(path, text));
    if empty && source.text.is_empty() {
        return Reading::Read(Document { source, fields: Vec::new() });
    }
    if let Some(wanted) = wanted.filter(|_| notation == Notation::Json)
        && let Some(values) = fields::read(&source.text, wanted)
    {
        let named =
            wanted.into_iter().zip(values).filter_map(|(name, value)| Some((name.to_owned(), value?)));
        return Reading::Read(Document { source, fields: named.collect() });
    }
    match parse(&source.text, notation) {
        Ok(Value::Object(fields)) => Reading::Read(Document { source, fields: fields.into_iter().collect() }),
        Ok(Value::Null) if empty && notation == Notation::Yaml => {
            Reading::Read(Document { source, fields: Vec::new() })
        }
        Ok(other) => Reading::Broken(messages::not_an_object(&Origin::file(&source), noun(&other))),
        Err((offset, reason)) => {
            let start = offset.min(source.text.len()) as u32;
            Reading::Broken(messages::invalid_file(&Origin::new(&source, Span::new(start, start)), &reason))
        }
    }
}

/// Joins a `/`-separated path to a folder, `.` being the folder itself.
pub(super) fn absolute(root: &Path, path: &str) -> PathBuf {
    if path == "." { root.to_path_buf() } else { root.join(path) }
}

fn unread(path: &str, error: &std::io::Error) -> Reading {
    match error.kind() {
        ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::IsADirectory
        | ErrorKind::InvalidInput => Reading::Absent,
        _ => Reading::Broken(messages::unreadable(path, &error.to_string())),
    }
}

/// The value of a text, or the byte where it breaks and why.
fn parse(text: &str, notation: Notation) -> Result<Value, (usize, String)> {
    match notation {
        Notation::Json => serde_json::from_str(text)
            .map_err(|error| (offset(text, error.line(), error.column()), json_reason(&error))),
        Notation::Json5 => jsonc_parser::parse_to_serde_value::<Value>(text, &ParseOptions::default())
            .map_err(|error| (error.range().start, error.kind().to_string())),
        Notation::Yaml => yaml::parse(text),
    }
}

/// The reason alone: `serde_json` ends its message with the place.
fn json_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned()
}

/// The byte at a line and a column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((start + column.saturating_sub(1)).min(text.len()))
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Document {
    /// What is under a key.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// A field that is a string.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.field(field)?.as_str()
    }

    /// Where a string stands in the text, as far as it can be told; else the start of the file.
    pub(super) fn origin_of(&self, text: &str) -> Origin {
        let quoted = Value::from(text).to_string();
        let found =
            [quoted.as_str(), text].into_iter().filter(|needle| !needle.is_empty()).find_map(|needle| {
                let start = self.source.text.find(needle)?;
                Some(Span::new(start as u32, (start + needle.len()) as u32))
            });
        Origin::new(&self.source, found.unwrap_or_default())
    }

    /// The package that the manifest of a folder describes.
    pub(super) fn into_package(mut self, dir: String, metadata_key: &str) -> Package {
        Package {
            tag: self.field(metadata_key).cloned(),
            name: self.take_text("name"),
            version: self.take_text("version"),
            dependencies: OnceLock::new(),
            manifest: self.source,
            dir,
        }
    }

    fn take_text(&mut self, field: &str) -> Option<String> {
        let at = self.fields.iter().position(|(name, _)| name == field)?;
        match self.fields.swap_remove(at).1 {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Package {
    /// What it depends on: read from the manifest's text when it is first asked for, which of most packages it never is.
    pub fn dependencies(&self) -> &Dependencies {
        self.dependencies.get_or_init(|| dependencies(&self.manifest))
    }
}

/// The dependency tables of a manifest in whichever notation; empty for one that cannot be read.
fn dependencies(manifest: &Source) -> Dependencies {
    let tables = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    let is_yaml = Path::new(&manifest.path).extension().is_some_and(|extension| extension == "yaml");
    let notation = if is_yaml { Notation::Yaml } else { Notation::Json5 };
    let all = || {
        let document = parse(&manifest.text, notation).ok()?;
        Some(tables.map(|table| document.get(table).cloned()))
    };
    let fields = fields::read(&manifest.text, tables).or_else(all).unwrap_or_default();
    let [production, development, peer, optional] = fields.map(|field| dependency_table(field.as_ref()));
    Dependencies { production, development, peer, optional }
}

fn dependency_table(field: Option<&Value>) -> BTreeMap<String, String> {
    let entries = field.and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(name, range)| Some((name.clone(), range.as_str()?.to_owned()))).collect()
}
