//! Paths as text: no disk is asked.

use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

/// A path as text. Bytes that are not UTF-8 are replaced, as Node does.
pub fn text(path: &Path) -> Cow<'_, str> {
    // Much the faster question, and nearly always the answer.
    path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed)
}

/// A path as seen from the workspace root, `/`-separated: `.` for the root itself, with `../` outside of it.
pub fn relative(root: &Path, path: &Path) -> String {
    if let Some(below) = plainly_below(root, path) {
        return below.to_owned();
    }
    let parts = |path: &Path| -> Vec<String> {
        let normal = path.components().filter(|part| !matches!(part, Component::CurDir));
        normal.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (root, path) = (parts(root), parts(path));
    let common = root.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", root.len() - common);
    let down = path[common..].iter().map(String::as_str);
    let relative: Vec<&str> = up.chain(down).collect();
    if relative.is_empty() { ".".into() } else { relative.join("/") }
}

/// The rest of a path that begins with the root's own text, where it is written as [`relative`] would write it.
fn plainly_below<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let below = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    let is_plain = !below.contains('\\') && below.split('/').all(|name| !matches!(name, "" | "." | ".."));
    is_plain.then_some(below)
}

/// A path without `.` and `..`, as text alone tells: links are not followed.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_from_the_root() {
        assert_eq!(relative(Path::new("/shop"), Path::new("/shop")), ".");
        assert_eq!(relative(Path::new("/shop"), Path::new("/shop/a/./b")), "a/b");
        assert_eq!(relative(Path::new("/shop"), Path::new("/elsewhere/b")), "../elsewhere/b");
    }

    #[test]
    fn dots_are_resolved_as_text() {
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(normal(Path::new("/../a")), Path::new("/a"));
    }
}
