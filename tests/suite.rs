//! Every Rust test over the fixtures, in one binary: it links once.

#![allow(clippy::unwrap_used, reason = "A test that cannot go on fails where it stands.")]

mod codes;
mod composing;
#[cfg(unix)] // Its workspaces have symbolic links.
mod edits;
mod fixture;
mod fixtures;
mod growth;
mod page;
mod properties;
mod random;
mod ranges;
mod rooms;
mod second_opinion;
mod singletons;
mod when;
