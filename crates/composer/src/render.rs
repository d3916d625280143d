//! Diagnostics as a person reads them: the message, each place with its source line, what to do, and where to read more.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    source::Source,
};

/// Whether text is for a terminal that shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Escape codes.
    Ansi,
    /// Plain text.
    None,
}

/// The frame of a diagnostic, without a newline at the end.
pub fn render(diagnostic: &Diagnostic, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.id));
    for labels in by_file(&diagnostic.labels) {
        let source: &Source = &labels[0].origin.source;
        let annotations = labels.iter().map(|label| {
            let first = std::ptr::eq(*label, &raw const diagnostic.labels[0]);
            let kind = if first { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(range(label)).label(&label.text)
        });
        group = group.element(Snippet::source(&source.text).path(&source.path).annotations(annotations));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group = group.element(Level::NOTE.message(format!("framework-m explain {}", diagnostic.code.id)));
    let renderer = match colour {
        Colour::Ansi => Renderer::styled(),
        Colour::None => Renderer::plain(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group]).trim_end().to_string()
}

/// The labels file by file, the file of the first label first.
fn by_file(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut files: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        match files.iter_mut().find(|known| known[0].origin.source.path == label.origin.source.path) {
            Some(known) => known.push(label),
            None => files.push(vec![label]),
        }
    }
    files
}

/// A span that lies inside its text: a multi-line one is shown by its first line.
fn range(label: &Label) -> std::ops::Range<usize> {
    let text = &label.origin.source.text;
    let start = text.floor_char_boundary(label.origin.span.start as usize);
    let end = text.floor_char_boundary(label.origin.span.end as usize).max(start);
    let line_end = text[start..end].find(['\n', '\r']).map_or(end, |newline| start + newline);
    start..line_end
}
