//! What another parser makes of a generated module: it must accept it, and read the same literals.

use swc_core::{
    common::{BytePos, FileName, SourceMap, sync::Lrc},
    ecma::{
        ast::{CallExpr, Callee, EsVersion, Expr, ExprOrSpread, Lit, ModuleDecl, Str, Tpl},
        parser::{EsSyntax, Parser, StringInput, Syntax, lexer::Lexer},
        visit::{Visit, VisitWith},
    },
};

/// What swc read in a module.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Opinion {
    /// The values of all string literals, in their order.
    pub(crate) strings: Vec<String>,
    /// The specifiers of all `import()`, in their order.
    pub(crate) dynamic_imports: Vec<String>,
    /// The specifiers of all static imports and re-exports, in their order.
    pub(crate) static_imports: Vec<String>,
}

/// Whether swc accepts a text as a JavaScript module, and what it reads in it.
pub(crate) fn swc_accepts(js: &str) -> Result<Opinion, String> {
    let map = Lrc::<SourceMap>::default();
    let file = map.new_source_file(Lrc::new(FileName::Anon), js.to_owned());
    let input = StringInput::new(js, file.start_pos, file.end_pos.max(BytePos(1)));
    let lexer = Lexer::new(Syntax::Es(EsSyntax::default()), EsVersion::EsNext, input, None);
    let mut parser = Parser::new_from(lexer);
    let module = parser.parse_module().map_err(|error| error.kind().msg().into_owned())?;
    if let Some(error) = parser.take_errors().first() {
        return Err(error.kind().msg().into_owned());
    }
    let mut opinion = Opinion::default();
    module.visit_with(&mut opinion);
    Ok(opinion)
}

fn text(string: &Str) -> String {
    string.value.to_string_lossy().into_owned()
}

impl Visit for Opinion {
    fn visit_str(&mut self, string: &Str) {
        self.strings.push(text(string));
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let (Callee::Import(_), Some(ExprOrSpread { expr, .. })) = (&call.callee, call.args.first()) {
            self.dynamic_imports.push(match &**expr {
                Expr::Lit(Lit::Str(specifier)) => text(specifier),
                Expr::Tpl(Tpl { quasis, exprs, .. }) if exprs.is_empty() => {
                    quasis.iter().map(|quasi| quasi.raw.as_str()).collect()
                }
                _ => "a computed specifier".to_owned(),
            });
        }
        call.visit_children_with(self);
    }

    fn visit_module_decl(&mut self, declaration: &ModuleDecl) {
        let source = match declaration {
            ModuleDecl::Import(it) => Some(&it.src),
            ModuleDecl::ExportNamed(it) => it.src.as_ref(),
            ModuleDecl::ExportAll(it) => Some(&it.src),
            _ => None,
        };
        self.static_imports.extend(source.map(|source| text(source)));
        declaration.visit_children_with(self);
    }
}

#[test]
fn another_parser_reads_literals_and_imports() {
    let opinion = swc_accepts(
        "import a from './a b'\nexport default { 'x\\u00e9': () => import(\"./q'\\\\.js\"), y: ['\\u{1F600}'] }\nexport * from 'z'",
    )
    .unwrap();
    assert_eq!(opinion.strings, ["./a b", "xé", "./q'\\.js", "😀", "z"]);
    assert_eq!(opinion.dynamic_imports, ["./q'\\.js"]);
    assert_eq!(opinion.static_imports, ["./a b", "z"]);
    assert!(swc_accepts("export default { a: }").is_err());
    assert!(swc_accepts("const a = 1; const b: number = 2").is_err());
    assert_eq!(swc_accepts(""), Ok(Opinion::default()));
}
