//! Paths and operations of 2.0.

use super::{body, responses, servers, take_list, Shared};
use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::syntax::{Node, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Rewrites the operations of a path; parameters of the path that are bodies go to each of them.
pub(super) fn path(context: &mut Context<'_>, shared: &Shared<'_>, item: &mut Node) {
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
            Some(named) if body::is_body(named) => bodies.push(named.clone()),
            _ if body::is_body(&parameter) => bodies.push(parameter),
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
    if let Some(body) = body::body(bodies, &consumes) {
        node.set("requestBody", body);
    }
    for (status, response) in node
        .get_mut("responses")
        .and_then(Node::as_object_mut)
        .into_iter()
        .flatten()
    {
        if !status.starts_with("x-") && !response.has("$ref") {
            responses::bytes(status, response, &own);
            responses::response(response, &produces);
        }
    }
    let schemes = take_list(node, "schemes");
    if !schemes.is_empty() {
        let own = servers::own(&context.servers, &schemes);
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
