//! Expression → Value: the heart of the reader.

use std::rc::Rc;

use oxc::{
    ast::ast::{
        ArrayExpression, ArrayExpressionElement, BinaryExpression, ChainElement, ConditionalExpression,
        Expression, IdentifierReference, LogicalExpression,
    },
    semantic::SymbolId,
    span::{GetSpan, Span},
    syntax::operator::LogicalOperator,
};

use super::{
    bodies::Parts,
    callee::{Root, dotted},
    convert::{Outcome, half_a_pair, to_boolean, to_string},
    flow::Facts,
    modules::{Content, Modules},
    operators,
    script::{Binding, ModuleId},
};
use crate::{
    diagnostic::Diagnostic,
    maps::{HashMap, HashSet},
    source::Origin,
    value::{Code, Dynamic, Value, ValueKind},
};

/// Expressions within expressions, names followed, at most.
const DEEPEST: usize = 1_500;

/// Parts that the values of one reading may have altogether.
const BUDGET: usize = 1_000_000;

/// Evaluates expressions of the loaded modules, loading more as names lead there.
pub(super) struct Evaluator<'e, 'a> {
    pub(super) modules: &'e mut Modules<'a>,
    pub(super) facts: &'e Facts,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What names stand for, once known.
    pub(super) values: HashMap<(ModuleId, SymbolId), Rc<Value>>,
    /// The static members of classes, by where they stand, once known.
    pub(super) statics: HashMap<(ModuleId, u32), Rc<Value>>,
    /// Names whose value is being worked out.
    pub(super) open: HashSet<(ModuleId, SymbolId)>,
    /// Parameters of the arrows being applied.
    pub(super) locals: HashMap<(ModuleId, SymbolId), Rc<Value>>,
    /// The functions that those declare which were called.
    pub(super) inner: HashMap<(ModuleId, SymbolId), Parts<'a>>,
    /// The functions of the author's that are being called.
    pub(super) active: HashSet<(ModuleId, SymbolId)>,
    /// When the outermost of them was called.
    pub(super) moment: Option<Moment>,
    /// Set when an optional chain ended early.
    pub(super) ended: bool,
    pub(super) budget: usize,
    depth: usize,
}

/// A moment in the run of a module: what stands before the offset has run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) module: ModuleId,
    pub(super) offset: u32,
}

impl<'e, 'a> Evaluator<'e, 'a> {
    pub(super) fn new(modules: &'e mut Modules<'a>, facts: &'e Facts) -> Self {
        Self {
            modules,
            facts,
            diagnostics: Vec::new(),
            values: HashMap::default(),
            statics: HashMap::default(),
            open: HashSet::default(),
            locals: HashMap::default(),
            inner: HashMap::default(),
            active: HashSet::default(),
            moment: None,
            ended: false,
            budget: BUDGET,
            depth: 0,
        }
    }

    /// The value of an expression.
    pub(super) fn eval(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Value {
        if self.depth > DEEPEST {
            return self.dynamic(m, expression.span(), Dynamic::new("it is nested too deeply"));
        }
        self.depth += 1;
        let value = self.eval_inner(m, expression);
        self.depth -= 1;
        value
    }

    fn eval_inner(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Value {
        let span = expression.span();
        let kind = match expression {
            Expression::NullLiteral(_) => ValueKind::Null,
            Expression::BooleanLiteral(it) => ValueKind::Bool(it.value),
            Expression::NumericLiteral(it) => ValueKind::Number(it.value),
            Expression::BigIntLiteral(it) => ValueKind::BigInt(it.value.as_str().to_owned()),
            Expression::StringLiteral(it) if it.lone_surrogates => half_a_pair(),
            Expression::StringLiteral(it) => ValueKind::String(it.value.as_str().to_owned()),
            Expression::RegExpLiteral(_) => ValueKind::Code(Code::Reference(self.text(m, span))),
            Expression::ClassExpression(_) => ValueKind::Code(Code::Class),
            Expression::JSXElement(_) | Expression::JSXFragment(_) => ValueKind::Code(Code::Jsx),
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => {
                return self.function(m, expression);
            }
            Expression::TemplateLiteral(it) => return self.template(m, it),
            Expression::Identifier(it) => {
                let value = self.name(m, it);
                return self.owned(value);
            }
            Expression::ArrayExpression(it) => return self.array(m, it),
            Expression::ObjectExpression(it) => return self.object(m, it),
            Expression::BinaryExpression(it) => return self.binary(m, it),
            Expression::LogicalExpression(it) => return self.logical(m, it),
            Expression::ConditionalExpression(it) => return self.conditional(m, it),
            Expression::UnaryExpression(it) => {
                let value = self.eval(m, &it.argument);
                return self.made(m, span, |_| operators::unary(it.operator, &value), &[&value]);
            }
            Expression::TaggedTemplateExpression(it) => return self.tagged(m, it),
            Expression::SequenceExpression(it) => match it.expressions.last() {
                Some(last) => return self.eval(m, last),
                None => ValueKind::Undefined,
            },
            Expression::CallExpression(it) => return self.call(m, it),
            Expression::ChainExpression(it) => return self.chain(m, &it.expression),
            Expression::ComputedMemberExpression(_) | Expression::StaticMemberExpression(_) => {
                let value = self.shared(m, expression);
                return self.owned(value);
            }
            Expression::TSAsExpression(it) => return self.eval(m, &it.expression),
            Expression::TSSatisfiesExpression(it) => return self.eval(m, &it.expression),
            Expression::TSTypeAssertion(it) => return self.eval(m, &it.expression),
            Expression::TSNonNullExpression(it) => return self.eval(m, &it.expression),
            Expression::TSInstantiationExpression(it) => return self.eval(m, &it.expression),
            Expression::ParenthesizedExpression(it) => return self.eval(m, &it.expression),
            _ => ValueKind::Dynamic(runs_code(expression, &self.text(m, span))),
        };
        Value::new(kind, self.modules.origin(m, span))
    }

    fn array(&mut self, m: ModuleId, array: &'a ArrayExpression<'a>) -> Value {
        if let Some(changed) = self.facts.changed(m, array.span) {
            return self.dynamic(m, array.span, changed);
        }
        let mut elements = Vec::with_capacity(array.elements.len());
        for element in &array.elements {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    let value = match self.distinct(m, &spread.argument) {
                        Some(value) => Rc::new(value),
                        None => self.shared(m, &spread.argument),
                    };
                    match self.elements(&value) {
                        Ok(more) => elements.extend(more),
                        Err(why) => elements.push(self.unknown_spread(m, spread.span, why)),
                    }
                }
                ArrayExpressionElement::Elision(hole) => {
                    let why = Dynamic::new("the array has a hole here").help("Write `undefined` or `null`.");
                    return self.dynamic(m, hole.span, why);
                }
                _ => elements.extend(element.as_expression().map(|expression| self.eval(m, expression))),
            }
        }
        self.charge(Value::new(ValueKind::Array(elements), self.modules.origin(m, array.span)), 1)
    }

    /// What `new Set(list)` holds of a list of primitive values; -0 becomes 0 (ECMA-262, 24.2.4.1).
    pub(super) fn distinct(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Option<Value> {
        let Expression::NewExpression(new) = expression.get_inner_expression() else { return None };
        let [argument] = new.arguments.as_slice() else { return None };
        let name = dotted(self.modules.script(m)?, &new.callee)?;
        if name.root != Root::Global || name.text != "Set" {
            return None;
        }
        let list = self.shared(m, argument.as_expression()?);
        let mut seen = HashSet::default();
        let mut kept = Vec::new();
        for mut element in self.elements(&list).ok()? {
            if !is_primitive(&element) {
                return None;
            }
            if matches!(element.kind, ValueKind::Number(0.0)) {
                element.kind = ValueKind::Number(0.0);
            }
            if seen.insert((element.noun(), to_string(&element).ok()?)) {
                kept.push(element);
            }
        }
        Some(Value::new(ValueKind::Array(kept), self.modules.origin(m, new.span)))
    }

    /// What iterating over a value gives.
    pub(super) fn elements(&mut self, value: &Value) -> Outcome<Vec<Value>> {
        if let Some(why) = self.facts.polluted() {
            return Err(why);
        }
        match &value.kind {
            ValueKind::Array(elements) => {
                self.pay(value)?;
                Ok(elements.clone())
            }
            ValueKind::String(text) => {
                self.spend(text.len())?;
                let part = |char: char| Value::new(ValueKind::String(char.into()), value.origin.clone());
                Ok(text.chars().map(part).collect())
            }
            ValueKind::Dynamic(why) => Err(why.clone()),
            ValueKind::Code(_) => Err(super::convert::code(value)),
            _ => Err(Dynamic::new(format!("{} cannot be spread into an array", value.noun()))),
        }
    }

    /// The leaf that stands for a spread of what is not static.
    pub(super) fn unknown_spread(&self, m: ModuleId, span: Span, why: Dynamic) -> Value {
        let help =
            why.help.clone().or_else(|| Some("Spread only what is written in these modules as data.".into()));
        self.dynamic(m, span, Dynamic { reason: why.reason, help, spread: true, later: None })
    }

    fn binary(&mut self, m: ModuleId, binary: &'a BinaryExpression<'a>) -> Value {
        let left = self.eval(m, &binary.left);
        let right = self.eval(m, &binary.right);
        self.made(m, binary.span, |_| operators::binary(binary.operator, &left, &right), &[&left, &right])
    }

    fn logical(&mut self, m: ModuleId, logical: &'a LogicalExpression<'a>) -> Value {
        let left = self.eval(m, &logical.left);
        let right = match logical.operator {
            LogicalOperator::And => to_boolean(&left),
            LogicalOperator::Or => to_boolean(&left).map(|truth| !truth),
            LogicalOperator::Coalesce => is_nullish(&left),
        };
        match right {
            Ok(true) => self.eval(m, &logical.right),
            Ok(false) => left,
            Err(why) => self.blame(m, logical.span, why, &[&left]),
        }
    }

    fn conditional(&mut self, m: ModuleId, conditional: &'a ConditionalExpression<'a>) -> Value {
        let test = self.eval(m, &conditional.test);
        match to_boolean(&test) {
            Ok(true) => self.eval(m, &conditional.consequent),
            Ok(false) => self.eval(m, &conditional.alternate),
            Err(why) => self.blame(m, conditional.span, why, &[&test]),
        }
    }

    fn chain(&mut self, m: ModuleId, chain: &'a ChainElement<'a>) -> Value {
        let outer = std::mem::replace(&mut self.ended, false);
        let value = match chain {
            ChainElement::CallExpression(it) => self.call(m, it),
            ChainElement::TSNonNullExpression(it) => self.eval(m, &it.expression),
            ChainElement::ComputedMemberExpression(it) => {
                let value = self.computed_member(m, it);
                self.owned(value)
            }
            ChainElement::StaticMemberExpression(it) => {
                let value = self.static_member(m, it);
                self.owned(value)
            }
            ChainElement::PrivateFieldExpression(it) => {
                self.dynamic(m, it.span, Dynamic::new("a private field is read"))
            }
        };
        self.ended = outer;
        value
    }

    /// The value of an expression, without a copy where a name holds it.
    pub(super) fn shared(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Rc<Value> {
        match expression {
            Expression::Identifier(it) => self.name(m, it),
            Expression::ComputedMemberExpression(it) => self.computed_member(m, it),
            Expression::StaticMemberExpression(it) => self.static_member(m, it),
            Expression::TSAsExpression(it) => self.shared(m, &it.expression),
            Expression::TSSatisfiesExpression(it) => self.shared(m, &it.expression),
            Expression::TSTypeAssertion(it) => self.shared(m, &it.expression),
            Expression::TSNonNullExpression(it) => self.shared(m, &it.expression),
            _ => Rc::new(self.eval(m, expression)),
        }
    }

    /// What a name stands for where it is written.
    pub(super) fn name(&mut self, m: ModuleId, reference: &'a IdentifierReference<'a>) -> Rc<Value> {
        let symbol = self.modules.script(m).and_then(|script| script.symbol(reference));
        let Some(symbol) = symbol else { return Rc::new(self.global(m, reference)) };
        if let Some(value) = self.locals.get(&(m, symbol)) {
            return Rc::clone(value);
        }
        if let Some(why) = self.too_early(m, symbol, reference) {
            return Rc::new(self.dynamic(m, reference.span, why));
        }
        self.symbol(m, symbol, reference.span)
    }

    /// A value of one's own: a shared one is copied, and the copy paid for.
    pub(super) fn owned(&mut self, value: Rc<Value>) -> Value {
        Rc::try_unwrap(value).unwrap_or_else(|shared| self.part(&shared))
    }

    fn global(&mut self, m: ModuleId, reference: &'a IdentifierReference<'a>) -> Value {
        let name = reference.name.as_str();
        let kind = match name {
            "undefined" => ValueKind::Undefined,
            "NaN" => ValueKind::Number(f64::NAN),
            "Infinity" => ValueKind::Number(f64::INFINITY),
            "Boolean" | "String" | "Number" | "Object" | "Array" | "Function" | "Symbol" | "Date"
            | "RegExp" | "Map" | "Set" | "WeakMap" | "WeakSet" | "Promise" | "Error" | "URL" | "BigInt"
            | "Proxy" => ValueKind::Code(Code::Reference(name.into())),
            _ => {
                let why = Dynamic::new(format!("`{name}` is not declared in this module"));
                ValueKind::Dynamic(why.help("Import it, or write the value itself."))
            }
        };
        Value::new(kind, self.modules.origin(m, reference.span))
    }

    /// Why a name has no value yet where it is used.
    pub(super) fn too_early(
        &self,
        m: ModuleId,
        symbol: SymbolId,
        at: &IdentifierReference<'_>,
    ) -> Option<Dynamic> {
        let script = self.modules.script(m)?;
        let end = match script.bindings.get(&symbol)? {
            Binding::Variable(it) => it.span.end,
            Binding::Class(it) => it.span.end,
            Binding::Enum(it) => it.span.end,
            Binding::CompiledEnum(it) => it.span.end,
            Binding::Namespace(it) => it.span.end,
            Binding::Function(_) | Binding::Import { .. } => return None,
        };
        let now = self.moment.filter(|it| it.module == m).map_or(at.span.start, |it| it.offset);
        (now < end).then(|| {
            Dynamic::new(format!("`{}` is used before it is defined", at.name))
                .help("Move the definition above its first use.")
        })
    }

    /// A value made of others, or the reason why it is not static.
    pub(super) fn made(
        &mut self,
        m: ModuleId,
        span: Span,
        make: impl FnOnce(&mut Self) -> Outcome<ValueKind>,
        of: &[&Value],
    ) -> Value {
        let primitive = of.iter().all(|value| is_primitive(value));
        let made = match self.facts.polluted() {
            Some(why) if !primitive => Err(why),
            _ => make(self),
        };
        match made {
            Ok(kind) => self.charge(Value::new(kind, self.modules.origin(m, span)), 1),
            Err(why) => self.blame(m, span, why, of),
        }
    }

    /// A value that is not static because of one that it is made of: that one is shown.
    pub(super) fn blame(&self, m: ModuleId, span: Span, why: Dynamic, of: &[&Value]) -> Value {
        for value in of {
            if matches!(&value.kind, ValueKind::Dynamic(it) if *it == why) {
                let origin = value.origin.clone();
                return Value::new(ValueKind::Dynamic(Dynamic { spread: false, ..why }), origin);
            }
        }
        self.dynamic(m, span, Dynamic { spread: false, ..why })
    }

    /// A leaf that is not static.
    pub(super) fn dynamic(&self, m: ModuleId, span: Span, why: Dynamic) -> Value {
        Value::new(ValueKind::Dynamic(why), self.modules.origin(m, span))
    }

    pub(super) fn text(&self, m: ModuleId, span: Span) -> String {
        let origin: Origin = self.modules.origin(m, span);
        origin.text().to_owned()
    }

    /// The value of a whole JSON module.
    pub(super) fn json(&self, m: ModuleId) -> Option<&Value> {
        match &self.modules.all[m].content {
            Content::Json(value) => Some(value),
            _ => None,
        }
    }
}

pub(super) fn is_primitive(value: &Value) -> bool {
    !matches!(value.kind, ValueKind::Array(_) | ValueKind::Object(_) | ValueKind::Code(_))
}

fn is_nullish(value: &Value) -> Outcome<bool> {
    match &value.kind {
        ValueKind::Null | ValueKind::Undefined => Ok(true),
        ValueKind::Dynamic(why) => Err(why.clone()),
        ValueKind::Code(Code::Import(it)) if !it.lazy => Err(super::convert::code(value)),
        ValueKind::Code(Code::Reference(_)) => Err(super::convert::code(value)),
        _ => Ok(false),
    }
}

fn runs_code(expression: &Expression<'_>, text: &str) -> Dynamic {
    let (what, help) = match expression {
        Expression::NewExpression(_) => {
            let help = "Write the value itself. Where a function may stand, write `() => new …`.";
            return Dynamic::new("`new` runs code").help(help).later("() => new …");
        }
        Expression::AwaitExpression(_) => ("`await` waits for code", "Write the value itself."),
        Expression::AssignmentExpression(_) | Expression::UpdateExpression(_) => {
            ("an assignment changes something", "Write the value itself.")
        }
        Expression::ImportExpression(_) => {
            let help = "Wrap it in a function: `() => import('./x')`.";
            return Dynamic::new("`import()` loads the module at once")
                .help(help)
                .later("() => import('./…')");
        }
        Expression::ThisExpression(_) => ("`this` is known only at run time", "Write the value itself."),
        _ => {
            let text: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
            return Dynamic::new(format!("`{text}` is known only at run time"));
        }
    };
    Dynamic::new(what).help(help)
}
