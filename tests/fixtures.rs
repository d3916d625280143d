//! What comes of each fixture is what its `expected/` says. `ACCEPT=1` writes it.

use framework_m_composer::{disk::OsDisk, options::Options};

use crate::{
    fixture::{Fixture, compose, outputs},
    second_opinion::swc_accepts,
};

#[test]
fn every_fixture_gives_what_it_expects() {
    let accept = std::env::var_os("ACCEPT").is_some();
    let mut differences = Vec::new();
    let all = Fixture::all();
    assert!(all.len() > 10, "the fixtures are not there");
    for fixture in all {
        let made = outputs(&compose(&OsDisk, &fixture.workspace(), fixture.options()));
        let expected = fixture.expected();
        if made == expected {
            continue;
        }
        if accept {
            fixture.accept(&made);
            continue;
        }
        for (name, text) in &made {
            let was = expected.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str());
            if was != Some(text) {
                let was = was.unwrap_or("(no such file)");
                differences
                    .push(format!("{}/expected/{name}\n--- expected\n{was}\n--- made\n{text}", fixture.name));
            }
        }
        for (name, _) in expected.iter().filter(|(name, _)| !made.iter().any(|(other, _)| other == name)) {
            differences.push(format!("{}/expected/{name} is no longer made", fixture.name));
        }
    }
    assert!(differences.is_empty(), "{}\n\nIf this is right: ACCEPT=1 cargo test", differences.join("\n\n"));
}

#[test]
fn each_plugin_is_reached_by_exactly_one_import() {
    for fixture in Fixture::all().into_iter().filter(|fixture| !fixture.options().hot) {
        let build = compose(&OsDisk, &fixture.workspace(), fixture.options());
        let host = swc_accepts(&build.artifacts.module).unwrap();
        let names = build.composition.included().iter().map(|plugin| &plugin.name.name);
        let ids: Vec<String> = names.map(|name| format!("virtual:framework-m-plugins/{name}")).collect();
        assert_eq!(host.dynamic_imports, ids, "{}", fixture.name);
        assert!(host.static_imports.is_empty(), "{}", fixture.name);
        for entry in &build.artifacts.entries {
            let opinion = swc_accepts(&entry.code).unwrap();
            assert!(opinion.dynamic_imports.iter().all(|id| !ids.contains(id)), "{}", entry.code);
        }
    }
}

#[test]
fn each_module_that_updates_in_place_is_reached_by_exactly_one_import() {
    for fixture in Fixture::all() {
        let options = Options { hot: true, ..fixture.options() };
        let build = compose(&OsDisk, &fixture.workspace(), options);
        let mut host = swc_accepts(&build.artifacts.module).unwrap();
        let mut ids: Vec<&String> = build.artifacts.entries.iter().map(|entry| &entry.id).collect();
        ids.sort();
        host.dynamic_imports.sort();
        assert_eq!(host.dynamic_imports.iter().collect::<Vec<_>>(), ids, "{}", fixture.name);
        assert_eq!(host.static_imports, ["virtual:framework-m-live"], "{}", fixture.name);
        let mut chunks: Vec<&String> = build.artifacts.entries.iter().map(|entry| &entry.chunk).collect();
        chunks.sort();
        chunks.dedup();
        assert_eq!(chunks.len(), ids.len(), "{}", fixture.name);
        for entry in &build.artifacts.entries {
            let opinion = swc_accepts(&entry.code).unwrap();
            assert!(opinion.dynamic_imports.is_empty(), "{}", entry.code);
            assert_eq!(opinion.static_imports[0], "virtual:framework-m-live", "{}", entry.code);
        }
    }
}
