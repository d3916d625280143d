//! Text to condition, by recursive descent with one token of lookahead. The functions are named after the rules of the
//! grammar in `docs/when.md`, and stand in the order in which `npm/plugin-sdk/src/when.ts` has them.

use std::ops::Range;

use super::{
    Comparison, Condition, Literal, Reason, SyntaxError,
    token::{Kind, Token, token_at},
};

/// How many parentheses and `!` may be open at a time.
const MAX_DEPTH: usize = 64;

type Parsed<T> = Result<T, SyntaxError>;

/// Parses a condition. The first token that cannot stand where it does is the error.
pub fn parse(text: &str) -> Result<Condition, SyntaxError> {
    let mut parser = Parser { text, token: Token { kind: Kind::End, text: "", start: 0 }, depth: 0 };
    parser.advance()?;
    let condition = parser.condition()?;
    if parser.token.kind != Kind::End {
        return parser.fail(Reason::NoEnd);
    }
    Ok(condition)
}

struct Parser<'t> {
    text: &'t str,
    /// The token that was read and not yet used.
    token: Token<'t>,
    depth: usize,
}

impl Parser<'_> {
    fn condition(&mut self) -> Parsed<Condition> {
        let mut operands = vec![self.conjunction()?];
        while self.take("||")? {
            operands.push(self.conjunction()?);
        }
        Ok(joined(operands, Condition::Any))
    }

    fn conjunction(&mut self) -> Parsed<Condition> {
        let mut operands = vec![self.test()?];
        while self.take("&&")? {
            operands.push(self.test()?);
        }
        Ok(joined(operands, Condition::All))
    }

    fn test(&mut self) -> Parsed<Condition> {
        let left = self.token;
        let operand = self.operand()?;
        let Some(comparison) = self.comparison() else {
            return alone(left, operand);
        };
        if is(left, "!") {
            return self.fail(Reason::Negation);
        }
        self.advance()?;
        let right = if comparison == Comparison::In { self.container()? } else { self.operand()? };
        if self.comparison().is_some() {
            return self.fail(Reason::Chain);
        }
        Ok(Condition::Compare(comparison, Box::new([operand, right])))
    }

    fn operand(&mut self) -> Parsed<Condition> {
        if is(self.token, "!") {
            let negated = self.nested(|parser| {
                let first = parser.token;
                let operand = parser.operand()?;
                alone(first, operand)
            })?;
            return Ok(Condition::Not(Box::new(negated)));
        }
        if is(self.token, "(") {
            let inner = self.nested(Self::condition)?;
            if !self.take(")")? {
                return self.fail(Reason::NoClosing);
            }
            return Ok(inner);
        }
        if self.token.kind == Kind::Word && !matches!(self.token.text, "true" | "false" | "null" | "in") {
            return self.name();
        }
        self.literal(Reason::NoValue).map(Condition::Literal)
    }

    /// What stands to the right of `in`.
    fn container(&mut self) -> Parsed<Condition> {
        if self.token.kind == Kind::Word && !matches!(self.token.text, "true" | "false" | "null" | "in") {
            return self.name();
        }
        if !self.take("[")? {
            return self.fail(Reason::NoContainer);
        }
        let mut items = Vec::new();
        while !is(self.token, "]") {
            if !items.is_empty() && !self.take(",")? {
                return self.fail(Reason::NoComma);
            }
            items.push(self.literal(Reason::NoLiteral)?);
        }
        self.advance()?;
        Ok(Condition::List(items))
    }

    fn name(&mut self) -> Parsed<Condition> {
        let parts = self.token.text.split('.').map(str::to_owned).collect();
        self.advance()?;
        Ok(Condition::Name(parts))
    }

    fn literal(&mut self, expected: Reason) -> Parsed<Literal> {
        let text = self.token.text;
        let literal = match (self.token.kind, text) {
            (Kind::Word, "true") => Literal::Bool(true),
            (Kind::Word, "false") => Literal::Bool(false),
            (Kind::Word, "null") => Literal::Null,
            (Kind::Number, _) => match text.parse::<f64>() {
                // Adding zero makes `-0` zero.
                Ok(number) if number.is_finite() => Literal::Number(number + 0.0),
                _ => return self.fail(Reason::Infinite),
            },
            (Kind::String, _) => Literal::String(self.unescaped()?),
            _ => return self.fail(expected),
        };
        self.advance()?;
        Ok(literal)
    }

    /// What the string says that is the token.
    fn unescaped(&self) -> Parsed<String> {
        let inner = &self.token.text[1..self.token.text.len() - 1];
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.char_indices();
        while let Some((at, char)) = chars.next() {
            text.push(match char {
                '\\' => match chars.next().map_or('\0', |(_, escaped)| escaped) {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    same @ ('\\' | '\'' | '"') => same,
                    other => {
                        let start = self.token.start + 1 + at;
                        return fail(start..start + 1 + other.len_utf8(), Reason::Escape);
                    }
                },
                _ => char,
            });
        }
        Ok(text)
    }

    /// What follows the token, one level further in.
    fn nested(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<Condition>) -> Parsed<Condition> {
        if self.depth == MAX_DEPTH {
            return self.fail(Reason::Depth);
        }
        self.depth += 1;
        self.advance()?;
        let condition = inner(self)?;
        self.depth -= 1;
        Ok(condition)
    }

    /// The comparison that the token is.
    fn comparison(&self) -> Option<Comparison> {
        matches!(self.token.kind, Kind::Sign | Kind::Word).then(|| Comparison::of(self.token.text)).flatten()
    }

    /// Uses the token if it is this sign.
    fn take(&mut self, sign: &str) -> Parsed<bool> {
        let found = is(self.token, sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn advance(&mut self) -> Parsed<()> {
        self.token = token_at(self.text, self.token.start + self.token.text.len());
        match self.token.kind {
            Kind::OpenString => self.fail(Reason::Unclosed),
            Kind::Unknown => self.fail(Reason::Character),
            Kind::Sign if !is_known(self.token.text) => self.fail(Reason::Operator),
            _ => Ok(()),
        }
    }

    fn fail<T>(&self, reason: Reason) -> Parsed<T> {
        fail(self.token.start..self.token.start + self.token.text.len(), reason)
    }
}

/// An operand that no comparison follows: not a value that is always true or always false by its kind.
fn alone(first: Token, operand: Condition) -> Parsed<Condition> {
    match operand {
        Condition::Literal(Literal::Null | Literal::Number(_) | Literal::String(_)) => {
            fail(first.start..first.start + first.text.len(), Reason::Alone)
        }
        _ => Ok(operand),
    }
}

fn is(token: Token, sign: &str) -> bool {
    token.kind == Kind::Sign && token.text == sign
}

fn is_known(sign: &str) -> bool {
    matches!(sign, "&&" | "||" | "!" | "(" | ")" | "[" | "]" | ",") || Comparison::of(sign).is_some()
}

fn joined(mut operands: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    if operands.len() > 1 { join(operands) } else { operands.remove(0) }
}

fn fail<T>(range: Range<usize>, reason: Reason) -> Parsed<T> {
    Err(SyntaxError { range, reason })
}
