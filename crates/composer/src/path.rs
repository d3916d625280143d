//! Paths as text: no disk is asked. What Windows writes in another way is told apart by [`Style`] and not by the system that
//! this runs on, so that its rules are tested everywhere.

use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

/// A path as text. Bytes that are not UTF-8 are replaced, as Node does.
pub fn text(path: &Path) -> Cow<'_, str> {
    // Much the faster question, and nearly always the answer.
    path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed)
}

/// How a system writes paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `/shop/plugins`
    Posix,
    /// `C:\shop\plugins`, with `/` as good as `\`, and letters of either case as good as each other.
    Windows,
}

impl Style {
    /// That of this system.
    pub const HERE: Self = if cfg!(windows) { Self::Windows } else { Self::Posix };

    fn separates(self, char: char) -> bool {
        char == '/' || (self == Self::Windows && char == '\\')
    }

    fn is_same(self, a: &str, b: &str) -> bool {
        a == b || (self == Self::Windows && a.to_lowercase() == b.to_lowercase())
    }
}

/// A path as seen from the workspace root, `/`-separated: `.` for the root itself, with `../` outside of it, and absolute on
/// another drive, from which nothing leads to the root.
///
/// Source: `relative` of `path.posix` and `path.win32` in Node.
pub fn relative(root: &Path, path: &Path) -> String {
    if let Some(below) = plainly_below(root, path) {
        return below.to_owned();
    }
    relative_text(Style::HERE, &text(root), &text(path))
}

/// The rest of a path that begins with the root's own text, where it is written as [`relative`] would write it.
fn plainly_below<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let below = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    let is_plain = !below.contains('\\') && below.split('/').all(|name| !matches!(name, "" | "." | ".."));
    is_plain.then_some(below)
}

fn relative_text(style: Style, root: &str, path: &str) -> String {
    let (root, path) = (Parts::of(style, root), Parts::of(style, path));
    if !style.is_same(&root.volume, &path.volume) {
        return format!("{}/{}", path.volume, path.names.join("/"));
    }
    let pairs = root.names.iter().zip(&path.names);
    let common = pairs.take_while(|(a, b)| style.is_same(a, b)).count();
    let up = std::iter::repeat_n("..", root.names.len() - common);
    let relative: Vec<&str> = up.chain(path.names[common..].iter().copied()).collect();
    if relative.is_empty() { ".".into() } else { relative.join("/") }
}

/// Whether a path that [`relative`] gave is absolute: it leads to another drive.
pub fn is_elsewhere(relative: &str) -> bool {
    is_elsewhere_text(Style::HERE, relative)
}

fn is_elsewhere_text(style: Style, relative: &str) -> bool {
    style == Style::Windows && !Parts::of(style, relative).volume.is_empty()
}

/// One text for one path, in which paths are compared and looked up: systems report changes with their own separators,
/// whatever a path was joined with.
pub fn key(path: &Path) -> Cow<'_, str> {
    match text(path) {
        Cow::Borrowed(text) => key_text(Style::HERE, text),
        Cow::Owned(text) => Cow::Owned(key_text(Style::HERE, &text).into_owned()),
    }
}

fn key_text(style: Style, path: &str) -> Cow<'_, str> {
    match style {
        Style::Posix => Cow::Borrowed(path),
        Style::Windows => {
            let mut key = without_verbatim(path).replace('/', "\\");
            if key.as_bytes().get(1) == Some(&b':') {
                key[..1].make_ascii_uppercase();
            }
            Cow::Owned(key)
        }
    }
}

/// A path as `canonicalize` gives it, and as Node and bundlers write it: without the prefix `\\?\` of Windows.
pub fn plain(path: PathBuf) -> PathBuf {
    match (Style::HERE, path.to_str()) {
        (Style::Windows, Some(text)) => PathBuf::from(without_verbatim(text).into_owned()),
        _ => path,
    }
}

/// The longest path that programs take without the prefix.
const MAX_PATH: usize = 260;

/// Names of devices, which are none behind the prefix.
const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "com", "lpt"];

/// A path without `\\?\`, unless it would be another one.
///
/// Source: "Naming Files, Paths, and Namespaces" in the documentation of Windows.
fn without_verbatim(path: &str) -> Cow<'_, str> {
    let Some(rest) = path.strip_prefix(r"\\?\") else { return Cow::Borrowed(path) };
    let plain = match rest.strip_prefix(r"UNC\") {
        Some(share) => Cow::Owned(format!(r"\\{share}")),
        None if rest.as_bytes().get(1) == Some(&b':') => Cow::Borrowed(rest),
        None => return Cow::Borrowed(path),
    };
    let is_literal = plain.split('\\').any(|name| {
        let stem =
            name.split('.').next().unwrap_or(name).trim_end_matches(|char: char| char.is_ascii_digit());
        name.ends_with(['.', ' ']) || name.contains('/') || DEVICES.contains(&stem.to_lowercase().as_str())
    });
    if is_literal || plain.len() >= MAX_PATH { Cow::Borrowed(path) } else { plain }
}

/// What a path consists of.
struct Parts<'a> {
    /// `C:`, or `//server/share`; nothing where there is one file system.
    volume: String,
    names: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(style: Style, path: &'a str) -> Self {
        let names = |path: &'a str| {
            path.split(move |char| style.separates(char)).filter(|name| !matches!(*name, "" | "."))
        };
        if style == Style::Posix {
            return Self { volume: String::new(), names: names(path).collect() };
        }
        let verbatim = path.strip_prefix(r"\\?\");
        let share = match verbatim {
            Some(rest) => rest.strip_prefix(r"UNC\"),
            None => path
                .strip_prefix([r"\\", "//"].iter().find(|start| path.starts_with(**start)).unwrap_or(&"\0")),
        };
        let rest = verbatim.unwrap_or(path);
        if let Some(share) = share {
            let mut names = names(share);
            let volume =
                format!("//{}/{}", names.next().unwrap_or_default(), names.next().unwrap_or_default());
            Self { volume, names: names.collect() }
        } else if rest.as_bytes().get(1) == Some(&b':') {
            Self { volume: rest[..2].to_ascii_uppercase(), names: names(&rest[2..]).collect() }
        } else {
            Self { volume: String::new(), names: names(rest).collect() }
        }
    }
}

/// A relative path below a folder, without `.` and `..`. One that begins at the root of a disk begins at the folder instead.
pub fn join(dir: &Path, path: &str) -> PathBuf {
    let mut joined = dir.to_path_buf();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(joined.pop()),
            Component::Normal(name) => joined.push(name),
            _ => {}
        }
    }
    joined
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
        let windows = |root, path| relative_text(Style::Windows, root, path);
        assert_eq!(windows(r"C:\shop", r"C:\shop"), ".");
        assert_eq!(windows(r"C:\shop", r"C:\shop\plugins/wms\.\src"), "plugins/wms/src");
        assert_eq!(windows(r"C:\shop", r"C:\elsewhere\b"), "../elsewhere/b");
    }

    #[test]
    fn posix_names_may_have_backslashes_and_colons() {
        let posix = |path| relative_text(Style::Posix, "/shop", path);
        assert_eq!(posix(r"/shop/a\b/c:"), r"a\b/c:");
        assert_eq!(posix("/Shop/a"), "../Shop/a");
        assert_eq!(key_text(Style::Posix, r"/shop/a\b"), r"/shop/a\b");
        assert!(!is_elsewhere_text(Style::Posix, "c:/a"));
    }

    #[test]
    fn windows_writes_one_path_in_many_ways() {
        let root = r"C:\Work\shop";
        for path in [
            r"C:\Work\shop\plugins\wms",
            r"c:\Work\shop\plugins\wms",
            "c:/work/SHOP/plugins/wms",
            r"\\?\C:\Work\shop\plugins\wms",
            r"C:\Work\shop/plugins\\wms\",
        ] {
            assert_eq!(relative_text(Style::Windows, root, path), "plugins/wms", "{path}");
        }
        // What differs is kept as it is written.
        assert_eq!(relative_text(Style::Windows, root, r"c:\work\SHOP\Plugins\Wms"), "Plugins/Wms");
    }

    #[test]
    fn a_share_is_a_root_of_its_own() {
        let root = r"\\server\share\shop";
        assert_eq!(relative_text(Style::Windows, root, r"\\SERVER\Share\shop\a"), "a");
        assert_eq!(relative_text(Style::Windows, root, "//server/share/other"), "../other");
        assert_eq!(relative_text(Style::Windows, root, r"\\?\UNC\server\share\shop\a"), "a");
        assert_eq!(relative_text(Style::Windows, root, r"\\server\else\a"), "//server/else/a");
    }

    #[test]
    fn no_relative_path_leads_to_another_drive() {
        let elsewhere = relative_text(Style::Windows, r"C:\shop", r"d:\lib\x.ts");
        assert_eq!(elsewhere, "D:/lib/x.ts");
        assert!(is_elsewhere_text(Style::Windows, &elsewhere));
        assert!(is_elsewhere_text(Style::Windows, "//server/share/a"));
        assert!(!is_elsewhere_text(Style::Windows, "../lib/x.ts"));
    }

    #[test]
    fn a_key_is_one_text_for_one_path() {
        for path in [r"C:\shop\a\b", "C:/shop/a/b", r"c:\shop\a/b", r"\\?\C:\shop\a\b"] {
            assert_eq!(key_text(Style::Windows, path), r"C:\shop\a\b", "{path}");
        }
        assert_eq!(key_text(Style::Windows, "//server/share/a"), r"\\server\share\a");
    }

    #[test]
    fn the_prefix_of_canonical_paths_goes_where_it_means_nothing() {
        for (path, expected) in [
            (r"\\?\C:\shop\é", r"C:\shop\é"),
            (r"\\?\UNC\server\share\a", r"\\server\share\a"),
            (r"C:\shop", r"C:\shop"),
            // These would be other paths.
            (r"\\?\C:\shop\dot.", r"\\?\C:\shop\dot."),
            (r"\\?\C:\shop\nul.txt", r"\\?\C:\shop\nul.txt"),
            (r"\\?\C:\shop\COM1", r"\\?\C:\shop\COM1"),
            (r"\\?\Volume{b75e}\shop", r"\\?\Volume{b75e}\shop"),
        ] {
            assert_eq!(without_verbatim(path), expected);
        }
        let long = format!(r"\\?\C:\{}", "a".repeat(300));
        assert_eq!(without_verbatim(&long), long);
    }

    #[test]
    fn dots_are_resolved_as_text() {
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(normal(Path::new("/../a")), Path::new("/a"));
    }
}
