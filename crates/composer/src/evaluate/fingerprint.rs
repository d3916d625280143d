//! A digest of a module's code: comments and white space do not count.

use std::hash::{DefaultHasher, Hash, Hasher};

use oxc::{
    ast::ast::{JSXText, Program, RegExpLiteral, StringLiteral, TemplateElement},
    ast_visit::Visit,
    span::Span,
};

/// The digest of a text that is no code.
pub(super) fn of_text(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The digest of a program. Two that print alike once they are formatted have the same.
pub(super) fn of_program(program: &Program) -> u64 {
    let mut literals = Literals(Vec::new());
    literals.visit_program(program);
    let comments = program.comments.iter().map(|comment| (comment.span, false));
    let mut marked: Vec<(Span, bool)> =
        literals.0.into_iter().map(|span| (span, true)).chain(comments).collect();
    marked.sort_unstable_by_key(|(span, _)| span.start);
    let (mut code, mut at) = (String::with_capacity(program.source_text.len()), 0);
    for (span, counts) in marked {
        push_dense(&mut code, &program.source_text[at..(span.start as usize).max(at)]);
        // A comment separates words as white space does.
        if counts {
            code.push_str(span.source_text(program.source_text));
        } else {
            push_dense(&mut code, " ");
        }
        at = span.end as usize;
    }
    push_dense(&mut code, &program.source_text[at..]);
    of_text(code.trim_end())
}

/// Adds text without its white space, but for what keeps two words apart.
fn push_dense(code: &mut String, text: &str) {
    for char in text.chars() {
        if !char.is_whitespace() {
            if !is_word(char) && code.ends_with(' ') {
                code.pop();
            }
            code.push(char);
        } else if code.ends_with(is_word) {
            code.push(' ');
        }
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '$')
}

/// The spans in which white space counts.
struct Literals(Vec<Span>);

impl<'a> Visit<'a> for Literals {
    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.0.push(literal.span);
    }

    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.0.push(element.span);
    }

    fn visit_reg_exp_literal(&mut self, literal: &RegExpLiteral<'a>) {
        self.0.push(literal.span);
    }

    fn visit_jsx_text(&mut self, text: &JSXText<'a>) {
        self.0.push(text.span);
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
