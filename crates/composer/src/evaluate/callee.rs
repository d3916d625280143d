//! Who is called: names of functions that mean something to the reader.

use std::borrow::Cow;

use oxc::ast::ast::{Argument, CallExpression, Expression, IdentifierReference};

use super::script::{Binding, Script};

/// Functions that load a component when it is first shown.
pub(super) const LAZY: [&str; 6] =
    ["lazy", "React.lazy", "loadable", "defineAsyncComponent", "lazyWithPreload", "lazyRouteComponent"];

/// The functions of the language that are evaluated, by their dotted names.
pub(super) fn is_global_function(name: &str) -> bool {
    name.starts_with("Math.")
        || matches!(
            name,
            "String"
                | "Number"
                | "Boolean"
                | "parseInt"
                | "parseFloat"
                | "isNaN"
                | "isFinite"
                | "Number.isInteger"
                | "Number.isFinite"
                | "Number.isNaN"
                | "Number.parseInt"
                | "Number.parseFloat"
                | "Array.isArray"
                | "Array.of"
                | "Array.from"
                | "Object.keys"
                | "Object.values"
                | "Object.entries"
                | "Object.assign"
                | "Object.fromEntries"
                | "Object.hasOwn"
                | "Object.freeze"
                | "Object.seal"
                | "Object.preventExtensions"
                | "JSON.parse"
                | "JSON.stringify"
        )
}

/// Whether a call of such a function calls none that it is given: `JSON` may be given a reviver or a replacer.
pub(super) fn runs_nothing(call: &CallExpression<'_>, name: &str) -> bool {
    let second = call.arguments.get(1).map(Argument::as_expression);
    !name.starts_with("JSON.") || matches!(second, None | Some(Some(Expression::NullLiteral(_))))
}

/// `definePlugin`, `fm.defineMenu`: the last name begins with `define` and a capital.
pub(super) fn is_definer(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.strip_prefix("define").is_some_and(|rest| rest.starts_with(|first: char| first.is_uppercase()))
        && !name.starts_with("Object.")
        && !name.starts_with("Reflect.")
}

/// A function's dotted name, and what its first part is.
pub(super) struct Name<'n> {
    pub(super) text: Cow<'n, str>,
    pub(super) root: Root,
}

/// What a name is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Global,
    Imported,
    Local,
}

/// The dotted name of a callee.
pub(super) fn dotted<'n>(script: &Script<'_>, callee: &'n Expression<'_>) -> Option<Name<'n>> {
    match callee.get_inner_expression() {
        Expression::Identifier(it) => {
            Some(Name { text: Cow::Borrowed(it.name.as_str()), root: root(script, it) })
        }
        Expression::StaticMemberExpression(it) => {
            let object = dotted(script, &it.object)?;
            let text = format!("{}.{}", object.text, it.property.name);
            Some(Name { text: Cow::Owned(text), root: object.root })
        }
        _ => None,
    }
}

fn root(script: &Script<'_>, reference: &IdentifierReference<'_>) -> Root {
    match script.symbol(reference) {
        None => Root::Global,
        Some(symbol) if matches!(script.bindings.get(&symbol), Some(Binding::Import { .. })) => {
            Root::Imported
        }
        Some(_) => Root::Local,
    }
}
