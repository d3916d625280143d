//! What is published of plugins, as JavaScript has it.

use framework_m_composer::tarball;
use napi_derive::napi;

/// A plugin package of the workspace, and whether it is published.
#[napi(object)]
pub struct Publication {
    /// The package's name, or its folder where it has none.
    pub package: String,
    /// Its folder, relative to the workspace root.
    pub dir: String,
    /// Why its tarball says nothing: "it is private"; absent if it is published.
    pub skipped: Option<String>,
}

/// A tarball, as npm describes it.
#[napi(object)]
pub struct Tarball {
    /// The package's folder, relative to the workspace root.
    pub dir: String,
    /// The files that it would hold, relative to the package, `/`-separated.
    pub files: Vec<String>,
    /// Why there can be no tarball.
    pub failure: Option<String>,
}

impl From<tarball::Publication> for Publication {
    fn from(tarball::Publication { package, dir, skipped }: tarball::Publication) -> Self {
        Self { package, dir, skipped }
    }
}

impl Tarball {
    pub(crate) fn into_core(self) -> tarball::Tarball {
        let files = self.failure.map_or_else(|| Ok(self.files.into_iter().collect()), Err);
        tarball::Tarball { dir: self.dir, files }
    }
}
