//! What a bundler found, as JavaScript gives it.

use std::path::Path;

use framework_m_composer::{
    evaluate,
    finding::{self, Overrun},
    source::Span,
};
use napi_derive::napi;

/// An import in a module. Types alone are none.
#[napi(object)]
pub struct ImportSite {
    /// The module, as written.
    pub specifier: String,
    /// Where the declaration or the `import()` starts, in bytes of UTF-8.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// Whether it is an `import()`.
    pub lazy: bool,
}

/// An import, and what it leads to.
#[napi(object)]
pub struct FoundImport {
    /// The importing file, absolute.
    pub file: String,
    /// Where the import starts, in bytes of UTF-8; absent if that is not known.
    pub start: Option<u32>,
    /// One past its end.
    pub end: Option<u32>,
    /// The imported module, as people read it.
    pub module: String,
}

/// A package whose code has grown.
#[napi(object)]
pub struct Growth {
    /// The package.
    pub name: String,
    /// By how many bytes.
    pub bytes: u32,
}

/// Something that a bundler found out about plugins once it knew every module and chunk. Modules and chunks are named as
/// people read them, sizes are in bytes.
#[napi(discriminant = "kind", discriminant_case = "kebab-case")]
pub enum Finding {
    /// The shell loads code of a plugin along with its own. `chain`: the modules from one that the shell starts with to
    /// the plugin's; `imports`: those between them, that of the plugin's module first.
    EagerPlugin { plugin: String, chain: Vec<String>, imports: Vec<FoundImport> },
    /// The modules are lazy, and the chunks that they were put into are not. `chain`: the chunks from one that a page
    /// starts with to the one that holds the plugin's module.
    EagerChunk { plugin: String, chain: Vec<String>, module: String },
    /// A plugin imports code of another that it does not depend on.
    UndeclaredImport { plugin: String, other: String, version: Option<String>, imports: Vec<FoundImport> },
    /// The app uses what needs a package that is not installed. `uses`: where; what is imported there is a part of the SDK,
    /// and empty where that cannot be told.
    AbsentPeer { package: String, uses: Vec<FoundImport> },
    /// A module that a plugin takes a component from does not have it. `export`: the name that is needed; `exports`: those
    /// that there are; `uses`: where the plugin's configuration refers to the module.
    NoComponent {
        plugin: String,
        module: String,
        export: String,
        exports: Vec<String>,
        uses: Vec<FoundImport>,
    },
    /// A plugin is larger than it may be. `before`: what it was; `growth`: the packages that have grown, the most first.
    OverBudget { plugin: String, size: u32, limit: u32, before: Option<u32>, growth: Vec<Growth> },
    /// A budget is for a plugin that does not take part. `known`: the plugins that do.
    UnknownBudget { plugin: String, known: Vec<String> },
}

impl Finding {
    pub(crate) fn into_core(self) -> finding::Finding {
        match self {
            Self::EagerPlugin { plugin, chain, imports } => {
                finding::Finding::EagerPlugin { plugin, chain, imports: all(imports) }
            }
            Self::EagerChunk { plugin, chain, module } => {
                finding::Finding::EagerChunk { plugin, chain, module }
            }
            Self::UndeclaredImport { plugin, other, version, imports } => {
                finding::Finding::UndeclaredImport { plugin, other, version, imports: all(imports) }
            }
            Self::AbsentPeer { package, uses } => finding::Finding::AbsentPeer { package, uses: all(uses) },
            Self::NoComponent { plugin, module, export, exports, uses } => {
                finding::Finding::NoComponent { plugin, module, export, exports, uses: all(uses) }
            }
            Self::OverBudget { plugin, size, limit, before, growth } => {
                finding::Finding::OverBudget(Overrun {
                    plugin,
                    size: size.into(),
                    limit: limit.into(),
                    before: before.map(u64::from),
                    growth: growth.into_iter().map(|growth| (growth.name, growth.bytes.into())).collect(),
                })
            }
            Self::UnknownBudget { plugin, known } => finding::Finding::UnknownBudget { plugin, known },
        }
    }
}

fn all(imports: Vec<FoundImport>) -> Vec<finding::Import> {
    imports
        .into_iter()
        .map(|FoundImport { file, start, end, module }| {
            let span = start.zip(end).map(|(start, end)| Span::new(start, end));
            finding::Import { file: file.into(), span, module }
        })
        .collect()
}

/// The imports of a file, or of the text that stands for it; none if it cannot be read.
pub(crate) fn imports(file: &str, text: Option<String>) -> Vec<ImportSite> {
    let read = || String::from_utf8_lossy(&std::fs::read(file).unwrap_or_default()).into_owned();
    let text = text.unwrap_or_else(read);
    evaluate::imports(Path::new(file), &text).into_iter().map(ImportSite::from).collect()
}

impl From<evaluate::ImportSite> for ImportSite {
    fn from(evaluate::ImportSite { specifier, span, lazy }: evaluate::ImportSite) -> Self {
        Self { specifier, start: span.start, end: span.end, lazy }
    }
}
