//! The order in which the modules run.

use crate::{
    evaluate::modules::Modules,
    evaluate::script::ModuleId,
    maps::{HashMap, HashSet},
};

/// The order in which the modules run: each after those that it imports, from the entry on. One by itself needs none.
pub(super) fn order(modules: &mut Modules<'_>) -> HashMap<ModuleId, usize> {
    let mut order = HashMap::default();
    if modules.all.len() < 2 {
        return order;
    }
    let mut entered = HashSet::from_iter([0]);
    let mut path = vec![(0, imports(modules, 0))];
    while let Some((m, rest)) = path.last_mut() {
        let m = *m;
        match rest.pop() {
            Some(next) if entered.insert(next) => {
                let imports = imports(modules, next);
                path.push((next, imports));
            }
            Some(_) => {}
            None => {
                order.insert(m, order.len());
                path.pop();
            }
        }
    }
    order
}

/// What a module imports, the last first.
fn imports(modules: &mut Modules<'_>, m: ModuleId) -> Vec<ModuleId> {
    let specifiers = modules.script(m).map(|script| script.imports.clone()).unwrap_or_default();
    specifiers.into_iter().rev().filter_map(|specifier| modules.known(m, specifier)).collect()
}
