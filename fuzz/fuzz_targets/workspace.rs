//! Any bytes as the manifests and patterns of a workspace, and as a plugin's configuration: `cargo +nightly fuzz run
//! workspace`. The first byte chooses which of the files the rest is.
#![no_main]

use std::path::{Path, PathBuf};

use framework_m_composer::{disk::MemoryDisk, options::Options, session::Session};
use libfuzzer_sys::fuzz_target;

const FILES: [&str; 8] = [
    "package.json",
    "pnpm-workspace.yaml",
    "rush.json",
    "lerna.json",
    "plugins/a/package.json",
    "plugins/a/package.yaml",
    "plugins/a/package.json5",
    "plugins/a/plugin.config.ts",
];

fuzz_target!(|data: &[u8]| {
    let Some((kind, text)) = data.split_first() else { return };
    let root = PathBuf::from("/w");
    let mut disk = MemoryDisk::default();
    disk.write("/w/package.json", r#"{ "name": "w", "workspaces": ["plugins/*"] }"#);
    disk.write("/w/plugins/a/package.json", r#"{ "name": "a", "framework-m": true }"#);
    disk.write("/w/plugins/a/plugin.config.ts", "export default { label: 'A' }");
    disk.write(root.join(FILES[usize::from(*kind) % FILES.len()]), text);
    // The same bytes as a pattern, unless they are the manifest that would hold it.
    if kind % 2 == 1 {
        let pattern = serde_json::Value::from(String::from_utf8_lossy(text));
        disk.write("/w/package.json", format!(r#"{{ "name": "w", "workspaces": [{pattern}] }}"#));
    }
    let session = Session::new(&disk, Path::new("/w"), Some(root), None, Options::default());
    if let Ok(mut session) = session {
        session.build(&disk);
    }
});
