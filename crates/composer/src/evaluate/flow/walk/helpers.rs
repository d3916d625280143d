//! Calls of a `define…` or of a wrapper, noted to be judged once its definition is known.

use oxc::ast::ast::{Argument, CallExpression, Expression};

use super::{
    super::{
        constraint::Var,
        helper::{Definer, Helper},
    },
    Walker,
};
use crate::evaluate::callee::{Name, Root};

impl Walker<'_, '_> {
    pub(super) fn helper(&mut self, call: &CallExpression<'_>, name: &Name<'_>, wrapper: bool) -> Var {
        let callee = self.expression(&call.callee);
        let symbol = match call.callee.get_inner_expression() {
            Expression::Identifier(it) if !call.arguments.iter().any(Argument::is_spread) => {
                self.script.symbol(it)
            }
            _ => None,
        };
        let arguments = self.arguments(&call.arguments);
        let result = self.graph.var();
        if name.root == Root::Imported {
            self.note_called_anywhere(&call.callee);
        }
        self.found.helpers.push(Helper {
            definer: Definer::of(self.m, self.script, call, name, wrapper),
            symbol,
            callee,
            arguments,
            result,
            owner: self.owner,
            change: self.change(call.span),
        });
        result
    }
}
