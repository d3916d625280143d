//! The names of chunks.

use std::{iter, sync::Arc};

use crate::{
    generate::{
        code::CodeReferences,
        page::{page_name, pages},
    },
    maps::HashSet,
    plugin::Plugin,
};

/// The names of a plugin's chunks: its own, and where its pages are split from it, theirs.
pub(super) type ChunkNames = Arc<[String]>;

/// The names of each plugin's chunks. Pages have some if their code is given.
pub(super) fn chunks(plugins: &[Arc<Plugin>], code: Option<&[Arc<CodeReferences>]>) -> Vec<ChunkNames> {
    let mut taken = Chunks::default();
    // Pages come after all plugins: a plugin's name is the one that people look for.
    let own: Vec<String> = plugins.iter().map(|plugin| taken.take(&plugin.name.name)).collect();
    let mut pages = |at: usize| -> Vec<String> {
        let name = &plugins[at].name.name;
        let pages = code.map(|code| pages(&code[at])).unwrap_or_default();
        let pages = pages.into_values().map(|(import, file)| [name, ".", &page_name(file, import)].concat());
        pages.map(|name| taken.take(&name)).collect()
    };
    let all = own.into_iter().enumerate();
    all.map(|(at, own)| iter::once(own).chain(pages(at)).collect()).collect()
}

/// The names of chunks that are taken, in lower case: they name files, and not every file system knows case.
#[derive(Default)]
struct Chunks(HashSet<String>);

impl Chunks {
    /// A name that no other chunk has: `a b` and `a_b` become `a_b` and `a_b-2`.
    fn take(&mut self, name: &str) -> String {
        let base = chunk_name(name);
        let mut chunk = base.clone();
        let mut number = 1;
        while !self.0.insert(chunk.to_lowercase()) {
            number += 1;
            chunk = format!("{base}-{number}");
        }
        chunk
    }
}

/// A name as a part of a file name: anything else but letters, digits, `-`, `_` and `.` becomes `_`.
fn chunk_name(name: &str) -> String {
    name.replace(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'), "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_chunks_are_one_file() {
        let mut chunks = Chunks::default();
        let taken: Vec<String> =
            ["a_b", "a b", "A B", "a_b-2", "wms"].iter().map(|name| chunks.take(name)).collect();
        assert_eq!(taken, ["a_b", "a_b-2", "A_B-3", "a_b-2-2", "wms"]);
    }
}
