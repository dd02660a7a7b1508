//! Members that the specification requires: added with a substitute if there is one, otherwise the object is removed.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::object_kinds::Kind;
use crate::normalize::version::Version;
use crate::syntax::Node;

/// Adds missing members; `false` if the object has to be removed.
#[allow(clippy::wildcard_enum_match_arm, reason = "most kinds of object need nothing here")]
pub(in crate::normalize) fn complete(
    context: &mut Context<'_>,
    kind: Kind,
    node: &mut Node,
) -> bool {
    match kind {
        Kind::Document => document(context, kind, node),
        Kind::Info => {
            fill(context, kind, node, "title", "API");
            fill(context, kind, node, "version", "0");
        }
        Kind::License => fill(context, kind, node, "name", "unnamed"),
        Kind::ServerVariable => variable(context, kind, node),
        Kind::Operation => operation(context, kind, node),
        Kind::Response if !node.has("$ref") && !node.has("description") => {
            response(context, kind, node);
        }
        Kind::Parameter => return parameter(context, kind, node),
        Kind::Header => schema_or_content(context, kind, node),
        Kind::SecurityScheme if node.text_of("type") == Some("apiKey") => api_key(context, node),
        _ => return has_essential_member(context, kind, node),
    }
    true
}

/// `false` for an object that has no meaning without a missing member.
#[allow(clippy::wildcard_enum_match_arm, reason = "most kinds of object need nothing here")]
fn has_essential_member(context: &mut Context<'_>, kind: Kind, node: &Node) -> bool {
    let keys: &[&str] = match kind {
        Kind::Server | Kind::ExternalDocs => &["url"],
        Kind::Tag => &["name"],
        Kind::Discriminator => &["propertyName"],
        Kind::Link => &["operationId", "operationRef"],
        Kind::SecurityScheme => &["type"],
        _ => return true,
    };
    if keys.iter().any(|key| node.has(key)) {
        return true;
    }
    let required = keys.join("` or `");
    let message =
        format!("{} requires `{required}`; without it the object is ignored", kind.name());
    context.report(codes::USELESS, node.origin, message);
    false
}

fn report_missing(
    context: &mut Context<'_>,
    kind: Kind,
    node: &Node,
    key: &str,
    consequence: &str,
) {
    let message = format!("{} requires `{key}`; {consequence}", kind.name());
    context.report(codes::MISSING_MEMBER, node.origin, message);
}

fn fill(context: &mut Context<'_>, kind: Kind, node: &mut Node, key: &str, text: &str) {
    if !node.has(key) {
        report_missing(context, kind, node, key, &format!("`{text}` is used instead"));
        node.set(key, Node::text(node.origin, text));
    }
}

fn document(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    if !node.has("info") {
        report_missing(context, kind, node, "info", "the title `API` is used");
        let info = Node::object(node.origin)
            .with("title", Node::text(node.origin, "API"))
            .with("version", Node::text(node.origin, "0"));
        node.set("info", info);
    }
    if !node.has("paths") {
        let others = node.has("components") || node.has("webhooks");
        let optional = matches!(context.version, Version::V3_1 | Version::V3_2);
        if !(others && optional) {
            report_missing(context, kind, node, "paths", "the document has no operations");
        }
        node.set("paths", Node::object(node.origin));
    }
}

fn variable(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    if node.has("default") {
        return;
    }
    let first = node.get("enum").and_then(|values| values.step("0")).cloned();
    report_missing(context, kind, node, "default", "the first value is used");
    node.set("default", first.unwrap_or_else(|| Node::text(node.origin, "")));
}

fn operation(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    if !node.has("responses") {
        if matches!(context.version, Version::V2_0 | Version::V3_0) {
            report_missing(context, kind, node, "responses", "its responses are unknown");
        }
        node.set("responses", Node::object(node.origin));
    }
}

fn response(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    if context.version != Version::V3_2 {
        report_missing(context, kind, node, "description", "an empty one is used");
    }
    node.set("description", Node::text(node.origin, ""));
}

/// Replaces an API key without a usable location or name by a scheme that sends nothing.
fn api_key(context: &mut Context<'_>, node: &mut Node) {
    let location = node.text_of("in").unwrap_or_default();
    let has_location = ["query", "header", "cookie"].contains(&location);
    let missing = match (node.text_of("name").is_some_and(|name| !name.is_empty()), has_location) {
        (true, true) => return,
        (true, false) => "a usable `in`",
        (false, true) => "`name`",
        (false, false) => "`name` and a usable `in`",
    };
    let message = format!("an API key requires {missing}; the client does not send it");
    context.report(codes::KEY_UNPLACED, node.origin, message);
    let origin = node.origin;
    node.set("type", Node::text(origin, "http"));
    node.set("scheme", Node::text(origin, "apiKey"));
    node.set(keys::SCHEME_TYPE, Node::text(origin, "apiKey"));
}

const LOCATIONS: [&str; 7] =
    ["query", "header", "path", "cookie", "body", "formData", "querystring"];

fn parameter(context: &mut Context<'_>, kind: Kind, node: &mut Node) -> bool {
    let location = node.text_of("in").unwrap_or_default().to_owned();
    let known = LOCATIONS.iter().find(|known| known.eq_ignore_ascii_case(&location));
    let Some(known) = known.filter(|_| node.has("name") || location == "body") else {
        let missing = if known.is_some() { "name" } else { "in" };
        let message = format!("a parameter without a usable `{missing}` is ignored");
        context.report(codes::USELESS, node.origin, message);
        return false;
    };
    if *known != location {
        let message = format!("`in` is `{location}`; it is read as `{known}`");
        context.report(codes::RETYPED, node.origin, message);
        node.set("in", Node::text(node.origin, *known));
    }
    if *known == "path" && node.get("required").and_then(Node::as_bool) != Some(true) {
        let message = "a path parameter is always required; `required: true` is assumed";
        context.report(codes::PATH_REQUIRED, node.origin, message);
        node.set("required", Node::bool(node.origin, true));
    }
    schema_or_content(context, kind, node);
    true
}

fn schema_or_content(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    if ["schema", "content", "type", "items"].iter().any(|key| node.has(key)) {
        return;
    }
    if context.version != Version::V2_0 {
        report_missing(context, kind, node, "schema", "any text is accepted");
    }
    node.set("type", Node::text(node.origin, "string"));
}
