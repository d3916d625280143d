//! What everything is made from that a composition gives.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use framework_m_composer::{build::Build, render::Colour};

use crate::diagnostic::Diagnostic;

/// A build, and how the caller wants to see it.
pub struct Parts {
    pub(crate) root: PathBuf,
    pub(crate) shell: PathBuf,
    pub(crate) build: Arc<Build>,
    /// In which colours diagnostics have their frames, if they do.
    pub(crate) frames: Option<Colour>,
}

impl Parts {
    /// What there is to say to authors.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        Diagnostic::list(&self.build.diagnostics, self.frames)
    }
}

/// A path as JavaScript has it.
pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
