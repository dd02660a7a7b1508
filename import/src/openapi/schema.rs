//! Schemas: messages, enums, and the fields of both.

use super::at_most_one;
use crate::model::{Message, Service};
use crate::names::Names;
use crate::page::{Bounds, Interval, Kind, Limits, Row, TextLimits};
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::{IMPORT_ENUM, IMPORT_LIMIT};
use typewright::diagnostics::{Diagnostics, Place};
use typewright::syntax::yaml_text::{entry, texts, Map, Yaml};

/// The component schemas, by name.
pub fn components(service: &Service, names: &Names, diagnostics: &mut Diagnostics) -> Map {
    let mut all: BTreeMap<&str, Yaml> = BTreeMap::new();
    for message in service.messages.values() {
        if let Some(name) = names.message(&message.key) {
            all.insert(name, object(message, names, diagnostics));
        }
    }
    for (name, values) in &names.values {
        let described = values.iter().filter(|(_, text)| !text.is_empty());
        let described: Map =
            described.map(|(value, text)| entry(value.clone(), text.clone())).collect();
        let mut choice: Map = vec![entry("type", "string"), entry("enum", texts(values.keys()))];
        if !described.is_empty() {
            choice.push(entry("x-enum-descriptions", described));
        }
        all.insert(name, choice.into());
    }
    all.into_iter().map(|(name, schema)| entry(name, schema)).collect()
}

/// A reference to a component.
pub fn reference(name: &str) -> Map {
    vec![entry("$ref", format!("#/components/schemas/{name}"))]
}

fn object(message: &Message, names: &Names, diagnostics: &mut Diagnostics) -> Yaml {
    let mut object: Map = vec![entry("type", "object")];
    if !message.doc.is_empty() {
        object.push(entry("description", message.doc.clone()));
    }
    let fields = message.fields.values();
    let required: Vec<&String> =
        fields.filter(|field| field.row.required).map(|field| &field.row.name).collect();
    if !required.is_empty() {
        object.push(entry("required", texts(required)));
    }
    let mut properties: Map = Vec::new();
    for (name, known) in &message.fields {
        let place = known.place();
        if matches!(known.row.kind, Kind::Enum(..)) && known.row.values.is_empty() {
            let message = format!("no page lists the values of `{name}`");
            diagnostics.push(IMPORT_ENUM, place.clone(), message);
        }
        unstated(&known.row, place, diagnostics);
        properties.push(entry(name.clone(), field(&known.row, &message.key, names)));
    }
    object.push(entry("properties", properties));
    if message.closed {
        object.push(entry("additionalProperties", false));
    }
    let groups = &message.groups;
    object.extend(at_most_one(groups).map(|not| entry("not", not)));
    let single: Vec<Yaml> = groups.iter().filter(|group| group.len() == 1).map(texts).collect();
    if !single.is_empty() {
        object.push(entry("x-typewright-at-most-one", single));
    }
    object.into()
}

/// Reports the limits of a field that only extensions can express.
fn unstated(row: &Row, place: Place, diagnostics: &mut Diagnostics) {
    let patterns = [&row.limits.direct.pattern, &row.limits.each.pattern];
    for pattern in patterns.into_iter().flatten().filter(|pattern| !is_ecma(pattern)) {
        let message = format!("`{pattern}` is no regular expression that documents can have");
        diagnostics.push(IMPORT_LIMIT, place.clone(), message);
    }
    let limits = &row.limits;
    if matches!(row.kind, Kind::Enum(..) | Kind::Boolean | Kind::Message(_))
        && limits.direct != TextLimits::default()
    {
        let message = format!("a limit of texts does not fit the type of `{}`", row.name);
        diagnostics.push(IMPORT_LIMIT, place, message);
    }
}

/// The schema of a field of `owner`.
pub fn field(row: &Row, owner: &str, names: &Names) -> Map {
    let mut schema = of_kind(&row.kind, row, owner, names);
    if !row.repeated {
        schema.extend(limited(&row.kind, &row.limits));
        return described(schema, row);
    }
    let element =
        Limits { direct: either(&row.limits.each, &row.limits.direct), ..row.limits.clone() };
    schema.extend(limited(&row.kind, &element));
    let mut list: Map = vec![entry("type", "array"), entry("items", schema)];
    list.extend(bounds(row.limits.count, "minItems", "maxItems"));
    if row.unique {
        list.push(entry("uniqueItems", true));
    }
    described(list, row)
}

/// The schema of a type, without what limits its values.
fn of_kind(kind: &Kind, row: &Row, owner: &str, names: &Names) -> Map {
    match kind {
        Kind::Text("") => vec![entry("type", "string")],
        Kind::Text(format) => {
            // OpenAPI's name for the base64 of Protocol Buffers.
            let format = if *format == "bytes" { "byte" } else { format };
            vec![entry("type", "string"), entry("format", format)]
        }
        Kind::Boolean => vec![entry("type", "boolean")],
        Kind::Integer => vec![entry("type", "integer"), entry("format", "int32")],
        Kind::Number => vec![entry("type", "number"), entry("format", "double")],
        Kind::Free => vec![entry("type", "object"), entry("additionalProperties", true)],
        Kind::Enum(..) => match names.choice(owner, &row.name) {
            Some(name) => reference(name),
            None => vec![entry("type", "string")],
        },
        Kind::Message(key) => match names.message(key) {
            Some(name) => reference(name),
            None => vec![entry("type", "object"), entry("additionalProperties", true)],
        },
        Kind::Map(value) => {
            let mut values = of_kind(value, row, owner, names);
            if matches!(**value, Kind::Text("")) {
                values.extend(text_limits(&either(&row.limits.each, &row.limits.direct)));
            }
            vec![entry("type", "object"), entry("additionalProperties", values)]
        }
        Kind::Either(kinds) if kinds.is_empty() => Vec::new(),
        Kind::Either(kinds) => {
            let kinds = kinds.iter().map(|kind| Yaml::Map(of_kind(kind, row, owner, names)));
            vec![entry("anyOf", kinds.collect::<Vec<Yaml>>())]
        }
    }
}

fn either(one: &TextLimits, other: &TextLimits) -> TextLimits {
    TextLimits {
        length: if one.length == Bounds::default() { other.length } else { one.length },
        pattern: one.pattern.clone().or_else(|| other.pattern.clone()),
    }
}

/// The constraints of a value. For a number in a string they are extensions, since JSON Schema limits only numbers.
fn limited(kind: &Kind, limits: &Limits) -> Map {
    match kind {
        Kind::Text("") => text_limits(&limits.direct),
        Kind::Text("int64" | "uint64") => {
            let mut keywords = numbers(&limits.value);
            if !limits.only.is_empty() {
                keywords.push(entry("values", texts(&limits.only)));
            }
            extension("x-typewright-range", keywords)
        }
        Kind::Text("duration") => {
            let annotations = limits.duration.iter();
            annotations
                .map(|annotations| entry("x-typewright-duration", annotations.clone()))
                .collect()
        }
        Kind::Integer | Kind::Number => {
            let mut keywords = numbers(&limits.value);
            if !limits.only.is_empty() {
                let only = limits.only.iter().map(|number| Yaml::Plain(plain(number)));
                keywords.push(entry("enum", only.collect::<Vec<Yaml>>()));
            }
            keywords
        }
        Kind::Map(_) => {
            let mut keywords = bounds(limits.count, "minProperties", "maxProperties");
            keywords.extend(extension("x-typewright-property-names", text_limits(&limits.key)));
            keywords
        }
        Kind::Text(_)
        | Kind::Boolean
        | Kind::Free
        | Kind::Enum(..)
        | Kind::Message(_)
        | Kind::Either(_) => Vec::new(),
    }
}

fn extension(key: &str, value: Map) -> Map {
    if value.is_empty() {
        return Vec::new();
    }
    vec![entry(key, value)]
}

fn text_limits(limits: &TextLimits) -> Map {
    let mut keywords = bounds(limits.length, "minLength", "maxLength");
    keywords.extend(limits.pattern.iter().map(|pattern| {
        let key = if is_ecma(pattern) { "pattern" } else { "x-typewright-pattern" };
        entry(key, pattern.clone())
    }));
    keywords
}

fn bounds(bounds: Bounds, min: &str, max: &str) -> Map {
    let min = bounds.min.map(|number| entry(min, number));
    let max = bounds.max.map(|number| entry(max, number));
    min.into_iter().chain(max).collect()
}

fn numbers(interval: &Interval) -> Map {
    let mut keywords: Map = Vec::new();
    let ends = [
        (&interval.min, interval.above, "minimum", "exclusiveMinimum"),
        (&interval.max, interval.below, "maximum", "exclusiveMaximum"),
    ];
    for (number, excluded, key, flag) in ends {
        let Some(number) = number else { continue };
        keywords.push(entry(key, Yaml::Plain(plain(number))));
        if excluded {
            keywords.push(entry(flag, true));
        }
    }
    keywords
}

/// A decimal number as every version of YAML reads it: without zeros in front.
fn plain(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let short = digits.trim_start_matches('0');
    let zero = if short.is_empty() || short.starts_with('.') { "0" } else { "" };
    format!("{sign}{zero}{short}")
}

/// `true` if a regular expression has the same meaning in ECMA-262 as in the vendor's RE2.
fn is_ecma(pattern: &str) -> bool {
    let foreign = ["{,", "(?i)", "(?s)", "(?m)", "(?P<", "\\A", "\\z", "\\C", "[[:", "\\Q"];
    !foreign.iter().any(|mark| pattern.contains(mark))
}

/// The schema with a field's annotations. A `$ref` allows no siblings and is wrapped in `allOf`.
fn described(schema: Map, row: &Row) -> Map {
    let mut annotations: Map = Vec::new();
    if !row.doc.is_empty() {
        annotations.push(entry("description", row.doc.clone()));
    }
    if row.deprecated {
        annotations.push(entry("deprecated", true));
    }
    let first = schema.first().map(|entry| entry.key.as_str());
    if annotations.is_empty() || first != Some("$ref") {
        let (types, rest): (Map, Map) =
            schema.into_iter().partition(|entry| matches!(entry.key.as_str(), "type" | "format"));
        return types.into_iter().chain(annotations).chain(rest).collect();
    }
    annotations.push(entry("allOf", vec![Yaml::Map(schema)]));
    annotations
}
