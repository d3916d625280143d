//! What is news.

use std::sync::Arc;

use crate::{
    build::Build,
    diagnostic::{Diagnostic, Label},
    draw::draw,
    evaluate::value_to_json,
    generate::{Artifacts, BundledPlugin, Entry},
    manifest::{Dependency, Manifest},
    plugin::{Plugin, Status},
    render::{Colour, render},
};

/// What the listener knows. Of what is shared with a later build nothing is looked at again.
pub(super) struct Content {
    build: Arc<Build>,
    /// The build as a tree, once that has been asked.
    drawn: Option<String>,
}

impl Content {
    pub(super) fn new(build: Arc<Build>) -> Self {
        Self { build, drawn: None }
    }

    /// Takes another build. Returns whether it is news: whether anything differs but where in a configuration it stands,
    /// and what was asked of the disk for it.
    pub(super) fn renew(&mut self, build: &Arc<Build>) -> bool {
        let mut drawn = None;
        let is_news = differ(&self.build, build) || {
            // Only the tree tells of a plugin that is left out. Mostly the modules differ, and nothing has to be drawn.
            let before = self.drawn.take().unwrap_or_else(|| draw(&self.build));
            drawn.insert(draw(build)) != &before
        };
        *self = Self { build: Arc::clone(build), drawn };
        is_news
    }
}

/// Whether two builds differ in what bundlers are given, or in what there is to say.
fn differ(before: &Build, after: &Build) -> bool {
    let Artifacts { module, entries, types, bundle } = &before.artifacts;
    *module != after.artifacts.module
        || *types != after.artifacts.types
        || !all(entries, &after.artifacts.entries, |a, b| shared(a, b, is_same_entry))
        || !all(&bundle.plugins, &after.artifacts.bundle.plugins, |a, b| shared(a, b, is_same_plugin))
        || !all(&before.modules, &after.modules, |a, b| a.file == b.file && a.code == b.code)
        || !all(&before.composition.plugins, &after.composition.plugins, |a, b| {
            shared(a, b, is_said_the_same)
        })
        || before.dedupe() != after.dedupe()
        || !all(&before.diagnostics, &after.diagnostics, reads_the_same)
}

fn all<T>(before: &[T], after: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(before, after)| same(before, after))
}

fn shared<T>(before: &Arc<T>, after: &Arc<T>, same: impl Fn(&T, &T) -> bool) -> bool {
    Arc::ptr_eq(before, after) || same(before, after)
}

fn is_same_entry(before: &Entry, after: &Entry) -> bool {
    before.id == after.id && before.code == after.code
}

/// Whether the same is said of two plugins, so far as neither the modules nor the tree tell. They tell all of one that
/// takes part.
fn is_said_the_same(before: &Plugin, after: &Plugin) -> bool {
    if before.status == Status::Included && after.status == Status::Included {
        return true;
    }
    let words = |plugin: &Plugin| {
        let Manifest { label, description, icon, .. } = &*plugin.manifest;
        [label, description, icon].map(|leaf| leaf.as_ref().map(|leaf| value_to_json(&leaf.value, None)))
    };
    let needs = |plugin: &Plugin| {
        let Manifest { dependencies, optional_dependencies, .. } = &*plugin.manifest;
        let ranges = |needed: &[Dependency]| -> Vec<(String, String)> {
            needed.iter().map(|entry| (entry.name.clone(), entry.range.clone())).collect()
        };
        (ranges(dependencies), ranges(optional_dependencies))
    };
    let rest = |plugin: &Plugin| {
        let Manifest { activation, lifecycle, .. } = &*plugin.manifest;
        (plugin.package.name.clone(), *activation, lifecycle.clone())
    };
    words(before) == words(after) && needs(before) == needs(after) && rest(before) == rest(after)
}

fn is_same_plugin(before: &BundledPlugin, after: &BundledPlugin) -> bool {
    (&before.dir, &before.config, &before.files) == (&after.dir, &after.config, &after.files)
}

/// Whether two diagnostics read the same. To draw their frames takes long, and is needed only where a text is another.
fn reads_the_same(before: &Diagnostic, after: &Diagnostic) -> bool {
    let Diagnostic { code, severity, message, labels, help } = before;
    if (severity, code, message, help) != (&after.severity, &after.code, &after.message, &after.help) {
        return false;
    }
    let is_same_place = |a: &Label, b: &Label| {
        let place = |label: &Label| (Arc::as_ptr(&label.origin.source), label.origin.span);
        place(a) == place(b) && a.text == b.text
    };
    all(labels, &after.labels, is_same_place) || render(before, Colour::None) == render(after, Colour::None)
}
