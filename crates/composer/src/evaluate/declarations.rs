//! What a module declares at its top, and what it exports.

use std::{cell::OnceCell, sync::Arc};

use oxc::{
    ast::ast::{
        BindingPattern, Declaration, ExportDefaultDeclarationKind, ExportFromDeclaration, ImportDeclaration,
        ImportDeclarationSpecifier, ImportOrExportKind, ModuleExportName, Program, Statement,
        TSNamespaceDeclaration,
    },
    diagnostics::OxcDiagnostic,
    semantic::{Semantic, SymbolId},
    span::{GetSpan, SourceType},
};

use super::{
    common_js, compiled_enums,
    script::{Binding, Export, ImportName, Script, here},
    statics,
};
use crate::{
    diagnostic::Diagnostic,
    maps::{HashMap, HashSet, IndexMap},
    messages::reading as messages,
    source::{Origin, Source, Span},
};

/// The parser's own diagnostics as ours.
pub(super) fn syntax_errors<'d>(
    source: &Arc<Source>,
    found: impl Iterator<Item = &'d OxcDiagnostic>,
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<_> = found
        .take(10)
        .map(|error| {
            let labels: Vec<_> = error
                .labels
                .iter()
                .map(|label| {
                    let span = Span::new(label.offset(), label.offset() + label.len());
                    (Origin::new(source, span), label.label().unwrap_or_default().to_owned())
                })
                .collect();
            messages::syntax_error(&source.path, &error.message, &labels, error.help.as_deref())
        })
        .collect();
    if diagnostics.is_empty() {
        diagnostics.push(messages::syntax_error(&source.path, "it is no module", &[], None));
    }
    for diagnostic in &mut diagnostics {
        if diagnostic.labels.is_empty() {
            *diagnostic = diagnostic.clone().label(&Origin::file(source), "in this file");
        }
    }
    diagnostics
}

/// Indexes the top of a module.
pub(super) fn index<'a>(program: &'a Program<'a>, semantic: Semantic<'a>) -> Script<'a> {
    let mut script = Script {
        program,
        semantic,
        tree: OnceCell::new(),
        bindings: HashMap::default(),
        exports: IndexMap::default(),
        stars: Vec::new(),
        imports: Vec::new(),
        effects: Vec::new(),
        types: HashSet::default(),
        opaque: None,
        hoisted: HashSet::default(),
    };
    for statement in &program.body {
        script.statement(statement);
    }
    let enums: Vec<_> = program.body.iter().filter_map(|it| compiled_enums::filled(&script, it)).collect();
    script.bindings.extend(enums.into_iter().map(|(symbol, call)| (symbol, Binding::CompiledEnum(call))));
    if is_common_js(program.source_type, &script) {
        common_js::index(&mut script);
    }
    script
}

fn is_common_js(kind: SourceType, script: &Script<'_>) -> bool {
    kind.is_commonjs() || (script.exports.is_empty() && script.imports.is_empty() && script.stars.is_empty())
}

impl<'a> Script<'a> {
    fn statement(&mut self, statement: &'a Statement<'a>) {
        match statement {
            Statement::ImportDeclaration(import) => self.import(import),
            Statement::ExportAllDeclaration(all) if all.export_kind == ImportOrExportKind::Value => {
                let specifier = all.source.value.as_str();
                self.imports.push(specifier);
                match &all.exported {
                    None => self.stars.push(specifier),
                    Some(name) => {
                        let export =
                            Export::From { specifier, name: ImportName::Namespace, span: here(name.span()) };
                        self.exports.insert(export_name(name), export);
                    }
                }
            }
            Statement::ExportFromDeclaration(from) => self.export_from(from),
            Statement::ExportNamedDeclaration(named) if named.export_kind == ImportOrExportKind::Value => {
                for specifier in &named.specifiers {
                    if specifier.export_kind == ImportOrExportKind::Value {
                        self.export_local(&specifier.local, export_name(&specifier.exported));
                    }
                }
            }
            Statement::ExportDeclaration(export) => {
                self.declaration(&export.declaration);
                match &export.declaration {
                    Declaration::TSTypeAliasDeclaration(it) => {
                        self.types.insert(it.id.name.as_str());
                    }
                    Declaration::TSInterfaceDeclaration(it) => {
                        self.types.insert(it.id.name.as_str());
                    }
                    _ => {}
                }
                for (name, symbol, span) in declared(&export.declaration) {
                    self.exports.insert(name, Export::Symbol(symbol, span));
                }
            }
            Statement::ExportDefaultDeclaration(default) => self.export_default(&default.declaration),
            Statement::TSExportAssignment(assignment) => {
                self.exports.insert("default", Export::Expression(&assignment.expression));
            }
            Statement::ThrowStatement(_) => self.opaque = Some("the module throws when it is loaded".into()),
            _ => {
                if let Some(declaration) = statement.as_declaration() {
                    self.declaration(declaration);
                }
            }
        }
    }

    fn import(&mut self, import: &'a ImportDeclaration<'a>) {
        let specifier = import.source.value.as_str();
        if import.import_kind == ImportOrExportKind::Type {
            return;
        }
        let Some(specifiers) = &import.specifiers else {
            self.effects.push(specifier);
            self.imports.push(specifier);
            return;
        };
        self.imports.push(specifier);
        for binding in specifiers {
            let (local, name) = match binding {
                ImportDeclarationSpecifier::ImportSpecifier(it) => {
                    if it.import_kind == ImportOrExportKind::Type {
                        continue;
                    }
                    (&it.local, ImportName::Named(export_name(&it.imported)))
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(it) => {
                    (&it.local, ImportName::Named("default"))
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(it) => {
                    (&it.local, ImportName::Namespace)
                }
            };
            let span = here(binding.span());
            self.bindings.insert(local.symbol_id(), Binding::Import { specifier, name, span });
        }
    }

    fn export_from(&mut self, from: &'a ExportFromDeclaration<'a>) {
        if from.export_kind == ImportOrExportKind::Type {
            return;
        }
        let specifier = from.source.value.as_str();
        self.imports.push(specifier);
        for it in from.specifiers.iter().filter(|it| it.export_kind == ImportOrExportKind::Value) {
            let name = ImportName::Named(export_name(&it.local));
            self.exports
                .insert(export_name(&it.exported), Export::From { specifier, name, span: here(it.span) });
        }
    }

    fn export_local(&mut self, local: &'a ModuleExportName<'a>, exported: &'a str) {
        let ModuleExportName::IdentifierReference(reference) = local else { return };
        let symbol = self.semantic.scoping().get_reference(reference.reference_id()).symbol_id();
        let span = here(reference.span);
        // A name that only a type has is no export at run time.
        let export = match symbol {
            Some(symbol) if self.semantic.scoping().symbol_flags(symbol).is_value() => {
                Export::Symbol(symbol, span)
            }
            Some(symbol) if self.semantic.scoping().symbol_flags(symbol).is_import() => {
                Export::Symbol(symbol, span)
            }
            Some(_) => {
                self.types.insert(exported);
                return;
            }
            None => Export::Unknown("it is not declared in this module", span),
        };
        self.exports.insert(exported, export);
    }

    fn export_default(&mut self, default: &'a ExportDefaultDeclarationKind<'a>) {
        let export = match default {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                if let Some(id) = &function.id {
                    self.bindings.insert(id.symbol_id(), Binding::Function(function));
                }
                Export::Function(function)
            }
            ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                if let Some(id) = &class.id {
                    self.bindings.insert(id.symbol_id(), Binding::Class(class));
                }
                Export::Class(class)
            }
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => return,
            _ => match default.as_expression() {
                Some(expression) => Export::Expression(expression),
                None => return,
            },
        };
        self.exports.insert("default", export);
    }

    fn declaration(&mut self, declaration: &'a Declaration<'a>) {
        match declaration {
            Declaration::VariableDeclaration(it) if !it.declare && !it.kind.is_using() => {
                for declarator in &it.declarations {
                    for (_, symbol, _) in names(&declarator.id) {
                        self.bindings.insert(symbol, Binding::Variable(declarator));
                    }
                }
            }
            Declaration::FunctionDeclaration(it) if it.body.is_some() => {
                if let Some(id) = &it.id {
                    self.bindings.insert(id.symbol_id(), Binding::Function(it));
                }
            }
            Declaration::ClassDeclaration(it) if !it.declare => {
                if let Some(id) = &it.id {
                    self.bindings.insert(id.symbol_id(), Binding::Class(it));
                }
            }
            Declaration::TSEnumDeclaration(it) if !it.declare => {
                self.bindings.insert(it.id.symbol_id(), Binding::Enum(it));
            }
            Declaration::TSNamespaceDeclaration(it) if !it.declare => self.namespace(it),
            _ => {}
        }
    }

    /// The constants of a namespace are names in it.
    fn namespace(&mut self, namespace: &'a TSNamespaceDeclaration<'a>) {
        self.bindings.insert(namespace.id.symbol_id(), Binding::Namespace(namespace));
        for (declarator, _) in statics::declarators(namespace).into_iter().flatten() {
            for (_, symbol, _) in names(&declarator.id) {
                self.bindings.insert(symbol, Binding::Variable(declarator));
            }
        }
    }

    /// Whether a name is bound nowhere in the module.
    pub(super) fn is_global(&self, reference: &oxc::ast::ast::IdentifierReference<'_>) -> bool {
        self.symbol(reference).is_none()
    }

    /// The symbol that a name refers to.
    pub(super) fn symbol(&self, reference: &oxc::ast::ast::IdentifierReference<'_>) -> Option<SymbolId> {
        self.semantic.scoping().get_reference(reference.reference_id.get()?).symbol_id()
    }
}

fn export_name<'a>(name: &ModuleExportName<'a>) -> &'a str {
    match name {
        ModuleExportName::IdentifierName(name) => name.name.as_str(),
        ModuleExportName::IdentifierReference(name) => name.name.as_str(),
        ModuleExportName::StringLiteral(name) => name.value.as_str(),
    }
}

fn declared<'a>(declaration: &'a Declaration<'a>) -> Vec<(&'a str, SymbolId, Span)> {
    match declaration {
        Declaration::VariableDeclaration(it) if !it.declare => {
            it.declarations.iter().flat_map(|declarator| names(&declarator.id)).collect()
        }
        Declaration::FunctionDeclaration(it) if it.body.is_some() => {
            it.id.iter().map(|id| name(id)).collect()
        }
        Declaration::ClassDeclaration(it) if !it.declare => it.id.iter().map(|id| name(id)).collect(),
        Declaration::TSEnumDeclaration(it) if !it.declare => vec![name(&it.id)],
        Declaration::TSNamespaceDeclaration(it) if !it.declare => vec![name(&it.id)],
        _ => Vec::new(),
    }
}

fn name<'a>(id: &oxc::ast::ast::BindingIdentifier<'a>) -> (&'a str, SymbolId, Span) {
    (id.name.as_str(), id.symbol_id(), here(id.span))
}

/// Every name that a pattern binds.
pub(super) fn names<'a>(pattern: &'a BindingPattern<'a>) -> Vec<(&'a str, SymbolId, Span)> {
    let mut found = Vec::new();
    let mut open = vec![pattern];
    while let Some(pattern) = open.pop() {
        match pattern {
            BindingPattern::BindingIdentifier(id) => found.push(name(id)),
            BindingPattern::AssignmentPattern(it) => open.push(&it.left),
            BindingPattern::ObjectPattern(it) => {
                open.extend(it.rest.iter().map(|rest| &rest.argument));
                open.extend(it.properties.iter().rev().map(|property| &property.value));
            }
            BindingPattern::ArrayPattern(it) => {
                open.extend(it.rest.iter().map(|rest| &rest.argument));
                open.extend(it.elements.iter().rev().flatten());
            }
        }
    }
    found
}
