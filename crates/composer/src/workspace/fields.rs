//! Some fields of a JSON document: the others are checked and left where they are, since nobody asks for most of what
//! manifests say.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// The wanted fields of a text that is one object, each at the place of its name; none if it is anything else, or no JSON.
pub(crate) fn read<const N: usize>(text: &str, wanted: [&str; N]) -> Option<[Option<Value>; N]> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let fields = Fields(wanted).deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| fields)
}

struct Fields<'w, const N: usize>([&'w str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Fields<'_, N> {
    type Value = [Option<Value>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Fields<'_, N> {
    type Value = [Option<Value>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut fields = [const { None }; N];
        while let Some(place) = access.next_key_seed(Place(&self.0))? {
            match place {
                Some(place) => fields[place] = Some(access.next_value()?),
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

/// Where a key stands among the wanted ones.
struct Place<'w>(&'w [&'w str]);

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Place<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|name| *name == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_fields_are_read_and_the_others_only_checked() {
        let text = r#"{ "a": [1], "b": { "x": 1 }, "\u0061": 2, "c": "é" }"#;
        assert_eq!(read(text, ["a", "c", "d"]), Some([Some(2.into()), Some("é".into()), None]));
        for broken in ["", "[]", "3", "{", r#"{ "a": 1, }"#, r#"{ "b": } "#, "{} {}", r#"{ "b": [1 2] }"#] {
            assert_eq!(read(broken, ["a"]), None, "{broken}");
        }
    }
}
