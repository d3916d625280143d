//! The words of JavaScript. Strings are escaped so that no name can end one, nor the script element around it.

use std::fmt::Write;

use crate::manifest::is_identifier;

/// A string literal.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text);
    quoted
}

/// Writes a string literal at the end of a text.
pub(super) fn push_quoted(end: &mut String, text: &str) {
    end.reserve(text.len() + 2);
    // All of them are looked at, several at once: hardly any text is not plain.
    if text.bytes().fold(true, |all, byte| all & PLAIN[usize::from(byte)]) {
        end.push('"');
        end.push_str(text);
        end.push('"');
    } else {
        end.push_str(&escaped(text));
    }
}

/// The bytes that stand for themselves in a string literal. The separators of lines that JSON does not know begin with
/// 0xE2.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = byte >= b' ' as usize && !matches!(byte as u8, b'"' | b'\\' | b'<' | 0xE2);
        byte += 1;
    }
    plain
};

fn escaped(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace("</", "<\\/")
        .replace("<!--", "<\\!--")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Writes a key of an object literal. `__proto__` in quotes would still set the prototype.
pub(super) fn push_key(end: &mut String, key: &str) {
    match key {
        "__proto__" => end.push_str("[\"__proto__\"]"),
        key if is_identifier(key) => end.push_str(key),
        key => push_quoted(end, key),
    }
}

/// Writes a number as JavaScript reads it back.
pub(super) fn push_number(end: &mut String, number: f64) {
    if number.is_sign_negative() && !number.is_nan() {
        end.push('-');
    }
    let size = number.abs();
    if size.fract() == 0.0 && size < 1e15 {
        push_integer(end, size as u64);
    } else if size.is_finite() {
        // A text takes whatever is written to it.
        let _ = write!(end, "{size:e}");
    } else {
        end.push_str(if size.is_nan() { "NaN" } else { "Infinity" });
    }
}

pub(super) fn push_integer(end: &mut String, number: u64) {
    let _ = write!(end, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_its_string() {
        assert_eq!(quote("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
        assert_eq!(quote("</script><!--"), r#""<\/script><\!--""#);
        assert_eq!(quote("\u{2028}\u{2029}"), r#""\u2028\u2029""#);
        assert_eq!(quote("倉庫 “Ä”\u{7f}"), "\"倉庫 “Ä”\u{7f}\"");
    }

    #[test]
    fn numbers_read_back_as_they_were() {
        let print = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!(print(10.0), "10");
        assert_eq!(print(-1_234_567.0), "-1234567");
        assert_eq!(print(-0.0), "-0");
        assert_eq!(print(0.1).parse(), Ok(0.1));
        assert_eq!(print(-1e300).parse(), Ok(-1e300));
        assert_eq!(print(f64::NEG_INFINITY), "-Infinity");
        assert_eq!(print(-f64::NAN), "NaN");
    }
}
