//! Operations as a whole: their ids, and their parameters compared with the path template.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::{keys, METHODS};
use crate::syntax::{pointer, Node, OriginId};
use indexmap::{IndexMap, IndexSet};

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
            report_alike(context, &mut templates, path, item);
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
    let Some(first) = context.without_id.first().copied() else {
        return;
    };
    let message = match context.without_id.len() {
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
            declare_missing(context, shared, path, operation, &common);
        }
    }
    remove_surplus(context, shared, path, item);
}

fn id(context: &mut Context<'_>, operation: &mut Node, ids: &mut IndexSet<String>) {
    let Some(id) = operation.text_of("operationId").map(str::to_owned) else {
        context.without_id.push(operation.origin);
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
fn resolved<'n>(shared: &'n Node, parameter: &'n Node) -> &'n Node {
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

/// The names between braces.
fn names(path: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        found.push(name);
        rest = behind;
    }
    found
}

/// The path with every name left out.
fn skeleton(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in path.chars() {
        if !inside || letter == '}' {
            text.push(letter);
        }
        inside = (inside || letter == '{') && letter != '}';
    }
    text
}

/// Says which paths no server can tell apart.
fn report_alike(
    context: &mut Context<'_>,
    seen: &mut IndexMap<String, String>,
    path: &str,
    item: &Node,
) {
    match seen.get(&skeleton(path)) {
        Some(first) => {
            let message = format!("`{path}` is the same path as `{first}` to a server");
            context.report_key(codes::PATHS_ALIKE, item.origin, message);
        }
        None => drop(seen.insert(skeleton(path), path.to_owned())),
    }
}

/// The names of the path parameters of a list.
fn declared_names(shared: &Node, list: &[Node]) -> Vec<String> {
    let whole = list.iter().map(|parameter| resolved(shared, parameter));
    whole
        .filter(|parameter| parameter.text_of("in") == Some("path"))
        .filter_map(|parameter| parameter.text_of("name"))
        .map(str::to_owned)
        .collect()
}

/// Declares what the path has and nobody declared; mends a name where one is missing on each side.
fn declare_missing(
    context: &mut Context<'_>,
    shared: &Node,
    path: &str,
    operation: &mut Node,
    common: &[Node],
) {
    let wanted = names(path);
    let own = operation
        .get("parameters")
        .cloned()
        .map(Node::into_list)
        .unwrap_or_default();
    let own_names = declared_names(shared, &own);
    let mut known = declared_names(shared, common);
    known.extend(own_names.iter().cloned());
    let mut missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !known.iter().any(|known| known == name))
        .collect();
    missing.dedup();
    let surplus: Vec<&String> = own_names
        .iter()
        .filter(|name| !wanted.contains(&name.as_str()))
        .collect();
    if let ([missing], [surplus]) = (missing.as_slice(), surplus.as_slice()) {
        rename(context, shared, operation, surplus, missing);
        return;
    }
    let origin = operation.origin;
    for name in missing {
        let message = format!("`{{{name}}}` of the path is not declared; a string is assumed");
        context.report_key(codes::PATH_UNDECLARED, origin, message);
        if !operation.has("parameters") {
            operation.set("parameters", Node::list(origin, Vec::new()));
        }
        if let Some(list) = operation.get_mut("parameters").and_then(Node::as_list_mut) {
            list.push(assumed(name, origin));
        }
    }
}

fn assumed(name: &str, origin: OriginId) -> Node {
    let schema = Node::object(origin).with("type", Node::text(origin, "string"));
    Node::object(origin)
        .with("name", Node::text(origin, name))
        .with("in", Node::text(origin, "path"))
        .with("required", Node::bool(origin, true))
        .with("schema", schema)
}

/// Gives a path parameter of an operation the name that the path has.
fn rename(
    context: &mut Context<'_>,
    shared: &Node,
    operation: &mut Node,
    wrong: &str,
    right: &str,
) {
    let list = operation.get_mut("parameters").and_then(Node::as_list_mut);
    for parameter in list.into_iter().flatten() {
        let whole = resolved(shared, parameter);
        if whole.text_of("in") != Some("path") || whole.text_of("name") != Some(wrong) {
            continue;
        }
        let message = format!("the path has no `{{{wrong}}}`, but `{{{right}}}`, which nobody declares; this is taken to be it");
        context.report(codes::PATH_SURPLUS, parameter.origin, message);
        let mut copy = whole.clone();
        let origin = copy.get("name").map_or(copy.origin, |name| name.origin);
        copy.set("name", Node::text(origin, right));
        *parameter = copy;
    }
}

/// Takes out path parameters that the path has no place for.
fn remove_surplus(context: &mut Context<'_>, shared: &Node, path: &str, item: &mut Node) {
    let wanted = names(path);
    let fits = |context: &mut Context<'_>, parameter: &Node| {
        let whole = resolved(shared, parameter);
        let name = whole.text_of("name").unwrap_or_default();
        let fits = whole.text_of("in") != Some("path") || wanted.contains(&name);
        if !fits {
            let message = format!("the path has no `{{{name}}}`, so that the parameter cannot be sent; it is left out");
            context.report(codes::PATH_SURPLUS, parameter.origin, message);
        }
        fits
    };
    if let Some(list) = item.get_mut("parameters").and_then(Node::as_list_mut) {
        list.retain(|parameter| fits(context, parameter));
    }
    for method in METHODS {
        let operation = item
            .get_mut(method)
            .and_then(|operation| operation.get_mut("parameters"));
        if let Some(list) = operation.and_then(Node::as_list_mut) {
            list.retain(|parameter| fits(context, parameter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{names, skeleton};

    #[test]
    fn templates_are_read() {
        assert_eq!(names("/a/{b}/{c}:d"), ["b", "c"]);
        assert_eq!(names("/a/{b"), [""; 0]);
        assert_eq!(names("/a}/{}"), [""]);
        assert_eq!(skeleton("/a/{b}/c"), skeleton("/a/{x}/c"));
        assert_ne!(skeleton("/a/{b}/c"), skeleton("/a/{b}/d"));
    }
}
