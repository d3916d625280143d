//! Joins what a module imports to what the other one exports.

use super::{
    constraint::{Key, Kind, Var},
    found::{DOCUMENT, Found},
    graph::Graph,
};
use crate::{
    evaluate::modules::{Content, Modules},
    evaluate::script::{Binding, Export, ImportName, ModuleId},
    maps::HashMap,
};

/// Joins imports to what they import.
pub(super) fn link(modules: &mut Modules<'_>, graph: &mut Graph, found: &mut Found) {
    let mut namespaces = HashMap::default();
    for (m, specifier, var) in std::mem::take(&mut found.loaded) {
        if let Some(target) = modules.known(m, &specifier) {
            let from = namespace_var(modules, graph, found, target, &mut namespaces, 0);
            graph.copy(from, var);
        }
    }
    for m in 0..modules.all.len() {
        let Some(script) = modules.script(m) else { continue };
        let mut imports: Vec<_> = script
            .bindings
            .iter()
            .filter_map(|(&symbol, binding)| match *binding {
                Binding::Import { specifier, name, .. } => Some((symbol, specifier, name)),
                _ => None,
            })
            .collect();
        imports.sort_by_key(|&(symbol, ..)| symbol);
        for (symbol, specifier, name) in imports {
            let Some(target) = modules.known(m, specifier) else { continue };
            let var = found.symbol(graph, m, symbol);
            match name {
                ImportName::Named(name) => {
                    if let Some(from) = export_var(modules, graph, found, target, name, &mut namespaces, 0) {
                        graph.copy(from, var);
                    }
                }
                ImportName::Namespace => {
                    let from = namespace_var(modules, graph, found, target, &mut namespaces, 0);
                    graph.copy(from, var);
                }
            }
        }
    }
}

/// Loads what leads to the objects that a module changes though it does not declare them.
pub(super) fn load_written(modules: &mut Modules<'_>, graph: &Graph, found: &Found) {
    let written = graph.written();
    for m in 0..modules.all.len() {
        let Some(script) = modules.script(m) else { continue };
        let mut imports: Vec<_> = script
            .bindings
            .iter()
            .filter_map(|(&symbol, binding)| match *binding {
                Binding::Import { specifier, name, .. } => Some((symbol, specifier, name)),
                _ => None,
            })
            .filter(|&(symbol, ..)| found.symbols.get(&(m, symbol)).is_some_and(|var| written.contains(var)))
            .collect();
        imports.sort_by_key(|&(symbol, ..)| symbol);
        for (_, specifier, name) in imports {
            load_export(modules, m, specifier, name, 0);
        }
    }
}

/// Loads the modules on the way to an export.
fn load_export(modules: &mut Modules<'_>, m: ModuleId, specifier: &str, name: ImportName<'_>, depth: usize) {
    let Some(target) = modules.follow(m, specifier).filter(|_| depth < 64) else { return };
    let Some(script) = modules.script(target) else { return };
    let stars = script.stars.clone();
    let own = match name {
        ImportName::Named(name) => script.exports.get(name).copied(),
        ImportName::Namespace => return,
    };
    match own {
        Some(Export::From { specifier, name, .. }) => {
            load_export(modules, target, specifier, name, depth + 1);
        }
        Some(_) => {}
        None => {
            for specifier in stars {
                load_export(modules, target, specifier, name, depth + 1);
            }
        }
    }
}

/// The variable behind an export, re-exports followed.
fn export_var(
    modules: &mut Modules<'_>,
    graph: &mut Graph,
    found: &mut Found,
    m: ModuleId,
    name: &str,
    namespaces: &mut HashMap<ModuleId, Var>,
    depth: usize,
) -> Option<Var> {
    if depth > 64 {
        return None;
    }
    if matches!(modules.all[m].content, Content::Json(_)) {
        return Some(document_var(graph, found, m));
    }
    let script = modules.script(m)?;
    match script.exports.get(name).copied() {
        Some(Export::Symbol(symbol, _)) => Some(found.symbol(graph, m, symbol)),
        Some(Export::Expression(_)) => found.defaults.get(&m).copied().filter(|_| name == "default"),
        Some(Export::Function(it)) => it.id.as_ref().map(|id| found.symbol(graph, m, id.symbol_id())),
        Some(Export::Class(it)) => it.id.as_ref().map(|id| found.symbol(graph, m, id.symbol_id())),
        Some(Export::From { specifier, name, .. }) => {
            let target = modules.known(m, specifier)?;
            match name {
                ImportName::Named(name) => {
                    export_var(modules, graph, found, target, name, namespaces, depth + 1)
                }
                ImportName::Namespace => {
                    Some(namespace_var(modules, graph, found, target, namespaces, depth + 1))
                }
            }
        }
        Some(Export::Unknown(..)) => None,
        None => {
            let stars = script.stars.clone();
            stars.into_iter().find_map(|specifier| {
                let target = modules.known(m, specifier)?;
                export_var(modules, graph, found, target, name, namespaces, depth + 1)
            })
        }
    }
}

/// The variable of a JSON document, whose parts are not told apart.
fn document_var(graph: &mut Graph, found: &mut Found, m: ModuleId) -> Var {
    if let Some(&var) = found.defaults.get(&m) {
        return var;
    }
    let var = graph.var();
    let site = graph.site(Kind::Made);
    graph.point(var, site);
    graph.put(site, Key::Any, var);
    found.sites.push((m, DOCUMENT, site));
    found.defaults.insert(m, var);
    var
}

/// The variable of a module's namespace, whose fields are its exports.
fn namespace_var(
    modules: &mut Modules<'_>,
    graph: &mut Graph,
    found: &mut Found,
    m: ModuleId,
    namespaces: &mut HashMap<ModuleId, Var>,
    depth: usize,
) -> Var {
    if let Some(&var) = namespaces.get(&m) {
        return var;
    }
    let var = graph.var();
    let site = graph.site(Kind::Made);
    graph.point(var, site);
    namespaces.insert(m, var);
    if matches!(modules.all[m].content, Content::Json(_)) {
        let document = document_var(graph, found, m);
        graph.put(site, Key::Any, document);
    }
    for name in export_names(modules, m, depth) {
        if let Some(from) = export_var(modules, graph, found, m, &name, namespaces, depth + 1) {
            graph.put(site, Key::Named(name), from);
        }
    }
    var
}

fn export_names(modules: &mut Modules<'_>, m: ModuleId, depth: usize) -> Vec<String> {
    let Some(script) = modules.script(m).filter(|_| depth < 64) else { return Vec::new() };
    let mut names: Vec<String> = script.exports.keys().map(|&name| name.to_owned()).collect();
    for specifier in script.stars.clone() {
        if let Some(target) = modules.known(m, specifier) {
            names.extend(export_names(modules, target, depth + 1));
        }
    }
    names
}
