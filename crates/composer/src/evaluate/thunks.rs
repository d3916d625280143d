//! Functions as values: a reference to code, or the lazy import of a module.

use oxc::{
    ast::ast::{
        Argument, ArrowFunctionBody, ArrowFunctionExpression, BindingPattern, CallExpression, Expression,
        FunctionBody, ImportExpression, ObjectPropertyKind, Statement,
    },
    span::GetSpan,
};

use super::{expression::Evaluator, script::ModuleId};
use crate::value::{Code, Dynamic, Import, Value, ValueKind};

impl<'a> Evaluator<'_, 'a> {
    /// A function expression: the thunk of an `import()`, or just a function.
    pub(super) fn function(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Value {
        let code = match self.thunk(m, expression) {
            Some(import) => Code::Import(import),
            None if is_loader(expression) => Code::Loader,
            None => Code::Function,
        };
        Value::new(ValueKind::Code(code), self.modules.origin(m, expression.span()))
    }

    /// What a function without parameters imports, when that is all it does.
    pub(super) fn thunk(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Option<Import> {
        let returned = match expression.get_inner_expression() {
            Expression::ArrowFunctionExpression(it) if it.params.items.is_empty() => arrow_result(it)?,
            Expression::FunctionExpression(it) if it.params.items.is_empty() && !it.generator => {
                result(it.body.as_ref()?)?
            }
            _ => return None,
        };
        self.loaded(m, returned)
    }

    fn loaded(&mut self, m: ModuleId, expression: &'a Expression<'a>) -> Option<Import> {
        match expression.get_inner_expression() {
            Expression::ImportExpression(it) => self.import_call(m, it),
            Expression::AwaitExpression(it) => self.loaded(m, &it.argument),
            Expression::CallExpression(call) => {
                let Expression::StaticMemberExpression(callee) = &call.callee else { return None };
                let Expression::ImportExpression(import) = callee.object.get_inner_expression() else {
                    return None;
                };
                if callee.property.name != "then" {
                    return None;
                }
                let export = picked(call)?;
                Some(Import { export, ..self.import_call(m, import)? })
            }
            _ => None,
        }
    }

    fn import_call(&mut self, m: ModuleId, call: &'a ImportExpression<'a>) -> Option<Import> {
        let specifier = self.eval(m, &call.source).text()?.to_owned();
        let is_written = match &call.source {
            Expression::StringLiteral(_) => true,
            Expression::TemplateLiteral(it) => it.expressions.is_empty(),
            _ => false,
        };
        let origin = self.modules.origin(m, call.source.span());
        let file = self.file(m, &specifier, &origin);
        let call = is_written.then(|| self.modules.origin(m, call.span));
        Some(Import { specifier, file, export: "default".into(), lazy: true, call })
    }

    /// The file that a specifier leads to, not read.
    fn file(&mut self, m: ModuleId, specifier: &str, origin: &crate::source::Origin) -> Option<String> {
        use super::resolve::Target;
        match &self.modules.lead(m, specifier).target {
            Target::Module(path) | Target::Asset(path) => Some(self.modules.relative(path)),
            Target::External => None,
            Target::Missing(tried) => {
                self.report_missing(origin, specifier, tried);
                None
            }
        }
    }

    /// `lazy(() => import('./x'))`: the import itself, or code that cannot be looked into.
    pub(super) fn lazy(&mut self, m: ModuleId, call: &'a CallExpression<'a>) -> Value {
        let thunk = call.arguments.first().and_then(Argument::as_expression);
        let code = match thunk.and_then(|thunk| self.thunk(m, thunk)) {
            Some(import) => Code::Import(import),
            None => Code::Reference(self.text(m, call.span)),
        };
        Value::new(ValueKind::Code(code), self.modules.origin(m, call.span))
    }

    /// Why a call is not static.
    pub(super) fn call_runs_code(&self, m: ModuleId, call: &CallExpression<'_>) -> Dynamic {
        let text = self.text(m, call.callee.span());
        let name: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
        let method = name.rsplit('.').next().unwrap_or_default();
        let why = Dynamic::new(format!("the call of `{name}` runs code"));
        match (&*name, method) {
            ("require", _) => why.help("Import it instead: `import { … } from './…'`."),
            ("import.meta.glob", _) => Dynamic::new("`import.meta.glob` is known only to the bundler")
                .help("Write the pages out: `component: () => import('./src/pages/Home')`."),
            (_, "localeCompare") => Dynamic::new("what `localeCompare` gives depends on who runs it")
                .help("Compare with `<`: `(a, b) => (a.label < b.label ? -1 : 1)`."),
            _ if call.callee.is_identifier_reference() => why.help(
                "Write the value itself, or list the function under `wrappers` if it returns its argument.",
            ),
            _ => why.help("Write the value itself, or a constant that holds it."),
        }
    }
}

/// Whether a function without parameters gives a promise of what it loads.
fn is_loader(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(it) => {
            it.params.is_empty() && (it.r#async || arrow_result(it).is_some_and(is_loading))
        }
        Expression::FunctionExpression(it) => {
            let returned = it.body.as_ref().and_then(|body| result(body));
            it.params.is_empty() && !it.generator && (it.r#async || returned.is_some_and(is_loading))
        }
        _ => false,
    }
}

/// `import(…)`, `import(…).then(…)`
fn is_loading(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::ImportExpression(_) => true,
        Expression::CallExpression(it) => match it.callee.get_inner_expression() {
            Expression::StaticMemberExpression(it) => is_loading(&it.object),
            _ => false,
        },
        _ => false,
    }
}

/// What an arrow returns, when returning is all it does.
pub(super) fn arrow_result<'a>(arrow: &'a ArrowFunctionExpression<'a>) -> Option<&'a Expression<'a>> {
    match &arrow.body {
        ArrowFunctionBody::FunctionBody(body) => result(body),
        body => body.as_expression(),
    }
}

/// What a body returns, when returning is all it does.
fn result<'a>(body: &'a FunctionBody<'a>) -> Option<&'a Expression<'a>> {
    match body.statements.as_slice() {
        [Statement::ReturnStatement(it)] => it.argument.as_ref(),
        _ => None,
    }
}

/// The export that `.then((m) => …)` picks: `m.Name`, or `({ default: m.Name })`.
fn picked(call: &CallExpression<'_>) -> Option<String> {
    let [argument] = call.arguments.as_slice() else { return None };
    let Expression::ArrowFunctionExpression(arrow) = argument.as_expression()?.get_inner_expression() else {
        return None;
    };
    let [parameter] = arrow.params.items.as_slice() else { return None };
    let result = match arrow_result_of(arrow)?.get_inner_expression() {
        Expression::ObjectExpression(object) => match object.properties.as_slice() {
            [ObjectPropertyKind::ObjectProperty(it)] if it.key.is_specific_static_name("default") => {
                it.value.get_inner_expression()
            }
            _ => return None,
        },
        other => other,
    };
    match &parameter.pattern {
        BindingPattern::BindingIdentifier(id) => match result {
            Expression::StaticMemberExpression(member) => match &member.object {
                Expression::Identifier(it) if it.name == id.name => {
                    Some(member.property.name.as_str().to_owned())
                }
                _ => None,
            },
            Expression::Identifier(it) if it.name == id.name => Some("default".into()),
            _ => None,
        },
        BindingPattern::ObjectPattern(pattern) => {
            let Expression::Identifier(it) = result else { return None };
            pattern.properties.iter().find_map(|property| match &property.value {
                BindingPattern::BindingIdentifier(id) if id.name == it.name => {
                    property.key.static_name().map(std::borrow::Cow::into_owned)
                }
                _ => None,
            })
        }
        _ => None,
    }
}

fn arrow_result_of<'x, 'a>(arrow: &'x ArrowFunctionExpression<'a>) -> Option<&'x Expression<'a>> {
    match &arrow.body {
        ArrowFunctionBody::FunctionBody(body) => match body.statements.as_slice() {
            [Statement::ReturnStatement(it)] => it.argument.as_ref(),
            _ => None,
        },
        body => body.as_expression(),
    }
}
