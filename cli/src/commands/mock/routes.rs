//! Routes: the operation of a method and a path.

use super::template::{Template, TemplateParameter};
use typewright::api::model::{Api, Location, Operation, Parameter, ParameterEncoding, Server};

/// Number of operations that are named where none has the path.
const MAX_NEAREST: usize = 3;

/// Routes of an API.
#[derive(Debug)]
pub struct Routes {
    /// One for each operation, in the same order.
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    method: String,
    path: String,
    template: Template,
    /// Path of the operation's first server, without a slash at its end.
    base: String,
}

/// Result of the search for an operation.
#[derive(Debug, PartialEq)]
pub enum Routed<'p> {
    /// An operation, by its index, with the texts of its path parameters.
    Operation(usize, Vec<(String, &'p str)>),
    /// Operations of other methods: the methods.
    OtherMethods(Vec<String>),
    /// No operation; the most similar ones are named.
    Nothing(Vec<String>),
}

impl Routes {
    /// Creates the routes of every operation.
    pub fn new(api: &Api) -> Self {
        let route = |operation: &Operation| {
            let servers = match operation.servers.as_slice() {
                [] => &api.servers,
                servers => servers,
            };
            Route {
                method: operation.method.clone(),
                path: operation.path.clone(),
                template: Template::new(&operation.path, |name| parameter(operation, name)),
                base: servers.first().map(base_path).unwrap_or_default(),
            }
        };
        Self { routes: api.operations.iter().map(route).collect() }
    }

    /// Finds the operation of a request, by its path with or without that of the server. A `HEAD` is also that of the `GET`.
    pub fn find<'p>(&self, method: &str, path: &'p str) -> Routed<'p> {
        let mut methods = Vec::new();
        for has_base in [true, false] {
            let matching: Vec<_> = self.matching(path, has_base).collect();
            for method in [method, if method == "HEAD" { "GET" } else { method }] {
                let of_method = matching.iter().filter(|(_, route, _)| route.method == method);
                let best = of_method.min_by_key(|(_, route, _)| route.template.rank());
                if let Some((index, _, parameters)) = best {
                    return Routed::Operation(*index, parameters.clone());
                }
            }
            methods.extend(matching.into_iter().map(|(_, route, _)| route.method.clone()));
        }
        methods.sort();
        methods.dedup();
        match methods.is_empty() {
            true => Routed::Nothing(self.nearest(path)),
            false => Routed::OtherMethods(methods),
        }
    }

    fn matching<'r, 'p: 'r>(
        &'r self,
        path: &'p str,
        has_base: bool,
    ) -> impl Iterator<Item = (usize, &'r Route, Vec<(String, &'p str)>)> {
        self.routes.iter().enumerate().filter_map(move |(index, route)| {
            if has_base && route.base.is_empty() {
                return None;
            }
            let path = match has_base {
                true => path.strip_prefix(route.base.as_str())?,
                false => path,
            };
            let parameters = route.template.parameters(path)?.into_iter();
            let parameters = parameters.map(|(name, text)| (name.to_owned(), text)).collect();
            Some((index, route, parameters))
        })
    }

    fn nearest(&self, path: &str) -> Vec<String> {
        let similarity = |route: &Route| strsim::normalized_damerau_levenshtein(&route.path, path);
        let mut routes: Vec<_> =
            self.routes.iter().map(|route| (similarity(route), route)).collect();
        routes.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let nearest = routes.into_iter().take(MAX_NEAREST);
        nearest.map(|(_, route)| format!("{} {}", route.method, route.path)).collect()
    }
}

fn parameter(operation: &Operation, name: &str) -> TemplateParameter {
    let mut parameters = operation.parameters.iter();
    let is_named = |one: &&Parameter| one.location == Location::Path && one.name == name;
    let encoding = parameters.find(is_named).map(|parameter| &parameter.encoding);
    let (may_be_empty, has_slashes) = match encoding {
        Some(ParameterEncoding::Style { allow_empty, allow_reserved, .. }) => {
            (*allow_empty, *allow_reserved)
        }
        Some(ParameterEncoding::Content(_)) | None => (false, false),
    };
    TemplateParameter { name: name.to_owned(), may_be_empty, has_slashes }
}

/// Returns the path of a server's URL with its variables' defaults, without a slash at its end.
fn base_path(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default(),
        None => &url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    match path.is_empty() || path.starts_with('/') {
        true => path.to_owned(),
        false => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::api;
    use super::*;

    fn routes(servers: &str, paths: &[&str]) -> Routes {
        let operation = |(index, line): (usize, &&str)| {
            let (method, path) = line.split_once(' ').unwrap();
            let method = method.to_lowercase();
            format!("  {path}:\n    {method}: {{ operationId: o{index}, responses: {{}} }}\n")
        };
        let paths: String = paths.iter().enumerate().map(operation).collect();
        Routes::new(&api(&format!("servers: {servers}\npaths:\n{paths}")))
    }

    fn operation(routes: &Routes, method: &str, path: &str) -> Option<usize> {
        match routes.find(method, path) {
            Routed::Operation(index, _) => Some(index),
            Routed::OtherMethods(_) | Routed::Nothing(_) => None,
        }
    }

    #[test]
    fn literal_segments_win() {
        let routes = routes("[]", &["GET /pets/{id}", "GET /pets/{id}.json", "GET /pets/mine"]);
        assert_eq!(operation(&routes, "GET", "/pets/mine"), Some(2));
        assert_eq!(operation(&routes, "GET", "/pets/7.json"), Some(1));
        assert_eq!(operation(&routes, "GET", "/pets/7"), Some(0));
        assert_eq!(operation(&routes, "HEAD", "/pets/7"), Some(0));
        assert_eq!(
            routes.find("GET", "/pets/7"),
            Routed::Operation(0, vec![("id".to_owned(), "7")])
        );
    }

    #[test]
    fn the_path_of_the_server_is_optional() {
        let servers = "[{ url: 'https://x.example/{v}/api/', variables: { v: { default: v2 } } }]";
        let routes = routes(servers, &["GET /pets", "GET /{a}/{b}/{c}"]);
        assert_eq!(operation(&routes, "GET", "/v2/api/pets"), Some(0));
        assert_eq!(operation(&routes, "GET", "/pets"), Some(0));
        assert_eq!(operation(&routes, "GET", "/v1/api/pets"), Some(1));
    }

    #[test]
    fn what_is_near_is_named() {
        let routes = routes("[]", &["GET /pets", "POST /owners"]);
        assert_eq!(routes.find("PUT", "/pets"), Routed::OtherMethods(vec!["GET".to_owned()]));
        let Routed::Nothing(nearest) = routes.find("GET", "/petz") else { panic!() };
        assert_eq!(nearest, ["GET /pets", "POST /owners"]);
    }

    #[test]
    fn servers_have_paths() {
        let server = |url: &str| Server {
            url: url.to_owned(),
            variables: Vec::new(),
            name: None,
            docs: typewright::api::model::Docs::default(),
        };
        for (url, path) in [
            ("https://x.example", ""),
            ("https://x.example/", ""),
            ("/", ""),
            ("/v1/", "/v1"),
            ("v1", "/v1"),
            ("//x.example", "//x.example"),
        ] {
            assert_eq!(base_path(&server(url)), path, "{url}");
        }
    }
}
