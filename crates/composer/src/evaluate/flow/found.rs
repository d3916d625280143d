//! What the walk over the modules leaves behind beside the constraints.

use oxc::{semantic::SymbolId, span::Span};

use super::{
    constraint::{Site, Var},
    graph::Graph,
    helper::Helper,
    transparent::NamedCall,
};
use crate::{evaluate::script::ModuleId, maps::HashMap, value::Dynamic};

/// The place of a JSON document as a whole.
pub(super) const DOCUMENT: Span = Span::new(0, 0);

/// What the walk over the modules leaves behind.
#[derive(Default)]
pub(super) struct Found {
    pub(super) symbols: HashMap<(ModuleId, SymbolId), Var>,
    pub(super) defaults: HashMap<ModuleId, Var>,
    pub(super) sites: Vec<(ModuleId, Span, Site)>,
    pub(super) helpers: Vec<Helper>,
    pub(super) calls: Vec<NamedCall>,
    /// What a parameter that is a pattern or a rest is given, by where it begins.
    pub(super) parameters: HashMap<(ModuleId, u32), Var>,
    /// What `import()` and `require()` give.
    pub(super) loaded: Vec<(ModuleId, String, Var)>,
    pub(super) opaque: HashMap<ModuleId, Dynamic>,
}

impl Found {
    /// The variable of a binding.
    pub(super) fn symbol(&mut self, graph: &mut Graph, m: ModuleId, symbol: SymbolId) -> Var {
        *self.symbols.entry((m, symbol)).or_insert_with(|| graph.var())
    }
}
