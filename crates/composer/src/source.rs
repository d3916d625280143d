//! Source text and places in it.

use std::{fmt, sync::Arc};

/// A text file as it was read.
pub struct Source {
    /// Relative to the workspace root, `/`-separated; begins with `../` outside of it.
    pub path: String,
    /// The content, without a byte order mark.
    pub text: String,
}

/// A half-open range of bytes in a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Where something was written: every value and every node of a composition has one.
#[derive(Clone)]
pub struct Origin {
    /// The file.
    pub source: Arc<Source>,
    /// The place in it.
    pub span: Span,
}

/// A position as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 code units.
    pub column: u32,
}

impl Source {
    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let before = &self.text.as_bytes()[..self.text.floor_char_boundary(offset as usize)];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let line = self.text[..before.len()].matches('\n').count() + 1;
        let column = self.text[line_start..before.len()].encode_utf16().count() + 1;
        Position { line: line as u32, column: column as u32 }
    }

    /// The offset in UTF-16 code units of a byte offset, as JavaScript indexes the text.
    pub fn utf16_offset(&self, offset: u32) -> u32 {
        self.text[..self.text.floor_char_boundary(offset as usize)].encode_utf16().count() as u32
    }
}

impl Span {
    /// A span from its ends.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}

impl Origin {
    /// A place in a source.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// The start of a file, for what concerns it as a whole.
    pub fn file(source: &Arc<Source>) -> Self {
        Self::new(source, Span::default())
    }

    /// The text that the span covers.
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.start as usize..self.span.end as usize).unwrap_or_default()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.source.path, self.span.start, self.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_from_one() {
        let source = Source { path: "a.ts".into(), text: "ab\n😀é!".into() };
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 2, column: 1 });
        assert_eq!(source.position(7), Position { line: 2, column: 3 });
        assert_eq!(source.position(9), Position { line: 2, column: 4 });
        assert_eq!(source.position(999), Position { line: 2, column: 5 });
        assert_eq!(source.utf16_offset(7), 5);
    }
}
