//! The structure of the core: which room imports which.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The files and folders directly in `src`, and those that each imports.
type Rooms = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_two_rooms_of_the_core_import_each_other_whatever_the_way() {
    let mut rooms = rooms(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/composer/src"));
    assert!(rooms["session"].contains("compose") && rooms["watch"].contains("session"), "{rooms:#?}");
    // Whoever imports none that is left stands on the ground that is left; in a circle nobody does.
    while let Some(ground) =
        rooms.iter().find(|(_, imported)| imported.is_empty()).map(|(room, _)| room.clone())
    {
        rooms.remove(&ground);
        for imported in rooms.values_mut() {
            imported.remove(&ground);
        }
    }
    assert!(rooms.is_empty(), "these import each other in a circle: {rooms:#?}");
}

fn rooms(src: &Path) -> Rooms {
    let mut rooms = Rooms::new();
    for entry in fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name != "lib" {
            let mut imported = BTreeSet::new();
            add_imports(&path, &mut imported);
            imported.remove(&name);
            rooms.insert(name, imported);
        }
    }
    let names: BTreeSet<String> = rooms.keys().cloned().collect();
    for imported in rooms.values_mut() {
        imported.retain(|name| names.contains(name));
    }
    rooms
}

/// Adds what a file, or the files of a folder, import from the crate. Tests may import anything.
fn add_imports(path: &Path, imported: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            add_imports(&entry.unwrap().path(), imported);
        }
    } else if path.file_stem().is_some_and(|stem| stem != "tests") {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let paths = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        paths.split("crate::").skip(1).for_each(|path| imported.extend(first_names(path)));
    }
}

/// The first names of what stands behind `crate::`: one, or those of a list.
fn first_names(path: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned);
    let Some(list) = path.strip_prefix('{') else { return name(path).into_iter().collect() };
    let (mut depth, mut start, mut names) = (1, 0, Vec::new());
    for (at, char) in list.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && char == ',') {
            names.extend(name(&list[start..at]));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}
