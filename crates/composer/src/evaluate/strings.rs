//! The pure methods of strings, with known arguments (ECMA-262, 22.1.3).

use super::convert::{Outcome, from_units, is_space, short, to_integer, to_number, to_string};
use crate::value::{Dynamic, Value, ValueKind};

/// What a method gives: a kind, or texts that become an array's elements.
pub(super) enum Made {
    Kind(ValueKind),
    Texts(Vec<String>),
}

/// A method of a string; none where no such method is known.
pub(super) fn method(text: &str, name: &str, arguments: &[Value]) -> Option<Outcome<Made>> {
    let call = Call { text, arguments };
    let kind = match name {
        "toString" | "valueOf" => Ok(ValueKind::String(text.to_owned())),
        "toUpperCase" => cased(text).map(|()| ValueKind::String(text.to_uppercase())),
        "toLowerCase" => cased(text).map(|()| ValueKind::String(text.to_lowercase())),
        "trim" => Ok(ValueKind::String(text.trim_matches(is_space).to_owned())),
        "trimStart" => Ok(ValueKind::String(text.trim_start_matches(is_space).to_owned())),
        "trimEnd" => Ok(ValueKind::String(text.trim_end_matches(is_space).to_owned())),
        "concat" => call.concat(),
        "repeat" => call.repeat(),
        "padStart" => call.pad(true),
        "padEnd" => call.pad(false),
        "slice" => call.slice(),
        "substring" => call.substring(),
        "substr" => call.substr(),
        "charAt" => call.at(false),
        "at" => call.at(true),
        "charCodeAt" => call.char_code(),
        "codePointAt" => call.code_point(),
        "includes" => call.find().map(|found| ValueKind::Bool(found.is_some())),
        "startsWith" => call.one("startsWith").map(|it| ValueKind::Bool(text.starts_with(&it))),
        "endsWith" => call.one("endsWith").map(|it| ValueKind::Bool(text.ends_with(&it))),
        "indexOf" => call.find().map(|found| ValueKind::Number(found.map_or(-1.0, |at| at as f64))),
        "lastIndexOf" => call.find_last().map(|found| ValueKind::Number(found.map_or(-1.0, |at| at as f64))),
        "replace" => call.replace(false),
        "replaceAll" => call.replace(true),
        "split" => return Some(call.split().map(Made::Texts)),
        _ => return None,
    };
    Some(kind.map(Made::Kind))
}

/// Letters whose cases every engine and this library's tables agree on.
fn cased(text: &str) -> Outcome<()> {
    let settled =
        |char: char| char < '\u{250}' || ('\u{400}'..'\u{460}').contains(&char) || !char.is_alphabetic();
    if text.chars().all(settled) {
        Ok(())
    } else {
        Err(Dynamic::new("the text's upper and lower case depend on the engine"))
    }
}

struct Call<'c> {
    text: &'c str,
    arguments: &'c [Value],
}

impl Call<'_> {
    fn units(&self) -> Vec<u16> {
        self.text.encode_utf16().collect()
    }

    /// The only argument, a string.
    fn one(&self, name: &str) -> Outcome<String> {
        match self.arguments {
            [Value { kind: ValueKind::String(it), .. }] => Ok(it.clone()),
            _ => Err(Dynamic::new(format!("`{name}` is called with more than one text"))),
        }
    }

    /// An argument as a whole number; the default where it is left out or undefined.
    fn integer(&self, index: usize, default: f64) -> Outcome<f64> {
        match self.arguments.get(index) {
            None | Some(Value { kind: ValueKind::Undefined, .. }) => Ok(default),
            Some(value) => to_number(value).map(to_integer),
        }
    }

    fn concat(&self) -> Outcome<ValueKind> {
        let mut text = self.text.to_owned();
        for argument in self.arguments {
            text += &to_string(argument)?;
            short(&text)?;
        }
        Ok(ValueKind::String(text))
    }

    fn repeat(&self) -> Outcome<ValueKind> {
        let count = self.integer(0, 0.0)?;
        if count < 0.0 || count * self.text.len() as f64 > 1_000_000.0 || count > 1_000_000.0 {
            return Err(Dynamic::new("the text is repeated too often"));
        }
        Ok(ValueKind::String(self.text.repeat(count as usize)))
    }

    fn pad(&self, start: bool) -> Outcome<ValueKind> {
        let length = self.integer(0, 0.0)?;
        let filler = match self.arguments.get(1) {
            None | Some(Value { kind: ValueKind::Undefined, .. }) => " ".to_owned(),
            Some(value) => to_string(value)?,
        };
        let units = self.units();
        if length <= units.len() as f64 || filler.is_empty() {
            return Ok(ValueKind::String(self.text.to_owned()));
        }
        if length > 1_000_000.0 {
            return Err(Dynamic::new("the text is padded too far"));
        }
        let missing = length as usize - units.len();
        let padding: Vec<u16> =
            filler.encode_utf16().collect::<Vec<_>>().into_iter().cycle().take(missing).collect();
        let all = if start { [padding, units].concat() } else { [units, padding].concat() };
        from_units(&all).map(ValueKind::String)
    }

    fn slice(&self) -> Outcome<ValueKind> {
        let units = self.units();
        let (start, end) = range(self.integer(0, 0.0)?, self.integer(1, f64::INFINITY)?, units.len());
        from_units(&units[start..end.max(start)]).map(ValueKind::String)
    }

    fn substring(&self) -> Outcome<ValueKind> {
        let units = self.units();
        let clamp = |at: f64| at.clamp(0.0, units.len() as f64) as usize;
        let (a, b) = (clamp(self.integer(0, 0.0)?), clamp(self.integer(1, f64::INFINITY)?));
        from_units(&units[a.min(b)..a.max(b)]).map(ValueKind::String)
    }

    /// ECMA-262, B.2.2.1.
    fn substr(&self) -> Outcome<ValueKind> {
        let units = self.units();
        let (start, _) = range(self.integer(0, 0.0)?, 0.0, units.len());
        let rest = units.len() - start;
        let length = self.integer(1, f64::INFINITY)?.clamp(0.0, rest as f64) as usize;
        from_units(&units[start..start + length]).map(ValueKind::String)
    }

    fn at(&self, relative: bool) -> Outcome<ValueKind> {
        let units = self.units();
        let index = self.integer(0, 0.0)?;
        let index = if relative && index < 0.0 { index + units.len() as f64 } else { index };
        match (index >= 0.0).then(|| units.get(index as usize)).flatten() {
            Some(&unit) => from_units(&[unit]).map(ValueKind::String),
            None if relative => Ok(ValueKind::Undefined),
            None => Ok(ValueKind::String(String::new())),
        }
    }

    fn char_code(&self) -> Outcome<ValueKind> {
        let index = self.integer(0, 0.0)?;
        let unit = (index >= 0.0).then(|| self.units().get(index as usize).copied()).flatten();
        Ok(ValueKind::Number(unit.map_or(f64::NAN, f64::from)))
    }

    fn code_point(&self) -> Outcome<ValueKind> {
        let index = self.integer(0, 0.0)?;
        let units = self.units();
        let rest = if index >= 0.0 { units.get(index as usize..).unwrap_or_default() } else { &[] };
        Ok(match char::decode_utf16(rest.iter().copied()).next() {
            Some(point) => ValueKind::Number(
                point.map_or_else(|half| f64::from(half.unpaired_surrogate()), |it| f64::from(u32::from(it))),
            ),
            None => ValueKind::Undefined,
        })
    }

    /// Where a text occurs last, in UTF-16 units.
    fn find_last(&self) -> Outcome<Option<usize>> {
        let wanted = self.one("lastIndexOf")?;
        Ok(self.text.rfind(&wanted).map(|at| self.text[..at].encode_utf16().count()))
    }

    /// Where a text occurs first, in UTF-16 units.
    fn find(&self) -> Outcome<Option<usize>> {
        let wanted = self.one("indexOf")?;
        Ok(self.text.find(&wanted).map(|at| self.text[..at].encode_utf16().count()))
    }

    fn replace(&self, all: bool) -> Outcome<ValueKind> {
        let [Value { kind: ValueKind::String(from), .. }, Value { kind: ValueKind::String(to), .. }] =
            self.arguments
        else {
            return Err(Dynamic::new("`replace` is called with something other than two texts")
                .help("Give it two texts, as in `replaceAll('//', '/')`: patterns are not worked out."));
        };
        if to.contains('$') || from.is_empty() {
            return Err(Dynamic::new("`replace` is called with a pattern"));
        }
        if all && self.text.len() * to.len().max(1) > 1 << 20 {
            return Err(Dynamic::new("the text is too long to be built here"));
        }
        let text = if all { self.text.replace(from, to) } else { self.text.replacen(from, to, 1) };
        Ok(ValueKind::String(text))
    }

    fn split(&self) -> Outcome<Vec<String>> {
        let [Value { kind: ValueKind::String(separator), .. }, ..] = self.arguments else {
            return Err(Dynamic::new("`split` is called with something other than a text"));
        };
        let limit = self.integer(1, f64::from(u32::MAX))?;
        if self.arguments.len() > 2 || !(0.0..=f64::from(u32::MAX)).contains(&limit) {
            return Err(Dynamic::new("`split` is called with a limit that is no count"));
        }
        let limit = limit as usize;
        if separator.is_empty() {
            return self.units().iter().take(limit).map(|&unit| from_units(&[unit])).collect();
        }
        Ok(self.text.split(separator.as_str()).take(limit).map(str::to_owned).collect())
    }
}

/// A range as `slice` takes it: negative ends count from the end.
pub(super) fn range(start: f64, end: f64, length: usize) -> (usize, usize) {
    let clamp = |at: f64| {
        let at = if at < 0.0 { at + length as f64 } else { at };
        at.clamp(0.0, length as f64) as usize
    };
    (clamp(start), clamp(end))
}
