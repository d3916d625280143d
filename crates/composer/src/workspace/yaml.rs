//! `YAML → Value`: one document by the core schema of YAML 1.2 (§10.3), with the merge keys that js-yaml reads for pnpm.
//! Dates stay text, and numbers that JSON does not have are null.

use granit_parser::{Event, Options, Parser, ScalarStyle, StrInput, Tag};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, map::Entry};

/// How deep values may lie in one another once aliases stand for what they mean.
const DEPTH: usize = 512;
/// How many nodes, and bytes of text in them, aliases may copy. A bomb of a few lines asks for billions.
const COPIES: usize = 1 << 20;

/// The byte where a text breaks, and why.
pub(super) type Broken = (usize, String);

/// The value of a text; null for one without a document.
pub(super) fn parse(text: &str) -> Result<Value, Broken> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let events = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader { events, anchors: FxHashMap::default(), copies: COPIES };
    let mut document = None;
    loop {
        match reader.next()? {
            (Event::StreamEnd, _) => return Ok(document.unwrap_or_default()),
            (Event::DocumentStart(..), at) if document.is_some() => {
                return Err((at, "a second document begins here, where one is read".into()));
            }
            (Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd, _) => {}
            (event, at) => document = Some(reader.node(event, at, 0)?),
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// What aliases stand for, by the parser's number.
    anchors: FxHashMap<usize, Value>,
    /// What is left of [`COPIES`].
    copies: usize,
}

impl<'a> Reader<'a> {
    /// The next event, and the byte where it begins.
    fn next(&mut self) -> Result<(Event<'a>, usize), Broken> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.byte_offset().unwrap_or_default())),
            Some(Err(error)) => Err((error.marker().byte_offset().unwrap_or_default(), error.info())),
            None => Ok((Event::StreamEnd, 0)),
        }
    }

    fn node(&mut self, event: Event<'a>, at: usize, depth: usize) -> Result<Value, Broken> {
        let (anchor, value) = match event {
            Event::Alias(id) => return self.alias(id, at, depth),
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar(&text, style, tag.as_deref())),
            Event::SequenceStart(_, anchor, _) => (anchor, self.sequence(depth)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.mapping(depth)?),
            _ => return Err((at, "a value is missing here".into())),
        };
        if anchor != 0 {
            let copy = self.copy(&value, at, depth)?;
            self.anchors.insert(anchor, copy);
        }
        Ok(value)
    }

    fn alias(&mut self, id: usize, at: usize, depth: usize) -> Result<Value, Broken> {
        let Some(value) = self.anchors.remove(&id) else {
            return Err((at, "an alias stands inside of the value that it names".into()));
        };
        let copy = self.copy(&value, at, depth);
        self.anchors.insert(id, value);
        copy
    }

    fn copy(&mut self, value: &Value, at: usize, depth: usize) -> Result<Value, Broken> {
        let (size, height) = extent(value);
        match self.copies.checked_sub(size) {
            Some(left) if depth + height <= DEPTH => self.copies = left,
            _ => return Err((at, "aliases make more of this text than anybody wrote".into())),
        }
        Ok(value.clone())
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Broken> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::Array(items)),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    /// A key that is there twice is an error, as it is for js-yaml. Own keys win over merged ones.
    fn mapping(&mut self, depth: usize) -> Result<Value, Broken> {
        let (mut fields, mut merged) = (Map::new(), Map::new());
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let merges = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let key = self.key(event, at, depth)?;
            let (event, start) = self.next()?;
            let value = self.node(event, start, depth + 1)?;
            if merges {
                merge(&mut merged, value, start)?;
                continue;
            }
            match fields.entry(key) {
                Entry::Occupied(field) => {
                    return Err((at, format!("the key `{}` is there twice", field.key())));
                }
                Entry::Vacant(field) => field.insert(value),
            };
        }
        for (key, value) in merged {
            fields.entry(key).or_insert(value);
        }
        Ok(Value::Object(fields))
    }

    /// The text of a key, whatever a scalar with that text would mean elsewhere.
    fn key(&mut self, event: Event<'a>, at: usize, depth: usize) -> Result<String, Broken> {
        let text = match event {
            Event::Scalar(text, _, anchor, _) => {
                if anchor != 0 {
                    self.anchors.insert(anchor, Value::from(text.as_ref()));
                }
                return Ok(text.into_owned());
            }
            other => self.node(other, at, depth + 1)?,
        };
        match text {
            Value::String(text) => Ok(text),
            _ => Err((at, "a key is no text".into())),
        }
    }
}

/// Adds the fields of a mapping, or of each in a list, that are not there yet (yaml.org/type/merge.html).
fn merge(into: &mut Map<String, Value>, value: Value, at: usize) -> Result<(), Broken> {
    let sources = match value {
        Value::Array(sources) => sources,
        source => vec![source],
    };
    for source in sources {
        let Value::Object(fields) = source else {
            return Err((at, "only mappings can be merged into a mapping".into()));
        };
        for (key, value) in fields {
            into.entry(key).or_insert(value);
        }
    }
    Ok(())
}

/// The number of nodes and of bytes in them, and of levels.
fn extent(value: &Value) -> (usize, usize) {
    let inner = |values: &mut dyn Iterator<Item = &Value>| {
        values.map(extent).fold((1, 0), |(size, height), (more, higher)| (size + more, height.max(higher)))
    };
    match value {
        Value::String(text) => (1 + text.len(), 0),
        Value::Array(items) => {
            let (size, height) = inner(&mut items.iter());
            (size, height + 1)
        }
        Value::Object(fields) => {
            let (size, height) = inner(&mut fields.values());
            (size + fields.keys().map(String::len).sum::<usize>(), height + 1)
        }
        _ => (1, 0),
    }
}

/// What a scalar means. Tags other than those of the schema are passed over.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    match tag.and_then(Tag::core_suffix) {
        Some("str") => Value::from(text),
        None if style != ScalarStyle::Plain => Value::from(text),
        _ => plain(text),
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" | ".nan" | ".NaN" | ".NAN" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::from(text)),
    }
}

fn number(text: &str) -> Option<Value> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let plain = digits.chars().all(|digit| digit.is_digit(radix));
            return plain.then(|| i64::from_str_radix(digits, radix).ok().map(whole)).flatten();
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Some(Value::Null);
    }
    // Rust has words for numbers that YAML has not: `inf`, `nan`.
    if !unsigned.strip_prefix('.').unwrap_or(unsigned).starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let parsed = text.parse::<i64>().ok().map(whole);
    parsed.or_else(|| text.parse::<f64>().ok().map(Value::from))
}

/// An integer as JavaScript has it: past 2^53 they are doubles like all others.
fn whole(number: i64) -> Value {
    if number.unsigned_abs() <= 1 << 53 { Value::from(number) } else { Value::from(number as f64) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_is_one_value() {
        let text = "base: &base { a: 1, b: [x, 'y'] }\nown: { <<: *base, a: 2 }\nlist:\n- *base\n- ~\n";
        let base = json!({ "a": 1, "b": ["x", "y"] });
        let own = json!({ "a": 2, "b": ["x", "y"] });
        assert_eq!(parse(text), Ok(json!({ "base": base, "own": own, "list": [base, null] })));
        assert_eq!(parse("# nothing\n"), Ok(Value::Null));
    }

    #[test]
    fn what_breaks_is_said_with_its_place() {
        let broken = |text: &str| parse(text).unwrap_err();
        assert_eq!(broken("é: 1\né: 2"), (6, "the key `é` is there twice".into()));
        assert_eq!(broken("a: 1\n---\nb: 2").0, 5);
        assert_eq!(broken("a: &a [*a]"), (7, "an alias stands inside of the value that it names".into()));
        assert_eq!(broken("? [a]\n: b").1, "a key is no text");
        assert_eq!(broken("<<: 1").1, "only mappings can be merged into a mapping");
        assert_eq!(broken("a: [").0, 3);
    }

    #[test]
    fn aliases_neither_multiply_nor_nest_without_end() {
        let reason = "aliases make more of this text than anybody wrote";
        let more = |level: usize| format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1);
        let bomb = (1..40).fold("a0: &a0 boom\n".to_owned(), |text, level| text + &more(level));
        assert_eq!(parse(&bomb).unwrap_err().1, reason);
        let deeper = |level: usize| format!("a{level}: &a{level} [*a{}]\n", level - 1);
        let deep = (1..900).fold("a0: &a0 x\n".to_owned(), |text, level| text + &deeper(level));
        assert_eq!(parse(&deep).unwrap_err().1, reason);
    }
}
