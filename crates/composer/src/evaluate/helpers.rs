//! Calls of an author's own small functions: those that do nothing but compute what they return.

use std::rc::Rc;

use oxc::{
    ast::ast::{BindingPattern, CallExpression, Expression, FormalParameters, IdentifierReference},
    semantic::SymbolId,
    span::Span,
};

use super::{
    bodies::{self, Body},
    convert::Outcome,
    expression::{Evaluator, Moment},
    script::{Binding, ImportName, ModuleId},
};
use crate::value::{Dynamic, Value, ValueKind};

/// A function whose call is what its body makes of the arguments.
pub(super) struct Helper<'a> {
    module: ModuleId,
    symbol: SymbolId,
    pub(super) parameters: &'a FormalParameters<'a>,
    body: Body<'a>,
}

impl<'a> Evaluator<'_, 'a> {
    /// The call of a function that a module of the workspace declares; none of any other.
    pub(super) fn helper_call(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Option<Value> {
        let Expression::Identifier(callee) = call.callee.get_inner_expression() else { return None };
        let helper = self.helper_of(m, callee).filter(|_| !call.optional)?;
        let given = self.arguments(m, call).map(|all| all.into_iter().map(Rc::new).collect());
        let value = given.and_then(|given: Vec<Rc<Value>>| self.helped(m, &helper, call.span, &given));
        match value {
            // What is not static is the call that the author wrote, for whatever reason inside of the function.
            Ok(Value { kind: ValueKind::Dynamic(why), .. }) => {
                let reason = format!("in `{}`, {}", callee.name, why.reason);
                Some(self.dynamic(m, call.span, Dynamic { reason, ..why }))
            }
            Ok(value) => Some(value),
            Err(why) => Some(self.dynamic(m, call.span, why)),
        }
    }

    /// The function of the workspace that a name stands for where it is written.
    pub(super) fn helper_of(&mut self, m: ModuleId, name: &'a IdentifierReference<'a>) -> Option<Helper<'a>> {
        let symbol = self.modules.script(m)?.symbol(name)?;
        if let Some(&(parameters, body)) = self.inner.get(&(m, symbol)) {
            let is_mutated = self.modules.script(m)?.semantic.scoping().symbol_is_mutated(symbol);
            return (!is_mutated).then_some(Helper { module: m, symbol, parameters, body });
        }
        let helper = match *self.modules.script(m)?.bindings.get(&symbol)? {
            Binding::Import { specifier, name: ImportName::Named(name), .. } => {
                let (definer, symbol) = self.definition(m, specifier, name)?;
                self.helper(definer, symbol).filter(|_| definer != m && self.facts.runs_before(definer, m))?
            }
            _ => self.helper(m, symbol)?,
        };
        self.too_early(m, symbol, name).is_none().then_some(helper)
    }

    /// `(() => …)()`
    pub(super) fn called_at_once(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Option<Value> {
        let (parameters, body) = bodies::of_expression(&call.callee).filter(|_| !call.optional)?;
        if let Some(effect) = self.effect(m, (parameters, body)) {
            let why = self.has_effect(m, "the function", effect);
            return Some(self.dynamic(m, call.span, why));
        }
        let given: Vec<Rc<Value>> = match self.arguments(m, call) {
            Ok(arguments) => arguments.into_iter().map(Rc::new).collect(),
            Err(why) => return Some(self.dynamic(m, call.span, why)),
        };
        let missing = Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(m, call.span)));
        let mut bound = self.bind_all(m, parameters, &given, &missing);
        let value = self.returned(m, body, &mut bound);
        self.unbind(bound);
        Some(value)
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
    pub(super) fn helped(
        &mut self,
        caller: ModuleId,
        helper: &Helper<'a>,
        call: Span,
        given: &[Rc<Value>],
    ) -> Outcome<Value> {
        let m = helper.module;
        if self.active.contains(&(m, helper.symbol)) {
            return Err(Dynamic::new("the function calls itself"));
        }
        if let Some(effect) = self.effect(m, (helper.parameters, helper.body)) {
            let name = self.modules.script(m).map(|it| it.semantic.scoping().symbol_name(helper.symbol));
            let called = format!("`{}`", name.unwrap_or_default());
            return Err(self.has_effect(m, &called, effect));
        }
        self.charged()?;
        let missing = Rc::new(Value::new(ValueKind::Undefined, self.modules.origin(caller, call)));
        let outer = self.moment;
        // A module whose function is called from another has run to its end.
        self.moment = if caller == m {
            outer.or(Some(Moment { module: m, offset: call.start }))
        } else {
            Some(Moment { module: m, offset: u32::MAX })
        };
        self.active.insert((m, helper.symbol));
        let mut bound = self.bind_all(m, helper.parameters, given, &missing);
        let value = self.returned(m, helper.body, &mut bound);
        self.unbind(bound);
        self.active.remove(&(m, helper.symbol));
        self.moment = outer;
        Ok(value)
    }
}
