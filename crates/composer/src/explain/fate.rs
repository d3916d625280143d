//! What became of a declaration: it is in the app, its plugin is left out, another replaced it, or it lost a conflict.

use crate::{
    explain::{Explanation, Kind, Question},
    plugin::{Plugin, Status},
    source::{Named, Origin},
};

/// A declaration of a plugin, whatever became of it.
pub(super) struct Declaration<'a> {
    pub(super) plugin: &'a Plugin,
    /// How people and overrides write it.
    pub(super) id: String,
    pub(super) origin: &'a Origin,
}

impl<'a> Declaration<'a> {
    pub(super) fn new(plugin: &'a Plugin, named: &'a Named) -> Self {
        Self { plugin, id: named.name.clone(), origin: &named.origin }
    }

    /// Whether a node of the composition is this declaration. A function that makes many has one place for all.
    pub(super) fn is(&self, plugin: &str, id: &str, origin: &Origin) -> bool {
        self.plugin.name.name == plugin
            && self.id == id
            && self.origin.source.path == origin.source.path
            && self.origin.span == origin.span
    }

    /// The explanation of a declaration that is in the composition or not, among all that claim the same.
    pub(super) fn explanation(&self, kind: Kind, is_in: bool, rivals: &[Self]) -> Explanation {
        let mut explanation = Explanation::new(kind, &self.id);
        explanation.plugin = Some(self.plugin.name.name.clone());
        explanation.origin = Some(self.origin.clone());
        explanation.included = Some(is_in);
        let others = || rivals.iter().filter(|rival| rival.takes_part() && !std::ptr::eq(*rival, self));
        if self.takes_part() {
            if is_in {
                self.replaced(others(), &mut explanation);
            } else {
                self.lost(others(), &mut explanation);
            }
        } else {
            explanation.reason = Some(self.left_out());
        }
        explanation
    }

    pub(super) fn takes_part(&self) -> bool {
        self.plugin.status == Status::Included
    }

    fn left_out(&self) -> String {
        let Plugin { name, status, reason, .. } = self.plugin;
        let reason = reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        format!("its plugin `{}` is {}{reason}", name.name, status.word())
    }

    /// What it stands in the place of.
    fn replaced<'b>(&self, others: impl Iterator<Item = &'b Self>, explanation: &mut Explanation)
    where
        'a: 'b,
    {
        for other in others {
            if let Some(by) = overriding(self.plugin, other) {
                let text = format!("the one of `{}`", other.plugin.name.name);
                explanation.fact("replaces", text, Some(&by.origin));
            }
        }
    }

    /// What stands in its place.
    fn lost<'b>(&self, others: impl Iterator<Item = &'b Self>, explanation: &mut Explanation)
    where
        'a: 'b,
    {
        let others: Vec<&Self> = others.collect();
        let overriding = others.iter().find_map(|other| Some((other, overriding(other.plugin, self)?)));
        if let Some((other, by)) = overriding {
            explanation.reason = Some(format!("`{}` overrides it", other.plugin.name.name));
            explanation.fact("overridden", format!("by `{}`", other.plugin.name.name), Some(&by.origin));
        } else if let Some(first) = others.first() {
            explanation.reason =
                Some(format!("`{}` declares it too, and comes first", first.plugin.name.name));
            explanation.fact(
                "declared first",
                format!("by `{}`", first.plugin.name.name),
                Some(first.origin),
            );
        }
    }
}

/// The entry by which a plugin overrides a declaration.
fn overriding<'a>(plugin: &'a Plugin, declaration: &Declaration) -> Option<&'a Named> {
    let target = format!("{}#{}", declaration.plugin.name.name, declaration.id);
    plugin.manifest.overrides.iter().find(|by| by.name == target)
}

/// Explains every declaration of a kind that has the name, in the order of the plugins.
pub(super) fn declarations<'a, T>(
    question: &Question<'a>,
    kind: Kind,
    items: impl Fn(&'a Plugin) -> Vec<(Declaration<'a>, T)>,
    is_in: impl Fn(&Declaration<'a>) -> bool,
    mut describe: impl FnMut(&mut Explanation, T),
) -> Vec<Explanation> {
    let named = question
        .plugins()
        .iter()
        .flat_map(|plugin| items(plugin))
        .filter(|(found, _)| found.id == question.name);
    let (found, items): (Vec<Declaration>, Vec<T>) = named.unzip();
    let explained = found.iter().zip(items).map(|(declaration, item)| {
        let mut explanation = declaration.explanation(kind, is_in(declaration), &found);
        describe(&mut explanation, item);
        explanation
    });
    explained.collect()
}
