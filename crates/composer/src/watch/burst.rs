//! Many events that belong together: one save is several events, one checkout is hundreds.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use notify::Event;

use crate::disk::Changes;

/// A burst is over when nothing was heard for this long: a save is a handful of events in a row.
const QUIET: Duration = Duration::from_millis(25);
/// And one of more events than a save makes, when nothing was heard for this long: whoever writes hundreds of files may
/// pause, and a busy system reports late.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(100);
/// More events than a save makes.
const MANY: usize = 16;
/// A burst is over after this long, though more keeps coming.
const LONGEST: Duration = Duration::from_secs(1);
/// While Git holds its lock the folder is between two commits; a lock that stays longer than this was left behind.
const LONGEST_CHECKOUT: Duration = Duration::from_secs(10);

/// What the watching thread is told.
pub(super) enum Message {
    /// By the system.
    Event(notify::Result<Event>),
    /// By somebody who knows of changes himself, and wants to hear when they have been dealt with.
    Changed(Vec<PathBuf>, Waiter),
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
    pub(super) waiting: Vec<Waiter>,
}

/// Somebody who waits until changes have been dealt with. He is told when this is dropped, so that nobody waits for a
/// thread that has ended.
pub(super) struct Waiter(Option<Box<dyn FnOnce() + Send>>);

impl Waiter {
    pub(super) fn new(done: Box<dyn FnOnce() + Send>) -> Self {
        Self(Some(done))
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            done();
        }
    }
}

impl Burst {
    /// Waits for a burst and takes all of it; while Git holds its lock there is more to come. None at the end.
    pub(super) fn next(messages: &Receiver<Message>, git_holds: impl Fn() -> bool) -> Option<Self> {
        let mut burst = Self::default();
        burst.take(messages.recv().ok()?)?;
        let start = Instant::now();
        loop {
            let is_quiet = match messages.recv_timeout(burst.quiet()) {
                Ok(message) => burst.take(message).map(|()| false)?,
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => return None,
            };
            let may_end = is_quiet || start.elapsed() > LONGEST;
            if may_end && (start.elapsed() > LONGEST_CHECKOUT || !git_holds()) {
                return Some(burst);
            }
        }
    }

    fn quiet(&self) -> Duration {
        if self.reported.len() > MANY { QUIET_AFTER_MANY } else { QUIET }
    }

    /// None if the message is to end.
    fn take(&mut self, message: Message) -> Option<()> {
        match message {
            Message::Event(Ok(event)) => {
                if event.need_rescan() {
                    self.changes = Changes::Unknown;
                }
                self.reported.extend(event.paths);
            }
            // Events were lost.
            Message::Event(Err(_)) => self.changes = Changes::Unknown,
            Message::Changed(paths, waiter) => {
                for path in &paths {
                    self.changes.add(path);
                }
                self.waiting.push(waiter);
            }
            Message::Stop => return None,
        }
        Some(())
    }
}
