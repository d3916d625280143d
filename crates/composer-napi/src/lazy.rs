//! Objects whose properties are made when they are first read: most of a composition is read by nobody, and to make an
//! object of JavaScript takes longer than to compose what is in it.

use std::rc::Rc;

use napi::{
    Env, Property, PropertyAttributes, Result,
    bindgen_prelude::{JsObjectValue, Object, ToNapiValue},
    sys,
};

/// An object on its way to JavaScript. It looks like any other there: a property that has been read is a plain value.
pub struct Lazy<T> {
    source: Rc<T>,
    properties: Vec<Property>,
}

impl<T: 'static> Lazy<T> {
    /// An object made from a source, which lives as long as the object.
    pub(crate) fn new(source: &Rc<T>) -> Self {
        Self { source: Rc::clone(source), properties: Vec::new() }
    }

    /// Adds a property.
    pub(crate) fn with<R: ToNapiValue + 'static>(
        mut self,
        name: &'static str,
        make: fn(&Rc<T>) -> R,
    ) -> Self {
        let source = Rc::clone(&self.source);
        let property = Property::new()
            .with_property_attributes(PropertyAttributes::Enumerable | PropertyAttributes::Configurable)
            .with_getter_closure(move |env: Env, this| {
                let value = Made(to_napi(env.raw(), make(&source))?);
                let mut object: Object = this.object;
                object.define_properties(&[named(name)?.with_napi_value(&env, value)?])?;
                Ok(value)
            });
        self.properties.extend(property.with_utf8_name(name));
        self
    }
}

impl<T: 'static> ToNapiValue for Lazy<T> {
    unsafe fn to_napi_value(env: sys::napi_env, lazy: Self) -> Result<sys::napi_value> {
        let mut object = Object::new(&Env::from_raw(env))?;
        object.define_properties(&lazy.properties)?;
        to_napi(env, object)
    }
}

/// A value of JavaScript, which may be given out more than once.
#[derive(Clone, Copy)]
struct Made(sys::napi_value);

impl ToNapiValue for Made {
    unsafe fn to_napi_value(_: sys::napi_env, made: Self) -> Result<sys::napi_value> {
        Ok(made.0)
    }
}

fn named(name: &str) -> Result<Property> {
    Property::new().with_utf8_name(name)
}

fn to_napi<V: ToNapiValue>(env: sys::napi_env, value: V) -> Result<sys::napi_value> {
    // SAFETY: the environment is that of the call which we are in.
    unsafe { V::to_napi_value(env, value) }
}
