//! Folders that the system does not watch.

use std::{
    io,
    path::{Path, PathBuf},
};

use notify::{Error, ErrorKind};

use crate::{diagnostic::Diagnostic, messages::workspace as messages, path::relative};

/// `EMFILE`: on Linux all of a user's inotify instances are taken. The notify crate has no kind for that.
const TOO_MANY_OPEN: i32 = 24;

/// What there is to say about refused folders.
pub(super) fn diagnostic(root: &Path, refused: &[(PathBuf, Error)]) -> Option<Diagnostic> {
    let (folder, error) = refused.first()?;
    let folder = relative(root, folder);
    let count = refused.len();
    Some(if refused.iter().any(|(_, error)| is_limit(error)) {
        messages::watch_limit(&folder, count)
    } else {
        messages::not_watched(&folder, count, &error.to_string())
    })
}

fn is_limit(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        ErrorKind::Io(error) => error.raw_os_error() == Some(TOO_MANY_OPEN),
        _ => false,
    }
}

/// A system that watches nothing, and says why.
pub(super) struct Unavailable {
    code: Option<i32>,
    reason: String,
}

impl Unavailable {
    pub(super) fn because(error: &Error) -> Self {
        let code = match &error.kind {
            ErrorKind::Io(error) => error.raw_os_error(),
            _ => None,
        };
        Self { code, reason: error.to_string() }
    }
}

impl notify::Watcher for Unavailable {
    fn new<F: notify::EventHandler>(_: F, _: notify::Config) -> notify::Result<Self> {
        Err(Error::generic("nothing can be watched"))
    }

    fn watch(&mut self, _: &Path, _: notify::RecursiveMode) -> notify::Result<()> {
        Err(self.code.map_or_else(
            || Error::generic(&self.reason),
            |code| Error::io(io::Error::from_raw_os_error(code)),
        ))
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}
