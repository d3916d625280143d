//! Options that do not exist are refused: they would do nothing, and nobody would notice.

use framework_m_composer::messages::did_you_mean;
use napi::{
    Error, JsValue, Result, Status, ValueType,
    bindgen_prelude::{FromNapiValue, Object, Unknown},
};

const LOCATE: &[&str] = &["root", "shell", "metadataKey", "frames"];
const COMPOSER: &[&str] = &[
    "root",
    "shell",
    "metadataKey",
    "include",
    "exclude",
    "only",
    "menu",
    "routes",
    "severity",
    "wrappers",
    "messages",
    "env",
    "codeSplitting",
    "hot",
    "typesDir",
    "frames",
];
const MENU: &[&str] = &["overrides"];
const MENU_OVERRIDE: &[&str] = &["hide", "order", "label", "icon", "module", "parent", "before", "after"];
const ROUTES: &[&str] = &["base"];

/// Options of a composer. Throws for one that does not exist.
pub(crate) fn composer<T: FromNapiValue + Default>(given: Option<Object>) -> Result<T> {
    let Some(given) = given else { return Ok(T::default()) };
    check("", &given, COMPOSER)?;
    if let Some(menu) = nested(&given, "menu")? {
        check("menu.", &menu, MENU)?;
        if let Some(overrides) = nested(&menu, "overrides")? {
            for name in Object::keys(&overrides)? {
                if let Some(change) = nested(&overrides, &name)? {
                    check(&format!("menu.overrides['{name}']."), &change, MENU_OVERRIDE)?;
                }
            }
        }
    }
    if let Some(routes) = nested(&given, "routes")? {
        check("routes.", &routes, ROUTES)?;
    }
    T::from_unknown(given.to_unknown())
}

/// Options that say where a workspace is. Throws for one that does not exist.
pub(crate) fn locate<T: FromNapiValue + Default>(given: Option<Object>) -> Result<T> {
    let Some(given) = given else { return Ok(T::default()) };
    check("", &given, LOCATE)?;
    T::from_unknown(given.to_unknown())
}

fn check(place: &str, given: &Object, known: &[&str]) -> Result<()> {
    let Some(key) = Object::keys(given)?.into_iter().find(|key| !known.contains(&key.as_str())) else {
        return Ok(());
    };
    let help = did_you_mean(&key, known.iter().copied())
        .unwrap_or_else(|| format!("There are {}.", known.join(", ")));
    Err(Error::new(Status::InvalidArg, format!("there is no option `{place}{key}`. {help}")))
}

/// An object that an option holds; none if it holds something else, which is refused when it is read.
fn nested<'a>(given: &Object<'a>, key: &str) -> Result<Option<Object<'a>>> {
    let Some(value) = given.get::<Unknown>(key)? else { return Ok(None) };
    if value.get_type()? == ValueType::Object { Object::from_unknown(value).map(Some) } else { Ok(None) }
}
