//! Reads the fields of one object, and notes whatever is wrong with them.

use crate::{
    diagnostic::Diagnostic,
    manifest::{ConfigPath, Leaf, condition},
    messages::{manifest as messages, reading::not_static},
    source::{Named, Origin},
    value::{Code, Dynamic, Object, Property, Value, ValueKind},
};

/// An object under reading.
pub(super) struct Fields<'a> {
    object: &'a Object,
    /// The object's own place.
    pub(super) origin: &'a Origin,
    path: ConfigPath,
    /// "a menu item"
    what: &'static str,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins to read an object; reports any key that is not among the known ones.
    pub(super) fn of(
        value: &'a Value,
        path: ConfigPath,
        what: &'static str,
        known: &[&'static str],
        problems: &'a mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let ValueKind::Object(object) = &value.kind else {
            problems.push(messages::wrong_type(what, "an object", value));
            return None;
        };
        for (key, property) in &object.0 {
            if let ValueKind::Dynamic(dynamic) = &property.value.kind
                && dynamic.spread
            {
                problems.push(messages::needs_static(what, &property.value.origin, dynamic));
            } else if !known.contains(&key.as_str()) {
                problems.push(messages::unknown_key(what, key, &property.key, known));
            }
        }
        Some(Self { object, origin: &value.origin, path, what, problems })
    }

    /// The property of a key; `undefined` is the same as absent.
    pub(super) fn property(&self, key: &str) -> Option<&'a Property> {
        self.object.get(key).filter(|property| !matches!(property.value.kind, ValueKind::Undefined))
    }

    /// Whatever is there: data or code.
    pub(super) fn leaf(&self, key: &str) -> Option<Leaf> {
        let value = self.property(key)?.value.clone();
        Some(Leaf { path: self.path.key(key), value })
    }

    /// Text that people read: a string, a message, or code that gives one.
    pub(super) fn text(&mut self, key: &str) -> Option<Leaf> {
        let leaf = self.leaf(key)?;
        let fits =
            leaf.text().is_some() || matches!(leaf.value.kind, ValueKind::Code(_) | ValueKind::Dynamic(_));
        if !fits {
            return self.mismatch(key, "a string", &leaf.value);
        }
        self.report_dynamic(&leaf.value);
        Some(leaf)
    }

    /// Reports what is not static where data is expected: it becomes a reference to the plugin's code.
    pub(super) fn report_dynamic(&mut self, value: &Value) {
        self.problems
            .extend(value.dynamic_leaves().into_iter().map(|(origin, dynamic)| not_static(origin, dynamic)));
    }

    /// An icon's name, or the component that draws it.
    pub(super) fn icon(&mut self, key: &str) -> Option<Leaf> {
        self.text(key)
    }

    /// A condition: a string in the `when` language, or a function.
    pub(super) fn when(&mut self, key: &str) -> Option<Leaf> {
        let leaf = self.leaf(key)?;
        match leaf.value.kind {
            ValueKind::String(_) => self.problems.extend(condition::check(self.what, key, &leaf.value)),
            ValueKind::Dynamic(_) => self.report_dynamic(&leaf.value),
            ValueKind::Code(ref code) if !matches!(code, Code::Class | Code::Jsx) => {}
            _ => return self.mismatch(key, "a condition in a string, or a function", &leaf.value),
        }
        Some(leaf)
    }

    /// A component: code, or a string that names its module.
    pub(super) fn component(&mut self, key: &str) -> Option<Leaf> {
        let leaf = self.leaf(key)?;
        match &leaf.value.kind {
            ValueKind::Dynamic(Dynamic { later: Some(function), .. }) => self.too_early(key, function, &leaf),
            ValueKind::Code(_) | ValueKind::Dynamic(_) | ValueKind::String(_) => Some(leaf),
            _ => self.mismatch(key, "a component or `() => import('./…')`", &leaf.value),
        }
    }

    /// Something is done where a function that does it later should stand.
    pub(super) fn too_early<T>(&mut self, key: &str, function: &str, leaf: &Leaf) -> Option<T> {
        self.problems.push(messages::too_early(key, function, &leaf.value));
        None
    }

    /// A string that the composition needs to know.
    pub(super) fn string(&mut self, key: &str) -> Option<Named> {
        let property = self.property(key)?;
        match &property.value.kind {
            ValueKind::String(name) => Some(Named { name: name.clone(), origin: property.whole.clone() }),
            _ => self.mismatch(key, "a string", &property.value),
        }
    }

    /// A string that must be there and say something.
    pub(super) fn required(&mut self, key: &str) -> Option<Named> {
        if self.property(key).is_none() {
            self.problems.push(messages::missing_key(self.what, key, self.origin));
            return None;
        }
        let named = self.string(key)?;
        if named.name.trim().is_empty() {
            self.problems.push(messages::empty(self.what, key, &named.origin));
            return None;
        }
        Some(named)
    }

    /// A number that the composition needs to know.
    pub(super) fn number(&mut self, key: &str) -> Option<f64> {
        let property = self.property(key)?;
        match property.value.kind {
            ValueKind::Number(number) if number.is_finite() => Some(number),
            _ => self.mismatch(key, "a finite number", &property.value),
        }
    }

    /// A boolean that the composition needs to know.
    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let property = self.property(key)?;
        match property.value.kind {
            ValueKind::Bool(value) => Some(value),
            _ => self.mismatch(key, "`true` or `false`", &property.value),
        }
    }

    /// The items of a list, each with its path; empty if absent.
    pub(super) fn list(&mut self, key: &str) -> Vec<(ConfigPath, &'a Value)> {
        let Some(property) = self.property(key) else { return Vec::new() };
        let ValueKind::Array(items) = &property.value.kind else {
            self.mismatch::<()>(key, "an array", &property.value);
            return Vec::new();
        };
        let path = self.path.key(key);
        items.iter().enumerate().map(|(index, item)| (path.index(index), item)).collect()
    }

    /// The entries of a table such as `services`; empty if absent.
    pub(super) fn entries(&mut self, key: &str) -> Vec<(Named, Leaf)> {
        let Some(property) = self.property(key) else { return Vec::new() };
        let ValueKind::Object(table) = &property.value.kind else {
            self.mismatch::<()>(key, "an object", &property.value);
            return Vec::new();
        };
        let path = self.path.key(key);
        let mut entries = Vec::new();
        for (name, entry) in &table.0 {
            if let ValueKind::Dynamic(dynamic) = &entry.value.kind
                && dynamic.spread
            {
                self.problems.push(messages::needs_static(self.what, &entry.value.origin, dynamic));
                continue;
            }
            let named = Named { name: name.clone(), origin: entry.whole.clone() };
            entries.push((named, Leaf { path: path.key(name), value: entry.value.clone() }));
        }
        entries
    }

    /// Where problems go, for what is nested.
    pub(super) fn problems(&mut self) -> &mut Vec<Diagnostic> {
        self.problems
    }

    fn mismatch<T>(&mut self, key: &str, expected: &str, value: &Value) -> Option<T> {
        self.problems.push(messages::wrong_field(self.what, key, expected, value));
        None
    }
}
