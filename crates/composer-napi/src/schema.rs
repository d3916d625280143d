//! The JSON Schemas that npm/composer/schema publishes, made from the structs of the border. They are files and no exports,
//! so that nothing of their making is in the binding.

use std::{fs, path::Path};

use schemars::{Schema, schema_for};

use crate::{
    composition::Composition, diagnostic::Diagnostic, explained::Explained, singletons::SingletonReport,
};

#[test]
fn the_published_schemas_are_those_of_the_structs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../npm/composer/schema");
    let accept = std::env::var_os("ACCEPT").is_some();
    for (name, schema) in published() {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let file = folder.join(name);
        if accept {
            fs::write(&file, &text).unwrap();
        }
        let there = fs::read_to_string(&file).unwrap();
        assert_eq!(there, text, "schema/{name} differs. If this is right: ACCEPT=1 cargo test");
    }
}

fn published() -> [(&'static str, Schema); 4] {
    [
        ("composition.json", schema_for!(Composition)),
        ("diagnostics.json", schema_for!(Vec<Diagnostic>)),
        ("doctor.json", schema_for!(SingletonReport)),
        ("explain.json", schema_for!(Explained)),
    ]
}
