//! What is news.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::{
    build::Build,
    draw::draw,
    generate::Artifacts,
    render::{Colour, render},
};

/// A digest of what there is to know, in this process: everything but where in a configuration it stands, and what
/// was asked of the disk for it.
pub(super) fn content(build: &Build) -> u64 {
    let mut hasher = FxHasher::default();
    let Artifacts { module, entries, types, bundle } = &build.artifacts;
    (module, types, build.dedupe(), draw(build)).hash(&mut hasher);
    for entry in entries {
        (&entry.id, &entry.code).hash(&mut hasher);
    }
    for plugin in &bundle.plugins {
        (&plugin.dir, &plugin.config, &plugin.files).hash(&mut hasher);
    }
    for read in &build.modules {
        (&read.file, read.code).hash(&mut hasher);
    }
    for diagnostic in &build.diagnostics {
        (diagnostic.severity, render(diagnostic, Colour::None)).hash(&mut hasher);
    }
    hasher.finish()
}
