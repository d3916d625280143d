//! JSON text → Value, with a span on every part (RFC 8259; duplicate keys and key order as `JSON.parse` has them).

use std::{borrow::Cow, sync::Arc};

use super::keys;
use crate::{
    diagnostic::Diagnostic,
    maps::IndexMap,
    messages::reading as messages,
    source::{Origin, Source, Span},
    value::{Dynamic, Object, Property, Value, ValueKind},
};

/// Arrays and objects within one another, at most.
const DEEPEST: usize = 128;

/// Which JSON is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// RFC 8259.
    Strict,
    /// With comments and trailing commas, as TypeScript reads its configuration.
    Relaxed,
}

/// The document of a source.
pub(super) fn read(source: &Arc<Source>, dialect: Dialect) -> Result<Value, Diagnostic> {
    Reader::of(source, dialect, Reader::value)
}

/// The wanted members of a document that is an object, none of any other. The rest is checked and left where it is.
pub(super) fn members(
    source: &Arc<Source>,
    dialect: Dialect,
    wanted: &[&str],
) -> Result<Option<Object>, Diagnostic> {
    Reader::of(source, dialect, |reader| match reader.peek() {
        Some(b'{') => reader.nested(|reader| reader.object(|name| wanted.contains(&name)).map(Some)),
        _ => reader.skip().map(|()| None),
    })
}

enum Error {
    Unexpected { at: usize, wanted: &'static str },
    TooDeep(usize),
}

impl Error {
    fn diagnostic(&self, source: &Arc<Source>) -> Diagnostic {
        match *self {
            Self::TooDeep(at) => {
                let origin = Origin::new(source, Span::new(at as u32, at as u32 + 1));
                messages::nested_too_deeply(&origin, DEEPEST)
            }
            Self::Unexpected { at, wanted } => {
                let found = source.text.get(at..).and_then(|rest| rest.chars().next());
                let end = at + found.map_or(0, char::len_utf8);
                let origin = Origin::new(source, Span::new(at as u32, end as u32));
                let reason = match found {
                    Some(found) => format!("expected {wanted}, found `{}`", found.escape_debug()),
                    None => format!("expected {wanted}, found the end of the file"),
                };
                let help = Some("JSON has double quotes, no comments and no trailing commas.");
                messages::syntax_error(&source.path, &reason, &[(origin, String::new())], help)
            }
        }
    }
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    bytes: &'s [u8],
    at: usize,
    dialect: Dialect,
    depth: usize,
}

impl<'s> Reader<'s> {
    /// What is read of a source that holds one value.
    fn of<T>(
        source: &'s Arc<Source>,
        dialect: Dialect,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Diagnostic> {
        let mut reader = Reader { source, bytes: source.text.as_bytes(), at: 0, dialect, depth: 0 };
        if source.text.starts_with('\u{feff}') {
            reader.at = '\u{feff}'.len_utf8();
        }
        let result = reader.document(read);
        result.map_err(|error| error.diagnostic(source))
    }

    fn document<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.space()?;
        let value = read(self)?;
        self.space()?;
        if self.at < self.bytes.len() { self.unexpected("the end of the file") } else { Ok(value) }
    }

    fn value(&mut self) -> Result<Value, Error> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => ValueKind::Object(self.nested(|reader| reader.object(|_| true))?),
            Some(b'[') => ValueKind::Array(self.nested(Self::array)?),
            Some(b'"') => string_kind(self.string()?),
            _ => self.plain()?,
        };
        Ok(Value::new(kind, self.origin(start)))
    }

    /// A number or a word.
    fn plain(&mut self) -> Result<ValueKind, Error> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", ValueKind::Bool(true)),
            Some(b'f') => self.word("false", ValueKind::Bool(false)),
            Some(b'n') => self.word("null", ValueKind::Null),
            _ => self.unexpected("a value"),
        }
    }

    /// Checks a value that nobody asks for.
    fn skip(&mut self) -> Result<(), Error> {
        match self.peek() {
            Some(b'{') => self.nested(|reader| reader.members(|reader, _, _| reader.skip())),
            Some(b'[') => self.nested(|reader| reader.elements(Self::skip)),
            Some(b'"') => self.string().map(drop),
            _ => self.plain().map(drop),
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::TooDeep(self.at));
        }
        self.at += 1;
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn array(&mut self) -> Result<Vec<Value>, Error> {
        let mut elements = Vec::new();
        self.elements(|reader| reader.value().map(|value| elements.push(value)))?;
        Ok(elements)
    }

    fn elements(&mut self, mut element: impl FnMut(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        self.space()?;
        while !self.take(b']') {
            element(self)?;
            self.separator(b']', "`,` or `]`")?;
        }
        Ok(())
    }

    fn object(&mut self, is_wanted: impl Fn(&str) -> bool) -> Result<Object, Error> {
        let mut properties = IndexMap::default();
        self.members(|reader, name, key| {
            // A key with half a surrogate pair has no name here; it must not stand for another.
            let name = name.unwrap_or_else(|| Cow::Borrowed(reader.text(key)));
            if !is_wanted(&name) {
                return reader.skip();
            }
            let value = reader.value()?;
            let whole = reader.origin(key.start as usize);
            let key = Origin::new(reader.source, key);
            properties.insert(name.into_owned(), Property { key, whole, value });
            Ok(())
        })?;
        keys::sort(&mut properties);
        Ok(Object(properties))
    }

    /// The members of an object: the name of each, if it has one, and the place of its key. The value is left to be read.
    fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, Option<Cow<'s, str>>, Span) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.space()?;
        while !self.take(b'}') {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return self.unexpected("a key in double quotes");
            }
            let name = self.string()?;
            let key = Span::new(start as u32, self.at as u32);
            self.space()?;
            if !self.take(b':') {
                return self.unexpected("`:`");
            }
            self.space()?;
            member(self, name, key)?;
            self.separator(b'}', "`,` or `}`")?;
        }
        Ok(())
    }

    fn text(&self, span: Span) -> &'s str {
        &self.source.text[span.start as usize..span.end as usize]
    }

    /// After an element: a comma and more, or the end, which stays to be taken.
    fn separator(&mut self, end: u8, wanted: &'static str) -> Result<(), Error> {
        self.space()?;
        if self.peek() == Some(end) {
            return Ok(());
        }
        if !self.take(b',') {
            return self.unexpected(wanted);
        }
        self.space()?;
        if self.peek() == Some(end) && self.dialect == Dialect::Strict {
            return self.unexpected("another element after the comma");
        }
        Ok(())
    }

    /// The text of a string; none if it holds half a surrogate pair.
    fn string(&mut self) -> Result<Option<Cow<'s, str>>, Error> {
        self.at += 1;
        let start = self.at;
        self.unescaped();
        if self.take(b'"') {
            return Ok(Some(Cow::Borrowed(&self.source.text[start..self.at - 1])));
        }
        self.at = start;
        Ok(self.escaped()?.map(Cow::Owned))
    }

    /// Passes over characters that stand for themselves.
    fn unescaped(&mut self) {
        let special = |&byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(special).unwrap_or(rest.len());
    }

    fn escaped(&mut self) -> Result<Option<String>, Error> {
        let mut units = Vec::new();
        let mut text = String::new();
        let mut whole = true;
        loop {
            let from = self.at;
            self.unescaped();
            if self.at > from {
                whole &= flush(&mut units, &mut text);
                text.push_str(&self.source.text[from..self.at]);
            }
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => units.push(self.escape()?),
                _ => return self.unexpected("`\"`"),
            }
        }
        self.at += 1;
        whole &= flush(&mut units, &mut text);
        Ok(whole.then_some(text))
    }

    fn escape(&mut self) -> Result<u16, Error> {
        self.at += 1;
        let unit = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.hex(),
            _ => return self.unexpected("an escape"),
        };
        self.at += 1;
        Ok(u16::from(unit))
    }

    fn hex(&mut self) -> Result<u16, Error> {
        self.at += 1;
        let mut unit = 0_u16;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else {
                return self.unexpected("four hexadecimal digits");
            };
            unit = unit << 4 | digit as u16;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<ValueKind, Error> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _signed = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(ValueKind::Number(self.source.text[start..self.at].parse().unwrap_or(f64::NAN)))
    }

    fn digits(&mut self) -> Result<(), Error> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == from { self.unexpected("a digit") } else { Ok(()) }
    }

    fn word(&mut self, word: &'static str, kind: ValueKind) -> Result<ValueKind, Error> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(kind);
        }
        self.unexpected("a value")
    }

    fn space(&mut self) -> Result<(), Error> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.dialect == Dialect::Relaxed => self.comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), Error> {
        let rest = &self.source.text[self.at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            return self.unexpected("a value");
        };
        self.at += length;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn origin(&self, start: usize) -> Origin {
        Origin::new(self.source, Span::new(start as u32, self.at as u32))
    }

    fn unexpected<T>(&self, wanted: &'static str) -> Result<T, Error> {
        Err(Error::Unexpected { at: self.at, wanted })
    }
}

fn string_kind(text: Option<Cow<'_, str>>) -> ValueKind {
    match text {
        Some(text) => ValueKind::String(text.into_owned()),
        None => ValueKind::Dynamic(Dynamic::new("the string holds half of a surrogate pair")),
    }
}

/// Moves escaped units into the text; false if half a pair was among them.
fn flush(units: &mut Vec<u16>, text: &mut String) -> bool {
    let decoded = String::from_utf16(units);
    units.clear();
    decoded.map(|decoded| text.push_str(&decoded)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("a.json", text))
    }

    fn strict(text: &str) -> Result<Value, Diagnostic> {
        read(&source(text), Dialect::Strict)
    }

    #[test]
    fn keys_keep_their_first_place_and_indices_come_first() {
        let value =
            strict("\u{feff} {\"b\": 1, \"10\": 2, \"2\": 3, \"b\": {\"\\u00e9\\ud83d\\ude00\": []}} ")
                .unwrap();
        let ValueKind::Object(object) = &value.kind else { panic!() };
        assert_eq!(object.0.keys().collect::<Vec<_>>(), ["2", "10", "b"]);
        let property = &object.0["b"];
        assert_eq!(property.whole.text(), "\"b\": {\"\\u00e9\\ud83d\\ude00\": []}");
        let ValueKind::Object(inner) = &property.value.kind else { panic!() };
        assert_eq!(inner.0.keys().next().unwrap(), "é😀");
    }

    #[test]
    fn what_is_no_json_is_refused_where_it_stands() {
        for (text, offset) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\":1,}", 7),
            ("{a:1}", 1),
            ("01", 1),
            ("1.", 2),
            ("\"\n\"", 1),
            ("\"\\x\"", 2),
            ("nul", 0),
            ("[1] 2", 4),
            ("// x", 0),
            ("'a'", 0),
            ("+1", 0),
            ("\u{a0}1", 0),
            ("1e", 2),
        ] {
            let diagnostic = strict(text).expect_err(text);
            assert_eq!(diagnostic.labels[0].origin.span.start, offset, "{text}");
        }
        assert_eq!(strict(&"[".repeat(100_000)).unwrap_err().code, messages::TOO_INTRICATE);
    }

    #[test]
    fn the_wanted_members_are_those_of_the_whole_document() {
        let wanted = |text: &str| members(&source(text), Dialect::Strict, &["a", "é"]);
        let text = r#"{ "b": [{ "a": 1 }, "x"], "\u0061": { "a": "\n" }, "\u00e9": 2, "a": 3 }"#;
        let found = wanted(text).unwrap().unwrap();
        assert_eq!(found.0.keys().collect::<Vec<_>>(), ["a", "é"]);
        let ValueKind::Object(whole) = strict(text).unwrap().kind else { panic!() };
        for (name, property) in &found.0 {
            assert_eq!(format!("{property:?}"), format!("{:?}", whole.0[name]));
        }
        assert!(wanted("[{}]").unwrap().is_none());
        for broken in
            ["{\"b\": [1,]}", "{\"b\": {\"c\": 01}}", "{\"b\": \"\\x\"}", "{} {}", "[", "{\"b\": {x: 1}}"]
        {
            let (found, whole) = (wanted(broken).unwrap_err(), strict(broken).unwrap_err());
            assert_eq!(format!("{found:?}"), format!("{whole:?}"), "{broken}");
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_not_static() {
        let value = strict("[\"\\ud83d\", \"\\ud83dx\"]").unwrap();
        let ValueKind::Array(elements) = &value.kind else { panic!() };
        assert!(elements.iter().all(|element| matches!(element.kind, ValueKind::Dynamic(_))));
    }

    #[test]
    fn the_relaxed_dialect_has_comments_and_trailing_commas() {
        let text = "// a\n{ /* b */ \"a\": [1, 2,], // c\n }";
        assert!(read(&source(text), Dialect::Relaxed).is_ok());
        assert!(strict(text).is_err());
    }
}
