//! A module's code as constraints. Whatever is not understood is taken for the worst.

mod assignments;
mod calls;
mod classes;
mod expressions;
mod functions;
mod helpers;
mod language_calls;
mod methods;
mod patterns;
mod statements;

use oxc::{ast_visit::Visit, span::Span};

use super::{
    constraint::{Body, Change, Key, Kind, LANGUAGE, Site, Use, Var, WINDOW},
    found::Found,
    graph::Graph,
};
use crate::evaluate::{
    ReadOptions,
    script::{ModuleId, Script},
};

/// Walks one module.
pub(super) struct Walker<'w, 'a> {
    m: ModuleId,
    script: &'w Script<'a>,
    options: &'w ReadOptions,
    graph: &'w mut Graph,
    found: &'w mut Found,
    /// The function whose body is walked.
    owner: Option<Body>,
    /// What that function returns.
    result: Option<Var>,
    this: Option<Var>,
    module: Var,
    exports: Var,
    language: Var,
    window: Var,
    /// The modules whose functions are called while this one is loaded.
    called: Vec<&'a str>,
}

impl<'w, 'a> Walker<'w, 'a> {
    pub(super) fn new(
        m: ModuleId,
        script: &'w Script<'a>,
        options: &'w ReadOptions,
        graph: &'w mut Graph,
        found: &'w mut Found,
    ) -> Self {
        let holding = |graph: &mut Graph, site: Site| {
            let var = graph.var();
            graph.point(var, site);
            var
        };
        let (module, exports) = (graph.site(Kind::Object), graph.site(Kind::Object));
        let (language, window) = (holding(graph, LANGUAGE), holding(graph, WINDOW));
        let exports_var = holding(graph, exports);
        graph.put(module, Key::Named("exports".into()), exports_var);
        let module = holding(graph, module);
        Self {
            m,
            script,
            options,
            graph,
            found,
            owner: None,
            result: None,
            this: None,
            module,
            exports: exports_var,
            language,
            window,
            called: Vec::new(),
        }
    }

    /// The specifiers of the modules whose functions run while this one is loaded.
    pub(super) fn walk(mut self) -> Vec<&'a str> {
        self.visit_program(self.script.program);
        self.called
    }

    fn change(&self, span: Span) -> Change {
        Change { module: self.m, offset: span.start }
    }

    fn escape(&mut self, var: Option<Var>, span: Span) {
        let change = self.change(span);
        if let Some(var) = var {
            self.graph.act(var, self.owner, Use::Escape(change));
        }
    }

    fn calls(&mut self, var: Option<Var>) {
        if let Some(var) = var {
            self.graph.act(var, self.owner, Use::Call);
        }
    }

    fn either(&mut self, left: Option<Var>, right: Option<Var>) -> Option<Var> {
        let (Some(left), Some(right)) = (left, right) else { return left.or(right) };
        let var = self.graph.var();
        self.graph.copy(left, var);
        self.graph.copy(right, var);
        Some(var)
    }

    /// A new site for what an expression makes, and a variable that holds it.
    fn make(&mut self, kind: Kind, span: Span) -> (Site, Var) {
        let site = self.graph.site(kind);
        let var = self.graph.var();
        self.graph.point(var, site);
        self.found.sites.push((self.m, span, site));
        (site, var)
    }
}
