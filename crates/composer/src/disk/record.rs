//! Hears what is asked of a disk.

use std::{
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use indexmap::Equivalent;
use rustc_hash::FxHasher;

use super::{Disk, Entry, Kind, Look, Stamp, Trace};
use crate::{maps::IndexMap, path::key};

/// Passes every question on, and remembers it with its answer.
pub struct Recorder<'a> {
    disk: &'a dyn Disk,
    asked: Mutex<IndexMap<(Question, Box<str>), Answer>>,
}

/// What is asked of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Question {
    Read,
    List,
    Kind,
    RealPath,
}

/// What a disk answered: a digest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// Whether there is something.
    pub(super) found: bool,
    digest: u64,
}

/// A question as it is looked up.
#[derive(Hash)]
pub(super) struct Asked<'a>(pub(super) Question, pub(super) &'a str);

impl Equivalent<(Question, String)> for Asked<'_> {
    fn equivalent(&self, (question, path): &(Question, String)) -> bool {
        self.0 == *question && self.1 == path
    }
}

impl Equivalent<(Question, Box<str>)> for Asked<'_> {
    fn equivalent(&self, (question, path): &(Question, Box<str>)) -> bool {
        self.0 == *question && self.1 == &**path
    }
}

impl<'a> Recorder<'a> {
    /// Records what is asked of a disk.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, asked: Mutex::default() }
    }

    /// What was asked.
    pub fn into_trace(self) -> Trace {
        Trace::new(self.asked.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, question: Question, path: &Path, answer: Answer) {
        let path = key(path);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        match asked.get_mut(&Asked(question, &path)) {
            Some(known) => *known = answer,
            None => drop(asked.insert((question, path.into()), answer)),
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

impl Answer {
    /// What a disk answers.
    pub(super) fn of(disk: &dyn Disk, question: Question, path: &Path) -> Self {
        match question {
            Question::Read => answer_read(&disk.read(path)),
            Question::List => answer_list(&disk.list(path)),
            Question::Kind => answer_kind(disk.kind(path)),
            Question::RealPath => answer_real_path(&disk.real_path(path)),
        }
    }

    /// Whether this tells of a folder: the answer to [`Question::Kind`].
    pub(super) fn is_dir(self) -> bool {
        self == answer_kind(Some(Kind::Dir))
    }
}

fn answer_read(content: &io::Result<Arc<[u8]>>) -> Answer {
    Answer { found: content.is_ok(), digest: digest(content.as_ref().ok()) }
}

fn answer_list(entries: &io::Result<Vec<Entry>>) -> Answer {
    let sorted = entries.as_ref().ok().map(|entries| {
        let mut names: Vec<(&str, u8)> = entries.iter().map(|e| (e.name.as_str(), e.kind as u8)).collect();
        names.sort_unstable();
        names
    });
    Answer { found: entries.is_ok(), digest: digest(sorted.as_ref()) }
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
