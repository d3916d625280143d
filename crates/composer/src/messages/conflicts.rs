//! `FM2xxx`: what only one plugin may declare.

use crate::{
    diagnostic::{Code, Diagnostic, Explained, Severity},
    messages::did_you_mean,
    source::{Named, Origin},
};

codes! {
    /// Two plugins have one name.
    ///
    /// Everything that a plugin declares belongs to its name: its chunk, its events, its storage, the dependencies of
    /// others on it. So a name can stand for one plugin only. The first by folder takes part; packages of the
    /// workspace come before bought ones.
    ///
    /// Give one of them another `name`. If both are meant to be there and only one is wanted in this shell, leave the
    /// other out with the option `exclude`, by its package's name.
    ///
    /// # Example
    ///
    /// ```ts plugins/stock/plugin.config.ts
    /// export default { name: 'wms' }
    /// ```
    ///
    /// ```ts plugins/warehouse/plugin.config.ts
    /// export default { name: 'wms' }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/stock/plugin.config.ts
    /// export default { name: 'stock' }
    /// ```
    Error PLUGIN_CONFLICT "FM2001" "plugin-conflict";

    /// Two menu items have one name.
    ///
    /// `parent`, `before`, `after` and the shell's `menu.overrides` find an item by its name, so it has to be unique
    /// among all plugins. The item of the first plugin stays, the others are left out. The groups that `module` names
    /// are shared, and no conflict.
    ///
    /// Begin the names of a plugin's items with the plugin's own name. If one item is meant to replace the other, say
    /// so with `overrides`.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { menu: [{ name: 'reports', label: 'Reports' }] }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'reports', label: 'Stock reports' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { menu: [{ name: 'wms.reports', label: 'Stock reports' }] }
    /// ```
    Error MENU_CONFLICT "FM2002" "menu-conflict";

    /// Two routes match the same paths.
    ///
    /// A router shows one of them, and which one would depend on the order of the plugins. Compared are shapes, as
    /// React Router matches paths: it does not matter what a parameter is called, in which case letters are, or whether
    /// there is a slash at the end; `?` stands for both, with the segment and without it; nested paths count
    /// with their parents' and with the shell's `routes.base`. A layout without a path claims nothing, and a route leaves
    /// its own path to its index route. The route of the first plugin stays.
    ///
    /// Give one of them another path. If one is meant to replace the other, say so with `overrides`. If only one of
    /// them exists at a time, give both a `when`: that is the softer FM2009.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { routes: [{ path: '/orders/:id', component: () => import('./Page') }] }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { routes: [{ path: '/Orders/:number/', component: () => import('./Page') }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   overrides: ['finance#/orders/:id'],
    ///   routes: [{ path: '/Orders/:number/', component: () => import('./Page') }],
    /// }
    /// ```
    Error ROUTE_CONFLICT "FM2003" "route-conflict";

    /// Two extensions have one id.
    ///
    /// The id is what a list of extensions is keyed by, and what `overrides` names; it is unique among all plugins, also
    /// where the two fill different points. The extension of the first plugin stays.
    ///
    /// Begin the ids of a plugin's extensions with the plugin's own name, or say with `overrides` that one replaces the
    /// other.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default {
    ///   extensions: [{ id: 'badge', point: 'header.right', component: () => import('./Page') }],
    /// }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   extensions: [{ id: 'badge', point: 'header.right', component: () => import('./Page') }],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   extensions: [{ id: 'wms.badge', point: 'header.right', component: () => import('./Page') }],
    /// }
    /// ```
    Error EXTENSION_CONFLICT "FM2004" "extension-conflict";

    /// Two plugins declare one extension point.
    ///
    /// A point belongs to the plugin that shows it: the plugin says what it is for and what context it gives. Plugins
    /// that fill a point do not declare it. The points that every shell has (`header.right`, `sidebar.top`,
    /// `sidebar.bottom`, `content.before`, `content.after`, `settings.section`) are declared already.
    ///
    /// Declare the point in one plugin, and fill it in the others with `extensions`.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { extensionPoints: [{ id: 'wms.toolbar' }] }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { extensionPoints: [{ id: 'wms.toolbar' }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default {
    ///   optionalDependencies: { wms: '*' },
    ///   extensions: [{ id: 'finance.export', point: 'wms.toolbar', component: () => import('./Page') }],
    /// }
    /// ```
    Error EXTENSION_POINT_CONFLICT "FM2005" "extension-point-conflict";

    /// Two services have one name.
    ///
    /// Whoever asks the container for a service gives its name and nothing else. The service of the first plugin stays.
    ///
    /// Begin the names of a plugin's services with the plugin's own name. A plugin that is there to replace a service of
    /// another says so with `overrides`.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { services: { prices: () => new Map() } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { services: { prices: () => new Map() } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { overrides: ['finance#prices'], services: { prices: () => new Map() } }
    /// ```
    Error SERVICE_CONFLICT "FM2006" "service-conflict";

    /// Two plugins declare one action on one resource.
    ///
    /// Plugins may share a resource; each action on it has one owner, who describes it. The action of the first plugin
    /// stays.
    ///
    /// Declare the action in one of the plugins; any plugin may ask whether it is allowed.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { permissions: [{ resource: 'stock', actions: ['read'] }] }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { permissions: [{ resource: 'stock', actions: ['read', 'adjust'] }] }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { permissions: [{ resource: 'stock', actions: ['value'] }] }
    /// ```
    Error PERMISSION_CONFLICT "FM2007" "permission-conflict";

    /// Two settings have one name.
    ///
    /// The shell lists the settings of all plugins by their names, so a name can stand for one setting only. The setting of
    /// the first plugin stays.
    ///
    /// Give one of them another name.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { settings: { currency: { type: 'string' } } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { settings: { currency: { type: 'string' } } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { settings: { stockCurrency: { type: 'string' } } }
    /// ```
    Error SETTING_CONFLICT "FM2008" "setting-conflict";

    /// Two declarations of one thing exist under different conditions.
    ///
    /// Each has a `when` that no other has, so they may be meant for different users or features. The composer cannot
    /// tell whether the conditions ever hold at the same time, and keeps both.
    ///
    /// Make sure that the conditions exclude each other, such as `flags.beta` and `!flags.beta`, and then turn this
    /// code off. Or let one replace the other with `overrides`.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/start', when: "user.role == 'clerk'", component: () => import('./Page') }],
    /// }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/start', when: 'flags.beta', component: () => import('./Page') }],
    /// }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default {
    ///   routes: [{ path: '/wms', when: 'flags.beta', component: () => import('./Page') }],
    /// }
    /// ```
    Warning CONDITIONAL_CONFLICT "FM2009" "conditional-conflict";

    /// An override replaces nothing.
    ///
    /// `overrides` names a plugin and a declaration of it that this plugin declares too: `wms#/wms/stock` replaces the
    /// route `/wms/stock` of `wms` by this plugin's route of the same shape. If either of the two is missing, nothing is
    /// replaced: a name is misspelt, or the other plugin has changed and the override can go.
    ///
    /// # Example
    ///
    /// ```ts plugins/finance/plugin.config.ts
    /// export default { services: { prices: () => new Map() } }
    /// ```
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { overrides: ['finance#price'], services: { prices: () => new Map() } }
    /// ```
    ///
    /// # Mended
    ///
    /// ```ts plugins/wms/plugin.config.ts
    /// export default { overrides: ['finance#prices'], services: { prices: () => new Map() } }
    /// ```
    Warning UNKNOWN_OVERRIDE "FM2018" "unknown-override";
}

/// The kinds of things that two plugins may not both declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClaimKind {
    /// The code of a conflict.
    pub code: Code,
    /// "menu items"
    pub plural: &'static str,
    /// "are named"
    pub verb: &'static str,
    /// "name"
    pub noun: &'static str,
}

/// `name` of a menu item.
pub(crate) const MENU: ClaimKind =
    ClaimKind { code: MENU_CONFLICT, plural: "menu items", verb: "are named", noun: "name" };
/// The shape of a route's path.
pub(crate) const ROUTE: ClaimKind =
    ClaimKind { code: ROUTE_CONFLICT, plural: "routes", verb: "match", noun: "path" };
/// `id` of an extension.
pub(crate) const EXTENSION: ClaimKind =
    ClaimKind { code: EXTENSION_CONFLICT, plural: "extensions", verb: "have the id", noun: "id" };
/// `id` of an extension point.
pub(crate) const EXTENSION_POINT: ClaimKind =
    ClaimKind { code: EXTENSION_POINT_CONFLICT, plural: "extension points", verb: "have the id", noun: "id" };
/// A service's name.
pub(crate) const SERVICE: ClaimKind =
    ClaimKind { code: SERVICE_CONFLICT, plural: "services", verb: "are named", noun: "name" };
/// A resource and an action.
pub(crate) const PERMISSION: ClaimKind =
    ClaimKind { code: PERMISSION_CONFLICT, plural: "permissions", verb: "are named", noun: "name" };
/// A setting's name.
pub(crate) const SETTING: ClaimKind =
    ClaimKind { code: SETTING_CONFLICT, plural: "settings", verb: "are named", noun: "name" };

/// Several declarations of one thing. The first is kept.
pub(crate) fn conflict(kind: ClaimKind, id: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let message = format!("{} {} {} `{id}`.", count(claims.len()), kind.plural, kind.verb);
    let mut diagnostic = Diagnostic::new(kind.code, message);
    for (index, (plugin, origin)) in claims.iter().enumerate() {
        let text = if index == 0 {
            format!("`{plugin}` declares it")
        } else {
            format!("`{plugin}` declares it again")
        };
        diagnostic = diagnostic.label(origin, text);
    }
    let (first, last) = (claims[0].0, claims[claims.len() - 1].0);
    if first == last {
        return diagnostic.help(format!("Remove one of them, or give it another {}.", kind.noun));
    }
    diagnostic.help(format!(
        "Give one of them another {}. If `{last}` is meant to replace it, add `overrides: ['{first}#{id}']` to `{last}`.",
        kind.noun
    ))
}

/// Declarations that only `when` tells apart. All are kept.
pub(crate) fn conditional_conflict(kind: ClaimKind, id: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let message =
        format!("{} {} {} `{id}` under different conditions.", count(claims.len()), kind.plural, kind.verb);
    let mut diagnostic = Diagnostic::new(CONDITIONAL_CONFLICT, message);
    for (plugin, origin) in claims {
        diagnostic = diagnostic.label(origin, format!("`{plugin}` declares it"));
    }
    diagnostic.help("Make sure that the conditions never hold at the same time.")
}

/// Several plugins of one name. The first by folder takes part.
pub(crate) fn plugin_conflict(name: &str, claims: &[(&str, &Origin)]) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(PLUGIN_CONFLICT, format!("{} plugins are named `{name}`.", count(claims.len())));
    for (dir, origin) in claims {
        diagnostic = diagnostic.label(origin, format!("the plugin in {dir}"));
    }
    diagnostic.help("Give one of them another `name`, or leave it out with the option `exclude`.")
}

/// `overrides: ['wms#/wms/stok']`
pub(crate) fn unknown_override<'a>(
    plugin: &str,
    target: &Named,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let help = if known.contains(&target.name.as_str()) {
        format!("`{}` is there, and `{plugin}` declares nothing that could take its place.", target.name)
    } else {
        did_you_mean(&target.name, known.into_iter()).unwrap_or_else(|| {
            "An override names a plugin and a declaration of it that this plugin declares too: `wms#/wms/stock`."
                .into()
        })
    };
    Diagnostic::new(
        UNKNOWN_OVERRIDE,
        format!("`{plugin}` overrides `{}`, which replaces nothing.", target.name),
    )
    .label(&target.origin, "replaces nothing")
    .help(help)
}

fn count(number: usize) -> String {
    match number {
        2 => "Two".into(),
        3 => "Three".into(),
        4 => "Four".into(),
        5 => "Five".into(),
        number => number.to_string(),
    }
}
