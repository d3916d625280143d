//! The globs of package managers: three libraries, three readings of one notation.

mod braces;
mod segment;
mod walk;

pub(super) use walk::{Links, Walk};

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
}

/// A pattern without braces, by segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    parts: Vec<Part>,
    /// Whether wildcards match names that begin with a dot.
    dot: bool,
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
        Some(Self { alternatives: alternatives.iter().filter_map(parse).collect() })
    }

    /// Whether a `/`-separated path matches. `.` is the root.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|alternative| alternative.matches(path))
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
        Some(Self { parts, dot })
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
        let mut reached = vec![false; names.len() + 1];
        reached[0] = true;
        for part in &self.parts {
            reached = self.advance(part, &names, &reached);
        }
        reached.last() == Some(&true)
    }

    /// The positions between the names of a path that a part leads to from some positions.
    fn advance(&self, part: &Part, names: &[&str], at: &[bool]) -> Vec<bool> {
        let mut next = vec![false; at.len()];
        for position in 0..at.len() {
            if *part == Part::GlobStar && at[position] {
                next[position] = true;
            }
            let Some(name) = names.get(position) else { continue };
            next[position + 1] |= match part {
                Part::Named(named) => at[position] && named == name,
                Part::Matching(segment) => at[position] && segment.matches(name),
                Part::GlobStar => next[position] && self.walks_into(name),
            };
        }
        next
    }

    /// Whether `**` stands for a folder of this name.
    fn walks_into(&self, name: &str) -> bool {
        self.dot || !name.starts_with('.')
    }

    /// Whether tinyglobby crawls as far as this path: it compares name by name up to the first `**`, and that one
    /// by itself, so that a hidden folder is not seen where `**` stands for no folder.
    pub(super) fn crawls(&self, path: &str) -> bool {
        let names = path.split('/').filter(|name| *name != ".");
        for (part, name) in self.parts.iter().zip(names) {
            match part {
                Part::GlobStar => return self.walks_into(name),
                Part::Named(named) if named == name => {}
                Part::Matching(segment) if segment.matches(name) => {}
                _ => return false,
            }
        }
        true
    }

    /// Whether minimatch, asked for a partial match as npm asks it, refuses a path that the whole pattern matches:
    /// where the pattern has a `**`, no name from there to the last place of what follows may begin with a dot.
    pub(super) fn refuses_partially(&self, path: &str) -> bool {
        let Some(head) = self.parts.iter().position(|part| *part == Part::GlobStar) else { return false };
        let body = self.parts[head..].iter().filter(|part| **part != Part::GlobStar).count();
        let names: Vec<&str> = path.split('/').collect();
        let end = (names.len() + 1).saturating_sub(body).min(names.len());
        names.get(head..end).is_some_and(|names| names.iter().any(|name| name.starts_with('.')))
    }

    /// Takes the last segment off.
    pub(super) fn pop(&mut self) {
        self.parts.pop();
    }

    /// Whether the last segment is `**`.
    pub(super) fn ends_in_globstar(&self) -> bool {
        self.parts.last() == Some(&Part::GlobStar)
    }

    /// Whether the last segment is a plain name.
    pub(super) fn ends_in_name(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Named(_)))
    }

    /// The folder that a pattern with wildcards starts from; none for a plain path.
    pub(super) fn base(&self) -> Option<String> {
        let dynamic = self.parts.iter().position(|part| !matches!(part, Part::Named(_)))?;
        let names = self.parts[..dynamic].iter().filter_map(|part| match part {
            Part::Named(name) => Some(name.as_str()),
            _ => None,
        });
        Some(names.collect::<Vec<_>>().join("/"))
    }
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
        assert!(matches("packages/**", "packages/a/b") && matches("packages/**", "packages"));
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
