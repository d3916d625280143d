//! Templates → texts.

use std::rc::Rc;

use oxc::ast::ast::{TaggedTemplateExpression, TemplateElement, TemplateLiteral};

use super::{
    callee::{Root, dotted},
    convert::{Outcome, half_a_pair, short, to_string},
    expression::{Evaluator, is_primitive},
    script::ModuleId,
};
use crate::value::{Dynamic, Value, ValueKind};

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn template(&mut self, m: ModuleId, template: &'a TemplateLiteral<'a>) -> Value {
        self.joined(m, template, |quasi| quasi.value.cooked.as_deref())
    }

    fn joined(
        &mut self,
        m: ModuleId,
        template: &'a TemplateLiteral<'a>,
        written: fn(&'a TemplateElement<'a>) -> Option<&'a str>,
    ) -> Value {
        let parts: Vec<_> =
            template.expressions.iter().map(|expression| self.shared(m, expression)).collect();
        let made = match self.facts.polluted() {
            Some(why) if !parts.iter().all(|part| is_primitive(part)) => Err(why),
            _ => concatenated(template, &parts, written),
        };
        match made {
            Ok(kind) => self.charge(Value::new(kind, self.modules.origin(m, template.span)), 1),
            Err(why) => {
                let of: Vec<_> = parts.iter().map(Rc::as_ref).collect();
                self.blame(m, template.span, why, &of)
            }
        }
    }

    /// ``String.raw`…` ``; any other tag runs code.
    pub(super) fn tagged(&mut self, m: ModuleId, tagged: &'a TaggedTemplateExpression<'a>) -> Value {
        let script = self.modules.script(m);
        let name = script.and_then(|script| dotted(script, &tagged.tag));
        if !name.is_some_and(|name| name.root == Root::Global && name.text == "String.raw") {
            let why = Dynamic::new("a template tag runs code").help("Write the text without the tag.");
            return self.dynamic(m, tagged.span, why);
        }
        if let Some(why) = self.facts.polluted() {
            return self.dynamic(m, tagged.span, why);
        }
        self.joined(m, &tagged.quasi, |quasi| Some(quasi.value.raw.as_str()))
    }
}

/// What is written between the parts of a template, and the parts as text.
fn concatenated<'a>(
    template: &'a TemplateLiteral<'a>,
    parts: &[Rc<Value>],
    written: fn(&'a TemplateElement<'a>) -> Option<&'a str>,
) -> Outcome<ValueKind> {
    let mut text = String::with_capacity(template.span.size() as usize);
    for (index, quasi) in template.quasis.iter().enumerate() {
        if quasi.lone_surrogates {
            return Ok(half_a_pair());
        }
        text += written(quasi).unwrap_or_default();
        match parts.get(index).map(Rc::as_ref) {
            Some(Value { kind: ValueKind::String(part), .. }) => text += part,
            Some(part) => text += &to_string(part)?,
            None => {}
        }
        short(&text)?;
    }
    Ok(ValueKind::String(text))
}
