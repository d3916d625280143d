//! What plugins offer beside menu and routes.

use std::sync::Arc;

use crate::{
    composition::STANDARD_POINTS,
    explain::{
        Explanation, Kind, Question,
        fate::{Declaration, declarations},
    },
    manifest::{Extension, ExtensionPoint, Leaf, Manifest, Permission},
    node::Owned,
    plugin::Plugin,
    source::{Named, Origin},
};

pub(super) fn extensions(question: &Question) -> Vec<Explanation> {
    let composed = || question.build.composition.extensions.iter().flat_map(|(_, all)| all);
    declarations(
        question,
        Kind::Extension,
        |plugin| {
            let all = plugin.manifest.extensions.iter();
            all.map(|extension| (Declaration::new(plugin, &extension.id), (plugin, extension))).collect()
        },
        |declared| composed().any(|node| declared.is(&node.plugin, &node.item.id.name, &node.item.id.origin)),
        |explained, (plugin, extension)| extension_facts(question, explained, plugin, extension),
    )
}

fn extension_facts(question: &Question, explained: &mut Explanation, plugin: &Plugin, extension: &Extension) {
    if explained.included == Some(true) {
        explained.chunk = question.chunk(&plugin.name.name, None);
    }
    let point = &extension.point;
    let declared =
        question.build.composition.extension_points.iter().find(|node| node.item.id.name == point.name);
    let text = match declared {
        Some(node) => format!("{}, of `{}`", point.name, node.plugin),
        None if STANDARD_POINTS.contains(&point.name.as_str()) => format!("{}, of every shell", point.name),
        None => format!("{}, which nobody declares", point.name),
    };
    explained.fact("fills", text, Some(&point.origin));
    explained.fact("weight", extension.weight.to_string(), None);
    explained.leaf("when", extension.when.as_ref());
    explained.component(Some(&extension.component));
}

/// Declared ones, and those that every shell has.
pub(super) fn extension_points(question: &Question) -> Vec<Explanation> {
    let composed = &question.build.composition.extension_points;
    let mut found = declarations(
        question,
        Kind::ExtensionPoint,
        |plugin| {
            let all = plugin.manifest.extension_points.iter();
            all.map(|point| (Declaration::new(plugin, &point.id), point)).collect()
        },
        |declared| {
            composed.iter().any(|node| declared.is(&node.plugin, &node.item.id.name, &node.item.id.origin))
        },
        |explained, point: &ExtensionPoint| explained.leaf("description", point.description.as_ref()),
    );
    if STANDARD_POINTS.contains(&question.name) {
        let mut standard = Explanation::new(Kind::ExtensionPoint, question.name);
        standard.included = Some(true);
        standard.fact("role", "every shell has it", None);
        found.push(standard);
    }
    for explained in &mut found {
        fillers(question, explained);
    }
    found
}

/// What stands in an extension point, in its order.
fn fillers(question: &Question, explained: &mut Explanation) {
    let points = &question.build.composition.extensions;
    let Some((_, all)) = points.iter().find(|(point, _)| *point == explained.name) else {
        return explained.fact("filled by", "nobody", None);
    };
    for filler in all {
        let Owned { plugin, item } = &**filler;
        explained.fact("filled by", format!("{} of `{plugin}`", item.id.name), Some(&item.id.origin));
    }
}

pub(super) fn services(question: &Question) -> Vec<Explanation> {
    let composed = &question.build.composition.services;
    table(
        question,
        Kind::Service,
        |manifest| &manifest.services,
        composed,
        |explained, plugin, factory| {
            if explained.included == Some(true) {
                explained.chunk = question.chunk(plugin, None);
            }
            explained.fact("factory", factory.path.as_str(), Some(&factory.value.origin));
        },
    )
}

pub(super) fn settings(question: &Question) -> Vec<Explanation> {
    let composed = &question.build.composition.settings;
    table(
        question,
        Kind::Setting,
        |manifest| &manifest.settings,
        composed,
        |explained, _, schema| {
            explained.fact("schema", schema.path.as_str(), Some(&schema.value.origin));
        },
    )
}

fn table(
    question: &Question,
    kind: Kind,
    entries: fn(&Manifest) -> &Vec<(Named, Leaf)>,
    composed: &[Arc<Owned<(Named, Leaf)>>],
    mut describe: impl FnMut(&mut Explanation, &str, &Leaf),
) -> Vec<Explanation> {
    declarations(
        question,
        kind,
        |plugin| {
            let all = entries(&plugin.manifest).iter();
            all.map(|(name, leaf)| (Declaration::new(plugin, name), (plugin, leaf))).collect()
        },
        |declared| {
            composed.iter().any(|node| declared.is(&node.plugin, &node.item.0.name, &node.item.0.origin))
        },
        |explained, (plugin, leaf)| describe(explained, &plugin.name.name, leaf),
    )
}

/// A resource, with all of a plugin's actions on it, or one action.
pub(super) fn permissions(question: &Question) -> Vec<Explanation> {
    let mut found = resources(question);
    found.extend(actions(question));
    found
}

fn resources(question: &Question) -> Vec<Explanation> {
    let composed = composed_actions(question);
    let resource = |plugin: &Plugin, permission: &Permission| {
        let is_in = composed.iter().any(|(owner, id, _)| {
            *owner == plugin.name.name && permission.actions.iter().any(|it| action_id(permission, it) == *id)
        });
        let declared = Declaration::new(plugin, &permission.resource);
        let mut explained = declared.explanation(Kind::Permission, is_in, &[]);
        if !is_in && explained.reason.is_none() {
            explained.reason = Some("other plugins declare its actions, or it has none".into());
        }
        let actions: Vec<String> = permission.actions.iter().map(|action| action.name.clone()).collect();
        explained.list("actions", &actions);
        permission_facts(&mut explained, permission);
        explained
    };
    let of_plugin = |plugin: &Arc<Plugin>| {
        let named = plugin.manifest.permissions.iter().filter(|it| it.resource.name == question.name);
        named.map(|permission| resource(plugin, permission)).collect::<Vec<_>>()
    };
    question.plugins().iter().flat_map(of_plugin).collect()
}

fn actions(question: &Question) -> Vec<Explanation> {
    let composed = composed_actions(question);
    declarations(
        question,
        Kind::Permission,
        |plugin| {
            let all = plugin.manifest.permissions.iter().flat_map(move |permission| {
                permission.actions.iter().map(move |action| {
                    let (id, origin) = (action_id(permission, action), &action.origin);
                    (Declaration { plugin, id, origin }, permission)
                })
            });
            all.collect()
        },
        |declared| composed.iter().any(|(plugin, id, origin)| declared.is(plugin, id, origin)),
        permission_facts,
    )
}

/// Every action of the composition: its plugin, how people write it, and where it is declared.
fn composed_actions<'a>(question: &Question<'a>) -> Vec<(&'a str, String, &'a Origin)> {
    let permissions = question.build.composition.permissions.iter();
    let actions = permissions.flat_map(|permission| {
        let Owned { plugin, item } = &**permission;
        item.actions.iter().map(|action| (plugin.as_str(), action_id(item, action), &action.origin))
    });
    actions.collect()
}

fn permission_facts(explained: &mut Explanation, permission: &Permission) {
    explained.leaf("label", permission.label.as_ref());
    explained.leaf("description", permission.description.as_ref());
}

fn action_id(permission: &Permission, action: &Named) -> String {
    format!("{}:{}", permission.resource.name, action.name)
}
