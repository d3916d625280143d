//! The words of the analysis: variables, sites, fields, and the constraints on what a variable holds.

use crate::evaluate::script::ModuleId;

pub(super) type Var = u32;
pub(super) type Site = u32;
pub(super) type Body = u32;

/// The site of whatever belongs to the language: `Object`, `Array.prototype`…
pub(super) const LANGUAGE: Site = 0;

/// The site of the global object.
pub(super) const WINDOW: Site = 1;

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A property of a known name.
    Named(String),
    /// Elements, and properties whose name is not known.
    Any,
    /// What a function returns.
    Result,
    /// What a function is called with.
    Arguments,
}

/// What is made at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Array,
    Object,
    /// A function or class; its body runs when it is called.
    Function(Body),
    /// What a call gives.
    Made,
}

/// Where a change is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) module: ModuleId,
    pub(super) offset: u32,
}

/// What happens to the objects of a variable.
#[derive(Debug, Clone)]
pub(super) enum Use {
    Load(Key, Var),
    Store(Key, Var),
    /// A property of the given name is set, or an unknown one.
    Change(Option<String>, Change),
    /// It is handed to code that is not known, which may change all that it reaches.
    Escape(Change),
    /// It is called.
    Call,
    /// A method that is pure on arrays and text is called on it.
    PureMethod(Change),
    /// A method that changes arrays is called on it. The array of the given site is nobody else's.
    ChangingMethod(Change, Option<Site>),
}
