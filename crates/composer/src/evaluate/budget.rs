//! How large values may become: a few lines of code can ask for more than any memory holds.

use super::{convert::Outcome, expression::Evaluator};
use crate::value::{Dynamic, Value, ValueKind};

impl Evaluator<'_, '_> {
    /// A value whose parts were paid for; what no longer fits is not static.
    pub(super) fn charge(&mut self, value: Value, parts: usize) -> Value {
        let bytes = if let ValueKind::String(text) = &value.kind { text.len() / 64 } else { 0 };
        match self.budget.checked_sub(parts + bytes) {
            Some(left) => {
                self.budget = left;
                value
            }
            None => Value::new(ValueKind::Dynamic(too_large()), value.origin),
        }
    }

    /// Pays for a step that makes no value.
    pub(super) fn charged(&mut self) -> Outcome<()> {
        self.spend(1)
    }

    /// Pays for steps that make no value.
    pub(super) fn spend(&mut self, steps: usize) -> Outcome<()> {
        self.budget = self.budget.checked_sub(steps).ok_or_else(too_large)?;
        Ok(())
    }

    /// Pays for looking through so many parts.
    pub(super) fn look_through(&mut self, parts: usize) -> Outcome<()> {
        self.spend(parts / 16)
    }

    /// Pays for a copy of a value.
    pub(super) fn pay(&mut self, value: &Value) -> Outcome<()> {
        self.spend(size(value))
    }

    /// A copy of a part of a shared value.
    pub(super) fn part(&mut self, value: &Value) -> Value {
        match self.pay(value) {
            Ok(()) => value.clone(),
            Err(why) => Value::new(ValueKind::Dynamic(why), value.origin.clone()),
        }
    }
}

/// How many parts a value has.
pub(super) fn size(value: &Value) -> usize {
    1 + match &value.kind {
        ValueKind::Array(elements) => elements.iter().map(size).sum(),
        ValueKind::Object(object) => object.0.values().map(|property| size(&property.value)).sum(),
        ValueKind::String(text) => text.len() / 64,
        _ => 0,
    }
}

fn too_large() -> Dynamic {
    Dynamic::new("the value is too large to be built here")
        .help("Keep generated data out of the composed modules.")
}
