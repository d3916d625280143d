//! The pure methods of arrays, with known arguments (ECMA-262, 23.1.3).

use std::rc::Rc;

use oxc::{
    ast::ast::{Argument, BindingPattern, CallExpression, Expression, FormalParameters},
    semantic::SymbolId,
    span::Span,
};

use super::{
    bodies::{self, Body},
    convert::{Outcome, join, strictly_equal, to_boolean, to_integer, to_number, to_string},
    declarations,
    expression::Evaluator,
    fresh::reordered,
    functions,
    helpers::Helper,
    script::ModuleId,
    strings::range,
};
use crate::value::{Dynamic, Value, ValueKind};

/// What an array method applies to each element.
pub(super) enum Callback<'a> {
    Function(&'a FormalParameters<'a>, Body<'a>),
    Global(&'static str),
    /// A function of the workspace, by its name.
    Helper(Helper<'a>, Span),
}

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn array_method(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        array: &Rc<Value>,
        name: &str,
    ) -> Value {
        let ValueKind::Array(elements) = &array.kind else {
            return self.dynamic(m, call.span, self.call_runs_code(m, call));
        };
        if let Some(spread) = elements.iter().find(|element| element.is_spread()) {
            let why = Dynamic::new("the array holds a spread that is not static");
            let value = self.blame(m, call.span, why, &[spread]);
            return value;
        }
        let outcome = match name {
            "map" | "filter" | "find" | "findIndex" | "some" | "every" | "flatMap" | "findLast" => {
                self.applied(m, call, array, elements, name)
            }
            "reduce" | "reduceRight" => self.reduced(m, call, array, elements, name),
            "toSorted" => self.sorted(m, call, elements),
            "sort" | "reverse" if self.modules.script(m).is_some_and(|it| reordered(it, call).is_some()) => {
                if name == "sort" {
                    self.sorted(m, call, elements)
                } else {
                    self.listed(m, call, elements, "toReversed")
                }
            }
            _ => self.listed(m, call, elements, name),
        };
        match outcome {
            Ok(value @ Value { kind: ValueKind::Array(_) | ValueKind::Object(_), .. }) => {
                self.charge(value, 1)
            }
            Ok(value) => value,
            Err(why) => self.dynamic(m, call.span, why),
        }
    }

    /// Methods that take plain arguments.
    fn listed(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        elements: &[Value],
        name: &str,
    ) -> Outcome<Value> {
        let arguments = self.arguments(m, call)?;
        let integer = |index: usize, default: f64| match arguments.get(index) {
            None | Some(Value { kind: ValueKind::Undefined, .. }) => Ok(default),
            Some(value) => to_number(value).map(to_integer),
        };
        let kind = match name {
            "concat" => self.concat(elements, &arguments)?,
            "join" => {
                let separator = match arguments.first() {
                    None | Some(Value { kind: ValueKind::Undefined, .. }) => ",".to_owned(),
                    Some(value) => to_string(value)?,
                };
                ValueKind::String(join(elements, &separator)?)
            }
            "slice" => {
                let (start, end) = range(integer(0, 0.0)?, integer(1, f64::INFINITY)?, elements.len());
                ValueKind::Array(self.parts(&elements[start..end.max(start)]))
            }
            "flat" => {
                let depth = integer(0, 1.0)?;
                ValueKind::Array(self.flat(elements, depth)?)
            }
            "at" => {
                let index = integer(0, 0.0)?;
                let index = if index < 0.0 { index + elements.len() as f64 } else { index };
                match (index >= 0.0).then(|| elements.get(index as usize)).flatten() {
                    Some(element) => return Ok(self.part(element)),
                    None => ValueKind::Undefined,
                }
            }
            "includes" if arguments.len() == 1 => {
                ValueKind::Bool(position(elements, &arguments[0], true)?.is_some())
            }
            "indexOf" if arguments.len() == 1 => {
                let found = position(elements, &arguments[0], false)?;
                ValueKind::Number(found.map_or(-1.0, |index| index as f64))
            }
            "lastIndexOf" if arguments.len() == 1 => {
                let last = last_position(elements, &arguments[0])?;
                ValueKind::Number(last.map_or(-1.0, |index| index as f64))
            }
            "toReversed" if arguments.is_empty() => {
                let mut all = self.parts(elements);
                all.reverse();
                ValueKind::Array(all)
            }
            "toSpliced" if !arguments.is_empty() => {
                let (start, _) = range(integer(0, 0.0)?, 0.0, elements.len());
                let rest = elements.len() - start;
                let skipped = if arguments.len() == 1 {
                    rest
                } else {
                    integer(1, 0.0)?.clamp(0.0, rest as f64) as usize
                };
                let mut all = self.parts(&elements[..start]);
                all.extend(arguments.into_iter().skip(2));
                all.extend(self.parts(&elements[start + skipped..]));
                ValueKind::Array(all)
            }
            "with" if arguments.len() == 2 => {
                let index = integer(0, 0.0)?;
                let index = if index < 0.0 { index + elements.len() as f64 } else { index };
                if index < 0.0 || index >= elements.len() as f64 {
                    return Err(Dynamic::new("`with` is given an index that the array does not have"));
                }
                let mut all = self.parts(elements);
                all[index as usize] = arguments[1].clone();
                ValueKind::Array(all)
            }
            "push" | "pop" | "shift" | "unshift" | "splice" | "sort" | "reverse" | "fill" | "copyWithin" => {
                return Err(Dynamic::new(format!("`{name}` changes the array")).help(
                    "Build a new array instead: `[...list, item]`, `concat`, `toSorted`, `toReversed`.",
                ));
            }
            _ => return Err(self.call_runs_code(m, call)),
        };
        Ok(Value::new(kind, self.modules.origin(m, call.span)))
    }

    fn parts(&mut self, elements: &[Value]) -> Vec<Value> {
        elements.iter().map(|element| self.part(element)).collect()
    }

    fn concat(&mut self, elements: &[Value], arguments: &[Value]) -> Outcome<ValueKind> {
        let mut all = self.parts(elements);
        for argument in arguments {
            match &argument.kind {
                ValueKind::Array(more) => all.extend(self.parts(more)),
                ValueKind::Dynamic(why) => return Err(why.clone()),
                ValueKind::Code(_) => return Err(super::convert::code(argument)),
                _ => all.push(argument.clone()),
            }
        }
        Ok(ValueKind::Array(all))
    }

    fn flat(&mut self, elements: &[Value], depth: f64) -> Outcome<Vec<Value>> {
        let mut all = Vec::new();
        for element in elements {
            match &element.kind {
                ValueKind::Array(inner) if depth >= 1.0 => all.extend(self.flat(inner, depth - 1.0)?),
                ValueKind::Dynamic(why) => return Err(why.clone()),
                ValueKind::Code(crate::value::Code::Import(it)) if !it.lazy => {
                    return Err(super::convert::code(element));
                }
                _ => all.push(self.part(element)),
            }
        }
        Ok(all)
    }

    /// Methods that apply a function to the elements.
    fn applied(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        whole: &Rc<Value>,
        elements: &[Value],
        name: &str,
    ) -> Outcome<Value> {
        let [argument] = call.arguments.as_slice() else { return Err(self.call_runs_code(m, call)) };
        let callback = self.callback(m, call, argument)?;
        let origin = self.modules.origin(m, call.span);
        let mut made = Vec::new();
        let mut found = None;
        for (index, element) in elements.iter().enumerate() {
            let element = Rc::new(self.part(element));
            let result = self.apply(m, &callback, None, &element, index, whole)?;
            match name {
                "map" => made.push(result),
                "flatMap" => made.extend(self.flat(&[result], 1.0)?),
                "filter" => {
                    if to_boolean(&result)? {
                        made.push(self.owned(element));
                    }
                }
                _ => {
                    let stops = to_boolean(&result)? != (name == "every");
                    if stops {
                        found = Some((index, element));
                        if name != "findLast" {
                            break;
                        }
                    }
                }
            }
        }
        let kind = match (name, found) {
            ("map" | "flatMap" | "filter", _) => ValueKind::Array(made),
            ("find" | "findLast", Some((_, element))) => return Ok(self.owned(element)),
            ("find" | "findLast", None) => ValueKind::Undefined,
            ("findIndex", found) => ValueKind::Number(found.map_or(-1.0, |(index, _)| index as f64)),
            ("every", found) => ValueKind::Bool(found.is_none()),
            (_, found) => ValueKind::Bool(found.is_some()),
        };
        Ok(Value::new(kind, origin))
    }

    /// `reduce`: what each step returns is given to the next (ECMA-262, 23.1.3.24).
    fn reduced(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        whole: &Rc<Value>,
        elements: &[Value],
        name: &str,
    ) -> Outcome<Value> {
        let (callback, initial) = match call.arguments.as_slice() {
            [callback] => (callback, None),
            [callback, initial] => (callback, Argument::as_expression(initial)),
            _ => return Err(self.call_runs_code(m, call)),
        };
        let callback = self.callback(m, call, callback)?;
        let mut order: Vec<usize> = (0..elements.len()).collect();
        if name == "reduceRight" {
            order.reverse();
        }
        let mut order = order.into_iter();
        let mut before = match initial {
            Some(initial) => Rc::new(self.eval(m, initial)),
            None => match order.next() {
                Some(first) => Rc::new(self.part(&elements[first])),
                None => return Err(Dynamic::new("nothing is reduced without a first value, which throws")),
            },
        };
        for index in order {
            let element = Rc::new(self.part(&elements[index]));
            before = Rc::new(self.apply(m, &callback, Some(&before), &element, index, whole)?);
        }
        Ok(self.owned(before))
    }

    pub(super) fn callback(
        &mut self,
        m: ModuleId,
        call: &'a CallExpression<'a>,
        argument: &'a Argument<'a>,
    ) -> Outcome<Callback<'a>> {
        let Some(expression) = Argument::as_expression(argument) else {
            return Err(self.call_runs_code(m, call));
        };
        if let Expression::Identifier(it) = expression.get_inner_expression()
            && let Some(helper) = self.helper_of(m, it)
        {
            return Ok(Callback::Helper(helper, it.span));
        }
        if let Expression::Identifier(it) = expression.get_inner_expression()
            && self.modules.script(m).is_some_and(|script| script.is_global(it))
            && let Some(name) = ["Boolean", "String", "Number"].into_iter().find(|name| it.name == *name)
        {
            return Ok(Callback::Global(name));
        }
        let (parameters, body) = bodies::of_expression(expression).ok_or_else(|| {
            Dynamic::new("the function is not written where it is used")
                .help("Use an arrow with an expression: `(item) => …`.")
        })?;
        if let Some(effect) = body.effect() {
            return Err(self.has_effect(m, "the function", effect));
        }
        if parameters.rest.is_some() {
            return Err(Dynamic::new("the function takes the rest of its arguments"));
        }
        Ok(Callback::Function(parameters, body))
    }

    pub(super) fn apply(
        &mut self,
        m: ModuleId,
        callback: &Callback<'a>,
        before: Option<&Rc<Value>>,
        element: &Rc<Value>,
        index: usize,
        whole: &Rc<Value>,
    ) -> Outcome<Value> {
        let number = Rc::new(Value::new(ValueKind::Number(index as f64), element.origin.clone()));
        let given = [before.map(Rc::clone), Some(Rc::clone(element)), Some(number), Some(Rc::clone(whole))];
        let given: Vec<_> = given.into_iter().flatten().collect();
        let (parameters, body) = match callback {
            Callback::Function(parameters, body) => (*parameters, *body),
            Callback::Helper(helper, at) => return self.helped(m, helper, *at, &given),
            Callback::Global(_) if before.is_some() => {
                return Err(Dynamic::new("the function is given more than one argument"));
            }
            Callback::Global(name) => {
                let kind = functions::call(name, std::slice::from_ref(element.as_ref()));
                return kind
                    .unwrap_or(Ok(ValueKind::Undefined))
                    .map(|kind| Value::new(kind, element.origin.clone()));
            }
        };
        let missing = Rc::new(Value::new(ValueKind::Undefined, element.origin.clone()));
        let mut bound = self.bind_all(m, parameters, &given, &missing);
        // What the body names was worked out for this element alone.
        let value = self.returned(m, body, &mut bound);
        self.unbind(bound);
        Ok(value)
    }

    /// Gives a function's parameters their values; says which names that binds.
    pub(super) fn bind_all(
        &mut self,
        m: ModuleId,
        parameters: &'a FormalParameters<'a>,
        given: &[Rc<Value>],
        missing: &Rc<Value>,
    ) -> Vec<(ModuleId, SymbolId)> {
        let mut bound = Vec::new();
        for (position, parameter) in parameters.items.iter().enumerate() {
            let mut value = Rc::clone(given.get(position).unwrap_or(missing));
            if let (ValueKind::Undefined, Some(initializer)) = (&value.kind, &parameter.initializer) {
                value = Rc::new(self.eval(m, initializer));
            }
            self.bind(m, &parameter.pattern, &value, &mut bound);
        }
        if let Some(rest) = &parameters.rest {
            let more =
                given.iter().skip(parameters.items.len()).map(|it| self.owned(Rc::clone(it))).collect();
            let more = Rc::new(self.fresh(m, rest.span, ValueKind::Array(more)));
            self.bind(m, &rest.rest.argument, &more, &mut bound);
        }
        bound
    }

    pub(super) fn unbind(&mut self, bound: Vec<(ModuleId, SymbolId)>) {
        for key in bound {
            self.locals.remove(&key);
        }
    }

    pub(super) fn bind(
        &mut self,
        m: ModuleId,
        pattern: &'a BindingPattern<'a>,
        value: &Rc<Value>,
        bound: &mut Vec<(ModuleId, SymbolId)>,
    ) {
        for (_, symbol, span) in declarations::names(pattern) {
            let reassigned =
                self.modules.script(m).is_some_and(|it| it.semantic.scoping().symbol_is_mutated(symbol));
            let part = match self.destructure(m, pattern, Rc::clone(value), symbol) {
                Some(part) if !reassigned => part,
                _ => {
                    let why = Dynamic::new("it is reassigned in the function");
                    Rc::new(Value::new(ValueKind::Dynamic(why), self.modules.origin(m, span)))
                }
            };
            self.locals.insert((m, symbol), part);
            bound.push((m, symbol));
        }
    }
}

/// Where an element stands last.
fn last_position(elements: &[Value], wanted: &Value) -> Outcome<Option<usize>> {
    for (index, element) in elements.iter().enumerate().rev() {
        if strictly_equal(element, wanted)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Where an element stands; `includes` finds `NaN` too.
fn position(elements: &[Value], wanted: &Value, nan: bool) -> Outcome<Option<usize>> {
    let is_nan = |value: &Value| matches!(value.kind, ValueKind::Number(it) if it.is_nan());
    for (index, element) in elements.iter().enumerate() {
        if strictly_equal(element, wanted)? || (nan && is_nan(element) && is_nan(wanted)) {
            return Ok(Some(index));
        }
    }
    Ok(None)
}
