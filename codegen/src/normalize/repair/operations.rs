//! Operations as a whole: their ids, and their parameters compared with the path template.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::{keys, path_variables, METHODS};
use crate::syntax::{pointer, Node, OriginId};
use indexmap::{IndexMap, IndexSet};

/// Repairs the operations of a document in the normal form.
pub(in crate::normalize) fn operations(context: &mut Context<'_>, root: &mut Node) {
    let components = root.get("components");
    let shared = components.and_then(|components| components.get("parameters"));
    let shared = shared.cloned().unwrap_or_else(|| Node::object(root.origin));
    let mut ids = IndexSet::new();
    let mut templates = IndexMap::new();
    for (path, item) in root.get_mut("paths").and_then(Node::as_object_mut).into_iter().flatten() {
        if !path.starts_with("x-") {
            report_alike(context, &mut templates, path, item);
            item_operations(context, &shared, path, item, &mut ids);
        }
    }
    let callbacks =
        root.get_mut("components").and_then(|components| components.get_mut("callbacks"));
    for (name, callback) in callbacks.and_then(Node::as_object_mut).into_iter().flatten() {
        if !name.starts_with(keys::OPERATIONS) {
            continue;
        }
        for (path, item) in callback.as_object_mut().into_iter().flatten() {
            item_operations(context, &shared, path, item, &mut ids);
        }
    }
    report_missing_ids(context);
}

/// Reports once how many operations have no id.
fn report_missing_ids(context: &mut Context<'_>) {
    let Some(first) = context.without_id.first().copied() else {
        return;
    };
    let message = match context.without_id.len() {
        1 => "this operation has no `operationId`; its name is derived from method and path".to_owned(),
        count => format!("{count} operations have no `operationId`, this one first; their names are derived from method and path"),
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
    remove_duplicates(context, shared, item);
    let common: Vec<Node> =
        item.get("parameters").cloned().map(Node::into_list).unwrap_or_default();
    for method in METHODS {
        if let Some(operation) = item.get_mut(method) {
            check_id(context, operation, ids);
            remove_duplicates(context, shared, operation);
            declare_missing(context, shared, path, operation, &common);
        }
    }
    remove_surplus(context, shared, path, item);
}

fn check_id(context: &mut Context<'_>, operation: &mut Node, ids: &mut IndexSet<String>) {
    let Some(id) = operation.text_of("operationId").map(str::to_owned) else {
        context.without_id.push(operation.origin);
        return;
    };
    let is_blank = id.trim().is_empty();
    if is_blank || !ids.insert(id.clone()) {
        let message = if is_blank {
            "the `operationId` is empty; the name of the operation is derived from method and path"
                .to_owned()
        } else {
            format!(
                "another operation has the id `{id}`; the name of this one is derived from method and path"
            )
        };
        let origin = operation.get("operationId").map_or(operation.origin, |id| id.origin);
        context.report(codes::OPERATION_ID_TWICE, origin, message);
        operation.take("operationId");
    }
}

/// The parameter, with up to two references resolved.
fn resolve<'n>(shared: &'n Node, parameter: &'n Node) -> &'n Node {
    let target = |parameter: &'n Node| {
        let reference = parameter.text_of("$ref")?;
        let name = reference.strip_prefix("#/components/parameters/")?;
        shared.get(&pointer::unescape(name))
    };
    let direct = target(parameter).unwrap_or(parameter);
    target(direct).unwrap_or(direct)
}

/// Removes repeated parameters from a list.
fn remove_duplicates(context: &mut Context<'_>, shared: &Node, owner: &mut Node) {
    let mut seen: IndexSet<(String, String)> = IndexSet::new();
    let Some(list) = owner.get_mut("parameters").and_then(Node::as_list_mut) else {
        return;
    };
    list.retain(|parameter| {
        let resolved = resolve(shared, parameter);
        let name = resolved.text_of("name").unwrap_or_default().to_owned();
        let place = resolved.text_of("in").unwrap_or_default().to_owned();
        let message =
            format!("the parameter `{name}` is declared twice; the first declaration is used");
        // names of headers do not differ by case (RFC 9110, section 5.1)
        let key = match place.as_str() {
            "header" => name.to_ascii_lowercase(),
            _ => name.clone(),
        };
        let is_new = name.is_empty() || seen.insert((place, key));
        if !is_new {
            context.report(codes::PARAMETER_TWICE, parameter.origin, message);
        }
        is_new
    });
}

/// The path without the names of its variables.
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

/// Reports paths that differ only in the names of their variables.
fn report_alike(
    context: &mut Context<'_>,
    seen: &mut IndexMap<String, String>,
    path: &str,
    item: &Node,
) {
    match seen.get(&skeleton(path)) {
        Some(first) => {
            let message = format!("`{path}` and `{first}` are the same path to a server");
            context.report_key(codes::PATHS_ALIKE, item.origin, message);
        }
        None => drop(seen.insert(skeleton(path), path.to_owned())),
    }
}

/// The names of the path parameters in a list.
fn path_parameter_names(shared: &Node, list: &[Node]) -> Vec<String> {
    let parameters = list.iter().map(|parameter| resolve(shared, parameter));
    parameters
        .filter(|parameter| parameter.text_of("in") == Some("path"))
        .filter_map(|parameter| parameter.text_of("name"))
        .map(str::to_owned)
        .collect()
}

/// Adds missing parameters for the variables of the path. If exactly one variable and one parameter have no counterpart, the
/// parameter is renamed.
fn declare_missing(
    context: &mut Context<'_>,
    shared: &Node,
    path: &str,
    operation: &mut Node,
    common: &[Node],
) {
    let variables = path_variables(path);
    let declared = operation.get("parameters").cloned().map(Node::into_list).unwrap_or_default();
    let names = path_parameter_names(shared, &declared);
    let mut known = path_parameter_names(shared, common);
    known.extend(names.iter().cloned());
    let mut missing: Vec<&str> =
        variables.iter().copied().filter(|name| !known.iter().any(|known| known == name)).collect();
    missing.dedup();
    let surplus: Vec<&String> =
        names.iter().filter(|name| !variables.contains(&name.as_str())).collect();
    if let ([missing], [surplus]) = (missing.as_slice(), surplus.as_slice()) {
        rename(context, shared, operation, surplus, missing);
        return;
    }
    let origin = operation.origin;
    for name in missing {
        let message = format!("`{{{name}}}` of the path is not declared; a string is assumed");
        context.report_key(codes::PATH_UNDECLARED, origin, message);
        if let Some(list) = operation.get_or_add_list("parameters", origin) {
            list.push(assumed_parameter(name, origin));
        }
    }
}

fn assumed_parameter(name: &str, origin: OriginId) -> Node {
    let schema = Node::object(origin).with("type", Node::text(origin, "string"));
    Node::object(origin)
        .with("name", Node::text(origin, name))
        .with("in", Node::text(origin, "path"))
        .with("required", Node::bool(origin, true))
        .with("schema", schema)
}

/// Renames a path parameter of an operation to a variable of the path.
fn rename(
    context: &mut Context<'_>,
    shared: &Node,
    operation: &mut Node,
    wrong: &str,
    right: &str,
) {
    let list = operation.get_mut("parameters").and_then(Node::as_list_mut);
    for parameter in list.into_iter().flatten() {
        let resolved = resolve(shared, parameter);
        if resolved.text_of("in") != Some("path") || resolved.text_of("name") != Some(wrong) {
            continue;
        }
        let message = format!("the path has no `{{{wrong}}}`, but an undeclared `{{{right}}}`; the parameter is renamed to it");
        context.report(codes::PATH_SURPLUS, parameter.origin, message);
        let mut copy = resolved.clone();
        let origin = copy.get("name").map_or(copy.origin, |name| name.origin);
        copy.set("name", Node::text(origin, right));
        *parameter = copy;
    }
}

/// Removes path parameters for which the path has no variable.
fn remove_surplus(context: &mut Context<'_>, shared: &Node, path: &str, item: &mut Node) {
    let variables = path_variables(path);
    let fits = |context: &mut Context<'_>, parameter: &Node| {
        let resolved = resolve(shared, parameter);
        let name = resolved.text_of("name").unwrap_or_default();
        let fits = resolved.text_of("in") != Some("path") || variables.contains(&name);
        if !fits {
            let message = format!(
                "the path has no `{{{name}}}`, so that the parameter cannot be sent; it is ignored"
            );
            context.report(codes::PATH_SURPLUS, parameter.origin, message);
        }
        fits
    };
    if let Some(list) = item.get_mut("parameters").and_then(Node::as_list_mut) {
        list.retain(|parameter| fits(context, parameter));
    }
    for method in METHODS {
        let operation = item.get_mut(method).and_then(|operation| operation.get_mut("parameters"));
        if let Some(list) = operation.and_then(Node::as_list_mut) {
            list.retain(|parameter| fits(context, parameter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::skeleton;
    use crate::normalize::path_variables as variables;

    #[test]
    fn templates_are_read() {
        assert_eq!(variables("/a/{b}/{c}:d"), ["b", "c"]);
        assert_eq!(variables("/a/{b"), [""; 0]);
        assert_eq!(variables("/a}/{}"), [""]);
        assert_eq!(skeleton("/a/{b}/c"), skeleton("/a/{x}/c"));
        assert_ne!(skeleton("/a/{b}/c"), skeleton("/a/{b}/d"));
    }
}
