//! Names → values: declarations of a module, and what it imports from others.

use std::rc::Rc;

use oxc::{
    ast::ast::{BindingPattern, Expression, VariableDeclarator},
    semantic::SymbolId,
    span::{GetSpan, Span},
};

use super::{
    callee::{Root, dotted},
    definitions::Found,
    expression::Evaluator,
    modules::Content,
    resolve::{Target, Tried},
    script::{Binding, Export, ImportName, ModuleId, here},
};
use crate::{
    maps::HashSet,
    messages::reading as messages,
    source::Origin,
    value::{Code, Dynamic, Import, Value, ValueKind},
};

impl<'a> Evaluator<'_, 'a> {
    /// What a symbol stands for once its module has run.
    pub(super) fn symbol(&mut self, m: ModuleId, symbol: SymbolId, at: Span) -> Rc<Value> {
        let key = (m, symbol);
        if let Some(value) = self.values.get(&key) {
            return Rc::clone(value);
        }
        if !self.open.insert(key) {
            return Rc::new(self.dynamic(m, at, Dynamic::new("its definition needs its own value")));
        }
        let moment = self.moment.take();
        let value = self.define(m, symbol, at);
        self.moment = moment;
        self.open.remove(&key);
        self.values.insert(key, Rc::clone(&value));
        value
    }

    fn define(&mut self, m: ModuleId, symbol: SymbolId, at: Span) -> Rc<Value> {
        let Some(script) = self.modules.script(m) else {
            return Rc::new(self.dynamic(m, at, Dynamic::new("its module cannot be read")));
        };
        let name = script.semantic.scoping().symbol_name(symbol).to_owned();
        let why = script.opaque.clone().map(Dynamic::new).or_else(|| self.facts.opaque(m));
        let binding = script.bindings.get(&symbol).copied();
        // The one assignment to an enum that is compiled is a part of its declaration.
        let is_filled = matches!(binding, Some(Binding::CompiledEnum(_)));
        if let Some(why) = why.or_else(|| self.reassigned(m, symbol, &name).filter(|_| !is_filled)) {
            return Rc::new(self.dynamic(m, at, why));
        }
        let Some(binding) = binding else {
            let why = Dynamic::new(format!("`{name}` is declared inside a function or a block"))
                .help("Declare it at the top of the module.");
            return Rc::new(self.dynamic(m, at, why));
        };
        match binding {
            Binding::Variable(declarator) => self.variable(m, declarator, symbol),
            Binding::Function(it) => {
                Rc::new(Value::new(ValueKind::Code(Code::Function), self.modules.origin(m, it.span)))
            }
            Binding::Class(it) => {
                Rc::new(Value::new(ValueKind::Code(Code::Class), self.modules.origin(m, it.span)))
            }
            Binding::Enum(it) => Rc::new(self.enumeration(m, it)),
            Binding::CompiledEnum(it) => Rc::new(self.call(m, it)),
            Binding::Namespace(it) => Rc::new(self.namespace_object(m, it)),
            Binding::Import { specifier, name, span } => Rc::new(self.import(m, specifier, name, span)),
        }
    }

    /// Why a name may stand for another value than its definition says.
    pub(super) fn reassigned(&self, m: ModuleId, symbol: SymbolId, name: &str) -> Option<Dynamic> {
        let script = self.modules.script(m)?;
        let scoping = script.semantic.scoping();
        let help = "Use a `const` that is never assigned again.";
        let function = matches!(script.bindings.get(&symbol), Some(Binding::Function(_)));
        if script.hoisted.contains(name) {
            return Some(Dynamic::new(format!("a function in a block is called `{name}` too")).help(help));
        }
        let values = scoping.symbol_redeclarations(symbol).iter().filter(|it| it.flags.is_value()).count();
        if values > 1 && !function {
            return Some(Dynamic::new(format!("`{name}` is declared more than once")).help(help));
        }
        let write = scoping.get_resolved_references(symbol).find(|reference| reference.is_write())?;
        let line = self.modules.origin(m, script.nodes().kind(write.node_id()).span());
        let line = line.source.position(line.span.start).line;
        Some(Dynamic::new(format!("`{name}` is reassigned in line {line}")).help(help))
    }

    fn variable(
        &mut self,
        m: ModuleId,
        declarator: &'a VariableDeclarator<'a>,
        symbol: SymbolId,
    ) -> Rc<Value> {
        let value = match &declarator.init {
            Some(init) => self.shared(m, init),
            None => Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(m, declarator.span))),
        };
        if matches!(declarator.id, BindingPattern::BindingIdentifier(_)) {
            return value;
        }
        let part = self.destructure(m, &declarator.id, value, symbol);
        part.unwrap_or_else(|| {
            Rc::new(self.dynamic(m, declarator.span, Dynamic::new("the pattern does not bind it")))
        })
    }

    fn import(
        &mut self,
        m: ModuleId,
        specifier: &'a str,
        name: ImportName<'a>,
        span: crate::source::Span,
    ) -> Value {
        let origin = self.modules.origin(m, span);
        match self.target(m, specifier, &origin) {
            Ok(target) => match name {
                ImportName::Named(name) => self.imported_at(m, specifier, target, name, &origin),
                ImportName::Namespace => self.namespace(specifier, target, &origin),
            },
            Err(Some(import)) => {
                let export = match name {
                    ImportName::Named(name) => name.to_owned(),
                    ImportName::Namespace => "*".to_owned(),
                };
                Value::new(ValueKind::Code(Code::Import(Import { export, ..import })), origin)
            }
            Err(None) => {
                let why = Dynamic::new(format!("`{specifier}` leads to no file"));
                Value::new(ValueKind::Dynamic(why.help("Correct the path of the import.")), origin)
            }
        }
    }

    /// The module that a specifier leads to; else a reference to what is no module of the workspace, or nothing.
    pub(super) fn target(
        &mut self,
        m: ModuleId,
        specifier: &str,
        origin: &Origin,
    ) -> Result<ModuleId, Option<Import>> {
        let elsewhere = |file: Option<String>| Import {
            specifier: specifier.to_owned(),
            file,
            export: String::new(),
            lazy: false,
            call: None,
        };
        if let Some(module) = self.modules.follow(m, specifier) {
            return Ok(module);
        }
        match &self.modules.lead(m, specifier).target {
            Target::Module(path) | Target::Asset(path) => {
                Err(Some(elsewhere(Some(self.modules.relative(path)))))
            }
            Target::External => Err(Some(elsewhere(None))),
            Target::Missing(tried) => {
                self.report_missing(origin, specifier, tried);
                Err(None)
            }
        }
    }

    fn namespace(&self, specifier: &str, target: ModuleId, origin: &Origin) -> Value {
        let import = Import {
            specifier: specifier.to_owned(),
            file: Some(self.modules.relative(&self.modules.all[target].path)),
            export: "*".into(),
            lazy: false,
            call: None,
        };
        Value::new(ValueKind::Code(Code::Import(import)), origin.clone())
    }

    /// An export of another module, as it is seen where it is imported.
    pub(super) fn imported(
        &mut self,
        m: ModuleId,
        specifier: &str,
        target: ModuleId,
        name: &str,
        span: Span,
    ) -> Value {
        let origin = self.modules.origin(m, span);
        self.imported_at(m, specifier, target, name, &origin)
    }

    pub(super) fn imported_at(
        &mut self,
        m: ModuleId,
        specifier: &str,
        target: ModuleId,
        name: &str,
        at: &Origin,
    ) -> Value {
        if matches!(self.modules.all[target].content, Content::Nothing) {
            let why = Dynamic::new(format!("`{}` cannot be read", self.modules.all[target].source.path));
            return Value::new(ValueKind::Dynamic(why), at.clone());
        }
        match self.find(target, name, at, &mut HashSet::default()) {
            Found::Export(definer, name, export) => {
                let value = self.export(definer, export);
                let value = self.referenced(specifier, definer, name, export, value, at);
                self.after_its_module(m, definer, name, value, at)
            }
            Found::Json(module, name) => self.json_export(module, &name, at),
            Found::Namespace(module) => self.namespace(specifier, module, at),
            Found::Elsewhere(import) => Value::new(ValueKind::Code(Code::Import(import)), at.clone()),
            Found::Ambiguous => {
                let why = Dynamic::new(format!("two modules export `{name}` through `export *`"));
                Value::new(ValueKind::Dynamic(why.help("Export it by name.")), at.clone())
            }
            Found::Missing => self.missing(target, name, at),
        }
    }

    fn json_export(&mut self, target: ModuleId, name: &str, at: &Origin) -> Value {
        let Some(document) = self.json(target).cloned() else { return self.missing(target, name, at) };
        if let Some(why) = self.facts.document_changed(target) {
            return Value::new(ValueKind::Dynamic(why), at.clone());
        }
        if name == "default" {
            return self.part(&document);
        }
        match super::convert::get(&document, name) {
            Ok(super::convert::Got::Part(value)) => self.part(value),
            _ => self.missing(target, name, at),
        }
    }

    fn missing(&mut self, target: ModuleId, name: &str, at: &Origin) -> Value {
        let path = self.modules.all[target].source.path.clone();
        if (0..self.modules.all.len())
            .any(|m| self.modules.script(m).is_some_and(|it| it.types.contains(name)))
        {
            return Value::new(ValueKind::Dynamic(Dynamic::new(format!("`{name}` is a type"))), at.clone());
        }
        let names: Vec<&str> = match &self.modules.all[target].content {
            Content::Script(script) => script.exports.keys().copied().collect(),
            _ => Vec::new(),
        };
        let similar = names
            .iter()
            .map(|it| (strsim::damerau_levenshtein(it, name), *it))
            .filter(|&(distance, it)| distance <= 1 + it.len().min(name.len()) / 4)
            .min();
        let similar = similar.map(|(_, it)| it.to_owned());
        self.report(messages::missing_export(at, name, &path, similar.as_deref()));
        Value::new(ValueKind::Dynamic(Dynamic::new(format!("`{path}` does not export `{name}`"))), at.clone())
    }

    /// The value of an export of a module.
    pub(super) fn export(&mut self, m: ModuleId, export: Export<'a>) -> Value {
        let opaque = self.modules.script(m).and_then(|script| script.opaque.clone()).map(Dynamic::new);
        let opaque = opaque.or_else(|| self.facts.opaque(m));
        let place = |span: crate::source::Span| self.modules.origin(m, span);
        match export {
            Export::Expression(expression) => match opaque {
                Some(why) => self.dynamic(m, expression.span(), why),
                None => self.eval(m, expression),
            },
            Export::Symbol(symbol, span) => {
                let at = Span::new(span.start, span.end);
                let value = self.symbol(m, symbol, at);
                self.owned(value)
            }
            Export::Function(it) => {
                Value::new(ValueKind::Code(Code::Function), self.modules.origin(m, it.span))
            }
            Export::Class(it) => Value::new(ValueKind::Code(Code::Class), self.modules.origin(m, it.span)),
            Export::Unknown(why, span) => Value::new(ValueKind::Dynamic(Dynamic::new(why)), place(span)),
            Export::From { specifier, name, span } => self.import(m, specifier, name, span),
        }
    }

    /// Code of another module is a reference to its export; data stays what it is.
    fn referenced(
        &self,
        specifier: &str,
        definer: ModuleId,
        name: &str,
        export: Export<'a>,
        value: Value,
        at: &Origin,
    ) -> Value {
        let reference = match &value.kind {
            ValueKind::Code(Code::Import(_)) => false,
            ValueKind::Code(_) => true,
            ValueKind::Dynamic(_) => self.makes_code(definer, export, &value),
            _ => false,
        };
        if !reference {
            return value;
        }
        let import = Import {
            specifier: specifier.to_owned(),
            file: Some(self.modules.relative(&self.modules.all[definer].path)),
            export: name.to_owned(),
            lazy: false,
            call: None,
        };
        Value::new(ValueKind::Code(Code::Import(import)), at.clone())
    }

    /// Whether an export is what a call makes (`memo(…)`, `styled.div`): then it is taken for code.
    fn makes_code(&self, m: ModuleId, export: Export<'a>, value: &Value) -> bool {
        let Some(script) = self.modules.script(m) else { return false };
        let expression = match export {
            Export::Expression(it) => Some(it),
            Export::Symbol(symbol, _) => match script.bindings.get(&symbol) {
                Some(Binding::Variable(VariableDeclarator {
                    init,
                    id: BindingPattern::BindingIdentifier(_),
                    ..
                })) if self.reassigned(m, symbol, "").is_none() => init.as_ref(),
                _ => None,
            },
            _ => None,
        };
        let Some(expression) = expression.map(Expression::get_inner_expression) else { return false };
        let runs = match expression {
            Expression::CallExpression(it) => {
                dotted(script, &it.callee).is_some_and(|name| name.root != Root::Global)
            }
            Expression::NewExpression(_) | Expression::TaggedTemplateExpression(_) => true,
            _ => false,
        };
        runs && value.origin.span == here(expression.span())
    }

    /// Data that is needed while the module that declares it is still to run is not there yet.
    fn after_its_module(
        &mut self,
        m: ModuleId,
        definer: ModuleId,
        name: &str,
        value: Value,
        at: &Origin,
    ) -> Value {
        if matches!(value.kind, ValueKind::Code(_)) || self.facts.runs_before(definer, m) {
            return value;
        }
        let path = self.modules.all[definer].source.path.clone();
        self.report(messages::cyclic_import(at, name, &path));
        let why = Dynamic::new(format!("`{name}` is needed before `{path}` has run"));
        Value::new(ValueKind::Dynamic(why.help("Break the cycle of imports.")), at.clone())
    }

    /// An import that leads nowhere.
    pub(super) fn report_missing(&mut self, origin: &Origin, specifier: &str, tried: &Tried) {
        for problem in self.modules.resolver.missing(origin, specifier, tried) {
            self.report(problem);
        }
    }

    /// Adds a diagnostic, once.
    pub(super) fn report(&mut self, diagnostic: crate::diagnostic::Diagnostic) {
        let there =
            self.diagnostics.iter().any(|it| it.code == diagnostic.code && it.message == diagnostic.message);
        if !there {
            self.diagnostics.push(diagnostic);
        }
    }
}
