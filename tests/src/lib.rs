//! A private crate: everything is in the test binary.
