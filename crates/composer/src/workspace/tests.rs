//! The rules of each tool, the same answer for any listing order, and no panic for any bytes.

use std::{io, sync::Mutex, time::Instant};

use serde_json::json;

use super::*;
use crate::disk::{Entry, MemoryDisk};

const KEY: &str = "framework-m";

/// A disk under `/w`: paths and contents.
fn disk(files: &[(&str, &str)]) -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    for (path, content) in files {
        disk.write(format!("/w/{path}"), *content);
    }
    disk
}

/// Packages `a`, `b` and `c` in `packages`, one in a committed `node_modules`, and a root.
fn three(root: &str, more: &[(&str, &str)]) -> MemoryDisk {
    let mut disk = disk(&[("package.json", root), ("packages/node_modules/x/package.json", "{}")]);
    for name in ["a", "b", "c"] {
        let manifest = json!({ "name": name, "version": "1.0.0" }).to_string();
        disk.write(format!("/w/packages/{name}/package.json"), manifest);
    }
    for (path, content) in more {
        disk.write(format!("/w/{path}"), *content);
    }
    disk
}

fn dirs(disk: &dyn Disk) -> Vec<String> {
    discover(disk, Path::new("/w"), KEY).0.packages.into_iter().map(|package| package.dir).collect()
}

fn codes(disk: &dyn Disk) -> Vec<&'static str> {
    discover(disk, Path::new("/w"), KEY).1.iter().map(|diagnostic| diagnostic.code.name).collect()
}

const NEGATED: &str = r#"{ "private": true, "workspaces": ["packages/*", "!packages/c"] }"#;

#[test]
fn one_list_of_patterns_means_something_else_to_each_tool() {
    let yarn = |lock| three(NEGATED, &[("yarn.lock", lock)]);
    assert_eq!(dirs(&three(NEGATED, &[])), [".", "packages/a", "packages/b"]);
    assert_eq!(dirs(&yarn("__metadata:\n  version: 8\n")), [".", "packages/a", "packages/b"]);
    assert_eq!(dirs(&yarn("# yarn lockfile v1\n")), [".", "packages/a", "packages/b", "packages/c"]);
    assert_eq!(dirs(&three(NEGATED, &[("bun.lock", "")])), [".", "packages/a", "packages/b"]);
    assert_eq!(
        dirs(&three(NEGATED, &[("pnpm-workspace.yaml", "packages: ['packages/c']")])),
        [".", "packages/c"]
    );
    assert_eq!(
        dirs(&three("{}", &[("lerna.json", r#"{ "packages": ["packages/a"] }"#)])),
        [".", "packages/a"]
    );
}

#[test]
fn npm_negates_in_order_and_pnpm_everywhere() {
    let patterns = r#"{ "workspaces": ["packages/*", "!packages/b", "!packages/c", "packages/c"] }"#;
    assert_eq!(dirs(&three(patterns, &[])), [".", "packages/a", "packages/c"]);
    assert_eq!(dirs(&three(patterns, &[("bun.lock", "")])), [".", "packages/a", "packages/c"]);
    let all = r#"{ "workspaces": ["packages/*", "!packages/*", "packages/b"] }"#;
    assert_eq!(dirs(&three(all, &[])), [".", "packages/a", "packages/b", "packages/c"]);
    assert_eq!(dirs(&three(all, &[("bun.lock", "")])), [".", "packages/b"]);
    let pnpm =
        three("{}", &[("pnpm-workspace.yaml", "packages: ['!packages/b', 'packages/*', 'packages/b']")]);
    assert_eq!(dirs(&pnpm), [".", "packages/a", "packages/c"]);
}

#[test]
fn the_tool_is_detected_in_order() {
    let manager = |files: &[(&str, &str)]| discover(&disk(files), Path::new("/w"), KEY).0.manager;
    let npm = ("package.json", r#"{ "workspaces": [] }"#);
    assert_eq!(manager(&[npm, ("lerna.json", r#"{ "packages": [] }"#)]), PackageManager::Npm);
    assert_eq!(manager(&[npm, ("rush.json", "{}"), ("pnpm-workspace.yaml", "")]), PackageManager::Pnpm);
    assert_eq!(manager(&[npm, ("rush.json", "{}")]), PackageManager::Rush);
    assert_eq!(manager(&[("package.json", "{}")]), PackageManager::None);
    let declared = |text: &str| {
        let manifest = json!({ "workspaces": [], "packageManager": text }).to_string();
        manager(&[("package.json", &manifest), ("package-lock.json", "{}")])
    };
    assert_eq!(declared("yarn@1.22.22+sha1.ab"), PackageManager::YarnClassic);
    assert_eq!(declared("yarn@4.9.1"), PackageManager::YarnBerry);
    assert_eq!(declared("bun@1.2.0"), PackageManager::Bun);
    assert_eq!(declared("pnpm@10.0.0"), PackageManager::Pnpm);
    assert_eq!(declared("unknown@1"), PackageManager::Npm);
}

#[test]
fn pnpm_without_its_file_has_the_root_alone() {
    let disk = three(r#"{ "workspaces": ["packages/*"], "packageManager": "pnpm@10.0.0" }"#, &[]);
    assert_eq!((dirs(&disk), codes(&disk)), (vec![".".into()], vec!["workspaces-ignored"]));
    assert_eq!(dirs(&three("{}", &[("pnpm-workspace.yaml", "onlyBuiltDependencies: [x]")])), ["."]);
    assert_eq!(dirs(&three("{}", &[("pnpm-workspace.yaml", "packages: ['!packages/a']")])), ["."]);
}

#[test]
fn pnpm_reads_three_kinds_of_manifest() {
    let files = [
        ("pnpm-workspace.yaml", "\u{feff}packages:\r\n  - 'p/*'\r\n"),
        ("package.json5", "{ name: 'root', }"),
        ("p/y/package.yaml", "name: y\nframework-m: true"),
        ("p/five/package.json5", "// five\n{ name: 'five', 'framework-m': { plugin: './x' } }"),
    ];
    let (workspace, diagnostics) = discover(&disk(&files), Path::new("/w"), KEY);
    let found: Vec<_> =
        workspace.packages.iter().map(|p| (p.name.as_deref().unwrap(), p.tag.clone())).collect();
    let five = json!({ "plugin": "./x" });
    assert_eq!(found, [("root", None), ("five", Some(five)), ("y", Some(json!(true)))]);
    assert!(diagnostics.is_empty());
}

#[test]
fn yarn_1_wants_a_private_root_and_named_members() {
    let lock = ("yarn.lock", "# yarn lockfile v1\n");
    let public = three(r#"{ "workspaces": ["packages/*"] }"#, &[lock]);
    assert_eq!((dirs(&public), codes(&public)), (vec![".".into()], vec!["root-not-private"]));
    let root = r#"{ "private": true, "workspaces": { "packages": ["packages/*"], "nohoist": ["**"] } }"#;
    let unnamed = three(
        root,
        &[lock, ("packages/a/package.json", "{}"), ("packages/b/package.json", r#"{"name":"b"}"#)],
    );
    assert_eq!(dirs(&unnamed), [".", "packages/c"]);
    assert_eq!(codes(&unnamed), ["member-without-identity"; 2]);
}

#[test]
fn berry_follows_the_workspaces_of_members() {
    let nested = r#"{ "name": "a", "workspaces": ["inner/*", "../../apps/x"] }"#;
    let more = [
        ("yarn.lock", "__metadata:\n"),
        ("packages/a/package.json", nested),
        ("packages/a/inner/i/package.json", ""),
        ("apps/x/package.json", "{}"),
    ];
    let disk = three(r#"{ "workspaces": ["packages/*"] }"#, &more);
    assert_eq!(dirs(&disk), [".", "apps/x", "packages/a", "packages/a/inner/i", "packages/b", "packages/c"]);
}

#[test]
fn rush_lists_its_projects() {
    let rush = r#"{ /* Rush */ "projects": [
        { "packageName": "a", "projectFolder": "packages/a" }, // one
        { "packageName": "z", "projectFolder": "packages/z" },
    ] }"#;
    let mut files = three("{}", &[("rush.json", rush)]);
    assert_eq!(
        (dirs(&files), codes(&files)),
        (vec![".".into(), "packages/a".into()], vec!["project-missing"])
    );
    files.write("/w/rush.json", r#"{ "projects": 1 }"#);
    assert_eq!(codes(&files), ["invalid-workspaces"]);
}

#[test]
fn a_broken_manifest_costs_itself_and_says_where() {
    let broken = ("packages/b/package.json", "{\r\n  \"name\": \"b\",\r\n  oops\r\n}");
    let disk = three(r#"{ "workspaces": ["packages/*"] }"#, &[broken, ("packages/c/package.json", "")]);
    let (workspace, diagnostics) = discover(&disk, Path::new("/w"), KEY);
    assert_eq!(workspace.packages.len(), 2);
    let origin = &diagnostics[0].labels[0].origin;
    let position = origin.source.position(origin.span.start);
    assert_eq!(
        (origin.source.path.as_str(), position.line, position.column),
        ("packages/b/package.json", 3, 3)
    );
    assert!(diagnostics[0].help.is_some() && diagnostics[1].message.contains("is empty"));
}

#[test]
fn a_tag_is_kept_as_it_stands() {
    let tag = |manifest: &str| {
        let (workspace, _) = discover(&disk(&[("package.json", manifest)]), Path::new("/w"), KEY);
        workspace.packages[0].tag.clone()
    };
    assert_eq!(tag("{}"), None);
    assert_eq!(tag(r#"{ "framework-m": false }"#), Some(json!(false)));
    assert_eq!(tag(r#"{ "framework-m": null }"#), Some(json!(null)));
    assert_eq!(tag("\u{feff}{ \"framework-m\": 1, \"framework-m\": [\"x\"] }\r\n"), Some(json!(["x"])));
}

#[test]
fn duplicates_are_listed_and_reported_where_the_tool_refuses_them() {
    let twin = ("packages/b/package.json", r#"{ "name": "a" }"#);
    let npm = three(r#"{ "workspaces": ["packages/*"] }"#, &[twin]);
    assert_eq!((dirs(&npm).len(), codes(&npm)), (4, vec!["duplicate-package"]));
    let pnpm = three("{}", &[twin, ("pnpm-workspace.yaml", "packages: ['packages/*']")]);
    assert_eq!((dirs(&pnpm).len(), codes(&pnpm).len()), (4, 0));
    let (workspace, _) = discover(&pnpm, Path::new("/w"), KEY);
    assert_eq!(workspace.named("a").unwrap().dir, "packages/a");
}

#[test]
fn what_is_not_there_is_said() {
    assert_eq!(codes(&MemoryDisk::default()), ["root-missing"]);
    assert_eq!(codes(&disk(&[("README.md", "")])), ["no-package"]);
    assert_eq!(find_root(&MemoryDisk::default(), Path::new("/w/a")), None);
    assert_eq!(codes(&three(r#"{ "workspaces": ["packages/*", 1] }"#, &[])), ["invalid-workspaces"]);
    assert_eq!(codes(&three("{}", &[("pnpm-workspace.yaml", "packages: [\n")])), ["invalid-file"]);
    assert_eq!(codes(&three("{}", &[("pnpm-workspace.yaml", "- a")])), ["invalid-file"]);
    let bomb = json!({ "workspaces": ["{a,b}".repeat(40)] }).to_string();
    assert_eq!(codes(&three(&bomb, &[])), ["pattern-too-complex"]);
}

#[test]
fn the_root_is_the_nearest_one() {
    let files = [
        ("package.json", r#"{ "workspaces": ["*"] }"#),
        ("p/pnpm-workspace.yaml", "overrides: {}"),
        ("p/q/package.json", "{}"),
        ("r/lerna.json", r#"{ "version": "1.0.0" }"#),
        ("r/s/package.json", "not json"),
    ];
    let root = |start: &str| find_root(&disk(&files), Path::new(start));
    assert_eq!(root("/w/p/q/src"), Some("/w/p".into()));
    assert_eq!(root("/w/r/s"), Some("/w".into()));
    assert_eq!(root("/elsewhere"), None);
}

#[test]
fn only_folders_that_patterns_name_are_listed() {
    let disk = three(r#"{ "workspaces": ["packages/*", "apps/shell"] }"#, &[("apps/shell/src/x/y.ts", "")]);
    let recorder = crate::disk::Recorder::new(&disk);
    discover(&recorder, Path::new("/w"), KEY);
    let listed: Vec<_> = recorder.into_trace().seen().dirs.into_iter().collect();
    assert_eq!(listed, [PathBuf::from("/w/packages")]);
}

#[test]
fn bought_plugins_are_tagged_direct_dependencies() {
    let shell = r#"{ "dependencies": { "bought": "1", "plain": "1", "a": "*", "../evil": "1", "@s/dev": "1" },
        "optionalDependencies": { "absent": "1" } }"#;
    let tagged = r#"{ "name": "bought", "version": "2.0.0", "framework-m": "./dist/plugin.js" }"#;
    let files = [
        ("apps/shell/package.json", shell),
        ("apps/shell/node_modules/bought/package.json", tagged),
        ("node_modules/bought/package.json", tagged),
        ("node_modules/plain/package.json", "{}"),
        ("node_modules/@s/dev/package.json", "{ \"framework-m\": true"),
        ("node_modules/indirect/package.json", tagged),
    ];
    let disk = three(r#"{ "workspaces": ["packages/*", "apps/*"] }"#, &files);
    let (workspace, _) = discover(&disk, Path::new("/w"), KEY);
    let (packages, diagnostics) = external(&disk, &workspace, Path::new("/w/apps/shell"), KEY);
    let dirs: Vec<_> = packages.iter().map(|package| package.dir.as_str()).collect();
    assert_eq!(dirs, ["apps/shell/node_modules/bought"]);
    assert_eq!(diagnostics.len(), 1);
}

/// A small generator of numbers (xorshift): the same on every machine.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    /// Bytes that look like patterns, JSON and YAML more often than chance would have it.
    fn text(&mut self, longest: usize) -> Vec<u8> {
        let words: [&[u8]; 26] = [
            b"*",
            b"**",
            b"/",
            b"{",
            b"}",
            b",",
            b"!",
            b"(",
            b")",
            b"[",
            b"]",
            b"@(",
            b"|",
            b"..",
            b"a",
            b"\\",
            b"packages",
            b"\"",
            b":",
            b"\n",
            b"- ",
            b"&x",
            b"*x",
            b"\xff",
            "é".as_bytes(),
            b"\0",
        ];
        let count = self.next(longest);
        (0..count).flat_map(|_| words[self.next(words.len())].to_vec()).collect()
    }
}

/// Lists folders in another order each time.
struct Shuffling<'a>(&'a MemoryDisk, Mutex<Noise>);

impl Disk for Shuffling<'_> {
    fn read(&self, path: &Path) -> io::Result<std::sync::Arc<[u8]>> {
        self.0.read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = self.0.list(dir)?;
        let mut noise = self.1.lock().unwrap();
        for end in (1..entries.len()).rev() {
            entries.swap(end, noise.next(end + 1));
        }
        Ok(entries)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.0.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.real_path(path)
    }
}

#[test]
fn the_listing_order_does_not_show() {
    let mut disk = three("{}", &[("pnpm-workspace.yaml", "packages: ['**', '!**/b']")]);
    for index in 0..60 {
        disk.write(format!("/w/p{}/q{index}/package.json", index % 7), "{}");
    }
    let expected = format!("{:?}", discover(&disk, Path::new("/w"), KEY));
    for seed in 1..20 {
        let shuffling = Shuffling(&disk, Mutex::new(Noise(seed)));
        assert_eq!(format!("{:?}", discover(&shuffling, Path::new("/w"), KEY)), expected);
    }
}

#[test]
fn arbitrary_bytes_neither_panic_nor_take_long() {
    let start = Instant::now();
    let mut noise = Noise(20_261_121);
    for round in 0..1500 {
        let pattern = String::from_utf8_lossy(&noise.text(40)).into_owned();
        let list = json!([pattern, String::from_utf8_lossy(&noise.text(60))]);
        let (lock, lock_text) =
            [("yarn.lock", "__metadata:\n"), ("yarn.lock", ""), ("bun.lock", ""), ("x", "")][round % 4];
        let mut disk =
            three(&json!({ "private": true, "workspaces": list }).to_string(), &[(lock, lock_text)]);
        discover(&disk, Path::new("/w"), KEY);
        disk.write("/w/lerna.json", json!({ "packages": list }).to_string());
        disk.write("/w/package.json", "{}");
        discover(&disk, Path::new("/w"), KEY);
        disk.write("/w/pnpm-workspace.yaml", json!({ "packages": list }).to_string());
        discover(&disk, Path::new("/w"), KEY);
        for file in
            ["package.json", "packages/a/package.json", "pnpm-workspace.yaml", "packages/b/package.yaml"]
        {
            disk.write(format!("/w/{file}"), noise.text(80));
        }
        discover(&disk, Path::new("/w"), KEY);
        disk.write("/w/rush.json", noise.text(80));
        find_root(&disk, Path::new("/w/packages/a"));
    }
    assert!(start.elapsed().as_secs() < 60, "took {:?}", start.elapsed());
}

#[test]
fn deep_nesting_is_refused_and_not_fallen_into() {
    for (open, file) in
        [("[", "package.json"), ("{\"a\":", "rush.json"), ("[", "pnpm-workspace.yaml"), ("[", "lerna.json")]
    {
        let mut files = three("{}", &[]);
        files.write(format!("/w/{file}"), open.repeat(200_000));
        discover(&files, Path::new("/w"), KEY);
    }
    let pattern = "@(".repeat(20_000);
    dirs(&three(
        &json!({ "workspaces": [pattern, "*(*(a)b)".repeat(500), "!(".repeat(9000)] }).to_string(),
        &[],
    ));
}

#[cfg(unix)]
#[test]
fn a_linked_member_is_no_bought_plugin_and_a_store_is_no_member() {
    use std::{fs, os::unix::fs::symlink};

    let folder = std::env::temp_dir().join(format!("framework-m-external-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let root = fs::canonicalize(&folder).unwrap();
    let tagged = |name: &str| json!({ "name": name, "framework-m": true }).to_string();
    let write = |path: &str, text: &str| {
        fs::create_dir_all(root.join(path)).unwrap();
        fs::write(root.join(path).join("package.json"), text).unwrap();
    };
    write(".", "{}");
    fs::write(root.join("pnpm-workspace.yaml"), "packages: ['shell', 'packages/*']").unwrap();
    write(
        "shell",
        &json!({ "dependencies": { "member": "workspace:*", "bought": "1", "gone": "1" } }).to_string(),
    );
    write("packages/member", &tagged("member"));
    write("node_modules/.pnpm/bought@1/node_modules/bought", &tagged("bought"));
    fs::create_dir_all(root.join("shell/node_modules")).unwrap();
    let link = |to: &str, at: &str| symlink(to, root.join("shell/node_modules").join(at)).unwrap();
    link("../../packages/member", "member");
    link("../../node_modules/.pnpm/bought@1/node_modules/bought", "bought");
    link("../../nowhere", "gone");

    let (workspace, _) = discover(&crate::disk::OsDisk, &root, KEY);
    let (packages, diagnostics) = external(&crate::disk::OsDisk, &workspace, &root.join("shell"), KEY);
    fs::remove_dir_all(&folder).unwrap();
    let dirs: Vec<_> = packages.iter().map(|package| package.dir.as_str()).collect();
    assert_eq!(workspace.packages.len(), 3);
    assert_eq!(dirs, ["shell/node_modules/bought"]);
    assert!(diagnostics.is_empty());
}
