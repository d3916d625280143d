//! Brace expansion: `{a,b}/{1..3}` to the patterns that it stands for.

use super::Dialect;

/// How many patterns one pattern may stand for. Beyond it a pattern is refused: `{a,b}` thirty times over is 2³⁰.
const MOST_ALTERNATIVES: usize = 1000;
/// The length at which picomatch and minimatch refuse a pattern.
const LONGEST: usize = 64 * 1024;
/// How much text an expansion may hold, whatever the number of its patterns.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Stands before a wildcard that opens an alternative where a dialect lets it match a leading dot.
pub(super) const NOT_AT_START: char = '\0';

/// The patterns that a pattern stands for, in order; none when there are too many.
pub(super) fn expand(pattern: &str, dialect: Dialect) -> Option<Vec<String>> {
    if pattern.len() > LONGEST {
        return None;
    }
    let mut expanded = Vec::new();
    let mut pending = vec![pattern.to_owned()];
    let mut bytes = 0;
    while let Some(text) = pending.pop() {
        bytes += text.len();
        let Some(group) = first_group(&text, dialect) else {
            expanded.push(text);
            continue;
        };
        if expanded.len() + pending.len() + group.alternatives.len() > MOST_ALTERNATIVES || bytes > MOST_BYTES
        {
            return None;
        }
        let (before, after) = (&text[..group.start], &text[group.end..]);
        pending.extend(group.alternatives.iter().rev().map(|inner| format!("{before}{inner}{after}")));
    }
    Some(expanded)
}

/// A pair of braces that stands for more than itself.
struct Group {
    start: usize,
    end: usize,
    alternatives: Vec<String>,
}

/// A brace that is still open, and the commas seen at its own depth.
struct Open {
    start: usize,
    commas: Vec<usize>,
}

/// The leftmost group of a text. One pass: what is unbalanced or has neither comma nor range is literal.
fn first_group(text: &str, dialect: Dialect) -> Option<Group> {
    let mut open: Vec<Open> = Vec::new();
    let mut first: Option<Group> = None;
    let mut escaped = false;
    let mut previous = ' ';
    for (at, char) in text.char_indices() {
        if escaped {
            escaped = false;
        } else {
            match char {
                '\\' => escaped = true,
                '{' if previous != '$' || dialect == Dialect::Picomatch => {
                    open.push(Open { start: at, commas: Vec::new() });
                }
                ',' => {
                    if let Some(brace) = open.last_mut() {
                        brace.commas.push(at);
                    }
                }
                '}' => {
                    if let Some(brace) = open.pop()
                        && first.as_ref().is_none_or(|group| brace.start < group.start)
                        && let Some(alternatives) = alternatives(text, &brace, at, dialect)
                    {
                        first = Some(Group { start: brace.start, end: at + 1, alternatives });
                    }
                }
                _ => {}
            }
        }
        if open.is_empty() && first.is_some() {
            break;
        }
        previous = char;
    }
    first
}

fn alternatives(text: &str, brace: &Open, close: usize, dialect: Dialect) -> Option<Vec<String>> {
    if brace.commas.is_empty() {
        let inner = &text[brace.start + 1..close];
        return if dialect == Dialect::Picomatch { character_range(inner) } else { range(inner) };
    }
    let mut from = brace.start + 1;
    let mut found = Vec::with_capacity(brace.commas.len() + 1);
    for &comma in brace.commas.iter().chain([&close]) {
        let inner = &text[from..comma];
        let wild =
            dialect == Dialect::Picomatch && inner.starts_with(['*', '?']) && !inner.starts_with("**/");
        found.push(if wild { format!("{NOT_AT_START}{inner}") } else { inner.to_owned() });
        from = comma + 1;
    }
    Some(found)
}

/// `1..3`, `01..10`, `a..e`, `1..9..2`: as bash and the `brace-expansion` package have it.
fn range(inner: &str) -> Option<Vec<String>> {
    let mut parts = inner.split("..");
    let (from, to) = (parts.next()?, parts.next()?);
    let step = parts.next().map_or(Some(1), |step| step.parse::<i64>().ok())?.unsigned_abs().max(1);
    if parts.next().is_some() {
        return None;
    }
    if let (Ok(low), Ok(high)) = (from.parse::<i64>(), to.parse::<i64>()) {
        let padded = [from, to].iter().any(|end| {
            let digits = end.trim_start_matches('-');
            digits.len() > 1 && digits.starts_with('0')
        });
        let width = if padded { from.len().max(to.len()) } else { 0 };
        return series(low, high, step).map(|all| all.iter().map(|n| format!("{n:0width$}")).collect());
    }
    let letter =
        |end: &str| end.parse::<char>().ok().filter(char::is_ascii_alphabetic).map(|c| i64::from(c as u32));
    let all = series(letter(from)?, letter(to)?, step)?;
    all.iter().map(|&code| Some(char::from_u32(u32::try_from(code).ok()?)?.to_string())).collect()
}

/// From one end to the other, in either direction; none when that is more than a pattern may stand for.
fn series(from: i64, to: i64, step: u64) -> Option<Vec<i64>> {
    let count = usize::try_from(from.abs_diff(to) / step).ok().filter(|&count| count < MOST_ALTERNATIVES)?;
    let step = i64::try_from(step).ok()? * if from <= to { 1 } else { -1 };
    Some(std::iter::successors(Some(from), |n| n.checked_add(step)).take(count + 1).collect())
}

/// Picomatch makes a character class of a range: `{1..12}` is `[1-12]`, the digits 1 and 2.
fn character_range(inner: &str) -> Option<Vec<String>> {
    let mut ends: Vec<&str> = inner.split("..").collect();
    if ends.len() < 2 || ends.iter().any(|end| end.is_empty() || !end.chars().all(char::is_alphanumeric)) {
        return None;
    }
    ends.sort_unstable();
    let class: Vec<char> = ends.join("-").chars().collect();
    let mut members = Vec::new();
    let mut at = 0;
    while let Some(&low) = class.get(at) {
        if let (Some('-'), Some(&high)) = (class.get(at + 1), class.get(at + 2)) {
            if low > high || high as u32 - low as u32 > 255 {
                return None;
            }
            members.extend((low..=high).map(String::from));
            at += 3;
        } else {
            members.push(low.to_string());
            at += 1;
        }
    }
    Some(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minimatch(pattern: &str) -> Vec<String> {
        expand(pattern, Dialect::Minimatch).unwrap()
    }

    #[test]
    fn braces_expand_in_order() {
        assert_eq!(minimatch("{a,b{1,2}}/x"), ["a/x", "b1/x", "b2/x"]);
        assert_eq!(minimatch("{01..03}"), ["01", "02", "03"]);
        assert_eq!(minimatch("{c..a}"), ["c", "b", "a"]);
        assert_eq!(minimatch("{a}-{b,c"), ["{a}-{b,c"]);
        assert_eq!(minimatch("{{a,b}"), ["{a", "{b"]);
        assert_eq!(minimatch("a{,b}"), ["a", "ab"]);
    }

    #[test]
    fn a_range_of_picomatch_is_a_character_class() {
        assert_eq!(expand("p{1..12}", Dialect::Picomatch).unwrap(), ["p1", "p2"]);
    }

    #[test]
    fn a_bomb_is_refused() {
        assert!(expand(&"{a,b}".repeat(30), Dialect::Minimatch).is_none());
        assert!(expand("{1..99999999999}", Dialect::Minimatch).is_some_and(|all| all.len() == 1));
        assert!(expand(&"{".repeat(60_000), Dialect::Minimatch).is_some());
        assert!(expand(&"{a,".repeat(20_000), Dialect::Minimatch).is_some());
        let nested = format!("{}{}", "{a,".repeat(10_000), "}".repeat(10_000));
        assert!(expand(&nested, Dialect::Minimatch).is_none());
    }
}
