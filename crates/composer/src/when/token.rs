//! The words and signs of a condition.

/// A word or sign, and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// As written; empty at the end.
    pub(super) text: &'t str,
    /// In bytes.
    pub(super) start: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names joined by dots, and the words that are no names.
    Word,
    Number,
    String,
    /// A bracket, a comma, or signs that belong together, whether they are an operator or not.
    Sign,
    /// A quote that no other ends.
    OpenString,
    /// A character that begins nothing.
    Unknown,
    End,
}

/// The first token at or after a byte.
pub(super) fn token_at(text: &str, from: usize) -> Token<'_> {
    let rest = text[from..].trim_start_matches([' ', '\t', '\n', '\r']);
    let start = text.len() - rest.len();
    let (kind, length) = longest(rest);
    Token { kind, text: &rest[..length], start }
}

fn longest(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let Some(&first) = bytes.first() else { return (Kind::End, 0) };
    match first {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => (Kind::Word, word(bytes)),
        b'0'..=b'9' => (Kind::Number, number(bytes)),
        b'-' if bytes.get(1).is_some_and(u8::is_ascii_digit) => (Kind::Number, 1 + number(&bytes[1..])),
        b'\'' | b'"' => string(bytes).map_or((Kind::OpenString, 1), |length| (Kind::String, length)),
        b'(' | b')' | b'[' | b']' | b',' => (Kind::Sign, 1),
        // `a&&!b`: what follows `!` may only be `=`, and `!` follows nothing.
        b'!' => (Kind::Sign, 1 + run(&bytes[1..], |byte| byte == b'=')),
        b'=' | b'<' | b'>' | b'&' | b'|' => {
            (Kind::Sign, run(bytes, |byte| matches!(byte, b'=' | b'<' | b'>' | b'&' | b'|')))
        }
        _ => (Kind::Unknown, rest.chars().next().map_or(0, char::len_utf8)),
    }
}

/// How many bytes from the first on are such.
fn run(bytes: &[u8], such: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&byte| such(byte)).count()
}

fn word(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += run(&bytes[length..], |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'));
        let follows = bytes.get(length) == Some(&b'.')
            && bytes
                .get(length + 1)
                .is_some_and(|&byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'));
        if !follows {
            return length;
        }
        length += 1;
    }
}

/// The number grammar of JSON (RFC 8259, section 6), without its sign.
fn number(bytes: &[u8]) -> usize {
    let digits = |from: usize| run(bytes.get(from..).unwrap_or_default(), |byte| byte.is_ascii_digit());
    let mut length = if bytes[0] == b'0' { 1 } else { digits(0) };
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + signed);
        if exponent > 0 {
            length += 1 + signed + exponent;
        }
    }
    length
}

/// The length up to and with the closing quote; an escaped one does not close.
fn string(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            _ if byte == bytes[0] => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}
