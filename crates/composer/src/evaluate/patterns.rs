//! Patterns, which take objects and arrays apart.

use std::rc::Rc;

use oxc::{
    ast::ast::BindingPattern,
    semantic::SymbolId,
    span::{GetSpan, Span},
};

use super::{convert::Outcome, expression::Evaluator, script::ModuleId};
use crate::value::{Dynamic, Object, Value, ValueKind};

impl<'a> Evaluator<'_, 'a> {
    /// What a pattern gives to one of the names that it binds.
    pub(super) fn destructure(
        &mut self,
        m: ModuleId,
        pattern: &'a BindingPattern<'a>,
        value: Rc<Value>,
        symbol: SymbolId,
    ) -> Option<Rc<Value>> {
        match pattern {
            BindingPattern::BindingIdentifier(id) => (id.symbol_id() == symbol).then_some(value),
            BindingPattern::AssignmentPattern(it) => {
                if !binds(&it.left, symbol) {
                    return None;
                }
                let value = match value.kind {
                    ValueKind::Undefined => Rc::new(self.eval(m, &it.right)),
                    _ => value,
                };
                self.destructure(m, &it.left, value, symbol)
            }
            BindingPattern::ObjectPattern(it) => {
                let mut taken = Vec::new();
                for property in &it.properties {
                    let key = self.key(m, &property.key, property.computed);
                    if binds(&property.value, symbol) {
                        let part = match key {
                            Ok(key) => self.member(m, &value, &key, property.span),
                            Err(why) => Rc::new(self.dynamic(m, property.span, why)),
                        };
                        return self.destructure(m, &property.value, part, symbol);
                    }
                    taken.push(key);
                }
                let rest = it.rest.as_ref().filter(|rest| binds(&rest.argument, symbol))?;
                let part = self.rest_of_object(m, rest.span, &value, taken);
                self.destructure(m, &rest.argument, Rc::new(part), symbol)
            }
            BindingPattern::ArrayPattern(it) => {
                let elements = self.elements(&value);
                for (index, element) in it.elements.iter().enumerate() {
                    let Some(element) = element.as_ref().filter(|element| binds(element, symbol)) else {
                        continue;
                    };
                    let part = self.element(m, element.span(), &value, elements, index);
                    return self.destructure(m, element, Rc::new(part), symbol);
                }
                let rest = it.rest.as_ref().filter(|rest| binds(&rest.argument, symbol))?;
                let part = match elements {
                    Ok(all) if !all.iter().any(Value::is_spread) => {
                        let kind = ValueKind::Array(all.into_iter().skip(it.elements.len()).collect());
                        self.fresh(m, rest.span, kind)
                    }
                    Ok(_) => self.dynamic(
                        m,
                        rest.span,
                        Dynamic::new("the array holds a spread that is not static"),
                    ),
                    Err(why) => self.blame(m, rest.span, why, &[&value]),
                };
                self.destructure(m, &rest.argument, Rc::new(part), symbol)
            }
        }
    }

    fn element(
        &self,
        m: ModuleId,
        span: Span,
        value: &Value,
        elements: Outcome<Vec<Value>>,
        index: usize,
    ) -> Value {
        match elements {
            Ok(mut all) => {
                if all.iter().take(index + 1).any(Value::is_spread) {
                    return self.dynamic(
                        m,
                        span,
                        Dynamic::new("the array holds a spread that is not static"),
                    );
                }
                if index < all.len() {
                    return all.swap_remove(index);
                }
                Value::new(ValueKind::Undefined, self.modules.origin(m, span))
            }
            Err(why) => self.blame(m, span, why, &[value]),
        }
    }

    fn rest_of_object(
        &mut self,
        m: ModuleId,
        span: Span,
        value: &Value,
        taken: Vec<Outcome<String>>,
    ) -> Value {
        let place = self.modules.origin(m, span);
        let own = self.own(value, &place);
        let taken: Outcome<Vec<String>> = taken.into_iter().collect();
        match (own, taken) {
            (Ok(_), _) if matches!(value.kind, ValueKind::Null | ValueKind::Undefined) => {
                self.dynamic(m, span, Dynamic::new("it is taken out of nothing, which throws"))
            }
            (Ok(own), Ok(taken)) => {
                let left = own.into_iter().filter(|(key, _)| !taken.contains(key)).collect();
                self.fresh(m, span, ValueKind::Object(Object(left)))
            }
            (Err(why), _) | (_, Err(why)) => self.blame(m, span, why, &[value]),
        }
    }
}

fn binds(pattern: &BindingPattern<'_>, symbol: SymbolId) -> bool {
    super::declarations::names(pattern).iter().any(|&(_, bound, _)| bound == symbol)
}
