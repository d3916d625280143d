//! Some fields of a JSON document: the others are checked and left where they are, since nobody asks for most of what
//! manifests say.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The wanted fields of a text that is one object; none if it is anything else, or no JSON.
pub(crate) fn read(text: &str, wanted: &[&str]) -> Option<Map<String, Value>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let fields = Fields(wanted).deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| fields)
}

struct Fields<'w>(&'w [&'w str]);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = access.next_key_seed(Name(self.0))? {
            match name {
                Some(name) => drop(fields.insert(name.to_owned(), access.next_value()?)),
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

/// A key, if it is wanted.
struct Name<'w>(&'w [&'w str]);

impl<'de, 'w> DeserializeSeed<'de> for Name<'w> {
    type Value = Option<&'w str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'w> Visitor<'_> for Name<'w> {
    type Value = Option<&'w str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|name| **name == key).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_fields_are_read_and_the_others_only_checked() {
        let fields = read(r#"{ "a": [1], "b": { "x": 1 }, "\u0061": 2, "c": "é" }"#, &["a", "c"]).unwrap();
        assert_eq!(Value::Object(fields), serde_json::json!({ "a": 2, "c": "é" }));
        for broken in ["", "[]", "3", "{", r#"{ "a": 1, }"#, r#"{ "b": } "#, "{} {}", r#"{ "b": [1 2] }"#] {
            assert_eq!(read(broken, &["a"]), None, "{broken}");
        }
    }
}
