//! The packages of a workspace, as JavaScript has them.

use framework_m_composer::{
    diagnostic,
    render::Colour,
    workspace::{self, Workspace},
};
use napi_derive::napi;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{diagnostic::Diagnostic, parsed::Parsed, parts::text};

/// The packages of a workspace.
#[napi(object, object_from_js = false)]
pub struct PackageList {
    /// The absolute root.
    pub root: String,
    /// Whose rules decided the members.
    pub package_manager: String,
    /// By folder, the root first.
    #[napi(ts_type = "Array<Package>")]
    pub packages: Parsed,
    /// What there is to say to authors.
    pub diagnostics: Vec<Diagnostic>,
}

/// A package.
#[napi(object, use_nullable = true)]
#[expect(dead_code, reason = "it is what index.d.ts says of a `Listed`")]
pub(crate) struct Package {
    /// As its manifest says.
    pub name: Option<String>,
    /// As its manifest says.
    pub version: Option<String>,
    /// Relative to the root; `.` for the root itself.
    pub dir: String,
    /// The raw value under the metadata key.
    pub tag: serde_json::Value,
}

/// A [`Package`], as JSON.
struct Listed<'a>(&'a workspace::Package);

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Package", 4)?;
        object.serialize_field("name", &self.0.name)?;
        object.serialize_field("version", &self.0.version)?;
        object.serialize_field("dir", &self.0.dir)?;
        object.serialize_field("tag", &self.0.tag)?;
        object.end()
    }
}

impl PackageList {
    pub(crate) fn new(
        workspace: &Workspace,
        diagnostics: &[diagnostic::Diagnostic],
        frames: Option<Colour>,
    ) -> Self {
        Self {
            root: text(&workspace.root),
            package_manager: workspace.manager.id().into(),
            packages: Parsed::list(workspace.packages.iter().map(Listed)),
            diagnostics: Diagnostic::list(diagnostics, frames),
        }
    }
}
