//! What `framework-m explain` says.

use framework_m_composer::{
    build::Build,
    explain::{self, explain, suggest},
    options::Options,
};
use napi_derive::napi;

use crate::place::Place;

/// Whatever has a name, explained.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Explained {
    /// The version of this shape.
    pub schema_version: u32,
    /// What was asked for.
    pub name: String,
    /// Everything that has the name: plugins, packages, then what plugins declare.
    pub explanations: Vec<Explanation>,
    /// A sentence about a name that is near, where nothing has this one.
    pub suggestion: Option<String>,
}

/// One thing that has the name.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Explanation {
    /// What it is.
    #[napi(
        ts_type = "'plugin' | 'package' | 'route' | 'menu item' | 'menu group' | 'extension' | 'extension point' | 'service' | 'setting' | 'permission'"
    )]
    pub kind: String,
    /// Its name as it is declared; of a route, the path as the router has it.
    pub name: String,
    /// Whether it is in the app; null where that is no question, as for a library.
    pub included: Option<bool>,
    /// A clause that says why it is not.
    pub reason: Option<String>,
    /// The plugin that declares it, or is it.
    pub plugin: Option<String>,
    /// Where it is declared.
    pub place: Option<Place>,
    /// The name of the chunk that holds its code; null for what is data, and for what is left out.
    pub chunk: Option<String>,
    /// What else there is to know.
    pub facts: Vec<Fact>,
}

/// Something that is true of it.
#[napi(object, use_nullable = true)]
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Fact {
    /// What it is about: `needed by`.
    pub term: String,
    /// What is said: `finance, shipping`.
    pub text: String,
    /// Where that is written.
    pub place: Option<Place>,
}

impl Explained {
    pub(crate) fn new(build: &Build, options: &Options, name: String) -> Self {
        let explanations: Vec<Explanation> =
            explain(build, options, &name).iter().map(Explanation::from).collect();
        let suggestion = if explanations.is_empty() { suggest(build, &name) } else { None };
        Self { schema_version: 1, name, explanations, suggestion }
    }
}

impl From<&explain::Explanation> for Explanation {
    fn from(explained: &explain::Explanation) -> Self {
        Self {
            kind: explained.kind.word().into(),
            name: explained.name.clone(),
            included: explained.included,
            reason: explained.reason.clone(),
            plugin: explained.plugin.clone(),
            place: explained.origin.as_ref().map(Place::from),
            chunk: explained.chunk.clone(),
            facts: explained.facts.iter().map(Fact::from).collect(),
        }
    }
}

impl From<&explain::Fact> for Fact {
    fn from(fact: &explain::Fact) -> Self {
        Self { term: fact.term.into(), text: fact.text.clone(), place: fact.origin.as_ref().map(Place::from) }
    }
}
