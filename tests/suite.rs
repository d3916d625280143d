//! Every Rust test over the fixtures, in one binary: it links once.

mod fixture;
mod fixtures;
mod properties;
