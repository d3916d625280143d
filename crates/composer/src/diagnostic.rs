//! What the composer has to say to an author: plain data, collected and never thrown.

use crate::source::Origin;

/// A message about what somebody wrote: what, where, why, and what to do.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The permanent code.
    pub code: Code,
    /// How bad it is; the code's own unless the shell's options say otherwise.
    pub severity: Severity,
    /// What is wrong, in one sentence that stands alone.
    pub message: String,
    /// Every place involved; the first is the one to change.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

/// A kind of diagnostic. Codes are permanent: a number is never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// `FM2003`
    pub id: &'static str,
    /// `route-conflict`
    pub name: &'static str,
    /// How bad it is by default.
    pub severity: Severity,
}

/// A code, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Explained {
    /// The code.
    pub code: Code,
    /// The documentation of its constant, line by line.
    pub documentation: &'static str,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something is wrong and was left out.
    Error,
    /// Something is probably not meant.
    Warning,
    /// Something is worth knowing.
    Info,
}

/// A place that a diagnostic speaks of.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub origin: Origin,
    /// What is there.
    pub text: String,
}

impl Explained {
    /// What it means in one sentence.
    pub fn summary(&self) -> &'static str {
        self.documentation.lines().next().unwrap_or_default().trim()
    }

    /// What it means and what to do about it, in Markdown, with the sentence that is its summary.
    pub fn text(&self) -> String {
        let unindented = |line: &'static str| line.strip_prefix(' ').unwrap_or(line).trim_end();
        self.documentation.lines().map(unindented).collect::<Vec<_>>().join("\n")
    }
}

impl Diagnostic {
    /// A diagnostic of a code, with its one-sentence message.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place.
    #[must_use]
    pub fn label(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        self.labels.push(Label { origin: origin.clone(), text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Severity {
    /// The word that options, JSON and terminals use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}
