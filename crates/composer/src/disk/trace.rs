//! What was asked of a disk: the watch set, and the proof that an old answer still holds.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Changes, Disk,
    record::{Answer, Question},
};
use crate::maps::{HashSet, IndexMap};

/// Questions to a disk, and a digest of each answer. Sorted by path, as text, which is compared much faster than part by
/// part: what changes touch is found without looking at the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace(Vec<(Box<str>, Question, Answer)>);

/// All that one run asked, in parts. They outlive the run: what did not change is not put together again.
#[derive(Debug, Clone, Default)]
pub struct Traces(pub(crate) Vec<Arc<Trace>>);

/// What the last run asked, and what it saw: what has to be watched.
#[derive(Default)]
pub(crate) struct WatchSet {
    traces: Traces,
    seen: Arc<Seen>,
}

/// What was asked for: sorted as text, each path once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files that were there.
    pub files: Vec<PathBuf>,
    /// Paths that were looked for, and absent.
    pub missing: Vec<PathBuf>,
    /// Folders that were listed.
    pub dirs: Vec<PathBuf>,
    /// Paths of which it was asked where they really are: a link on the way may come to lead elsewhere.
    pub links: Vec<PathBuf>,
}

/// Where [`Seen`] has a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    File,
    Missing,
    Dir,
    Link,
}

impl Trace {
    pub(super) fn new(asked: IndexMap<(Question, Box<str>), Answer>) -> Self {
        let mut asked: Vec<_> =
            asked.into_iter().map(|((question, path), answer)| (path, question, answer)).collect();
        asked.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        Self(asked)
    }

    /// Whether a disk still gives the same answers. It is asked about what changes touch, until an answer differs.
    pub fn holds(&self, disk: &dyn Disk, changes: &Changes) -> bool {
        let mut touched = changes.touched(&self.0, |(path, ..)| path);
        touched.all(|(path, question, answer)| Answer::of(disk, *question, Path::new(&**path)) == *answer)
    }

    /// Whether changes may touch an answer.
    pub fn is_touched(&self, changes: &Changes) -> bool {
        changes.touched(&self.0, |(path, ..)| path).next().is_some()
    }

    /// What was asked for, by what was found.
    pub fn seen(&self) -> Seen {
        seen([self])
    }

    fn places(&self) -> impl Iterator<Item = (&str, Question, Option<Place>)> {
        self.0.iter().map(|(path, question, answer)| (&**path, *question, place(*question, *answer)))
    }
}

impl WatchSet {
    /// What another run asked. Where it is the same, so is what it saw.
    pub(crate) fn renew(&mut self, traces: Traces) {
        if !traces.is_like(&self.traces) {
            self.seen = Arc::new(traces.seen());
        }
        self.traces = traces;
    }

    pub(crate) fn traces(&self) -> &Traces {
        &self.traces
    }

    pub(crate) fn seen(&self) -> &Arc<Seen> {
        &self.seen
    }
}

impl Traces {
    /// What was asked for, by what was found.
    pub fn seen(&self) -> Seen {
        seen(self.0.iter().map(|part| &**part))
    }

    /// Whether the same was asked, part by part, and the same seen: contents may differ.
    pub fn is_like(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Arc<Trace>, &Arc<Trace>)| Arc::ptr_eq(a, b) || a.places().eq(b.places());
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(alike)
    }

    /// Whether some part asked this.
    pub(super) fn asks(&self, question: Question, path: &str) -> bool {
        let asks = |part: &Arc<Trace>| {
            part.0.binary_search_by(|(known, kind, _)| (&**known, *kind).cmp(&(path, question))).is_ok()
        };
        self.0.iter().any(asks)
    }

    /// The questions whose answers changes may touch; some more than once.
    pub(super) fn touched<'t>(&'t self, changes: &'t Changes) -> impl Iterator<Item = (Question, &'t str)> {
        let parts = self.0.iter().flat_map(|part| changes.touched(&part.0, |(path, ..)| path));
        parts.map(|(path, question, _)| (*question, &**path))
    }

    /// Whether changes may touch an answer.
    pub fn are_touched(&self, changes: &Changes) -> bool {
        self.0.iter().any(|part| part.is_touched(changes))
    }

    /// Whether a disk still gives the same answers: see [`Trace::holds`].
    pub fn hold(&self, disk: &dyn Disk, changes: &Changes) -> bool {
        self.0.iter().all(|part| part.holds(disk, changes))
    }

    /// Every question, once.
    pub(super) fn questions(&self) -> HashSet<(Question, &str)> {
        self.0.iter().flat_map(|part| part.0.iter().map(|(path, question, _)| (*question, &**path))).collect()
    }
}

fn place(question: Question, answer: Answer) -> Option<Place> {
    match question {
        Question::RealPath => Some(Place::Link),
        _ if !answer.found => Some(Place::Missing),
        Question::List => Some(Place::Dir),
        // That a folder is there is seen by whoever lists it.
        Question::Kind if answer.is_dir() => None,
        Question::Read | Question::Kind => Some(Place::File),
    }
}

fn seen<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Seen {
    let (mut files, mut missing, mut dirs, mut links) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (path, _, place) in traces.into_iter().flat_map(Trace::places) {
        match place {
            Some(Place::File) => files.push(path),
            Some(Place::Missing) => missing.push(path),
            Some(Place::Dir) => dirs.push(path),
            Some(Place::Link) => links.push(path),
            None => {}
        }
    }
    #[expect(clippy::stable_sort_primitive, reason = "it makes use of the parts being sorted by themselves")]
    let sorted = |mut set: Vec<&str>| {
        set.sort();
        set.dedup();
        set.into_iter().map(PathBuf::from).collect()
    };
    let [files, missing, dirs, links] = [files, missing, dirs, links].map(sorted);
    Seen { files, missing, dirs, links }
}
