//! Schemas: messages, enums, and the fields of both.

use super::at_most_one;
use crate::model::{Message, Service};
use crate::names::Names;
use crate::page::{Bounds, Interval, Kind, Limits, Row, TextLimits};
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::{IMPORT_ENUM, IMPORT_LIMIT};
use typewright::diagnostics::{Diagnostics, Place};
use typewright::syntax::yaml_output::{entry, number, object, texts, Entry, Mapping, Value};

/// The component schemas, by name.
pub fn components(service: &Service, names: &Names, diagnostics: &mut Diagnostics) -> Mapping {
    let mut all: BTreeMap<&str, Mapping> = BTreeMap::new();
    for message in service.messages.values() {
        if let Some(name) = names.message(&message.key) {
            all.insert(name, message_schema(message, names, diagnostics));
        }
    }
    for (name, values) in &names.values {
        let described = values.iter().filter(|(_, text)| !text.is_empty());
        let described = object(described.map(|(value, text)| entry(&**value, &**text)));
        let mut choice = object([entry("type", "string"), entry("enum", texts(values.keys()))]);
        if !described.is_empty() {
            choice.extend([entry("x-enum-descriptions", described)]);
        }
        all.insert(name, choice);
    }
    object(all.into_iter().map(|(name, schema)| entry(name, schema)))
}

/// A reference to a component.
pub fn reference(name: &str) -> Mapping {
    object([entry("$ref", format!("#/components/schemas/{name}"))])
}

fn message_schema(message: &Message, names: &Names, diagnostics: &mut Diagnostics) -> Mapping {
    let mut schema = object([entry("type", "object")]);
    if !message.doc.is_empty() {
        schema.extend([entry("description", &*message.doc)]);
    }
    let fields = message.fields.values();
    let required: Vec<&String> =
        fields.filter(|field| field.row.required).map(|field| &field.row.name).collect();
    if !required.is_empty() {
        schema.extend([entry("required", texts(required))]);
    }
    let mut properties = Mapping::new();
    for (name, known) in &message.fields {
        let place = known.place();
        if matches!(known.row.kind, Kind::Enum(..)) && known.row.values.is_empty() {
            let message = format!("no page lists the values of `{name}`");
            diagnostics.push(IMPORT_ENUM, place.clone(), message);
        }
        unstated(&known.row, place, diagnostics);
        properties.extend([entry(&**name, field(&known.row, &message.key, names))]);
    }
    schema.extend([entry("properties", properties)]);
    if message.closed {
        schema.extend([entry("additionalProperties", false)]);
    }
    let groups = &message.groups;
    schema.extend(at_most_one(groups).map(|not| entry("not", not)));
    let single: Vec<Value> = groups.iter().filter(|group| group.len() == 1).map(texts).collect();
    if !single.is_empty() {
        schema.extend([entry("x-typewright-at-most-one", single)]);
    }
    schema
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
pub fn field(row: &Row, owner: &str, names: &Names) -> Mapping {
    let mut schema = of_kind(&row.kind, row, owner, names);
    if !row.repeated {
        schema.extend(limited(&row.kind, &row.limits));
        return described(schema, row);
    }
    let element =
        Limits { direct: either(&row.limits.each, &row.limits.direct), ..row.limits.clone() };
    schema.extend(limited(&row.kind, &element));
    let mut list = object([entry("type", "array"), entry("items", schema)]);
    list.extend(bounds(row.limits.count, "minItems", "maxItems"));
    if row.unique {
        list.extend([entry("uniqueItems", true)]);
    }
    described(list, row)
}

/// The schema of a type, without what limits its values.
fn of_kind(kind: &Kind, row: &Row, owner: &str, names: &Names) -> Mapping {
    let of_type = |name: &str| object([entry("type", name)]);
    let of_format =
        |name: &str, format: &str| object([entry("type", name), entry("format", format)]);
    let free = || object([entry("type", "object"), entry("additionalProperties", true)]);
    match kind {
        Kind::Text("") => of_type("string"),
        // OpenAPI's name for the base64 of Protocol Buffers.
        Kind::Text("bytes") => of_format("string", "byte"),
        Kind::Text(format) => of_format("string", format),
        Kind::Boolean => of_type("boolean"),
        Kind::Integer => of_format("integer", "int32"),
        Kind::Number => of_format("number", "double"),
        Kind::Free => free(),
        Kind::Enum(..) => match names.choice(owner, &row.name) {
            Some(name) => reference(name),
            None => of_type("string"),
        },
        Kind::Message(key) => match names.message(key) {
            Some(name) => reference(name),
            None => free(),
        },
        Kind::Map(value) => {
            let mut values = of_kind(value, row, owner, names);
            if matches!(**value, Kind::Text("")) {
                values.extend(text_limits(&either(&row.limits.each, &row.limits.direct)));
            }
            object([entry("type", "object"), entry("additionalProperties", values)])
        }
        Kind::Either(kinds) if kinds.is_empty() => Mapping::new(),
        Kind::Either(kinds) => {
            let kinds = kinds.iter().map(|kind| of_kind(kind, row, owner, names));
            object([entry("anyOf", kinds.collect::<Value>())])
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
fn limited(kind: &Kind, limits: &Limits) -> Mapping {
    match kind {
        Kind::Text("") => text_limits(&limits.direct),
        Kind::Text("int64" | "uint64") => {
            let mut keywords = numbers(&limits.value);
            if !limits.only.is_empty() {
                keywords.extend([entry("values", texts(&limits.only))]);
            }
            object(extension("x-typewright-range", keywords))
        }
        Kind::Text("duration") => {
            let annotations = limits.duration.iter();
            object(annotations.map(|annotations| entry("x-typewright-duration", &**annotations)))
        }
        Kind::Integer | Kind::Number => {
            let mut keywords = numbers(&limits.value);
            if !limits.only.is_empty() {
                let only = limits.only.iter().map(|text| number(&plain(text)));
                keywords.extend([entry("enum", only.collect::<Value>())]);
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
        | Kind::Either(_) => Mapping::new(),
    }
}

fn extension(key: &str, value: Mapping) -> Option<Entry> {
    (!value.is_empty()).then(|| entry(key, value))
}

fn text_limits(limits: &TextLimits) -> Mapping {
    let mut keywords = bounds(limits.length, "minLength", "maxLength");
    keywords.extend(limits.pattern.iter().map(|pattern| {
        let key = if is_ecma(pattern) { "pattern" } else { "x-typewright-pattern" };
        entry(key, &**pattern)
    }));
    keywords
}

fn bounds(bounds: Bounds, min: &str, max: &str) -> Mapping {
    let min = bounds.min.map(|number| entry(min, number));
    let max = bounds.max.map(|number| entry(max, number));
    object(min.into_iter().chain(max))
}

fn numbers(interval: &Interval) -> Mapping {
    let mut keywords = Mapping::new();
    let ends = [
        (&interval.min, interval.above, "minimum", "exclusiveMinimum"),
        (&interval.max, interval.below, "maximum", "exclusiveMaximum"),
    ];
    for (end, excluded, key, flag) in ends {
        let Some(end) = end else { continue };
        keywords.extend([entry(key, number(&plain(end)))]);
        if excluded {
            keywords.extend([entry(flag, true)]);
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
fn described(schema: Mapping, row: &Row) -> Mapping {
    let mut annotations = Mapping::new();
    if !row.doc.is_empty() {
        annotations.extend([entry("description", &*row.doc)]);
    }
    if row.deprecated {
        annotations.extend([entry("deprecated", true)]);
    }
    if annotations.is_empty() || !schema.contains_key("$ref") {
        let (types, rest): (Mapping, Mapping) =
            schema.into_iter().partition(|(key, _)| key == "type" || key == "format");
        return object(types.into_iter().chain(annotations).chain(rest));
    }
    annotations.extend([entry("allOf", vec![schema])]);
    annotations
}
