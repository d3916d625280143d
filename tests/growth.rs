//! What a change costs does not grow with the workspace. Questions to the disk are counted, so that no machine's speed
//! decides.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use framework_m_composer::{
    disk::{Changes, Disk, Entry, Kind, MemoryDisk, Stamp},
    options::Options,
};

use crate::fixture::{compose, outputs, session};

/// A disk that notes what it is asked.
struct Noting {
    disk: MemoryDisk,
    questions: Mutex<Vec<String>>,
}

impl Noting {
    fn note(&self, question: &str, path: &Path) {
        self.questions.lock().unwrap().push(format!("{question} {}", path.display()));
    }

    /// What was asked since this was last called.
    fn questions(&self) -> Vec<String> {
        let mut questions = std::mem::take(&mut *self.questions.lock().unwrap());
        questions.sort();
        questions
    }
}

impl Disk for Noting {
    fn read(&self, path: &Path) -> io::Result<std::sync::Arc<[u8]>> {
        self.note("read", path);
        self.disk.read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.note("list", dir);
        self.disk.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.note("kind", path);
        self.disk.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.note("real path", path);
        self.disk.real_path(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.note("stamp", path);
        self.disk.stamp(path)
    }
}

const ROOT: &str = "/shop";
/// The configuration that is edited.
const CONFIG: &str = "/shop/apps/p5/frontend/plugin.config.ts";

/// A workspace in which every fifth package is a plugin.
fn shop(packages: usize) -> Noting {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["apps/*/frontend", "libs/*"] }"#);
    disk.write("/shop/package-lock.json", "{}");
    for index in 0..packages {
        if index % 5 == 0 {
            plugin(&mut disk, &format!("p{index}"));
        } else {
            disk.write(format!("/shop/libs/l{index}/package.json"), format!(r#"{{ "name": "l{index}" }}"#));
        }
    }
    Noting { disk, questions: Mutex::default() }
}

/// Writes a plugin, and returns what a watcher reports of it.
fn plugin(disk: &mut MemoryDisk, name: &str) -> Vec<String> {
    let dir = format!("/shop/apps/{name}/frontend");
    disk.write(
        format!("{dir}/package.json"),
        format!(r#"{{ "name": "@shop/{name}", "framework-m": true }}"#),
    );
    disk.write(format!("{dir}/plugin.config.ts"), config(name, "Before"));
    disk.write(format!("{dir}/words.ts"), "export const route = 'page'");
    disk.write(format!("{dir}/page.ts"), "export default 1");
    vec![format!("/shop/apps/{name}")]
}

fn config(name: &str, label: &str) -> String {
    format!(
        "import {{ route }} from './words'
export default {{
  label: '{label}',
  menu: [{{ name: '{name}', label: '{label}', route: `/{name}/${{route}}` }}],
  routes: [{{ path: `/{name}/${{route}}`, component: () => import('./page') }}],
}}"
    )
}

/// The questions that an edit costs in a workspace of this many packages. It has to be news, and right.
fn cost(packages: usize, edit: impl FnOnce(&mut MemoryDisk) -> Vec<String>) -> Vec<String> {
    let mut disk = shop(packages);
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    let before = session.rebuild(&disk, &Changes::Unknown).unwrap();
    assert!(disk.questions().len() > packages, "the first build asks about every package");
    let changes: Changes = edit(&mut disk.disk).into_iter().collect();
    let after = session.rebuild(&disk, &changes).unwrap();
    let questions = disk.questions();
    assert_ne!(outputs(&before), outputs(&after), "the edit changes what is made");
    assert_eq!(outputs(&after), outputs(&compose(&disk, Path::new(ROOT), Options::default())));
    questions
}

fn edit_a_label(disk: &mut MemoryDisk) -> Vec<String> {
    disk.write(CONFIG, config("p5", "After"));
    vec![CONFIG.to_string()]
}

fn create_a_plugin(disk: &mut MemoryDisk) -> Vec<String> {
    plugin(disk, "new")
}

#[test]
fn a_composition_opens_packages_files_of_plugins_and_folders_that_patterns_list_and_little_more() {
    for packages in [20, 200] {
        let disk = shop(packages);
        let mut session = session(&disk, Path::new(ROOT), Options::default());
        disk.questions();
        session.build(&disk);
        let questions = disk.questions();
        let opened = questions
            .iter()
            .filter(|question| question.starts_with("read ") || question.starts_with("list "));
        // Of a plugin the configuration and the words that it imports; `apps` and `libs`; and what the root's own files are.
        let most = packages + 2 * packages.div_ceil(5) + 2 + 5;
        assert!(opened.count() <= most, "{most} at most: {questions:#?}");
    }
}

#[test]
fn an_edit_of_a_label_asks_about_its_plugin_alone() {
    let questions = cost(20, edit_a_label);
    let asked = ["kind", "read", "real path", "stamp"];
    assert_eq!(questions, asked.map(|question| format!("{question} {CONFIG}")));
    assert_eq!(questions, cost(200, edit_a_label));
}

#[test]
fn an_edit_of_a_label_makes_its_plugin_anew_and_nothing_else() {
    let mut disk = shop(100);
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    let before = session.rebuild(&disk, &Changes::Unknown).unwrap();
    let changes: Changes = edit_a_label(&mut disk.disk).into_iter().collect();
    let after = session.rebuild(&disk, &changes).unwrap();
    let entries = new(&before.artifacts.entries, &after.artifacts.entries);
    assert_eq!(entries.map(|entry| &entry.plugin).collect::<Vec<_>>(), ["p5"]);
    let bundled = new(&before.artifacts.bundle.plugins, &after.artifacts.bundle.plugins);
    assert_eq!(bundled.map(|plugin| &plugin.name).collect::<Vec<_>>(), ["p5"]);
    let routes = new(&before.composition.routes, &after.composition.routes);
    assert_eq!(routes.map(|route| &route.plugin).collect::<Vec<_>>(), ["p5"]);
    let plugins = new(&before.composition.plugins, &after.composition.plugins);
    assert_eq!(plugins.map(|plugin| &plugin.name.name).collect::<Vec<_>>(), ["p5"]);
    assert!(Arc::ptr_eq(&before.seen, &after.seen), "the same is watched");
    assert!(Arc::ptr_eq(&before.singletons, &after.singletons), "the same packages are asked for");
}

/// What is not the very same as before.
fn new<'a, T>(before: &'a [Arc<T>], after: &'a [Arc<T>]) -> impl Iterator<Item = &'a Arc<T>> {
    assert_eq!(before.len(), after.len());
    after.iter().zip(before).filter(|(after, before)| !Arc::ptr_eq(after, before)).map(|(after, _)| after)
}

#[test]
fn a_plugin_that_is_created_asks_about_itself_and_the_folder_that_it_is_in() {
    let questions = cost(20, create_a_plugin);
    assert!(
        questions.iter().all(|question| question.contains("/apps/new") || question == "list /shop/apps"),
        "{questions:#?}"
    );
    assert_eq!(questions, cost(200, create_a_plugin));
}

#[test]
fn a_change_of_what_nobody_asked_for_asks_nothing() {
    let disk = shop(20);
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    session.rebuild(&disk, &Changes::Unknown).unwrap();
    disk.questions();
    let changes: Changes = ["/shop/apps/p5/frontend/src/deep/notes.txt"].into_iter().collect();
    assert!(session.rebuild(&disk, &changes).is_none());
    assert_eq!(disk.questions(), [""; 0]);
}

#[test]
fn what_a_disk_says_again_is_not_composed_again() {
    let mut disk = shop(20);
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    session.rebuild(&disk, &Changes::Unknown).unwrap();
    let changes: Changes = ["/shop/apps/p5"].into_iter().collect();
    assert!(session.rebuild_if_new(&disk, &changes).is_none());
    edit_a_label(&mut disk.disk);
    assert!(session.rebuild_if_new(&disk, &changes).is_some());
}

#[test]
fn what_has_to_exist_once_is_looked_up_where_node_modules_are_and_nowhere_else() {
    let asked = |packages: usize, peers: usize| {
        let mut disk = shop(packages);
        let names: Vec<String> = (0..peers).map(|index| format!("peer-{index}")).collect();
        for name in &names {
            let manifest = format!(r#"{{ "name": "{name}", "version": "1.0.0" }}"#);
            disk.disk.write(format!("/shop/node_modules/{name}/package.json"), manifest);
        }
        let table: Vec<String> = names.iter().map(|name| format!(r#""{name}": "^1.0.0""#)).collect();
        for index in (0..packages).step_by(5) {
            let manifest = format!(
                r#"{{ "name": "@shop/p{index}", "framework-m": true, "peerDependencies": {{ {} }} }}"#,
                table.join(", ")
            );
            disk.disk.write(format!("/shop/apps/p{index}/frontend/package.json"), manifest);
        }
        let build = compose(&disk, Path::new(ROOT), Options::default());
        assert_eq!((build.dedupe().len(), build.diagnostics.len()), (peers, 0));
        disk.questions().iter().filter(|question| question.contains("node_modules")).count()
    };
    // A plugin more asks whether there is a `node_modules` in its two folders, however many singletons there are.
    let of_ten_plugins = asked(100, 2) - asked(50, 2);
    assert_eq!((of_ten_plugins, asked(100, 9) - asked(50, 9)), (20, 20));
    // A singleton more asks where it is and what its manifest says.
    assert_eq!(asked(50, 9) - asked(50, 2), 7 * (asked(50, 2) - asked(50, 1)));
}
