//! From Swagger 2.0 to 3.0. Schemas, headers and plain parameters are rewritten on the walk, the document at its end.

mod content;

pub(super) use content::{flat, items};

use super::context::Context;
use super::METHODS;
use crate::diagnostics::codes::normalize as codes;
use crate::syntax::{Node, Object, Value};

/// What the operations of a document share.
struct Shared<'n> {
    consumes: Vec<Node>,
    produces: Vec<Node>,
    /// `parameters` of the document, which may be bodies and form fields.
    parameters: &'n Object,
}

/// Rewrites a checked document of 2.0.
pub(super) fn document(context: &mut Context<'_>, root: &mut Node) {
    servers(root);
    context.servers = root
        .get("servers")
        .cloned()
        .map(Node::into_list)
        .unwrap_or_default();
    let parameters = take_object(root, "parameters");
    let shared = Shared {
        consumes: take_list(root, "consumes"),
        produces: take_list(root, "produces"),
        parameters: &parameters,
    };
    let mut components = Node::object(root.origin);
    if let Some(definitions) = root.take("definitions") {
        components.set("schemas", definitions);
    }
    if let Some(mut found) = root.take("responses") {
        for response in values(&mut found) {
            content::response(response, &shared.produces);
        }
        components.set("responses", found);
    }
    if let Some(schemes) = root.take("securityDefinitions") {
        components.set("securitySchemes", schemes);
    }
    if let Some(paths) = root.get_mut("paths") {
        for item in values(paths) {
            path_item(context, &shared, item);
        }
    }
    let plain: Object = parameters
        .iter()
        .filter(|(_, parameter)| !content::is_body(parameter))
        .map(|(name, parameter)| (name.clone(), parameter.clone()))
        .collect();
    if !plain.is_empty() {
        components.set("parameters", Node::new(root.origin, Value::Object(plain)));
    }
    root.take("swagger");
    root.set("components", components);
}

fn values(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    node.as_object_mut()
        .into_iter()
        .flat_map(|members| members.values_mut())
}

fn take_list(node: &mut Node, key: &str) -> Vec<Node> {
    node.take(key).map(Node::into_list).unwrap_or_default()
}

fn take_object(node: &mut Node, key: &str) -> Object {
    match node.take(key).map(|found| found.value) {
        Some(Value::Object(members)) => members,
        _ => Object::default(),
    }
}

/// Rewrites the operations of a path; parameters of the path that are bodies go to each of them.
fn path_item(context: &mut Context<'_>, shared: &Shared<'_>, item: &mut Node) {
    let (common, rest) = split(shared, take_list(item, "parameters"));
    if !rest.is_empty() {
        item.set("parameters", Node::list(item.origin, rest));
    }
    for method in METHODS {
        if let Some(node) = item.get_mut(method) {
            operation(context, shared, (method, node), &common);
        }
    }
}

/// The parameters that make the body, references to them followed, and the others.
fn split(shared: &Shared<'_>, parameters: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
    let mut bodies = Vec::new();
    let mut rest = Vec::new();
    for parameter in parameters {
        let named = parameter
            .text_of("$ref")
            .and_then(|text| text.strip_prefix("#/components/parameters/"));
        let named = named.and_then(|name| {
            shared
                .parameters
                .get(&*crate::syntax::pointer::unescape(name))
        });
        match named {
            Some(named) if content::is_body(named) => bodies.push(named.clone()),
            _ if content::is_body(&parameter) => bodies.push(parameter),
            _ => rest.push(parameter),
        }
    }
    (bodies, rest)
}

fn operation(
    context: &mut Context<'_>,
    shared: &Shared<'_>,
    (method, node): (&str, &mut Node),
    common: &[Node],
) {
    let own = node.get("produces").and_then(Node::as_list);
    let own = own
        .filter(|_| method != "head")
        .unwrap_or_default()
        .to_vec();
    let consumes = own_or(node, "consumes", &shared.consumes);
    let produces = own_or(node, "produces", &shared.produces);
    let (mut bodies, rest) = split(shared, take_list(node, "parameters"));
    for shared in common {
        let name = (shared.text_of("in"), shared.text_of("name"));
        let known = bodies
            .iter()
            .any(|own| (own.text_of("in"), own.text_of("name")) == name);
        let replaced = shared.text_of("in") == Some("body")
            && bodies.iter().any(|own| own.text_of("in") == Some("body"));
        if !known && !replaced {
            bodies.push(shared.clone());
        }
    }
    surplus(context, &bodies);
    if !rest.is_empty() {
        node.set("parameters", Node::list(node.origin, rest));
    }
    if let Some(body) = content::body(bodies, &consumes) {
        node.set("requestBody", body);
    }
    for (status, response) in node
        .get_mut("responses")
        .and_then(Node::as_object_mut)
        .into_iter()
        .flatten()
    {
        if !status.starts_with("x-") && !response.has("$ref") {
            content::bytes(status, response, &own);
            content::response(response, &produces);
        }
    }
    let schemes = take_list(node, "schemes");
    if !schemes.is_empty() {
        let own = servers_with(&context.servers, &schemes);
        if !own.is_empty() {
            node.set("servers", Node::list(node.origin, own));
        }
    }
}

/// Says which parameters cannot be sent: a second body, and form fields beside a body.
fn surplus(context: &mut Context<'_>, bodies: &[Node]) {
    let Some(first) = bodies
        .iter()
        .position(|body| body.text_of("in") == Some("body"))
    else {
        return;
    };
    for (at, body) in bodies.iter().enumerate() {
        if at != first {
            let name = body.text_of("name").unwrap_or("it");
            let message = format!(
                "a request has one body: `{name}` cannot be sent beside it and is left out"
            );
            context.report(codes::SECOND_BODY, body.origin, message);
        }
    }
}

/// The media types of the operation, or else those of the document; an empty list of its own means none.
fn own_or(node: &mut Node, key: &str, shared: &[Node]) -> Vec<Node> {
    match node.take(key).map(|own| own.value) {
        Some(Value::List(own)) => own,
        _ => shared.to_vec(),
    }
}

/// Writes a server for each scheme.
fn servers(root: &mut Node) {
    let schemes = root.take("schemes");
    let host = root.take("host");
    let base = root.take("basePath");
    let origin = [&host, &base, &schemes]
        .into_iter()
        .flatten()
        .map(|part| part.origin)
        .next();
    let Some(origin) = origin else {
        return;
    };
    let path = base.as_ref().and_then(Node::as_text).unwrap_or_default();
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let Some(host) = host.as_ref().and_then(Node::as_text).map(str::trim) else {
        if !path.is_empty() {
            let server = server(Node::text(origin, format!("{slash}{path}")));
            root.set("servers", Node::list(origin, vec![server]));
        }
        return;
    };
    let mut urls: Vec<Node> = Vec::new();
    for scheme in schemes.as_ref().and_then(Node::as_list).unwrap_or_default() {
        if let Some(name) = scheme.as_text() {
            urls.push(server(Node::text(
                scheme.origin,
                format!("{name}://{host}{slash}{path}"),
            )));
        }
    }
    if urls.is_empty() {
        urls.push(server(Node::text(
            origin,
            format!("https://{host}{slash}{path}"),
        )));
    }
    // https first: it is the one to use where there is a choice
    urls.sort_by_key(|server| {
        !server
            .text_of("url")
            .is_some_and(|url| url.starts_with("https:"))
    });
    root.set("servers", Node::list(origin, urls));
}

fn server(url: Node) -> Node {
    Node::object(url.origin).with("url", url)
}

/// The servers of an operation that has `schemes` of its own.
fn servers_with(root_servers: &[Node], schemes: &[Node]) -> Vec<Node> {
    let rest = root_servers
        .iter()
        .filter_map(|server| server.text_of("url"))
        .find_map(|url| url.split_once("://"));
    let Some((_, rest)) = rest else {
        return Vec::new();
    };
    schemes
        .iter()
        .filter_map(|scheme| {
            Some(server(Node::text(
                scheme.origin,
                format!("{}://{rest}", scheme.as_text()?),
            )))
        })
        .collect()
}

/// `basic` is an `http` scheme, and an OAuth flow stands among `flows` by its new name.
pub(in crate::normalize) fn scheme(node: &mut Node) {
    let Some(kind) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    let origin = node.origin;
    if kind == "basic" {
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "basic"));
    }
    if kind != "oauth2" || node.has("flows") {
        return;
    }
    let flow = node.take("flow");
    let name = match flow.as_ref().and_then(Node::as_text) {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some("password") => "password",
        _ => "implicit",
    };
    let mut object = Node::object(flow.map_or(origin, |flow| flow.origin));
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(member) = node.take(key) {
            object.set(key, member);
        }
    }
    if !object.has("scopes") {
        object.set("scopes", Node::object(origin));
    }
    let flows = Node::object(object.origin).with(name, object);
    node.set("flows", flows);
}
