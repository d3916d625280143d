//! A cheap look at how deeply a source nests, before a recursive parser is let loose on it.

/// Brackets within brackets, at most.
pub(super) const BRACKETS: usize = 800;
/// Tokens on the way to a place, without a comma, a semicolon or the end of a statement between them, at most.
pub(super) const RUN: usize = 12_000;

const OPERATORS: &[u8] = b"+-*/%&|^<>=!~?:.([`";
/// Words after which, or before which, an expression goes on.
const CONTINUING: [&[u8]; 16] = [
    b"new",
    b"typeof",
    b"void",
    b"delete",
    b"await",
    b"yield",
    b"else",
    b"in",
    b"instanceof",
    b"as",
    b"satisfies",
    b"extends",
    b"keyof",
    b"infer",
    b"async",
    b"is",
];

/// How deep a place is: the tokens on the way to it that may each nest what follows.
struct Level {
    /// Where the bracket was opened.
    base: usize,
    /// With the tokens since the last pause.
    depth: usize,
}

/// Whether a recursive parser may be trusted with a source. The answer errs on the side of refusing: brackets in
/// templates and regular expressions count too when they stand unbalanced.
pub(super) fn is_bearable(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() <= RUN && opening(bytes) <= BRACKETS {
        return true; // Each token is a byte at least.
    }
    let mut levels = Vec::new();
    let mut level = Level { base: 0, depth: 0 };
    let mut at = 0;
    let mut comments = true; // Once one does not end, no later one is searched for.
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'"' | b'\'' => at = string_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(bytes, at) - 1,
            b'/' if comments && bytes.get(at + 1) == Some(&b'*') => {
                let end = comment_end(bytes, at);
                comments = end.is_some();
                at = end.unwrap_or(at);
            }
            b'(' | b'[' | b'{' => {
                level.depth += 1;
                let inner = Level { base: level.depth, depth: level.depth };
                levels.push(std::mem::replace(&mut level, inner));
            }
            b')' | b']' | b'}' => {
                level = levels.pop().unwrap_or(level);
                if byte == b'}' && ends_statement(bytes, at) {
                    level.depth = level.base;
                }
            }
            b',' | b';' => level.depth = level.base,
            b'\n' if ends_statement(bytes, at) => level.depth = level.base,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                level.depth += 1;
                if is_word(byte) {
                    at = word_end(bytes, at) - 1;
                }
            }
        }
        if levels.len() > BRACKETS || level.depth > RUN {
            return false;
        }
        at += 1;
    }
    true
}

/// How many brackets are opened, counted in bytes of their own so that many are looked at at once.
fn opening(bytes: &[u8]) -> usize {
    let of_block = |block: &[u8]| {
        // `[` and `{` differ in one bit.
        block.iter().fold(0_u8, |count, byte| count + u8::from(*byte == b'(' || *byte | 0x20 == b'{'))
    };
    bytes.chunks(usize::from(u8::MAX)).map(|block| usize::from(of_block(block))).sum()
}

/// Whether no expression goes on over this line break or closing brace.
fn ends_statement(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rposition(|byte| !byte.is_ascii_whitespace());
    let after = bytes[at + 1..].iter().take(256).position(|byte| !byte.is_ascii_whitespace());
    let (Some(before), Some(after)) = (before, after.map(|after| at + 1 + after)) else {
        return after.is_some();
    };
    let brace = bytes[at] == b'}';
    (brace || !continues_after(bytes, before)) && !continues_before(bytes, after)
}

fn continues_after(bytes: &[u8], at: usize) -> bool {
    let start = bytes[..=at].iter().rposition(|&byte| !is_word(byte)).map_or(0, |start| start + 1);
    (OPERATORS.contains(&bytes[at]) && bytes[at] != b'`') || CONTINUING.contains(&&bytes[start..=at])
}

fn continues_before(bytes: &[u8], at: usize) -> bool {
    OPERATORS.contains(&bytes[at]) || CONTINUING.contains(&&bytes[at..word_end(bytes, at)])
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| !is_word(byte)).map_or(bytes.len(), |length| at + length)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

/// The closing quote; where the line ends first it was no string (text in JSX), and the quote stands alone.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'\n' {
        match bytes[at] {
            b'\\' => at += 1,
            byte if byte == bytes[start] => return at,
            _ => {}
        }
        at += 1;
    }
    start
}

fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at + 2..)?.windows(2).position(|pair| pair == b"*/").map(|length| at + 3 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_sources_pass_and_absurd_ones_do_not() {
        assert!(is_bearable("export default { a: [1, (2), `x${y}`], b: 'it`s ((((' } // ((("));
        assert!(is_bearable(&"const a = b + c\n".repeat(100_000)));
        assert!(is_bearable(&format!("[{}]", "{ a: 1, b: 'x' },".repeat(100_000))));
        assert!(!is_bearable(&"(".repeat(100_000)));
        assert!(!is_bearable(&format!("{}(", "!".repeat(1_000)).repeat(100)));
        assert!(!is_bearable(&"[]".repeat(100_000)));
        assert!(!is_bearable(&"1+".repeat(100_000)));
        assert!(!is_bearable(&"!\n".repeat(100_000)));
        assert!(!is_bearable(&"new\n".repeat(100_000)));
        assert!(!is_bearable(&"if(a){}else ".repeat(100_000)));
        assert!(!is_bearable(&"a=>".repeat(100_000)));
        assert!(!is_bearable(&"<a>".repeat(100_000)));
    }
}
