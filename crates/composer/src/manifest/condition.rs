//! A condition of a configuration, checked where it stands.

use crate::{
    diagnostic::Diagnostic,
    messages::manifest as messages,
    source::{Origin, Span},
    value::{Value, ValueKind},
    when::{SyntaxError, parse},
};

/// What is wrong with the condition that is the `key` of something; a function is not looked into.
pub(super) fn check(what: &str, key: &str, value: &Value) -> Option<Diagnostic> {
    let ValueKind::String(text) = &value.kind else { return None };
    let error = parse(text).err()?;
    Some(match place(text, &error, &value.origin) {
        Some(place) => messages::wrong_condition(what, key, &place, text, &error),
        None => messages::wrong_condition_somewhere(what, key, &value.origin, text, &error),
    })
}

/// Where an error stands in the source: known where the value is one literal, without escapes up to there.
fn place(text: &str, error: &SyntaxError, whole: &Origin) -> Option<Origin> {
    let written = whole.text();
    let quote = written.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'))?;
    let inner = written[1..].strip_suffix(quote).filter(|inner| is_one_literal(inner, quote))?;
    let before = &text[..error.range.start];
    if !inner.starts_with(before) || before.contains('\\') {
        return None;
    }
    let same = inner[before.len()..].starts_with(&text[error.range.clone()]);
    let length = if same { error.range.len().max(1) } else { 1 };
    let start = whole.span.start + 1 + before.len() as u32;
    Some(Origin::new(&whole.source, Span::new(start, start + length as u32)))
}

/// Whether what stands between two quotes has none of them itself, and no `${`.
fn is_one_literal(inner: &str, quote: char) -> bool {
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            '$' if quote == '`' && chars.as_str().starts_with('{') => return false,
            _ if char == quote => return false,
            _ => {}
        }
    }
    true
}
