//! The pure methods of arrays, with known arguments (ECMA-262, 23.1.3).

use std::rc::Rc;

use oxc::ast::ast::{Argument, CallExpression};

use super::{
    convert::{Outcome, join, strictly_equal, to_boolean, to_integer, to_number, to_string},
    expression::Evaluator,
    fresh::reordered,
    script::ModuleId,
    strings::range,
};
use crate::value::{Dynamic, Value, ValueKind};

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
        if let Err(why) = self.look_through(elements.len()) {
            return self.dynamic(m, call.span, why);
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
