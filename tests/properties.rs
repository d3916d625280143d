//! Rules that hold for every workspace.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use framework_m_composer::{
    disk::{Disk, Entry, Kind, MemoryDisk, OsDisk, Stamp},
    options::Options,
};

use crate::fixture::{Fixture, compose, outputs, session};

/// The real disk, with its lists backwards and its reads counted.
#[derive(Default)]
struct Backwards {
    reads: AtomicUsize,
}

impl Disk for Backwards {
    fn read(&self, path: &Path) -> io::Result<std::sync::Arc<[u8]>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        OsDisk.read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = OsDisk.list(dir)?;
        entries.sort();
        entries.reverse();
        Ok(entries)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        OsDisk.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        OsDisk.real_path(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        OsDisk.stamp(path)
    }
}

#[test]
fn any_listing_order_gives_the_same_bytes() {
    for fixture in Fixture::all() {
        let backwards = outputs(&compose(&Backwards::default(), &fixture.workspace(), fixture.options()));
        assert_eq!(
            backwards,
            outputs(&compose(&OsDisk, &fixture.workspace(), fixture.options())),
            "{}",
            fixture.name
        );
    }
}

#[test]
fn any_folder_gives_the_same_bytes() {
    let elsewhere = std::env::temp_dir().join(format!("framework-m {} ünïcode", std::process::id()));
    for fixture in Fixture::all() {
        copy(&fixture.workspace(), &elsewhere);
        let moved = outputs(&compose(&OsDisk, &elsewhere, fixture.options()));
        fs::remove_dir_all(&elsewhere).unwrap();
        assert_eq!(
            moved,
            outputs(&compose(&OsDisk, &fixture.workspace(), fixture.options())),
            "{}",
            fixture.name
        );
    }
}

#[test]
fn a_second_build_equals_the_first_and_reads_no_file_again() {
    // A file that changed a moment ago is read again whatever its time says.
    std::thread::sleep(Duration::from_millis(2100));
    for fixture in Fixture::all() {
        let disk = Backwards::default();
        let mut session = session(&disk, &fixture.workspace(), fixture.options());
        let first = outputs(&session.build(&disk));
        let reads = disk.reads.load(Ordering::Relaxed);
        assert_eq!(outputs(&session.build(&disk)), first, "{}", fixture.name);
        assert!(reads > 0, "{}", fixture.name);
        assert_eq!(disk.reads.load(Ordering::Relaxed), reads, "{}", fixture.name);
    }
}

#[test]
fn a_build_after_edits_equals_a_fresh_one() {
    let root = Path::new("/shop");
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    disk.write("/shop/package-lock.json", "{}");
    let mut session = session(&disk, root, Options::default());
    let manifest = |name: &str, tag: &str| {
        format!(r#"{{ "name": "{name}", "version": "1.0.0", "framework-m": {tag} }}"#)
    };
    let edits: [(&str, String); 10] = [
        ("/shop/plugins/a/package.json", manifest("a", "true")),
        (
            "/shop/plugins/a/plugin.config.ts",
            "import { label } from './label'\nexport default { label }".into(),
        ),
        ("/shop/plugins/a/label.ts", "export const label = 'One'".into()),
        ("/shop/plugins/a/label.ts", "export const label = 'Two'".into()),
        ("/shop/plugins/b/package.json", manifest("b", "true")),
        ("/shop/plugins/b/plugin.config.ts", "export default { dependencies: { a: '^1.0.0' } }".into()),
        ("/shop/plugins/a/label.ts", "export const label = ".into()),
        ("/shop/plugins/a/label.ts", "export const label = 'Mended'".into()),
        ("/shop/plugins/b/package.json", manifest("b", "false")),
        ("/shop/package.json", r#"{ "name": "shop", "workspaces": ["other/*"] }"#.into()),
    ];
    let mut made = Vec::new();
    for (file, text) in edits {
        disk.write(file, text);
        let again = outputs(&session.build(&disk));
        assert_eq!(again, outputs(&compose(&disk, root, Options::default())), "after an edit of {file}");
        made.push(again);
    }
    made.dedup();
    assert!(made.len() > 7, "the edits change what is made");
}

#[test]
fn names_that_no_system_likes_cannot_leave_their_strings() {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    disk.write("/shop/package-lock.json", "{}");
    for (index, dir) in
        ["it's \"quoted\"", "back\\slash", "new\nline", "${code}", "`tick`", "\u{2028}"].iter().enumerate()
    {
        let dir = format!("/shop/plugins/{dir}");
        disk.write(
            format!("{dir}/package.json"),
            format!(r#"{{ "name": "p{index}", "framework-m": true }}"#),
        );
        disk.write(
            format!("{dir}/plugin.config.ts"),
            format!(
                "export default {{ routes: [{{ path: '/{index}', component: () => import('./page') }}] }}"
            ),
        );
        disk.write(format!("{dir}/page.ts"), "export default 1");
    }
    let build = compose(&disk, Path::new("/shop"), Options::default());
    assert_eq!(build.composition.included, 6);
    for entry in &build.artifacts.entries {
        let dir = &build
            .composition
            .plugins
            .iter()
            .find(|plugin| plugin.name.name == entry.plugin)
            .unwrap()
            .package
            .dir;
        let file = serde_json::to_string(&format!("./{dir}/page.ts")).unwrap().replace('\u{2028}', "\\u2028");
        assert!(entry.code.contains(&format!("from {file};")), "{}", entry.code);
    }
}

#[test]
fn items_within_one_another_are_bounded() {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "framework-m": true }"#);
    let items: String =
        (0..5000).map(|item| format!("{{ name: 'm{item}', parent: 'm{}' }},", item + 1)).collect();
    disk.write("/shop/plugin.config.ts", format!("export default {{ menu: [{items} {{ name: 'm5000' }}] }}"));
    let build = compose(&disk, Path::new("/shop"), Options::default());
    assert!(build.diagnostics.iter().all(|diagnostic| diagnostic.code.id == "FM2021"));
    assert!(!build.diagnostics.is_empty());
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
