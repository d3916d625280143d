//! The workspace that is edited: a folder of its own, gone when the test ends.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::random::Random;

/// A workspace on the real disk. An edit looks there for what there is to edit.
pub(super) struct Shop {
    pub(super) root: PathBuf,
    /// Whose workspace it is decides where the patterns stand.
    pnpm: bool,
    count: Cell<usize>,
    /// The configuration that was broken last, and what it was before: people mend what they break.
    pub(super) broken: RefCell<Option<(String, String)>>,
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

impl Shop {
    /// A shell, a library, shared words, and some plugins.
    pub(super) fn open(seed: u64) -> Self {
        let root = std::env::temp_dir().join(format!("framework-m-edits-{}-{seed}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        let shop = Self {
            root: root.canonicalize().unwrap(),
            pnpm: seed.is_multiple_of(2),
            count: Cell::new(0),
            broken: RefCell::default(),
        };
        let mut random = Random(seed + 1);
        shop.set_patterns(PATTERNS[0]);
        shop.put(
            "shell/package.json",
            r#"{ "name": "@co/shell", "dependencies": { "bought": "*", "@framework-m/vite-plugin": "*" } }"#,
        );
        shop.put("tsconfig.json", &tsconfig("words"));
        for folder in ["words", "other-words"] {
            shop.put(&format!("{folder}/word.ts"), &format!("export const word = '{folder}'\n"));
        }
        for folder in ["lib", "other-lib"] {
            shop.put(
                &format!("libs/{folder}/package.json"),
                r#"{ "name": "@co/lib", "main": "./index.ts" }"#,
            );
            shop.put(&format!("libs/{folder}/index.ts"), &format!("export const lib = '{folder}'\n"));
        }
        shop.link("node_modules/@co/lib", "../../libs/lib");
        shop.put("node_modules/bought/package.json", &manifest("bought", "1.0.0", "\"./config.js\""));
        shop.put("node_modules/bought/config.js", "export default { label: 'Bought' }\n");
        for team in ["plugins", "teams/red", "elsewhere"] {
            for _ in 0..2 {
                shop.create(&mut random, team);
            }
        }
        shop.link("plugins/linked", "../elsewhere/p5");
        shop
    }

    /// A package with everything that a configuration may lean on. Returns its folder.
    pub(super) fn create(&self, random: &mut Random, team: &str) -> String {
        let name = format!("p{}", self.number());
        let dir = format!("{team}/{name}");
        self.put(&format!("{dir}/package.json"), &manifest(&name, version(random), "true"));
        let up = "../".repeat(dir.split('/').count());
        self.put(&format!("{dir}/plugin.config.ts"), &config(random, &name, &up));
        self.put(&format!("{dir}/label.ts"), &format!("export const label = '{name}'\n"));
        self.put(&format!("{dir}/page.ts"), "export default function Page() {}\n");
        self.put(&format!("{dir}/tsconfig.json"), &format!(r#"{{ "extends": "{up}tsconfig.json" }}"#));
        dir
    }

    /// A number that no file holds yet.
    pub(super) fn number(&self) -> usize {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    /// The text of a file, if one stands there.
    pub(super) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.path(file)).ok()
    }

    /// Writes a file, with the folders above it.
    pub(super) fn put(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }

    /// Writes a file as `put` does, with the time of a file that nobody touched for years: then its content is cached.
    pub(super) fn put_old(&self, file: &str, text: &str) {
        self.put(file, text);
        let old = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::options().write(true).open(self.path(file)).unwrap().set_modified(old).unwrap();
    }

    /// Makes a link where nothing, a file or another link stands.
    pub(super) fn link(&self, from: &str, to: &str) {
        let path = self.path(from);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if path.symlink_metadata().is_ok() {
            fs::remove_file(&path).unwrap();
        }
        std::os::unix::fs::symlink(to, path).unwrap();
    }

    /// Writes the patterns of the workspace. Returns the files that were written.
    pub(super) fn set_patterns(&self, patterns: &[&str]) -> &'static [&'static str] {
        if self.pnpm {
            self.put("package.json", r#"{ "name": "shop" }"#);
            let lines: String = patterns.iter().map(|pattern| format!("  - '{pattern}'\n")).collect();
            self.put("pnpm-workspace.yaml", &format!("packages:\n{lines}"));
            return &["package.json", "pnpm-workspace.yaml"];
        }
        self.put("package-lock.json", "{}");
        let manifest = serde_json::json!({ "name": "shop", "workspaces": patterns });
        self.put("package.json", &manifest.to_string());
        &["package.json", "package-lock.json"]
    }

    /// The folders of packages that are no links, sorted: those of plugins, wherever they were moved.
    pub(super) fn packages(&self) -> Vec<String> {
        let mut found = Vec::new();
        for team in self.folders("").into_iter().filter(|team| !KEPT.contains(&team.as_str())) {
            for dir in self.folders(&team) {
                let nested = self.folders(&dir);
                found.extend(std::iter::once(dir).chain(nested).filter(|dir| self.is_package(dir)));
            }
        }
        found
    }

    fn is_package(&self, dir: &str) -> bool {
        self.path(&format!("{dir}/package.json")).exists()
    }

    /// The folders in a folder that are no links, sorted.
    pub(super) fn folders(&self, dir: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(dir)) else { return Vec::new() };
        let entries = entries.map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_dir());
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        let mut paths: Vec<String> =
            names.map(|name| if dir.is_empty() { name } else { format!("{dir}/{name}") }).collect();
        paths.sort();
        paths
    }

    /// The paths that are another thing once a path is: its own, one through every link that leads to it or above it,
    /// and every link that leads into it; and those of all these.
    pub(super) fn names(&self, path: &Path) -> BTreeSet<PathBuf> {
        let mut links = Vec::new();
        links_below(&self.root, &mut links);
        let mut names = BTreeSet::new();
        let mut work = vec![path.to_path_buf()];
        while let Some(path) = work.pop() {
            if !names.insert(path.clone()) {
                continue;
            }
            for (link, target) in &links {
                match path.strip_prefix(target) {
                    Ok(rest) if rest.as_os_str().is_empty() => work.push(link.clone()),
                    // A link that leads above itself gives no end of names.
                    Ok(rest) if !link.starts_with(target) => work.push(link.join(rest)),
                    Err(_) if target.starts_with(&path) => work.push(link.clone()),
                    _ => {}
                }
            }
        }
        names
    }
}

/// Folders of the root that hold no plugin.
const KEPT: [&str; 5] = ["shell", "libs", "words", "other-words", "node_modules"];

pub(super) const PATTERNS: [&[&str]; 6] = [
    &["shell", "plugins/*", "teams/**", "libs/lib"],
    &["shell", "plugins/*", "teams/**", "libs/*"],
    &["shell", "plugins/*", "teams/*/*", "moved*/*", "!plugins/p1"],
    &["shell", "**/p*", "libs/lib"],
    &["shell", "teams/**", "elsewhere/*"],
    &["shell", "plugins/{p1,linked}", "elsewhere/*", "teams/*/*", "libs/lib"],
];

/// The links in a folder, with where they lead.
fn links_below(dir: &Path, links: &mut Vec<(PathBuf, PathBuf)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        // A watcher knows links of folders; what a link of a file leads to, the session knows.
        if kind.is_symlink() && entry.path().extension().is_none() {
            let target = dir.join(fs::read_link(entry.path()).unwrap());
            links.push((entry.path(), framework_m_composer::path::normal(&target)));
        } else if kind.is_dir() {
            links_below(&entry.path(), links);
        }
    }
}

pub(super) fn tsconfig(words: &str) -> String {
    format!(r#"{{ "compilerOptions": {{ "paths": {{ "words/*": ["./{words}/*"] }} }} }}"#)
}

pub(super) fn manifest(name: &str, version: &str, tag: &str) -> String {
    format!(r#"{{ "name": "{name}", "version": "{version}", "framework-m": {tag} }}"#)
}

pub(super) fn version<'a>(random: &mut Random) -> &'a str {
    random.pick(&["1.0.0", "1.2.0", "2.0.0", "2.0.0-next.1"])
}

/// A configuration that is right as long as everything it leans on is there. `up` leads to the root.
pub(super) fn config(random: &mut Random, name: &str, up: &str) -> String {
    let order = random.next(3);
    let needs = match random.next(6) {
        0 => format!("dependencies: {{ p{}: '^1.0.0' }},", 1 + random.next(3)),
        1 | 2 => format!("optionalDependencies: {{ p{}: '*' }},", 1 + random.next(6)),
        _ => String::new(),
    };
    let (import, label) = match random.next(4) {
        0 => ("import { lib } from '@co/lib'".into(), "lib"),
        1 => ("import { word } from 'words/word'".into(), "word"),
        2 => (format!("import {{ word }} from '{up}words/word'"), "word"),
        _ => (String::new(), "'Plain'"),
    };
    let shares = shares(random, name);
    format!(
        "import {{ label }} from './label'
{import}
export default {{
  label,
  {needs}
  {shares}
  menu: [{{ name: '{name}.item', label: {label}, order: {order}, module: 'Group' }}],
  routes: [{{ path: `/{name}/${{label}}`, component: () => import('./page') }}],
}}
"
    )
}

/// What a plugin has together with others: groups that several describe, points that others fill, conflicts.
fn shares(random: &mut Random, name: &str) -> String {
    let other = format!("p{}", 1 + random.next(4));
    let all = [
        "modules: [{ name: 'Group', icon: 'box' }],".to_string(),
        "modules: [{ name: 'group', label: () => 'by code', order: 2 }, { name: 'Empty' }],".to_string(),
        format!("extensionPoints: [{{ id: '{name}.point' }}],"),
        format!(
            "extensions: [{{ id: '{name}.badge', point: '{other}.point', component: () => import('./page') }}],"
        ),
        format!("permissions: [{{ resource: 'stock', actions: ['read', '{name}'] }}],"),
        format!("settings: {{ '{name}.low': {{ type: 'number', default: 1 }} }},"),
        format!("services: {{ '{other}.service': () => 1 }}, overrides: ['{other}#{other}.service'],"),
        "providers: [{ component: () => import('./page'), order: 1 }],".to_string(),
    ];
    let mut chosen: Vec<String> = all.into_iter().filter(|_| random.next(3) == 0).collect();
    if chosen.iter().filter(|line| line.starts_with("modules")).count() > 1 {
        chosen.remove(0);
    }
    chosen.join("\n  ")
}
