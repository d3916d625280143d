//! Statements and declarations; what is not named here is walked through to the expressions in it.

use oxc::{
    ast::ast::{
        ArrowFunctionExpression, CatchClause, Class, ExportDefaultDeclaration, ExportDefaultDeclarationKind,
        Expression, ForInStatement, ForOfStatement, ForStatementLeft, Function, ReturnStatement,
        TSEnumDeclaration, TSExportAssignment, TSNamespaceDeclaration, ThrowStatement, VariableDeclarator,
        WithStatement,
    },
    ast_visit::{Visit, walk},
    span::Span,
    syntax::scope::ScopeFlags,
};

use super::{
    super::constraint::{Key, Kind, Var},
    Walker,
};
use crate::{
    evaluate::{declarations, statics},
    value::Dynamic,
};

impl<'x> Visit<'x> for Walker<'_, '_> {
    fn visit_expression(&mut self, it: &Expression<'x>) {
        self.expression(it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'x>) {
        let value = it.init.as_ref().and_then(|init| self.expression(init));
        self.bind(&it.id, value);
    }

    fn visit_function(&mut self, it: &Function<'x>, _flags: ScopeFlags) {
        self.function(it);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'x>) {
        self.arrow(it);
    }

    fn visit_class(&mut self, it: &Class<'x>) {
        self.class(it);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'x>) {
        let returned = it.argument.as_ref().and_then(|it| self.expression(it));
        self.returns(returned);
    }

    fn visit_throw_statement(&mut self, it: &ThrowStatement<'x>) {
        let thrown = self.expression(&it.argument);
        self.escape(thrown, it.span);
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'x>) {
        walk::walk_block_statement(self, &it.body);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'x>) {
        let held = self.contents(&it.right);
        self.loop_target(&it.left, held, it.span);
        self.visit_statement(&it.body);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'x>) {
        self.expression(&it.right);
        self.loop_target(&it.left, None, it.span);
        self.visit_statement(&it.body);
    }

    fn visit_with_statement(&mut self, it: &WithStatement<'x>) {
        let why = Dynamic::new("the module has a `with` statement, which may change anything");
        self.found.opaque.insert(self.m, why);
        walk::walk_with_statement(self, it);
    }

    fn visit_ts_enum_declaration(&mut self, it: &TSEnumDeclaration<'x>) {
        let (_, var) = self.make(Kind::Object, it.span);
        let symbol = self.found.symbol(self.graph, self.m, it.id.symbol_id());
        self.graph.copy(var, symbol);
        for member in &it.body.members {
            if let Some(initializer) = &member.initializer {
                self.expression(initializer);
            }
        }
    }

    /// A namespace is an object that holds what it exports.
    fn visit_ts_namespace_declaration(&mut self, it: &TSNamespaceDeclaration<'x>) {
        let (site, var) = self.make(Kind::Object, it.span);
        let symbol = self.found.symbol(self.graph, self.m, it.id.symbol_id());
        self.graph.copy(var, symbol);
        for (declarator, _) in statics::declarators(it).into_iter().flatten() {
            for (_, name, _) in declarations::names(&declarator.id) {
                let held = self.found.symbol(self.graph, self.m, name);
                self.graph.put(site, Key::Any, held);
            }
        }
        walk::walk_ts_namespace_declaration(self, it);
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'x>) {
        let value = match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(it) => Some(self.function(it)),
            ExportDefaultDeclarationKind::ClassDeclaration(it) => Some(self.class(it)),
            declaration => declaration.as_expression().and_then(|it| self.expression(it)),
        };
        self.found.defaults.extend(value.map(|value| (self.m, value)));
    }

    fn visit_ts_export_assignment(&mut self, it: &TSExportAssignment<'x>) {
        let value = self.expression(&it.expression);
        self.found.defaults.extend(value.map(|value| (self.m, value)));
    }
}

impl Walker<'_, '_> {
    pub(super) fn loop_target(&mut self, left: &ForStatementLeft<'_>, held: Option<Var>, span: Span) {
        match left {
            ForStatementLeft::VariableDeclaration(it) => {
                for declarator in &it.declarations {
                    self.bind(&declarator.id, held);
                }
            }
            _ => {
                if let Some(target) = left.as_assignment_target() {
                    self.target(target, held, span);
                }
            }
        }
    }
}
