//! What the reader makes of an expression: data, code, or something that is not static.

use std::fmt;

use crate::{maps::IndexMap, source::Origin};

/// A value of an author's module, and where it was written.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// The expression that made it. A name leads to the literal behind it.
    pub origin: Origin,
}

/// The kinds of value that the reader tells apart.
#[derive(Debug, Clone)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `undefined`
    Undefined,
    /// `true`, `false`
    Bool(bool),
    /// Any number, also `NaN`, infinities and `-0`.
    Number(f64),
    /// A string without lone surrogates.
    String(String),
    /// A bigint, in decimal.
    BigInt(String),
    /// An array without holes.
    Array(Vec<Value>),
    /// A plain object.
    Object(Object),
    /// Code: referenced, never evaluated.
    Code(Code),
    /// Not static: what it is, is known only when it runs.
    Dynamic(Dynamic),
}

/// A plain object. The keys come in JavaScript's order: array indices ascending, then as written.
///
/// Where something unknown was spread into the literal, a property stands in its place whose value is a [`Dynamic`]
/// with [`spread`](Dynamic::spread) set and whose key is no key of the object; the keys before it are not static
/// then, since the spread may replace them, and those after it are what they say.
#[derive(Debug, Clone, Default)]
pub struct Object(pub IndexMap<String, Property>);

/// A property of an object literal.
#[derive(Debug, Clone)]
pub struct Property {
    /// The key as written.
    pub key: Origin,
    /// Key and value together: what a conflict between two declarations shows.
    pub whole: Origin,
    /// The value.
    pub value: Value,
}

/// A reference to code.
#[derive(Debug, Clone)]
pub enum Code {
    /// `() => import('./x')`, `lazy(() => import('./x'))`, or a name that was imported.
    Import(Import),
    /// A function, an arrow or a method.
    Function,
    /// A function without parameters that loads something which is not known: `async () => …`.
    Loader,
    /// A class.
    Class,
    /// JSX.
    Jsx,
    /// A name, member or call that stands for code elsewhere; its source text.
    Reference(String),
}

/// A module and an export of it.
#[derive(Debug, Clone)]
pub struct Import {
    /// As written.
    pub specifier: String,
    /// The module's file, relative to the workspace root; none when the specifier leads to an external package or
    /// nowhere.
    pub file: Option<String>,
    /// The export's name: `default`, a name, or `*` for the module itself.
    pub export: String,
    /// Whether the author wrote `import()`, so that the value is a function that loads the module.
    pub lazy: bool,
    /// The `import('./x')` itself, in whatever file it stands; none unless `lazy`, nor where its path is put together.
    pub call: Option<Origin>,
}

/// Why an expression is not static.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dynamic {
    /// A clause that completes "This is not static: …".
    pub reason: String,
    /// The form that works, when there is one.
    pub help: Option<String>,
    /// Whether this stands for all that an unknown spread (`...x`) brings: any number of elements or properties.
    pub spread: bool,
    /// The function that would do it later, for what does something at once: `() => new …`.
    pub later: Option<&'static str>,
}

impl Value {
    /// A value and its place.
    pub fn new(kind: ValueKind, origin: Origin) -> Self {
        Self { kind, origin }
    }

    /// The text that it is.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The property of an object; none of anything else.
    pub fn property(&self, name: &str) -> Option<&Property> {
        match &self.kind {
            ValueKind::Object(object) => object.get(name),
            _ => None,
        }
    }

    /// The module and the export that it refers to.
    pub fn import(&self) -> Option<&Import> {
        match &self.kind {
            ValueKind::Code(Code::Import(import)) => Some(import),
            _ => None,
        }
    }

    /// Whether it stands for what an unknown spread brings.
    pub fn is_spread(&self) -> bool {
        matches!(&self.kind, ValueKind::Dynamic(Dynamic { spread: true, .. }))
    }

    /// Every part that is not static, in the order in which it is written.
    pub fn dynamic_leaves(&self) -> Vec<(&Origin, &Dynamic)> {
        let mut leaves = Vec::new();
        self.add_dynamic_leaves(&mut leaves);
        leaves
    }

    fn add_dynamic_leaves<'v>(&'v self, leaves: &mut Vec<(&'v Origin, &'v Dynamic)>) {
        match &self.kind {
            ValueKind::Dynamic(dynamic) => leaves.push((&self.origin, dynamic)),
            ValueKind::Array(items) => items.iter().for_each(|item| item.add_dynamic_leaves(leaves)),
            ValueKind::Object(object) => {
                object.0.values().for_each(|property| property.value.add_dynamic_leaves(leaves));
            }
            _ => {}
        }
    }

    /// A word for the kind of value, as a message to an author names it.
    pub fn noun(&self) -> &'static str {
        match &self.kind {
            ValueKind::Null => "null",
            ValueKind::Undefined => "undefined",
            ValueKind::Bool(_) => "a boolean",
            ValueKind::Number(_) => "a number",
            ValueKind::String(_) => "a string",
            ValueKind::BigInt(_) => "a bigint",
            ValueKind::Array(_) => "an array",
            ValueKind::Object(_) => "an object",
            ValueKind::Code(Code::Function | Code::Loader | Code::Import(Import { lazy: true, .. })) => {
                "a function"
            }
            ValueKind::Code(Code::Class) => "a class",
            ValueKind::Code(Code::Jsx) => "JSX",
            ValueKind::Code(_) => "a reference to code",
            ValueKind::Dynamic(_) => "not static",
        }
    }
}

impl Import {
    /// Whether it means the default export of its module: where a component is wanted, the module itself, `*`, does too.
    pub fn is_default(&self) -> bool {
        matches!(self.export.as_str(), "default" | "*")
    }
}

impl Dynamic {
    /// Not static, for a reason: a clause that completes "This is not static: …".
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: None, spread: false, later: None }
    }

    /// Names the form that works.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the function that would do later what is done at once here.
    #[must_use]
    pub fn later(mut self, function: &'static str) -> Self {
        self.later = Some(function);
        self
    }
}

impl Object {
    /// Whether something unknown was spread into it, so that it may have more keys than are known.
    pub fn is_open(&self) -> bool {
        self.0.values().any(|property| property.value.is_spread())
    }

    /// The property of a name.
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.0.get(name)
    }

    /// The text of a property.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.value.text()
    }
}

impl fmt::Display for Dynamic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}
