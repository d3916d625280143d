//! A module's code → constraints. Whatever is not understood is taken for the worst.

use oxc::{
    ast::ast::{
        Argument, ArrayExpression, ArrayExpressionElement, ArrowFunctionBody, ArrowFunctionExpression,
        AssignmentExpression, AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty,
        BindingPattern, CallExpression, CatchClause, ChainElement, Class, ClassElement,
        ExportDefaultDeclaration, ExportDefaultDeclarationKind, Expression, ForInStatement, ForOfStatement,
        ForStatementLeft, FormalParameters, Function, FunctionBody, IdentifierReference, NewExpression,
        ObjectExpression, ObjectPropertyKind, PropertyKey, PropertyKind, ReturnStatement,
        SimpleAssignmentTarget, TSEnumDeclaration, TSExportAssignment, ThrowStatement, VariableDeclarator,
        WithStatement,
    },
    ast_visit::{Visit, walk},
    span::{GetSpan, Span},
    syntax::{operator::UnaryOperator, scope::ScopeFlags},
};

use super::{
    super::{
        calls::{LAZY, Name, Root, dotted, is_definer, is_global_function, runs_nothing},
        convert,
        modules::{Binding, ModuleId, Script},
    },
    Found,
    graph::{Body, Change, Graph, Key, Kind, LANGUAGE, Site, Use, Var, WINDOW},
    is_global_object, is_of_the_language,
};
use crate::{evaluate::ReadOptions, value::Dynamic};

/// Methods that change nothing but may hand on what they are called on.
const PURE: [&str; 62] = [
    "then",
    "catch",
    "finally",
    "map",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
    "every",
    "flatMap",
    "forEach",
    "reduce",
    "reduceRight",
    "concat",
    "join",
    "slice",
    "flat",
    "at",
    "includes",
    "indexOf",
    "lastIndexOf",
    "toReversed",
    "toSorted",
    "toSpliced",
    "with",
    "keys",
    "values",
    "entries",
    "toString",
    "toLocaleString",
    "valueOf",
    "hasOwnProperty",
    "toUpperCase",
    "toLowerCase",
    "trim",
    "trimStart",
    "trimEnd",
    "repeat",
    "padStart",
    "padEnd",
    "substring",
    "substr",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "startsWith",
    "endsWith",
    "replace",
    "replaceAll",
    "split",
    "match",
    "matchAll",
    "search",
    "normalize",
    "localeCompare",
    "toFixed",
    "toPrecision",
    "has",
    "get",
    "test",
];
/// Those of them that call a function on the elements.
const CALLING: [&str; 18] = [
    "then",
    "catch",
    "finally",
    "map",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
    "every",
    "flatMap",
    "forEach",
    "reduce",
    "reduceRight",
    "toSorted",
    "replace",
    "replaceAll",
];
/// Those of them whose result may be what they are called on, or an element of it.
const GIVING: [&str; 7] = ["find", "findLast", "at", "get", "reduce", "reduceRight", "valueOf"];
/// Methods that change an array in place.
const CHANGING: [&str; 9] =
    ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"];
/// Methods that the language calls by itself, so that `this` is the object they are written in.
const IMPLICIT: [&str; 6] = ["toString", "valueOf", "toJSON", "then", "toLocaleString", "next"];

/// A call of a `define…`, to be judged once its definition is known.
pub(in super::super) struct Helper {
    pub(super) module: ModuleId,
    pub(super) span: Span,
    /// Known to return its argument, or to be declared elsewhere.
    pub(super) trusted: bool,
    pub(super) import: Option<(String, String)>,
    pub(super) arguments: Vec<Var>,
    pub(super) result: Var,
    owner: Option<Body>,
    change: Change,
}

impl Helper {
    /// It does more than return its argument.
    pub(super) fn escape(self, graph: &mut Graph) {
        for argument in self.arguments {
            graph.act(argument, self.owner, Use::Escape(self.change));
            graph.copy(argument, self.result);
        }
    }
}

/// Walks one module.
pub(super) struct Walker<'w, 'a> {
    m: ModuleId,
    script: &'w Script<'a>,
    options: &'w ReadOptions,
    graph: &'w mut Graph,
    found: &'w mut Found,
    /// The function whose body is walked.
    owner: Option<Body>,
    /// What that function returns.
    result: Option<Var>,
    this: Option<Var>,
    module: Var,
    exports: Var,
    language: Var,
    window: Var,
    /// The modules whose functions are called while this one is loaded.
    called: Vec<&'a str>,
}

impl<'w, 'a> Walker<'w, 'a> {
    pub(super) fn new(
        m: ModuleId,
        script: &'w Script<'a>,
        options: &'w ReadOptions,
        graph: &'w mut Graph,
        found: &'w mut Found,
    ) -> Self {
        let holding = |graph: &mut Graph, site: Site| {
            let var = graph.var();
            graph.point(var, site);
            var
        };
        let (module, exports) = (graph.site(Kind::Object), graph.site(Kind::Object));
        let (language, window) = (holding(graph, LANGUAGE), holding(graph, WINDOW));
        let exports_var = holding(graph, exports);
        graph.put(module, Key::Named("exports".into()), exports_var);
        let module = holding(graph, module);
        Self {
            m,
            script,
            options,
            graph,
            found,
            owner: None,
            result: None,
            this: None,
            module,
            exports: exports_var,
            language,
            window,
            called: Vec::new(),
        }
    }

    /// The specifiers of the modules whose functions run while this one is loaded.
    pub(super) fn walk(mut self) -> Vec<&'a str> {
        self.visit_program(self.script.program);
        self.called
    }

    fn expression(&mut self, expression: &Expression<'_>) -> Option<Var> {
        match expression {
            Expression::Identifier(it) => self.name(it),
            Expression::ArrayExpression(it) => Some(self.array(it)),
            Expression::ObjectExpression(it) => Some(self.object(it)),
            Expression::ArrowFunctionExpression(it) => Some(self.arrow(it)),
            Expression::FunctionExpression(it) => Some(self.function(it)),
            Expression::ClassExpression(it) => Some(self.class(it)),
            Expression::CallExpression(it) => Some(self.call(it)),
            Expression::NewExpression(it) => Some(self.construct(it)),
            Expression::ChainExpression(it) => self.chain(&it.expression),
            Expression::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.member(&it.object, key)
            }
            Expression::StaticMemberExpression(it) => {
                self.member(&it.object, Key::Named(it.property.name.to_string()))
            }
            Expression::PrivateFieldExpression(it) => self.member(&it.object, Key::Any),
            Expression::AssignmentExpression(it) => self.assignment(it),
            Expression::UpdateExpression(it) => {
                self.simple_target(&it.argument, None, it.span);
                None
            }
            Expression::ConditionalExpression(it) => {
                self.expression(&it.test);
                let (left, right) = (self.expression(&it.consequent), self.expression(&it.alternate));
                self.either(left, right)
            }
            Expression::LogicalExpression(it) => {
                let (left, right) = (self.expression(&it.left), self.expression(&it.right));
                self.either(left, right)
            }
            Expression::SequenceExpression(it) => {
                it.expressions.iter().map(|it| self.expression(it)).last().flatten()
            }
            Expression::AwaitExpression(it) => self.expression(&it.argument),
            Expression::YieldExpression(it) => {
                let yielded = it.argument.as_ref().and_then(|it| self.expression(it));
                self.escape(yielded, it.span);
                None
            }
            Expression::UnaryExpression(it) if it.operator == UnaryOperator::Delete => {
                self.delete(&it.argument, it.span);
                None
            }
            Expression::TaggedTemplateExpression(it) => {
                let tag = self.expression(&it.tag);
                self.calls(tag);
                for part in &it.quasi.expressions {
                    let part = self.expression(part);
                    self.escape(part, it.span);
                }
                None
            }
            Expression::ImportExpression(it) => {
                self.expression(&it.source);
                self.loaded(&it.source)
            }
            Expression::ThisExpression(_) => self.this,
            Expression::TSAsExpression(it) => self.expression(&it.expression),
            Expression::TSSatisfiesExpression(it) => self.expression(&it.expression),
            Expression::TSTypeAssertion(it) => self.expression(&it.expression),
            Expression::TSNonNullExpression(it) => self.expression(&it.expression),
            Expression::TSInstantiationExpression(it) => self.expression(&it.expression),
            Expression::ParenthesizedExpression(it) => self.expression(&it.expression),
            _ => {
                walk::walk_expression(self, expression);
                None
            }
        }
    }

    /// The namespace of a module that is loaded by an expression.
    fn loaded(&mut self, specifier: &Expression<'_>) -> Option<Var> {
        let Expression::StringLiteral(specifier) = specifier else { return None };
        let var = self.graph.var();
        self.found.loaded.push((self.m, specifier.value.to_string(), var));
        Some(var)
    }

    fn change(&self, span: Span) -> Change {
        Change { module: self.m, offset: span.start }
    }

    fn escape(&mut self, var: Option<Var>, span: Span) {
        let change = self.change(span);
        if let Some(var) = var {
            self.graph.act(var, self.owner, Use::Escape(change));
        }
    }

    fn calls(&mut self, var: Option<Var>) {
        if let Some(var) = var {
            self.graph.act(var, self.owner, Use::Call);
        }
    }

    fn either(&mut self, left: Option<Var>, right: Option<Var>) -> Option<Var> {
        let (Some(left), Some(right)) = (left, right) else { return left.or(right) };
        let var = self.graph.var();
        self.graph.copy(left, var);
        self.graph.copy(right, var);
        Some(var)
    }

    /// A new site for what an expression makes, and a variable that holds it.
    fn make(&mut self, kind: Kind, span: Span) -> (Site, Var) {
        let site = self.graph.site(kind);
        let var = self.graph.var();
        self.graph.point(var, site);
        self.found.sites.push((self.m, span, site));
        (site, var)
    }

    fn name(&mut self, reference: &IdentifierReference<'_>) -> Option<Var> {
        if let Some(symbol) = self.script.symbol(reference) {
            return Some(self.found.symbol(self.graph, self.m, symbol));
        }
        match reference.name.as_str() {
            "module" => Some(self.module),
            "exports" => Some(self.exports),
            name if is_global_object(name) => Some(self.window),
            name if is_of_the_language(name) => Some(self.language),
            _ => None,
        }
    }

    fn array(&mut self, array: &ArrayExpression<'_>) -> Var {
        let (site, var) = self.make(Kind::Array, array.span);
        for element in &array.elements {
            let held = match element {
                ArrayExpressionElement::SpreadElement(spread) => self.contents(&spread.argument),
                _ => element.as_expression().and_then(|it| self.expression(it)),
            };
            if let Some(held) = held {
                self.graph.put(site, Key::Any, held);
            }
        }
        var
    }

    /// What iterating over an expression gives, or spreading it.
    fn contents(&mut self, expression: &Expression<'_>) -> Option<Var> {
        let var = self.expression(expression)?;
        Some(self.graph.load(var, Key::Any))
    }

    fn object(&mut self, object: &ObjectExpression<'_>) -> Var {
        let (site, var) = self.make(Kind::Object, object.span);
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    if let Some(held) = self.contents(&spread.argument) {
                        self.graph.put(site, Key::Any, held);
                    }
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    let key = self.key(&property.key);
                    let implicit = property.kind != PropertyKind::Init
                        || property.computed
                        || matches!(&key, Key::Named(name) if IMPLICIT.contains(&name.as_str()));
                    let outer = self.this;
                    if implicit {
                        self.this = Some(var);
                    }
                    let held = self.expression(&property.value);
                    self.this = outer;
                    if let Some(held) = held {
                        if implicit {
                            self.graph.act(held, None, Use::Call);
                        }
                        self.graph.put(site, key, held);
                    }
                }
            }
        }
        var
    }

    fn key(&mut self, key: &PropertyKey<'_>) -> Key {
        match key {
            PropertyKey::StaticIdentifier(it) => Key::Named(it.name.to_string()),
            PropertyKey::PrivateIdentifier(_) => Key::Any,
            _ => key.as_expression().map_or(Key::Any, |it| self.computed_key(it)),
        }
    }

    fn computed_key(&mut self, expression: &Expression<'_>) -> Key {
        match expression {
            Expression::StringLiteral(it) => Key::Named(it.value.to_string()),
            Expression::NumericLiteral(it) => Key::Named(convert::number(it.value)),
            _ => {
                self.expression(expression);
                Key::Any
            }
        }
    }

    fn member(&mut self, object: &Expression<'_>, key: Key) -> Option<Var> {
        let holder = self.expression(object);
        let reaches = matches!(&key, Key::Named(name) if name == "__proto__" || name == "constructor");
        let held = holder.map(|holder| self.graph.load(holder, key));
        if reaches { self.either(held, Some(self.language)) } else { held }
    }

    fn chain(&mut self, chain: &ChainElement<'_>) -> Option<Var> {
        match chain {
            ChainElement::CallExpression(it) => Some(self.call(it)),
            ChainElement::TSNonNullExpression(it) => self.expression(&it.expression),
            ChainElement::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.member(&it.object, key)
            }
            ChainElement::StaticMemberExpression(it) => {
                self.member(&it.object, Key::Named(it.property.name.to_string()))
            }
            ChainElement::PrivateFieldExpression(it) => self.member(&it.object, Key::Any),
        }
    }

    // Functions and classes.

    fn arrow(&mut self, arrow: &ArrowFunctionExpression<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), arrow.span);
        let given = self.graph.arguments(site);
        let result = self.inside(Some(body), |walker| {
            walker.give(&arrow.params, given);
            walker.arrow_body(arrow);
        });
        self.graph.put(site, Key::Result, result);
        var
    }

    fn arrow_body(&mut self, arrow: &ArrowFunctionExpression<'_>) {
        self.parameters(&arrow.params);
        match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.visit_function_body(body),
            body => {
                let returned = body.as_expression().and_then(|it| self.expression(it));
                self.returns(returned);
            }
        }
    }

    fn function(&mut self, function: &Function<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), function.span);
        let result = self
            .inside(Some(body), |walker| walker.function_body(&function.params, function.body.as_deref()));
        self.graph.put(site, Key::Result, result);
        if let Some(id) = &function.id {
            let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
            self.graph.copy(var, symbol);
        }
        var
    }

    fn function_body(&mut self, params: &FormalParameters<'_>, body: Option<&FunctionBody<'_>>) {
        self.parameters(params);
        if let Some(body) = body {
            self.visit_function_body(body);
        }
    }

    /// Walks what belongs to a function; gives what it returns.
    fn inside(&mut self, owner: Option<Body>, work: impl FnOnce(&mut Self)) -> Var {
        let result = self.graph.var();
        let outer = (self.owner, self.result);
        self.owner = owner;
        self.result = Some(result);
        work(self);
        (self.owner, self.result) = outer;
        result
    }

    fn returns(&mut self, returned: Option<Var>) {
        if let (Some(returned), Some(result)) = (returned, self.result) {
            self.graph.copy(returned, result);
        }
    }

    fn parameters(&mut self, params: &FormalParameters<'_>) {
        for parameter in &params.items {
            let default = parameter.initializer.as_ref().and_then(|it| self.expression(it));
            self.bind(&parameter.pattern, default);
        }
        if let Some(rest) = &params.rest {
            self.bind(&rest.rest.argument, None);
        }
    }

    fn class(&mut self, class: &Class<'_>) -> Var {
        let body = self.graph.body();
        let (site, var) = self.make(Kind::Function(body), class.span);
        for decorator in &class.decorators {
            let decorator = self.expression(&decorator.expression);
            self.calls(decorator);
        }
        if let Some(heritage) = &class.heritage {
            self.expression(&heritage.expression);
        }
        if let Some(id) = &class.id {
            let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
            self.graph.copy(var, symbol);
        }
        let outer = self.this.replace(var);
        for element in &class.body.body {
            self.class_element(element, site, body);
        }
        self.this = outer;
        var
    }

    fn class_element(&mut self, element: &ClassElement<'_>, site: Site, body: Body) {
        let field =
            |walker: &mut Self, key: &PropertyKey<'_>, value: Option<&Expression<'_>>, is_static: bool| {
                walker.key(key);
                let owner = if is_static { walker.owner } else { Some(body) };
                let mut held = None;
                let outer = std::mem::replace(&mut walker.owner, owner);
                if let Some(value) = value {
                    held = walker.expression(value);
                }
                walker.owner = outer;
                if let Some(held) = held {
                    walker.graph.put(site, Key::Any, held);
                }
            };
        match element {
            ClassElement::StaticBlock(block) => walk::walk_static_block(self, block),
            ClassElement::MethodDefinition(method) => {
                self.key(&method.key);
                let value = &method.value;
                let result = self
                    .inside(Some(body), |walker| walker.function_body(&value.params, value.body.as_deref()));
                self.graph.put(site, Key::Result, result);
                if method.r#static && method.kind.is_accessor() {
                    self.graph.run(body);
                }
            }
            ClassElement::PropertyDefinition(it) => field(self, &it.key, it.value.as_ref(), it.r#static),
            ClassElement::AccessorProperty(it) => field(self, &it.key, it.value.as_ref(), it.r#static),
            ClassElement::TSIndexSignature(_) => {}
        }
    }

    // Bindings and assignments.

    fn bind(&mut self, pattern: &BindingPattern<'_>, value: Option<Var>) {
        match pattern {
            BindingPattern::BindingIdentifier(id) => {
                let symbol = self.found.symbol(self.graph, self.m, id.symbol_id());
                if let Some(value) = value {
                    self.graph.copy(value, symbol);
                }
            }
            BindingPattern::AssignmentPattern(it) => {
                let default = self.expression(&it.right);
                let value = self.either(value, default);
                self.bind(&it.left, value);
            }
            BindingPattern::ObjectPattern(it) => {
                for property in &it.properties {
                    let key = self.key(&property.key);
                    let part = value.map(|value| self.graph.load(value, key));
                    self.bind(&property.value, part);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Object, rest.span, value);
                    self.bind(&rest.argument, Some(part));
                }
            }
            BindingPattern::ArrayPattern(it) => {
                for element in it.elements.iter().flatten() {
                    let part = value.map(|value| self.graph.load(value, Key::Any));
                    self.bind(element, part);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Array, rest.span, value);
                    self.bind(&rest.argument, Some(part));
                }
            }
        }
    }

    fn rest(&mut self, kind: Kind, span: Span, value: Option<Var>) -> Var {
        let (site, var) = self.make(kind, span);
        if let Some(value) = value {
            let held = self.graph.load(value, Key::Any);
            self.graph.put(site, Key::Any, held);
        }
        var
    }

    fn assignment(&mut self, assignment: &AssignmentExpression<'_>) -> Option<Var> {
        let value = self.expression(&assignment.right);
        self.target(&assignment.left, value, assignment.span);
        match &assignment.left {
            AssignmentTarget::AssignmentTargetIdentifier(it) if assignment.operator.is_logical() => {
                let held = self.name(it);
                self.either(value, held)
            }
            AssignmentTarget::StaticMemberExpression(it) if assignment.operator.is_logical() => {
                let held = self.member(&it.object, Key::Named(it.property.name.to_string()));
                self.either(value, held)
            }
            AssignmentTarget::ComputedMemberExpression(it) if assignment.operator.is_logical() => {
                let held = self.member(&it.object, Key::Any);
                self.either(value, held)
            }
            _ => value,
        }
    }

    fn target(&mut self, target: &AssignmentTarget<'_>, value: Option<Var>, span: Span) {
        if let Some(simple) = target.as_simple_assignment_target() {
            return self.simple_target(simple, value, span);
        }
        match target {
            AssignmentTarget::ArrayAssignmentTarget(it) => {
                for element in it.elements.iter().flatten() {
                    let part = value.map(|value| self.graph.load(value, Key::Any));
                    self.maybe_default(element, part, span);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Array, rest.span, value);
                    self.target(&rest.target, Some(part), span);
                }
            }
            AssignmentTarget::ObjectAssignmentTarget(it) => {
                for property in &it.properties {
                    self.target_property(property, value, span);
                }
                if let Some(rest) = &it.rest {
                    let part = self.rest(Kind::Object, rest.span, value);
                    self.target(&rest.target, Some(part), span);
                }
            }
            _ => {}
        }
    }

    fn target_property(&mut self, property: &AssignmentTargetProperty<'_>, value: Option<Var>, span: Span) {
        match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(it) => {
                let key = Key::Named(it.binding.name.to_string());
                let part = value.map(|value| self.graph.load(value, key));
                let default = it.init.as_ref().and_then(|it| self.expression(it));
                let part = self.either(part, default);
                self.assign_name(&it.binding, part, span);
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(it) => {
                let key = self.key(&it.name);
                let part = value.map(|value| self.graph.load(value, key));
                self.maybe_default(&it.binding, part, span);
            }
        }
    }

    fn maybe_default(&mut self, target: &AssignmentTargetMaybeDefault<'_>, value: Option<Var>, span: Span) {
        if let AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(it) = target {
            let default = self.expression(&it.init);
            let value = self.either(value, default);
            return self.target(&it.binding, value, span);
        }
        if let Some(target) = target.as_assignment_target() {
            self.target(target, value, span);
        }
    }

    fn simple_target(&mut self, target: &SimpleAssignmentTarget<'_>, value: Option<Var>, span: Span) {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(it) => self.assign_name(it, value, span),
            SimpleAssignmentTarget::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.set(&it.object, key, value, span);
            }
            SimpleAssignmentTarget::StaticMemberExpression(it) => {
                self.set(&it.object, Key::Named(it.property.name.to_string()), value, span);
            }
            SimpleAssignmentTarget::PrivateFieldExpression(it) => self.set(&it.object, Key::Any, value, span),
            SimpleAssignmentTarget::TSAsExpression(it) => self.expression_target(&it.expression, value, span),
            SimpleAssignmentTarget::TSSatisfiesExpression(it) => {
                self.expression_target(&it.expression, value, span);
            }
            SimpleAssignmentTarget::TSNonNullExpression(it) => {
                self.expression_target(&it.expression, value, span);
            }
            SimpleAssignmentTarget::TSTypeAssertion(it) => {
                self.expression_target(&it.expression, value, span);
            }
        }
    }

    /// `(a as any) = …`, `delete a.b`
    fn expression_target(&mut self, target: &Expression<'_>, value: Option<Var>, span: Span) {
        match target.get_inner_expression() {
            Expression::Identifier(it) => self.assign_name(it, value, span),
            Expression::ComputedMemberExpression(it) => {
                let key = self.computed_key(&it.expression);
                self.set(&it.object, key, value, span);
            }
            Expression::StaticMemberExpression(it) => {
                self.set(&it.object, Key::Named(it.property.name.to_string()), value, span);
            }
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::StaticMemberExpression(it) => self.set(&it.object, Key::Any, value, span),
                ChainElement::ComputedMemberExpression(it) => self.set(&it.object, Key::Any, value, span),
                _ => {}
            },
            other => drop(self.expression(other)),
        }
    }

    fn delete(&mut self, target: &Expression<'_>, span: Span) {
        self.expression_target(target, None, span);
    }

    fn assign_name(&mut self, reference: &IdentifierReference<'_>, value: Option<Var>, span: Span) {
        if let Some(symbol) = self.script.symbol(reference) {
            let symbol = self.found.symbol(self.graph, self.m, symbol);
            if let Some(value) = value {
                self.graph.copy(value, symbol);
            }
            return;
        }
        if is_of_the_language(&reference.name) {
            let change = self.change(span);
            self.graph.act(self.language, None, Use::Change(None, change));
        }
        self.escape(value, span);
    }

    /// `object.key = value`: changes the object, wherever in the module it stands.
    fn set(&mut self, object: &Expression<'_>, key: Key, value: Option<Var>, span: Span) {
        let holder = self.expression(object);
        if let Some(holder) = holder {
            let name = if let Key::Named(name) = &key { Some(name.clone()) } else { None };
            let change = self.change(span);
            self.graph.act(holder, None, Use::Change(name, change));
            if let Some(value) = value {
                self.graph.store(holder, key, value);
                self.graph.keep(holder, value, self.owner, change);
            }
        }
        if !self.is_own(object) {
            self.escape(value, span);
        }
    }

    /// Whether an expression is rooted in a name that this module declares, so that its objects are known.
    fn is_own(&self, expression: &Expression<'_>) -> bool {
        match expression.get_inner_expression() {
            Expression::Identifier(it) => match self.script.symbol(it) {
                Some(symbol) => {
                    !matches!(self.script.bindings.get(&symbol), None | Some(Binding::Import { .. }))
                }
                None => it.name == "module" || it.name == "exports",
            },
            Expression::StaticMemberExpression(it) => self.is_own(&it.object),
            Expression::ComputedMemberExpression(it) => self.is_own(&it.object),
            _ => false,
        }
    }

    // Calls.

    fn call(&mut self, call: &CallExpression<'_>) -> Var {
        let name = dotted(self.script, &call.callee);
        if let Some(name) = &name {
            if let Some(result) = self.named_call(call, name) {
                return result;
            }
            if name.root == Root::Imported {
                self.note_called(&call.callee);
            }
        }
        match call.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => {
                self.method(call, &it.object, it.property.name.as_str())
            }
            Expression::ComputedMemberExpression(it) => {
                self.expression(&it.expression);
                self.method(call, &it.object, "")
            }
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::StaticMemberExpression(it) => {
                    self.method(call, &it.object, it.property.name.as_str())
                }
                ChainElement::ComputedMemberExpression(it) => self.method(call, &it.object, ""),
                _ => self.unknown_call(call, None),
            },
            callee => {
                let callee = self.expression(callee);
                self.unknown_call(call, callee)
            }
        }
    }

    /// An imported function that is called while the module is loaded may change what modules share.
    fn note_called(&mut self, callee: &Expression<'_>) {
        let mut at = callee.get_inner_expression();
        while let Expression::StaticMemberExpression(it) = at {
            at = it.object.get_inner_expression();
        }
        let Expression::Identifier(it) = at else { return };
        let binding = self.script.symbol(it).and_then(|symbol| self.script.bindings.get(&symbol));
        if let (Some(Binding::Import { specifier, .. }), None) = (binding, self.owner) {
            self.called.push(specifier);
        }
    }

    /// Calls that are known by their name.
    fn named_call(&mut self, call: &CallExpression<'_>, name: &Name) -> Option<Var> {
        let text = name.text.as_str();
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
            self.arguments(call);
            self.graph.var()
        })
    }

    fn helper(&mut self, call: &CallExpression<'_>, name: &Name, wrapper: bool) -> Var {
        let arguments: Vec<Var> = self.arguments(call).into_iter().flatten().collect();
        let result = self.graph.var();
        let mut import = None;
        let mut trusted = wrapper && name.root != Root::Local;
        match name.root {
            Root::Global => trusted = true,
            Root::Imported => {
                self.note_called_anywhere(&call.callee);
                import = self.imported_name(&call.callee, &name.text);
                trusted |= import.is_none();
            }
            Root::Local => {
                if let Expression::Identifier(it) = call.callee.get_inner_expression() {
                    trusted =
                        self.script.symbol(it).is_some_and(|symbol| super::is_identity(self.script, symbol));
                }
            }
        }
        trusted &= call.arguments.len() == 1;
        let import = import.filter(|_| !trusted && call.arguments.len() == 1);
        self.found.helpers.push(Helper {
            module: self.m,
            span: call.span,
            trusted,
            import,
            arguments,
            result,
            owner: self.owner,
            change: self.change(call.span),
        });
        result
    }

    fn note_called_anywhere(&mut self, callee: &Expression<'_>) {
        let outer = self.owner.take();
        self.note_called(callee);
        self.owner = outer;
    }

    /// The module and the export that a callee names; none for what is deeper.
    fn imported_name(&self, callee: &Expression<'_>, text: &str) -> Option<(String, String)> {
        use super::super::modules::ImportName;
        let mut at = callee.get_inner_expression();
        while let Expression::StaticMemberExpression(it) = at {
            at = it.object.get_inner_expression();
        }
        let Expression::Identifier(it) = at else { return None };
        let symbol = self.script.symbol(it)?;
        let Some(Binding::Import { specifier, name, .. }) = self.script.bindings.get(&symbol) else {
            return None;
        };
        let mut parts = text.split('.').skip(1);
        match (name, parts.next()) {
            (ImportName::Named(name), None) => Some(((*specifier).to_owned(), (*name).to_owned())),
            (ImportName::Namespace, Some(export)) => Some(((*specifier).to_owned(), export.to_owned())),
            _ => None,
        }
    }

    /// `Object.keys(…)` and its like: a new array or object that holds what its arguments hold.
    fn language_call(&mut self, call: &CallExpression<'_>, name: &str) -> Var {
        let arguments = self.arguments(call);
        let result = self.derived(call.span, &arguments.iter().copied().flatten().collect::<Vec<_>>());
        if matches!(name, "Object.freeze" | "Object.seal" | "Object.preventExtensions" | "Object.assign") {
            for argument in arguments.iter().take(1).flatten() {
                self.graph.copy(*argument, result);
            }
        }
        if name == "Object.assign" && !starts_with_literal(call) {
            let change = self.change(call.span);
            for target in arguments.iter().take(1).flatten() {
                self.graph.act(*target, None, Use::Change(None, change));
                for source in arguments.iter().skip(1).flatten() {
                    let held = self.graph.load(*source, Key::Any);
                    self.graph.store(*target, Key::Any, held);
                }
            }
        }
        if name == "Array.from" && call.arguments.len() > 1 {
            for argument in arguments.into_iter().flatten() {
                self.escape(Some(argument), call.span);
            }
        }
        result
    }

    /// `Object.defineProperty(…)` and its like change their first argument.
    fn changing_call(&mut self, call: &CallExpression<'_>) -> Var {
        let arguments = self.arguments(call);
        let change = self.change(call.span);
        let result = self.graph.var();
        for (index, argument) in arguments.into_iter().enumerate() {
            let Some(argument) = argument else { continue };
            if index == 0 {
                self.graph.act(argument, None, Use::Change(None, change));
                self.graph.copy(argument, result);
            }
            self.graph.act(argument, None, Use::Escape(change));
        }
        // What looks at prototypes may give the language's own.
        self.graph.copy(self.language, result);
        result
    }

    /// A new value that holds what others hold, at any depth.
    fn derived(&mut self, span: Span, of: &[Var]) -> Var {
        let (site, var) = self.make(Kind::Array, span);
        let held = self.graph.var();
        self.graph.point(held, site);
        for &source in of {
            let once = self.graph.load(source, Key::Any);
            let twice = self.graph.load(once, Key::Any);
            for from in [source, once, twice] {
                self.graph.copy(from, held);
            }
        }
        self.graph.put(site, Key::Any, held);
        var
    }

    fn arguments(&mut self, call: &CallExpression<'_>) -> Vec<Option<Var>> {
        self.argument_list(&call.arguments)
    }

    fn argument_list(&mut self, arguments: &[Argument<'_>]) -> Vec<Option<Var>> {
        arguments
            .iter()
            .map(|argument| match argument {
                Argument::SpreadElement(spread) => self.contents(&spread.argument),
                _ => argument.as_expression().and_then(|it| self.expression(it)),
            })
            .collect()
    }

    fn unknown_call(&mut self, call: &CallExpression<'_>, callee: Option<Var>) -> Var {
        for argument in self.arguments(call).into_iter().flatten() {
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

    fn method(&mut self, call: &CallExpression<'_>, object: &Expression<'_>, name: &str) -> Var {
        let receiver = self.expression(object);
        let change = self.change(call.span);
        if CHANGING.contains(&name) {
            return self.changing_method(call, receiver, change);
        }
        if PURE.contains(&name) {
            return self.pure_method(call, receiver, name, change);
        }
        self.escape(receiver, call.span);
        let callee = receiver.map(|receiver| {
            let key = if name.is_empty() { Key::Any } else { Key::Named(name.to_owned()) };
            self.graph.load(receiver, key)
        });
        self.unknown_call(call, callee)
    }

    fn changing_method(&mut self, call: &CallExpression<'_>, receiver: Option<Var>, change: Change) -> Var {
        let arguments = self.arguments_of_method(call, receiver);
        let result = self.derived(call.span, &receiver.into_iter().collect::<Vec<_>>());
        if let Some(receiver) = receiver {
            self.graph.act(receiver, None, Use::ChangingMethod(change));
            self.graph.copy(receiver, result);
            let held = self.graph.load(receiver, Key::Any);
            self.graph.copy(held, result);
        }
        for argument in arguments.into_iter().flatten() {
            match receiver {
                Some(receiver) => {
                    self.graph.store(receiver, Key::Any, argument);
                    self.graph.keep(receiver, argument, self.owner, change);
                }
                None => self.escape(Some(argument), call.span),
            }
        }
        if !self.is_own_receiver(call) {
            // The array may belong to others, who may change what is put into it.
            let held = receiver.map(|receiver| self.graph.load(receiver, Key::Any));
            self.escape(held, call.span);
        }
        result
    }

    fn is_own_receiver(&self, call: &CallExpression<'_>) -> bool {
        match call.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => {
                self.is_own(&it.object)
                    || matches!(it.object.get_inner_expression(), Expression::ArrayExpression(_))
            }
            _ => false,
        }
    }

    fn pure_method(
        &mut self,
        call: &CallExpression<'_>,
        receiver: Option<Var>,
        name: &str,
        change: Change,
    ) -> Var {
        let arguments = self.arguments_of_method(call, receiver);
        if let Some(receiver) = receiver {
            self.graph.act(receiver, None, Use::PureMethod(change));
            let callee = self.graph.load(receiver, Key::Named(name.to_owned()));
            self.graph.act(callee, self.owner, Use::Call);
        }
        if CALLING.contains(&name) && !call.arguments.iter().all(|it| is_inline(self.script, it)) {
            let held = receiver.map(|receiver| self.graph.load(receiver, Key::Any));
            self.escape(receiver, call.span);
            self.escape(held, call.span);
            for argument in arguments.iter().copied() {
                self.escape(argument, call.span);
            }
        }
        let of: Vec<Var> = receiver.into_iter().chain(arguments.into_iter().flatten()).collect();
        let result = self.derived(call.span, &of);
        if GIVING.contains(&name) {
            for source in of {
                let held = self.graph.load(source, Key::Any);
                self.graph.copy(source, result);
                self.graph.copy(held, result);
            }
        }
        result
    }

    /// The arguments of a method; a function that is written there is given what the receiver holds.
    fn arguments_of_method(&mut self, call: &CallExpression<'_>, receiver: Option<Var>) -> Vec<Option<Var>> {
        let mut given = self.graph.var();
        if let Some(receiver) = receiver {
            let held = self.graph.load(receiver, Key::Any);
            let deeper = self.graph.load(held, Key::Any);
            for from in [receiver, held, deeper] {
                self.graph.copy(from, given);
            }
        }
        let mut values = Vec::new();
        for argument in &call.arguments {
            let function = argument.as_expression().map(Expression::get_inner_expression);
            let value = match function {
                Some(Expression::ArrowFunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                    walker.give(&it.params, given);
                    walker.arrow_body(it);
                })),
                Some(Expression::FunctionExpression(it)) => Some(self.inside(self.owner, |walker| {
                    walker.give(&it.params, given);
                    walker.function_body(&it.params, it.body.as_deref());
                })),
                _ => match argument {
                    Argument::SpreadElement(spread) => self.contents(&spread.argument),
                    _ => argument.as_expression().and_then(|it| self.expression(it)),
                },
            };
            if let Some(value) = value {
                // `reduce` hands what it was given, and what was returned, to the next call.
                self.graph.copy(value, given);
            }
            values.push(value);
        }
        given = self.graph.load(given, Key::Any);
        values.push(Some(given));
        values
    }

    fn give(&mut self, params: &FormalParameters<'_>, given: Var) {
        for parameter in &params.items {
            self.bind(&parameter.pattern, Some(given));
        }
        if let Some(rest) = &params.rest {
            let (site, var) = self.make(Kind::Array, rest.span);
            self.graph.put(site, Key::Any, given);
            self.bind(&rest.rest.argument, Some(var));
        }
    }

    fn construct(&mut self, new: &NewExpression<'_>) -> Var {
        let name = dotted(self.script, &new.callee);
        if name.as_ref().is_some_and(|name| name.root == Root::Imported) {
            self.note_called(&new.callee);
        }
        let harmless = name.is_some_and(|name| name.root == Root::Global && is_container(&name.text));
        let callee = self.expression(&new.callee);
        let arguments = self.argument_list(&new.arguments);
        self.calls(callee);
        if !harmless {
            for argument in arguments.iter().copied().flatten() {
                self.escape(Some(argument), new.span);
                if let Some(callee) = callee {
                    self.graph.store(callee, Key::Arguments, argument);
                }
            }
        }
        let result = self.derived(new.span, &arguments.into_iter().flatten().collect::<Vec<_>>());
        if let Some(callee) = callee {
            // An instance reaches what its class holds.
            let held = self.graph.load(callee, Key::Any);
            self.graph.store(result, Key::Any, held);
        }
        result
    }
}

impl<'x> Visit<'x> for Walker<'_, '_> {
    fn visit_expression(&mut self, it: &Expression<'x>) {
        self.expression(it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'x>) {
        let value = it.init.as_ref().and_then(|init| self.expression(init));
        self.bind(&it.id, value);
    }

    fn visit_function(&mut self, it: &Function<'x>, _flags: ScopeFlags) {
        self.function(it);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'x>) {
        self.arrow(it);
    }

    fn visit_class(&mut self, it: &Class<'x>) {
        self.class(it);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'x>) {
        let returned = it.argument.as_ref().and_then(|it| self.expression(it));
        self.returns(returned);
    }

    fn visit_throw_statement(&mut self, it: &ThrowStatement<'x>) {
        let thrown = self.expression(&it.argument);
        self.escape(thrown, it.span);
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'x>) {
        walk::walk_block_statement(self, &it.body);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'x>) {
        let held = self.contents(&it.right);
        self.loop_target(&it.left, held, it.span);
        self.visit_statement(&it.body);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'x>) {
        self.expression(&it.right);
        self.loop_target(&it.left, None, it.span);
        self.visit_statement(&it.body);
    }

    fn visit_with_statement(&mut self, it: &WithStatement<'x>) {
        let why = Dynamic::new("the module has a `with` statement, which may change anything");
        self.found.opaque.insert(self.m, why);
        walk::walk_with_statement(self, it);
    }

    fn visit_ts_enum_declaration(&mut self, it: &TSEnumDeclaration<'x>) {
        let (_, var) = self.make(Kind::Object, it.span);
        let symbol = self.found.symbol(self.graph, self.m, it.id.symbol_id());
        self.graph.copy(var, symbol);
        for member in &it.body.members {
            if let Some(initializer) = &member.initializer {
                self.expression(initializer);
            }
        }
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'x>) {
        let value = match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(it) => Some(self.function(it)),
            ExportDefaultDeclarationKind::ClassDeclaration(it) => Some(self.class(it)),
            declaration => declaration.as_expression().and_then(|it| self.expression(it)),
        };
        self.found.defaults.extend(value.map(|value| (self.m, value)));
    }

    fn visit_ts_export_assignment(&mut self, it: &TSExportAssignment<'x>) {
        let value = self.expression(&it.expression);
        self.found.defaults.extend(value.map(|value| (self.m, value)));
    }
}

impl Walker<'_, '_> {
    fn loop_target(&mut self, left: &ForStatementLeft<'_>, held: Option<Var>, span: Span) {
        match left {
            ForStatementLeft::VariableDeclaration(it) => {
                for declarator in &it.declarations {
                    self.bind(&declarator.id, held);
                }
            }
            _ => {
                if let Some(target) = left.as_assignment_target() {
                    self.target(target, held, span);
                }
            }
        }
    }
}

/// Functions of the language that change their first argument, or that reach its prototype.
fn is_changing_function(name: &str) -> bool {
    name.starts_with("Reflect.")
        || matches!(
            name,
            "Object.defineProperty"
                | "Object.defineProperties"
                | "Object.setPrototypeOf"
                | "Object.getPrototypeOf"
        )
}

/// Constructors that keep what they are given and change nothing.
fn is_container(name: &str) -> bool {
    matches!(name, "Map" | "Set" | "WeakMap" | "WeakSet" | "Array" | "URL" | "Date" | "RegExp" | "Error")
}

fn starts_with_literal(call: &CallExpression<'_>) -> bool {
    let first =
        call.arguments.first().and_then(Argument::as_expression).map(Expression::get_inner_expression);
    matches!(first, Some(Expression::ObjectExpression(_)))
}

/// Whether an argument is a function that is written there, or data.
fn is_inline(script: &Script<'_>, argument: &Argument<'_>) -> bool {
    let Some(expression) = argument.as_expression() else { return false };
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(_)
        | Expression::FunctionExpression(_)
        | Expression::ObjectExpression(_)
        | Expression::ArrayExpression(_)
        | Expression::TemplateLiteral(_) => true,
        Expression::Identifier(it) => {
            script.is_global(it) && matches!(it.name.as_str(), "Boolean" | "String" | "Number")
        }
        literal => literal.is_literal() || literal.span().is_empty(),
    }
}
