//! Conditions: the parser gives what `fixtures/when` says, as the SDK does (`tests/node/when.test.ts`), and reads any text.

use std::{cmp::Ordering, fs, path::Path};

use framework_m_composer::when::{Comparison, Condition, Literal, parse};
use serde_json::{Value, json};

use crate::random::Random;

const NULL: Value = Value::Null;

fn fixture(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/when").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// What a text is, as the fixture says it: a tree, or an error with its offset in UTF-16 code units.
fn outcome(text: &str) -> Value {
    match parse(text) {
        Ok(condition) => json!({ "ast": condition.to_json() }),
        Err(error) => {
            let at = text[..error.range.start].encode_utf16().count();
            json!({ "error": { "at": at, "reason": error.reason.to_string() } })
        }
    }
}

#[test]
fn every_case_parses_and_evaluates_as_it_says() {
    let cases = fixture("cases.json");
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 150);
    for case in cases {
        let text = case["when"].as_str().unwrap();
        let made = outcome(text);
        assert_eq!(made["ast"], case["ast"], "{text}");
        assert_eq!(made["error"], case["error"], "{text}");
        if let Ok(condition) = parse(text) {
            let context = &case["context"];
            assert_eq!(case["is"], truth(&evaluate(&condition, context)), "{text} in {context}");
        }
    }
}

/// A value of a condition: of the context, or made.
enum Operand<'c> {
    Context(&'c Value),
    Made(Value),
}

impl Operand<'_> {
    fn value(&self) -> &Value {
        match self {
            Self::Context(value) => value,
            Self::Made(value) => value,
        }
    }
}

/// The second evaluator, which no user runs: it shows that `docs/when.md` says enough to write one.
fn evaluate<'c>(condition: &Condition, context: &'c Value) -> Operand<'c> {
    let holds = |operand: &Condition| truth(&evaluate(operand, context));
    match condition {
        Condition::Literal(literal) => Operand::Made(plain(literal)),
        Condition::List(items) => Operand::Made(items.iter().map(plain).collect()),
        Condition::Name(parts) => {
            parts.iter().fold(Operand::Context(context), |value, name| member(&value, name))
        }
        Condition::Not(operand) => Operand::Made(json!(!holds(operand))),
        Condition::All(operands) => Operand::Made(json!(operands.iter().all(holds))),
        Condition::Any(operands) => Operand::Made(json!(operands.iter().any(holds))),
        Condition::Compare(comparison, operands) => {
            let [left, right] = [&operands[0], &operands[1]].map(|operand| evaluate(operand, context));
            Operand::Made(json!(compare(*comparison, left.value(), right.value())))
        }
    }
}

fn plain(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => json!(value),
        Literal::Number(number) => json!(number),
        Literal::String(text) => json!(text),
    }
}

fn member<'c>(value: &Operand<'c>, name: &str) -> Operand<'c> {
    match value {
        Operand::Context(Value::Object(object)) => Operand::Context(object.get(name).unwrap_or(&NULL)),
        Operand::Context(Value::Array(items)) if name == "length" => Operand::Made(json!(items.len())),
        Operand::Context(Value::String(text)) if name == "length" => {
            Operand::Made(json!(text.encode_utf16().count()))
        }
        _ => Operand::Context(&NULL),
    }
}

fn truth(operand: &Operand) -> bool {
    match operand.value() {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> bool {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64().partial_cmp(&right.as_f64()),
        (Value::String(left), Value::String(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => None,
    };
    match comparison {
        Comparison::Equal => equal(left, right),
        Comparison::Unequal => !equal(left, right),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        Comparison::In => match right {
            Value::Array(items) => items.iter().any(|item| equal(left, item)),
            Value::Object(object) => left.as_str().is_some_and(|key| object.contains_key(key)),
            _ => false,
        },
    }
}

/// Lists and objects equal themselves and no other.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(_) | Value::Object(_), _) => std::ptr::eq(left, right),
        _ => left == right,
    }
}

/// The words of random texts.
struct Vocabulary {
    operands: Vec<String>,
    operators: Vec<String>,
    noise: Vec<String>,
}

impl Vocabulary {
    fn of(fixture: &Value) -> Self {
        let words = |key: &str| {
            let words = fixture[key].as_array().unwrap().iter();
            words.map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        Self { operands: words("operands"), operators: words("operators"), noise: words("noise") }
    }

    /// Operands and operators in turn, now and then something else.
    fn text(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for index in 0..=random.next(5) * 2 {
            let words = match random.next(10) {
                0 => &self.noise,
                _ if index % 2 == 0 => &self.operands,
                _ => &self.operators,
            };
            text.push_str(&words[random.next(words.len())]);
        }
        text
    }
}

/// FNV-1a, 32 bits.
fn digest(hash: u32, text: &str) -> u32 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The SDK's test makes the same texts and has to come to the same digests: `fixtures/when/random.json`.
#[test]
fn random_texts_are_to_the_sdk_what_they_are_here() {
    let expected = fixture("random.json");
    let vocabulary = Vocabulary::of(&expected);
    let mut random = Random(expected["seed"].as_u64().unwrap());
    let mut parsed = 0;
    let mut digests = Vec::new();
    for _ in 0..100 {
        let mut hash = 0x811c_9dc5;
        for _ in 0..200 {
            let text = vocabulary.text(&mut random);
            let mut made = outcome(&text);
            parsed += usize::from(made.get("ast").is_some());
            if let Some(error) = made.get_mut("error").and_then(Value::as_object_mut) {
                error.remove("reason"); // The SDK says where an error is, and not why.
            }
            hash = digest(hash, &format!("{text}\n{made}\n"));
        }
        digests.push(json!(hash));
    }
    assert!(parsed > 4000, "only {parsed} of the random texts are conditions");
    assert_eq!(Value::from(digests), expected["digests"]);
}

/// The fuzz target `when`, for a moment: whatever is in a text, its error lies in it, and its hint can be given.
#[test]
fn any_text_is_a_condition_or_has_an_error_within() {
    let mut random = Random(7);
    let bytes: Vec<String> = (0..128_u8).map(|byte| char::from(byte).to_string()).collect();
    let mut vocabulary: Vec<&str> = bytes.iter().map(String::as_str).collect();
    vocabulary
        .extend(["😀", "é", "\u{2028}", "\u{feff}", "''", "\"\"", "\\", "\\'", "&&", "||", "==", "a", "in"]);
    for _ in 0..50_000 {
        let text = (0..random.next(9)).map(|_| random.pick(&vocabulary)).collect::<String>();
        if let Err(error) = parse(&text) {
            assert!(error.range.start <= error.range.end && error.range.end <= text.len(), "{text:?}");
            assert!(!error.hint(&text).is_empty(), "{text:?}");
        }
    }
    for long in ["(", "!", "a && ", "[", "a in [1, ", "'", "\\"] {
        let _ = parse(&long.repeat(200_000));
    }
}
