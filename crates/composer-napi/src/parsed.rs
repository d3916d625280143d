//! Values that cross the border as one text: for many small objects that is one call, where each of them takes several,
//! and a key such as `__proto__` is one like any other.

use napi::{
    Env, Error, Result,
    bindgen_prelude::{FnArgs, Function, JsObjectValue, Object, ToNapiValue, TypeName},
    sys,
};
use serde::{Serialize, Serializer};

/// A value on its way to JavaScript, as JSON.
pub struct Parsed(serde_json::Result<String>);

impl Parsed {
    /// A list of what can be said in JSON.
    pub(crate) fn list(items: impl Iterator<Item = impl Serialize>) -> Self {
        let mut text = Vec::new();
        let written = serde_json::Serializer::new(&mut text).collect_seq(items);
        Self(written.map(|()| String::from_utf8_lossy(&text).into_owned()))
    }

    /// An object, all of whose keys are its own.
    pub(crate) fn object(object: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(serde_json::to_string(&serde_json::Value::Object(object)))
    }
}

impl TypeName for Parsed {
    fn type_name() -> &'static str {
        "Parsed"
    }

    fn value_type() -> napi::ValueType {
        napi::ValueType::Object
    }
}

impl ToNapiValue for Parsed {
    unsafe fn to_napi_value(env: sys::napi_env, value: Self) -> Result<sys::napi_value> {
        let text = value.0.map_err(|error| Error::from_reason(error.to_string()))?;
        let global = Env::from_raw(env).get_global()?;
        let parse: Function<FnArgs<(String,)>, Object> =
            global.get_named_property::<Object>("JSON")?.get_named_property("parse")?;
        // SAFETY: the environment is that of the call which we are in.
        unsafe { Object::to_napi_value(env, parse.call((text,).into())?) }
    }
}
