//! Random edits of a workspace on the real disk: after each of them, a session that lives through all equals a fresh one,
//! and so does one that is told what changed.

mod kinds;
mod shop;

use std::{collections::BTreeMap, path::PathBuf};

use framework_m_composer::{
    build::Build,
    disk::{Changes, OsDisk},
    options::Options,
    plugin::Status,
};

use self::{
    kinds::{EDITS, MEND},
    shop::Shop,
};
use crate::{
    fixture::{compose, outputs, session},
    random::Random,
};

/// What an edit did.
pub(crate) struct Edit {
    /// For people who read a failure.
    pub(crate) what: String,
    /// The paths that a watcher of files would report, under every name that a link gives them: what was written,
    /// created or removed, and for a rename both names. Of a folder only its own path, though all within it is new.
    pub(crate) paths: Vec<PathBuf>,
}

/// What happened in a run. A generator that changes nothing, or breaks everything, proves nothing.
#[derive(Default, Debug)]
struct Tally {
    steps: usize,
    changed: usize,
    appeared: usize,
    disappeared: usize,
    broke: usize,
    mended: usize,
    included: usize,
    kinds: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn note(&mut self, before: &BTreeMap<String, Status>, after: &BTreeMap<String, Status>, changed: bool) {
        let broken =
            |plugins: &BTreeMap<String, Status>, dir: &String| plugins.get(dir) == Some(&Status::Broken);
        self.steps += 1;
        self.changed += usize::from(changed);
        self.appeared += after.keys().filter(|dir| !before.contains_key(*dir)).count();
        self.disappeared += before.keys().filter(|dir| !after.contains_key(*dir)).count();
        self.broke += after.keys().filter(|dir| broken(after, dir) && !broken(before, dir)).count();
        self.mended += after.keys().filter(|dir| broken(before, dir) && !broken(after, dir)).count();
        self.included += after.values().filter(|status| **status == Status::Included).count();
    }
}

/// The status of every plugin, by its folder.
fn statuses(build: &Build) -> BTreeMap<String, Status> {
    build.composition.plugins.iter().map(|plugin| (plugin.package.dir.clone(), plugin.status)).collect()
}

/// One workspace, edited step after step.
fn live(seed: u64, steps: usize, tally: &mut Tally) {
    let shop = Shop::open(seed);
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut session = self::session(&OsDisk, &shop.root, Options::default());
    let first = session.build(&OsDisk);
    let (mut made, mut plugins) = (outputs(&first), statuses(&first));
    let mut told = self::session(&OsDisk, &shop.root, Options::default());
    let mut heard = told.rebuild(&OsDisk, &Changes::Unknown).unwrap();
    let mut story = Vec::new();
    for _ in 0..steps {
        let mut changes = Changes::default();
        // As a checkout of another branch does, an update may hold several edits.
        for _ in 0..=random.next(8) / 6 {
            let mends = shop.broken.borrow().is_some() && random.next(3) == 0;
            let (kind, edit) = if mends { MEND } else { EDITS[random.next(EDITS.len())] };
            if let Some(edit) = edit(&shop, &mut random) {
                assert!(!edit.paths.is_empty(), "nobody hears of {}", edit.what);
                story.push(format!("{kind}: {} {:?}", edit.what, edit.paths));
                *tally.kinds.entry(kind).or_default() += 1;
                edit.paths.iter().for_each(|path| changes.add(path));
            }
        }
        let build = session.build(&OsDisk);
        let (after, now) = (outputs(&build), statuses(&build));
        let fresh = compose(&OsDisk, &shop.root, Options::default());
        heard = told.rebuild(&OsDisk, &changes).unwrap_or(heard);
        for (name, build) in [("asked again", &build), ("told of changes", &heard)] {
            compare(&format!("{name}, seed {seed}, after\n{}", story.join("\n")), build, &fresh);
        }
        tally.note(&plugins, &now, after != made);
        (made, plugins) = (after, now);
    }
}

fn compare(case: &str, build: &Build, fresh: &Build) {
    let (after, expected) = (outputs(build), outputs(fresh));
    let difference = after.iter().zip(&expected).find(|(after, fresh)| after != fresh);
    assert!(after == expected, "{case}\nafter edits, and fresh: {difference:?}");
    for (after, expected) in [
        (&build.seen.files, &fresh.seen.files),
        (&build.seen.missing, &fresh.seen.missing),
        (&build.seen.dirs, &fresh.seen.dirs),
        (&build.seen.links, &fresh.seen.links),
    ] {
        let differ = |a: &[PathBuf], b: &[PathBuf]| -> Vec<PathBuf> {
            a.iter().filter(|path| !b.contains(path)).cloned().collect()
        };
        let (more, less) = (differ(after, expected), differ(expected, after));
        assert!(after == expected, "{case}\nwatched and need not be: {more:?}, not watched: {less:?}");
    }
}

fn run(seeds: std::ops::Range<u64>) {
    let mut tally = Tally::default();
    for seed in seeds {
        live(seed, 5, &mut tally);
    }
    assert!(tally.changed * 3 > tally.steps, "too few edits change anything: {tally:?}");
    assert!(tally.steps > tally.changed + tally.steps / 20, "no edit changes nothing: {tally:?}");
    assert!(tally.included > 2 * tally.steps, "too few plugins take part: {tally:?}");
    for count in [tally.appeared, tally.disappeared, tally.broke, 3 * tally.mended] {
        assert!(count > tally.steps / 20, "too few plugins come, go, break or are mended: {tally:?}");
    }
    for (kind, _) in EDITS {
        assert!(tally.kinds.get(kind).is_some_and(|count| *count > 5), "{kind} is too rare: {tally:?}");
    }
}

#[test]
fn a_build_after_any_edits_equals_a_fresh_one() {
    run(0..100);
}

#[test]
fn a_build_after_any_other_edits_equals_a_fresh_one() {
    run(100..200);
}
