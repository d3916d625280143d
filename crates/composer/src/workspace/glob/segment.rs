//! One segment of a pattern, matched against one name.

use super::{Dialect, braces::NOT_AT_START};

/// How deep extglobs may nest; deeper ones are literal.
const DEEPEST: usize = 16;

/// What stands between two slashes of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    tokens: Vec<Token>,
    /// Whether a leading wildcard may match a dot.
    dot: bool,
    dialect: Dialect,
    /// Whether the pattern ends here.
    last: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Char(char),
    AnyChar,
    Star,
    Class(Class),
    Group(Group),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
    /// The class as written: picomatch lets a plain class stand for its own text too.
    text: Option<Vec<char>>,
}

/// An extglob: `@(a|b)`, `?(…)`, `*(…)`, `+(…)`, `!(…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    kind: char,
    alternatives: Vec<Vec<Token>>,
}

/// The positions in a name that a part of a pattern can have reached.
type Positions = Vec<bool>;

impl Segment {
    pub(super) fn parse(text: &str, dialect: Dialect, dot: bool, last: bool) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let dot = dot || chars.first() == Some(&NOT_AT_START);
        let chars: Vec<char> = chars.into_iter().filter(|&char| char != NOT_AT_START).collect();
        Self { tokens: Parser { chars: &chars, dialect }.tokens(0, chars.len(), 0), dot, dialect, last }
    }

    /// The name that the segment stands for, if it has no wildcard.
    pub(super) fn literal(&self) -> Option<String> {
        let literal = |token: &Token| if let Token::Char(char) = token { Some(*char) } else { None };
        self.tokens.iter().map(literal).collect()
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        if name.is_empty() {
            // What follows a final slash: every wildcard wants a character, save a negation that stands alone.
            let [Token::Group(group)] = self.tokens.as_slice() else { return false };
            return group.kind == '!' && group.alternatives.iter().all(|tokens| !tokens.is_empty());
        }
        if name.starts_with('.') && !self.dot && !self.takes_leading_dot() {
            return false;
        }
        // What most patterns are made of.
        if self.tokens == [Token::Star] {
            return true;
        }
        let chars: Vec<char> = name.chars().collect();
        let mut start = vec![false; chars.len() + 1];
        start[0] = true;
        self.advance(&self.tokens, &chars, start, &[]).last() == Some(&true)
    }

    /// Whether the segment can name a dot explicitly.
    fn takes_leading_dot(&self) -> bool {
        fn takes(tokens: &[Token], dialect: Dialect) -> bool {
            match tokens.first() {
                Some(Token::Char(char)) => *char == '.',
                Some(Token::Class(class)) => dialect != Dialect::Minimatch && class.matches('.'),
                Some(Token::Group(group)) => {
                    let inner = || group.alternatives.iter().any(|alternative| takes(alternative, dialect));
                    match group.kind {
                        '!' => dialect != Dialect::Minimatch || takes(&tokens[1..], dialect),
                        '?' | '*' => inner() || takes(&tokens[1..], dialect),
                        _ => inner(),
                    }
                }
                _ => false,
            }
        }
        takes(&self.tokens, self.dialect)
    }

    /// Every position that a run of tokens leads to from some positions. `rest` is what follows the run.
    fn advance(&self, tokens: &[Token], name: &[char], mut at: Positions, rest: &[Token]) -> Positions {
        for (index, token) in tokens.iter().enumerate() {
            at = match token {
                Token::Char(char) => step(name, &at, |c| c == *char),
                Token::AnyChar => step(name, &at, |_| true),
                Token::Star => onward(&at),
                Token::Class(class) => class.advance(name, &at),
                Token::Group(group) => {
                    let following: Vec<Token> = tokens[index + 1..].iter().chain(rest).cloned().collect();
                    self.group(group, name, &at, &following)
                }
            };
            if !at.contains(&true) {
                break;
            }
        }
        at
    }

    fn group(&self, group: &Group, name: &[char], at: &Positions, rest: &[Token]) -> Positions {
        let once = |at: &Positions| {
            let ends = group.alternatives.iter().map(|tokens| self.advance(tokens, name, at.clone(), rest));
            ends.fold(vec![false; at.len()], |all, ends| union(&all, &ends))
        };
        match group.kind {
            '@' => once(at),
            '?' => union(at, &once(at)),
            '!' => self.all_but(group, name, at, rest),
            kind => {
                let mut reached = if kind == '*' { at.clone() } else { once(at) };
                loop {
                    let more = union(&reached, &once(&reached));
                    if more == reached {
                        return reached;
                    }
                    reached = more;
                }
            }
        }
    }

    /// `!(…)` is a lookahead in both libraries. Minimatch looks at the alternative and all that follows it,
    /// picomatch at the alternative alone, which at the end of a pattern must be the whole rest of the name.
    fn all_but(&self, group: &Group, name: &[char], at: &Positions, rest: &[Token]) -> Positions {
        let ends_pattern = rest.is_empty() && (self.last || self.dialect == Dialect::Minimatch);
        let excluded = |start: usize| {
            let mut from = vec![false; at.len()];
            from[start] = true;
            group.alternatives.iter().any(|tokens| {
                let ends = self.advance(tokens, name, from.clone(), rest);
                match self.dialect {
                    Dialect::Minimatch => self.advance(rest, name, ends, &[]).last() == Some(&true),
                    _ if ends_pattern => ends.last() == Some(&true),
                    _ => ends.contains(&true),
                }
            })
        };
        let allowed = (0..at.len()).map(|start| at[start] && !excluded(start)).collect();
        onward(&allowed)
    }
}

impl Class {
    fn matches(&self, char: char) -> bool {
        self.ranges.iter().any(|&(low, high)| low <= char && char <= high) != self.negated
    }

    fn advance(&self, name: &[char], at: &Positions) -> Positions {
        let one = step(name, at, |char| self.matches(char));
        let Some(text) = &self.text else { return one };
        let whole = text.iter().fold(at.clone(), |at, char| step(name, &at, |c| c == *char));
        union(&one, &whole)
    }
}

/// One character further, where it is the right one.
fn step(name: &[char], at: &Positions, right: impl Fn(char) -> bool) -> Positions {
    let mut next = vec![false; at.len()];
    for (position, char) in name.iter().enumerate() {
        next[position + 1] = at[position] && right(*char);
    }
    next
}

/// Any number of characters further.
fn onward(at: &Positions) -> Positions {
    let first = at.iter().position(|&reached| reached).unwrap_or(at.len());
    (0..at.len()).map(|position| position >= first).collect()
}

fn union(a: &Positions, b: &Positions) -> Positions {
    a.iter().zip(b).map(|(a, b)| *a || *b).collect()
}

struct Parser<'a> {
    chars: &'a [char],
    dialect: Dialect,
}

impl Parser<'_> {
    fn tokens(&self, mut at: usize, end: usize, depth: usize) -> Vec<Token> {
        let mut tokens = Vec::new();
        while at < end {
            let char = self.chars[at];
            let next = (at + 1 < end).then(|| self.chars[at + 1]);
            if "@?*+!".contains(char)
                && next == Some('(')
                && depth < DEEPEST
                && let Some((group, after)) = self.group(char, at + 2, end, depth)
            {
                tokens.push(Token::Group(group));
                at = after;
            } else if char == '['
                && let Some((class, after)) = self.class(at, end)
            {
                tokens.push(Token::Class(class));
                at = after;
            } else if char == '\\'
                && let Some(next) = next
            {
                tokens.push(Token::Char(next));
                at += 2;
            } else {
                match char {
                    '*' if tokens.last() == Some(&Token::Star) => {}
                    '*' => tokens.push(Token::Star),
                    '?' => tokens.push(Token::AnyChar),
                    _ => tokens.push(Token::Char(char)),
                }
                at += 1;
            }
        }
        tokens
    }

    /// An extglob whose first alternative begins at `start`, and the position after it.
    fn group(&self, kind: char, start: usize, end: usize, depth: usize) -> Option<(Group, usize)> {
        let mut alternatives = Vec::new();
        let (mut from, mut at, mut open) = (start, start, 0_usize);
        while at < end {
            match self.chars[at] {
                '\\' => at += 1,
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' => {
                    alternatives.push(self.tokens(from, at, depth + 1));
                    return Some((Group { kind, alternatives }, at + 1));
                }
                '|' if open == 0 => {
                    alternatives.push(self.tokens(from, at, depth + 1));
                    from = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// A character class that begins at `start`, and the position after it.
    fn class(&self, start: usize, end: usize) -> Option<(Class, usize)> {
        let mut at = start + 1;
        let negated = at < end && matches!(self.chars[at], '!' | '^');
        at += usize::from(negated);
        let first = at;
        let mut ranges = Vec::new();
        while at < end && (self.chars[at] != ']' || at == first) {
            if let Some((named, after)) = self.named_class(at, end) {
                ranges.extend_from_slice(named);
                at = after;
                continue;
            }
            at += usize::from(self.chars[at] == '\\' && at + 1 < end);
            let low = self.chars[at];
            let wide = at + 2 < end && self.chars[at + 1] == '-' && self.chars[at + 2] != ']';
            let high = if wide { self.chars[at + 2] } else { low };
            ranges.push((low, high));
            at += if wide { 3 } else { 1 };
        }
        if at >= end {
            return None;
        }
        let text = &self.chars[start..=at];
        let plain = !text[1..text.len() - 1].iter().any(|char| "-*+?.^${}(|)[]".contains(*char));
        let text = (plain && self.dialect != Dialect::Minimatch).then(|| text.to_vec());
        Some((Class { negated, ranges, text }, at + 1))
    }

    /// `[:alpha:]` and its like, within a class.
    fn named_class(&self, at: usize, end: usize) -> Option<(&'static [(char, char)], usize)> {
        let rest: String = self.chars[at..end.min(at + 10)].iter().collect();
        let (name, _) = rest.strip_prefix("[:")?.split_once(":]")?;
        let ranges: &[(char, char)] = match name {
            "alnum" => &[('a', 'z'), ('A', 'Z'), ('0', '9')],
            "alpha" => &[('a', 'z'), ('A', 'Z')],
            "digit" => &[('0', '9')],
            "lower" => &[('a', 'z')],
            "upper" => &[('A', 'Z')],
            "space" => &[(' ', ' '), ('\t', '\r')],
            "word" => &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
            "xdigit" => &[('a', 'f'), ('A', 'F'), ('0', '9')],
            "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            _ => return None,
        };
        Some((ranges, at + name.len() + 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        Segment::parse(pattern, Dialect::Minimatch, false, true).matches(name)
    }

    #[test]
    fn wildcards() {
        assert!(matches("*", "a") && matches("a*c", "abbc") && matches("?b", "ab"));
        assert!(!matches("a*c", "abb") && !matches("*", ".a") && matches(".*", ".a") && matches("*", "é😀"));
        assert!(matches("[a-c]x", "bx") && !matches("[!a-c]x", "bx") && matches("[[:digit:]]", "7"));
        assert!(matches("[", "[") && matches("a]", "a]"));
    }

    #[test]
    fn extglobs() {
        assert!(
            matches("@(a|b)c", "bc")
                && matches("+(ab)", "abab")
                && matches("*(a)b", "b")
                && matches("?(a)b", "b")
        );
        assert!(matches("!(docs)", "doc") && !matches("!(docs|x)", "docs") && !matches("!(x)", ".y"));
        assert!(matches("!(a)*", "b") && matches("p-!(a|b)", "p-c") && !matches("p-!(a|b)", "p-a"));
    }

    #[test]
    fn picomatch_looks_at_a_prefix_unless_the_pattern_ends() {
        let within = Segment::parse("!(foo)", Dialect::Picomatch, false, false);
        assert!(!within.matches("foobar") && within.matches("bar"));
        assert!(Segment::parse("!(foo)", Dialect::FastGlob, false, true).matches("foobar"));
    }
}
