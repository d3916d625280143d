//! Paths as text: no disk is asked.

use std::path::{Component, Path, PathBuf};

/// A path as seen from the workspace root, `/`-separated: `.` for the root itself, with `../` outside of it.
pub fn relative(root: &Path, path: &Path) -> String {
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
