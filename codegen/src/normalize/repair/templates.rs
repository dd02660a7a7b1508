//! Path templates, held against the parameters that are declared for them.

use super::operations::{resolved, METHODS};
use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::syntax::{Node, OriginId};
use indexmap::IndexMap;

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
pub(super) fn alike(
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
pub(super) fn declared(
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
pub(super) fn surplus(context: &mut Context<'_>, shared: &Node, path: &str, item: &mut Node) {
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
