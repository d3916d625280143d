//! Every diagnostic code is provoked by something, and has a page that shows it. `ACCEPT=1` writes the pages.

use std::{collections::BTreeSet, fs, io, path::Path};

use framework_m_composer::{
    build::Build,
    diagnostic::{Code, Diagnostic, Explained},
    disk::{Disk, Entry, Kind, MemoryDisk, OsDisk},
    messages::codes,
    options::Options,
    session::Session,
    tarball::Tarball,
    workspace::discover,
};

use crate::{fixture::Fixture, page::Page};

type Provoke = fn() -> Vec<Diagnostic>;

/// Codes that no files of a workspace provoke, with what does.
const PROVOKED: [(&str, Provoke); 7] = [
    ("FM1001", || discover(&MemoryDisk::default(), Path::new("/gone"), "framework-m").1),
    ("FM1002", || discover(&written(&[("readme.md", "")]), Path::new("/w"), "framework-m").1),
    ("FM1004", || discover(&Refusing(written(&[("package.json", "{}")])), Path::new("/w"), "framework-m").1),
    ("FM1301", || packed("export default {}", Ok(["package.json"].map(String::from).into()))),
    ("FM1302", || packed("import './gone.js'", Ok(["plugin.config.ts"].map(String::from).into()))),
    ("FM1303", || packed("export default {}", Err("Invalid package, must have name and version".into()))),
    ("FM3007", || composed(&format!("export default {}", "[".repeat(100_000))).diagnostics),
];

/// Codes that need a system at its limits, or a bundler, with the test that has one and its file.
const PLAYED: [(&str, &str, &str); 9] = [
    ("FM1012", "crates/composer/src/watch/tests.rs", "fn a_limit_that_is_hit_is_reported_with_the_remedy("),
    (
        "FM1013",
        "crates/composer/src/watch/tests.rs",
        "fn what_cannot_be_watched_for_another_reason_is_reported_with_it(",
    ),
    ("FM1014", "crates/composer/src/watch/tests.rs", "fn a_shell_that_is_gone_is_an_error_until_it_is_back("),
    ("FM5001", BUILD_CHECKS, "test('prints the imports by which the shell reaches a plugin',"),
    ("FM5002", BUILD_CHECKS, "test('have to be declared, and each import is shown',"),
    (
        "FM5003",
        "tests/build/budgets.test.ts",
        "test('beyond a budget end the build, with what has grown and the line that raises it',",
    ),
    ("FM5004", BUILD_CHECKS, "test('are looked at too: options can put plugins into what the shell loads',"),
    (
        "FM5005",
        "tests/bundlers/without-router.test.ts",
        "test('ends a build in which the router is used, and says where',",
    ),
    (
        "FM5006",
        "tests/bundlers/components.test.ts",
        "test('a page without a default export ends the build, with the place and the form that works',",
    ),
];

const BUILD_CHECKS: &str = "tests/build/checks.test.ts";

#[test]
fn every_code_is_provoked() {
    for explained in codes() {
        let (code, page) = (explained.code, Page::of(explained));
        if !page.example.is_empty() {
            let build = page.composed();
            assert!(has(&build.diagnostics, code), "{}: the example gives {:?}", code.id, ids(&build));
            let mended = page.composed_when_mended();
            assert!(mended.diagnostics.is_empty(), "{}: mended, it gives {:#?}", code.id, mended.diagnostics);
        } else if let Some((_, provoke)) = PROVOKED.iter().find(|(id, _)| *id == code.id) {
            assert!(has(&provoke(), code), "{} is not provoked", code.id);
        } else {
            let (_, file, test) = PLAYED
                .iter()
                .find(|(id, ..)| *id == code.id)
                .unwrap_or_else(|| panic!("{} has no example, and no test provokes it", code.id));
            let text = fs::read_to_string(project().join(file)).unwrap();
            let body = text.split_once(test).unwrap_or_else(|| panic!("{file} has no `{test}`")).1;
            let body = body.split("\n}\n").next().unwrap().split("\n  })\n").next().unwrap();
            assert!(body.contains(code.id), "{test} does not speak of {}", code.id);
        }
    }
}

/// A code that stands in a file of messages, and not in the list of codes, would have no page.
#[test]
fn every_code_is_listed_once() {
    let listed: Vec<Code> = codes().into_iter().map(|explained| explained.code).collect();
    let ids: BTreeSet<String> = listed.iter().map(|code| code.id.to_string()).collect();
    let names: BTreeSet<&str> = listed.iter().map(|code| code.name).collect();
    assert_eq!((ids.len(), names.len()), (listed.len(), listed.len()), "a code or a name is there twice");
    let mut written = BTreeSet::new();
    for entry in fs::read_dir(project().join("crates/composer/src/messages")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let quoted = text.split("\"FM").skip(1).filter_map(|rest| rest.split_once('"'));
        written.extend(quoted.map(|(digits, _)| format!("FM{digits}")));
    }
    assert_eq!(ids, written);
}

#[test]
fn every_name_that_is_looked_up_is_suggested() {
    let all = Fixture::all();
    let fixture = all.iter().find(|fixture| fixture.name == "a-misspelt-name-is-suggested").unwrap();
    let build = crate::fixture::compose(&OsDisk, &fixture.workspace(), fixture.options());
    // A value that is not exported is reported twice, where it is imported and where it is missing.
    for diagnostic in build.diagnostics.into_iter().filter(|diagnostic| diagnostic.code.id != "FM3002") {
        let help = diagnostic.help.unwrap_or_default();
        assert!(help.starts_with("Did you mean `"), "{}: {help}", diagnostic.message);
    }
}

#[test]
fn every_page_says_what_the_composer_says() {
    let folder = project().join("docs/diagnostics");
    let mut pages: Vec<(String, String)> = codes()
        .into_iter()
        .map(|explained| (format!("{}.md", explained.code.id), Page::of(explained).markdown()))
        .collect();
    pages.push(("README.md".into(), index()));
    pages.sort();
    if std::env::var_os("ACCEPT").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let mut found: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, pages.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    for (name, text) in pages {
        let there = fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(there, text, "docs/diagnostics/{name} differs. If this is right: ACCEPT=1 cargo test");
    }
}

fn index() -> String {
    let mut text = "# Diagnostics\n\nEverything that Framework M may say of a workspace. Codes are permanent: none is \
                    used again for something else. In a terminal, `framework-m explain FM2003` prints a page.\n"
        .to_string();
    for (family, title) in [
        ("FM1", "The workspace, its packages and their tags"),
        ("FM2", "How plugins fit together"),
        ("FM3", "Reading configurations"),
        ("FM4", "The shape of a configuration"),
        ("FM5", "What a bundler made of it"),
    ] {
        let own: Vec<Explained> =
            codes().into_iter().filter(|explained| explained.code.id.starts_with(family)).collect();
        if own.is_empty() {
            continue;
        }
        text += &format!(
            "\n## {family}xxx: {title}\n\n| code | name | severity | meaning |\n| --- | --- | --- | --- |\n"
        );
        for explained in own {
            let Code { id, name, severity } = explained.code;
            let (word, summary) = (severity.word(), explained.summary());
            text += &format!("| [{id}]({id}.md) | `{name}` | {word} | {summary} |\n");
        }
    }
    text
}

fn has(diagnostics: &[Diagnostic], code: Code) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

fn ids(build: &Build) -> Vec<&'static str> {
    build.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
}

fn written(files: &[(&str, &str)]) -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    for (path, text) in files {
        disk.write(format!("/w/{path}"), *text);
    }
    disk
}

/// What is wrong with the tarball of a plugin with this configuration.
fn packed(config: &str, files: Result<BTreeSet<String>, String>) -> Vec<Diagnostic> {
    let disk = one_plugin(config);
    let tarball = Tarball { dir: ".".into(), files };
    one_session(&disk).check_tarballs(&disk, &[tarball])
}

/// A workspace of one plugin with this configuration.
fn composed(config: &str) -> Build {
    let disk = one_plugin(config);
    one_session(&disk).build(&disk)
}

fn one_plugin(config: &str) -> MemoryDisk {
    written(&[
        ("package.json", r#"{ "name": "one", "version": "1.0.0", "framework-m": true }"#),
        ("plugin.config.ts", config),
    ])
}

fn one_session(disk: &MemoryDisk) -> Session {
    let root = Path::new("/w");
    Session::new(disk, root, Some(root.into()), Some(root.into()), Options::default()).unwrap()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A disk on which no file may be read.
struct Refusing(MemoryDisk);

impl Disk for Refusing {
    fn read(&self, _: &Path) -> io::Result<std::sync::Arc<[u8]>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.0.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.0.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<std::path::PathBuf> {
        self.0.real_path(path)
    }
}
