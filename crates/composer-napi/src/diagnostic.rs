//! Diagnostics as JavaScript and JSON have them.

use framework_m_composer::{
    diagnostic, messages,
    render::{Colour, render},
};
use napi_derive::napi;

/// A message about what somebody wrote: what, where, why, and what to do.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Diagnostic {
    /// The permanent code: `FM2003`.
    pub code: String,
    /// Its name: `route-conflict`.
    pub name: String,
    /// How bad it is.
    #[napi(ts_type = "'error' | 'warning' | 'info'")]
    pub severity: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Every place involved; the first is the one to change.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// All of it as a person reads it, with the source lines: as the option `frames` asks.
    #[cfg_attr(test, schemars(skip))]
    pub frame: Option<String>,
}

/// A place that a diagnostic speaks of. Lines and columns count from 1, columns in UTF-16 code units.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Label {
    /// Relative to the workspace root, `/`-separated.
    pub file: String,
    /// The first line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
    /// What is there.
    pub text: String,
}

/// A kind of diagnostic.
#[napi(object)]
#[derive(Debug, Clone)]
pub struct DiagnosticCode {
    /// The permanent code: `FM2003`.
    pub code: String,
    /// Its name: `route-conflict`.
    pub name: String,
    /// How bad it is, unless the option `severity` says otherwise.
    #[napi(ts_type = "'error' | 'warning' | 'info'")]
    pub severity: String,
    /// What it means, in one sentence.
    pub summary: String,
    /// What it means and what to do, in Markdown, beginning with the summary.
    pub explanation: String,
}

impl DiagnosticCode {
    /// Every kind, by its code.
    pub(crate) fn all() -> Vec<Self> {
        let codes = messages::codes().into_iter();
        codes
            .map(|explained| Self {
                code: explained.code.id.into(),
                name: explained.code.name.into(),
                severity: explained.code.severity.word().into(),
                summary: explained.summary().into(),
                explanation: explained.text(),
            })
            .collect()
    }
}

impl Diagnostic {
    /// A diagnostic with its frame, if frames are asked for.
    pub(crate) fn new(diagnostic: &diagnostic::Diagnostic, frames: Option<Colour>) -> Self {
        Self {
            code: diagnostic.code.id.into(),
            name: diagnostic.code.name.into(),
            severity: diagnostic.severity.word().into(),
            message: diagnostic.message.clone(),
            labels: diagnostic.labels.iter().map(Label::from).collect(),
            help: diagnostic.help.clone(),
            frame: frames.map(|colour| render(diagnostic, colour)),
        }
    }

    /// Several of them.
    pub(crate) fn list(diagnostics: &[diagnostic::Diagnostic], frames: Option<Colour>) -> Vec<Self> {
        diagnostics.iter().map(|diagnostic| Self::new(diagnostic, frames)).collect()
    }
}

impl From<&diagnostic::Label> for Label {
    fn from(label: &diagnostic::Label) -> Self {
        let (source, span) = (&label.origin.source, label.origin.span);
        let (start, end) = (source.position(span.start), source.position(span.end.max(span.start)));
        Self {
            file: source.path.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: label.text.clone(),
        }
    }
}
