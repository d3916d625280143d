//! Places as JavaScript and JSON have them.

use framework_m_composer::source::Origin;
use napi_derive::napi;

/// Where something is written. Lines and columns count from 1, columns in UTF-16 code units.
#[napi(object)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Place {
    /// Relative to the workspace root, `/`-separated.
    pub file: String,
    /// The first line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

impl From<&Origin> for Place {
    fn from(Origin { source, span }: &Origin) -> Self {
        let (start, end) = (source.position(span.start), source.position(span.end.max(span.start)));
        Self {
            file: source.path.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
