//! A digest of a module's code: comments and white space do not count, nor does the data that a configuration exports.

use std::{
    cmp::Reverse,
    hash::{Hash, Hasher},
    sync::Arc,
};

use oxc::{
    ast::ast::{Expression, JSXText, Program, RegExpLiteral, StringLiteral, TemplateElement},
    ast_visit::{Visit, walk},
    span::{GetSpan, Span},
};
use rustc_hash::FxHasher;

use crate::{
    source::{Origin, Source},
    value::{Code, Property, Value, ValueKind},
};

/// The digest of a text that is no code.
pub(super) fn of_text(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The digest of a program. Two that print alike once they are formatted have the same.
pub(super) fn of_program(program: &Program) -> u64 {
    digest(program, Vec::new())
}

/// The digest of a program that exports a configuration: of its code, without what is read from it. A component in a file
/// of its own is read too.
pub(super) fn of_configuration(program: &Program, source: &Arc<Source>, exported: &Value) -> u64 {
    let mut data = Vec::new();
    data_in(exported, source, &mut data);
    digest(program, data)
}

fn digest(program: &Program, mut data: Vec<Span>) -> u64 {
    let text = program.source_text;
    data.sort_unstable_by_key(|span| span.start);
    let mut literals = Literals { data: &data, found: Vec::new() };
    literals.visit_program(program);
    let literals = literals.found.into_iter().map(|span| (span, true));
    let comments = program.comments.iter().map(|comment| (comment.span, false));
    let data = data.iter().map(|&span| (span, false));
    let mut marked: Vec<(Span, bool)> = literals.chain(comments).chain(data).collect();
    // Of spans within one another the widest comes first, and the others are passed over.
    marked.sort_unstable_by_key(|(span, _)| (span.start, Reverse(span.end)));
    let (mut code, mut at) = (String::with_capacity(text.len()), 0);
    for (span, counts) in marked.into_iter().filter(|(span, _)| !span.is_empty()) {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < at {
            continue;
        }
        push_dense(&mut code, &text[at..start]);
        if counts {
            code.push_str(&text[start..end]);
        } else {
            // A comment separates words as white space does.
            push_dense(&mut code, " ");
        }
        at = end;
    }
    push_dense(&mut code, &text[at..]);
    of_text(code.trim_end())
}

/// The spans of what a literal holds of data, each with the comma behind it.
fn data_in(value: &Value, source: &Arc<Source>, found: &mut Vec<Span>) {
    let within = |origin: &Origin| {
        Arc::ptr_eq(&origin.source, source)
            && Arc::ptr_eq(&value.origin.source, source)
            && value.origin.span.start <= origin.span.start
            && origin.span.end <= value.origin.span.end
    };
    let mut part = |origin: &Origin, is_data: bool, inner: &Value| {
        if !within(origin) {
            return;
        }
        if is_data {
            found.push(with_comma(origin.span, &source.text));
        } else {
            data_in(inner, source, found);
        }
    };
    match &value.kind {
        ValueKind::Array(items) => items.iter().for_each(|item| part(&item.origin, is_data(item), item)),
        ValueKind::Object(object) => {
            for entry @ (_, property) in &object.0 {
                part(&property.whole, is_data_property(entry), &property.value);
            }
        }
        _ => {}
    }
}

fn is_data(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Code(_) | ValueKind::Dynamic(_) => false,
        ValueKind::Array(items) => items.iter().all(is_data),
        ValueKind::Object(object) => object.0.iter().all(is_data_property),
        _ => true,
    }
}

fn is_data_property((key, property): (&String, &Property)) -> bool {
    is_data(&property.value) || (key == "component" && is_own_file(&property.value))
}

fn is_own_file(value: &Value) -> bool {
    matches!(&value.kind, ValueKind::Code(Code::Import(import)) if import.lazy && import.file.is_some())
}

fn with_comma(span: crate::source::Span, text: &str) -> Span {
    let rest = &text[span.end as usize..];
    let gap = rest.len() - rest.trim_start().len();
    let comma = if rest[gap..].starts_with(',') { gap + 1 } else { 0 };
    Span::new(span.start, span.end + comma as u32)
}

/// What a character is to a program that is printed without what does not count.
#[derive(PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Sign,
}

impl Class {
    fn of(char: char) -> Self {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '$' => Self::Word,
            '\t'..='\r' | ' ' => Self::Space,
            '\0'..='\x7f' => Self::Sign,
            _ if char.is_alphanumeric() => Self::Word,
            _ if char.is_whitespace() => Self::Space,
            _ => Self::Sign,
        }
    }

    fn is_word(char: char) -> bool {
        Self::of(char) == Self::Word
    }
}

/// Adds text without its white space, but for what keeps two words apart, and without the comma after the last of a list.
fn push_dense(code: &mut String, text: &str) {
    let ends_with = |code: &String, sign| code.as_bytes().last() == Some(&sign);
    for char in text.chars() {
        match Class::of(char) {
            Class::Word => code.push(char),
            Class::Space if ends_with(code, b' ') || !code.ends_with(Class::is_word) => {}
            Class::Space => code.push(' '),
            Class::Sign => {
                if ends_with(code, b' ') {
                    code.pop();
                }
                if matches!(char, '}' | ')') && ends_with(code, b',') {
                    code.pop();
                }
                code.push(char);
            }
        }
    }
}

/// The spans in which white space counts, but for what stands in data.
struct Literals<'d> {
    /// In their order.
    data: &'d [Span],
    found: Vec<Span>,
}

impl<'a> Visit<'a> for Literals<'_> {
    fn visit_expression(&mut self, expression: &Expression<'a>) {
        let span = expression.span();
        let before = self.data.partition_point(|data| data.start <= span.start);
        let is_data = before.checked_sub(1).is_some_and(|at| span.end <= self.data[at].end);
        if !is_data {
            walk::walk_expression(self, expression);
        }
    }

    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.found.push(literal.span);
    }

    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.found.push(element.span);
    }

    fn visit_reg_exp_literal(&mut self, literal: &RegExpLiteral<'a>) {
        self.found.push(literal.span);
    }

    fn visit_jsx_text(&mut self, text: &JSXText<'a>) {
        self.found.push(text.span);
    }
}

#[cfg(test)]
mod tests {
    use oxc::{allocator::Allocator, parser::Parser, span::SourceType};

    use super::*;

    fn digest(text: &str) -> u64 {
        let allocator = Allocator::new();
        let parsed = Parser::new(&allocator, text, SourceType::tsx()).parse();
        assert!(parsed.diagnostics.is_empty(), "{text}");
        of_program(&parsed.program)
    }

    #[test]
    fn comments_and_white_space_do_not_count() {
        let code = digest("export default { label: 'Stock',order:1+x }");
        for same in [
            "/* Why. */ export default {\n  label: 'Stock', // the label\n  order: 1 + x }\n\n",
            "export/**/default{label:'Stock',order:1+x}// end",
        ] {
            assert_eq!(digest(same), code, "{same}");
        }
    }

    #[test]
    fn everything_else_counts() {
        let code = digest("f('a b', `c d ${e} f`, /g h/, <p>i j</p>)");
        for other in [
            "f('a  b', `c d ${e} f`, /g h/, <p>i j</p>)",
            "f('a b', `c  d ${e} f`, /g h/, <p>i j</p>)",
            "f('a b', `c d ${e}  f`, /g h/, <p>i j</p>)",
            "f('a b', `c d ${e} f`, /g  h/, <p>i j</p>)",
            "f('a b', `c d ${e} f`, /g h/, <p>i  j</p>)",
            "g('a b', `c d ${e} f`, /g h/, <p>i j</p>)",
            "f('a b', `c d ${e} f`, /g h/, <p>// i j</p>)",
        ] {
            assert_ne!(digest(other), code, "{other}");
        }
        assert_ne!(digest("typeof x"), digest("typeofx"));
    }
}
