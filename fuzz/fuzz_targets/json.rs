//! Any text as a JSON document: `cargo +nightly fuzz run json`. What serde accepts, the reader must accept.
#![no_main]

use std::sync::Arc;

use framework_m_composer::{evaluate::json, source::Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Arc::new(Source::new("fuzz.json", text));
    let ours = json(&source);
    assert!(ours.is_ok() || serde_json::from_str::<serde_json::Value>(text).is_err());
});
