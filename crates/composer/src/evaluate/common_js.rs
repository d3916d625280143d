//! What a `CommonJS` module exports: the assignments at its top, where nothing else may settle it.
//!
//! `module.exports = …` replaces what `exports.name = …` built; of several assignments to one name the last counts.
//! Where `exports` or `module` goes anywhere else (into a call, a function, a condition), nothing is certain.

use oxc::{
    ast::{
        AstKind,
        ast::{AssignmentTarget, Declaration, Expression, IdentifierReference, Statement},
    },
    semantic::NodeId,
    span::{GetSpan, Span},
};

use super::script::{Export, Script, here};
use crate::maps::HashSet;

/// An assignment to `module.exports` or to a part of it.
struct Assigned<'a> {
    /// None for `module.exports` itself.
    name: Option<&'a str>,
    value: &'a Expression<'a>,
    span: Span,
    /// Written on `module.exports`, so that it belongs to what that was last given.
    whole: bool,
}

/// Adds what a script exports in the way of `CommonJS`.
pub(super) fn index(script: &mut Script<'_>) {
    let mut assigned = Vec::new();
    let mut targets = HashSet::default();
    for statement in &script.program.body {
        match statement {
            Statement::ExpressionStatement(it) => {
                collect(script, &it.expression, &mut assigned, &mut targets);
            }
            Statement::ReturnStatement(_) => break,
            _ => {
                if let Some(Declaration::VariableDeclaration(it)) = statement.as_declaration() {
                    for init in it.declarations.iter().filter_map(|it| it.init.as_ref()) {
                        collect(script, init, &mut assigned, &mut targets);
                    }
                }
            }
        }
    }
    let certain = is_settled(script, &targets);
    script.hoisted = hoisted(script);
    let replaced = assigned.iter().rposition(|it| it.name.is_none());
    for (index, it) in assigned.iter().enumerate() {
        if replaced.is_some_and(|replaced| index < replaced || (index > replaced && !it.whole)) {
            continue;
        }
        let export = if certain {
            Export::Expression(it.value)
        } else {
            Export::Unknown("what the module exports is settled while it runs", here(it.span))
        };
        script.exports.insert(it.name.unwrap_or("default"), export);
    }
}

/// Follows `exports.a = exports.b = value` to its value.
fn collect<'a>(
    script: &Script<'a>,
    expression: &'a Expression<'a>,
    assigned: &mut Vec<Assigned<'a>>,
    targets: &mut HashSet<NodeId>,
) {
    let mut at = expression;
    let mut found = Vec::new();
    while let Expression::AssignmentExpression(it) = at {
        if !it.operator.is_assign() {
            break;
        }
        match &it.left {
            // `exports = module.exports = …`
            AssignmentTarget::AssignmentTargetIdentifier(id) if is_free(script, id, "exports") => {
                targets.extend(node(script, id));
            }
            left => found.extend(target(script, left, targets).map(|(name, whole)| (name, whole, it.span))),
        }
        at = &it.right;
    }
    let value = at;
    assigned.extend(found.into_iter().rev().map(|(name, whole, span)| Assigned { name, value, span, whole }));
}

/// The name that an assignment exports, if any, and whether it stands on `module.exports`.
fn target<'a>(
    script: &Script<'a>,
    target: &'a AssignmentTarget<'a>,
    targets: &mut HashSet<NodeId>,
) -> Option<(Option<&'a str>, bool)> {
    let AssignmentTarget::StaticMemberExpression(member) = target else { return None };
    let name = member.property.name.as_str();
    match &member.object {
        Expression::Identifier(it) if name == "exports" && is_free(script, it, "module") => {
            targets.extend(node(script, it));
            Some((None, true))
        }
        Expression::Identifier(it) if is_free(script, it, "exports") => {
            targets.extend(node(script, it));
            Some((Some(name), false))
        }
        Expression::StaticMemberExpression(inner) if inner.property.name == "exports" => {
            match &inner.object {
                Expression::Identifier(it) if is_free(script, it, "module") => {
                    targets.extend(node(script, it));
                    Some((Some(name), true))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_free(script: &Script<'_>, reference: &IdentifierReference<'_>, name: &str) -> bool {
    reference.name == name && script.is_global(reference)
}

fn node(script: &Script<'_>, reference: &IdentifierReference<'_>) -> Option<NodeId> {
    Some(script.semantic.scoping().get_reference(reference.reference_id.get()?).node_id())
}

/// Whether nothing but the assignments at the top tells what is exported.
fn is_settled(script: &Script<'_>, targets: &HashSet<NodeId>) -> bool {
    let (scoping, nodes) = (script.semantic.scoping(), script.nodes());
    let free = ["exports", "module"].into_iter().filter_map(|name| {
        scoping.root_unresolved_references().get(name).map(|references| (name, references))
    });
    for (name, references) in free {
        for &reference in references {
            let id = scoping.get_reference(reference).node_id();
            if !targets.contains(&id) && !only_reads(script, id, name) {
                return false;
            }
        }
    }
    nodes.iter().all(|node| match node.kind() {
        AstKind::ThisExpression(_) => in_function(script, node.id()) || reads_this(script, node.id()),
        AstKind::ReturnStatement(_) => {
            in_function(script, node.id()) || matches!(nodes.parent_kind(node.id()), AstKind::Program(_))
        }
        _ => true,
    })
}

/// Whether `exports` or `module` is used here in a way that exports nothing: to read a part, or to mark the module.
fn only_reads(script: &Script<'_>, id: NodeId, name: &str) -> bool {
    let nodes = script.nodes();
    match nodes.parent_kind(id) {
        AstKind::UnaryExpression(it) => it.operator.is_typeof(),
        AstKind::StaticMemberExpression(member) => {
            let parent = nodes.parent_id(id);
            let whole = name == "module" && member.property.name == "exports";
            !whole && is_read(script, parent, member.span)
        }
        AstKind::CallExpression(call) => {
            let mark = call.arguments.get(1).and_then(|it| it.as_expression());
            call.callee.is_specific_member_access("Object", "defineProperty")
                && matches!(mark, Some(Expression::StringLiteral(it)) if it.value == "__esModule")
        }
        _ => false,
    }
}

/// Whether a member is read, and not called on what holds it.
fn is_read(script: &Script<'_>, member: NodeId, span: Span) -> bool {
    match script.nodes().parent_kind(member) {
        AstKind::AssignmentExpression(it) => it.right.span() == span,
        AstKind::CallExpression(it) => it.callee.span() != span,
        AstKind::UnaryExpression(it) => !it.operator.is_delete(),
        AstKind::VariableDeclarator(_)
        | AstKind::BinaryExpression(_)
        | AstKind::LogicalExpression(_)
        | AstKind::ConditionalExpression(_)
        | AstKind::SequenceExpression(_)
        | AstKind::StaticMemberExpression(_)
        | AstKind::ArrayExpression(_)
        | AstKind::ReturnStatement(_)
        | AstKind::ExpressionStatement(_)
        | AstKind::IfStatement(_)
        | AstKind::SpreadElement(_)
        | AstKind::NewExpression(_)
        | AstKind::TemplateLiteral(_) => true,
        AstKind::ObjectProperty(it) => it.value.span() == span,
        _ => false,
    }
}

/// `this && this.__helper`, which tools write.
fn reads_this(script: &Script<'_>, id: NodeId) -> bool {
    let nodes = script.nodes();
    match nodes.parent_kind(id) {
        AstKind::LogicalExpression(it) => it.left.span() == nodes.kind(id).span(),
        AstKind::StaticMemberExpression(it) => is_read(script, nodes.parent_id(id), it.span),
        _ => false,
    }
}

/// Whether a place has a `this` and a `return` of its own.
fn in_function(script: &Script<'_>, id: NodeId) -> bool {
    script.nodes().ancestor_kinds(id).any(|kind| matches!(kind, AstKind::Function(_) | AstKind::Class(_)))
}

/// The names of functions in blocks: sloppy scripts declare them in the function around too (ECMA-262, B.3.2).
fn hoisted<'a>(script: &Script<'a>) -> HashSet<&'a str> {
    let nodes = script.nodes();
    let in_blocks = nodes.iter().filter_map(|node| match (node.kind(), nodes.parent_kind(node.id())) {
        (
            AstKind::Function(it),
            AstKind::BlockStatement(_)
            | AstKind::IfStatement(_)
            | AstKind::SwitchCase(_)
            | AstKind::LabeledStatement(_),
        ) => it.is_declaration().then_some(it.id.as_ref()?.name.as_str()),
        _ => None,
    });
    in_blocks.collect()
}
