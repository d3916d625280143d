//! `Array.from(list, f)` (ECMA-262, 23.1.2.1).

use std::rc::Rc;

use oxc::ast::ast::{Argument, CallExpression, Expression};

use super::{
    convert::{Outcome, to_integer, to_number},
    expression::Evaluator,
    script::ModuleId,
};
use crate::value::{Dynamic, Value, ValueKind};

/// Elements that a `length` alone may ask for.
const LONGEST: f64 = 100_000.0;

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn array_from(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        list: &'a Argument<'a>,
        rest: &'a [Argument<'a>],
    ) -> Value {
        let made = match (Argument::as_expression(list), rest) {
            (Some(list), []) => self.listed_from(m, list),
            (Some(list), [function]) => self.mapped_from(m, call, list, function),
            _ => Err(self.call_runs_code(m, call)),
        };
        match made {
            Ok(elements) => {
                let parts = elements.len() + 1;
                self.charge(Value::new(ValueKind::Array(elements), self.modules.origin(m, call.span)), parts)
            }
            Err(why) => self.dynamic(m, call.span, why),
        }
    }

    fn mapped_from(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        list: &'a Expression<'a>,
        function: &'a Argument<'a>,
    ) -> Outcome<Vec<Value>> {
        let callback = self.callback(m, call, function)?;
        let origin = self.modules.origin(m, call.span);
        let index = |it: usize| Rc::new(Value::new(ValueKind::Number(it as f64), origin.clone()));
        let elements = self.listed_from(m, list)?.into_iter().enumerate();
        elements.map(|(at, it)| self.applied_to(m, &callback, &[Rc::new(it), index(at)])).collect()
    }

    /// The elements of a list, of a text, of a `Set` that is made there, or of an object that has a `length` alone.
    fn listed_from(&mut self, m: ModuleId, list: &'a Expression<'a>) -> Outcome<Vec<Value>> {
        let value = match self.distinct(m, list) {
            Some(value) => Rc::new(value),
            None => self.shared(m, list),
        };
        let ValueKind::Object(object) = &value.kind else {
            let elements = self.elements(&value)?;
            let is_open = elements.iter().any(Value::is_spread);
            let why = || Dynamic::new("the array holds a spread that is not static");
            return if is_open { Err(why()) } else { Ok(elements) };
        };
        let length = object.get("length").filter(|_| object.0.len() == 1);
        let length = length.ok_or_else(|| Dynamic::new("`Array.from` is given no array"))?;
        let length = to_integer(to_number(&length.value)?).max(0.0);
        if length > LONGEST {
            return Err(Dynamic::new("the array is too long"));
        }
        let nothing = Value::new(ValueKind::Undefined, value.origin.clone());
        Ok(vec![nothing; length as usize])
    }
}
