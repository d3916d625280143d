//! What may change an object after its literal was written, over all loaded modules.
//!
//! The evaluator reads literals where they stand. That is right only for objects that nothing changes, so before it
//! reads anything this module asks which objects those are. It is Andersen's points-to analysis (L. O. Andersen,
//! *Program Analysis and Specialization for the C Programming Language*, 1994, chapter 4): inclusion constraints,
//! without regard to the order of statements, fields told apart by name.
//!
//! - A **node** is a variable ([`constraint::Var`]): a binding, a field of an object, or the value of an expression.
//!   It holds a set of **sites** ([`constraint::Site`]), the places where objects are made: literals, functions,
//!   classes, calls.
//! - An **edge** from one node to another says that the second holds all that the first holds: `b = a`, a parameter
//!   and its argument, an import and its export. Edges through a field (`b = a.x`, `a.x = b`) and what is done to an
//!   object (it is changed, called, handed on) are [`constraint::Use`]s of a node: each is applied to every site that
//!   arrives there, which may add edges, until nothing new arrives ([`graph`]).
//! - An object is **changed** when a property is set or deleted, or a changing method is called, on a node that holds
//!   its site, wherever that stands. It is changed too when it **escapes**: when code that is not understood gets it
//!   while the modules are loaded, with all that it reaches. Code in a function counts as run when the function may be
//!   called then; a function that escapes is called.
//!
//! This is sound because everything errs on one side. Each construct of the language either has its own constraints
//! or makes what it touches escape ([`walk`]); sets only grow; branches, order and reachability are ignored. An object
//! may be called changed that never is, and the evaluator then says "not static", which costs a value and never gives
//! a wrong one.
//!
//! Most configurations change nothing that they could, and need no graph to tell ([`inert`]).
//!
//! It gives up, openly, in three places: on modules with `eval` or `with` nothing is static ([`Facts::opaque`]), where
//! code changes the language itself none of its functions is evaluated ([`Facts::polluted`]), and past a bound on the
//! steps every object counts as changed.

mod constraint;
mod facts;
mod found;
mod graph;
mod helper;
mod inert;
mod language;
mod links;
mod order;
mod transparent;
mod walk;

pub(super) use self::facts::Facts;
use self::{found::Found, graph::Graph, walk::Walker};
use super::modules::Modules;

/// What the loaded modules do. Loads those that they call, run for their effects, or change something of.
pub(super) fn facts(modules: &mut Modules<'_>) -> Facts {
    let Some(facts) = inert::facts(modules) else { return followed(modules) };
    #[cfg(test)]
    assert!(followed(modules) == facts, "what was said without following is not what following says");
    facts
}

/// Follows them through the graph. In the tests of this crate also what needs no graph: the answers have to agree.
fn followed(modules: &mut Modules<'_>) -> Facts {
    loop {
        let mut graph = Graph::new();
        let mut found = Found::default();
        let mut next = 0;
        while next < modules.all.len() {
            if let Some(script) = modules.script(next) {
                let calls = Walker::new(next, script, modules.options, &mut graph, &mut found).walk();
                let effects = script.effects.clone();
                for specifier in calls.into_iter().chain(effects) {
                    modules.follow(next, specifier);
                }
            }
            next += 1;
        }
        let known = modules.all.len();
        links::link(modules, &mut graph, &mut found);
        let identities = helper::settle(modules, &mut graph, &mut found);
        transparent::settle(modules, &mut graph, &mut found);
        graph.solve();
        links::load_written(modules, &graph, &found);
        if modules.all.len() == known {
            return Facts::conclude(modules, &graph, found, identities);
        }
    }
}
