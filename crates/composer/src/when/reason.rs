//! Why a text is no condition, in the words that the SDK uses too, and what to write instead.

use std::fmt;

use super::SyntaxError;

/// What is wrong with the first token that cannot stand where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `a == `
    NoValue,
    /// `a b`
    NoEnd,
    /// `(a b`
    NoClosing,
    /// `a in ['b' 'c']`
    NoComma,
    /// `a in 'b'`
    NoContainer,
    /// `a in [b]`
    NoLiteral,
    /// `a == 'b' || 'c'`
    Alone,
    /// `a < b < c`
    Chain,
    /// `!a == b`
    Negation,
    /// `((((…`
    Depth,
    /// `1e999`
    Infinite,
    /// `'it\x27s'`
    Escape,
    /// `'clerk`
    Unclosed,
    /// `a ? b`
    Character,
    /// `===`
    Operator,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValue => "a value is expected",
            Self::NoEnd => "an operator or the end is expected",
            Self::NoClosing => "an operator or `)` is expected",
            Self::NoComma => "`,` or `]` is expected",
            Self::NoContainer => "a list or a name is expected",
            Self::NoLiteral => "a literal is expected",
            Self::Alone => "this value is compared with nothing",
            Self::Chain | Self::Negation => "parentheses are needed",
            Self::Depth => "nested too deeply",
            Self::Infinite => "the number is too large",
            Self::Escape => "unknown escape",
            Self::Unclosed => "the string is not closed",
            Self::Character => "unexpected character",
            Self::Operator => "unknown operator",
        })
    }
}

impl SyntaxError {
    /// What to write instead.
    pub fn hint(&self, text: &str) -> String {
        let found = &text[self.range.clone()];
        let before = text[..self.range.start].trim_end();
        let word = before.rsplit(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or_default();
        if text.trim().is_empty() {
            return "Leave it out where there is no condition.".to_owned();
        }
        if let Some(meant) = operator_for(found).or_else(|| operator_for(word)) {
            return format!("Did you mean `{meant}`?");
        }
        match self.reason {
            Reason::NoContainer => "Write `'a' in user.roles`, or `user.role in ['a', 'b']`.",
            Reason::NoLiteral | Reason::NoComma => "A list is written `['a', 'b', 1]`.",
            Reason::Alone => "Compare it as well: `a == 'x' || a == 'y'`. Shorter: `a in ['x', 'y']`.",
            Reason::Chain => "Join two comparisons: `a < b && b < c`.",
            Reason::Negation => "Write `!(a == b)`, which is `a != b`, or `(!a) == b`.",
            Reason::Depth => "Split it, or write a function.",
            Reason::Infinite => "Numbers go up to about `1.8e308`.",
            Reason::Escape => {
                r#"Known are `\\`, `\'`, `\"`, `\n`, `\r` and `\t`; other characters need none."#
            }
            Reason::Unclosed if found == "'" => r"Close it with `'`; a quote inside of it is written `\'`.",
            Reason::Unclosed => r#"Close it with `"`; a quote inside of it is written `\"`."#,
            Reason::Character => for_character(found),
            Reason::NoValue | Reason::NoEnd | Reason::NoClosing | Reason::Operator => {
                "A condition is written like this: `user.role == 'clerk' && !user.guest`."
            }
        }
        .to_owned()
    }
}

/// The operator that other languages write so.
fn operator_for(written: &str) -> Option<&'static str> {
    Some(match written {
        "=" | "===" | "is" | "eq" | "equals" => "==",
        "!==" | "<>" | "ne" => "!=",
        "=<" => "<=",
        "=>" => ">=",
        "&" | "&&&" | "and" | "AND" => "&&",
        "|" | "|||" | "or" | "OR" => "||",
        "not" | "NOT" => "!",
        _ => return None,
    })
}

fn for_character(character: &str) -> &'static str {
    match character {
        "`" => "Strings stand in `'…'` or `\"…\"`.",
        "." => "Names are joined by single dots without spaces: `user.role`.",
        "+" | "*" | "/" | "%" | "?" | ":" => {
            "Conditions compare and combine; for anything else write a function."
        }
        _ => "Names consist of letters from A to Z, digits, `_` and `$`, joined by dots.",
    }
}
