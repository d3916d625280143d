//! Composes again when the disk moves on: the disk's other half. [`disk`](crate::disk) asks, this listens.
//!
//! ```text
//! system → Burst → Changes → Session::rebuild → Build → listener
//!             ↑                                   ↓
//!          Folders  ←————————  set  ←————————   Seen
//! ```
//!
//! It runs on a thread of its own. What counts is the content: a save after which everything is as before is no news.

mod burst;
mod content;
mod folders;
mod refused;
mod set;
#[cfg(test)]
mod tests;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use notify::{Config, Event, PollWatcher, RecommendedWatcher, Watcher as _};

use self::{
    burst::{Burst, Message, Waiter},
    content::Content,
    folders::Folders,
    refused::Unavailable,
    set::{Wanted, Ways},
};
use crate::{
    build::Build,
    disk::{Changes, Disk, Kind, Look, OsDisk, Seen},
    session::Session,
};

/// Hears of every composition whose content is new.
pub type Listener = Box<dyn FnMut(Arc<Build>) + Send>;

/// Keeps a composition current until it is dropped.
pub struct Watcher {
    messages: Sender<Message>,
}

impl Watcher {
    /// Watches what a session's last build saw, and calls the listener, on another thread, with each build whose content
    /// differs from that of the one before. With `poll`, folders are looked at that often: for file systems that report
    /// nothing, such as network drives and mounts of virtual machines.
    pub fn start(
        session: Arc<Mutex<Session>>,
        last: Build,
        poll: Option<Duration>,
        listener: Listener,
    ) -> Self {
        let (messages, receiver) = channel();
        let system = system(messages.clone(), poll);
        thread::spawn(move || {
            let folders = Folders::new(system);
            let last = Arc::new(last);
            let content = Content::new(Arc::clone(&last));
            let seen = Arc::default();
            let (refused, ways) = (Vec::new(), Ways::default());
            let mut following = Following { session, folders, refused, seen, ways, content, listener };
            following.start(&last);
            following.follow(&receiver);
        });
        Self { messages }
    }

    /// Says that paths changed; `done` is called once they, and all that was heard before, have been dealt with, and the
    /// listener has returned. If the watcher ends before, it is called then.
    pub fn changed(&self, paths: Vec<PathBuf>, done: Box<dyn FnOnce() + Send>) {
        // Where nobody listens any more, the message is dropped, and nobody waits.
        let _ = self.messages.send(Message::Changed(paths, Waiter::new(done)));
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // The thread may have ended before.
        let _ = self.messages.send(Message::Stop);
    }
}

fn system(messages: Sender<Message>, poll: Option<Duration>) -> Box<dyn notify::Watcher + Send> {
    let tell = move |event: notify::Result<Event>| {
        // That a file was opened or closed is no change: our own reading is heard too, and everybody else's.
        if !event.as_ref().is_ok_and(|event| event.kind.is_access()) {
            let _ = messages.send(Message::Event(event));
        }
    };
    let system: notify::Result<Box<dyn notify::Watcher + Send>> = match poll {
        None => RecommendedWatcher::new(tell, Config::default()).map(|system| Box::new(system) as _),
        Some(interval) => {
            let config = Config::default().with_poll_interval(interval).with_compare_contents(true);
            PollWatcher::new(tell, config).map(|system| Box::new(system) as _)
        }
    };
    system.unwrap_or_else(|error| Box::new(Unavailable::because(&error)))
}

/// The state of the thread.
struct Following {
    session: Arc<Mutex<Session>>,
    folders: Folders,
    /// The folders that are not watched, with the system's words.
    refused: Vec<String>,
    /// What the folders are watched for.
    seen: Arc<Seen>,
    ways: Ways,
    /// What the listener knows.
    content: Content,
    listener: Listener,
}

impl Following {
    /// Watches, and only then asks the disk for everything: what changes from here on is heard.
    fn start(&mut self, last: &Build) {
        let wanted = self.wanted(&last.seen);
        let synced = self.folders.sync(wanted, &Changes::default());
        self.note(&synced.refused);
        self.update_or_report(&Changes::Unknown, &Changes::default());
    }

    fn follow(mut self, messages: &Receiver<Message>) {
        // A folder may come under Git at any time.
        let root = self.session().root().to_path_buf();
        while let Some(burst) = Burst::next(messages, || git_lock(&root).is_some_and(|lock| lock.exists())) {
            let mut changes = burst.changes;
            for path in burst.reported.iter().flat_map(|reported| self.folders.names(reported)) {
                changes.add(&path);
            }
            self.update_or_report(&changes, &changes);
            drop(burst.waiting);
        }
    }

    /// A panic is a bug of ours, and is printed; the process lives on, and the next change is another attempt.
    fn update_or_report(&mut self, changes: &Changes, replaced: &Changes) {
        if catch_unwind(AssertUnwindSafe(|| self.update(changes, replaced))).is_err() {
            self.session.clear_poison();
        }
    }

    /// Composes again after changes. Folders that were replaced have to be watched anew.
    fn update(&mut self, changes: &Changes, replaced: &Changes) {
        self.ways.forget(changes);
        let Some(mut build) = self.session().rebuild(&OsDisk, changes) else { return };
        if !self.watches(&build.seen, changes) {
            self.watch(&mut build, replaced);
        }
        let build = Arc::new(build);
        if self.content.renew(&build) {
            (self.listener)(build);
        }
    }

    /// Whether what was seen after changes is watched: it is what was seen before, and only files were written.
    fn watches(&self, seen: &Arc<Seen>, changes: &Changes) -> bool {
        let Changes::Paths(paths) = changes else { return false };
        let is_file = |path: &String| OsDisk.look(Path::new(path)) == Some(Look::Own(Some(Kind::File)));
        self.refused.is_empty() && *seen == self.seen && paths.iter().all(is_file)
    }

    /// Watches what a build saw, and composes again what changed before it was watched.
    fn watch(&mut self, build: &mut Build, replaced: &Changes) {
        let wanted = self.wanted(&build.seen);
        let mut synced = self.folders.sync(wanted, replaced);
        while self.note(&synced.refused) || !synced.new.is_empty() {
            // What happened in a folder before it was watched was not heard.
            let unheard: Changes = synced.new.iter().collect();
            self.ways.forget(&unheard);
            let newer = self.session().rebuild_if_new(&OsDisk, &unheard);
            if let Some(newer) = newer {
                *build = newer;
            }
            let wanted = self.wanted(&build.seen);
            synced = self.folders.sync(wanted, &Changes::default());
        }
        self.seen.clone_from(&build.seen);
    }

    fn wanted(&mut self, seen: &Seen) -> Wanted {
        let root = self.session().root().to_path_buf();
        set::wanted(&root, seen, &mut self.ways, &OsDisk)
    }

    /// Makes a diagnostic of what is not watched. Returns whether that is news.
    fn note(&mut self, refused: &[(PathBuf, notify::Error)]) -> bool {
        let words: Vec<String> =
            refused.iter().map(|(dir, error)| format!("{}: {error}", dir.display())).collect();
        let is_news = words != self.refused;
        if is_news {
            self.refused = words;
            let mut session = self.session();
            let diagnostics = refused::diagnostic(session.root(), refused).into_iter().collect();
            session.cannot_watch(diagnostics);
        }
        is_news
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file that is there while Git changes the work tree.
fn git_lock(root: &Path) -> Option<PathBuf> {
    let git = root.ancestors().map(|dir| dir.join(".git")).find(|git| git.exists())?;
    // In a linked work tree `.git` is a file that names the folder.
    let linked = fs::read_to_string(&git).ok();
    let folder = linked.as_deref().and_then(|text| text.strip_prefix("gitdir: ")).map(str::trim_end);
    let folder = folder.map_or(git.clone(), |dir| git.parent().unwrap_or(root).join(dir));
    Some(folder.join("index.lock"))
}
