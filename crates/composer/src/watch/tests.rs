//! Watching real folders.

use std::{
    fs,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Instant,
};

use super::*;
use crate::{options::Options, render};

/// Long enough for a machine that does other things.
const PATIENCE: Duration = Duration::from_secs(20);

/// A workspace on disk that is watched.
struct Shop {
    root: PathBuf,
    builds: Receiver<Arc<Build>>,
    watcher: Watcher,
}

impl Shop {
    fn open(name: &str, poll: Option<Duration>) -> Self {
        let root = std::env::temp_dir().join(format!("framework-m-watch-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let root = fs::canonicalize(root).unwrap();
        let put = |file: &str, text: &str| put(&root, file, text);
        put("package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
        put("package-lock.json", "{}");
        put("plugins/a/package.json", r#"{ "name": "a", "framework-m": true }"#);
        put("plugins/a/plugin.config.ts", &menu("One"));
        let mut session = session(&root);
        let last = session.build(&OsDisk);
        let (send, builds) = channel();
        let listener = Box::new(move |build| drop(send.send(build)));
        let watcher = Watcher::start(Arc::new(Mutex::new(session)), last, poll, listener);
        let shop = Self { root, builds, watcher };
        shop.settle();
        shop
    }

    fn put(&self, file: &str, text: &str) {
        put(&self.root, file, text);
    }

    /// Waits until all that was heard has been dealt with.
    fn settle(&self) {
        let (send, done) = channel();
        self.watcher.changed(Vec::new(), Box::new(move || send.send(()).unwrap()));
        done.recv_timeout(PATIENCE).unwrap();
    }

    /// The host module that is made next.
    fn next(&self) -> String {
        self.builds.recv_timeout(PATIENCE).expect("news").artifacts.module.clone()
    }

    fn hears_nothing(&self) {
        std::thread::sleep(Duration::from_millis(150));
        self.settle();
        assert_eq!(self.builds.recv_timeout(Duration::ZERO).err(), Some(RecvTimeoutError::Timeout));
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn session(root: &Path) -> Session {
    let root = Some(root.to_path_buf());
    Session::new(&OsDisk, Path::new("/"), root.clone(), root, Options::default()).unwrap()
}

fn put(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn menu(label: &str) -> String {
    format!("export default {{ menu: [{{ name: 'm', label: '{label}' }}] }}\n")
}

#[test]
fn an_edit_is_news_and_a_save_that_changes_nothing_is_none() {
    let shop = Shop::open("edit", None);
    shop.put("plugins/a/plugin.config.ts", &menu("Two"));
    assert!(shop.next().contains("Two"));
    shop.put("plugins/a/plugin.config.ts", &menu("Two"));
    shop.put("plugins/a/plugin.config.ts", &format!("// A comment.\n{}", menu("Two")));
    shop.put("plugins/a/notes.txt", "Nobody reads this.");
    shop.put("elsewhere/package.json", "{}");
    shop.hears_nothing();
}

#[test]
fn an_editors_atomic_save_is_an_edit() {
    let shop = Shop::open("atomic", None);
    for label in ["Two", "Three"] {
        shop.put("plugins/a/.plugin.config.ts.swp", &menu(label));
        let config = shop.root.join("plugins/a/plugin.config.ts");
        fs::rename(shop.root.join("plugins/a/.plugin.config.ts.swp"), config).unwrap();
        assert!(shop.next().contains(label));
    }
    shop.hears_nothing();
}

#[test]
fn a_package_appears_moves_and_goes() {
    let shop = Shop::open("package", None);
    shop.put("plugins/b/package.json", r#"{ "name": "b", "framework-m": true }"#);
    shop.put("plugins/b/plugin.config.ts", "export default { label: 'Bee' }");
    assert!(shop.next().contains("Bee"));
    fs::rename(shop.root.join("plugins/b"), shop.root.join("plugins/c")).unwrap();
    shop.put("plugins/c/plugin.config.ts", "export default { label: 'Cee' }");
    assert!(shop.next().contains("Cee"));
    fs::remove_dir_all(shop.root.join("plugins/c")).unwrap();
    assert!(!shop.next().contains("Cee"));
    shop.hears_nothing();
}

#[test]
fn a_folder_that_was_absent_is_heard_of_however_deep() {
    let shop = Shop::open("deep", None);
    shop.put("package.json", r#"{ "name": "shop", "workspaces": ["plugins/*", "apps/*/frontend"] }"#);
    shop.put("apps/wms/frontend/package.json", r#"{ "name": "wms", "framework-m": true }"#);
    shop.put("apps/wms/frontend/plugin.config.ts", "export default { label: 'Warehouse' }");
    assert!(shop.next().contains("Warehouse"));
    fs::rename(shop.root.join("apps/wms"), shop.root.join("apps/gone")).unwrap();
    fs::rename(shop.root.join("apps/gone"), shop.root.join("gone")).unwrap();
    assert!(!shop.next().contains("Warehouse"));
    fs::rename(shop.root.join("gone"), shop.root.join("apps/back")).unwrap();
    assert!(shop.next().contains("Warehouse"));
    shop.put("apps/back/frontend/plugin.config.ts", "export default { label: 'Depot' }");
    assert!(shop.next().contains("Depot"));
}

#[test]
fn a_module_that_is_missed_is_heard_of_though_its_folders_come_one_by_one() {
    let shop = Shop::open("steps", None);
    shop.put(
        "plugins/a/plugin.config.ts",
        "import { word } from './deep/er/words'\nexport default { menu: [{ name: 'm', label: word }] }\n",
    );
    shop.next();
    for folder in ["deep", "deep/er"] {
        fs::create_dir(shop.root.join("plugins/a").join(folder)).unwrap();
        shop.hears_nothing();
    }
    shop.put("plugins/a/deep/er/words.ts", "export const word = 'Found'");
    assert!(shop.next().contains("Found"));
}

#[cfg(unix)]
#[test]
fn a_link_that_is_swapped_is_news_and_so_are_edits_behind_it() {
    let shop = Shop::open("link", None);
    for name in ["one", "two"] {
        shop.put(&format!("stock/{name}/package.json"), r#"{ "name": "linked", "framework-m": true }"#);
        shop.put(&format!("stock/{name}/plugin.config.ts"), &format!("export default {{ label: '{name}' }}"));
    }
    let link = shop.root.join("plugins/linked");
    std::os::unix::fs::symlink("../stock/one", &link).unwrap();
    assert!(shop.next().contains("\"one\""));
    shop.put("stock/one/plugin.config.ts", "export default { label: 'One!' }");
    assert!(shop.next().contains("One!"));
    std::os::unix::fs::symlink("../stock/two", shop.root.join("plugins/.new")).unwrap();
    fs::rename(shop.root.join("plugins/.new"), &link).unwrap();
    assert!(shop.next().contains("\"two\""));
    shop.put("stock/two/plugin.config.ts", "export default { label: 'Two!' }");
    assert!(shop.next().contains("Two!"));
    fs::rename(shop.root.join("stock"), shop.root.join("gone")).unwrap();
    let build = shop.builds.recv_timeout(PATIENCE).expect("news");
    assert!(build.diagnostics.is_empty(), "the link leads nowhere: {:?}", build.diagnostics);
    assert_eq!(build.composition.plugins.len(), 1);
}

#[cfg(unix)]
#[test]
fn each_link_of_a_chain_is_heard_of_and_so_is_what_it_leads_to() {
    use std::os::unix::fs::symlink;
    let shop = Shop::open("chain", None);
    for name in ["one", "two"] {
        shop.put(&format!("stock/{name}/package.json"), r#"{ "name": "linked", "framework-m": true }"#);
        shop.put(&format!("stock/{name}/plugin.config.ts"), &format!("export default {{ label: '{name}' }}"));
    }
    fs::create_dir_all(shop.root.join("deep/current")).unwrap();
    let current = shop.root.join("deep/current/linked");
    symlink("../../stock/one", &current).unwrap();
    symlink("../deep/current/linked", shop.root.join("plugins/linked")).unwrap();
    assert!(shop.next().contains("\"one\""));
    fs::remove_file(&current).unwrap();
    assert!(!shop.next().contains("\"one\""), "the link in the middle is gone");
    symlink("../../stock/later", &current).unwrap();
    shop.hears_nothing();
    fs::rename(shop.root.join("stock/two"), shop.root.join("stock/later")).unwrap();
    assert!(shop.next().contains("\"two\""), "what the link leads to has come");
}

#[cfg(unix)]
#[test]
fn a_manifest_behind_a_link_is_heard_of() {
    let shop = Shop::open("manifest", None);
    shop.put("shared/package.json", r#"{ "name": "shared" }"#);
    shop.put("plugins/b/plugin.config.ts", "export default { label: 'Bee' }");
    let manifest = shop.root.join("plugins/b/package.json");
    std::os::unix::fs::symlink("../../shared/package.json", manifest).unwrap();
    shop.settle();
    std::thread::sleep(Duration::from_millis(150));
    shop.put("shared/package.json", r#"{ "name": "shared", "framework-m": true }"#);
    while !shop.next().contains("Bee") {}
}

#[test]
fn a_root_that_is_gone_is_an_error_and_it_is_heard_of_when_it_is_back() {
    let shop = Shop::open("gone", None);
    let away = shop.root.with_extension("away");
    fs::rename(&shop.root, &away).unwrap();
    let codes = |build: &Build| build.diagnostics.iter().map(|problem| problem.code.id).collect::<Vec<_>>();
    let build = shop.builds.recv_timeout(PATIENCE).expect("news");
    assert_eq!(codes(&build), ["FM1001"]);
    fs::rename(&away, &shop.root).unwrap();
    assert!(shop.next().contains("One"));
    shop.put("plugins/a/plugin.config.ts", &menu("Two"));
    assert!(shop.next().contains("Two"));
    fs::remove_dir_all(&shop.root).unwrap();
    while codes(&shop.builds.recv_timeout(PATIENCE).expect("news")) != ["FM1001"] {}
    shop.put("package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    shop.put("plugins/b/package.json", r#"{ "name": "b", "framework-m": true }"#);
    shop.put("plugins/b/plugin.config.ts", "export default { label: 'Bee' }");
    while !shop.next().contains("Bee") {}
}

#[test]
fn a_shell_that_is_gone_is_an_error_until_it_is_back() {
    let root = std::env::temp_dir().join(format!("framework-m-shell-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    put(&root, "package.json", r#"{ "name": "shop", "workspaces": ["shell", "plugins/*"] }"#);
    put(&root, "shell/package.json", r#"{ "name": "shell" }"#);
    let root = fs::canonicalize(root).unwrap();
    let shell = Some(root.join("shell"));
    let session = Session::new(&OsDisk, &root, Some(root.clone()), shell, Options::default());
    let mut session = session.unwrap();
    let last = session.build(&OsDisk);
    let (send, builds) = channel();
    let listener = Box::new(move |build: Arc<Build>| drop(send.send(build)));
    let _watcher = Watcher::start(Arc::new(Mutex::new(session)), last, None, listener);
    std::thread::sleep(Duration::from_millis(150));
    fs::rename(root.join("shell"), root.join("frontend")).unwrap();
    let build = builds.recv_timeout(PATIENCE).expect("news");
    let text = render::render(&build.diagnostics[0], render::Colour::None);
    assert!(text.contains("FM1014") && text.contains("`shell`"), "{text}");
    fs::rename(root.join("frontend"), root.join("shell")).unwrap();
    assert!(builds.recv_timeout(PATIENCE).expect("news").diagnostics.is_empty());
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn a_plugin_that_is_left_out_is_news_too() {
    let shop = Shop::open("left-out", None);
    shop.put("plugins/a/package.json", r#"{ "name": "a", "framework-m": { "hosts": ["other"] } }"#);
    shop.next();
    shop.put("plugins/a/plugin.config.ts", "export default { label: 'Another' }");
    let build = shop.builds.recv_timeout(PATIENCE).expect("news");
    assert!(build.composition.plugins[0].manifest.label.is_some());
    shop.put("plugins/a/plugin.config.ts", "// A comment.\nexport default { label: 'Another' }");
    shop.hears_nothing();
}

#[test]
fn news_do_not_wait_for_those_who_read() {
    let shop = Shop::open("readers", None);
    let (config, (stop, stopped)) = (shop.root.join("plugins/a/plugin.config.ts"), channel::<()>());
    let reader = thread::spawn(move || {
        while stopped.recv_timeout(Duration::from_millis(5)) == Err(RecvTimeoutError::Timeout) {
            let _ = fs::read(&config);
        }
    });
    thread::sleep(Duration::from_millis(50));
    let start = Instant::now();
    shop.put("plugins/a/plugin.config.ts", &menu("Two"));
    assert!(shop.next().contains("Two"));
    let took = start.elapsed();
    drop(stop);
    reader.join().unwrap();
    assert!(took < Duration::from_millis(900), "a burst is over after a second, whatever is heard: {took:?}");
}

#[test]
fn who_waits_is_told_though_the_watcher_ends() {
    let shop = Shop::open("ends", None);
    let (send, done) = channel();
    shop.watcher.changed(vec![shop.root.join("package.json")], Box::new(move || send.send(()).unwrap()));
    let Shop { watcher, builds, .. } = &shop;
    watcher.messages.send(Message::Stop).unwrap();
    done.recv_timeout(PATIENCE).expect("told");
    // The thread is gone, and its listener with it.
    assert_eq!(builds.recv_timeout(PATIENCE).err(), Some(RecvTimeoutError::Disconnected));
    let (send, done) = channel();
    watcher.changed(Vec::new(), Box::new(move || send.send(()).unwrap()));
    done.recv_timeout(PATIENCE).expect("told");
}

#[test]
fn a_package_beside_the_workspace_file_is_heard_of() {
    let shop = Shop::open("root", None);
    shop.put("package.json", r#"{ "name": "shop", "workspaces": ["*"] }"#);
    assert!(!shop.next().contains("One"));
    fs::rename(shop.root.join("plugins/a"), shop.root.join("a")).unwrap();
    assert!(shop.next().contains("One"));
}

#[test]
fn hundreds_of_files_at_once_are_one_update() {
    let shop = Shop::open("burst", None);
    for number in 0..300 {
        let folder = format!("ready/p{number}");
        let manifest = format!(r#"{{ "name": "p{number}", "framework-m": true }}"#);
        shop.put(&format!("{folder}/package.json"), &manifest);
        shop.put(&format!("{folder}/plugin.config.ts"), &menu(&format!("Label {number}")));
    }
    // Moving is quick, also where the machine does other things.
    for number in 0..300 {
        let [from, to] = ["ready", "plugins"].map(|folder| shop.root.join(format!("{folder}/p{number}")));
        fs::rename(from, to).unwrap();
    }
    let build = shop.builds.recv_timeout(PATIENCE).unwrap();
    assert_eq!(build.composition.included, 301);
    shop.hears_nothing();
}

#[test]
fn nothing_is_composed_while_git_holds_its_lock() {
    let root = std::env::temp_dir().join(format!("framework-m-watch-git-{}", std::process::id()));
    let shop = Shop::open("git", None);
    fs::create_dir_all(root.join(".git")).unwrap();
    assert_eq!(git_lock(&root.join("shop")), Some(root.join(".git/index.lock")));
    shop.put("elsewhere/.git", &format!("gitdir: {}\n", root.join(".git").display()));
    assert_eq!(git_lock(&shop.root.join("elsewhere")), Some(root.join(".git/index.lock")));
    fs::write(root.join(".git/index.lock"), "").unwrap();
    let (send, messages) = channel();
    let lock = root.join(".git/index.lock");
    let (start, unlocked) = (Instant::now(), Duration::from_millis(300));
    let git = thread::spawn(move || {
        send.send(Message::Changed(Vec::new(), Waiter::new(Box::new(|| {})))).unwrap();
        thread::sleep(unlocked);
        fs::remove_file(lock).unwrap();
        send
    });
    let burst = Burst::next(&messages, || root.join(".git/index.lock").exists()).unwrap();
    assert!(start.elapsed() >= unlocked);
    assert_eq!(burst.waiting.len(), 1);
    drop(git.join().unwrap());
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn polling_hears_what_no_event_tells() {
    let shop = Shop::open("poll", Some(Duration::from_millis(50)));
    shop.put("plugins/a/plugin.config.ts", &menu("Two"));
    assert!(shop.next().contains("Two"));
}

#[test]
fn what_is_watched_grows_with_the_packages_and_not_with_what_is_in_them() {
    let shop = Shop::open("count", None);
    for number in 0..40 {
        shop.put(&format!("plugins/a/src/deep/{number}/file.ts"), "export {}");
        shop.put(&format!("plugins/a/node_modules/{number}/package.json"), "{}");
        shop.put(
            &format!("plugins/plain{number}/package.json"),
            &format!(r#"{{ "name": "plain{number}" }}"#),
        );
        shop.put(&format!("plugins/plain{number}/src/pages/index.ts"), "export {}");
    }
    let mut session = session(&shop.root);
    let build = session.build(&OsDisk);
    let watched = set::wanted(&shop.root, &build.seen, &mut Ways::default(), &OsDisk).folders;
    // The root, `plugins`, and one for each of 41 packages.
    assert_eq!(watched.len(), 2 + 41, "{watched:#?}");
}

/// A system that watches three folders.
struct Limited(usize);

impl notify::Watcher for Limited {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        Ok(Self(3))
    }
    fn watch(&mut self, _: &Path, _: notify::RecursiveMode) -> notify::Result<()> {
        self.0 = self.0.checked_sub(1).ok_or(notify::Error::new(notify::ErrorKind::MaxFilesWatch))?;
        Ok(())
    }
    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }
    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

/// What is said where a system watches a workspace.
fn said(name: &str, system: Box<dyn notify::Watcher + Send>) -> String {
    let shop = Shop::open(name, None);
    shop.put("plugins/b/package.json", "{}");
    let mut session = session(&shop.root);
    let last = Arc::new(session.build(&OsDisk));
    let (send, builds) = channel();
    let mut following = Following {
        session: Arc::new(Mutex::new(session)),
        folders: Folders::new(system),
        refused: Vec::new(),
        seen: Arc::default(),
        ways: Ways::default(),
        content: Content::new(Arc::clone(&last)),
        listener: Box::new(move |build| drop(send.send(build))),
    };
    following.start(&last);
    let build = builds.recv_timeout(Duration::ZERO).unwrap();
    render::render(&build.diagnostics[0], render::Colour::None)
}

#[test]
fn a_limit_that_is_hit_is_reported_with_the_remedy() {
    let no_instance = notify::Error::io(std::io::Error::from_raw_os_error(24));
    for (name, system) in [
        ("limit", Box::new(Limited(3)) as Box<dyn notify::Watcher + Send>),
        ("instances", Box::new(Unavailable::because(&no_instance))),
    ] {
        let text = said(name, system);
        assert!(text.contains("FM1012") && text.contains("fs.inotify.max_user_watches"), "{text}");
    }
}

#[test]
fn what_cannot_be_watched_for_another_reason_is_reported_with_it() {
    let text = said("refused", Box::new(Unavailable::because(&notify::Error::generic("no such service"))));
    assert!(text.contains("FM1013") && text.contains("no such service"), "{text}");
}
