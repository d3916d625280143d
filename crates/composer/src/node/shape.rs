//! Which paths a route matches, as a shape: two routes of one shape are a conflict.
//!
//! Paths mean what React Router means by them: `:id` is a parameter, `?` makes a segment optional, `*` is the rest,
//! letters match in either case, and slashes at the end do not matter.

use crate::{maps::HashSet, node::RouteNode};

/// More optional segments than this in one path are taken as they stand: each doubles the number of shapes.
const MOST_OPTIONAL: usize = 6;

/// The shapes that a path matches, one for each way to leave out its optional segments.
pub(crate) fn shapes(path: &str) -> Vec<String> {
    let optional = path.split('/').filter(|segment| segment.ends_with('?')).count();
    if optional == 0 || optional > MOST_OPTIONAL {
        return vec![with_splat(shape(path))];
    }
    let mut shapes = vec![String::new()];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let required = segment.strip_suffix('?');
        let with = |shape: &String| shape.clone() + &self::shape(required.unwrap_or(segment));
        let mut next: Vec<String> = shapes.iter().map(with).collect();
        if required.is_some() {
            next.extend(shapes);
        }
        shapes = next;
    }
    shapes.sort();
    shapes.dedup();
    shapes.into_iter().map(with_splat).collect()
}

/// The shape of a path all of whose segments are there. A parameter may have text behind it: `:id.pdf`.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len() + 1);
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        shape.push('/');
        let text = match segment.strip_prefix(':') {
            Some(parameter) => {
                shape.push(':');
                parameter.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-')
            }
            None => segment,
        };
        shape.push_str(&text.to_lowercase());
    }
    shape
}

/// React Router takes `/files*` for `/files/*`.
fn with_splat(shape: String) -> String {
    match shape.strip_suffix('*') {
        _ if shape.is_empty() => "/".to_string(),
        Some(start) if !start.ends_with('/') => format!("{start}/*"),
        _ => shape,
    }
}

/// The shapes of many routes, in which a concrete path is looked up.
#[derive(Default)]
pub(crate) struct Shapes<'a> {
    /// Those that match one path, but for case and slashes at the end.
    plain: HashSet<&'a str>,
    /// Those with a parameter or a rest.
    patterns: Vec<&'a str>,
}

impl<'a> Shapes<'a> {
    /// Adds those of a route and of what is nested in it.
    pub(crate) fn add(&mut self, route: &'a RouteNode) {
        for shape in &route.shapes {
            if shape.contains([':', '*']) {
                self.patterns.push(shape);
            } else {
                self.plain.insert(shape);
            }
        }
        route.children.iter().for_each(|child| self.add(child));
    }

    /// Whether some route matches the path.
    pub(crate) fn match_path(&self, path: &str) -> bool {
        let names = path.split('/').filter(|name| !name.is_empty());
        let plain: String = names.flat_map(|name| ["/".to_string(), name.to_lowercase()]).collect();
        self.plain.contains(if plain.is_empty() { "/" } else { &plain })
            || self.patterns.iter().any(|shape| matches(shape, path))
    }
}

/// Whether a concrete path has a shape.
pub(crate) fn matches(shape: &str, path: &str) -> bool {
    let mut given = path.split('/').filter(|segment| !segment.is_empty());
    for wanted in shape.split('/').filter(|segment| !segment.is_empty()) {
        if wanted == "*" {
            return true;
        }
        match given.next() {
            Some(segment) if wanted == ":" || wanted == segment.to_lowercase() => {}
            _ => return false,
        }
    }
    given.next().is_none()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        manifest::Route,
        source::{Origin, Source},
    };

    #[test]
    fn parameters_case_and_trailing_slashes_do_not_tell_paths_apart() {
        assert_eq!(shapes("/a/:id"), shapes("/A/:slug/"));
        assert_ne!(shapes("/a/:id"), shapes("/a/id"));
        assert_eq!(shapes("/Ä//b"), ["/ä/b"]);
        assert_ne!(shapes("/a/*"), shapes("/a"));
    }

    #[test]
    fn a_parameter_may_have_text_behind_it() {
        assert_eq!(shapes("/:id.pdf"), shapes("/:name.PDF"));
        assert_ne!(shapes("/:id.pdf"), shapes("/:id"));
    }

    #[test]
    fn a_star_behind_text_is_a_segment_of_its_own() {
        assert_eq!(shapes("/files*"), shapes("/files/*"));
        assert_eq!(shapes("*"), ["/*"]);
    }

    #[test]
    fn an_optional_segment_matches_with_and_without() {
        assert_eq!(shapes("/:lang?/about"), ["/:/about", "/about"]);
    }

    #[test]
    fn a_path_of_many_optional_segments_stays_bounded() {
        assert_eq!(shapes(&"/a?".repeat(50)).len(), 1);
    }

    #[test]
    fn a_path_is_looked_up_as_it_is_matched() {
        let written = ["/", "/a/B/", "/files/*", "/x/:id", "/:id.pdf", "/a/:b?/c", "*"];
        let looked_up = [
            "",
            "/",
            "/A/b",
            "/a/b/",
            "/files",
            "/files/x/y",
            "/x/1",
            "/x/1/2",
            "/a/c",
            "/a/:/c",
            "/1.pdf",
            "/:.pdf",
        ];
        for route in written {
            let node = RouteNode::new("p", &route_of(route), "", "", true);
            let mut shapes = Shapes::default();
            shapes.add(&node);
            for path in looked_up {
                assert_eq!(shapes.match_path(path), node.leads_to(path), "{path} in {route}");
            }
        }
    }

    fn route_of(path: &str) -> Route {
        let source = Arc::new(Source::new("a.ts", ""));
        Route {
            path: Some(path.to_string()),
            index: false,
            origin: Origin::file(&source),
            component: None,
            label: None,
            when: None,
            children: Vec::new(),
        }
    }

    #[test]
    fn a_concrete_path_finds_its_route() {
        assert!(matches("/wms/stock/:", "/wms/Stock/42"));
        assert!(matches("/files/*", "/files/a/b"));
        assert!(!matches("/wms", "/wms/stock"));
    }
}
