//! Paths of nested routes.

use crate::{diagnostic::Diagnostic, manifest::Route, messages::manifest as messages};

/// Reports routes whose path is written from the root on and does not begin with the path of the route that they are nested
/// in: React Router throws for them, in `flattenRoutes`.
pub(super) fn check(routes: &[Route], parent: &str, problems: &mut Vec<Diagnostic>) {
    for route in routes {
        let full = match &route.path {
            Some(path) if path.starts_with('/') => {
                if !path.starts_with(parent) {
                    problems.push(messages::path_outside_parent(&route.origin, path, parent));
                }
                path.clone()
            }
            Some(path) => format!("{}/{path}", parent.trim_end_matches('/')),
            None => parent.to_string(),
        };
        check(&route.children, &full, problems);
    }
}
