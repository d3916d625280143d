//! `toSorted`: the order that every engine gives (ECMA-262, 23.1.3.34).

use std::{cmp::Ordering, rc::Rc};

use oxc::ast::ast::CallExpression;

use super::{
    callbacks::Callback,
    convert::{Outcome, to_number, to_string},
    expression::Evaluator,
    script::ModuleId,
};
use crate::value::{Dynamic, Value, ValueKind};

/// Elements that an author's function may order, at most: each is compared with each.
const LONGEST: usize = 100;

impl<'a> Evaluator<'_, 'a> {
    /// The elements in order; `undefined` comes last, and is compared with nothing.
    pub(super) fn sorted(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        elements: &[Value],
    ) -> Outcome<Value> {
        let (absent, present): (Vec<&Value>, Vec<&Value>) =
            elements.iter().partition(|it| matches!(it.kind, ValueKind::Undefined));
        let order = match call.arguments.as_slice() {
            [] => by_text(&present)?,
            [argument] => {
                let callback = self.callback(m, call, argument)?;
                self.by_function(m, &callback, &present)?
            }
            _ => return Err(self.call_runs_code(m, call)),
        };
        let sorted = order.into_iter().map(|index| present[index]).chain(absent);
        let sorted = sorted.map(|element| self.part(element)).collect();
        Ok(Value::new(ValueKind::Array(sorted), self.modules.origin(m, call.span)))
    }

    fn by_function(
        &mut self,
        m: ModuleId,
        callback: &Callback<'a>,
        elements: &[&Value],
    ) -> Outcome<Vec<usize>> {
        if elements.len() > LONGEST {
            return Err(Dynamic::new("the array is too long to be ordered by a function here"));
        }
        let elements: Vec<Rc<Value>> = elements.iter().map(|element| Rc::new(self.part(element))).collect();
        let mut table = vec![vec![Ordering::Equal; elements.len()]; elements.len()];
        for (i, left) in elements.iter().enumerate() {
            for (j, right) in elements.iter().enumerate().filter(|&(j, _)| j != i) {
                let result = self.applied_to(m, callback, &[Rc::clone(left), Rc::clone(right)])?;
                table[i][j] = to_number(&result)?.partial_cmp(&0.0).unwrap_or(Ordering::Equal);
            }
        }
        consistent_order(&table).ok_or_else(|| {
            Dynamic::new("the function orders the elements in no consistent way")
                .help("Return a negative number, zero or a positive number: `(a, b) => a.order - b.order`.")
        })
    }
}

/// The order of the elements as texts, by UTF-16 units.
fn by_text(elements: &[&Value]) -> Outcome<Vec<usize>> {
    let texts = elements.iter().map(|it| Ok(to_string(it)?.encode_utf16().collect::<Vec<u16>>()));
    let texts: Vec<Vec<u16>> = texts.collect::<Outcome<_>>()?;
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by(|&left, &right| texts[left].cmp(&texts[right]));
    Ok(order)
}

/// The stable order that a comparison of each element with each gives; none unless it is a consistent one, since what
/// any other gives is up to the engine (ECMA-262, `SortIndexedProperties`).
fn consistent_order(table: &[Vec<Ordering>]) -> Option<Vec<usize>> {
    let comes_before = |i: usize, j: usize| table[i][j].then(i.cmp(&j)).is_lt();
    let rank = |i: usize| (0..table.len()).filter(|&j| comes_before(j, i)).count();
    let mut order: Vec<usize> = (0..table.len()).collect();
    order.sort_by_cached_key(|&i| rank(i));
    // Equal elements are a class: each is equal to each, and all compare alike with those of the other classes.
    let mut class = vec![0; table.len()];
    for (&left, &right) in order.iter().zip(order.iter().skip(1)) {
        class[right] = class[left] + usize::from(table[left][right].is_lt());
    }
    let agrees = |i: usize, j: usize| table[i][j] == class[i].cmp(&class[j]);
    (0..table.len()).all(|i| (0..table.len()).all(|j| agrees(i, j))).then_some(order)
}
