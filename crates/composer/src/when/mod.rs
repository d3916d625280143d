//! The language of conditions: `when: "user.role == 'clerk'"`. `docs/when.md` defines it.
//!
//! Conditions are parsed here, when the shell is built, so that a wrong one is a diagnostic. The SDK parses them again
//! and evaluates them (`npm/plugin-sdk/src/when.ts`). `fixtures/when` proves that the two agree, on the tree and on
//! the first error alike.

mod parse;
mod reason;
mod token;

use std::ops::Range;

use serde_json::{Value, json};

pub use parse::parse;
pub use reason::Reason;

/// A parsed condition, or an operand in one.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// `'clerk'`
    Literal(Literal),
    /// `['clerk', 'admin']`: only after `in`.
    List(Vec<Literal>),
    /// `user.role`
    Name(Vec<String>),
    /// `!a`
    Not(Box<Condition>),
    /// `a && b && c`: two or more.
    All(Vec<Condition>),
    /// `a || b || c`: two or more.
    Any(Vec<Condition>),
    /// `a == b`
    Compare(Comparison, Box<[Condition; 2]>),
}

/// A value that is written in a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A finite number; never `-0`.
    Number(f64),
    /// A string, without its quotes and escapes.
    String(String),
}

/// What two operands are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the first token that cannot stand where it does; empty at the end of the text.
    pub range: Range<usize>,
    /// What is wrong with it.
    pub reason: Reason,
}

impl Condition {
    /// The tree as the SDK has it: `["==", ["name", "user", "role"], ["value", "clerk"]]`.
    pub fn to_json(&self) -> Value {
        let all = |operator: &str, operands: &[Self]| {
            std::iter::once(json!(operator)).chain(operands.iter().map(Self::to_json)).collect()
        };
        match self {
            Self::Literal(literal) => json!(["value", literal.to_json()]),
            Self::List(items) => json!(["value", items.iter().map(Literal::to_json).collect::<Vec<_>>()]),
            Self::Name(parts) => {
                std::iter::once("name").chain(parts.iter().map(String::as_str)).map(Value::from).collect()
            }
            Self::Not(operand) => json!(["!", operand.to_json()]),
            Self::All(operands) => all("&&", operands),
            Self::Any(operands) => all("||", operands),
            Self::Compare(comparison, operands) => all(comparison.as_str(), &operands[..]),
        }
    }
}

impl Literal {
    fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => json!(value),
            // JavaScript prints whole numbers without a point.
            Self::Number(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
                json!(*number as i64)
            }
            Self::Number(number) => json!(number),
            Self::String(text) => json!(text),
        }
    }
}

impl Comparison {
    /// Every comparison, as it is written.
    const ALL: [(&str, Self); 7] = [
        ("==", Self::Equal),
        ("!=", Self::Unequal),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
        ("in", Self::In),
    ];

    /// The comparison that is written so.
    fn of(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(written, _)| *written == text).map(|&(_, comparison)| comparison)
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}
