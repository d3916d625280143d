//! What people and tools do to a workspace, one function a kind. None where there is nothing to do it to.

#![expect(
    clippy::unnecessary_wraps,
    reason = "All kinds have one type, also those that always find something to edit."
)]

use std::{fs, thread, time::Duration, time::SystemTime};

use super::{
    Edit,
    shop::{PATTERNS, Shop, config, manifest, tsconfig, version},
};
use crate::random::Random;

type Kind = fn(&Shop, &mut Random) -> Option<Edit>;

pub(super) const MEND: (&str, Kind) = ("mend", mend);

pub(super) const EDITS: &[(&str, Kind)] = &[
    ("label", label),
    ("old label", old_label),
    ("break", break_config),
    MEND,
    ("create", create),
    ("rename", rename),
    ("delete", delete),
    ("tag", tag),
    ("version", change_version),
    ("patterns", patterns),
    ("library", library),
    ("words", words),
    ("paths", paths),
    ("move constant", move_constant),
    ("shadow", shadow),
    ("lose", lose),
    ("src config", src_config),
    ("link package", link_package),
    ("link config", link_config),
    ("link library", link_library),
    ("rename above", rename_above),
    ("replace", replace),
    ("touch", touch),
    ("unread", unread),
    ("bought", bought),
];

fn any<'a>(random: &mut Random, items: &'a [String]) -> Option<&'a str> {
    (!items.is_empty()).then(|| items[random.next(items.len())].as_str())
}

/// A plugin's folder.
fn plugin(shop: &Shop, random: &mut Random) -> Option<String> {
    any(random, &shop.packages()).map(str::to_string)
}

/// Writes a file, now and then as a tool does that keeps old times.
fn put(shop: &Shop, random: &mut Random, file: &str, text: &str) -> Edit {
    // Two contents of one size and one time are told apart by the time of the change, whose clock is coarse.
    if random.next(8) == 0 {
        thread::sleep(Duration::from_millis(10));
        shop.put_old(file, text);
    } else {
        shop.put(file, text);
    }
    written(shop, file, [file])
}

/// Of a file that is a link, the file that it leads to is another now.
fn written<'a>(shop: &Shop, what: &str, files: impl IntoIterator<Item = &'a str>) -> Edit {
    let real = |file: &str| fs::canonicalize(shop.path(file)).unwrap_or_else(|_| shop.path(file));
    Edit {
        what: what.to_string(),
        paths: files.into_iter().flat_map(|file| shop.names(&real(file))).collect(),
    }
}

fn edit<'a>(shop: &Shop, what: &str, files: impl IntoIterator<Item = &'a str>) -> Edit {
    let mut paths: Vec<_> = files.into_iter().flat_map(|file| shop.names(&shop.path(file))).collect();
    paths.sort();
    paths.dedup();
    Edit { what: what.to_string(), paths }
}

/// The way from a folder to the root.
fn up(dir: &str) -> String {
    "../".repeat(dir.split('/').count())
}

fn name_of(dir: &str) -> &str {
    dir.rsplit('/').next().unwrap_or(dir)
}

fn label(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let text = format!("export const label = 'Label {}'\n", shop.number());
    Some(put(shop, random, &format!("{dir}/label.ts"), &text))
}

/// Content of the same size and with the same time as before.
fn old_label(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let file = format!("{}/label.ts", plugin(shop, random)?);
    thread::sleep(Duration::from_millis(10));
    shop.put_old(&file, &format!("export const label = '{:09}'\n", shop.number()));
    Some(written(shop, &file, [file.as_str()]))
}

fn break_config(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let text = random.pick(&[
        "export default {",
        "export default { lable: 'Stock' }",
        "export default { routes: [{ path: unknown() }] }",
        "import { nothing } from './nowhere'\nexport default { name: nothing }",
        "",
    ]);
    let file = format!("{dir}/plugin.config.ts");
    if let Some(text) = shop.text(&file) {
        shop.broken.replace(Some((file.clone(), text)));
    }
    Some(put(shop, random, &file, text))
}

/// The configuration that was broken last is as it was; where none is broken, a plugin gets another.
fn mend(shop: &Shop, random: &mut Random) -> Option<Edit> {
    if let Some((file, text)) = shop.broken.take()
        && shop.path(&file).exists()
    {
        return Some(put(shop, random, &file, &text));
    }
    let dir = plugin(shop, random)?;
    let file = format!("{dir}/plugin.config.ts");
    let _ = fs::remove_file(shop.path(&file));
    let text = config(random, name_of(&dir), &up(&dir));
    Some(put(shop, random, &file, &text))
}

fn create(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let team = random.pick(&["plugins", "teams/red", "teams/blue", "elsewhere"]);
    let known = shop.path(team).exists();
    let dir = shop.create(random, team);
    Some(edit(shop, &dir, [if known { dir.as_str() } else { team }]))
}

fn rename(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let from = plugin(shop, random)?;
    let (team, _) = from.rsplit_once('/')?;
    move_to(shop, &from, &format!("{team}/p{}", shop.number()))
}

fn move_to(shop: &Shop, from: &str, to: &str) -> Option<Edit> {
    let before = edit(shop, &format!("{from} → {to}"), [from]);
    fs::rename(shop.path(from), shop.path(to)).ok()?;
    let after = edit(shop, "", [to]);
    Some(Edit { what: before.what, paths: [before.paths, after.paths].concat() })
}

fn delete(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let all = shop.packages();
    if all.len() < 5 {
        return create(shop, random);
    }
    let dir = any(random, &all)?;
    fs::remove_dir_all(shop.path(dir)).unwrap();
    Some(edit(shop, dir, [dir]))
}

fn tag(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let tag = random.pick(&[
        "true",
        "true",
        "null",
        "false",
        "{ \"enabled\": false }",
        "{ \"hosts\": [\"@co/other\"] }",
        "{ \"source\": \"./src/plugin.config.ts\" }",
        "\"./plugin.config.ts\"",
        "{ \"plugn\": 1 }",
    ]);
    let text = manifest(name_of(&dir), version(random), tag);
    Some(put(shop, random, &format!("{dir}/package.json"), &text))
}

fn change_version(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let text = manifest(name_of(&dir), version(random), "true");
    Some(put(shop, random, &format!("{dir}/package.json"), &text))
}

fn patterns(shop: &Shop, random: &mut Random) -> Option<Edit> {
    // Mostly back to those that find the most.
    let patterns = PATTERNS[random.next(PATTERNS.len() * 2) % (PATTERNS.len() + 2) % PATTERNS.len()];
    let files = shop.set_patterns(patterns);
    Some(edit(shop, &format!("{patterns:?}"), files.iter().copied()))
}

fn library(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let folder = random.pick(&["lib", "other-lib"]);
    let text = format!("export const lib = 'Library {}'\n", shop.number());
    let file = random.pick(&["index.ts", "index.ts", "other.ts"]);
    let main = random.pick(&["./index.ts", "./other.ts"]);
    if random.next(3) == 0 {
        let text = format!(r#"{{ "name": "@co/lib", "main": "{main}" }}"#);
        return Some(put(shop, random, &format!("libs/{folder}/package.json"), &text));
    }
    Some(put(shop, random, &format!("libs/{folder}/{file}"), &text))
}

fn words(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let folder = random.pick(&["words", "other-words"]);
    let text = format!("export const word = 'Word {}'\n", shop.number());
    Some(put(shop, random, &format!("{folder}/word.ts"), &text))
}

fn paths(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let words = random.pick(&["words", "other-words", "no-words"]);
    Some(put(shop, random, "tsconfig.json", &tsconfig(words)))
}

/// The constant moves to another file, and the first passes it on.
fn move_constant(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let (from, to) = (format!("{dir}/label.ts"), format!("{dir}/texts.ts"));
    let text = shop.text(&from)?;
    if text.starts_with("export {") {
        shop.put(&from, &shop.text(&to)?);
        fs::remove_file(shop.path(&to)).unwrap();
    } else {
        shop.put(&to, &text);
        shop.put(&from, "export { label } from './texts'\n");
    }
    Some(written(shop, &from, [from.as_str(), &to]))
}

/// A file that an import finds before, or after, the one that it found: or a folder where a file was looked for.
fn shadow(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let file = format!(
        "{dir}/{}",
        random.pick(&["label.js", "label.tsx", "label/index.ts", "label", "plugin.config.tsx"])
    );
    if shop.path(&file).exists() {
        return remove(shop, &file);
    }
    if file.ends_with("label/index.ts") {
        let folder = format!("{dir}/label");
        let known = shop.path(&folder).exists();
        fs::create_dir_all(shop.path(&folder)).ok()?;
        shop.put(&file, "export const label = 'In a folder'\n");
        return Some(edit(shop, &file, [if known { file.as_str() } else { &folder }]));
    }
    let text = if file.ends_with("config.tsx") {
        "export default { label: 'TSX' }\n"
    } else {
        "export const label = 'Shadow'\n"
    };
    Some(put(shop, random, &file, text))
}

fn remove(shop: &Shop, file: &str) -> Option<Edit> {
    let path = shop.path(file);
    let edit = edit(shop, &format!("remove {file}"), [file]);
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.ok()?;
    Some(edit)
}

/// A file goes that something needs.
fn lose(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let file = random.pick(&["label.ts", "plugin.config.ts", "tsconfig.json", "page.ts", "package.json"]);
    remove(shop, &format!("{dir}/{file}"))
}

/// A configuration in `src/`, which counts where there is none in the root.
fn src_config(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let (folder, file) = (format!("{dir}/src"), format!("{dir}/src/plugin.config.ts"));
    if shop.path(&folder).exists() {
        let whole = random.next(2) == 0;
        return remove(shop, if whole { &folder } else { &file });
    }
    shop.put(&file, &format!("export default {{ label: 'Source {}' }}\n", shop.number()));
    Some(edit(shop, &folder, [folder.as_str()]))
}

/// A package that is a link: to a plugin, to another, to nothing, away.
fn link_package(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let link = random.pick(&["plugins/linked", "teams/linked"]);
    if shop.path(link).symlink_metadata().is_ok() && random.next(4) == 0 {
        return remove(shop, link);
    }
    let target = plugin(shop, random).filter(|_| random.next(5) > 0).unwrap_or_else(|| "nowhere".into());
    shop.link(link, &format!("../{target}"));
    Some(edit(shop, &format!("{link} → {target}"), [link]))
}

/// A configuration that is a link into another package, and becomes a file again.
fn link_config(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let (dir, other) = (plugin(shop, random)?, plugin(shop, random)?);
    let file = format!("{dir}/plugin.config.ts");
    let is_link = shop.path(&file).symlink_metadata().is_ok_and(|file| file.is_symlink());
    if is_link || dir == other {
        let _ = fs::remove_file(shop.path(&file));
        shop.put(&file, &config(random, name_of(&dir), &up(&dir)));
    } else {
        shop.link(&file, &format!("{}{other}/plugin.config.ts", up(&dir)));
    }
    Some(edit(shop, &format!("{file} ↔ {other}"), [file.as_str()]))
}

/// What a package manager does when a dependency moves.
fn link_library(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let target = random.pick(&["../../libs/lib", "../../libs/other-lib", "../../libs/none"]);
    shop.link("node_modules/@co/lib", target);
    Some(edit(shop, target, ["node_modules/@co/lib"]))
}

/// A folder above packages gets another name, or its old one back.
fn rename_above(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let (a, b) = *[
        ("plugins", "moved"),
        ("teams", "moved-teams"),
        ("teams/red", "teams/green"),
        ("elsewhere", "there"),
    ]
    .get(random.next(4))?;
    let (from, to) = if shop.path(a).exists() { (a, b) } else { (b, a) };
    if shop.path(to).exists() {
        return None;
    }
    move_to(shop, from, to)
}

/// As editors save: another file takes the place of the first.
fn replace(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let (file, text) = if random.next(2) == 0 {
        ("label.ts", format!("export const label = 'Replaced {}'\n", shop.number()))
    } else {
        ("plugin.config.ts", config(random, name_of(&dir), &up(&dir)))
    };
    let (file, temporary) = (format!("{dir}/{file}"), format!("{dir}/.{file}.tmp"));
    shop.put(&temporary, &text);
    move_to(shop, &temporary, &file)
}

/// A file gets a new time, or is written as it was.
fn touch(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let file = format!("{dir}/{}", random.pick(&["package.json", "plugin.config.ts", "label.ts"]));
    let text = shop.text(&file)?;
    if random.next(2) == 0 {
        shop.put(&file, &text);
    } else {
        let opened = fs::File::options().write(true).open(shop.path(&file)).ok()?;
        opened.set_modified(SystemTime::now()).unwrap();
    }
    Some(written(shop, &file, [file.as_str()]))
}

fn unread(shop: &Shop, random: &mut Random) -> Option<Edit> {
    let dir = plugin(shop, random)?;
    let file = format!("{dir}/{}", random.pick(&["README.md", "page.ts", "page.css", "notes.txt"]));
    let text = format!("// {}\n", shop.number());
    Some(put(shop, random, &file, &text))
}

/// A plugin from elsewhere is updated, or moves to another version of itself.
fn bought(shop: &Shop, random: &mut Random) -> Option<Edit> {
    if random.next(2) == 0 {
        let text =
            manifest("bought", version(random), random.pick(&["\"./config.js\"", "null", "\"./none.js\""]));
        return Some(put(shop, random, "node_modules/bought/package.json", &text));
    }
    let text = format!("export default {{ label: 'Bought {}' }}\n", shop.number());
    Some(put(shop, random, "node_modules/bought/config.js", &text))
}
