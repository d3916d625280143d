//! Calls of a `define…` or of a wrapper, noted to be judged once its definition is known.

use oxc::ast::ast::CallExpression;

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
        let arguments: Vec<Var> = self.arguments(&call.arguments).into_iter().flatten().collect();
        let result = self.graph.var();
        if name.root == Root::Imported {
            self.note_called_anywhere(&call.callee);
        }
        self.found.helpers.push(Helper {
            definer: Definer::of(self.m, self.script, call, name, wrapper),
            arguments,
            result,
            owner: self.owner,
            change: self.change(call.span),
        });
        result
    }
}
