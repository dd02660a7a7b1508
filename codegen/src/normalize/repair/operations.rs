//! Operations as a whole: their ids, and their parameters against the path.

use super::templates;
use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::syntax::{pointer, Node};
use indexmap::{IndexMap, IndexSet};

pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Mends the operations of a document in normal form.
pub(in crate::normalize) fn operations(context: &mut Context<'_>, root: &mut Node) {
    let shared = root
        .get("components")
        .and_then(|components| components.get("parameters"))
        .cloned();
    let shared = shared.unwrap_or_else(|| Node::object(root.origin));
    let mut ids = IndexSet::new();
    let mut templates = IndexMap::new();
    for (path, item) in root
        .get_mut("paths")
        .and_then(Node::as_object_mut)
        .into_iter()
        .flatten()
    {
        if !path.starts_with("x-") {
            templates::alike(context, &mut templates, path, item);
            item_operations(context, &shared, path, item, &mut ids);
        }
    }
    let callbacks = root
        .get_mut("components")
        .and_then(|components| components.get_mut("callbacks"));
    for (name, callback) in callbacks
        .and_then(Node::as_object_mut)
        .into_iter()
        .flatten()
    {
        if !name.starts_with(keys::OPERATIONS) {
            continue;
        }
        for (path, item) in callback.as_object_mut().into_iter().flatten() {
            item_operations(context, &shared, path, item, &mut ids);
        }
    }
    nameless(context);
}

/// Says once how many operations have no id.
fn nameless(context: &mut Context<'_>) {
    let Some(first) = context.nameless.first().copied() else {
        return;
    };
    let message = match context.nameless.len() {
        1 => "this operation has no `operationId`; its name is made from method and path".to_owned(),
        count => format!("{count} operations have no `operationId`, this one first; their names are made from method and path"),
    };
    context.report_key(codes::OPERATION_ID_MISSING, first, message);
}

fn item_operations(
    context: &mut Context<'_>,
    shared: &Node,
    path: &str,
    item: &mut Node,
    ids: &mut IndexSet<String>,
) {
    once(context, shared, item);
    let common: Vec<Node> = item
        .get("parameters")
        .cloned()
        .map(Node::into_list)
        .unwrap_or_default();
    for method in METHODS {
        if let Some(operation) = item.get_mut(method) {
            id(context, operation, ids);
            once(context, shared, operation);
            templates::declared(context, shared, path, operation, &common);
        }
    }
    templates::surplus(context, shared, path, item);
}

fn id(context: &mut Context<'_>, operation: &mut Node, ids: &mut IndexSet<String>) {
    let Some(id) = operation.text_of("operationId").map(str::to_owned) else {
        context.nameless.push(operation.origin);
        return;
    };
    let blank = id.trim().is_empty();
    if blank || !ids.insert(id.clone()) {
        let message = if blank {
            "the `operationId` is empty; the operation's name is made from method and path"
                .to_owned()
        } else {
            format!(
                "another operation has the id `{id}`; this one's name is made from method and path"
            )
        };
        let origin = operation
            .get("operationId")
            .map_or(operation.origin, |id| id.origin);
        context.report(codes::OPERATION_ID_TWICE, origin, message);
        operation.take("operationId");
    }
}

/// The parameter itself, behind its reference if it is one.
pub(super) fn resolved<'n>(shared: &'n Node, parameter: &'n Node) -> &'n Node {
    let name = parameter
        .text_of("$ref")
        .and_then(|text| text.strip_prefix("#/components/parameters/"));
    let found = name.and_then(|name| shared.get(&pointer::unescape(name)));
    match found {
        Some(found) if found.has("$ref") => {
            let next = found
                .text_of("$ref")
                .and_then(|text| text.strip_prefix("#/components/parameters/"));
            next.and_then(|name| shared.get(&pointer::unescape(name)))
                .unwrap_or(found)
        }
        Some(found) => found,
        None => parameter,
    }
}

/// Takes out parameters that were declared before in the same list.
fn once(context: &mut Context<'_>, shared: &Node, owner: &mut Node) {
    let mut seen: IndexSet<(String, String)> = IndexSet::new();
    let Some(list) = owner.get_mut("parameters").and_then(Node::as_list_mut) else {
        return;
    };
    list.retain(|parameter| {
        let whole = resolved(shared, parameter);
        let name = whole.text_of("name").unwrap_or_default().to_owned();
        let place = whole.text_of("in").unwrap_or_default().to_owned();
        let message =
            format!("the parameter `{name}` was declared before; the first declaration counts");
        // names of headers do not differ by case (RFC 9110, section 5.1)
        let key = match place.as_str() {
            "header" => name.to_ascii_lowercase(),
            _ => name.clone(),
        };
        let new = name.is_empty() || seen.insert((place, key));
        if !new {
            context.report(codes::PARAMETER_TWICE, parameter.origin, message);
        }
        new
    });
}
