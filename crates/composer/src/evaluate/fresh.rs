//! Arrays that nothing holds but the expression that makes them: `[...list]`, `list.map(…)`, `Object.keys(…)`. What
//! changes one in place there changes what nobody else sees.

use oxc::{
    ast::ast::{CallExpression, Expression},
    span::Span,
};

use super::{
    callee::{Root, dotted},
    script::Script,
};

/// Methods of arrays and of text that give a new array.
const COPYING: [&str; 9] =
    ["slice", "map", "filter", "concat", "flat", "flatMap", "toSorted", "toReversed", "split"];

/// The method of a call that puts the elements of such an array into another order, and where the array is made.
pub(super) fn reordered<'c>(script: &Script<'_>, call: &'c CallExpression<'_>) -> Option<(&'c str, Span)> {
    let Expression::StaticMemberExpression(callee) = call.callee.get_inner_expression() else { return None };
    let name = callee.property.name.as_str();
    let reorders = matches!(name, "sort" | "reverse") && !callee.optional && !call.optional;
    Some((name, made(script, &callee.object).filter(|_| reorders)?))
}

/// Where an array is made that only this expression holds.
fn made(script: &Script<'_>, expression: &Expression<'_>) -> Option<Span> {
    let call = match expression.get_inner_expression() {
        Expression::ArrayExpression(it) => return Some(it.span),
        Expression::CallExpression(it) if !it.optional => it,
        _ => return None,
    };
    if let Some((_, made)) = reordered(script, call) {
        return Some(made);
    }
    let Expression::StaticMemberExpression(callee) = call.callee.get_inner_expression() else { return None };
    let is_language = || {
        dotted(script, &call.callee).is_some_and(|name| {
            let makes = ["Object.keys", "Object.values", "Object.entries", "Array.from", "Array.of"];
            name.root == Root::Global && makes.contains(&&*name.text)
        })
    };
    let makes = COPYING.contains(&callee.property.name.as_str()) || is_language();
    (makes && !callee.optional).then_some(call.span)
}
