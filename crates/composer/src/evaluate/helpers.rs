//! Calls of an author's own small functions: those that do nothing but compute what they return.

use std::rc::Rc;

use oxc::{
    ast::ast::{BindingPattern, CallExpression, Expression, FormalParameters},
    semantic::SymbolId,
};

use super::{
    bodies::{self, Body},
    convert::Outcome,
    expression::{Evaluator, Moment},
    script::{Binding, ImportName, ModuleId},
};
use crate::value::{Dynamic, Value, ValueKind};

/// A function whose call is what its body makes of the arguments.
struct Helper<'a> {
    module: ModuleId,
    symbol: SymbolId,
    parameters: &'a FormalParameters<'a>,
    body: Body<'a>,
}

impl<'a> Evaluator<'_, 'a> {
    /// The call of a function that a module of the workspace declares; none of any other.
    pub(super) fn helper_call(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Option<Value> {
        let Expression::Identifier(callee) = call.callee.get_inner_expression() else { return None };
        let symbol = self.modules.script(m)?.symbol(callee)?;
        let helper = match *self.modules.script(m)?.bindings.get(&symbol)? {
            Binding::Import { specifier, name: ImportName::Named(name), .. } => {
                let (definer, symbol) = self.definition(m, specifier, name)?;
                self.helper(definer, symbol).filter(|_| definer != m && self.facts.runs_before(definer, m))?
            }
            _ => self.helper(m, symbol)?,
        };
        if call.optional || self.too_early(m, symbol, callee).is_some() {
            return None;
        }
        if self.active.contains(&(helper.module, helper.symbol)) {
            return Some(self.dynamic(m, call.span, Dynamic::new("the function calls itself")));
        }
        if let Some(effect) = helper.body.effect() {
            let why = self.has_effect(helper.module, &format!("`{}`", callee.name), effect);
            return Some(self.dynamic(m, call.span, why));
        }
        let arguments = match self.arguments(m, call) {
            Ok(arguments) => arguments,
            Err(why) => return Some(self.dynamic(m, call.span, why)),
        };
        match self.helped(m, &helper, call, arguments) {
            // What is not static is the call that the author wrote, for whatever reason inside of the function.
            Ok(Value { kind: ValueKind::Dynamic(why), .. }) => {
                let reason = format!("in `{}`, {}", callee.name, why.reason);
                Some(self.dynamic(m, call.span, Dynamic { reason, ..why }))
            }
            Ok(value) => Some(value),
            Err(why) => Some(self.dynamic(m, call.span, why)),
        }
    }

    /// The function behind a name that always stands for it.
    fn helper(&self, m: ModuleId, symbol: SymbolId) -> Option<Helper<'a>> {
        let script = self.modules.script(m)?;
        let scoping = script.semantic.scoping();
        let name = scoping.symbol_name(symbol);
        let settled = scoping.symbol_redeclarations(symbol).len() < 2
            && !scoping.symbol_is_mutated(symbol)
            && !script.hoisted.contains(name)
            && script.opaque.is_none()
            && self.facts.opaque(m).is_none();
        let (parameters, body) = match *script.bindings.get(&symbol).filter(|_| settled)? {
            Binding::Variable(it) if matches!(it.id, BindingPattern::BindingIdentifier(_)) => {
                bodies::of_expression(it.init.as_ref()?)?
            }
            Binding::Function(it) => bodies::of_function(it)?,
            _ => return None,
        };
        Some(Helper { module: m, symbol, parameters, body })
    }

    /// What the function returns. The names in it are read when it is called, not where they stand.
    fn helped(
        &mut self,
        caller: ModuleId,
        helper: &Helper<'a>,
        call: &CallExpression<'_>,
        arguments: Vec<Value>,
    ) -> Outcome<Value> {
        let m = helper.module;
        self.charged()?;
        let given: Vec<Rc<Value>> = arguments.into_iter().map(Rc::new).collect();
        let missing = Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(caller, call.span)));
        let outer = self.moment;
        // A module whose function is called from another has run to its end.
        self.moment = if caller == m {
            outer.or(Some(Moment { module: m, offset: call.span.start }))
        } else {
            Some(Moment { module: m, offset: u32::MAX })
        };
        self.active.insert((m, helper.symbol));
        let mut bound = self.bind_all(m, helper.parameters, &given, &missing);
        let value = self.returned(m, helper.body, &mut bound);
        self.unbind(bound);
        self.active.remove(&(m, helper.symbol));
        self.moment = outer;
        Ok(value)
    }
}
