//! What a fresh session asks of the disk, counted and not timed: `questions ROOT SHELL`. Prints a line of JSON, as
//! `bench/sample.mjs` does, with the counts in `measures`.

use std::{
    env,
    error::Error,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use framework_m_composer::{
    disk::{Disk, Entry, Kind, OsDisk, Stamp},
    options::Options,
    session::Session,
};
use serde_json::json;

/// The disk of the system, and how often it was asked for what.
#[derive(Default)]
struct Counting {
    read: AtomicUsize,
    listed: AtomicUsize,
    kinds: AtomicUsize,
    real_paths: AtomicUsize,
    stamps: AtomicUsize,
}

impl Disk for Counting {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let answer = OsDisk.read(path);
        // What is not there was not opened.
        self.read.fetch_add(usize::from(answer.is_ok()), Relaxed);
        answer
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let answer = OsDisk.list(dir);
        self.listed.fetch_add(usize::from(answer.is_ok()), Relaxed);
        answer
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.kinds.fetch_add(1, Relaxed);
        OsDisk.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.real_paths.fetch_add(1, Relaxed);
        OsDisk.real_path(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.stamps.fetch_add(1, Relaxed);
        OsDisk.stamp(path)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = env::args().skip(1).map(PathBuf::from).collect();
    let [root, shell] = arguments.as_slice() else { return Err("usage: questions ROOT SHELL".into()) };
    let disk = Counting::default();
    let mut session =
        Session::new(&disk, shell, Some(root.clone()), Some(shell.clone()), Options::default())?;
    let build = session.build(&disk);
    let measures = json!({
        "packages": build.workspace.packages.len(),
        "read": disk.read.into_inner(),
        "listed": disk.listed.into_inner(),
        "kinds": disk.kinds.into_inner(),
        "realPaths": disk.real_paths.into_inner(),
        "stamps": disk.stamps.into_inner(),
    });
    let line = json!({ "load": 0, "first": 0, "later": [], "base": 0, "memory": 0, "measures": measures });
    println!("{line}");
    Ok(())
}
