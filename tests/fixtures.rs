//! What comes of each fixture is what its `expected/` says. `ACCEPT=1` writes it.

use framework_m_composer::disk::OsDisk;

use crate::fixture::{Fixture, compose, outputs};

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
