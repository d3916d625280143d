//! A cheap look at how deeply a source nests, before a recursive parser is let loose on it.

/// Brackets within brackets, at most.
pub(super) const BRACKETS: usize = 800;
/// Tokens without a comma, a semicolon or the end of a statement between them, at most.
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

/// Whether a recursive parser may be trusted with a source. The answer errs on the side of refusing: brackets in
/// comments and strings count too when they stand unbalanced.
pub(super) fn is_bearable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut runs = vec![0_usize];
    let mut at = 0;
    let mut comments = true; // Once one does not end, no later one is searched for.
    while at < bytes.len() {
        let byte = bytes[at];
        let Some(run) = runs.last_mut() else { return false };
        match byte {
            b'"' | b'\'' => at = string_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(bytes, at) - 1,
            b'/' if comments && bytes.get(at + 1) == Some(&b'*') => {
                let end = comment_end(bytes, at);
                comments = end.is_some();
                at = end.unwrap_or(at);
            }
            b'(' | b'[' | b'{' => {
                let outer = *run + 1;
                *run = outer;
                if runs.len() >= BRACKETS {
                    return false;
                }
                runs.push(0);
            }
            b')' | b']' | b'}' => {
                if runs.len() > 1 {
                    runs.pop();
                }
                if byte == b'}' && ends_statement(bytes, at) {
                    runs.last_mut().into_iter().for_each(|run| *run = 0);
                }
            }
            b',' | b';' => *run = 0,
            b'\n' if ends_statement(bytes, at) => *run = 0,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                *run += 1;
                if *run > RUN {
                    return false;
                }
                if is_word(byte) {
                    at = word_end(bytes, at) - 1;
                }
            }
        }
        at += 1;
    }
    true
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
        assert!(!is_bearable(&"1+".repeat(100_000)));
        assert!(!is_bearable(&"!\n".repeat(100_000)));
        assert!(!is_bearable(&"new\n".repeat(100_000)));
        assert!(!is_bearable(&"if(a){}else ".repeat(100_000)));
        assert!(!is_bearable(&"a=>".repeat(100_000)));
        assert!(!is_bearable(&"<a>".repeat(100_000)));
    }
}
