//! The modules that are read: loaded once, parsed into one arena, indexed by what they declare and export.

use std::{
    cell::OnceCell,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use oxc::{
    allocator::Allocator,
    ast::ast::Program,
    parser::{ParseOptions, Parser},
    semantic::SemanticBuilder,
    span::SourceType,
};

use super::{
    ReadFile, ReadOptions, Reading, declarations, fingerprint, json, nesting,
    resolve::{Resolver, Target},
    script::{ModuleId, Script, here},
};
use crate::{
    diagnostic::Diagnostic,
    disk::Disk,
    maps::HashMap,
    messages::reading as messages,
    source::{Origin, Source, Span},
    value::Value,
    workspace::Workspace,
};

/// Sources over this many bytes are refused.
const LARGEST: usize = 32 << 20;

/// Every module loaded so far.
pub(super) struct Modules<'a> {
    allocator: &'a Allocator,
    disk: &'a dyn Disk,
    pub(super) options: &'a ReadOptions,
    pub(super) resolver: Resolver<'a>,
    pub(super) all: Vec<Loaded<'a>>,
    by_path: HashMap<PathBuf, ModuleId>,
}

/// A module and what was found in it.
pub(super) struct Loaded<'a> {
    pub(super) path: PathBuf,
    pub(super) source: Arc<Source>,
    pub(super) content: Content<'a>,
    pub(super) diagnostics: Vec<Diagnostic>,
    leads: HashMap<String, Rc<Lead>>,
}

/// Where a specifier leads, found out once.
pub(super) struct Lead {
    pub(super) target: Target,
    /// The target without links, once somebody has asked.
    real: OnceCell<PathBuf>,
}

impl Loaded<'_> {
    /// A digest of its code, or of its text if it has none. What was read from it is no part of its code.
    fn code(&self, exported: Option<&Value>) -> u64 {
        match (&self.content, exported) {
            (Content::Script(script), Some(exported)) => {
                fingerprint::of_configuration(script.program, &self.source, exported)
            }
            (Content::Script(script), None) => fingerprint::of_program(script.program),
            _ => fingerprint::of_text(&self.source.text),
        }
    }
}

/// What a file holds.
pub(super) enum Content<'a> {
    /// JavaScript or TypeScript.
    Script(Box<Script<'a>>),
    /// A JSON document.
    Json(Value),
    /// Nothing that could be read; the diagnostics say why.
    Nothing,
}

impl<'a> Modules<'a> {
    pub(super) fn new(
        allocator: &'a Allocator,
        disk: &'a dyn Disk,
        workspace: &'a Workspace,
        options: &'a ReadOptions,
    ) -> Self {
        let resolver = Resolver::new(disk, workspace);
        Self { allocator, disk, options, resolver, all: Vec::new(), by_path: HashMap::default() }
    }

    /// The module that everything starts with. Its package may be behind a link.
    pub(super) fn enter(&mut self, path: &Path) -> ModuleId {
        let real = self.disk.real_path(path).unwrap_or_else(|_| path.to_path_buf());
        self.resolver.note_package(path, &real);
        self.load_real(&real)
    }

    fn load_real(&mut self, path: &Path) -> ModuleId {
        if let Some(&id) = self.by_path.get(path) {
            return id;
        }
        let loaded = self.read(path);
        self.by_path.insert(path.to_path_buf(), self.all.len());
        self.all.push(loaded);
        self.all.len() - 1
    }

    /// The module that a specifier in another leads to, if it leads to one that can be read.
    pub(super) fn follow(&mut self, from: ModuleId, specifier: &str) -> Option<ModuleId> {
        let lead = self.lead(from, specifier);
        let real = self.real(&lead)?;
        Some(self.load_real(real))
    }

    /// Where a specifier in a module leads.
    pub(super) fn lead(&mut self, from: ModuleId, specifier: &str) -> Rc<Lead> {
        if let Some(known) = self.all[from].leads.get(specifier) {
            return Rc::clone(known);
        }
        let target = self.resolver.resolve(&self.all[from].path, specifier);
        let lead = Rc::new(Lead { target, real: OnceCell::new() });
        self.all[from].leads.insert(specifier.to_owned(), Rc::clone(&lead));
        lead
    }

    /// The module that a lead leads to, without links.
    fn real<'l>(&self, lead: &'l Lead) -> Option<&'l Path> {
        let Target::Module(file) = &lead.target else { return None };
        Some(lead.real.get_or_init(|| self.disk.real_path(file).unwrap_or_else(|_| file.clone())))
    }

    /// As [`follow`](Self::follow), but only to a module that is loaded already.
    pub(super) fn known(&mut self, from: ModuleId, specifier: &str) -> Option<ModuleId> {
        let lead = self.lead(from, specifier);
        self.by_path.get(self.real(&lead)?).copied()
    }

    /// The loaded module of a path relative to the workspace root.
    pub(super) fn named(&self, path: &str) -> Option<ModuleId> {
        self.all.iter().position(|module| module.source.path == path)
    }

    pub(super) fn script(&self, id: ModuleId) -> Option<&Script<'a>> {
        match &self.all[id].content {
            Content::Script(script) => Some(script),
            _ => None,
        }
    }

    pub(super) fn origin(&self, id: ModuleId, span: impl Into<Place>) -> Origin {
        Origin::new(&self.all[id].source, span.into().0)
    }

    /// A path as messages and references name it.
    pub(super) fn relative(&self, path: &Path) -> String {
        self.resolver.places.name(path)
    }

    /// What was read so far. `exported` is what was read from the entry.
    pub(super) fn reading(&self, exported: Option<&Value>) -> Reading {
        let files = self.all.iter().enumerate().map(|(id, module)| ReadFile {
            file: module.source.path.clone(),
            path: module.path.clone(),
            code: module.code(exported.filter(|_| id == 0)),
        });
        Reading { files: files.collect(), packages: self.resolver.packages.clone() }
    }

    fn read(&self, path: &Path) -> Loaded<'a> {
        let mut source = Source::new(self.relative(path), "");
        let fail = |source: Source, diagnostic: &dyn Fn(&Origin) -> Diagnostic| {
            let source = Arc::new(source);
            let diagnostics = vec![diagnostic(&Origin::file(&source))];
            Loaded {
                path: path.to_path_buf(),
                source,
                content: Content::Nothing,
                diagnostics,
                leads: HashMap::default(),
            }
        };
        let bytes = match self.disk.read(path) {
            Ok(bytes) if bytes.len() > LARGEST => {
                return fail(source, &|at| messages::too_large(at, LARGEST));
            }
            Ok(bytes) => bytes,
            Err(error) => return fail(source, &|at| messages::unreadable(at, &error.to_string())),
        };
        match str::from_utf8(&bytes) {
            Ok(text) => source.text.push_str(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(error) => return fail(source, &|at| messages::not_utf8(at, error.valid_up_to())),
        }
        let source = Arc::new(source);
        let (content, diagnostics) = self.parse(path, &source);
        Loaded { path: path.to_path_buf(), source, content, diagnostics, leads: HashMap::default() }
    }

    /// What a text holds, and what is wrong with it.
    fn parse(&self, path: &Path, source: &Arc<Source>) -> (Content<'a>, Vec<Diagnostic>) {
        if path.extension().is_some_and(|extension| extension == "json") {
            return match json::read(source, json::Dialect::Strict) {
                Ok(value) => (Content::Json(value), Vec::new()),
                Err(diagnostic) => (Content::Nothing, vec![diagnostic]),
            };
        }
        let Ok(kind) = SourceType::from_path(path) else {
            return (Content::Nothing, vec![messages::unknown_kind(&Origin::file(source))]);
        };
        if !nesting::is_bearable(&source.text) {
            let message = messages::nested_too_deeply(&Origin::file(source), nesting::BRACKETS);
            return (Content::Nothing, vec![message]);
        }
        self.parse_script(source, if kind.is_javascript() { kind.with_jsx(true) } else { kind })
    }

    fn parse_script(&self, source: &Arc<Source>, kind: SourceType) -> (Content<'a>, Vec<Diagnostic>) {
        let text: &'a str = self.allocator.alloc_str(&source.text);
        let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
        let parsed = Parser::new(self.allocator, text, kind).with_options(options).parse();
        if !parsed.diagnostics.is_empty() || parsed.panicked {
            let found = declarations::syntax_errors(source, parsed.diagnostics.iter());
            return (Content::Nothing, found);
        }
        let program: &'a Program<'a> = self.allocator.alloc(parsed.program);
        let built = SemanticBuilder::new().with_check_syntax_error(true).build(program);
        if !built.diagnostics.is_empty() {
            let found = declarations::syntax_errors(source, built.diagnostics.iter());
            return (Content::Nothing, found);
        }
        (Content::Script(Box::new(declarations::index(program, built.semantic))), Vec::new())
    }
}

/// A span of ours or of oxc.
pub(super) struct Place(Span);

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

impl From<oxc::span::Span> for Place {
    fn from(span: oxc::span::Span) -> Self {
        Self(here(span))
    }
}
