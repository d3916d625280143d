//! An export → where it is defined: re-exports are followed, through as many modules as they lead.

use oxc::semantic::SymbolId;

use super::{
    expression::Evaluator,
    script::{Export, ImportName, ModuleId},
};
use crate::{maps::HashSet, source::Origin, value::Import};

/// Where the search for an export ends.
pub(super) enum Found<'a> {
    Export(ModuleId, &'a str, Export<'a>),
    Json(ModuleId, String),
    Namespace(ModuleId),
    Elsewhere(Import),
    Ambiguous,
    Missing,
}

impl<'a> Evaluator<'_, 'a> {
    /// The module and the symbol behind an import, where it is a name that a module of the workspace declares.
    pub(super) fn definition(
        &mut self,
        m: ModuleId,
        specifier: &str,
        name: &str,
    ) -> Option<(ModuleId, SymbolId)> {
        let target = self.modules.follow(m, specifier)?;
        let at = Origin::file(&self.modules.all[m].source);
        match self.find(target, name, &at, &mut HashSet::default()) {
            Found::Export(definer, _, Export::Symbol(symbol, _)) => Some((definer, symbol)),
            Found::Export(definer, _, Export::Function(it)) => Some((definer, it.id.as_ref()?.symbol_id())),
            Found::Export(definer, _, Export::Class(it)) => Some((definer, it.id.as_ref()?.symbol_id())),
            _ => None,
        }
    }

    /// Follows re-exports to where a name is defined.
    pub(super) fn find(
        &mut self,
        module: ModuleId,
        name: &str,
        at: &Origin,
        seen: &mut HashSet<(ModuleId, String)>,
    ) -> Found<'a> {
        if !seen.insert((module, name.to_owned())) {
            return Found::Missing;
        }
        let Some(script) = self.modules.script(module) else {
            return match self.json(module) {
                Some(_) => Found::Json(module, name.to_owned()),
                None => Found::Missing,
            };
        };
        let own = script.exports.get_key_value(name).map(|(name, export)| (*name, *export));
        let stars = script.stars.clone();
        if let Some((name, export)) = own {
            return match export {
                Export::From { specifier, name, .. } => self.find_from(module, specifier, name, at, seen),
                export => Found::Export(module, name, export),
            };
        }
        if name == "default" {
            return Found::Missing;
        }
        self.find_in_stars(module, name, &stars, at, seen)
    }

    fn find_from(
        &mut self,
        module: ModuleId,
        specifier: &'a str,
        name: ImportName<'a>,
        at: &Origin,
        seen: &mut HashSet<(ModuleId, String)>,
    ) -> Found<'a> {
        match (self.target(module, specifier, at), name) {
            (Ok(target), ImportName::Named(name)) => self.find(target, name, at, seen),
            (Ok(target), ImportName::Namespace) => Found::Namespace(target),
            (Err(Some(import)), ImportName::Named(name)) => {
                Found::Elsewhere(Import { export: name.into(), ..import })
            }
            (Err(Some(import)), ImportName::Namespace) => {
                Found::Elsewhere(Import { export: "*".into(), ..import })
            }
            (Err(None), _) => Found::Missing,
        }
    }

    /// A name that several `export *` give by different definitions is given by none (ECMA-262, 16.2.1.7.2.2).
    fn find_in_stars(
        &mut self,
        module: ModuleId,
        name: &str,
        stars: &[&'a str],
        at: &Origin,
        seen: &mut HashSet<(ModuleId, String)>,
    ) -> Found<'a> {
        let mut found = Found::Missing;
        let mut outside = None;
        for specifier in stars {
            let next = match self.target(module, specifier, at) {
                Ok(target) => self.find(target, name, at, seen),
                Err(Some(import)) => {
                    outside.get_or_insert(Import { export: name.to_owned(), ..import });
                    continue;
                }
                Err(None) => continue,
            };
            found = match (found, next) {
                (Found::Missing, next) => next,
                (found, Found::Missing) => found,
                (Found::Export(a, left, l), Found::Export(b, right, _)) if a == b && left == right => {
                    Found::Export(a, left, l)
                }
                _ => return Found::Ambiguous,
            };
        }
        match (found, outside) {
            (Found::Missing, Some(import)) => Found::Elsewhere(import),
            (found, _) => found,
        }
    }

    /// The `export *` that a name comes through; none where it comes through none, or through two that disagree.
    pub(super) fn star_leading_to(
        &mut self,
        m: ModuleId,
        stars: &[&'a str],
        name: &str,
        at: &Origin,
    ) -> Option<&'a str> {
        if matches!(
            self.find_in_stars(m, name, stars, at, &mut HashSet::default()),
            Found::Ambiguous | Found::Missing
        ) {
            return None;
        }
        stars.iter().copied().find(|specifier| {
            let Ok(target) = self.target(m, specifier, at) else { return false };
            !matches!(self.find(target, name, at, &mut HashSet::default()), Found::Missing)
        })
    }
}
