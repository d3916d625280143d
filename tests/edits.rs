//! Random edits of a workspace on the real disk: after each of them, a session that lives through all equals a fresh one,
//! and so does one that is told what changed.

mod kinds;
mod shop;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use framework_m_composer::{
    build::Build,
    disk::{Changes, MemoryDisk, OsDisk},
    options::{CodeSplitting, MenuOverride, Options},
    plugin::Status,
};

use self::{
    kinds::{EDITS, MEND},
    shop::Shop,
};
use crate::{
    fixture::{Fixture, compose, outputs, session},
    properties::copy,
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
    let options = || options(seed);
    let mut session = self::session(&OsDisk, &shop.root, options());
    let first = session.build(&OsDisk);
    let (mut made, mut plugins) = (outputs(&first), statuses(&first));
    let mut told = self::session(&OsDisk, &shop.root, options());
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
        let fresh = compose(&OsDisk, &shop.root, options());
        heard = told.rebuild(&OsDisk, &changes).unwrap_or(heard);
        for (name, build) in [("asked again", &build), ("told of changes", &heard)] {
            compare(&format!("{name}, seed {seed}, after\n{}", story.join("\n")), build, &fresh);
        }
        tally.note(&plugins, &now, after != made);
        (made, plugins) = (after, now);
    }
}

/// What a shell may ask for: each seed something else.
fn options(seed: u64) -> Options {
    let label = Some("The shell's own".to_string());
    let changed = MenuOverride { label, order: Some(1.0), ..MenuOverride::default() };
    let hidden = MenuOverride { hide: true, ..MenuOverride::default() };
    match seed % 4 {
        1 => Options { hot: true, ..Options::default() },
        2 => {
            Options { code_splitting: CodeSplitting::Route, routes_base: "/app".into(), ..Options::default() }
        }
        3 => Options {
            menu_overrides: [("p1.item", changed.clone()), ("p2.item", hidden), ("group", changed)]
                .into_iter()
                .map(|(name, change)| (name.to_string(), change))
                .collect(),
            ..Options::default()
        },
        _ => Options::default(),
    }
}

/// What a build has beside its texts.
fn facts(build: &Build) -> [String; 3] {
    let places = build
        .artifacts
        .bundle
        .imports
        .iter()
        .map(|import| import.origin.source.position(import.origin.span.start));
    [
        format!("{:#?} {:?}", build.artifacts.bundle, places.collect::<Vec<_>>()),
        format!("{:#?}", build.singletons),
        format!("{:#?}", build.modules),
    ]
}

fn compare(case: &str, build: &Build, fresh: &Build) {
    for (after, expected) in facts(build).iter().zip(&facts(fresh)) {
        assert!(after == expected, "{case}\nafter edits: {after}\nfresh: {expected}");
    }
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

/// Changes a letter of a file, its end, or all of it: what comes of it need not make sense. `before` is what it was.
fn spoil(file: &Path, before: &str, all: &[(PathBuf, String)], random: &mut Random) {
    let letters: Vec<usize> = before
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_alphanumeric())
        .map(|(at, _)| at)
        .collect();
    let text = match random.next(8) {
        0 => return drop(fs::remove_file(file)),
        1 => format!("{before}\n"),
        2 => all[random.next(all.len())].1.clone(),
        3 | 4 => before.to_string(),
        _ if letters.is_empty() => String::new(),
        _ => {
            let at = letters[random.next(letters.len())];
            format!("{}{}{}", &before[..at], random.pick(&["a", "b", "1", "9", "Z"]), &before[at + 1..])
        }
    };
    fs::write(file, text).unwrap();
}

#[test]
fn a_fixture_that_is_spoilt_and_mended_equals_a_fresh_one() {
    let root = std::env::temp_dir().join(format!("framework-m-spoilt-{}", std::process::id()));
    let mut random = Random(7);
    let (mut steps, mut changed) = (0, 0);
    for fixture in Fixture::all() {
        let _ = fs::remove_dir_all(&root);
        copy(&fixture.workspace(), &root);
        let mut told = session(&OsDisk, &root, fixture.options());
        let mut heard = told.rebuild(&OsDisk, &Changes::Unknown).unwrap();
        let files = heard.seen.files.iter().filter(|file| file.starts_with(&root));
        let files: Vec<(PathBuf, String)> =
            files.filter_map(|file| Some((file.clone(), fs::read_to_string(file).ok()?))).collect();
        for _ in 0..12 {
            let (file, before) = &files[random.next(files.len())];
            spoil(file, before, &files, &mut random);
            let made = outputs(&heard);
            heard = told.rebuild(&OsDisk, &[file].into_iter().collect()).unwrap_or(heard);
            let fresh = compose(&OsDisk, &root, fixture.options());
            compare(&format!("{}, after an edit of {}", fixture.name, file.display()), &heard, &fresh);
            steps += 1;
            changed += usize::from(outputs(&heard) != made);
        }
    }
    let _ = fs::remove_dir_all(&root);
    assert!(changed * 3 > steps, "too few edits change anything: {changed} of {steps}");
}

#[test]
fn a_name_that_another_plugin_takes_is_another_in_all_that_refers_to_it() {
    let plugins = [
        // Its group's label is the code of the next.
        ("first", "modules: [{ name: 'group' }], menu: [{ name: 'item', module: 'group' }]"),
        (
            "the_other",
            "modules: [{ name: 'group', label: () => 'by code' }], routes: [{ path: '/x', component }]",
        ),
        // Its variable and its chunk are those that the one before it had.
        ("taker", "name: 'the other', routes: [{ path: '/y', component }]"),
        // Its chunk, in letters of another case, is that of both.
        ("upper", "name: 'The_other', routes: [{ path: '/z', component }]"),
    ];
    for code_splitting in [CodeSplitting::Plugin, CodeSplitting::Route] {
        let options = || Options { code_splitting, ..Options::default() };
        let (root, mut disk) = (Path::new("/shop"), shop());
        let mut told = session(&disk, root, options());
        told.rebuild(&disk, &Changes::Unknown);
        let mut made = Vec::new();
        for (name, config) in plugins {
            let dir = format!("/shop/plugins/{name}");
            let config = format!("const component = () => import('./page')\nexport default {{ {config} }}");
            disk.write(
                format!("{dir}/package.json"),
                format!(r#"{{ "name": "{name}", "framework-m": true }}"#),
            );
            disk.write(format!("{dir}/plugin.config.ts"), config);
            disk.write(format!("{dir}/page.ts"), "export default 1");
            let build = told.rebuild(&disk, &[dir].into_iter().collect()).unwrap();
            compare(name, &build, &compose(&disk, root, options()));
            made.push(build);
        }
        let label = |build: &Build, variable| {
            build.artifacts.module.contains(&format!("code(load_{variable}, \"modules[0].label\")"))
        };
        let chunk = |build: &Build, chunk| build.artifacts.entries.iter().any(|entry| entry.chunk == chunk);
        assert!(label(&made[1], "the_other") && !chunk(&made[1], "the_other-2"));
        assert!(label(&made[2], "the_other_") && chunk(&made[2], "the_other-2"));
        assert!(chunk(&made[3], "the_other-3"));
    }
}

/// Two plugins whose names give one variable, and which say something of every kind. `order` is what decides who comes first.
fn namesakes(order: &str, also: &str) -> [(&'static str, String); 2] {
    let all = "modules: [{ name: 'group', label: 'Group' }], extensions: [{ id: `${n}.e`, point: 'header.right', component }],
        services: { [`${n}.s`]: () => 1 }, providers: [{ component }], permissions: [{ resource: n, actions: ['read'] }],
        settings: { [`${n}.low`]: { type: 'number' } }, routes: [{ path: `/${n}`, component }],
        menu: [{ name: `${n}.one`, label: 'One', module: 'group' }, { name: `${n}.two`, label: 'Two', module: 'group' }],
        extensionPoints: [{ id: `${n}.x` }, { id: `${n}.y` }],";
    let config = |name: &str, own: &str| {
        format!(
            "const component = () => import('./page')\nconst n = '{name}'\nexport default {{ name: n, {all} {own} }}"
        )
    };
    [("one", config("a-b", order)), ("other", config("a_b", also))]
}

#[test]
fn what_is_kept_is_made_again_where_anything_that_it_says_is_another() {
    let edits = [
        ("at first", "", ""),
        // The variables stay where they are, and change hands.
        ("the order", "dependencies: { a_b: '*' },", ""),
        ("the place of a point in a list", "", "extensionPoints: [{ id: `${n}.y` }, { id: `${n}.x` }],"),
        (
            "the point of an extension",
            "",
            "extensions: [{ id: `${n}.e`, point: 'settings.section', component }],",
        ),
        (
            "a parent",
            "",
            "menu: [{ name: 'a_b.one', parent: 'a-b.one' }, { name: 'a_b.two', module: 'group' }],",
        ),
        ("a group's label", "modules: [{ name: 'group', label: 'Better' }],", ""),
        ("a group's label by code", "modules: [{ name: 'group', label: () => 'code' }],", ""),
        ("the type of a setting", "", "settings: { [`${n}.low`]: { type: 'string' } },"),
        ("a service", "", "services: { [`${n}.t`]: () => 1 },"),
        ("an action", "", "permissions: [{ resource: n, actions: ['write'] }],"),
        ("a path", "", "routes: [{ path: '/elsewhere', component }],"),
        ("a conflict", "", "routes: [{ path: '/a-b', component }],"),
        ("an order among providers", "", "providers: [{ component, order: 1 }],"),
        ("less", "", "menu: [], routes: [], settings: {},"),
    ];
    for options in [0, 1, 2, 3].map(|seed| move || options(seed)) {
        let (root, mut disk) = (Path::new("/shop"), shop());
        let mut told = session(&disk, root, options());
        told.rebuild(&disk, &Changes::Unknown);
        let mut made = Vec::new();
        // Each edit is made, and taken back by the next.
        for (what, one, other) in edits {
            let mut paths = Vec::new();
            for (name, config) in namesakes(one, other) {
                let dir = format!("/shop/plugins/{name}");
                disk.write(
                    format!("{dir}/package.json"),
                    format!(r#"{{ "name": "{name}", "framework-m": true }}"#),
                );
                disk.write(format!("{dir}/page.ts"), "export default 1");
                disk.write(format!("{dir}/plugin.config.ts"), config);
                paths.push(dir);
            }
            let build = told.rebuild(&disk, &paths.into_iter().collect()).unwrap();
            compare(what, &build, &compose(&disk, root, options()));
            let after = outputs(&build);
            assert!(!made.contains(&after), "{what} changes nothing");
            made.push(after);
        }
    }
}

/// A workspace in `/shop` whose members are in `plugins`: as yet none.
fn shop() -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    disk.write("/shop/package-lock.json", "{}");
    disk
}
