//! Constants that a class or a namespace of TypeScript holds: `Routes.HOME`.

use std::rc::Rc;

use oxc::{
    ast::ast::{
        Class, ClassElement, Declaration, Expression, IdentifierReference, PropertyDefinition,
        PropertyDefinitionType, PropertyKey, Statement, TSNamespaceDeclaration, TSNamespaceDeclarationBody,
        VariableDeclarationKind, VariableDeclarator,
    },
    span::{GetSpan, Span},
};

use super::{
    declarations,
    expression::Evaluator,
    keys,
    script::{Binding, ImportName, ModuleId},
};
use crate::{
    maps::IndexMap,
    value::{Dynamic, Object, Property, Value, ValueKind},
};

impl<'a> Evaluator<'_, 'a> {
    /// A static member of a class, where it is a constant that the class declares itself.
    pub(super) fn static_constant(
        &mut self,
        m: ModuleId,
        object: &'a Expression<'a>,
        name: &str,
        span: Span,
    ) -> Option<Value> {
        let Expression::Identifier(reference) = object.get_inner_expression() else { return None };
        let (definer, class) = self.class_of(m, reference)?;
        if let Err(why) = self.look_through(class.body.body.len()) {
            return Some(self.dynamic(m, span, why));
        }
        let property = constant(class, name)?;
        let now = self.moment.filter(|it| it.module == m).map_or(span.start, |it| it.offset);
        if definer == m && now < property.span.end {
            return None;
        }
        if let Some(why) = self.facts.changed(definer, class.span) {
            return Some(self.dynamic(m, span, why));
        }
        let key = (definer, property.span.start);
        if let Some(value) = self.statics.get(&key) {
            let value = Rc::clone(value);
            return Some(self.owned(value));
        }
        let moment = self.moment.take();
        let value = Rc::new(self.eval(definer, property.value.as_ref()?));
        self.moment = moment;
        self.statics.insert(key, Rc::clone(&value));
        Some(self.owned(value))
    }

    /// The class that a name always stands for, where it has run.
    fn class_of(
        &mut self,
        m: ModuleId,
        reference: &'a IdentifierReference<'a>,
    ) -> Option<(ModuleId, &'a Class<'a>)> {
        let symbol = self.modules.script(m)?.symbol(reference)?;
        let (definer, symbol) = match *self.modules.script(m)?.bindings.get(&symbol)? {
            Binding::Import { specifier, name: ImportName::Named(name), .. } => {
                let found = self.definition(m, specifier, name)?;
                Some(found).filter(|&(definer, _)| definer != m && self.facts.runs_before(definer, m))?
            }
            _ => (m, symbol),
        };
        let script = self.modules.script(definer)?;
        let is_settled = script.opaque.is_none()
            && self.facts.opaque(definer).is_none()
            && self.reassigned(definer, symbol, "").is_none();
        match *script.bindings.get(&symbol).filter(|_| is_settled)? {
            Binding::Class(class) => Some((definer, class)),
            _ => None,
        }
    }

    /// A namespace as the object that it is at run time, where it holds nothing but constants.
    pub(super) fn namespace_object(
        &mut self,
        m: ModuleId,
        namespace: &'a TSNamespaceDeclaration<'a>,
    ) -> Value {
        let Some(constants) = constants(namespace) else {
            let why =
                Dynamic::new(format!("the namespace `{}` holds more than constants", namespace.id.name));
            return self.dynamic(m, namespace.id.span, why.help("Export the constants from a module."));
        };
        let mut properties = IndexMap::default();
        for declarator in constants {
            for (name, symbol, span) in declarations::names(&declarator.id) {
                let value = self.symbol(m, symbol, Span::new(span.start, span.end));
                let whole = self.modules.origin(m, declarator.span);
                let key = self.modules.origin(m, declarator.id.span());
                properties.insert(name.to_owned(), Property { key, whole, value: self.owned(value) });
            }
        }
        keys::sort(&mut properties);
        self.fresh(m, namespace.span, ValueKind::Object(Object(properties)))
    }
}

/// The only static member of a name, where a plain class gives it a value that it says there.
fn constant<'a>(class: &'a Class<'a>, name: &str) -> Option<&'a PropertyDefinition<'a>> {
    let own = matches!(name, "name" | "length" | "prototype" | "arguments" | "caller" | "__proto__");
    if own || class.heritage.is_some() || !class.decorators.is_empty() {
        return None;
    }
    let mut found = None;
    for element in class.body.body.iter().filter(|it| it.r#static()) {
        match element {
            ClassElement::StaticBlock(_) | ClassElement::TSIndexSignature(_) => {}
            ClassElement::PropertyDefinition(it) if !it.computed && key_of(&it.key) == Some(name) => {
                let is_plain = it.r#type == PropertyDefinitionType::PropertyDefinition
                    && !it.declare
                    && it.decorators.is_empty();
                if !is_plain || found.replace(&**it).is_some() {
                    return None;
                }
            }
            _ if element.computed() => return None,
            _ if element.property_key().and_then(key_of) == Some(name) => return None,
            _ => {}
        }
    }
    found
}

/// The name of a key that is written out, and not private.
fn key_of<'a>(key: &'a PropertyKey<'a>) -> Option<&'a str> {
    match key {
        PropertyKey::StaticIdentifier(it) => Some(it.name.as_str()),
        PropertyKey::StringLiteral(it) => Some(it.value.as_str()),
        _ => None,
    }
}

/// The constants that a namespace exports; none if it holds anything but constants and types.
fn constants<'a>(namespace: &'a TSNamespaceDeclaration<'a>) -> Option<Vec<&'a VariableDeclarator<'a>>> {
    let mut found = Vec::new();
    for (declarator, is_exported) in declarators(namespace)? {
        found.extend(is_exported.then_some(declarator));
    }
    Some(found)
}

/// What a namespace declares, and whether it exports it; none if it holds anything but constants and types.
pub(super) fn declarators<'a>(
    namespace: &'a TSNamespaceDeclaration<'a>,
) -> Option<Vec<(&'a VariableDeclarator<'a>, bool)>> {
    let TSNamespaceDeclarationBody::TSModuleBlock(block) = &namespace.body else { return None };
    let mut found = Vec::new();
    for statement in &block.body {
        let (declaration, is_exported) = match statement {
            Statement::ExportDeclaration(it) => (&it.declaration, true),
            _ => (statement.as_declaration()?, false),
        };
        match declaration {
            Declaration::VariableDeclaration(it)
                if it.kind == VariableDeclarationKind::Const && !it.declare =>
            {
                found.extend(it.declarations.iter().map(|it| (it, is_exported)));
            }
            Declaration::TSTypeAliasDeclaration(_) | Declaration::TSInterfaceDeclaration(_) => {}
            _ => return None,
        }
    }
    Some(found)
}
