//! Values that cross the border as one text: JavaScript's own parser makes a thousand small objects in the time in which
//! calls across the border make three hundred.

use std::marker::PhantomData;

use napi::{
    Env, Error, Result,
    bindgen_prelude::{FnArgs, Function, JsObjectValue, Object, ToNapiValue, TypeName},
    sys,
};
use serde::Serialize;

/// A value on its way to JavaScript, as JSON.
pub struct Parsed<T> {
    json: serde_json::Result<String>,
    value: PhantomData<T>,
}

impl<T: Serialize> Parsed<T> {
    pub(crate) fn new(value: &T) -> Self {
        Self { json: serde_json::to_string(value), value: PhantomData }
    }
}

impl<T> TypeName for Parsed<T> {
    fn type_name() -> &'static str {
        "Parsed"
    }

    fn value_type() -> napi::ValueType {
        napi::ValueType::Object
    }
}

impl<T> ToNapiValue for Parsed<T> {
    unsafe fn to_napi_value(env: sys::napi_env, value: Self) -> Result<sys::napi_value> {
        let text = value.json.map_err(|error| Error::from_reason(error.to_string()))?;
        let global = Env::from_raw(env).get_global()?;
        let parse: Function<FnArgs<(String,)>, Object> =
            global.get_named_property::<Object>("JSON")?.get_named_property("parse")?;
        // SAFETY: the environment is that of the call which we are in.
        unsafe { Object::to_napi_value(env, parse.call((text,).into())?) }
    }
}
