//! What files are called: relative to the workspace root, where a package is by its folder in the workspace even if that is
//! a link. Where links lead differs between machines and package managers, and so would every text that is generated.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use crate::{disk::Disk, path::relative};

/// Names files.
pub(super) struct Places<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    /// Folders behind links, and what they are called.
    links: RefCell<Vec<(PathBuf, String)>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(disk: &'a dyn Disk, root: &'a Path) -> Self {
        Self { disk, root, links: RefCell::default() }
    }

    /// Notes that a folder of the workspace is really elsewhere.
    pub(super) fn note(&self, folder: &Path, real: &Path) {
        if folder == real || self.links.borrow().iter().any(|(known, _)| known == real) {
            return;
        }
        // Where the root itself is reached through a link, every folder in it is elsewhere, and called as before.
        let root = self.disk.real_path(self.root).unwrap_or_else(|_| self.root.to_path_buf());
        let name = relative(self.root, folder);
        let mut links = self.links.borrow_mut();
        if root != self.root && !links.iter().any(|(known, _)| *known == root) {
            links.push((root.clone(), ".".to_owned()));
        }
        if root.join(&name) != real {
            links.push((real.to_path_buf(), name));
        }
    }

    /// Notes where a package is, given one of its files and where that really is. A file that is itself a link, in a folder
    /// that is none, is called what it really is.
    pub(super) fn note_file(&self, package: &Path, file: &Path, real: &Path) {
        let Ok(inside) = file.strip_prefix(package) else { return };
        if real.ends_with(inside)
            && let Some(folder) = real.ancestors().nth(inside.components().count())
        {
            self.note(package, folder);
        }
    }

    /// What a file is called.
    pub(super) fn name(&self, path: &Path) -> String {
        let links = self.links.borrow();
        let inside =
            links.iter().filter_map(|(real, name)| Some((real, name, path.strip_prefix(real).ok()?)));
        match inside.max_by_key(|(real, ..)| real.components().count()) {
            Some((real, name, _)) if name == "." => relative(real, path),
            Some((real, name, inside)) if !inside.as_os_str().is_empty() => {
                format!("{name}/{}", relative(real, path))
            }
            Some((_, name, _)) => name.clone(),
            None => relative(self.root, path),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{io, sync::Arc};

    use super::*;
    use crate::disk::{Entry, Kind};

    /// Only tells where paths really are.
    struct Links(&'static [(&'static str, &'static str)]);

    impl Disk for Links {
        fn read(&self, _: &Path) -> io::Result<Arc<[u8]>> {
            Err(io::ErrorKind::NotFound.into())
        }
        fn list(&self, _: &Path) -> io::Result<Vec<Entry>> {
            Err(io::ErrorKind::NotFound.into())
        }
        fn kind(&self, _: &Path) -> Option<Kind> {
            None
        }
        fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
            let link = self.0.iter().find(|(link, _)| Path::new(link) == path);
            Ok(link.map_or_else(|| path.to_path_buf(), |(_, real)| PathBuf::from(real)))
        }
    }

    #[test]
    fn a_package_behind_a_link_is_called_by_its_folder_in_the_workspace() {
        let places = Places::new(&Links(&[]), Path::new("/ws"));
        let store = "/ws/node_modules/.pnpm/a@1/node_modules/a";
        places.note_file(
            Path::new("/ws/shell/node_modules/a"),
            Path::new("/ws/shell/node_modules/a/dist/plugin.config.js"),
            &Path::new(store).join("dist/plugin.config.js"),
        );
        assert_eq!(places.name(&Path::new(store).join("dist/Page.js")), "shell/node_modules/a/dist/Page.js");
        assert_eq!(places.name(Path::new("/ws/plugins/b/c.ts")), "plugins/b/c.ts");
        assert_eq!(
            places.name(Path::new("/ws/node_modules/.pnpm/b@1/index.js")),
            "node_modules/.pnpm/b@1/index.js"
        );
    }

    #[test]
    fn a_root_behind_a_link_changes_no_name() {
        let places = Places::new(&Links(&[("/link", "/real/ws")]), Path::new("/link"));
        places.note(Path::new("/link/plugins/a"), Path::new("/real/ws/plugins/a"));
        places.note(Path::new("/link/plugins/b"), Path::new("/elsewhere/b"));
        assert_eq!(places.name(Path::new("/real/ws/plugins/a/x.ts")), "plugins/a/x.ts");
        assert_eq!(places.name(Path::new("/elsewhere/b/x.ts")), "plugins/b/x.ts");
        assert_eq!(places.name(Path::new("/link/plugins/a/x.ts")), "plugins/a/x.ts");
    }

    #[test]
    fn a_file_that_is_a_link_is_called_what_it_is() {
        let places = Places::new(&Links(&[]), Path::new("/ws"));
        places.note_file(Path::new("/ws/a"), Path::new("/ws/a/plugin.config.ts"), Path::new("/ws/shared.ts"));
        assert_eq!(places.name(Path::new("/ws/shared.ts")), "shared.ts");
        assert_eq!(places.name(Path::new("/ws/a/x.ts")), "a/x.ts");
    }
}
