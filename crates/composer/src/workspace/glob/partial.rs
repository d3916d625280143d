//! Minimatch's partial match, which npm asks for once more after globbing. Where a pattern has a `**` it is more than
//! "could this path lead to a match": the rules below are those of its code, the odd ones too.

use super::{Alternative, Part};

/// How many sections minimatch tries within each other before it gives up.
const MOST_SECTIONS: usize = 200;

/// The parts between two `**`, and the last position at which they are looked for.
struct Section<'a> {
    parts: &'a [Part],
    /// With the empty part that a final slash makes.
    length: usize,
    last: isize,
}

impl Alternative {
    /// Whether a path matches as far as it goes.
    pub(in super::super) fn matches_partially(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').filter(|name| *name != ".").collect();
        let Some(head) = self.parts.iter().position(|part| *part == Part::GlobStar) else {
            return names.len() <= self.parts.len() && agree(&self.parts, &names);
        };
        if !agree(&self.parts[..head], &names) {
            return false;
        }
        let body = &self.parts[head + 1..];
        if body.is_empty() && !self.slashed {
            return self.all_visible(names.get(head..).unwrap_or_default());
        }
        self.finds(&self.sections(body, names.len()), &names, head.min(names.len()), 0)
    }

    fn sections<'a>(&self, body: &'a [Part], length: usize) -> Vec<Section<'a>> {
        let mut sections: Vec<Section> = body
            .split(|part| *part == Part::GlobStar)
            .map(|parts| Section { parts, length: parts.len(), last: 0 })
            .collect();
        if let Some(section) = sections.last_mut() {
            section.length += usize::from(self.slashed);
        }
        // What precedes is counted from the wrong end where there are several sections.
        let mut before = vec![0];
        for section in &sections {
            before.push(before.last().unwrap_or(&0) + section.length);
        }
        let count = sections.len();
        for (index, section) in sections.iter_mut().enumerate() {
            section.last = length.cast_signed() - (before[count - 1 - index] + section.length).cast_signed();
        }
        sections
    }

    /// Whether the sections are found in order, from a position on.
    fn finds(&self, sections: &[Section], names: &[&str], from: usize, depth: usize) -> bool {
        let Some((section, rest)) = sections.split_first() else {
            let left = &names[from.min(names.len())..];
            return !left.is_empty() && self.all_visible(left);
        };
        let mut at = from;
        while at.cast_signed() <= section.last {
            let there = names.get(at..).unwrap_or_default();
            let fits = agree(section.parts, there)
                && (there.len() <= section.parts.len() || section.length == section.parts.len());
            if fits && depth < MOST_SECTIONS && self.finds(rest, names, at + section.length, depth + 1) {
                return true;
            }
            if names.get(at).is_some_and(|name| !self.walks_into(name)) {
                return false;
            }
            at += 1;
        }
        true
    }

    fn all_visible(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.walks_into(name))
    }
}

/// Whether parts and names agree as far as both go.
fn agree(parts: &[Part], names: &[&str]) -> bool {
    parts.iter().zip(names).all(|(part, name)| match part {
        Part::Named(wanted) => wanted == name,
        Part::Matching(segment) => segment.matches(name),
        Part::GlobStar => false,
    })
}
