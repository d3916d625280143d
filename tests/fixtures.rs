//! What comes of each fixture is what its `expected/` says. `ACCEPT=1` writes it.

use framework_m_composer::disk::OsDisk;

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
    for fixture in Fixture::all() {
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
