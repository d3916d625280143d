//! What an app is on a system that ignores case.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Disk, Entry, Kind, MemoryDisk, respelled};
use crate::{options::Options, session::Session};

/// As Windows and macOS are set up: a file is found by a name in other letters, and told by its own.
struct Caseless(MemoryDisk);

impl Caseless {
    fn own(&self, path: &Path) -> PathBuf {
        let mut own = PathBuf::from("/");
        for name in path.components().skip(1).map(|name| name.as_os_str().to_string_lossy()) {
            let entries = self.0.list(&own).unwrap_or_default();
            let found = entries.iter().find(|entry| entry.name.to_lowercase() == name.to_lowercase());
            own.push(found.map_or(&*name, |entry| &entry.name));
        }
        own
    }
}

impl Disk for Caseless {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.0.read(&self.own(path))
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.0.list(&self.own(dir))
    }
    fn kind(&self, path: &Path) -> Option<Kind> {
        self.0.kind(&self.own(path))
    }
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.real_path(&self.own(path))
    }
    fn ignores_case(&self) -> bool {
        true
    }
}

fn shop(config: &str) -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    disk.write("/shop/plugins/wms/package.json", r#"{ "name": "wms", "framework-m": true }"#);
    disk.write("/shop/plugins/wms/plugin.config.ts", config);
    disk.write("/shop/plugins/wms/src/page.tsx", "export default () => null");
    disk.write("/shop/plugins/wms/src/words.ts", "export const path = '/wms'");
    disk
}

/// What there is to say, and what is generated.
fn composed(disk: &dyn Disk) -> (Vec<String>, String) {
    let root = Path::new("/shop");
    let session = Session::new(disk, root, Some(root.into()), Some(root.into()), Options::default());
    let build = session.unwrap().build(disk);
    let said =
        build.diagnostics.iter().map(|it| format!("{} {}", it.code.id, it.help.as_deref().unwrap_or("")));
    (said.collect(), build.artifacts.module)
}

const RIGHT: &str = "import { path } from './src/words'
export default { routes: [{ path, component: () => import('./src/page') }] }";

#[test]
fn what_is_spelled_right_is_found_everywhere() {
    let disk = shop(RIGHT);
    let expected = composed(&disk);
    assert!(expected.0.is_empty(), "{:?}", expected.0);
    assert_eq!(composed(&Caseless(disk)), expected);
}

#[test]
fn other_letters_lead_nowhere_on_every_system() {
    for (right, wrong, file) in [
        ("'./src/page'", "'./src/Page'", "plugins/wms/src/page.tsx"),
        ("'./src/page'", "'./SRC/page.tsx'", "plugins/wms/src/page.tsx"),
        ("'./src/words'", "'./src/Words.js'", "plugins/wms/src/words.ts"),
    ] {
        let disk = shop(&RIGHT.replace(right, wrong));
        let expected = composed(&disk);
        let hint = format!("There is `{file}`: write its name in the same letters.");
        assert!(
            expected.0.iter().any(|said| said.starts_with("FM3") && said.contains(&hint)),
            "{expected:?}"
        );
        assert_eq!(composed(&Caseless(disk)), expected, "{wrong}");
    }
}

#[test]
fn a_configuration_in_other_letters_is_none() {
    let mut disk = shop("");
    disk.write("/shop/plugins/hr/package.json", r#"{ "name": "hr", "framework-m": "./Plugin.config.ts" }"#);
    disk.write("/shop/plugins/hr/PLUGIN.config.ts", "export default {}");
    let expected = composed(&disk);
    let hint = "There is `plugins/hr/PLUGIN.config.ts`";
    assert!(expected.0.iter().any(|said| said.contains(hint)), "{:?}", expected.0);
    assert_eq!(composed(&Caseless(disk)), expected);
}

#[test]
fn of_two_files_each_has_its_own_name() {
    let mut disk = shop("");
    disk.write("/shop/plugins/wms/src/Page.tsx", "");
    let root = Path::new("/shop");
    for name in ["page.tsx", "Page.tsx"] {
        let path = root.join("plugins/wms/src").join(name);
        assert_eq!(respelled(&disk, root, &path), Some(path));
    }
}
