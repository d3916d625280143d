//! Calls of a `define…` or of a wrapper, noted to be judged once its definition is known.

use oxc::ast::ast::{CallExpression, Expression};

use super::{
    super::{
        constraint::Var,
        helper::{Helper, is_identity},
    },
    Walker,
};
use crate::evaluate::{
    calls::{Name, Root},
    modules::{Binding, ImportName},
};

impl Walker<'_, '_> {
    pub(super) fn helper(&mut self, call: &CallExpression<'_>, name: &Name, wrapper: bool) -> Var {
        let arguments: Vec<Var> = self.arguments(&call.arguments).into_iter().flatten().collect();
        let result = self.graph.var();
        let mut import = None;
        let mut trusted = wrapper && name.root != Root::Local;
        match name.root {
            Root::Global => trusted = true,
            Root::Imported => {
                self.note_called_anywhere(&call.callee);
                import = self.imported_name(&call.callee, &name.text);
                trusted |= import.is_none();
            }
            Root::Local => {
                if let Expression::Identifier(it) = call.callee.get_inner_expression() {
                    trusted = self.script.symbol(it).is_some_and(|symbol| is_identity(self.script, symbol));
                }
            }
        }
        trusted &= call.arguments.len() == 1;
        let import = import.filter(|_| !trusted && call.arguments.len() == 1);
        self.found.helpers.push(Helper {
            module: self.m,
            span: call.span,
            trusted,
            import,
            arguments,
            result,
            owner: self.owner,
            change: self.change(call.span),
        });
        result
    }

    /// The module and the export that a callee names; none for what is deeper.
    pub(super) fn imported_name(&self, callee: &Expression<'_>, text: &str) -> Option<(String, String)> {
        let mut at = callee.get_inner_expression();
        while let Expression::StaticMemberExpression(it) = at {
            at = it.object.get_inner_expression();
        }
        let Expression::Identifier(it) = at else { return None };
        let symbol = self.script.symbol(it)?;
        let Some(Binding::Import { specifier, name, .. }) = self.script.bindings.get(&symbol) else {
            return None;
        };
        let mut parts = text.split('.').skip(1);
        match (name, parts.next()) {
            (ImportName::Named(name), None) => Some(((*specifier).to_owned(), (*name).to_owned())),
            (ImportName::Namespace, Some(export)) => Some(((*specifier).to_owned(), export.to_owned())),
            _ => None,
        }
    }
}
