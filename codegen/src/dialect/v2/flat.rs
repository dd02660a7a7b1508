//! Parameters and headers of 2.0 have the keywords of their schema beside their name; 3.0 puts them into `schema`.

use crate::dialect::context::Context;
use crate::dialect::kinds::Kind;
use crate::dialect::version::Version;
use crate::dialect::{repair, rewrite};
use crate::load::{Node, Object, Value};

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
pub(in crate::dialect) fn flat(context: &mut Context<'_>, node: &mut Node) {
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
    collection(node, context.version == Version::V2_0);
}

/// 2.0 separates the items of an array by commas unless it says otherwise.
fn collection(node: &mut Node, commas: bool) {
    let array = node.get("schema").and_then(|schema| schema.text_of("type")) == Some("array");
    let Some(format) = node.take("collectionFormat").or_else(|| {
        let absent = array && !node.has("style");
        (commas && absent).then(|| Node::text(node.origin, "csv"))
    }) else {
        return;
    };
    let origin = format.origin;
    let (style, explode) = match (format.as_text(), node.text_of("in")) {
        (Some("multi"), _) => ("form", true),
        (Some("ssv"), _) => ("spaceDelimited", false),
        (Some("pipes"), _) => ("pipeDelimited", false),
        (Some("tsv"), _) => ("tabDelimited", false),
        (_, Some("query" | "cookie" | "formData")) => ("form", false),
        _ => ("simple", false),
    };
    node.set("style", Node::text(origin, style));
    node.set("explode", Node::bool(origin, explode));
}
