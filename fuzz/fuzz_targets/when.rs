//! Any text as a condition: `cargo +nightly fuzz run when`. Its error lies within it, and its hint can be given.
#![no_main]

use framework_m_composer::when::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(error) = parse(text) {
        assert!(text.get(error.range.clone()).is_some());
        assert!(!error.hint(text).is_empty());
    }
});
