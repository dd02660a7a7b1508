//! From Swagger 2.0 to 3.0. Schemas, headers and plain parameters are rewritten on the walk, the document at its end.

mod content;

pub(super) use content::{flat, items};

use super::context::Context;
use super::METHODS;
use crate::diagnostics::codes::normalize as codes;
use crate::syntax::{Node, Object, Value};

/// The parts of a document that all operations share.
struct Shared<'n> {
    consumes: Vec<Node>,
    produces: Vec<Node>,
    /// `parameters` of the document, which may be bodies and form fields.
    parameters: &'n Object,
}

/// Rewrites a checked document of 2.0.
pub(super) fn document(context: &mut Context<'_>, root: &mut Node) {
    servers(root);
    context.servers = root.get("servers").cloned().map(Node::into_list).unwrap_or_default();
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
    if let Some(mut responses) = root.take("responses") {
        for response in values(&mut responses) {
            content::response(response, &shared.produces);
        }
        components.set("responses", responses);
    }
    if let Some(schemes) = root.take("securityDefinitions") {
        components.set("securitySchemes", schemes);
    }
    if let Some(paths) = root.get_mut("paths") {
        for item in values(paths) {
            path_item(context, &shared, item);
        }
    }
    let others: Object = parameters
        .iter()
        .filter(|(_, parameter)| !content::is_body(parameter))
        .map(|(name, parameter)| (name.clone(), parameter.clone()))
        .collect();
    if !others.is_empty() {
        components.set("parameters", Node::new(root.origin, Value::Object(others)));
    }
    root.take("swagger");
    root.set("components", components);
}

fn values(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    node.as_object_mut().into_iter().flat_map(|members| members.values_mut())
}

fn take_list(node: &mut Node, key: &str) -> Vec<Node> {
    node.take(key).map(Node::into_list).unwrap_or_default()
}

fn take_object(node: &mut Node, key: &str) -> Object {
    match node.take(key).map(|member| member.value) {
        Some(Value::Object(members)) => members,
        _ => Object::default(),
    }
}

/// Rewrites the operations of a path; bodies among the parameters of the path are added to each of them.
fn path_item(context: &mut Context<'_>, shared: &Shared<'_>, item: &mut Node) {
    let (common, others) = split(shared, take_list(item, "parameters"));
    if !others.is_empty() {
        item.set("parameters", Node::list(item.origin, others));
    }
    for method in METHODS {
        if let Some(node) = item.get_mut(method) {
            operation(context, shared, (method, node), &common);
        }
    }
}

/// The parameters of the body, with references resolved, and the others.
fn split(shared: &Shared<'_>, parameters: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
    let mut bodies = Vec::new();
    let mut others = Vec::new();
    for parameter in parameters {
        let component = parameter
            .text_of("$ref")
            .and_then(|text| text.strip_prefix("#/components/parameters/"));
        let target = component
            .and_then(|name| shared.parameters.get(&*crate::syntax::pointer::unescape(name)));
        match target {
            Some(target) if content::is_body(target) => bodies.push(target.clone()),
            _ if content::is_body(&parameter) => bodies.push(parameter),
            _ => others.push(parameter),
        }
    }
    (bodies, others)
}

fn operation(
    context: &mut Context<'_>,
    shared: &Shared<'_>,
    (method, node): (&str, &mut Node),
    common: &[Node],
) {
    let produced = node.get("produces").and_then(Node::as_list);
    let produced = produced.filter(|_| method != "head").unwrap_or_default().to_vec();
    let consumes = take_list_or(node, "consumes", &shared.consumes);
    let produces = take_list_or(node, "produces", &shared.produces);
    let (mut bodies, others) = split(shared, take_list(node, "parameters"));
    for shared in common {
        let name = (shared.text_of("in"), shared.text_of("name"));
        let is_known = bodies.iter().any(|body| (body.text_of("in"), body.text_of("name")) == name);
        let is_replaced = shared.text_of("in") == Some("body")
            && bodies.iter().any(|body| body.text_of("in") == Some("body"));
        if !is_known && !is_replaced {
            bodies.push(shared.clone());
        }
    }
    report_surplus(context, &bodies);
    if !others.is_empty() {
        node.set("parameters", Node::list(node.origin, others));
    }
    if let Some(body) = content::body(bodies, &consumes) {
        node.set("requestBody", body);
    }
    for (status, response) in
        node.get_mut("responses").and_then(Node::as_object_mut).into_iter().flatten()
    {
        if !status.starts_with("x-") && !response.has("$ref") {
            content::add_bytes(status, response, &produced);
            content::response(response, &produces);
        }
    }
    let schemes = take_list(node, "schemes");
    if !schemes.is_empty() {
        let servers = servers_with(&context.servers, &schemes);
        if !servers.is_empty() {
            node.set("servers", Node::list(node.origin, servers));
        }
    }
}

/// Reports parameters that cannot be sent: a second body, and form fields in addition to a body.
fn report_surplus(context: &mut Context<'_>, bodies: &[Node]) {
    let Some(first) = bodies.iter().position(|body| body.text_of("in") == Some("body")) else {
        return;
    };
    for (at, body) in bodies.iter().enumerate() {
        if at != first {
            let name = body.text_of("name").unwrap_or("it");
            let message = format!(
                "a request has only one body: `{name}` cannot be sent in addition and is ignored"
            );
            context.report(codes::SECOND_BODY, body.origin, message);
        }
    }
}

/// The media types of the operation, by default those of the document; an empty list means none.
fn take_list_or(node: &mut Node, key: &str, shared: &[Node]) -> Vec<Node> {
    match node.take(key).map(|member| member.value) {
        Some(Value::List(items)) => items,
        _ => shared.to_vec(),
    }
}

/// Rewrites `schemes`, `host` and `basePath` to a server for each scheme.
fn servers(root: &mut Node) {
    let schemes = root.take("schemes");
    let host = root.take("host");
    let base = root.take("basePath");
    let origin = [&host, &base, &schemes].into_iter().flatten().map(|part| part.origin).next();
    let Some(origin) = origin else {
        return;
    };
    let path = base.as_ref().and_then(Node::as_text).unwrap_or_default();
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
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
            urls.push(server(Node::text(scheme.origin, format!("{name}://{host}{slash}{path}"))));
        }
    }
    if urls.is_empty() {
        urls.push(server(Node::text(origin, format!("https://{host}{slash}{path}"))));
    }
    // https first: clients use the first server by default
    urls.sort_by_key(|server| !server.text_of("url").is_some_and(|url| url.starts_with("https:")));
    root.set("servers", Node::list(origin, urls));
}

fn server(url: Node) -> Node {
    Node::object(url.origin).with("url", url)
}

/// The servers of an operation with its own `schemes`.
fn servers_with(root_servers: &[Node], schemes: &[Node]) -> Vec<Node> {
    let address = root_servers
        .iter()
        .filter_map(|server| server.text_of("url"))
        .find_map(|url| url.split_once("://"));
    let Some((_, address)) = address else {
        return Vec::new();
    };
    schemes
        .iter()
        .filter_map(|scheme| {
            Some(server(Node::text(scheme.origin, format!("{}://{address}", scheme.as_text()?))))
        })
        .collect()
}

/// Rewrites `basic` to an `http` scheme, and an OAuth flow to a member of `flows` with its new name.
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
