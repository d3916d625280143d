//! Random configurations: whatever an author writes, composing ends, twice with the same result, in JavaScript that a
//! parser which did not write it accepts.

use std::path::Path;

use framework_m_composer::{disk::MemoryDisk, options::Options};

use crate::{
    fixture::{outputs, session},
    second_opinion::swc_accepts,
};

/// `xorshift64*` (Vigna 2016): the same numbers on any machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below
    }

    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next(words.len())]
    }
}

const KEYS: &[&str] = &[
    "name",
    "label",
    "description",
    "icon",
    "dependencies",
    "optionalDependencies",
    "modules",
    "menu",
    "routes",
    "extensionPoints",
    "extensions",
    "services",
    "providers",
    "permissions",
    "settings",
    "overrides",
    "activation",
    "initialize",
    "path",
    "index",
    "component",
    "children",
    "when",
    "conditions",
    "id",
    "point",
    "weight",
    "order",
    "before",
    "after",
    "parent",
    "module",
    "route",
    "resource",
    "actions",
    "type",
    "default",
    "__proto__",
    "constructor",
];
const LEAVES: &[&str] = &[
    "'a'",
    "'b'",
    "'c'",
    "'*'",
    "'^1.0.0'",
    "'/a/:id'",
    "'/a/:x?'",
    "'*/'",
    "'</script>'",
    "'\\u2028'",
    "'p0#a'",
    "''",
    "0",
    "-1",
    "1e999",
    "NaN",
    "true",
    "false",
    "null",
    "undefined",
    "10n",
    "() => import('./page')",
    "() => {}",
    "import('./page')",
    "unknown",
    "unknown()",
    "class {}",
    "/x/",
    "'./page'",
    "[, 1]",
    "t('key')",
    "...unknown",
];

fn value(random: &mut Random, depth: usize) -> String {
    match random.next(if depth == 0 { 1 } else { 3 }) {
        0 => random.pick(LEAVES).trim_start_matches('.').to_string(),
        1 => {
            let items: Vec<String> = (0..random.next(4)).map(|_| value(random, depth - 1)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => object(random, depth - 1),
    }
}

fn object(random: &mut Random, depth: usize) -> String {
    let mut fields = Vec::new();
    for _ in 0..random.next(7) {
        if random.next(20) == 0 {
            fields.push("...unknown".to_string());
        }
        fields.push(format!("{}: {}", random.pick(KEYS), value(random, depth)));
    }
    format!("{{ {} }}", fields.join(", "))
}

/// A configuration that is mostly right: lists of the right shape with random leaves.
fn plausible(random: &mut Random) -> String {
    let mut items = |keys: &[&str], required: &str| {
        let all: Vec<String> = (0..random.next(4))
            .map(|_| {
                let extra = format!("{}: {}", random.pick(keys), value(random, 0));
                format!("{{ {required}: {}, {extra} }}", random.pick(&LEAVES[..8]))
            })
            .collect();
        all.join(", ")
    };
    let menu = items(&["label", "order", "before", "after", "parent", "module", "when"], "name");
    let routes = items(&["component", "when", "index", "children"], "path");
    let points = items(&["description"], "id");
    format!(
        "{{ menu: [{menu}], routes: [{routes}], extensionPoints: [{points}], dependencies: {{ p1: '*' }} }}"
    )
}

#[test]
fn any_configuration_composes_to_valid_modules_twice_the_same() {
    let mut random = Random(42);
    let mut included = 0;
    for round in 0..150 {
        let mut disk = MemoryDisk::default();
        disk.write("/shop/package.json", r#"{ "name": "shop", "workspaces": ["plugins/*"] }"#);
        disk.write("/shop/package-lock.json", "{}");
        for plugin in 0..3 {
            let dir = format!("/shop/plugins/p{plugin}");
            disk.write(
                format!("{dir}/package.json"),
                format!(r#"{{ "name": "p{plugin}", "version": "1.0.0", "framework-m": true }}"#),
            );
            let config = if random.next(2) == 0 { plausible(&mut random) } else { object(&mut random, 4) };
            disk.write(
                format!("{dir}/plugin.config.js"),
                format!("import {{ unknown }} from 'elsewhere'\nexport default {config}\n"),
            );
            disk.write(format!("{dir}/page.js"), "export default function Page() {}\n");
        }
        let mut session = session(&disk, Path::new("/shop"), Options::default());
        let build = session.build(&disk);
        included += build.composition.included;
        let modules =
            build.artifacts.entries.iter().map(|entry| &entry.code).chain([&build.artifacts.module]);
        for code in modules {
            assert!(swc_accepts(code).is_ok(), "round {round}:\n{code}");
        }
        assert_eq!(outputs(&session.build(&disk)), outputs(&build), "round {round}");
    }
    assert!(included > 30, "only {included} of the random plugins took part: the generator is of no use");
}
