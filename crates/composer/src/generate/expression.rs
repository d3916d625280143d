//! Expressions of JavaScript. Each is written on one line, once; then what is too long of that is broken at its items.

use std::iter;

use crate::{
    generate::js::{push_integer, push_key, push_number, push_quoted},
    manifest::ConfigPath,
    value::{Value, ValueKind},
};

/// A line longer than this is broken.
const WIDTH: usize = 100;

/// An expression.
#[derive(Debug, Default)]
pub(super) struct Expression {
    /// All of it on one line.
    line: String,
    /// Itself, and the items of its lists and objects: each is followed by those that are in it.
    pieces: Vec<Piece>,
}

/// A part of an expression, by its place in the line.
#[derive(Debug)]
struct Piece {
    /// Where it begins: with its key, if it has one.
    start: usize,
    /// Where its value begins.
    value: usize,
    end: usize,
    /// The piece after those that are in it.
    next: usize,
}

/// The fields of an object that is being written.
pub(super) struct Fields<'e>(&'e mut Expression);

impl Expression {
    /// An expression as something writes it.
    pub(super) fn new(write: impl FnOnce(&mut Self)) -> Self {
        let mut expression = Self { line: String::with_capacity(4096), pieces: Vec::with_capacity(128) };
        expression.piece(write);
        expression
    }

    /// The expression at the end of a text: on one line where that fits.
    pub(super) fn print(&self, text: &mut String) {
        text.reserve(self.room());
        self.lay_out(text, 0, 0);
    }

    /// The bytes that the expression takes, roughly: indentation is what is not known yet.
    pub(super) fn room(&self) -> usize {
        self.line.len() + self.pieces.len() * 6
    }

    /// Text that is an expression already, or a part of one without items.
    pub(super) fn raw(&mut self, text: &str) {
        self.line.push_str(text);
    }

    pub(super) fn string(&mut self, text: &str) {
        push_quoted(&mut self.line, text);
    }

    pub(super) fn number(&mut self, number: f64) {
        push_number(&mut self.line, number);
    }

    /// `variable.field[index]`
    pub(super) fn place(&mut self, variable: &str, field: &str, index: usize) {
        for text in [variable, ".", field, "["] {
            self.line.push_str(text);
        }
        push_integer(&mut self.line, index as u64);
        self.line.push(']');
    }

    /// `[…]`, with what `write` makes of every item.
    pub(super) fn array<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.line.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.line.push_str(", ");
            }
            self.piece(|js| write(js, item));
        }
        self.line.push(']');
    }

    /// `{…}`, with the fields that `write` gives it.
    pub(super) fn object(&mut self, write: impl FnOnce(&mut Fields)) {
        self.line.push('{');
        let start = self.line.len();
        write(&mut Fields(self));
        self.line.push_str(if self.line.len() == start { "}" } else { " }" });
    }

    /// A value, with its code leaves written by `code`, which is given each leaf's path.
    pub(super) fn value(
        &mut self,
        value: &Value,
        path: &ConfigPath,
        code: &mut dyn FnMut(&mut Self, &ConfigPath, &Value),
    ) {
        match &value.kind {
            _ if is_data(value) => self.data(value),
            ValueKind::Array(items) if !items.iter().any(Value::is_spread) => {
                let items = items.iter().enumerate();
                self.array(items, |js, (index, item)| js.value(item, &path.index(index), code));
            }
            ValueKind::Object(object) if !object.is_open() => self.object(|fields| {
                for (key, property) in &object.0 {
                    fields.entry(key, |js| js.value(&property.value, &path.key(key), code));
                }
            }),
            // What an unknown spread brings is known only together with all the rest.
            _ => code(self, path, value),
        }
    }

    fn data(&mut self, value: &Value) {
        match &value.kind {
            ValueKind::Null => self.raw("null"),
            ValueKind::Bool(boolean) => self.raw(if *boolean { "true" } else { "false" }),
            ValueKind::Number(number) => self.number(*number),
            ValueKind::String(text) => self.string(text),
            ValueKind::BigInt(digits) => {
                self.raw(digits);
                self.raw("n");
            }
            ValueKind::Array(items) => self.array(items, Self::data),
            ValueKind::Object(object) => self.object(|fields| {
                object.0.iter().for_each(|(key, property)| fields.entry(key, |js| js.data(&property.value)));
            }),
            ValueKind::Undefined | ValueKind::Code(_) | ValueKind::Dynamic(_) => self.raw("undefined"),
        }
    }

    fn piece(&mut self, write: impl FnOnce(&mut Self)) {
        let (piece, start) = (self.pieces.len(), self.line.len());
        self.pieces.push(Piece { start, value: start, end: start, next: piece + 1 });
        write(self);
        (self.pieces[piece].end, self.pieces[piece].next) = (self.line.len(), self.pieces.len());
    }

    /// Writes a piece at a depth of indentation.
    fn lay_out(&self, text: &mut String, piece: usize, depth: usize) {
        let Piece { start, value, end, next } = self.pieces[piece];
        if next == piece + 1 || end - value <= WIDTH.saturating_sub(depth * 2) {
            return text.push_str(&self.line[start..end]);
        }
        text.push_str(&self.line[start..=value]);
        let mut item = piece + 1;
        while item < next {
            break_line(text, depth + 1);
            self.lay_out(text, item, depth + 1);
            text.push(',');
            item = self.pieces[item].next;
        }
        break_line(text, depth);
        text.push_str(&self.line[end - 1..end]);
    }
}

impl Fields<'_> {
    /// A field whose key is a word of our own: an identifier.
    pub(super) fn field(&mut self, key: &'static str, write: impl FnOnce(&mut Expression)) {
        self.keyed(|line| line.push_str(key), write);
    }

    /// A field, if there is something.
    pub(super) fn some<T>(
        &mut self,
        key: &'static str,
        value: Option<T>,
        write: impl FnOnce(&mut Expression, T),
    ) {
        if let Some(value) = value {
            self.field(key, |js| write(js, value));
        }
    }

    pub(super) fn string(&mut self, key: &'static str, text: &str) {
        self.field(key, |js| js.string(text));
    }

    /// A field of a list, unless that is empty.
    pub(super) fn list<T>(&mut self, key: &'static str, items: &[T], write: impl FnMut(&mut Expression, &T)) {
        if !items.is_empty() {
            self.field(key, |js| js.array(items, write));
        }
    }

    /// A field whose key is anything.
    pub(super) fn entry(&mut self, key: &str, write: impl FnOnce(&mut Expression)) {
        self.keyed(|line| push_key(line, key), write);
    }

    /// `...value`
    pub(super) fn spread(&mut self, write: impl FnOnce(&mut Expression)) {
        self.separate();
        self.0.piece(|js| {
            js.raw("...");
            write(js);
        });
    }

    fn keyed(&mut self, key: impl FnOnce(&mut String), write: impl FnOnce(&mut Expression)) {
        self.separate();
        let piece = self.0.pieces.len();
        self.0.piece(|js| {
            key(&mut js.line);
            js.line.push_str(": ");
            js.pieces[piece].value = js.line.len();
            write(js);
        });
    }

    /// Writes what stands between the last field and the next.
    fn separate(&mut self) {
        let line = &mut self.0.line;
        if line.ends_with('{') { line.push(' ') } else { line.push_str(", ") }
    }
}

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(iter::repeat_n("  ", depth));
}

/// Whether there is no code in a value.
fn is_data(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Array(items) => items.iter().all(is_data),
        ValueKind::Object(object) => object.0.values().all(|property| is_data(&property.value)),
        ValueKind::Code(_) | ValueKind::Dynamic(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(write: impl FnOnce(&mut Expression)) -> String {
        let mut text = String::new();
        Expression::new(write).print(&mut text);
        text
    }

    #[test]
    fn short_objects_stay_on_one_line() {
        let text = print(|js| {
            js.object(|fields| {
                fields.string("name", "wms");
                fields.entry("a-b", |js| js.number(1.0));
                fields.field("none", |js| js.object(|_| {}));
                fields.spread(|js| js.place("wms", "menu", 10));
            });
        });
        assert_eq!(text, r#"{ name: "wms", "a-b": 1, none: {}, ...wms.menu[10] }"#);
    }

    #[test]
    fn a_line_that_is_too_long_is_broken_from_the_outside() {
        let long = "x".repeat(WIDTH);
        let inner = |js: &mut Expression| js.array([1.0, 2.0], Expression::number);
        let text = print(|js| {
            js.array([long.as_str(), "{"], |js, name| {
                js.object(|fields| {
                    fields.entry(name, inner);
                    fields.field("empty", |js| js.array([(); 0], |_, ()| {}));
                });
            });
        });
        let broken = format!(
            "[\n  {{\n    {long}: [1, 2],\n    empty: [],\n  }},\n  {{ \"{{\": [1, 2], empty: [] }},\n]"
        );
        assert_eq!(text, broken);
    }

    #[test]
    fn a_line_may_be_as_wide_as_it_may_be() {
        for (length, lines) in [(WIDTH - 2, 1), (WIDTH - 1, 3)] {
            let text = print(|js| js.array(["x".repeat(length)], |js, text| js.raw(&text)));
            assert_eq!(text.lines().count(), lines, "{length}");
        }
    }
}
