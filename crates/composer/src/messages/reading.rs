//! `FM3xxx`: reading modules without running them.

use crate::{
    diagnostic::{Code, Diagnostic},
    source::Origin,
    value::Dynamic,
};

/// A part of a module that only running it could tell.
pub const NOT_STATIC: Code = Code::warning("FM3002", "not-static");

/// A value that is not static, where the module as a whole stays readable.
pub fn not_static(origin: &Origin, dynamic: &Dynamic) -> Diagnostic {
    let diagnostic = Diagnostic::new(NOT_STATIC, format!("This is not static: {}.", dynamic.reason))
        .label(origin, "known only at run time");
    match &dynamic.help {
        Some(help) => diagnostic.help(help.clone()),
        None => diagnostic,
    }
}
