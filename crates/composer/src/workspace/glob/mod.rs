//! The globs of package managers: three libraries, three readings of one notation.

mod braces;
mod partial;
mod segment;
mod walk;

pub(super) use walk::{Links, Seen, Walk};

use segment::Segment;

/// The library whose reading of a pattern holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// picomatch without brace expansion, as tinyglobby has it: pnpm and Lerna.
    Picomatch,
    /// micromatch after brace expansion, as fast-glob has it: Yarn Berry.
    FastGlob,
    /// minimatch: npm, Yarn 1, Bun.
    Minimatch,
}

/// A pattern with its braces expanded.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) alternatives: Vec<Alternative>,
    /// How many segments stand before the first braces that hold a slash.
    before_slashed_braces: Option<usize>,
}

/// A pattern without braces, by segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    parts: Vec<Part>,
    /// Whether wildcards match names that begin with a dot.
    dot: bool,
    /// Whether a slash ends it.
    slashed: bool,
    /// Whether a final `**` wants at least one name, be it the empty one behind a slash: minimatch's rule.
    wants_end: bool,
}

/// A segment, as walking the disk sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// One folder of a known name, or `..`.
    Named(String),
    /// The folders whose names match.
    Matching(Segment),
    /// `**`: any number of folders, none too.
    GlobStar,
}

impl Pattern {
    /// Reads a pattern; none if its braces stand for too many patterns.
    pub(super) fn parse(text: &str, dialect: Dialect, dot: bool) -> Option<Self> {
        let alternatives = braces::expand(text, dialect)?;
        let parse = |text: &String| Alternative::parse(text, dialect, dot);
        let before_slashed_braces = before_slashed_braces(text);
        Some(Self { alternatives: alternatives.iter().filter_map(parse).collect(), before_slashed_braces })
    }

    /// Whether tinyglobby crawls as far as this path: it compares name by name up to the first `**`, and that one
    /// by itself, so that a hidden folder is not seen where `**` stands for no folder. Braces that hold a slash stop
    /// the comparison.
    pub(super) fn crawls(&self, path: &str) -> bool {
        let compared = self.before_slashed_braces.unwrap_or(usize::MAX);
        self.alternatives.iter().any(|alternative| alternative.crawls(path, compared))
    }

    /// Whether a `/`-separated path matches. `.` is the root. A slash at the end may count as the end of a name or
    /// as the beginning of an empty one.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|alternative| alternative.matches(path))
    }

    /// Whether a path, or one above it, can match at all: where not, nobody has to look at each.
    pub(super) fn may_match_above(&self, path: &str) -> bool {
        self.alternatives.iter().any(|alternative| alternative.has_its_names(path))
    }
}

impl Alternative {
    fn parse(text: &str, dialect: Dialect, dot: bool) -> Option<Self> {
        let mut parts: Vec<Part> = Vec::new();
        let mut segments = text.trim_end_matches('/').split('/').enumerate().peekable();
        while let Some((index, segment)) = segments.next() {
            match segment {
                // Braces can leave an empty segment, which minimatch collapses and picomatch takes at its word.
                "" if index > 0 && dialect == Dialect::Picomatch => return None,
                "" | "." => {}
                ".." if matches!(parts.last(), Some(part) if *part != Part::up()) => drop(parts.pop()),
                "**" if parts.last() == Some(&Part::GlobStar) => {}
                "**" => parts.push(Part::GlobStar),
                _ => {
                    let segment = Segment::parse(segment, dialect, dot, segments.peek().is_none());
                    parts.push(match segment.literal() {
                        Some(name) => Part::Named(name),
                        None => Part::Matching(segment),
                    });
                }
            }
        }
        let wants_end = dialect == Dialect::Minimatch;
        Some(Self { parts, dot, slashed: text.ends_with('/'), wants_end })
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        if !self.has_its_names(path) {
            return false;
        }
        let mut names: Vec<&str> = path.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
        if self.matches_names(&names) {
            return true;
        }
        names.push("");
        path.ends_with('/') && !self.slashed && self.matches_names(&names)
    }

    /// Whether every plain name of the pattern is in a path: most paths are told apart by that alone.
    fn has_its_names(&self, path: &str) -> bool {
        let is_there = |part: &Part| match part {
            // Asked of every folder: byte by byte it is the faster question.
            Part::Named(wanted) => {
                path.as_bytes().split(|&byte| byte == b'/').any(|name| name == wanted.as_bytes())
            }
            Part::Matching(_) | Part::GlobStar => true,
        };
        self.parts.iter().all(is_there)
    }

    fn matches_names(&self, names: &[&str]) -> bool {
        let mut reached = vec![false; names.len() + 1];
        reached[0] = true;
        for (index, part) in self.parts.iter().enumerate() {
            let end = self.wants_end && index + 1 == self.parts.len();
            reached = self.advance(part, end, names, &reached);
        }
        reached.last() == Some(&true)
    }

    /// The positions between the names of a path that a part leads to from some positions. `end` tells that a `**`
    /// stands for no less than one name.
    fn advance(&self, part: &Part, end: bool, names: &[&str], at: &[bool]) -> Vec<bool> {
        let mut next = vec![false; at.len()];
        for position in 0..at.len() {
            if *part == Part::GlobStar && at[position] && !end {
                next[position] = true;
            }
            let Some(name) = names.get(position) else { continue };
            next[position + 1] |= match part {
                Part::Named(wanted) => at[position] && wanted == name,
                Part::Matching(segment) => at[position] && segment.matches(name),
                Part::GlobStar => (at[position] || next[position]) && self.walks_into(name),
            };
        }
        next
    }

    /// Whether `**` stands for a folder of this name.
    fn walks_into(&self, name: &str) -> bool {
        self.dot || !name.starts_with('.')
    }

    fn crawls(&self, path: &str, compared: usize) -> bool {
        let names = || path.split('/').filter(|name| *name != ".");
        for (part, name) in self.parts.iter().zip(names()).take(compared) {
            match part {
                Part::GlobStar => return self.walks_into(name),
                Part::Named(wanted) if wanted == name => {}
                Part::Matching(segment) if segment.matches(name) => {}
                _ => return false,
            }
        }
        compared <= self.parts.len() || names().count() <= self.parts.len()
    }

    /// Takes the last segment off.
    pub(super) fn pop(&mut self) {
        self.parts.pop();
    }

    /// The pattern of the folders above.
    pub(super) fn without_last(&self) -> Self {
        let mut above = self.clone();
        above.pop();
        above
    }

    /// Whether the last segment is `**`.
    pub(super) fn ends_in_globstar(&self) -> bool {
        self.parts.last() == Some(&Part::GlobStar)
    }

    /// Whether the last segment is a plain name, without a slash behind it.
    pub(super) fn ends_in_name(&self) -> bool {
        !self.slashed && matches!(self.parts.last(), Some(Part::Named(_)))
    }

    /// The plain names that the pattern begins with.
    pub(super) fn plain_names(&self) -> Vec<&str> {
        let names = self.parts.iter().map_while(|part| match part {
            Part::Named(name) => Some(name.as_str()),
            _ => None,
        });
        names.collect()
    }

    /// Whether the pattern is but a path.
    pub(super) fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Named(_)))
    }

    /// Whether the last segment also matches the empty name that follows a slash.
    pub(super) fn ends_in_empty(&self) -> bool {
        !self.slashed && matches!(self.parts.last(), Some(Part::Matching(segment)) if segment.matches(""))
    }
}

/// How many segments stand before the first braces that hold a slash, if any do.
fn before_slashed_braces(text: &str) -> Option<usize> {
    let (mut depth, mut slashes, mut before) = (0_usize, 0, 0);
    for char in text.strip_prefix("./").unwrap_or(text).chars() {
        match char {
            '{' => {
                before = if depth == 0 { slashes } else { before };
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            '/' if depth > 0 => return Some(before),
            '/' => slashes += 1,
            _ => {}
        }
    }
    None
}

impl Part {
    fn up() -> Self {
        Self::Named("..".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Pattern::parse(pattern, Dialect::Minimatch, false).unwrap().matches(path)
    }

    #[test]
    fn paths() {
        assert!(matches("packages/*", "packages/a") && !matches("packages/*", "packages/a/b"));
        assert!(matches("packages/**", "packages/a/b") && matches("packages/**", "packages/"));
        assert!(!matches("packages/**", "packages"));
        assert!(
            matches("**/test", "a/b/test") && matches("**/test", "test") && !matches("**/test", ".a/test")
        );
        assert!(
            matches("./a/", "a") && matches(".", ".") && matches("{a,b}/c", "b/c") && matches("a//b", "a/b")
        );
    }

    #[test]
    fn globstars_do_not_explode() {
        let pattern = "**/a/".repeat(200);
        assert!(!matches(&pattern, &"a/".repeat(150)));
    }
}
