//! Operations: parameters, bodies, responses, and what marks long-running and paged ones.

use super::schema;
use crate::model::{Field, Operation, Service};
use crate::names::Names;
use typewright::diagnostics::codes::import::IMPORT_LIMIT;
use typewright::diagnostics::Diagnostics;
use typewright::syntax::yaml_output::{commented, entry, object, texts, Entry, Mapping, Value};

const NO_MEDIA_TYPE: &str = "Inference: the pages show JSON and name no media type.";
const NO_ROW: &str = "Inference: no row describes this variable of the path.";
const NO_REQUIRED: &str =
    "Inference: the pages mark members of a body as required, not the body itself.";

/// An operation object (OpenAPI 3.0.3, 4.7.10).
pub fn item(
    operation: &Operation,
    service: &Service,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Mapping {
    let mut item =
        object([entry("operationId", &*operation.id), entry("tags", texts([&operation.tag]))]);
    let (summary, rest) = summary(&operation.doc);
    if !summary.is_empty() {
        item.extend([entry("summary", summary)]);
    }
    if !rest.is_empty() {
        item.extend([entry("description", rest)]);
    }
    marks(operation, service, names, diagnostics, &mut item);
    let variables = operation.variables.iter().map(|field| (field, "path"));
    let query = operation.query.iter().map(|field| (field, "query"));
    let parameters: Vec<Mapping> = variables
        .chain(query)
        .map(|(field, place)| parameter(field, place, operation, names))
        .collect();
    if !parameters.is_empty() {
        item.extend([entry("parameters", parameters)]);
    }
    if let Some(body) = operation.body.as_deref().and_then(|key| names.message(key)) {
        let body = object([commented("required", NO_REQUIRED, true), content(body)]);
        item.extend([entry("requestBody", body)]);
    }
    let mut response = object([entry("description", "OK")]);
    let message = operation.response.as_deref().and_then(|key| names.message(key));
    response.extend(message.map(content));
    item.extend([entry("responses", object([entry("200", response)]))]);
    item
}

/// The first sentence, if it is short, and the text.
fn summary(doc: &str) -> (String, String) {
    let paragraph = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = match paragraph.split_once(". ") {
        Some((first, _)) => first.to_owned(),
        None => paragraph.trim_end_matches('.').to_owned(),
    };
    if sentence.chars().count() > 100 {
        return (String::new(), doc.to_owned());
    }
    let alone = doc.trim_end_matches('.') == sentence;
    (sentence, if alone { String::new() } else { doc.to_owned() })
}

fn content(component: &str) -> Entry {
    let schema = object([entry("schema", schema::reference(component))]);
    entry("content", object([commented("application/json", NO_MEDIA_TYPE, schema)]))
}

fn marks(
    operation: &Operation,
    service: &Service,
    names: &Names,
    diagnostics: &mut Diagnostics,
    item: &mut Mapping,
) {
    let response = operation.response.as_ref().and_then(|key| service.messages.get(key));
    if let (true, Some(response)) = (operation.long_running, response) {
        let named = |field: &str| {
            let key = response.fields.get(field)?.row.kind.message()?;
            Some(entry(field, names.message(key)?))
        };
        let types = object(["metadata", "response"].into_iter().filter_map(named));
        item.extend([entry("x-typewright-operation", types)]);
    }
    if let Some(pages) = response.and_then(|response| pagination(operation, response)) {
        item.extend([entry("x-typewright-pagination", pages)]);
    }
    let groups: Vec<Value> =
        operation.groups.iter().filter(|group| group.len() > 1).map(texts).collect();
    if !groups.is_empty() {
        let message = format!(
            "only an extension states that at most one of some query parameters of `{}` may be set",
            operation.id
        );
        diagnostics.push(IMPORT_LIMIT, operation.at.place(), message);
        item.extend([entry("x-typewright-at-most-one", groups)]);
    }
}

/// Pagination by token: `pageToken` in the query, `nextPageToken` in the response, and the only list of the response.
fn pagination(operation: &Operation, response: &crate::model::Message) -> Option<Mapping> {
    let has_parameter = |name: &str| operation.query.iter().any(|field| field.row.name == name);
    if !has_parameter("pageToken") || !response.fields.contains_key("nextPageToken") {
        return None;
    }
    let mut pages = object([
        entry("style", "token"),
        entry("token", "pageToken"),
        entry("next", "nextPageToken"),
    ]);
    if has_parameter("pageSize") {
        pages.extend([entry("size", "pageSize")]);
    }
    let mut lists = response.fields.values().filter(|field| field.row.repeated);
    if let (Some(items), None) = (lists.next(), lists.next()) {
        pages.extend([entry("items", &*items.row.name)]);
    }
    Some(pages)
}

fn parameter(field: &Field, place: &str, operation: &Operation, names: &Names) -> Mapping {
    let row = &field.row;
    let mut parameter = object([entry("name", &*row.name), entry("in", place)]);
    if row.required {
        parameter.extend([entry("required", true)]);
    }
    if !row.doc.is_empty() {
        parameter.extend([entry("description", &*row.doc)]);
    }
    if row.deprecated {
        parameter.extend([entry("deprecated", true)]);
    }
    let undescribed = crate::page::Row { doc: String::new(), deprecated: false, ..row.clone() };
    let schema = schema::field(&undescribed, &operation.id, names);
    // A variable that only the request has was read where the request was.
    let comment = if row.span == operation.at.span { NO_ROW } else { "" };
    parameter.extend([commented("schema", comment, schema)]);
    parameter
}
