//! What was asked of a disk: the watch set, and the proof that an old answer still holds.

use std::{
    collections::BTreeSet,
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use indexmap::Equivalent;
use rustc_hash::FxHasher;

use super::{Changes, Disk, Entry, Kind, Look, Stamp};
use crate::{maps::IndexMap, path::key};

/// Passes every question on, and remembers it with its answer.
pub struct Recorder<'a> {
    disk: &'a dyn Disk,
    trace: Mutex<Trace>,
}

/// Questions to a disk, and a digest of each answer. Paths are compared as text, which is much faster than part by part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace(IndexMap<(Question, Arc<str>), Answer>);

/// What is asked of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    Read,
    List,
    Kind,
    RealPath,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    found: bool,
    digest: u64,
}

/// What a [`Recorder`] was asked for: sorted as text, each path once.
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

/// A question as it is looked up.
#[derive(Hash)]
pub(super) struct Asked<'a>(pub(super) Question, pub(super) &'a str);

impl Equivalent<(Question, String)> for Asked<'_> {
    fn equivalent(&self, (question, path): &(Question, String)) -> bool {
        self.0 == *question && self.1 == path
    }
}

impl Equivalent<(Question, Arc<str>)> for Asked<'_> {
    fn equivalent(&self, (question, path): &(Question, Arc<str>)) -> bool {
        self.0 == *question && self.1 == &**path
    }
}

impl<'a> Recorder<'a> {
    /// Records what is asked of a disk.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, trace: Mutex::default() }
    }

    /// The disk that is asked.
    pub fn disk(&self) -> &'a dyn Disk {
        self.disk
    }

    /// Adds what was asked by another recorder, or before.
    pub fn again(&self, trace: &Trace) {
        let asked = trace.0.iter().map(|(key, answer)| (key.clone(), *answer));
        self.trace.lock().unwrap_or_else(PoisonError::into_inner).0.extend(asked);
    }

    /// What was asked.
    pub fn into_trace(self) -> Trace {
        self.trace.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, question: Question, path: &Path, answer: Answer) {
        let path = key(path);
        let mut trace = self.trace.lock().unwrap_or_else(PoisonError::into_inner);
        match trace.0.get_mut(&Asked(question, &path)) {
            Some(known) => *known = answer,
            None => drop(trace.0.insert((question, path.into()), answer)),
        }
    }
}

impl Disk for Recorder<'_> {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let content = self.disk.read(path);
        self.note(Question::Read, path, answer_read(&content));
        content
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let entries = self.disk.list(dir);
        self.note(Question::List, dir, answer_list(&entries));
        entries
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let kind = self.disk.kind(path);
        self.note(Question::Kind, path, answer_kind(kind));
        kind
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        let real = self.disk.real_path(path);
        self.note(Question::RealPath, path, answer_real_path(&real));
        real
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.disk.stamp(path)
    }

    fn look(&self, path: &Path) -> Option<Look> {
        self.disk.look(path)
    }

    fn ignores_case(&self) -> bool {
        self.disk.ignores_case()
    }
}

impl Trace {
    /// Whether a disk still gives the same answers. It is asked about what changes touch, until an answer differs.
    pub fn holds(&self, disk: &dyn Disk, changes: &Changes) -> bool {
        self.0.iter().filter(|((_, path), _)| changes.touch(path)).all(|((question, path), answer)| {
            let path = Path::new(&**path);
            let now = match question {
                Question::Read => answer_read(&disk.read(path)),
                Question::List => answer_list(&disk.list(path)),
                Question::Kind => answer_kind(disk.kind(path)),
                Question::RealPath => answer_real_path(&disk.real_path(path)),
            };
            now == *answer
        })
    }

    pub(super) fn asks(&self, question: Question, path: &str) -> bool {
        self.0.contains_key(&Asked(question, path))
    }

    /// What was asked for, by what was found.
    pub fn seen(&self) -> Seen {
        let mut seen = Seen::default();
        let dir = answer_kind(Some(Kind::Dir));
        for ((question, path), answer) in &self.0 {
            let set = match question {
                Question::RealPath => &mut seen.links,
                _ if !answer.found => &mut seen.missing,
                Question::List => &mut seen.dirs,
                // That a folder is there is seen by whoever lists it.
                Question::Kind if *answer == dir => continue,
                Question::Read | Question::Kind => &mut seen.files,
            };
            set.push(PathBuf::from(&**path));
        }
        for set in [&mut seen.files, &mut seen.missing, &mut seen.dirs, &mut seen.links] {
            set.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
            set.dedup();
        }
        seen
    }
}

fn answer_read(content: &io::Result<Arc<[u8]>>) -> Answer {
    Answer { found: content.is_ok(), digest: digest(content.as_ref().ok()) }
}

fn answer_list(entries: &io::Result<Vec<Entry>>) -> Answer {
    let sorted: Option<BTreeSet<&Entry>> = entries.as_ref().ok().map(|entries| entries.iter().collect());
    let names: Option<Vec<_>> =
        sorted.map(|entries| entries.iter().map(|e| (e.name.clone(), e.kind as u8)).collect());
    Answer { found: entries.is_ok(), digest: digest(names.as_ref()) }
}

fn answer_kind(kind: Option<Kind>) -> Answer {
    Answer { found: kind.is_some(), digest: digest(kind.map(|kind| kind as u8).as_ref()) }
}

fn answer_real_path(real: &io::Result<PathBuf>) -> Answer {
    Answer { found: real.is_ok(), digest: digest(real.as_ref().ok()) }
}

fn digest<T: Hash>(answer: Option<&T>) -> u64 {
    let mut hasher = FxHasher::default();
    answer.hash(&mut hasher);
    hasher.finish()
}
