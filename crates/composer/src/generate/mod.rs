//! `Composition → Artifacts`: what the bundler and the type checker are given. Pure text, the same bytes anywhere:
//! every path is relative to the workspace root.

mod bundle;
mod code;
mod entry;
mod host;
mod hot;
mod js;
mod types;

pub use bundle::{Bundle, BundledPlugin, LazyImport};
pub use entry::Entry;

use crate::{composition::Composition, options::Options};

/// The id of the module that lists the plugins; those of their code are below it.
pub const HOST_MODULE: &str = "virtual:framework-m-plugins";

/// Everything that is generated from a composition.
#[derive(Debug, Clone)]
pub struct Artifacts {
    /// The text of [`HOST_MODULE`]: data, and one `import()` a plugin.
    pub module: String,
    /// The modules behind those imports.
    pub entries: Vec<Entry>,
    /// The composition as types: `framework-m.d.ts`.
    pub types: String,
    /// What the bundler has to know.
    pub bundle: Bundle,
}

/// Prints a composition. `types_dir`, relative to the workspace root, is where the types are written.
pub fn generate(composition: &Composition, types_dir: &str, options: &Options) -> Artifacts {
    let (module, code) = host::module(composition, options.hot);
    let entries = if options.hot {
        hot::entries(composition, &code)
    } else {
        entry::entries(composition, &code, options.code_splitting)
    };
    let bundle = bundle::bundle(composition, &code, &entries, options.hot);
    Artifacts { module, entries, types: types::types(composition, types_dir, options), bundle }
}
