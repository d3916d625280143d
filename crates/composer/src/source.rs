//! Source text and places in it.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// A text file as it was read.
pub struct Source {
    /// Relative to the workspace root, `/`-separated; begins with `../` outside of it.
    pub path: String,
    /// The content, without a byte order mark.
    pub text: String,
    /// Made when a position is first asked for.
    table: OnceLock<Table>,
}

/// Where lines begin, and how far into the text its blocks are in UTF-16: a minified file is one long line.
struct Table {
    /// The first byte of every line.
    lines: Vec<u32>,
    /// The UTF-16 units before every [`BLOCK`]th byte; none for ASCII, where units are bytes.
    units: Vec<u32>,
}

/// Bytes between two counts of UTF-16 units.
const BLOCK: usize = 1024;

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

/// A name that an author wrote.
#[derive(Debug, Clone)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The declaration to show.
    pub origin: Origin,
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
    /// A file's text; `path` is relative to the workspace root.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), table: OnceLock::new() }
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize) as u32;
        let lines = &self.table().lines;
        let line = lines.partition_point(|&start| start <= offset);
        let column = self.utf16_offset(offset) - self.utf16_offset(lines[line - 1]) + 1;
        Position { line: line as u32, column }
    }

    /// The offset in UTF-16 code units of a byte offset, as JavaScript indexes the text.
    pub fn utf16_offset(&self, offset: u32) -> u32 {
        let offset = self.text.floor_char_boundary(offset as usize);
        let before = &self.table().units;
        if before.is_empty() {
            return offset as u32;
        }
        let block = offset / BLOCK;
        before[block] + units(&self.text.as_bytes()[block * BLOCK..offset])
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            let lines = std::iter::once(0).chain(breaks).collect();
            if self.text.is_ascii() {
                return Table { lines, units: Vec::new() };
            }
            let mut total = 0;
            let blocks = self.text.as_bytes().chunks(BLOCK).map(|block| {
                total += units(block);
                total
            });
            Table { lines, units: std::iter::once(0).chain(blocks).collect() }
        })
    }
}

/// The UTF-16 units of UTF-8 text, wherever it is cut: one a leading byte, two where four bytes make a character.
fn units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0)).sum()
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
        let source = Source::new("a.ts", "ab\n😀é!");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 2, column: 1 });
        assert_eq!(source.position(7), Position { line: 2, column: 3 });
        assert_eq!(source.position(9), Position { line: 2, column: 4 });
        assert_eq!(source.position(999), Position { line: 2, column: 5 });
        assert_eq!(source.utf16_offset(7), 5);
        assert_eq!(Source::new("a.ts", "").position(3), Position { line: 1, column: 1 });
    }

    #[test]
    fn positions_far_into_a_text_are_those_that_counting_gives() {
        let text = "aé😀\r\n".repeat(999) + &"x😀".repeat(9_999) + "\n";
        let source = Source::new("a.ts", text.clone());
        for (offset, _) in text.char_indices().step_by(7).chain([(text.len(), ' ')]) {
            let before = &text[..offset];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let wanted = Position {
                line: before.matches('\n').count() as u32 + 1,
                column: line.encode_utf16().count() as u32 + 1,
            };
            assert_eq!(source.position(offset as u32), wanted);
            assert_eq!(source.utf16_offset(offset as u32) as usize, before.encode_utf16().count());
        }
    }
}
