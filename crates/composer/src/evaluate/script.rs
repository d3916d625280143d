//! A module of JavaScript or TypeScript: what it declares, imports and exports.

use std::cell::OnceCell;

use oxc::{
    ast::ast::{
        CallExpression, Class, Expression, Function, Program, TSEnumDeclaration, TSNamespaceDeclaration,
        VariableDeclarator,
    },
    semantic::{AstNodes, Semantic, SemanticBuilder, SymbolId},
};

use crate::{
    maps::{HashMap, HashSet, IndexMap},
    source::Span,
};

/// A module's number: the entry is 0.
pub(super) type ModuleId = usize;

/// A parsed module, its bindings resolved.
pub(super) struct Script<'a> {
    pub(super) program: &'a Program<'a>,
    pub(super) semantic: Semantic<'a>,
    /// With all nodes, once somebody has asked.
    pub(super) tree: OnceCell<Semantic<'a>>,
    pub(super) bindings: HashMap<SymbolId, Binding<'a>>,
    pub(super) exports: IndexMap<&'a str, Export<'a>>,
    /// `export * from`
    pub(super) stars: Vec<&'a str>,
    /// Every specifier of a static import or re-export, types aside.
    pub(super) imports: Vec<&'a str>,
    /// `import './x'`: run for what it does.
    pub(super) effects: Vec<&'a str>,
    /// The names that only types have.
    pub(super) types: HashSet<&'a str>,
    /// The names that functions in blocks give to a sloppy script as a whole.
    pub(super) hoisted: HashSet<&'a str>,
    /// Why nothing in the module is static, if so.
    pub(super) opaque: Option<String>,
}

impl<'a> Script<'a> {
    /// Every node of the program and what stands around it, which hardly any module is asked for. Numbers are those of
    /// [`semantic`](Self::semantic): both count in the same order.
    pub(super) fn nodes(&self) -> &AstNodes<'a> {
        let build = || SemanticBuilder::new().with_build_nodes(true).build(self.program).semantic;
        self.tree.get_or_init(build).nodes()
    }
}

/// What declares a name at the top of a module.
#[derive(Clone, Copy)]
pub(super) enum Binding<'a> {
    Variable(&'a VariableDeclarator<'a>),
    Import {
        specifier: &'a str,
        name: ImportName<'a>,
        span: Span,
    },
    Function(&'a Function<'a>),
    Class(&'a Class<'a>),
    Enum(&'a TSEnumDeclaration<'a>),
    /// An enum that a compiler has written as a call which fills it.
    CompiledEnum(&'a CallExpression<'a>),
    Namespace(&'a TSNamespaceDeclaration<'a>),
}

/// What an import or re-export asks of another module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ImportName<'a> {
    Named(&'a str),
    Namespace,
}

/// What stands behind an exported name.
#[derive(Clone, Copy)]
pub(super) enum Export<'a> {
    Symbol(SymbolId, Span),
    Expression(&'a Expression<'a>),
    Function(&'a Function<'a>),
    Class(&'a Class<'a>),
    From { specifier: &'a str, name: ImportName<'a>, span: Span },
    Unknown(&'static str, Span),
}

/// oxc's span as ours.
pub(super) fn here(span: oxc::span::Span) -> Span {
    Span::new(span.start, span.end)
}
