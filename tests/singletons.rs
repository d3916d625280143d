//! An installation that changes beneath a session: what it says of copies is what a fresh one says.

use std::path::Path;

use framework_m_composer::{
    build::Build,
    disk::{Changes, MemoryDisk},
    options::Options,
};

use crate::fixture::{compose, outputs, session};

const ROOT: &str = "/acme";

fn workspace() -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    let mut write = |path: &str, text: &str| disk.write(format!("{ROOT}/{path}"), text);
    write("package.json", r#"{ "name": "acme", "workspaces": ["shell", "plugins/*"] }"#);
    write("package-lock.json", "{}");
    write("shell/package.json", r#"{ "name": "shell", "dependencies": { "react": "^19.0.0" } }"#);
    for name in ["calm", "wms"] {
        let manifest = format!(
            r#"{{ "name": "{name}", "framework-m": true, "peerDependencies": {{ "react": "^19.0.0" }} }}"#
        );
        write(&format!("plugins/{name}/package.json"), &manifest);
        write(&format!("plugins/{name}/plugin.config.ts"), "export default {}");
    }
    disk
}

fn react(version: &str) -> String {
    format!(r#"{{ "name": "react", "version": "{version}" }}"#)
}

fn codes(build: &Build) -> Vec<&str> {
    build.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[test]
fn a_session_hears_of_every_installation() {
    let mut disk = workspace();
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    let before = session.rebuild(&disk, &Changes::Unknown).unwrap();
    assert_eq!((before.dedupe(), codes(&before)), (vec![], vec![]));
    let steps: [(&str, &str, &[&str]); 4] = [
        ("node_modules", "19.1.0", &[]),
        ("plugins/wms/node_modules", "18.3.1", &["FM1201"]),
        ("node_modules", "20.0.0", &["FM1203", "FM1201", "FM1203"]),
        ("plugins/node_modules", "20.0.0", &["FM1201", "FM1203", "FM1201", "FM1203"]),
    ];
    for (folder, version, expected) in steps {
        disk.write(format!("{ROOT}/{folder}/react/package.json"), react(version));
        let changes: Changes = [format!("{ROOT}/{folder}")].into_iter().collect();
        let build = session.rebuild(&disk, &changes).expect("an installation is a change");
        assert_eq!(codes(&build), expected, "{folder} has {version}");
        assert_eq!(build.dedupe(), ["react"]);
        assert_eq!(outputs(&build), outputs(&compose(&disk, Path::new(ROOT), Options::default())));
    }
}

#[test]
fn a_name_that_leads_out_of_node_modules_is_looked_up_nowhere() {
    let mut disk = workspace();
    for name in ["../shell", "a/../../shell", "..", "", "a//b", "\\\\host"] {
        let peers =
            serde_json::json!({ "name": "wms", "framework-m": true, "peerDependencies": { name: "*" } });
        disk.write(format!("{ROOT}/plugins/wms/package.json"), peers.to_string());
        let build = compose(&disk, Path::new(ROOT), Options::default());
        assert!(build.singletons.is_empty(), "{name}");
    }
}

#[test]
fn a_plugin_that_breaks_says_no_more_of_singletons() {
    let mut disk = workspace();
    disk.write(format!("{ROOT}/node_modules/react/package.json"), react("19.1.0"));
    disk.write(format!("{ROOT}/plugins/wms/node_modules/react/package.json"), react("18.3.1"));
    let mut session = session(&disk, Path::new(ROOT), Options::default());
    let mut users = Vec::new();
    for config in ["export default {}", "export default {", "export default {}"] {
        let file = format!("{ROOT}/plugins/wms/plugin.config.ts");
        disk.write(&file, config);
        let build = session.rebuild(&disk, &[file].into_iter().collect()).unwrap();
        let fresh = compose(&disk, Path::new(ROOT), Options::default());
        assert_eq!(outputs(&build), outputs(&fresh));
        assert_eq!(format!("{:?}", build.singletons), format!("{:?}", fresh.singletons));
        users.push(build.singletons[0].users.len());
    }
    assert_eq!(users, [2, 1, 2]);
}
