//! The keys that other routers, menus and plugin systems have for what is meant, and what to write instead.

/// What to write in place of a key that is none here; nothing where nobody has such a key.
pub(super) fn remedy(what: &str, key: &str) -> Option<String> {
    if let Some(known) = synonym(what, key) {
        return Some(format!("That is `{known}` here."));
    }
    let sentence = match (what, key) {
        ("a plugin", "version") => "The version is that of the plugin's `package.json`.",
        ("a plugin", "hooks") => "Write `initialize`, `activate` and `deactivate` beside `name`.",
        ("a menu item", "children" | "items" | "submenu") => {
            "Write the items beside this one, each with `parent` and the name of this one."
        }
        ("a menu item" | "a route", "permission" | "permissions" | "roles" | "auth" | "visible" | "show") => {
            "Write a condition: `when: \"user.role == 'admin'\"`."
        }
        ("a menu item" | "a route", "hidden" | "disabled") => {
            "Write a condition: `when: 'feature.stock'`, or leave it out."
        }
        ("a route", "element" | "lazy" | "render") => "Write `component: () => import('./src/…')`.",
        ("a route", "loader" | "action") => "A page loads its own data, or has a service do so.",
        ("a route", "layout") => "A layout is the `component` of a route that has `children`.",
        _ => return None,
    };
    Some(sentence.to_owned())
}

/// The key that says the same.
fn synonym(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a plugin" | "a route" | "a menu item" | "a module" | "a setting", "title" | "displayName")
        | ("a menu item", "text")
        | ("a route", "name") => "label",
        ("a plugin" | "a module" | "a menu item", "id" | "key") => "name",
        ("a plugin", "pages" | "router") => "routes",
        ("a plugin", "nav" | "navigation" | "menus" | "menuItems" | "sidebar") => "menu",
        ("a plugin", "requires" | "dependsOn") => "dependencies",
        ("a plugin", "slots") => "extensionPoints",
        ("a plugin", "widgets") => "extensions",
        ("a plugin", "options" | "config" | "preferences") => "settings",
        ("a plugin", "init" | "setup" | "install" | "onInit") => "initialize",
        ("a plugin", "start" | "mount" | "onActivate") => "activate",
        ("a plugin", "stop" | "unmount" | "teardown" | "onDeactivate") => "deactivate",
        ("a menu item", "path" | "to" | "href" | "url" | "link") => "route",
        ("a menu item", "group" | "section" | "category") => "module",
        (
            "a menu item" | "a module" | "a provider",
            "position" | "weight" | "sort" | "priority" | "rank" | "index",
        ) => "order",
        ("a route", "url" | "route" | "to") => "path",
        ("a route", "page" | "view") | ("an extension", "element" | "render" | "view") => "component",
        ("a route", "routes") => "children",
        ("an extension" | "an extension point", "name" | "key") => "id",
        ("an extension", "slot" | "target" | "extensionPoint") => "point",
        ("an extension", "order" | "priority" | "position") => "weight",
        ("an extension point", "label" | "title") => "description",
        ("a setting", "defaultValue" | "value" | "initial") => "default",
        ("a setting", "kind") => "type",
        ("a permission", "name" | "id") => "resource",
        ("a permission", "verbs" | "operations") => "actions",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_libraries_call_it_is_known() {
        assert_eq!(remedy("a menu item", "to").unwrap(), "That is `route` here.");
        assert_eq!(remedy("a route", "title").unwrap(), "That is `label` here.");
        assert_eq!(remedy("a route", "element").unwrap(), "Write `component: () => import('./src/…')`.");
        assert!(remedy("a menu item", "children").unwrap().contains("`parent`"));
        assert!(remedy("a route", "colour").is_none());
    }
}
