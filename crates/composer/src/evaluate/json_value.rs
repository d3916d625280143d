//! Value → JSON, as `framework-m evaluate --json` prints it.
//!
//! What JSON has no word for stands as an object with one key that begins with `$`: `$code`, `$dynamic`,
//! `$undefined`, `$number` (`NaN` and the infinities) and `$bigint`. Code and what is not static carry their `span`,
//! and their `file` where it is another than the module's own.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::Module;
use crate::{
    diagnostic::Diagnostic,
    source::{Origin, Source},
    value::{Code, Value, ValueKind},
};

/// A module as one JSON object: `file`, `exports`, `diagnostics`.
pub fn module_to_json(file: &str, module: &Module) -> Json {
    let exports: Map<String, Json> = module
        .exports
        .iter()
        .map(|(name, value)| (name.clone(), value_to_json(value, module.source.as_ref())))
        .collect();
    let diagnostics: Vec<Json> = module.diagnostics.iter().map(diagnostic_to_json).collect();
    json!({ "file": file, "exports": exports, "diagnostics": diagnostics })
}

/// A value as it is seen from a source, whose name need not be said.
pub fn value_to_json(value: &Value, home: Option<&Arc<Source>>) -> Json {
    match &value.kind {
        ValueKind::Null => Json::Null,
        ValueKind::Undefined => json!({ "$undefined": true }),
        ValueKind::Bool(it) => json!(it),
        ValueKind::Number(it) => number(*it),
        ValueKind::String(it) => json!(it),
        ValueKind::BigInt(it) => json!({ "$bigint": it }),
        ValueKind::Array(elements) => elements.iter().map(|it| value_to_json(it, home)).collect(),
        ValueKind::Object(object) => {
            let entry =
                |(key, it): (&String, &crate::value::Property)| (key.clone(), value_to_json(&it.value, home));
            Json::Object(object.0.iter().map(entry).collect())
        }
        ValueKind::Code(code) => place(code_to_json(code), &value.origin, home),
        ValueKind::Dynamic(it) => {
            let mut leaf = Map::from_iter([("$dynamic".to_owned(), json!(it.reason))]);
            if it.spread {
                leaf.insert("spread".into(), json!(true));
            }
            if let Some(help) = &it.help {
                leaf.insert("help".into(), json!(help));
            }
            place(leaf, &value.origin, home)
        }
    }
}

fn number(number: f64) -> Json {
    let text = match number {
        it if it.is_nan() => "NaN",
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        // Whole numbers are written without a fraction, as JavaScript writes them.
        it if it.fract() == 0.0
            && it.abs() < 9_007_199_254_740_992.0
            && (it != 0.0 || it.is_sign_positive()) =>
        {
            return json!(it as i64);
        }
        it => return json!(it),
    };
    json!({ "$number": text })
}

fn code_to_json(code: &Code) -> Map<String, Json> {
    let mut leaf = Map::new();
    let kind = match code {
        Code::Import(_) => "import",
        Code::Function | Code::Loader => "function",
        Code::Class => "class",
        Code::Jsx => "jsx",
        Code::Reference(_) => "reference",
    };
    leaf.insert("$code".into(), json!(kind));
    match code {
        Code::Import(it) => {
            leaf.insert("specifier".into(), json!(it.specifier));
            leaf.insert("resolved".into(), json!(it.file));
            leaf.insert("export".into(), json!(it.export));
            leaf.insert("lazy".into(), json!(it.lazy));
        }
        Code::Reference(text) => drop(leaf.insert("text".into(), json!(text))),
        _ => {}
    }
    leaf
}

fn place(mut leaf: Map<String, Json>, origin: &Origin, home: Option<&Arc<Source>>) -> Json {
    if home.is_none_or(|home| home.path != origin.source.path) {
        leaf.insert("file".into(), json!(origin.source.path));
    }
    leaf.insert("span".into(), Json::Object(span(origin)));
    Json::Object(leaf)
}

fn span(origin: &Origin) -> Map<String, Json> {
    let start = origin.source.position(origin.span.start);
    let end = origin.source.position(origin.span.end);
    Map::from_iter([
        ("line".to_owned(), json!(start.line)),
        ("column".to_owned(), json!(start.column)),
        ("endLine".to_owned(), json!(end.line)),
        ("endColumn".to_owned(), json!(end.column)),
    ])
}

fn diagnostic_to_json(diagnostic: &Diagnostic) -> Json {
    let labels: Vec<Json> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let mut object = Map::from_iter([("file".to_owned(), json!(label.origin.source.path))]);
            object.extend(span(&label.origin));
            object.insert("text".into(), json!(label.text));
            Json::Object(object)
        })
        .collect();
    json!({
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
        "labels": labels,
        "help": diagnostic.help,
    })
}
