//! Many events that belong together: one save is several events, one checkout is hundreds.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use notify::{Event, EventKind};

use crate::disk::Changes;

/// A burst is over when nothing was heard for this long.
const QUIET: Duration = Duration::from_millis(25);
/// A burst is over after this long, though more keeps coming.
const LONGEST: Duration = Duration::from_secs(1);
/// While Git holds its lock the folder is between two commits; a lock that stays longer than this was left behind.
const LONGEST_CHECKOUT: Duration = Duration::from_secs(10);

/// What the watching thread is told.
pub(super) enum Message {
    /// By the system.
    Event(notify::Result<Event>),
    /// By somebody who knows of changes himself, and wants to hear when they have been dealt with.
    Changed(Vec<PathBuf>, Box<dyn FnOnce() + Send>),
    /// To end.
    Stop,
}

/// What happened in a burst. Paths are as the system names them.
#[derive(Default)]
pub(super) struct Burst {
    /// What the system reported.
    pub(super) reported: Vec<PathBuf>,
    /// What somebody said.
    pub(super) changes: Changes,
    /// Who waits.
    pub(super) waiting: Vec<Box<dyn FnOnce() + Send>>,
}

impl Burst {
    /// Waits for a burst and takes all of it. None at the end.
    pub(super) fn next(messages: &Receiver<Message>, git_lock: Option<&Path>) -> Option<Self> {
        let mut burst = Self::default();
        burst.take(messages.recv().ok()?)?;
        let start = Instant::now();
        loop {
            match messages.recv_timeout(QUIET) {
                Ok(message) => burst.take(message)?,
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if is_over(start, LONGEST_CHECKOUT) => return Some(burst),
                Err(RecvTimeoutError::Timeout) if git_lock.is_some_and(Path::exists) => continue,
                Err(RecvTimeoutError::Timeout) => return Some(burst),
            }
            let is_locked = || git_lock.is_some_and(Path::exists);
            if is_over(start, LONGEST_CHECKOUT) || (is_over(start, LONGEST) && !is_locked()) {
                return Some(burst);
            }
        }
    }

    /// None if the message is to end.
    fn take(&mut self, message: Message) -> Option<()> {
        match message {
            Message::Event(Ok(event)) => {
                if event.need_rescan() {
                    self.changes = Changes::Unknown;
                }
                // That a file was opened or closed is no change: our own reading is heard too.
                if !matches!(event.kind, EventKind::Access(_)) {
                    self.reported.extend(event.paths);
                }
            }
            // Events were lost.
            Message::Event(Err(_)) => self.changes = Changes::Unknown,
            Message::Changed(paths, done) => {
                for path in &paths {
                    self.changes.add(path);
                }
                self.waiting.push(done);
            }
            Message::Stop => return None,
        }
        Some(())
    }
}

fn is_over(start: Instant, longest: Duration) -> bool {
    start.elapsed() > longest
}
