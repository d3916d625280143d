//! What the evaluator may ask once the modules are followed.

use oxc::span::Span;

use super::{
    constraint::Change,
    found::{DOCUMENT, Found},
    graph::Graph,
    order::order,
};
use crate::{
    evaluate::modules::Modules,
    evaluate::script::ModuleId,
    maps::{HashMap, HashSet},
    value::Dynamic,
};

/// What is known of the loaded modules beside their literals.
#[derive(PartialEq)]
pub(in crate::evaluate) struct Facts {
    changed: HashMap<(ModuleId, u32, u32), Dynamic>,
    polluted: Option<Dynamic>,
    opaque: HashMap<ModuleId, Dynamic>,
    identities: HashSet<(ModuleId, u32, u32)>,
    order: HashMap<ModuleId, usize>,
    exhausted: bool,
}

impl Facts {
    /// Why a JSON document may not be what is written.
    pub(in crate::evaluate) fn document_changed(&self, m: ModuleId) -> Option<Dynamic> {
        self.changed(m, DOCUMENT)
    }

    /// Why the object made here may not be what is written.
    pub(in crate::evaluate) fn changed(&self, m: ModuleId, span: Span) -> Option<Dynamic> {
        if self.exhausted {
            return Some(Dynamic::new("the modules are too intricate to be followed"));
        }
        self.changed.get(&(m, span.start, span.end)).cloned()
    }

    /// Why the functions of the language may not do what they should.
    pub(in crate::evaluate) fn polluted(&self) -> Option<Dynamic> {
        self.polluted.clone()
    }

    /// Why nothing that a module declares is static.
    pub(in crate::evaluate) fn opaque(&self, m: ModuleId) -> Option<Dynamic> {
        self.opaque.get(&m).cloned()
    }

    /// Whether this call of a `define…` gives its argument back.
    pub(in crate::evaluate) fn is_identity(&self, m: ModuleId, span: Span) -> bool {
        self.identities.contains(&(m, span.start, span.end))
    }

    /// Whether a module has run when another one does.
    pub(in crate::evaluate) fn runs_before(&self, definer: ModuleId, m: ModuleId) -> bool {
        match (self.order.get(&definer), self.order.get(&m)) {
            (Some(definer), Some(m)) => definer <= m,
            _ => true,
        }
    }
}

impl Facts {
    /// Nothing is changed.
    pub(super) fn unchanged(modules: &mut Modules<'_>, identities: HashSet<(ModuleId, u32, u32)>) -> Self {
        Self {
            changed: HashMap::default(),
            polluted: None,
            opaque: HashMap::default(),
            identities,
            order: order(modules),
            exhausted: false,
        }
    }

    /// What the solved constraints say, with the line of each change.
    pub(super) fn conclude(
        modules: &mut Modules<'_>,
        graph: &Graph,
        found: Found,
        identities: HashSet<(ModuleId, u32, u32)>,
    ) -> Self {
        Self {
            changed: changed(modules, graph, &found),
            polluted: graph.polluted.map(|change| polluted(modules, change)),
            opaque: found.opaque,
            identities,
            order: order(modules),
            exhausted: graph.exhausted,
        }
    }
}

fn changed(modules: &Modules<'_>, graph: &Graph, found: &Found) -> HashMap<(ModuleId, u32, u32), Dynamic> {
    let mut lines: HashMap<(ModuleId, u32), u32> = HashMap::default();
    let mut reasons = HashMap::default();
    for &(m, span, site) in &found.sites {
        let Some(change) = graph.changed.get(&site) else { continue };
        let source = &modules.all[change.module].source;
        let line = *lines
            .entry((change.module, change.offset))
            .or_insert_with(|| source.position(change.offset).line);
        let file = if change.module == m { String::new() } else { format!(" of `{}`", source.path) };
        let help = if graph.is_array(site) {
            "Make a new array instead of changing this one: `[...list, item]`, `names.map((name) => ({ … }))`."
        } else {
            "Make a new object instead of changing this one."
        };
        let why = Dynamic::new(format!("it may be changed in line {line}{file}")).help(help);
        reasons.insert((m, span.start, span.end), why);
    }
    reasons
}

fn polluted(modules: &Modules<'_>, change: Change) -> Dynamic {
    let source = &modules.all[change.module].source;
    let line = source.position(change.offset).line;
    Dynamic::new(format!("line {line} of `{}` changes what the language itself does", source.path))
}
