//! The order of plugins: what a plugin depends on comes before it.

use std::{
    collections::{BTreeMap, BTreeSet, hash_map::Entry},
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    manifest::Dependency,
    maps::HashMap,
    messages::{
        composing::{self as messages, Requirement},
        conflicts,
    },
    plugin::{Plugin, Status},
    range::{self, Verdict},
    source::Origin,
};

/// Leaves out every plugin whose name an earlier one has. Packages of the workspace come before bought ones.
pub(super) fn unique(mut plugins: Vec<Arc<Plugin>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<Plugin>> {
    for (name, indices) in shared_names(&plugins) {
        let claims: Vec<(&str, &Origin)> = indices
            .iter()
            .map(|&index| (plugins[index].package.dir.as_str(), &plugins[index].name.origin))
            .collect();
        diagnostics.push(conflicts::plugin_conflict(&name, &claims));
        let first = plugins[indices[0]].package.dir.clone();
        for &index in &indices[1..] {
            let reason = format!("the plugin in {first} has the same name");
            plugins[index].leave_out(Status::Broken, reason);
        }
    }
    plugins
}

/// The names that several plugins have, and whose they are.
fn shared_names(plugins: &[Arc<Plugin>]) -> BTreeMap<String, Vec<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::default();
    let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, plugin) in plugins.iter().enumerate().filter(|(_, plugin)| takes_part(plugin)) {
        let name = plugin.name.name.as_str();
        match first.entry(name) {
            Entry::Vacant(free) => drop(free.insert(index)),
            Entry::Occupied(first) => {
                shared.entry(name.to_string()).or_insert_with(|| vec![*first.get()]).push(index);
            }
        }
    }
    shared
}

fn takes_part(plugin: &Plugin) -> bool {
    plugin.status == Status::Included
}

/// Puts the plugins that take part first, dependencies before dependents and ties by name, and the others after them by
/// name. Returns how many take part.
pub(super) fn order(
    mut plugins: Vec<Arc<Plugin>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Plugin>>, usize) {
    plugins.sort_by(|a, b| (&a.name.name, &a.package.dir).cmp(&(&b.name.name, &b.package.dir)));
    check_dependencies(&mut plugins, diagnostics);
    let mut sorted = sort(&mut plugins, diagnostics);
    propagate(&mut plugins, diagnostics);
    sorted.retain(|&index| takes_part(&plugins[index]));
    let included = sorted.len();
    let others = (0..plugins.len()).filter(|&index| !takes_part(&plugins[index]));
    let ordered = sorted.into_iter().chain(others).map(|index| Arc::clone(&plugins[index])).collect();
    (ordered, included)
}

/// Every plugin by name: one that takes part before one that does not.
fn by_name(plugins: &[Arc<Plugin>]) -> HashMap<&str, usize> {
    let mut names = HashMap::default();
    for (index, plugin) in plugins.iter().enumerate() {
        let slot = names.entry(plugin.name.name.as_str()).or_insert(index);
        if !takes_part(&plugins[*slot]) && takes_part(plugin) {
            *slot = index;
        }
    }
    names
}

fn check_dependencies(plugins: &mut [Arc<Plugin>], diagnostics: &mut Vec<Diagnostic>) {
    let mut verdicts = Vec::new();
    let names = by_name(plugins);
    let mut ranges = Ranges::default();
    for (index, plugin) in plugins.iter().enumerate().filter(|(_, plugin)| takes_part(plugin)) {
        let required = plugin.manifest.dependencies.iter().map(|dependency| (dependency, true));
        let optional = plugin.manifest.optional_dependencies.iter().map(|dependency| (dependency, false));
        for (dependency, required) in required.chain(optional) {
            let found = names.get(dependency.name.as_str()).map(|&found| &*plugins[found]);
            if !required && found.is_none() {
                let known: BTreeSet<&str> = names.keys().copied().collect();
                let known = known.into_iter().filter(|name| *name != plugin.name.name);
                diagnostics.extend(messages::misspelt_dependency(requirement(plugin, dependency), known));
            }
            let Some((diagnostic, reason)) = unmet(plugin, dependency, required, found, plugins, &mut ranges)
            else {
                continue;
            };
            diagnostics.push(diagnostic);
            verdicts.push((index, reason));
        }
    }
    for (index, reason) in verdicts {
        // Of several reasons the first counts.
        if takes_part(&plugins[index]) {
            plugins[index].leave_out(Status::Blocked, reason);
        }
    }
}

/// The verdicts on ranges and versions that were asked for before: plugins of one workspace ask for much the same.
type Ranges<'a> = HashMap<(&'a str, Option<&'a str>), Verdict>;

/// What is wrong with a dependency, if anything is.
fn unmet<'a>(
    plugin: &Plugin,
    dependency: &'a Dependency,
    required: bool,
    found: Option<&'a Plugin>,
    plugins: &[Arc<Plugin>],
    ranges: &mut Ranges<'a>,
) -> Option<(Diagnostic, String)> {
    let requirement = requirement(plugin, dependency);
    let (range, version) = (dependency.range.as_str(), found.and_then(Plugin::version));
    let verdict = *ranges.entry((range, version)).or_insert_with(|| range::verdict(range, version));
    if verdict == Verdict::Invalid {
        let reason = format!("the range `{}` of `{}` is not valid", dependency.range, dependency.name);
        return Some((messages::invalid_range(requirement), reason));
    }
    let Some(found) = found else {
        return required.then(|| {
            let of_package = |other: &&Arc<Plugin>| other.package.name.as_ref() == Some(&dependency.name);
            let meant = plugins.iter().find(of_package).map(|found| found.name.name.as_str());
            let known = plugins.iter().map(|plugin| plugin.name.name.as_str());
            let diagnostic = messages::missing_dependency(requirement, meant, known);
            (diagnostic, format!("`{}` is missing", dependency.name))
        });
    };
    if found.status == Status::Included && verdict == Verdict::Misfit {
        let reason = format!(
            "`{}` is {}, not {}",
            dependency.name,
            version.unwrap_or("without a version"),
            dependency.range
        );
        return Some((messages::dependency_version(requirement, version, &found.version_origin()), reason));
    }
    None
}

fn requirement<'a>(plugin: &'a Plugin, dependency: &'a Dependency) -> Requirement<'a> {
    let Dependency { name, range, origin } = dependency;
    Requirement { plugin: &plugin.name.name, name, range, origin }
}

/// The entry by which a plugin depends on another that takes part.
fn edges(plugin: &Plugin) -> impl Iterator<Item = &Dependency> {
    plugin.manifest.dependencies.iter().chain(&plugin.manifest.optional_dependencies)
}

/// The plugins in topological order, the smallest name first. A cycle is reported and its members are blocked, until
/// none remains.
fn sort(plugins: &mut [Arc<Plugin>], diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    loop {
        let needs = needs(plugins);
        let (sorted, waiting) = kahn(&needs);
        let Some(&start) = waiting.first() else { return sorted };
        let cycle = find_cycle(plugins, &needs, &waiting, start);
        diagnostics.push(describe_cycle(plugins, &cycle));
        let path: Vec<&str> = cycle.iter().map(|&index| plugins[index].name.name.as_str()).collect();
        let reason = match path[..] {
            [_] => "it depends on itself".to_string(),
            _ => format!("it is in a circle of dependencies: {} → {}", path.join(" → "), path[0]),
        };
        for index in cycle {
            plugins[index].leave_out(Status::Blocked, reason.clone());
        }
    }
}

/// For every plugin that takes part, the others that it waits for, each once. One that takes no part waits for nothing.
fn needs(plugins: &[Arc<Plugin>]) -> Vec<Vec<usize>> {
    let names = by_name(plugins);
    let of = |plugin: &Arc<Plugin>| {
        let needed = edges(plugin).filter_map(|edge| names.get(edge.name.as_str()).copied());
        let mut needed: Vec<usize> = needed.filter(|&index| takes_part(&plugins[index])).collect();
        needed.sort_unstable();
        needed.dedup();
        needed
    };
    plugins.iter().map(|plugin| if takes_part(plugin) { of(plugin) } else { Vec::new() }).collect()
}

/// Kahn's algorithm. Indices follow names, so the smallest index is the smallest name. Returns the order, and whatever
/// waits for a cycle.
fn kahn(needs: &[Vec<usize>]) -> (Vec<usize>, BTreeSet<usize>) {
    let mut waits: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (index, needed) in needs.iter().enumerate() {
        for &other in needed {
            dependents[other].push(index);
        }
    }
    let mut ready: BTreeSet<usize> = (0..needs.len()).filter(|&index| waits[index] == 0).collect();
    let mut sorted = Vec::with_capacity(needs.len());
    while let Some(index) = ready.pop_first() {
        sorted.push(index);
        for &dependent in &dependents[index] {
            waits[dependent] -= 1;
            if waits[dependent] == 0 {
                ready.insert(dependent);
            }
        }
    }
    (sorted, (0..needs.len()).filter(|&index| waits[index] > 0).collect())
}

/// A cycle among the waiting: each of them waits for another, so following them must come back. It is given from its
/// smallest name.
fn find_cycle(
    plugins: &[Arc<Plugin>],
    needs: &[Vec<usize>],
    waiting: &BTreeSet<usize>,
    start: usize,
) -> Vec<usize> {
    let mut path = vec![start];
    loop {
        let last = path[path.len() - 1];
        let next = needs[last].iter().find(|other| waiting.contains(other));
        let Some(&next) = next else { return path };
        if let Some(at) = path.iter().position(|&index| index == next) {
            let mut cycle = path.split_off(at);
            let smallest = (0..cycle.len()).min_by_key(|&at| &plugins[cycle[at]].name.name).unwrap_or(0);
            cycle.rotate_left(smallest);
            return cycle;
        }
        path.push(next);
    }
}

fn describe_cycle(plugins: &[Arc<Plugin>], cycle: &[usize]) -> Diagnostic {
    let path: Vec<(&str, &Origin)> = cycle
        .iter()
        .enumerate()
        .map(|(at, &index)| {
            let next = &plugins[cycle[(at + 1) % cycle.len()]].name.name;
            let edge = edges(&plugins[index]).find(|edge| &edge.name == next);
            let origin = edge.map_or(&plugins[index].name.origin, |edge| &edge.origin);
            (plugins[index].name.name.as_str(), origin)
        })
        .collect();
    messages::dependency_cycle(&path)
}

/// Blocks whatever needs something that does not take part, until nothing changes.
fn propagate(plugins: &mut [Arc<Plugin>], diagnostics: &mut Vec<Diagnostic>) {
    loop {
        let names = by_name(plugins);
        let blocked: Vec<(usize, Diagnostic, String)> = plugins
            .iter()
            .enumerate()
            .filter(|(_, plugin)| takes_part(plugin))
            .filter_map(|(index, plugin)| {
                let (dependency, found) = plugin.manifest.dependencies.iter().find_map(|dependency| {
                    let found = &plugins[*names.get(dependency.name.as_str())?];
                    (!takes_part(found)).then_some((dependency, found))
                })?;
                let (status, reason) = (found.status.word(), found.reason.as_deref().unwrap_or_default());
                let diagnostic =
                    messages::dependency_left_out(requirement(plugin, dependency), status, reason);
                Some((index, diagnostic, format!("`{}` is {status}", dependency.name)))
            })
            .collect();
        if blocked.is_empty() {
            return;
        }
        for (index, diagnostic, reason) in blocked {
            diagnostics.push(diagnostic);
            plugins[index].leave_out(Status::Blocked, reason);
        }
    }
}
