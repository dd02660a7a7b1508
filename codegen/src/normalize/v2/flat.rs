//! Parameters and headers of 2.0 have the keywords of their schema beside their name; 3.0 puts them into `schema`.

use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::kinds::Kind;
use crate::normalize::version::Version;
use crate::normalize::{repair, rewrite};
use crate::syntax::{Node, Object, Value};

const KEYWORDS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "nullable",
    "x-nullable",
];

/// Gathers the schema and turns `collectionFormat` into `style` and `explode`.
pub(in crate::normalize) fn flat(context: &mut Context<'_>, node: &mut Node) {
    let mut members = Object::default();
    for key in KEYWORDS {
        if let Some(member) = node.take(key) {
            members.insert(key.into(), member);
        }
    }
    if !members.is_empty() && !node.has("schema") && !node.has("content") {
        let mut schema = Node::new(node.origin, Value::Object(members));
        repair::before(context, Kind::Schema, &mut schema);
        rewrite::after(context, Kind::Schema, &mut schema);
        node.set("schema", schema);
    }
    let old = context.version == Version::V2_0;
    collection(context, node, old);
    if let Some(schema) = node.get_mut("schema").filter(|_| old) {
        inner(context, schema);
    }
}

/// What is not a `collectionFormat`, or none that can be followed there.
fn refused(context: &mut Context<'_>, format: &Node, place: &str) {
    let said = format.as_text().unwrap_or_default();
    let message = format!("`{said}` does not separate the items of a list {place}; commas do");
    context.report(codes::COLLECTION_FORMAT, format.origin, message);
}

/// Says of the lists within a list how their items are separated; by commas where the document does not say.
fn inner(context: &mut Context<'_>, schema: &mut Node) {
    let Some(items) = schema.get_mut("items") else {
        return;
    };
    if items.text_of("type") == Some("array") {
        let origin = items.origin;
        let said = items.take(keys::COLLECTION_FORMAT);
        let known = |format: &Node| {
            let known = ["csv", "ssv", "tsv", "pipes"];
            format.as_text().is_some_and(|name| known.contains(&name))
        };
        if let Some(format) = said.as_ref().filter(|format| !known(format)) {
            refused(context, format, "within a list");
        }
        let format = said.filter(known);
        let format = format.unwrap_or_else(|| Node::text(origin, "csv"));
        items.set(keys::COLLECTION_FORMAT, format);
    }
    inner(context, items);
}

/// 2.0 separates the items of an array by commas unless it says otherwise.
fn collection(context: &mut Context<'_>, node: &mut Node, commas: bool) {
    let array = node.get("schema").and_then(|schema| schema.text_of("type")) == Some("array");
    let Some(format) = node.take("collectionFormat").or_else(|| {
        let absent = array && !node.has("style");
        (commas && absent).then(|| Node::text(node.origin, "csv"))
    }) else {
        return;
    };
    let origin = format.origin;
    let place = node.text_of("in").map(str::to_owned);
    let repeated = matches!(place.as_deref(), Some("query" | "formData"));
    match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if !repeated => refused(context, &format, "outside queries and forms"),
        (Some("csv" | "multi"), _) => {}
        (Some("ssv" | "tsv" | "pipes"), Some(_)) => {}
        (Some("ssv" | "tsv" | "pipes"), None) => {
            refused(context, &format, "in a header of a reply")
        }
        (_, _) => refused(context, &format, "anywhere"),
    }
    let (style, explode) = match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if repeated => ("form", true),
        (Some("ssv"), _) => ("spaceDelimited", false),
        (Some("pipes"), _) => ("pipeDelimited", false),
        (Some("tsv"), _) => ("tabDelimited", false),
        (_, Some("query" | "cookie" | "formData")) => ("form", false),
        _ => ("simple", false),
    };
    node.set("style", Node::text(origin, style));
    node.set("explode", Node::bool(origin, explode));
}
