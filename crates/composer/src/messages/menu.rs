//! `FM2xxx`, continued: how plugins and the shell make one menu.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::did_you_mean,
    source::Origin,
};

codes! {
    /// A menu item asks for a place beside or in an item that is not there.
    ///
    /// `parent` names an item of any plugin; `before` and `after` name an item among the same siblings, in the same
    /// group or under the same parent. Without it the item stands where its `order` and label put it.
    ///
    /// Correct the name. If the other item belongs to a plugin that is not in every shell, this is worth a remark at
    /// most: lower its severity.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   menu: [
    ///     { name: 'wms.stock', label: 'Stock' },
    ///     { name: 'wms.moves', label: 'Movements', parent: 'wms.stok' },
    ///   ],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   menu: [
    ///     { name: 'wms.stock', label: 'Stock' },
    ///     { name: 'wms.moves', label: 'Movements', parent: 'wms.stock' },
    ///   ],
    /// }
    /// ```
    Warning UNKNOWN_MENU_ITEM "FM2016" "unknown-menu-item";

    /// Menu items stand in or beside each other in a circle.
    ///
    /// Nobody would find an item that is nested in itself, and there is no order in which each of two stands before the
    /// other. The message shows the whole circle. Until it is broken, its items stand at the top, or where `order` and
    /// label put them.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   menu: [
    ///     { name: 'wms.stock', label: 'Stock', parent: 'wms.moves' },
    ///     { name: 'wms.moves', label: 'Movements', parent: 'wms.stock' },
    ///   ],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   menu: [
    ///     { name: 'wms.stock', label: 'Stock' },
    ///     { name: 'wms.moves', label: 'Movements', parent: 'wms.stock' },
    ///   ],
    /// }
    /// ```
    Error MENU_CYCLE "FM2017" "menu-cycle";

    /// Two plugins describe one menu group differently.
    ///
    /// Groups are shared: any plugin may put items into `Inventory`, and any may say how it is labelled, where it stands
    /// and which icon it has. What the first plugin says counts, and here another says otherwise.
    ///
    /// Describe the group in one plugin. The shell has the last word in any case, with `menu.overrides`.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { modules: [{ name: 'reports', label: 'Reports' }] }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { modules: [{ name: 'reports', label: 'Stock reports' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { modules: [] }
    /// ```
    Warning MODULE_MISMATCH "FM2019" "module-mismatch";

    /// A menu item is nested too deeply.
    ///
    /// More than 64 items within one another are a mistake: no menu shows them. The item stands at the top instead.
    ///
    /// Most often a loop wrote these items. Nest them less deeply.
    ///
    /// # Example
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// const levels = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_./+*'.split('')
    /// const item = { label: 'A shelf in a shelf' }
    ///
    /// export default {
    ///   menu: levels.map((name, at) => (at ? { ...item, name, parent: levels[at - 1] } : { ...item, name })),
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   menu: [
    ///     { name: 'hall', label: 'Hall' },
    ///     { name: 'shelf', label: 'Shelf', parent: 'hall' },
    ///   ],
    /// }
    /// ```
    Error MENU_TOO_DEEP "FM2021" "menu-too-deep";
}

/// `parent: 'wms.stok'`, `before`, `after`
pub(crate) fn unknown_menu_item<'a>(
    relation: &str,
    target: &str,
    origin: Option<&Origin>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let whose = if origin.is_some() { "" } else { " in the option `menu.overrides`" };
    let mut diagnostic = Diagnostic::new(
        UNKNOWN_MENU_ITEM,
        format!("`{relation}: '{target}'`{whose} names nothing that stands in that part of the menu."),
    );
    if let Some(origin) = origin {
        diagnostic = diagnostic.label(origin, "not there");
    }
    diagnostic.help(
        did_you_mean(target, known).unwrap_or_else(|| "The item keeps its place by order and label.".into()),
    )
}

/// Items that are nested in each other, or beside each other in a circle.
pub(crate) fn menu_cycle(relation: &str, path: &[(&str, Option<&Origin>)]) -> Diagnostic {
    let mut names: Vec<&str> = path.iter().map(|(name, _)| *name).collect();
    names.push(path[0].0);
    let mut diagnostic = Diagnostic::new(
        MENU_CYCLE,
        format!("Menu items name each other as `{relation}` in a circle: {}.", names.join(" → ")),
    );
    for (index, (_, origin)) in path.iter().enumerate() {
        if let Some(origin) = origin {
            diagnostic = diagnostic.label(origin, format!("leads to `{}`", names[index + 1]));
        }
    }
    diagnostic.help(format!("Remove one `{relation}`."))
}

/// An item in an item in an item…
pub(crate) fn menu_too_deep(name: &str, most: usize, parent: Option<&Origin>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MENU_TOO_DEEP,
        format!("The menu item `{name}` is nested in more than {most} others."),
    );
    let diagnostic = match parent {
        Some(parent) => diagnostic.label(parent, "too deep"),
        None => diagnostic,
    };
    diagnostic.help("Nest it less deeply; until then it stands at the top.")
}

/// Two plugins that describe a group differently.
pub(crate) fn module_mismatch(
    group: &str,
    field: &str,
    first: (&str, &Origin),
    second: (&str, &Origin),
) -> Diagnostic {
    Diagnostic::new(
        MODULE_MISMATCH,
        format!("Two plugins give the menu group `{group}` a different `{field}`."),
    )
    .label(second.1, format!("`{}` says otherwise", second.0))
    .label(first.1, format!("`{}` comes first, and counts", first.0))
    .help("Let one plugin describe the group, or make them agree.")
}
