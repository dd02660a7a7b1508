//! From Swagger 2.0 to 3.0. Schemas, headers and plain parameters were rewritten on the way; this is the rest.

mod body;
mod flat;
mod items;
mod operation;
mod responses;
mod security;
mod servers;

pub(super) use flat::flat;
pub(super) use items::items;
pub(super) use security::scheme;

use super::context::Context;
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
    servers::servers(root);
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
            responses::response(response, &shared.produces);
        }
        components.set("responses", found);
    }
    if let Some(schemes) = root.take("securityDefinitions") {
        components.set("securitySchemes", schemes);
    }
    if let Some(paths) = root.get_mut("paths") {
        for item in values(paths) {
            operation::path(context, &shared, item);
        }
    }
    let plain: Object = parameters
        .iter()
        .filter(|(_, parameter)| !body::is_body(parameter))
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
