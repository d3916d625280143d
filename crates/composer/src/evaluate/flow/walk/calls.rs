//! Calls of functions and constructors: what is known by name, and what is not.

use oxc::{
    ast::ast::{Argument, CallExpression, ChainElement, Expression, NewExpression},
    semantic::SymbolId,
};

use super::{
    super::{
        constraint::{Key, Kind, Var},
        helper::root_binding,
        language::{is_changing_function, is_container},
        transparent::NamedCall,
    },
    Walker,
};
use crate::{
    evaluate::{
        callee::{LAZY, Name, Root, dotted, is_definer, is_global_function, runs_nothing},
        compiled_enums,
        script::Binding,
    },
    value::Dynamic,
};

impl Walker<'_, '_> {
    pub(super) fn call(&mut self, call: &CallExpression<'_>) -> Var {
        let name = dotted(self.script, &call.callee);
        if let Some(name) = &name {
            if let Some(result) = self.named_call(call, name) {
                return result;
            }
            if name.root == Root::Imported {
                self.note_called(&call.callee);
            }
        }
        if let Some(result) = self.compiled_enum(call) {
            return result;
        }
        match call.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => {
                self.method(call, &it.object, it.property.name.as_str())
            }
            Expression::ComputedMemberExpression(it) => {
                self.expression(&it.expression);
                self.method(call, &it.object, "")
            }
            Expression::PrivateFieldExpression(it) => self.method(call, &it.object, ""),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::StaticMemberExpression(it) => {
                    self.method(call, &it.object, it.property.name.as_str())
                }
                ChainElement::ComputedMemberExpression(it) => self.method(call, &it.object, ""),
                ChainElement::PrivateFieldExpression(it) => self.method(call, &it.object, ""),
                _ => self.unknown_call(call, None),
            },
            Expression::Identifier(it) if let Some(symbol) = self.script.symbol(it) => {
                self.call_of_name(call, symbol)
            }
            callee => {
                let callee = self.expression(callee);
                self.unknown_call(call, callee)
            }
        }
    }

    /// What an enum that is compiled holds, and its name, where that is declared before.
    fn compiled_enum(&mut self, call: &CallExpression<'_>) -> Option<Var> {
        let members = compiled_enums::made(self.script, call)?;
        let (site, var) = self.make(Kind::Object, call.span);
        match call.callee.get_inner_expression() {
            Expression::FunctionExpression(it) => self.give(&it.params, var),
            Expression::ArrowFunctionExpression(it) => self.give(&it.params, var),
            _ => {}
        }
        for member in members {
            if let Some(held) = self.expression(member.value) {
                self.graph.put(site, Key::Any, held);
            }
        }
        if let Some(Expression::LogicalExpression(it)) = call.arguments[0].as_expression()
            && let Expression::Identifier(name) = it.left.get_inner_expression()
            && let Some(symbol) = self.script.symbol(name)
        {
            let name = self.found.symbol(self.graph, self.m, symbol);
            self.graph.copy(var, name);
        }
        Some(var)
    }

    /// An imported function that is called while the module is loaded may change what modules share.
    pub(super) fn note_called(&mut self, callee: &Expression<'_>) {
        if self.owner.is_none() {
            self.note_called_anywhere(callee);
        }
    }

    /// Calls that are known by their name.
    pub(super) fn named_call(&mut self, call: &CallExpression<'_>, name: &Name<'_>) -> Option<Var> {
        let text = &*name.text;
        let wrapper = self.options.wrappers.iter().any(|it| it == text);
        if wrapper || is_definer(text) {
            return Some(self.helper(call, name, wrapper));
        }
        match name.root {
            Root::Local => return None,
            Root::Global if text == "eval" => {
                let why = Dynamic::new("the module calls `eval`, which may change anything");
                self.found.opaque.insert(self.m, why);
                return None;
            }
            Root::Global if text == "require" => {
                let specifier = call.arguments.first().and_then(Argument::as_expression)?;
                return self.loaded(specifier);
            }
            Root::Global if is_global_function(text) && runs_nothing(call, text) => {
                return Some(self.language_call(call, text));
            }
            Root::Global if is_changing_function(text) => return Some(self.changing_call(call)),
            _ => {}
        }
        let harmless = LAZY.contains(&text)
            || self.options.messages.iter().any(|it| it == text)
            || (name.root == Root::Global && text.starts_with("console."));
        harmless.then(|| {
            self.arguments(&call.arguments);
            self.graph.var()
        })
    }

    pub(super) fn note_called_anywhere(&mut self, callee: &Expression<'_>) {
        if let Some(Binding::Import { specifier, .. }) = root_binding(self.script, callee) {
            self.called.push(specifier);
        }
    }

    /// A call of a declared name, which is judged once all modules are known.
    fn call_of_name(&mut self, call: &CallExpression<'_>, symbol: SymbolId) -> Var {
        let callee = self.found.symbol(self.graph, self.m, symbol);
        if call.arguments.iter().any(Argument::is_spread) {
            return self.unknown_call(call, Some(callee));
        }
        let arguments = self.arguments(&call.arguments);
        let change = self.change(call.span);
        let (module, owner) = (self.m, self.owner);
        self.found.calls.push(NamedCall { module, symbol, callee, arguments, owner, change });
        self.calls(Some(callee));
        self.graph.load(callee, Key::Result)
    }

    pub(super) fn unknown_call(&mut self, call: &CallExpression<'_>, callee: Option<Var>) -> Var {
        for argument in self.arguments(&call.arguments).into_iter().flatten() {
            self.escape(Some(argument), call.span);
            if let Some(callee) = callee {
                self.graph.store(callee, Key::Arguments, argument);
            }
        }
        self.calls(callee);
        match callee {
            Some(callee) => self.graph.load(callee, Key::Result),
            None => self.graph.var(),
        }
    }

    pub(super) fn arguments(&mut self, arguments: &[Argument<'_>]) -> Vec<Option<Var>> {
        arguments.iter().map(|argument| self.argument(argument)).collect()
    }

    pub(super) fn argument(&mut self, argument: &Argument<'_>) -> Option<Var> {
        match argument {
            Argument::SpreadElement(spread) => self.contents(&spread.argument),
            _ => argument.as_expression().and_then(|it| self.expression(it)),
        }
    }

    pub(super) fn construct(&mut self, new: &NewExpression<'_>) -> Var {
        let name = dotted(self.script, &new.callee);
        if name.as_ref().is_some_and(|name| name.root == Root::Imported) {
            self.note_called(&new.callee);
        }
        let harmless = name.is_some_and(|name| name.root == Root::Global && is_container(&name.text));
        let callee = self.expression(&new.callee);
        let arguments = self.arguments(&new.arguments);
        self.calls(callee);
        if !harmless {
            for argument in arguments.iter().copied().flatten() {
                self.escape(Some(argument), new.span);
                if let Some(callee) = callee {
                    self.graph.store(callee, Key::Arguments, argument);
                }
            }
        }
        // An instance of an author's class may have methods of any name.
        let kind = if harmless { Kind::Array } else { Kind::Object };
        let result = self.derived_as(kind, new.span, &arguments.into_iter().flatten().collect::<Vec<_>>());
        if let Some(callee) = callee {
            // An instance reaches its class, and what that holds.
            let held = self.graph.load(callee, Key::Any);
            self.graph.store(result, Key::Any, held);
            if !harmless {
                self.graph.store(result, Key::Named("constructor".into()), callee);
            }
        }
        result
    }
}
