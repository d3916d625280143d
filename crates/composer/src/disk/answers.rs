//! Answers that are believed for as long as nobody reports a change.

use std::{
    io,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Changes, Disk, Entry, Kind, Look, Stamp, Traces,
    record::{Asked, Question},
};
use crate::{
    maps::{HashMap, IndexMap},
    path::key,
};

/// After as many links the disk itself has to tell, which knows loops when it sees them.
///
/// Source: `path_resolution(7)` in the manual of Linux.
pub(crate) const MAX_LINKS: usize = 40;

/// What a disk answered, by question. Right only for paths that are watched: see [`Answers::forget`].
#[derive(Default)]
pub struct Answers {
    known: Mutex<Known>,
    /// What was asked when answers were last kept: no other answer is known.
    asked: Traces,
    /// How many of the answers are from before the changes that were last reported.
    old: usize,
}

type Known = IndexMap<(Question, String), Answer>;

#[derive(Clone, PartialEq, Eq)]
enum Answer {
    Read(Result<Arc<[u8]>, Failure>),
    List(Result<Arc<[Entry]>, Failure>),
    Kind(Option<Kind>),
    RealPath(Result<PathBuf, Failure>),
}

/// An error that can be given again, in the same words.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Failure(io::ErrorKind, Option<i32>);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.kind(), error.raw_os_error())
    }
}

impl From<Failure> for io::Error {
    fn from(Failure(kind, code): Failure) -> Self {
        code.map_or_else(|| kind.into(), Self::from_raw_os_error)
    }
}

/// A disk that is asked once.
pub struct Answered<'a> {
    disk: &'a dyn Disk,
    answers: &'a Answers,
    looks: Mutex<HashMap<String, Look>>,
}

impl Answers {
    /// Whether nothing was asked yet.
    pub fn is_empty(&mut self) -> bool {
        self.known().is_empty()
    }

    /// Forgets what changes touch, and adds to them what links make of them.
    pub fn forget(&mut self, disk: &dyn Disk, changes: &mut Changes) {
        self.follow_links(disk, changes);
        let asked = std::mem::take(&mut self.asked);
        for (question, path) in asked.touched(changes) {
            self.known().swap_remove(&Asked(question, path));
        }
        self.asked = asked;
        self.old = self.known().len();
    }

    /// Where a path leads elsewhere, what changes there changes here. Links may lead to links, so they are asked again,
    /// unless only files were written: those are on no link's way.
    fn follow_links(&mut self, disk: &dyn Disk, changes: &mut Changes) {
        let known = self.known();
        let links: Vec<(&str, &Path)> = known.iter().filter_map(link).collect();
        if !changes.are_all(|path| is_written(known, disk, path)) {
            for (path, real) in &links {
                if disk.real_path(Path::new(path)).ok().as_deref() != Some(real) {
                    changes.add(Path::new(path));
                }
            }
        }
        let is_new =
            |path: &str, real: &Path, changes: &Changes| changes.touch(&key(real)) && !changes.touch(path);
        while let Some((path, _)) = links.iter().find(|(path, real)| is_new(path, real, changes)) {
            changes.add(Path::new(path));
        }
    }

    /// Whether a disk says again what it said of everything that changes touch. Asks until an answer differs.
    pub fn hold(&mut self, disk: &dyn Disk, changes: &Changes) -> bool {
        let mut touched = self.known().iter().filter(|((_, path), _)| changes.touch(path));
        touched.all(|((question, path), answer)| ask(disk, *question, Path::new(path)) == *answer)
    }

    /// Keeps what was asked, and so is watched; nobody reports changes of anything else.
    pub fn keep(&mut self, asked: &Traces) {
        // Where the same was asked before, only a new answer can be one that nobody recorded.
        if asked.is_like(&self.asked) {
            let old = self.old;
            let new = self.known().split_off(old);
            let recorded = new.into_iter().filter(|((question, path), _)| asked.asks(*question, path));
            self.known().extend(recorded);
        } else {
            let questions = asked.questions();
            self.known().retain(|(question, path), _| questions.contains(&(*question, path)));
        }
        self.asked = asked.clone();
    }

    fn known(&mut self) -> &mut Known {
        self.known.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Answered<'a> {
    /// Believes the answers that are there, and adds to them.
    pub fn new(disk: &'a dyn Disk, answers: &'a Answers) -> Self {
        Self { disk, answers, looks: Mutex::default() }
    }

    fn ask(&self, question: Question, path: &Path) -> Answer {
        self.ask_after(0, question, path)
    }

    /// As [`Answered::ask`], where as many links led to the path.
    fn ask_after(&self, links: usize, question: Question, path: &Path) -> Answer {
        let text = key(path);
        let known = self.known().get(&Asked(question, &text)).cloned();
        known.unwrap_or_else(|| {
            let answer = self.seen(links, question, path).unwrap_or_else(|| ask(self.disk, question, path));
            self.known().insert((question, text.into_owned()), answer.clone());
            answer
        })
    }

    /// What a look at a path tells, which is had once for several questions: where only links have to be asked further.
    fn seen(&self, links: usize, question: Question, path: &Path) -> Option<Answer> {
        match question {
            Question::Kind => match self.look(path)? {
                Look::Nothing => Some(Answer::Kind(None)),
                Look::Own(kind) => Some(Answer::Kind(kind)),
                Look::Link(_) => None,
            },
            Question::RealPath => self.real(links, path).map(Ok).map(Answer::RealPath),
            Question::Read | Question::List => None,
        }
    }

    /// Where a path really is: where its folder is, which is asked once for all that is in it. None where only the disk
    /// can tell.
    fn real(&self, links: usize, path: &Path) -> Option<PathBuf> {
        let (dir, name) = (path.parent()?, path.file_name()?);
        if self.disk.ignores_case() || links > MAX_LINKS {
            return None;
        }
        match self.look(path)? {
            Look::Nothing => None,
            Look::Own(_) => Some(self.real_path_after(links, dir)?.join(name)),
            Look::Link(target) => self.follow(links + 1, self.real_path_after(links, dir)?, &target),
        }
    }

    /// Where a link leads whose folder really is `dir`.
    fn follow(&self, links: usize, mut dir: PathBuf, target: &Path) -> Option<PathBuf> {
        for component in target.components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir if self.look(&dir)? == Look::Own(Some(Kind::Dir)) => drop(dir.pop()),
                Component::RootDir => dir.push(component),
                Component::Normal(name) => dir = self.real_path_after(links, &dir.join(name))?,
                // Nothing is above what is no folder.
                Component::ParentDir | Component::Prefix(_) => return None,
            }
        }
        Some(dir)
    }

    fn real_path_after(&self, links: usize, path: &Path) -> Option<PathBuf> {
        match self.ask_after(links, Question::RealPath, path) {
            Answer::RealPath(real) => real.ok(),
            _ => None,
        }
    }

    fn look(&self, path: &Path) -> Option<Look> {
        let text = key(path);
        if let Some(look) = self.looks().get(&*text) {
            return Some(look.clone());
        }
        let look = self.disk.look(path)?;
        // That there is nothing is an answer, and kept as one.
        if look != Look::Nothing {
            self.looks().insert(text.into_owned(), look.clone());
        }
        Some(look)
    }

    fn looks(&self) -> MutexGuard<'_, HashMap<String, Look>> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.answers.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A path that leads elsewhere, and where.
fn link<'k>(((_, path), answer): (&'k (Question, String), &'k Answer)) -> Option<(&'k str, &'k Path)> {
    match answer {
        Answer::RealPath(Ok(real)) if *path != key(real) => Some((path, real)),
        _ => None,
    }
}

/// Whether a path was that of a file, and of no link, and still is.
fn is_written(known: &Known, disk: &dyn Disk, path: &str) -> bool {
    let was_itself = match known.get(&Asked(Question::RealPath, path)) {
        Some(Answer::RealPath(Ok(real))) => key(real) == path,
        _ => false,
    };
    let was_file = matches!(known.get(&Asked(Question::Read, path)), Some(Answer::Read(Ok(_))));
    was_itself && was_file && disk.look(Path::new(path)) == Some(Look::Own(Some(Kind::File)))
}

fn ask(disk: &dyn Disk, question: Question, path: &Path) -> Answer {
    match question {
        Question::Read => Answer::Read(disk.read(path).map_err(Failure::from)),
        Question::List => Answer::List(disk.list(path).map(Arc::from).map_err(Failure::from)),
        Question::Kind => Answer::Kind(disk.kind(path)),
        Question::RealPath => Answer::RealPath(disk.real_path(path).map_err(Failure::from)),
    }
}

impl Disk for Answered<'_> {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        match self.ask(Question::Read, path) {
            Answer::Read(content) => content.map_err(io::Error::from),
            _ => self.disk.read(path),
        }
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        match self.ask(Question::List, dir) {
            Answer::List(entries) => entries.map(|entries| entries.to_vec()).map_err(io::Error::from),
            _ => self.disk.list(dir),
        }
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        // What was read is a file.
        if let Some(Answer::Read(Ok(_))) = self.known().get(&Asked(Question::Read, &key(path))) {
            return Some(Kind::File);
        }
        match self.ask(Question::Kind, path) {
            Answer::Kind(kind) => kind,
            _ => self.disk.kind(path),
        }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match self.ask(Question::RealPath, path) {
            Answer::RealPath(real) => real.map_err(io::Error::from),
            _ => self.disk.real_path(path),
        }
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.disk.stamp(path)
    }

    fn ignores_case(&self) -> bool {
        self.disk.ignores_case()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::symlink, process};

    use super::*;
    use crate::disk::OsDisk;

    #[test]
    fn links_lead_where_the_system_says() {
        let root = std::env::temp_dir().join(format!("framework-m-links-{}", process::id()));
        fs::create_dir_all(root.join("store/a/dist")).unwrap();
        fs::write(root.join("store/a/dist/page.ts"), "").unwrap();
        let root = fs::canonicalize(root).unwrap();
        for (link, target) in [
            ("relative", Path::new("store/a")),
            ("absolute", &root.join("store/./a")),
            ("store/up", Path::new("../relative/../a")),
            ("chain", Path::new("store/up")),
            ("through", Path::new("chain/dist/../dist/page.ts")),
            ("root", Path::new("/")),
            ("dangling", Path::new("nothing/there")),
            ("below", Path::new("store/a/dist/page.ts/..")),
            ("self", Path::new("self")),
            ("to", Path::new("fro/x")),
            ("fro", Path::new("to/x")),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        for index in 0..50 {
            let target = if index == 0 { "store".to_owned() } else { format!("long{}", index - 1) };
            symlink(target, root.join(format!("long{index}"))).unwrap();
        }
        let names =
            ["relative", "absolute", "chain", "through", "root", "dangling", "below", "self", "to", "fro"];
        let further = [
            "relative/dist",
            "chain/dist/page.ts",
            "absolute/../a",
            "store/up/..",
            "long3/a",
            "long39",
            "long49/a",
        ];
        let answers = Answers::default();
        let disk = Answered::new(&OsDisk, &answers);
        for name in names.iter().chain(&further) {
            let path = root.join(name);
            assert_eq!(disk.kind(&path), OsDisk.kind(&path), "{name}");
            let (ours, own) = (disk.real_path(&path), OsDisk.real_path(&path));
            assert_eq!(ours.map_err(|error| error.kind()), own.map_err(|error| error.kind()), "{name}");
        }
        fs::remove_dir_all(root).unwrap();
    }
}
