//! `Composition → Artifacts`: what the bundler and the type checker are given. Pure text, the same bytes anywhere:
//! every path is relative to the workspace root.

mod bundle;
mod code;
mod entry;
mod expression;
mod host;
mod hot;
mod js;
mod kept;
mod modules;
mod types;

use std::sync::Arc;

pub use bundle::{Bundle, BundledPlugin, LazyImport};
pub use entry::Entry;

use self::{
    host::{Host, Part, Subject},
    kept::Kept,
    modules::{Modules, Wanted},
};
use crate::{composition::Composition, options::Options};

/// The id of the module that lists the plugins; those of their code are below it.
pub const HOST_MODULE: &str = "virtual:framework-m-plugins";

/// Everything that is generated from a composition.
#[derive(Debug, Clone)]
pub struct Artifacts {
    /// The text of [`HOST_MODULE`]: data, and one `import()` a plugin.
    pub module: String,
    /// The modules behind those imports.
    pub entries: Vec<Arc<Entry>>,
    /// The composition as types: `framework-m.d.ts`.
    pub types: String,
    /// What the bundler has to know.
    pub bundle: Bundle,
}

/// Prints compositions. What a plugin has in one is printed again only if it is another than in the last: an edit costs
/// what it changes, and the rest is put together again.
#[derive(Default)]
pub(crate) struct Printer {
    parts: Kept<Subject, Part>,
    modules: Kept<Wanted, Modules>,
}

impl Printer {
    /// Prints a composition. `types_dir`, relative to the workspace root, is where the types are written.
    pub(crate) fn print(
        &mut self,
        composition: &Composition,
        types_dir: &str,
        options: &Options,
    ) -> Artifacts {
        let host = Host::new(composition, options.hot);
        let parts = self.parts.renew(host.subjects(), |subject| host.part(subject));
        let wanted = Wanted::all(composition, code::by_plugin(&host, &parts), options);
        let modules = self.modules.renew(wanted, Modules::new);
        Artifacts {
            module: host.module(&parts),
            entries: modules.iter().flat_map(|modules| &modules.entries).cloned().collect(),
            types: types::types(composition, types_dir, options),
            bundle: bundle::bundle(&modules),
        }
    }
}
