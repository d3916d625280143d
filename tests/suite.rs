//! Every Rust test over the fixtures, in one binary.
