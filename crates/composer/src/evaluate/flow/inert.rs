//! Modules in which nothing can change an object: most configurations are a literal with functions in it, and need no
//! graph.
//!
//! A module is inert when none of its code, were it walked ([`super::walk`]), would set, delete, call or hand on anything
//! while modules are loaded. What stands in a function counts less than what stands outside: where nothing is called, no
//! function runs, so it may call and construct whatever it likes. Only what the walk counts wherever it stands is refused
//! there too. Where all loaded modules are inert the analysis would find no change; one that is not sends all of them
//! through it.

use oxc::{
    ast::ast::{
        ArrowFunctionExpression, AssignmentTargetPattern, BindingPattern, CallExpression, Class, Expression,
        Function, ImportDeclaration, NewExpression, ObjectProperty, PropertyKind, SimpleAssignmentTarget,
        Statement, TSInterfaceDeclaration, TSTypeAliasDeclaration, TSTypeAnnotation,
        TSTypeParameterDeclaration, TSTypeParameterInstantiation, TaggedTemplateExpression, ThrowStatement,
        UnaryExpression, WithStatement,
    },
    ast_visit::{Visit, walk},
    semantic::SymbolId,
    syntax::scope::ScopeFlags,
};

use super::{
    facts::Facts,
    helper::{Definer, root_binding},
    language::{CHANGING, IMPLICIT, PURE, is_changing_function},
};
use crate::{
    evaluate::{
        ReadOptions,
        callee::{LAZY, Name, Root, dotted, is_definer, is_global_function, runs_nothing},
        modules::Modules,
        script::{Binding, ModuleId, Script},
    },
    maps::HashSet,
};

/// What is known of the loaded modules without following anything, if all of them are inert. Loads those that they run.
pub(super) fn facts(modules: &mut Modules<'_>) -> Option<Facts> {
    loop {
        let mut definers = Vec::new();
        let mut next = 0;
        while next < modules.all.len() {
            if let Some(script) = modules.script(next) {
                let survey = Survey::of(next, script, modules.options)?;
                let effects = script.effects.clone();
                definers.extend(survey.definers);
                for specifier in survey.called.into_iter().chain(effects) {
                    modules.follow(next, specifier);
                }
            }
            next += 1;
        }
        let known = modules.all.len();
        let mut identities = HashSet::default();
        for definer in definers {
            if !definer.is_identity(modules) {
                return None;
            }
            identities.insert(definer.place());
        }
        if modules.all.len() == known {
            return Some(Facts::unchanged(modules, identities));
        }
    }
}

/// What a look at one module finds.
struct Survey<'s, 'a> {
    m: ModuleId,
    script: &'s Script<'a>,
    options: &'s ReadOptions,
    /// Whether a function is looked at, which does not run while modules are loaded.
    inside: bool,
    inert: bool,
    /// What methods are given, which no code of these modules calls: no object that is written here.
    given: HashSet<SymbolId>,
    definers: Vec<Definer>,
    /// The modules whose `define…` are called.
    called: Vec<&'a str>,
}

impl<'s, 'a> Survey<'s, 'a> {
    /// None of a module that is not inert.
    fn of(m: ModuleId, script: &'s Script<'a>, options: &'s ReadOptions) -> Option<Self> {
        let mut survey = Self {
            m,
            script,
            options,
            inside: false,
            inert: true,
            given: HashSet::default(),
            definers: Vec::new(),
            called: Vec::new(),
        };
        survey.visit_program(script.program);
        survey.inert.then_some(survey)
    }

    fn refuse(&mut self) {
        self.inert = false;
    }

    /// What runs code of others may stand in functions only.
    fn require_inside(&mut self) {
        self.inert &= self.inside;
    }

    fn within(&mut self, look: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.inside, true);
        look(self);
        self.inside = outer;
    }

    /// A call by a name that says what it does; none by any other.
    fn named_call(&mut self, call: &CallExpression<'_>, name: &Name<'_>) -> Option<()> {
        let text = &*name.text;
        let wrapper = self.options.wrappers.iter().any(|it| it == text);
        if wrapper || is_definer(text) {
            if let Some(Binding::Import { specifier, .. }) = root_binding(self.script, &call.callee) {
                self.called.push(specifier);
            }
            self.definers.push(Definer::of(self.m, self.script, call, name, wrapper));
            return Some(());
        }
        match name.root {
            Root::Local => return None,
            Root::Global if matches!(text, "eval" | "require" | "Object.assign" | "Array.from") => {
                self.refuse();
                return Some(());
            }
            Root::Global if is_global_function(text) && runs_nothing(call, text) => return Some(()),
            Root::Global if is_changing_function(text) => {
                self.refuse();
                return Some(());
            }
            _ => {}
        }
        let harmless = LAZY.contains(&text)
            || self.options.messages.iter().any(|it| it == text)
            || (name.root == Root::Global && text.starts_with("console."));
        harmless.then_some(())
    }

    /// A call of what nothing is known of.
    fn unknown_call(&mut self, call: &CallExpression<'_>) {
        self.require_inside();
        match call.callee.get_inner_expression() {
            // What an imported function does with its arguments is looked up in its module, which has to be loaded.
            Expression::Identifier(it) => {
                let binding = self.script.symbol(it).and_then(|symbol| self.script.bindings.get(&symbol));
                self.inert &= !matches!(binding, Some(Binding::Import { .. }));
            }
            Expression::StaticMemberExpression(it) => {
                let name = it.property.name.as_str();
                // A promise of a module is no object that is written here.
                let promise = matches!(it.object.get_inner_expression(), Expression::ImportExpression(_));
                self.inert &= self.is_given(&it.object)
                    || (!CHANGING.contains(&name) && (promise || !PURE.contains(&name)));
            }
            Expression::ComputedMemberExpression(_) => {}
            _ => self.refuse(),
        }
    }
}

impl Survey<'_, '_> {
    /// Notes the names of a method's parameter that hold nothing but what the method is given.
    fn give(&mut self, pattern: &BindingPattern<'_>) {
        match pattern {
            BindingPattern::BindingIdentifier(id) => {
                let symbol = id.symbol_id();
                if !self.script.semantic.scoping().symbol_is_mutated(symbol) {
                    self.given.insert(symbol);
                }
            }
            BindingPattern::ObjectPattern(it) => it.properties.iter().for_each(|it| self.give(&it.value)),
            BindingPattern::ArrayPattern(_) | BindingPattern::AssignmentPattern(_) => {}
        }
    }

    /// Whether an expression is a part of what a method is given.
    fn is_given(&self, expression: &Expression<'_>) -> bool {
        match expression.get_inner_expression() {
            Expression::Identifier(it) => {
                self.script.symbol(it).is_some_and(|symbol| self.given.contains(&symbol))
            }
            Expression::StaticMemberExpression(it) => {
                !matches!(it.property.name.as_str(), "__proto__" | "constructor") && self.is_given(&it.object)
            }
            _ => false,
        }
    }
}

impl<'x> Visit<'x> for Survey<'_, '_> {
    fn visit_statement(&mut self, it: &Statement<'x>) {
        if self.inert {
            walk::walk_statement(self, it);
        }
    }

    fn visit_expression(&mut self, it: &Expression<'x>) {
        if self.inert {
            walk::walk_expression(self, it);
        }
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'x>) {
        walk::walk_call_expression(self, it);
        let known = dotted(self.script, &it.callee).and_then(|name| self.named_call(it, &name));
        if known.is_none() {
            self.unknown_call(it);
        }
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'x>) {
        self.require_inside();
        walk::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'x>) {
        self.require_inside();
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_throw_statement(&mut self, it: &ThrowStatement<'x>) {
        self.require_inside();
        walk::walk_throw_statement(self, it);
    }

    fn visit_function(&mut self, it: &Function<'x>, flags: ScopeFlags) {
        self.within(|survey| walk::walk_function(survey, it, flags));
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'x>) {
        self.within(|survey| walk::walk_arrow_function_expression(survey, it));
    }

    /// The language itself calls accessors and methods of some names, and a computed name may be one of these.
    fn visit_object_property(&mut self, it: &ObjectProperty<'x>) {
        let implicit = it.kind != PropertyKind::Init
            || it.computed
            || it.key.static_name().is_some_and(|name| IMPLICIT.contains(&&*name));
        if implicit && !makes_no_function(&it.value) {
            self.refuse();
        }
        if let (true, Expression::FunctionExpression(method)) = (it.method, &it.value) {
            let plain = method.params.items.iter().filter(|it| it.initializer.is_none());
            plain.for_each(|it| self.give(&it.pattern));
        }
        walk::walk_object_property(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'x>) {
        // A declared name comes to hold something else, and no object is changed.
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(it) if self.script.symbol(it).is_some() => {}
            SimpleAssignmentTarget::StaticMemberExpression(it) if self.is_given(&it.object) => {}
            _ => self.refuse(),
        }
    }

    fn visit_assignment_target_pattern(&mut self, _: &AssignmentTargetPattern<'x>) {
        self.refuse();
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'x>) {
        self.inert &= !it.operator.is_delete();
        walk::walk_unary_expression(self, it);
    }

    fn visit_class(&mut self, _: &Class<'x>) {
        self.refuse();
    }

    fn visit_with_statement(&mut self, _: &WithStatement<'x>) {
        self.refuse();
    }

    // Neither imports nor types have expressions in them.
    fn visit_import_declaration(&mut self, _: &ImportDeclaration<'x>) {}
    fn visit_ts_type_annotation(&mut self, _: &TSTypeAnnotation<'x>) {}
    fn visit_ts_type_parameter_declaration(&mut self, _: &TSTypeParameterDeclaration<'x>) {}
    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'x>) {}
    fn visit_ts_type_alias_declaration(&mut self, _: &TSTypeAliasDeclaration<'x>) {}
    fn visit_ts_interface_declaration(&mut self, _: &TSInterfaceDeclaration<'x>) {}
}

/// Whether an expression gives data that was written there.
fn makes_no_function(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::ObjectExpression(_)
        | Expression::ArrayExpression(_)
        | Expression::TemplateLiteral(_)
        | Expression::BinaryExpression(_) => true,
        other => other.is_literal(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use oxc::allocator::Allocator;

    use super::{super::followed, *};
    use crate::{disk::MemoryDisk, workspace::discover};

    /// Whether a module needs no graph. One that is said to need none is followed all the same.
    fn is_inert(text: &str) -> bool {
        let mut disk = MemoryDisk::default();
        disk.write("/w/package.json", "{}");
        disk.write("/w/f.ts", "export const f = (x) => x.y");
        disk.write("/w/a.ts", text);
        let root = Path::new("/w");
        let (workspace, _) = discover(&disk, root, "framework-m");
        let (arena, options) = (Allocator::default(), ReadOptions::default());
        let mut modules = Modules::new(&arena, &disk, &workspace, &options);
        modules.enter(&root.join("a.ts"));
        assert!(modules.script(0).is_some(), "{text}");
        let quick = facts(&mut modules);
        assert!(quick.as_ref().is_none_or(|quick| *quick == followed(&mut modules)), "{text}");
        quick.is_some()
    }

    #[test]
    fn a_literal_with_functions_in_it_is_inert() {
        for text in [
            "import { definePlugin } from 'sdk'\nexport default definePlugin({ label: t('a'), a: lazy(() => import('./f')) })",
            "import { S } from './f'\nexport default { services: { s: () => new S({ a: [] }) } } satisfies object",
            "const a = Object.freeze([1]), k = 'x'\nexport default { ...{ b: a }, [k]: { c: `${k}` } }",
            "export default { c: () => import('./f').then((m) => ({ default: m.f })) }",
            "const g = (x) => x.y\nlet n = 0\nexport default { run() { n += 1; g({ n }); throw h`${n}` } }",
            "export default { run(c) { c.services.get('a').start(c); c.list.push({}); c.state.n = 1; c.n++ } }",
            "export default { async run({ list }) { for (const it of await list.map((x) => x.y)) it.go(it) } }",
            "type T = { a: string }\nenum E { A = 1 }\nexport default { e: E.A } as T",
        ] {
            assert!(is_inert(text), "{text}");
        }
    }

    #[test]
    fn what_may_change_an_object_is_followed() {
        for text in [
            "const a = []\na.push(1)",
            "const a = { b: 1 }\nexport const f = () => { a.b = 2 }",
            "const a = { b: 1 }\nexport const f = () => { delete a.b }",
            "const a = { b: 1 }\nexport const f = () => { ({ b: a.b } = { b: 2 }) }",
            "const a = { b: 1 }\nexport const f = () => { for (a.b of [2]) ; }",
            "const a = { b: 1 }\nexport const f = () => { a.b++ }",
            "const a = []\nexport const f = () => a.reverse()",
            "const a = { map() {} }\nexport const f = () => a.map(1)",
            "const a = {}\nexport const f = () => Object.assign(a, { b: 1 })",
            "const a = {}\nexport const f = () => Object.defineProperty(a, 'b', {})",
            "export const f = () => { Array.prototype.map = 1 }",
            "const a = {}\ng(a)",
            "const a = {}\nnew G(a)",
            "const a = {}\ng`${a}`",
            "const a = {}\nthrow a",
            "const a = {}\nexport default { get b() { return g(a) } }",
            "const a = {}\nexport default { toString() { g(a) } }",
            "const a = {}, k = 'toString', s = () => g(a)\nexport default { [k]: s }",
            "const a = {}\nclass C { static { g(a) } }",
            "export const f = () => eval('1')",
            "export const f = () => require('./f')",
            "import { f } from './f'\nexport default { a: () => f({}) }",
            "const define = (x) => x\nconst defineIt = (x) => g(x)\nexport default defineIt({})",
            "const a = []\nexport default { run(c) { c = a; c.push(1) } }",
            "const a = []\nexport default { run(c = a) { c.push(1) } }",
            "const a = []\nexport default { run({ c = a }) { c.push(1) } }",
            "const a = []\nexport default { run({ ...c }) { c.push(1) } }",
            "const a = []\nexport default { run: (c) => c.push(1) }",
            "export default { run(c) { c.constructor.prototype.x = 1 } }",
        ] {
            assert!(!is_inert(text), "{text}");
        }
    }
}
