//! What the reader makes of modules in memory: resolution across packages, references, diagnostics, and its limits.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::{Module, ReadOptions, evaluate, module_to_json};
use crate::{
    disk::{Disk, MemoryDisk, Recorder},
    value::{Code, ValueKind},
    workspace::discover,
};

fn disk(files: &[(&str, &str)]) -> MemoryDisk {
    let mut disk = MemoryDisk::default();
    for (path, text) in files {
        disk.write(Path::new("/w").join(path), *text);
    }
    disk
}

fn read_with(disk: &dyn Disk, file: &str, options: &ReadOptions) -> Module {
    let (workspace, _) = discover(disk, Path::new("/w"), "framework-m");
    evaluate(disk, &workspace, options, &Path::new("/w").join(file))
}

fn exports(files: &[(&str, &str)]) -> Json {
    let module = read_with(&disk(files), files[0].0, &ReadOptions::default());
    module_to_json(files[0].0, &module)
}

fn default(text: &str) -> Json {
    exports(&[("a.ts", text), ("package.json", "{}")])["exports"]["default"].clone()
}

fn codes(files: &[(&str, &str)]) -> Vec<String> {
    let read = exports(files);
    let all = read["diagnostics"].as_array().unwrap();
    all.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_plugin_config_is_data_and_references() {
    let read = exports(&[
        (
            "plugin.config.tsx",
            "import { definePlugin } from '@framework-m/plugin-sdk'\nimport { Stock } from './src'\n\
             export default definePlugin({ name: 'wms', routes: [{ path: '/s', component: () => import('./src/stock') }, \
             { path: '/t', component: Stock }], label: $t('wms') } satisfies object)",
        ),
        ("src/index.ts", "export * from './stock'"),
        (
            "src/stock.tsx",
            "export const Stock = memo(() => <b/>)\nimport { memo } from 'react'\nexport default Stock",
        ),
        ("package.json", "{}"),
    ]);
    let plugin = &read["exports"]["default"];
    assert_eq!(plugin["name"], "wms");
    assert_eq!(plugin["label"], json!({ "$message": "wms" }));
    let component = |index: usize| &plugin["routes"][index]["component"];
    assert_eq!(component(0)["resolved"], "src/stock.tsx");
    assert_eq!(component(0)["lazy"], true);
    assert_eq!(component(1)["resolved"], "src/stock.tsx");
    assert_eq!(component(1)["export"], "Stock");
    assert_eq!(component(1)["specifier"], "./src");
    assert_eq!(read["diagnostics"], json!([]));
}

#[test]
fn the_import_of_a_thunk_has_a_span_of_its_own() {
    let disk = disk(&[
        ("a.ts", "export default { c: lazy(() => import('./x').then((m) => m.Page)) }"),
        ("x.ts", ""),
    ]);
    let module = read_with(&disk, "a.ts", &ReadOptions::default());
    let ValueKind::Object(object) = &module.exports["default"].kind else { panic!() };
    let value = &object.get("c").unwrap().value;
    let ValueKind::Code(Code::Import(import)) = &value.kind else { panic!() };
    assert_eq!(import.call.as_ref().unwrap().text(), "import('./x')");
    assert_eq!(import.export, "Page");
    assert!(value.origin.text().starts_with("lazy("));
}

#[test]
fn a_small_function_passes_on_what_it_is_given() {
    let disk = disk(&[
        (
            "a.ts",
            "import { item } from './make'\nfunction route(path, component) { return { path, component } }\n\
             export const menu = [item({ name: 'a' })]\n\
             export default route('/x', () => import('./x'))",
        ),
        ("make.ts", "export const item = (o) => ({ module: 'Inventory', ...o })"),
        ("x.ts", ""),
    ]);
    let module = read_with(&disk, "a.ts", &ReadOptions::default());
    let menu = &module_to_json("a.ts", &module)["exports"]["menu"];
    assert_eq!(menu, &json!([{ "module": "Inventory", "name": "a" }]));
    let ValueKind::Object(route) = &module.exports["default"].kind else { panic!() };
    let ValueKind::Code(Code::Import(import)) = &route.get("component").unwrap().value.kind else { panic!() };
    assert_eq!(import.call.as_ref().unwrap().text(), "import('./x')");
}

#[test]
fn an_enum_knows_its_members_by_themselves() {
    let read = default(
        "const base = '/b'\nenum P { A = base, B = `${A}/x`, C = B + '/:id' }\n\
         enum Q { Early = 1, Odd = Math.random(), Late = 'late' }\n\
         export default { p: [P.A, P.B, P.C], late: Q.Late, early: Q.Early, q: Q }",
    );
    assert_eq!(read["p"], json!(["/b", "/b/x", "/b/x/:id"]));
    assert_eq!(read["late"], "late");
    // What the odd one is decides which entry `Q[Q.Odd] = 'Odd'` writes.
    assert!(read["early"]["$dynamic"].is_string());
    assert_eq!(read["q"]["Late"], "late");
}

#[test]
fn methods_that_copy_are_worked_out() {
    let read = default(
        "const all = [{ n: 'b', o: 2 }, { n: 'a', o: 2 }, { n: 'c', o: 1 }]\n\
         export default [all.toSorted((a, b) => a.o - b.o).map((it) => it.n), [10, 9].toSorted(), \
         [1, 2, 3].toSpliced(1, 1, 8), Object.hasOwn(all[0], 'n'), 'a/b/c'.split('/', 2), 'a/b/c'.lastIndexOf('/'), \
         [2, 1].toSorted(() => 1)]",
    );
    let inconsistent = &read[6]["$dynamic"];
    assert_eq!(inconsistent, "the function orders the elements in no consistent way");
    assert_eq!(
        json!(read.as_array().unwrap()[..6]),
        json!([["c", "b", "a"], [10, 9], [1, 8, 3], true, ["a", "b"], 3])
    );
}

#[test]
fn aliases_lead_where_typescript_has_them_lead() {
    let read = exports(&[
        (
            "apps/a/plugin.config.ts",
            "import { A } from '@/consts'\nimport { B } from 'base/b'\nimport { C } from '#c'\nimport { D } from '#deep/d'\n\
             import { E } from 'exact'\nexport default { A, B, C, D, E }",
        ),
        (
            "apps/a/tsconfig.json",
            "{ \"extends\": \"../../tsconfig.base.json\", // a comment\n \"compilerOptions\": { \"baseUrl\": \".\" }, }",
        ),
        (
            "tsconfig.base.json",
            "{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./missing/*\", \"./apps/a/src/*\"], \"exact\": [\"./apps/a/src/e.ts\"] } } }",
        ),
        ("apps/a/src/consts/index.ts", "export const A = 'a'"),
        ("apps/a/base/b.ts", "export const B = 'b'"),
        (
            "apps/a/package.json",
            "{ \"imports\": { \"#c\": { \"import\": \"./src/c.js\" }, \"#deep/*\": \"./dist/deep/*.js\" } }",
        ),
        ("apps/a/src/c.ts", "export const C = 'c'"),
        ("apps/a/src/deep/d.ts", "export const D = 'd'"),
        ("apps/a/src/e.ts", "export const E = 'e'"),
        ("package.json", "{ \"workspaces\": [\"apps/*\"] }"),
    ]);
    assert_eq!(
        read["exports"]["default"],
        json!({ "A": "a", "B": "b", "C": "c", "D": "d", "E": "e" }),
        "{read}"
    );
}

#[test]
fn members_of_the_workspace_are_read_by_their_source() {
    let read = exports(&[
        (
            "apps/a/plugin.config.ts",
            "import { main } from '@c/main'\nimport { sub } from '@c/exports/sub'\nimport { star } from '@c/exports/x/star'\n\
             import { root } from '@c/exports'\nimport { file } from '@c/main/src/file'\nimport { self } from '@c/a/self'\n\
             import { own } from '@c/source'\nimport Button from '@mui/button'\n\
             export default { main, sub, star, root, file, self, own, Button }",
        ),
        ("apps/a/package.json", "{ \"name\": \"@c/a\", \"exports\": { \"./*\": \"./src/*.ts\" } }"),
        ("apps/a/src/self.ts", "export const self = 'self'"),
        ("libs/main/package.json", "{ \"name\": \"@c/main\", \"main\": \"./dist/index.js\" }"),
        ("libs/main/dist/index.js", "export const main = 'stale'"),
        ("libs/main/src/index.ts", "export const main = 'main'"),
        ("libs/main/src/file.ts", "export const file = 'file'"),
        (
            "libs/exports/package.json",
            "{ \"name\": \"@c/exports\", \"exports\": { \".\": { \"types\": \"./dist/index.d.ts\", \"import\": \"./dist/esm/index.mjs\" }, \
             \"./sub\": { \"require\": \"./no.cjs\", \"default\": \"./lib/sub.js\" }, \"./x/*\": \"./build/x/*.js\" } }",
        ),
        ("libs/exports/src/index.ts", "export const root = 'root'"),
        ("libs/exports/src/sub.ts", "export const sub = 'sub'"),
        ("libs/exports/src/x/star.tsx", "export const star = 'star'"),
        (
            "libs/source/package.json",
            "{ \"name\": \"@c/source\", \"source\": \"code/entry.ts\", \"main\": \"dist/x.js\" }",
        ),
        ("libs/source/code/entry.ts", "export const own = 'own'"),
        ("package.json", "{ \"workspaces\": [\"apps/*\", \"libs/*\"] }"),
    ]);
    let value = &read["exports"]["default"];
    for name in ["main", "sub", "star", "root", "file", "self", "own"] {
        assert_eq!(value[name], name, "{read}");
    }
    assert_eq!(value["Button"]["specifier"], "@mui/button");
    assert_eq!(value["Button"]["resolved"], Json::Null);
    assert_eq!(read["diagnostics"], json!([]));
}

#[test]
fn imports_that_fail_are_reported_and_cost_one_leaf() {
    let files = [
        (
            "a.ts",
            "import { x } from './nowhere'\nimport { Stok } from './b'\nimport { y } from '@/y'\n\
             export default { x, Stok, y, fine: 1, page: () => import('./gone') }",
        ),
        ("b.ts", "export const Stock = 1"),
        ("package.json", "{}"),
    ];
    let read = exports(&files);
    assert_eq!(read["exports"]["default"]["fine"], 1);
    assert_eq!(codes(&files), ["FM3004", "FM3005", "FM3004", "FM3004"]);
    let help = |index: usize| read["diagnostics"][index]["help"].as_str().unwrap().to_owned();
    assert!(help(0).contains("`nowhere.ts`"), "{}", help(0));
    assert_eq!(help(1), "Did you mean `Stock`?");
    assert!(help(2).contains("tsconfig.json"));
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(codes(&[("a.ts", "export default {")]), ["FM3001"]);
    assert_eq!(codes(&[("a.ts", "const a = 1; const a = 2")]), ["FM3001"]);
    assert_eq!(codes(&[("a.json", "{ a: 1 }")]), ["FM3001"]);
    assert_eq!(codes(&[("a.vue", "<template/>")]), ["FM3003"]);
    let mut disk = MemoryDisk::default();
    disk.write("/w/a.ts", vec![b'x', 0xff, 0xfe]);
    assert_eq!(read_with(&disk, "a.ts", &ReadOptions::default()).diagnostics[0].code.id, "FM3003");
    assert_eq!(read_with(&disk, "gone.ts", &ReadOptions::default()).diagnostics[0].code.id, "FM3003");
    assert_eq!(
        exports(&[("a.ts", "\u{feff}export default 1")])["exports"],
        json!({ "default": 1 }),
        "a byte order mark"
    );
}

#[test]
fn cycles_cost_what_needs_a_value_too_early() {
    let files = [
        ("a.ts", "import { b } from './b'\nexport const a = 1\nexport default { b, own: a }"),
        ("b.ts", "import { a } from './a'\nexport const b = { a, fine: 2 }"),
    ];
    let read = exports(&files);
    assert_eq!(read["exports"]["default"]["own"], 1);
    assert_eq!(read["exports"]["default"]["b"]["fine"], 2);
    assert!(read["exports"]["default"]["b"]["a"]["$dynamic"].is_string());
    assert_eq!(codes(&files), ["FM3006"]);
}

#[test]
fn the_path_of_an_import_may_be_put_together() {
    let text = "export default ['x', 'y'].map((name) => ({ c: () => import(`./pages/${name}.tsx`) }))";
    let files = [("a.ts", text), ("pages/x.tsx", ""), ("pages/y.tsx", ""), ("package.json", "{}")];
    let read = exports(&files);
    assert_eq!(read["exports"]["default"][0]["c"]["resolved"], "pages/x.tsx");
    assert_eq!(read["exports"]["default"][1]["c"]["resolved"], "pages/y.tsx");
    let module = read_with(&disk(&files), "a.ts", &ReadOptions::default());
    let ValueKind::Array(items) = &module.exports["default"].kind else { panic!() };
    let ValueKind::Object(item) = &items[0].kind else { panic!() };
    // Which of the imports a bundler may replace by one cannot be told by a place that several share.
    assert!(
        matches!(&item.get("c").unwrap().value.kind, ValueKind::Code(Code::Import(it)) if it.call.is_none())
    );
}

#[test]
fn what_gives_a_promise_is_no_component() {
    let kind = |function: &str| {
        let text = format!("export default {{ c: {function} }}");
        let module = read_with(&disk(&[("a.ts", &text), ("x.ts", "")]), "a.ts", &ReadOptions::default());
        let ValueKind::Object(object) = &module.exports["default"].kind else { panic!() };
        object.get("c").unwrap().value.kind.clone()
    };
    for loader in [
        "() => import(location.hash)",
        "() => import('./x').then((it) => wrap(it))",
        "async () => { const it = await import('./x'); return { default: it.a } }",
        "async function () { return wrap(await import('./x')) }",
    ] {
        assert!(matches!(kind(loader), ValueKind::Code(Code::Loader)), "{loader}");
    }
    for component in ["() => null", "() => page()", "async (props) => null", "function () { return x }"] {
        assert!(matches!(kind(component), ValueKind::Code(Code::Function)), "{component}");
    }
}

#[test]
fn the_environment_is_the_bundlers() {
    let mut options = ReadOptions::default();
    options.env.insert("import.meta.env.MODE".into(), json!("production"));
    options.env.insert("process.env.MODE".into(), json!("production"));
    let text = "export default { a: process.env.MODE, b: import.meta.env.MODE === 'production', c: process.env.NOPE }";
    let module = read_with(&disk(&[("a.ts", text)]), "a.ts", &options);
    let read = module_to_json("a.ts", &module);
    assert_eq!(read["exports"]["default"]["a"], "production");
    assert_eq!(read["exports"]["default"]["b"], true);
    assert!(read["exports"]["default"]["c"]["help"].is_string());
}

#[test]
fn what_a_complete_environment_does_not_have_is_undefined() {
    let text =
        "export default { a: import.meta.env.NOPE ?? 'none', b: import.meta.env.SSR, c: process.env.NOPE }";
    let read = |options: &ReadOptions| {
        module_to_json("a.ts", &read_with(&disk(&[("a.ts", text)]), "a.ts", options))["exports"]["default"]
            .clone()
    };
    let mut options = ReadOptions::default();
    assert!(read(&options)["a"]["$dynamic"].is_string());
    options.env.insert("import.meta.env".into(), json!(true));
    assert_eq!(read(&options)["a"], "none");
    assert!(read(&options)["b"]["$dynamic"].is_string());
    assert!(read(&options)["c"]["$dynamic"].is_string());
}

#[test]
fn wrappers_and_messages_are_options() {
    let options = ReadOptions {
        wrappers: vec!["plugin".into(), "fm.create".into()],
        messages: vec!["i18n.t".into()],
        ..ReadOptions::default()
    };
    let text = "import { plugin, fm, i18n } from 'x'\nexport default plugin({ a: fm.create([1]), b: i18n.t('k', { n: 1 }), c: t('k') })";
    let read = module_to_json("a.ts", &read_with(&disk(&[("a.ts", text)]), "a.ts", &options));
    let value = &read["exports"]["default"];
    assert_eq!(value["a"], json!([1]));
    assert_eq!(value["b"], json!({ "$message": "k", "args": [{ "n": 1 }] }));
    assert!(value["c"]["$dynamic"].is_string());
}

#[test]
fn reasons_are_clauses_with_lines() {
    let reason = |text: &str| default(text)["a"]["$dynamic"].as_str().unwrap().to_owned();
    assert_eq!(reason("let a = 1\na = 2\nexport default { a }"), "`a` is reassigned in line 2");
    assert_eq!(reason("const a = []\n\na.push(1)\nexport default { a }"), "it may be changed in line 3");
    assert_eq!(reason("export default { a: load() }"), "the call of `load` runs code");
    assert_eq!(reason("export default { a: new Date() }"), "`new` runs code");
}

#[test]
fn everything_read_or_looked_for_is_recorded() {
    let disk = disk(&[("a.ts", "import { b } from './b'\nexport default b"), ("b.ts", "export const b = 1")]);
    let recorder = Recorder::new(&disk);
    read_with(&recorder, "a.ts", &ReadOptions::default());
    let seen = recorder.into_trace().seen();
    for path in ["/w/a.ts", "/w/b.ts"] {
        assert!(seen.files.contains(&PathBuf::from(path)), "{seen:?}");
    }
    assert!(seen.missing.contains(&PathBuf::from("/w/b")), "{seen:?}");
}

#[test]
fn absurd_sources_are_refused_or_cut_short() {
    for text in [
        "(".repeat(200_000),
        format!("export default {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("export default {}1", "!".repeat(200_000)),
        format!("export default 1{}", "+1".repeat(200_000)),
        format!("export default a{}", ".b".repeat(200_000)),
        "a=>".repeat(100_000),
        "<a>".repeat(100_000),
        "if(a);else ".repeat(100_000),
        format!("type A = B{}", "[]".repeat(100_000)),
        format!("export default {}0", "a?1:".repeat(50_000)),
    ] {
        let read = exports(&[("a.tsx", &text)]);
        assert!(!read["diagnostics"].as_array().unwrap().is_empty(), "{}", &text[..40]);
    }
}

#[test]
fn what_is_bearable_is_borne() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("export default {}1{}", open.repeat(count), close.repeat(count))
    };
    for text in [
        deep("[", "]", 700),
        deep("(", ")", 700),
        deep("{ a: ", "}", 700),
        deep("f(", ")", 700),
        deep("() => {", "}", 700),
        format!("export default 1{}", "+1".repeat(4_000)),
        format!("export default {}1", "!".repeat(10_000)),
        format!("export default a{}", ".b".repeat(5_000)),
        format!("export default {}0", "a?1:".repeat(2_500)),
        format!("export default {}1", "a=>".repeat(3_000)),
        format!("type A = B{}\nexport default 1", "[]".repeat(3_000)),
    ] {
        let read = exports(&[("a.ts", &text)]);
        assert_eq!(read["diagnostics"], json!([]), "{}", &text[..40]);
    }
}

#[test]
fn values_that_explode_are_cut_short() {
    let mut text = "const a0 = ['x', 'x']\n".to_owned();
    for index in 1..60 {
        text += &format!("const a{index} = [a{0}, a{0}]\nconst s{index} = `${{s{0}}}${{s{0}}}`\n", index - 1);
    }
    text = format!("const s0 = 'abcdefgh'\n{text}export const s = s59\nexport default a59");
    let read = exports(&[("a.ts", &text)]);
    assert!(read["exports"]["s"]["$dynamic"].is_string());
    assert!(read.to_string().len() < 200_000_000);
    let chain: String = (1..5_000).map(|index| format!("const c{index} = [c{}]\n", index - 1)).collect();
    exports(&[("a.ts", &format!("const c0 = 1\n{chain}export default c4999"))]);
}

/// A few thousand damaged and random modules: none may bring the reader down (fixed seed; see `fuzz/` for more).
#[test]
fn no_input_brings_the_reader_down() {
    const TOKENS: [&str; 48] = [
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ";",
        ":",
        "...",
        "=>",
        "=",
        "==",
        "+",
        "-",
        "**",
        "?.",
        "??",
        "&&",
        "?",
        ".",
        "`",
        "${",
        "a",
        "b",
        "export",
        "default",
        "const",
        "let",
        "import",
        "from",
        "'./b'",
        "enum",
        "class",
        "new",
        "typeof",
        "await",
        "1",
        "0x",
        "'s'",
        "\"",
        "/x/",
        "<a>",
        "</a>",
        "as",
        "const",
        "\n",
        "😀\u{d7ff}",
    ];
    let seeds = [
        "import { b, c as d } from './b'\nexport const a = { b, ...d, [`k${1}`]: [1, ...[2]].map((x, i) => ({ x, i })) }\n",
        "export default definePlugin({ name: 'x', n: -1 ** 2, c: () => import('./b'), e: E.A, m() {}, get g() { return 1 } })\nenum E { A, B = 'b' }\n",
        "const { a, b: [c = 1, ...d], ...rest } = { a: 'é😀'.slice(1), b: [undefined, 2] }\nexport { a, c, d, rest }\nd.push(a?.b?.[c])\n",
        "{ \"a\": [1, -2.5e3, \"\\ud83d\\ude00\", { \"b\": null }], \"1\": true }",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..1_500 {
        let text = if round % 3 == 0 {
            (0..random(60)).map(|_| TOKENS[random(TOKENS.len())]).collect::<Vec<_>>().join(" ")
        } else {
            let mut chars: Vec<char> = seeds[random(seeds.len())].chars().collect();
            for _ in 0..=random(4) {
                let at = random(chars.len().max(1));
                match random(3) {
                    0 if at < chars.len() => drop(chars.remove(at)),
                    0 | 1 => chars.insert(at, TOKENS[random(TOKENS.len())].chars().next().unwrap()),
                    _ => chars.truncate(at.max(1)),
                }
            }
            chars.into_iter().collect()
        };
        let file = ["a.ts", "a.tsx", "a.js", "a.cjs", "a.json"][random(5)];
        exports(&[(file, &text), ("b.ts", "export const b = { x: 1 }, c = [b]\nexport * from './a'")]);
    }
}

#[test]
fn the_digest_of_a_configuration_is_that_of_its_code() {
    let digest = |text: &str| {
        let mut disk = MemoryDisk::default();
        disk.write("/w/package.json", "{}");
        disk.write("/w/page.tsx", "export default () => null");
        disk.write("/w/other.tsx", "export default () => null");
        disk.write("/w/plugin.config.ts", text);
        read_with(&disk, "plugin.config.ts", &ReadOptions::default()).reading.files[0].code
    };
    let code = digest(
        "import { Stock } from './page'
        const size = 3
        export default definePlugin({
          label: 'Stock', menu: [{ name: 'a', order: 1 }],
          routes: [{ path: '/a', component: () => import('./page') }],
          services: { stock: () => new Stock(size) },
        })",
    );
    let same = "import { Stock } from './page'
        const size = 3
        export default definePlugin({
          label: `Stock of ${2}`, icon: 'box',
          menu: [{ name: 'b', label: 'B' }, { name: 'a', order: 2 }],
          routes: [
            { path: '/b', component: () => import('./other') },
            { path: '/a', component: () => import('./page') }
          ],
          services: { stock: () => new Stock(size) }
        })";
    assert_eq!(digest(same), code, "labels, items and pages are read");
    for (from, to) in [
        ("new Stock(size)", "new Stock(size, 1)"),
        ("const size = 3", "const size = 4"),
        ("stock: ()", "stocks: ()"),
        ("{ Stock }", "{ Depot as Stock }"),
    ] {
        assert_ne!(digest(&same.replace(from, to)), code, "{to}");
    }
}

#[test]
fn a_tsconfig_that_does_not_parse_is_named_where_an_alias_is_missing() {
    let mut disk = MemoryDisk::default();
    disk.write("/w/package.json", "{}");
    disk.write("/w/tsconfig.json", "{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./src/*\" } } }");
    disk.write("/w/plain.ts", "export default { label: 'Stock' }");
    disk.write("/w/aliased.ts", "import { label } from '@/label'\nexport default { label }");
    let said = |file: &str| {
        let module = read_with(&disk, file, &ReadOptions::default());
        module.diagnostics.iter().map(|it| it.labels[0].origin.source.path.clone()).collect::<Vec<_>>()
    };
    assert!(said("plain.ts").is_empty());
    assert_eq!(said("aliased.ts"), ["aliased.ts", "tsconfig.json"]);
}

#[test]
fn functions_are_charged_for_their_work() {
    let list = "const l = Array.from({ length: 1000 }, (_, i) => i)\n";
    let statements = (0..2_000).fold(String::new(), |text, i| text + &format!("const v{i} = x; "));
    let classes = (1..200).fold("class K0 { static A = 1 }\n".to_owned(), |text, i| {
        let before = i - 1;
        text + &format!("class K{i} {{ static A = [K{before}.A, K{before}.A] }}\n")
    });
    let names = (0..2_000).fold(String::new(), |text, i| text + &format!("k{i}, "));
    for text in [
        "export default Array.from({ length: 1e9 })".to_owned(),
        "export default Array.from({ length: 1e5 }, () => Array.from({ length: 1e5 }, () => 1)).length"
            .to_owned(),
        format!("{list}export default l.map(() => l.map(() => l.map(() => l.map(() => 1).length)))"),
        format!("{list}export default l.map(() => l.some(() => l.every(() => l.find(() => false))))"),
        format!("{list}export default l.reduce((a) => l.reduce((b) => l.reduce((c) => c, b), a), 0)"),
        "const l = Array.from({ length: 1e5 }, (_, i) => i)\nexport default l.map((x) => l.indexOf(x))"
            .to_owned(),
        format!("const f = (x) => {{ {statements} return x }}\n{list}export default l.map(f)"),
        format!("const f = ({{ {names} }}) => [k0]\nexport default f({{}})[0]"),
        format!("{classes}export default K199.A"),
        "const s = 'x'.repeat(500000)\nexport default [...s, ...s, ...s].length".to_owned(),
    ] {
        let value = default(&text);
        assert!(value.get("$dynamic").is_some(), "{}: {value}", &text[..text.len().min(200)]);
    }
}
