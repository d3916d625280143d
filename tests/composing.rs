//! Rules of composing that show where several things meet: what is left of a plugin's routes when one of them is lost, and
//! where the menu puts what a plugin and the shell say of the same name.

use std::path::Path;

use framework_m_composer::{
    build::Build,
    disk::MemoryDisk,
    node::{MenuNode, Place, RouteNode},
    options::Options,
};

use crate::fixture::{compose, options};

/// A shop with these configurations of plugins, by the plugin's name.
fn shop(plugins: &[(&str, &str)], options: Options) -> Build {
    let mut disk = MemoryDisk::default();
    disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
    disk.write("/shop/package-lock.json", "{}");
    for (name, config) in plugins {
        let dir = format!("/shop/plugins/{name}");
        let manifest = format!(r#"{{ "name": "{name}", "version": "1.0.0", "framework-m": true }}"#);
        disk.write(format!("{dir}/package.json"), manifest);
        let config = format!("const component = () => import('./page')\nexport default {{ {config} }}");
        disk.write(format!("{dir}/plugin.config.ts"), config);
        disk.write(format!("{dir}/page.ts"), "export default 1");
    }
    compose(&disk, Path::new("/shop"), options)
}

fn codes(build: &Build) -> Vec<&str> {
    build.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
}

/// The whole paths of routes and of all that is nested in them.
fn paths(routes: &[RouteNode]) -> Vec<&str> {
    routes
        .iter()
        .flat_map(|route| std::iter::once(route.full.as_str()).chain(paths(&route.children)))
        .collect()
}

/// The paths of every plugin's routes that are in the app.
fn kept(build: &Build) -> Vec<(&str, Vec<&str>)> {
    let routes = build.composition.routes.iter();
    routes.map(|route| (route.plugin.as_str(), paths(std::slice::from_ref(route)))).collect()
}

/// The labels of a menu, those of what is nested behind its own.
fn labels(menu: &[MenuNode]) -> Vec<String> {
    menu.iter()
        .map(|node| match &*labels(&node.children).join(" ") {
            "" => node.entry.label.as_str().to_string(),
            nested => format!("{}({nested})", node.entry.label.as_str()),
        })
        .collect()
}

#[test]
fn a_lost_route_goes_with_what_is_nested_in_it_and_leaves_its_neighbours() {
    let first =
        "routes: [{ path: '/x/lost', component }, { path: '/y/lost', component }, { path: '/z', component }]";
    let second = "routes: [
        { path: '/w', children: [{ path: 'one', component }] },
        { path: '/x', children: [
            { path: 'one', children: [{ path: 'deep', component }] },
            { path: 'lost', component, children: [{ path: 'within', component }] },
            { path: 'two', component },
        ] },
        { path: '/y', children: [{ path: 'lost', component }, { path: 'one', component }] },
        { path: '/z', component, children: [{ path: 'within', component }] },
        { path: '/v', component },
    ]";
    let build = shop(&[("a", first), ("b", second)], Options::default());
    assert_eq!(codes(&build), ["FM2003"; 3]);
    assert_eq!(
        kept(&build),
        [
            ("a", vec!["/x/lost"]),
            ("a", vec!["/y/lost"]),
            ("a", vec!["/z"]),
            ("b", vec!["/w", "/w/one"]),
            ("b", vec!["/x", "/x/one", "/x/one/deep", "/x/two"]),
            ("b", vec!["/y", "/y/one"]),
            ("b", vec!["/v"]),
        ]
    );
}

#[test]
fn items_stand_by_their_orders_as_numbers_and_those_without_one_come_last() {
    let items = [
        ("none", ""),
        ("tenth", "order: 0.1"),
        ("zero", "order: 0"),
        ("ten", "order: 10"),
        ("less", "order: -2"),
        ("two", "order: 2"),
        ("least", "order: -10"),
    ];
    let items = items.map(|(name, order)| format!("{{ name: '{name}', {order} }}")).join(", ");
    let build = shop(&[("a", &format!("menu: [{items}]"))], Options::default());
    let expected = ["least", "less", "zero", "tenth", "two", "ten", "none"];
    assert_eq!(labels(&build.composition.menu), expected);
}

#[test]
fn the_shell_means_the_item_where_an_item_and_a_group_have_one_name() {
    let menu =
        "menu: [{ name: 'stock', label: 'Item', module: 'Stock' }, { name: 'other', module: 'Other' }]";
    let change =
        r#"{ "menu": { "overrides": { "stock": { "label": "Changed" }, "other": { "hide": true } } } }"#;
    let build = shop(&[("a", menu)], options(change));
    assert_eq!(labels(&build.composition.menu), ["Stock(Changed)"]);
}

#[test]
fn a_group_asks_for_no_place_but_among_the_others() {
    let config = "modules: [{ name: 'first', after: 'second' }, { name: 'second' }],
        menu: [{ name: 'one', module: 'first' }, { name: 'two', module: 'second', before: 'three' }, { name: 'three', module: 'second' }]";
    let build = shop(&[("a", config)], Options::default());
    let menu = &build.composition.menu;
    assert_eq!(labels(menu), ["second(two three)", "first(one)"]);
    assert!(menu.iter().all(|group| group.entry.place == Place::default()));
    assert_eq!(menu[0].children[0].entry.place.before.as_deref(), Some("three"));
}
