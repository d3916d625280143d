//! Which plugins the shell wants.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    messages::{codes, composing as messages},
    name::fits,
    options::Options,
    plugin::{Plugin, Status},
};

/// Leaves out what is meant for other shells, and what the options `include` and `exclude` leave out.
pub(super) fn select(
    plugins: Vec<Arc<Plugin>>,
    shell: Option<&str>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<Plugin>> {
    for (option, patterns) in
        [("include", &options.include), ("exclude", &options.exclude), ("only", &options.only)]
    {
        report_unknown(option, patterns, &plugins, diagnostics);
    }
    report_unknown_codes(options, diagnostics);
    let chosen = |mut plugin| {
        choose(&mut plugin, shell, options);
        plugin
    };
    plugins.into_iter().map(chosen).collect()
}

fn choose(plugin: &mut Arc<Plugin>, shell: Option<&str>, options: &Options) {
    if plugin.status != Status::Included {
        return;
    }
    if !plugin.hosts.is_empty()
        && let Some(shell) = shell
        && !plugin.hosts.iter().any(|host| fits(host, shell))
    {
        let reason = format!("it is for {}, not for {shell}", plugin.hosts.join(", "));
        plugin.leave_out(Status::Excluded, reason);
    } else if !options.include.is_empty() && !named(&options.include, plugin) {
        plugin.leave_out(Status::Excluded, "the option `include` does not name it");
    } else if named(&options.exclude, plugin) {
        plugin.leave_out(Status::Excluded, "the option `exclude` names it");
    }
}

/// Keeps the plugins that the option `only` names and whatever they need. `included` of the plugins take part, and come
/// first.
pub(super) fn focus(
    plugins: Vec<Arc<Plugin>>,
    included: usize,
    options: &Options,
) -> (Vec<Arc<Plugin>>, usize) {
    if options.only.is_empty() {
        return (plugins, included);
    }
    let mut wanted: Vec<bool> = plugins.iter().map(|plugin| named(&options.only, plugin)).collect();
    // Dependencies come before their dependents, so one pass from the end reaches them all.
    for index in (0..included).rev() {
        if wanted[index] {
            for dependency in &plugins[index].manifest.dependencies {
                if let Some(found) = plugins[..included].iter().position(|p| p.name.name == dependency.name) {
                    wanted[found] = true;
                }
            }
        }
    }
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    for (index, (mut plugin, wanted)) in plugins.into_iter().zip(wanted).enumerate() {
        match (index < included, wanted) {
            (true, true) => kept.push(plugin),
            (true, false) => {
                plugin.leave_out(Status::Excluded, "the option `only` does not name it");
                left.push(plugin);
            }
            (false, _) => left.push(plugin),
        }
    }
    let included = kept.len();
    left.sort_by(|a, b| (&a.name.name, &a.package.dir).cmp(&(&b.name.name, &b.package.dir)));
    kept.extend(left);
    (kept, included)
}

fn named(patterns: &[String], plugin: &Plugin) -> bool {
    patterns.iter().any(|pattern| names(pattern, plugin))
}

fn names(pattern: &str, plugin: &Plugin) -> bool {
    fits(pattern, &plugin.name.name) || plugin.package.name.as_deref().is_some_and(|name| fits(pattern, name))
}

fn report_unknown(
    option: &str,
    patterns: &[String],
    plugins: &[Arc<Plugin>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for pattern in patterns {
        if !plugins.iter().any(|plugin| names(pattern, plugin)) {
            let known = plugins.iter().flat_map(|plugin| {
                [Some(plugin.name.name.as_str()), plugin.package.name.as_deref()].into_iter().flatten()
            });
            diagnostics.push(messages::unknown_option(option, pattern, known));
        }
    }
}

fn report_unknown_codes(options: &Options, diagnostics: &mut Vec<Diagnostic>) {
    if options.severity.is_empty() {
        return;
    }
    let known: Vec<&str> =
        codes().into_iter().flat_map(|explained| [explained.code.id, explained.code.name]).collect();
    for name in options.severity.keys().filter(|name| !known.contains(&name.as_str())) {
        diagnostics.push(messages::unknown_option("severity", name, known.iter().copied()));
    }
}
