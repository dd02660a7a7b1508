//! Operations: parameters, bodies, responses, and what marks long-running and paged ones.

use super::schema;
use crate::model::{Field, Operation, Service};
use crate::names::Names;
use typewright::diagnostics::codes::import::IMPORT_LIMIT;
use typewright::diagnostics::Diagnostics;
use typewright::syntax::yaml_text::{commented, entry, texts, Map, Yaml};

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
) -> Map {
    let mut item: Map =
        vec![entry("operationId", operation.id.clone()), entry("tags", texts([&operation.tag]))];
    let (summary, rest) = summary(&operation.doc);
    if !summary.is_empty() {
        item.push(entry("summary", summary));
    }
    if !rest.is_empty() {
        item.push(entry("description", rest));
    }
    marks(operation, service, names, diagnostics, &mut item);
    let variables = operation.variables.iter().map(|field| (field, "path"));
    let query = operation.query.iter().map(|field| (field, "query"));
    let parameters: Vec<Yaml> = variables
        .chain(query)
        .map(|(field, place)| parameter(field, place, operation, names))
        .collect();
    if !parameters.is_empty() {
        item.push(entry("parameters", parameters));
    }
    if let Some(body) = operation.body.as_deref().and_then(|key| names.message(key)) {
        let mut content = content(body);
        content.insert(0, commented("required", NO_REQUIRED, true));
        item.push(entry("requestBody", content));
    }
    let mut response: Map = vec![entry("description", "OK")];
    let message = operation.response.as_deref().and_then(|key| names.message(key));
    response.extend(message.into_iter().flat_map(content));
    item.push(entry("responses", vec![entry("200", response)]));
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

fn content(component: &str) -> Map {
    let schema: Map = vec![entry("schema", schema::reference(component))];
    let media: Map = vec![commented("application/json", NO_MEDIA_TYPE, schema)];
    vec![entry("content", media)]
}

fn marks(
    operation: &Operation,
    service: &Service,
    names: &Names,
    diagnostics: &mut Diagnostics,
    item: &mut Map,
) {
    let response = operation.response.as_ref().and_then(|key| service.messages.get(key));
    if let (true, Some(response)) = (operation.long_running, response) {
        let named = |field: &str| {
            let key = response.fields.get(field)?.row.kind.message()?;
            Some(entry(field, names.message(key)?))
        };
        let types: Map = ["metadata", "response"].into_iter().filter_map(named).collect();
        item.push(entry("x-typewright-operation", types));
    }
    if let Some(pages) = response.and_then(|response| pagination(operation, response)) {
        item.push(entry("x-typewright-pagination", pages));
    }
    let groups: Vec<Yaml> =
        operation.groups.iter().filter(|group| group.len() > 1).map(texts).collect();
    if !groups.is_empty() {
        let message = format!(
            "only an extension states that at most one of some query parameters of `{}` may be set",
            operation.id
        );
        diagnostics.push(IMPORT_LIMIT, operation.at.place(), message);
        item.push(entry("x-typewright-at-most-one", groups));
    }
}

/// Pagination by token: `pageToken` in the query, `nextPageToken` in the response, and the only list of the response.
fn pagination(operation: &Operation, response: &crate::model::Message) -> Option<Map> {
    let has_parameter = |name: &str| operation.query.iter().any(|field| field.row.name == name);
    if !has_parameter("pageToken") || !response.fields.contains_key("nextPageToken") {
        return None;
    }
    let mut pages: Map =
        vec![entry("style", "token"), entry("token", "pageToken"), entry("next", "nextPageToken")];
    if has_parameter("pageSize") {
        pages.push(entry("size", "pageSize"));
    }
    let mut lists = response.fields.values().filter(|field| field.row.repeated);
    if let (Some(items), None) = (lists.next(), lists.next()) {
        pages.push(entry("items", items.row.name.clone()));
    }
    Some(pages)
}

fn parameter(field: &Field, place: &str, operation: &Operation, names: &Names) -> Yaml {
    let row = &field.row;
    let mut parameter: Map = vec![entry("name", row.name.clone()), entry("in", place)];
    if row.required {
        parameter.push(entry("required", true));
    }
    if !row.doc.is_empty() {
        parameter.push(entry("description", row.doc.clone()));
    }
    if row.deprecated {
        parameter.push(entry("deprecated", true));
    }
    let undescribed = crate::page::Row { doc: String::new(), deprecated: false, ..row.clone() };
    let schema = schema::field(&undescribed, &operation.id, names);
    // A variable that only the request has was read where the request was.
    let comment = if row.span == operation.at.span { NO_ROW } else { "" };
    parameter.push(commented("schema", comment, schema));
    Yaml::Map(parameter)
}
