use super::*;
use crate::disk::MemoryDisk;

const ROOT: &str = "/acme";

/// A workspace of one plugin whose package.json has these fields beside its name and version.
fn disk(fields: &str, files: &[(&str, &str)]) -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    disk.write(format!("{ROOT}/package.json"), r#"{ "name": "acme", "workspaces": ["wms"] }"#);
    let manifest = format!(r#"{{ "name": "@acme/wms", "version": "1.0.0", {fields} }}"#);
    disk.write(format!("{ROOT}/wms/package.json"), manifest);
    for (path, text) in files {
        disk.write(format!("{ROOT}/{path}"), *text);
    }
    disk
}

fn found(disk: &MemoryDisk, packed: &[&str]) -> Vec<String> {
    let files = Ok(packed.iter().map(ToString::to_string).collect());
    let tarballs = [Tarball { dir: "wms".into(), files }];
    let found = check(disk, Path::new(ROOT), "framework-m", &tarballs);
    let line = |diagnostic: Diagnostic| format!("{} {}", diagnostic.code.id, diagnostic.message);
    found.into_iter().map(line).collect()
}

const BUILT: &str = r#""framework-m": { "plugin": "./dist/plugin.config.js" }, "files": ["dist"]"#;

#[test]
fn what_is_packed_is_fine() {
    let files = [
        (
            "wms/dist/plugin.config.js",
            "import './pages.js'\nexport default { route: () => import('./lazy') }",
        ),
        ("wms/dist/pages.js", "import 'react'\nimport './plugin.config.js'\nimport './a.css?inline'"),
        ("wms/dist/lazy.js", ""),
        ("wms/dist/a.css", ""),
    ];
    let packed = files.map(|(file, _)| file.strip_prefix("wms/").unwrap());
    assert_eq!(found(&disk(BUILT, &files), &packed), Vec::<String>::new());
}

#[test]
fn what_the_tag_names_has_to_be_there_and_packed() {
    let there = disk(BUILT, &[("wms/dist/plugin.config.js", "")]);
    assert_eq!(
        found(&there, &["package.json"]),
        ["FM1301 `@acme/wms` would be published without `dist/plugin.config.js`, which its tag leads to."]
    );
    assert_eq!(
        found(&disk(BUILT, &[("wms/plugin.config.ts", "")]), &["package.json", "plugin.config.ts"]),
        ["FM1302 `dist/plugin.config.js` of `@acme/wms`, which its tag leads to, is not there."]
    );
}

#[test]
fn what_is_imported_has_to_be_packed_too_however_far_away() {
    let files = [
        ("wms/dist/plugin.config.js", "import './pages'\nimport '../../shared/theme.js'"),
        ("wms/dist/pages/index.js", "export const page = () => import('../../parts/page.js')"),
        ("wms/parts/page.js", ""),
        ("shared/theme.js", ""),
    ];
    assert_eq!(
        found(&disk(BUILT, &files), &["dist/plugin.config.js", "dist/pages/index.js"]),
        [
            "FM1301 `@acme/wms` would be published without `../shared/theme.js`, which wms/dist/plugin.config.js \
             imports: it lies outside of the package.",
            "FM1301 `@acme/wms` would be published without `parts/page.js`, which wms/dist/pages/index.js imports.",
        ]
    );
    let stale = [("wms/dist/plugin.config.js", "import './gone.js'")];
    assert_eq!(
        found(&disk(BUILT, &stale), &["dist/plugin.config.js"]),
        ["FM1302 `dist/gone.js` of `@acme/wms`, which wms/dist/plugin.config.js imports, is not there."]
    );
}

#[test]
fn components_that_are_named_by_strings_count_as_imported() {
    let config = r#"{ "routes": [{ "path": "/a", "component": "./pages/A#Page", "children": [] }] }"#;
    let fields = r#""framework-m": "./dist/plugin.config.json", "files": ["dist/*.json"]"#;
    let files = [
        ("wms/dist/plugin.config.json", config),
        ("wms/dist/pages/A.jsx", "import './B.jsx'"),
        ("wms/dist/pages/B.jsx", ""),
    ];
    let packed = ["dist/plugin.config.json", "dist/pages/A.jsx"];
    let said = |file: &str, by: &str| {
        [format!("FM1301 `@acme/wms` would be published without `{file}`, which {by} imports.")]
    };
    assert_eq!(
        found(&disk(fields, &files), &packed[..1]),
        said("dist/pages/A.jsx", "wms/dist/plugin.config.json")
    );
    assert_eq!(found(&disk(fields, &files), &packed), said("dist/pages/B.jsx", "wms/dist/pages/A.jsx"));
}

#[test]
fn without_a_path_in_the_tag_any_file_of_the_source_rule_does() {
    let files = [("wms/plugin.config.ts", ""), ("wms/src/plugin.config.js", "")];
    let tagged = disk(r#""framework-m": true"#, &files);
    assert_eq!(found(&tagged, &["src/plugin.config.js"]), Vec::<String>::new());
    assert_eq!(
        found(&tagged, &["package.json"]),
        ["FM1301 `@acme/wms` would be published without `plugin.config.ts`, which its tag leads to."]
    );
}

#[test]
fn what_is_not_published_is_skipped_with_the_reason() {
    let skipped = |fields: &str| {
        let found = publications(&disk(fields, &[]), Path::new(ROOT), "framework-m");
        found.into_iter().map(|publication| publication.skipped).collect::<Vec<_>>()
    };
    assert_eq!(skipped(r#""framework-m": true, "private": true"#), [Some("it is private".into())]);
    assert_eq!(skipped(r#""framework-m": false"#), [Some("its tag turns it off".into())]);
    assert_eq!(
        skipped(r#""framework-m": true, "publishConfig": { "directory": "dist" }"#),
        [Some("its folder `dist` is published in its place".into())]
    );
    assert_eq!(skipped(r#""framework-m": true, "private": "true""#), [None]);
    assert_eq!(skipped(r#""main": "index.js""#), Vec::<Option<String>>::new());
}
