//! `Composition → Artifacts`: what the bundler and the type checker are given. Pure text, the same bytes anywhere:
//! every path is relative to the workspace root.

mod bundle;
mod chunk;
mod code;
mod entry;
mod expression;
mod host;
mod hot;
mod js;
mod kept;
mod modules;
mod page;
mod shares;
mod types;
mod wanted;

use std::sync::Arc;

pub use bundle::{Bundle, BundledPlugin, LazyImport};
pub use entry::Entry;

use self::{
    chunk::ChunkNames,
    code::CodeReferences,
    host::{Host, Part, Subject},
    kept::{Kept, Latest},
    modules::Modules,
    shares::Shares,
    types::Vocabulary,
    wanted::Wanted,
};
use crate::{
    composition::Composition,
    options::{CodeSplitting, Options},
    plugin::Plugin,
};

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
    pub types: Arc<str>,
    /// What the bundler has to know.
    pub bundle: Bundle,
}

/// Prints compositions. What a plugin has in one is printed again only if it is another than in the last: an edit costs
/// what it changes, and the rest is put together again.
#[derive(Default)]
pub(crate) struct Printer {
    shares: Shares,
    variables: Latest<Names, Arc<[Arc<str>]>>,
    parts: Kept<Subject, Part>,
    exports: Latest<(Names, Places), Arc<str>>,
    chunks: Latest<(Names, Option<Codes>), Arc<[ChunkNames]>>,
    modules: Kept<Wanted, Modules>,
    types: Latest<Vocabulary, Arc<str>>,
}

impl Printer {
    /// Prints a composition. `types_dir`, relative to the workspace root, is where the types are written.
    pub(crate) fn print(
        &mut self,
        composition: &Arc<Composition>,
        types_dir: &str,
        options: &Options,
    ) -> Artifacts {
        let names = || Names(composition.included().to_vec());
        let variables = self.variables.renew(names(), |Names(plugins)| host::variables(plugins));
        let shares = self.shares.renew(composition);
        let host = Host::new(composition, variables, shares, options.hot);
        let parts = self.parts.renew(host.subjects(), |subject| host.part(subject));
        let code = host.code(&parts);
        let chunks = (!options.hot).then(|| {
            let code = (options.code_splitting == CodeSplitting::Route).then(|| Codes(code.clone()));
            self.chunks.renew((names(), code), |(Names(plugins), code)| {
                chunk::chunks(plugins, code.as_ref().map(|code| code.0.as_slice())).into()
            })
        });
        let wanted = Wanted::all(composition, code, chunks.as_deref());
        let modules = self.modules.renew(wanted, Modules::new);
        let places = Places { of: Arc::clone(composition), hot: options.hot };
        let exports = self.exports.renew((names(), places), |_| host.exports());
        let vocabulary = Vocabulary {
            words: parts.iter().map(|part| Arc::clone(&part.words)).collect(),
            dir: types_dir.to_string(),
            routes_base: options.routes_base.clone(),
        };
        Artifacts {
            module: host.module(&parts, &exports),
            entries: modules.iter().flat_map(|modules| &modules.entries).cloned().collect(),
            types: self.types.renew(vocabulary, Vocabulary::types),
            bundle: modules::bundle(&modules),
        }
    }
}

/// Plugins of which nothing counts but their names.
struct Names(Vec<Arc<Plugin>>);

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        fn name(plugin: &Arc<Plugin>) -> &str {
            &plugin.name.name
        }
        self.0.iter().map(name).eq(other.0.iter().map(name))
    }
}

/// A composition of which nothing counts but what stands where.
struct Places {
    of: Arc<Composition>,
    /// Whether the modules update in place.
    hot: bool,
}

impl PartialEq for Places {
    fn eq(&self, other: &Self) -> bool {
        let (own, others) = (self.of.nodes(), other.of.nodes());
        let stand = own.iter().zip(&others).all(|(node, other)| node.stands_for(*other));
        self.hot == other.hot && own.len() == others.len() && stand
    }
}

/// The code of plugins, which is the same if nothing of it was read again.
struct Codes(Vec<Arc<CodeReferences>>);

impl PartialEq for Codes {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().map(Arc::as_ptr).eq(other.0.iter().map(Arc::as_ptr))
    }
}
