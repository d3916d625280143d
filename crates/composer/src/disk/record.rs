//! What was asked of a disk: the watch set, and the proof that an old answer still holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{Disk, Entry, Kind, Stamp};

/// Passes every question on, and remembers it with its answer.
pub struct Recorder<'a> {
    disk: &'a dyn Disk,
    trace: Mutex<Trace>,
}

/// Questions to a disk, and a digest of each answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace(BTreeMap<Question, Answer>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    Read(PathBuf),
    List(PathBuf),
    Kind(PathBuf),
    RealPath(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    found: bool,
    digest: u64,
}

/// What a [`Recorder`] was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files that were there.
    pub files: BTreeSet<PathBuf>,
    /// Paths that were looked for, and absent.
    pub missing: BTreeSet<PathBuf>,
    /// Folders that were listed.
    pub dirs: BTreeSet<PathBuf>,
}

impl<'a> Recorder<'a> {
    /// Records what is asked of a disk.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, trace: Mutex::default() }
    }

    /// What was seen so far.
    pub fn seen(&self) -> Seen {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner).seen()
    }

    /// What was asked.
    pub fn into_trace(self) -> Trace {
        self.trace.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, question: Question, answer: Answer) {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner).0.insert(question, answer);
    }
}

impl Disk for Recorder<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let content = self.disk.read(path);
        self.note(Question::Read(path.to_path_buf()), answer_read(&content));
        content
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let entries = self.disk.list(dir);
        self.note(Question::List(dir.to_path_buf()), answer_list(&entries));
        entries
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let kind = self.disk.kind(path);
        self.note(Question::Kind(path.to_path_buf()), answer_kind(kind));
        kind
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        let real = self.disk.real_path(path);
        self.note(Question::RealPath(path.to_path_buf()), answer_real_path(&real));
        real
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.disk.stamp(path)
    }
}

impl Trace {
    /// Whether a disk still gives the same answers. Asks until one differs.
    pub fn holds(&self, disk: &dyn Disk) -> bool {
        self.0.iter().all(|(question, answer)| {
            let now = match question {
                Question::Read(path) => answer_read(&disk.read(path)),
                Question::List(path) => answer_list(&disk.list(path)),
                Question::Kind(path) => answer_kind(disk.kind(path)),
                Question::RealPath(path) => answer_real_path(&disk.real_path(path)),
            };
            now == *answer
        })
    }

    fn seen(&self) -> Seen {
        let mut seen = Seen::default();
        for (question, answer) in &self.0 {
            let (path, set) = match question {
                Question::Read(path) | Question::Kind(path) => (path, &mut seen.files),
                Question::List(path) => (path, &mut seen.dirs),
                Question::RealPath(_) => continue,
            };
            let is_dir = matches!(question, Question::Kind(_)) && *answer == answer_kind(Some(Kind::Dir));
            match (answer.found, is_dir) {
                (true, false) => drop(set.insert(path.clone())),
                (true, true) => {}
                (false, _) => drop(seen.missing.insert(path.clone())),
            }
        }
        seen
    }
}

fn answer_read(content: &io::Result<Vec<u8>>) -> Answer {
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
    let mut hasher = DefaultHasher::new();
    answer.hash(&mut hasher);
    hasher.finish()
}
