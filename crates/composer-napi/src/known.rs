//! Options that do not exist are refused: they would do nothing, and nobody would notice. So are values that no option
//! takes, by the option's name: what a conversion says of them names a field of ours.

use framework_m_composer::messages::did_you_mean;
use napi::{
    Error, JsValue, Result, Status, ValueType,
    bindgen_prelude::{FromNapiValue, JsObjectValue, Object, Unknown},
};

/// What an option takes.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    Number,
    Flag,
    /// A list of texts.
    Texts,
    /// What the environment of a program has: a text, a number, `true`, `false` or `null`.
    Plain,
    /// An object of options.
    Options(&'static [(&'static str, Takes)]),
    /// An object whose keys are names.
    Named(&'static Takes),
}

const LOCATE: &[(&str, Takes)] =
    &[("root", Takes::Text), ("shell", Takes::Text), ("metadataKey", Takes::Text), ("frames", Takes::Text)];
const COMPOSER: &[(&str, Takes)] = &[
    ("root", Takes::Text),
    ("shell", Takes::Text),
    ("metadataKey", Takes::Text),
    ("include", Takes::Texts),
    ("exclude", Takes::Texts),
    ("only", Takes::Texts),
    ("menu", Takes::Options(&[("overrides", Takes::Named(&Takes::Options(MENU_OVERRIDE)))])),
    ("routes", Takes::Options(&[("base", Takes::Text)])),
    ("severity", Takes::Named(&Takes::Text)),
    ("wrappers", Takes::Texts),
    ("messages", Takes::Texts),
    ("env", Takes::Named(&Takes::Plain)),
    ("codeSplitting", Takes::Text),
    ("hot", Takes::Flag),
    ("typesDir", Takes::Text),
    ("frames", Takes::Text),
];
const MENU_OVERRIDE: &[(&str, Takes)] = &[
    ("hide", Takes::Flag),
    ("order", Takes::Number),
    ("label", Takes::Text),
    ("icon", Takes::Text),
    ("module", Takes::Text),
    ("parent", Takes::Text),
    ("before", Takes::Text),
    ("after", Takes::Text),
];

/// Options of a composer. Throws for one that does not exist, and for a value that an option does not take.
pub(crate) fn composer<T: FromNapiValue + Default>(given: Option<Object>) -> Result<T> {
    checked(given, COMPOSER)
}

/// Options that say where a workspace is. Throws as [`composer`] does.
pub(crate) fn locate<T: FromNapiValue + Default>(given: Option<Object>) -> Result<T> {
    checked(given, LOCATE)
}

fn checked<T: FromNapiValue + Default>(given: Option<Object>, known: &[(&str, Takes)]) -> Result<T> {
    let Some(given) = given else { return Ok(T::default()) };
    options("", &given, known)?;
    T::from_unknown(given.to_unknown())
}

fn options(place: &str, given: &Object, known: &[(&str, Takes)]) -> Result<()> {
    for key in Object::keys(given)? {
        let Some((_, takes)) = known.iter().find(|(name, _)| *name == key) else {
            return Err(unknown(place, &key, known));
        };
        if let Some(value) = given.get::<Unknown>(&key)? {
            takes.check(&format!("{place}{key}"), value)?;
        }
    }
    Ok(())
}

fn unknown(place: &str, key: &str, known: &[(&str, Takes)]) -> Error {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let help = did_you_mean(key, names.iter().copied())
        .unwrap_or_else(|| format!("There are {}.", names.join(", ")));
    Error::new(Status::InvalidArg, format!("there is no option `{place}{key}`. {help}"))
}

impl Takes {
    /// Throws for a value that the option at a place does not take. `undefined` is an option that is left out.
    fn check(self, place: &str, value: Unknown) -> Result<()> {
        let kind = value.get_type()?;
        let is_taken = match self {
            _ if matches!(kind, ValueType::Undefined | ValueType::Null) => true,
            Self::Text => kind == ValueType::String,
            Self::Number => kind == ValueType::Number,
            Self::Flag => kind == ValueType::Boolean,
            Self::Plain => matches!(kind, ValueType::String | ValueType::Number | ValueType::Boolean),
            Self::Texts => value.is_array()? && are_texts(&Object::from_unknown(value)?)?,
            Self::Options(_) | Self::Named(_) => kind == ValueType::Object && !value.is_array()?,
        };
        if !is_taken {
            let message =
                format!("the option `{place}` is {}, not {}", self.description(), self.shown(value)?);
            return Err(Error::new(Status::InvalidArg, message));
        }
        match self {
            Self::Options(known) if kind == ValueType::Object => {
                options(&format!("{place}."), &Object::from_unknown(value)?, known)
            }
            Self::Named(takes) if kind == ValueType::Object => {
                named(place, &Object::from_unknown(value)?, *takes)
            }
            _ => Ok(()),
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Texts => "a list of strings",
            Self::Plain => "a string, a number, true, false or null",
            Self::Options(_) | Self::Named(_) => "an object",
        }
    }

    /// A value as its author would write it, where it is short.
    fn shown(self, value: Unknown) -> Result<String> {
        Ok(match value.get_type()? {
            ValueType::String => format!("{:?}", String::from_unknown(value)?),
            ValueType::Number | ValueType::Boolean => value.coerce_to_string()?.into_utf8()?.into_owned()?,
            ValueType::Function => "a function".to_string(),
            ValueType::Object if value.is_array()? => match self {
                Self::Texts => "a list of something else".to_string(),
                _ => "a list".to_string(),
            },
            ValueType::Object => "an object".to_string(),
            kind => format!("{kind:?}").to_lowercase(),
        })
    }
}

fn named(place: &str, given: &Object, takes: Takes) -> Result<()> {
    for name in Object::keys(given)? {
        if let Some(value) = given.get::<Unknown>(&name)? {
            takes.check(&format!("{place}['{name}']"), value)?;
        }
    }
    Ok(())
}

fn are_texts(list: &Object) -> Result<bool> {
    for index in 0..list.get_array_length()? {
        if list.get_element::<Unknown>(index)?.get_type()? != ValueType::String {
            return Ok(false);
        }
    }
    Ok(true)
}
