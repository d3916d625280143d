//! Ranges: the composer gives the verdicts of `fixtures/ranges`, as the SDK does (`tests/sdk/ranges.test.ts`), which compares
//! them with npm's own.

use std::{fs, path::Path};

use framework_m_composer::range::{Verdict, verdict};
use serde_json::Value;

#[test]
fn every_verdict_is_that_of_npm() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/ranges/cases.json");
    let cases: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 300);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let made = match verdict(case["range"].as_str().unwrap(), case["version"].as_str()) {
                Verdict::Fits => "fits",
                Verdict::Misfit => "misfit",
                Verdict::Invalid => "invalid",
            };
            (case["is"] != made).then(|| format!("{made} instead of {case}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
