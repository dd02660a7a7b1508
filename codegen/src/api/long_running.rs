//! Long-running operations: how their end is awaited, as declared, else recognized by the shapes of responses.

use super::model::{
    Completion, Follow, Json, Location, LongRunning, Operation, PollTarget, Polling, Schemas,
    Shape, Status,
};
use super::response_view::ResponseView;

/// Headers that refer to the status of an operation.
const STATUS_HEADERS: [&str; 3] = ["location", "operation-location", "azure-asyncoperation"];

/// Returns the tracking of a long-running operation among `all`; and why the declared one does not fit, in which case
/// the recognized one applies.
pub(super) fn long_running(
    operation: &Operation,
    all: &[Operation],
    schemas: &Schemas,
    declared: Option<&Json>,
) -> (Option<LongRunning>, Option<String>) {
    let declared = declared.filter(|json| json.get("get").is_some());
    let (follow, reason) = match declared.map(|json| declared_polling(all, json)) {
        Some(Ok(polling)) => (Some(Follow::Poll(polling)), None),
        Some(Err(reason)) => (recognize(operation, all, schemas), Some(reason)),
        None => (recognize(operation, all, schemas), None),
    };
    let types = operation.long_running.clone();
    let is_long_running = types.is_some() || follow.is_some();
    let long_running = is_long_running.then(|| LongRunning { follow, ..types.unwrap_or_default() });
    (long_running, reason)
}

fn recognize(operation: &Operation, all: &[Operation], schemas: &Schemas) -> Option<Follow> {
    if operation.method == "GET" {
        return None;
    }
    let polling = recognize_polling(operation, all, schemas).map(Follow::Poll);
    polling.or_else(|| has_status_header(operation).then_some(Follow::Location))
}

/// Recognizes an operation resource (`done`, `error`, `id`) that exactly one other operation returns for its id.
fn recognize_polling(
    operation: &Operation,
    all: &[Operation],
    schemas: &Schemas,
) -> Option<Polling> {
    let view = ResponseView { operation, schemas };
    let resource = view.page()?;
    let properties = &view.object(resource)?.properties;
    let property = |name: &str| properties.get(name).map(|property| &property.value);
    let id = ["id", "name"]
        .into_iter()
        .find(|name| property(name).is_some_and(|value| view.is_text(value)))?;
    let is_done_a_bool = matches!(view.shape(property("done")?), Some(Shape::Bool));
    if !is_done_a_bool || property("error").is_none() {
        return None;
    }
    // A component that is only another name for a schema is that schema.
    let identity = |id| {
        let schema = schemas.get(id)?;
        let Shape::Alias(usage) = &schema.shape else {
            return Some(id);
        };
        Some(usage.schema)
    };
    let returns_resource = |other: &Operation| {
        let view = ResponseView { operation: other, schemas };
        view.page().and_then(|page| identity(page.schema)) == identity(resource.schema)
    };
    let only_getter = |version: Option<&String>| {
        let mut getters = all.iter().enumerate().filter_map(|(index, other)| {
            let is_getter = other.method == "GET"
                && other.version.as_ref() == version
                && returns_resource(other);
            is_getter.then_some((index, only_parameter(other)?))
        });
        getters.next().filter(|_| getters.next().is_none())
    };
    let (index, parameter) =
        only_getter(operation.version.as_ref()).or_else(|| only_getter(None))?;
    Some(Polling {
        target: PollTarget::Operation(index),
        parameter,
        id: vec![id.to_owned()],
        completion: Completion::Done {
            done: vec!["done".to_owned()],
            error: vec!["error".to_owned()],
        },
    })
}

/// Reads `x-typewright-operation`: `{get: getOperation, id: id, done: done, error: error}`; `get` is an `operationId`,
/// `GET /path`, or the URL on another server with the id in braces.
fn declared_polling(all: &[Operation], declared: &Json) -> Result<Polling, String> {
    let text = |name: &str| declared.get(name).and_then(Json::as_str);
    let path = |name: &str| parse_path(text(name).unwrap_or(name));
    let get = text("get").ok_or("`get` is not a string")?;
    let (target, parameter) = match parse_url(get) {
        Some((origin, path, parameter)) => (PollTarget::External(origin, path), Some(parameter)),
        None => {
            let line = |one: &Operation| format!("{} {}", one.method, one.path);
            let index = all
                .iter()
                .position(|one| one.id == get || line(one) == get)
                .ok_or_else(|| format!("there is no operation `{get}`"))?;
            (PollTarget::Operation(index), all.get(index).and_then(only_parameter))
        }
    };
    let parameter = text("parameter").map(str::to_owned).or(parameter);
    let states = |name: &str| {
        let list = declared.get(name).and_then(Json::as_array);
        let texts = list.into_iter().flatten().filter_map(Json::as_str);
        texts.map(str::to_owned).collect()
    };
    Ok(Polling {
        target,
        parameter: parameter
            .ok_or("`parameter` is missing: it is not clear which parameter has the id")?,
        id: path("id"),
        completion: match text("state") {
            None => Completion::Done { done: path("done"), error: path("error") },
            Some(state) => Completion::State {
                state: parse_path(state),
                success: states("success"),
                failure: states("failure"),
            },
        },
    })
}

/// Returns the path parameter of an operation that requires no other.
fn only_parameter(operation: &Operation) -> Option<String> {
    let mut required = operation.parameters.iter().filter(|one| one.required);
    let only = required.next().filter(|_| required.next().is_none())?;
    (only.location == Location::Path).then(|| only.name.clone())
}

/// `true` if the 202 response declares a header that refers to the operation's status.
fn has_status_header(operation: &Operation) -> bool {
    let responses = operation.responses.iter();
    let accepted = responses.filter(|one| one.status == Status::Exact(202));
    let mut names = accepted.flat_map(|one| &one.headers).map(|one| one.name.to_ascii_lowercase());
    names.any(|name| STATUS_HEADERS.contains(&name.as_str()))
}

/// Splits an absolute URL template into origin, path and its first parameter.
fn parse_url(url: &str) -> Option<(String, String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let (_, parameter) = path.split_once('{')?;
    let (parameter, _) = parameter.split_once('}')?;
    Some((format!("{scheme}://{host}"), format!("/{path}"), parameter.to_owned()))
}

/// Parses names separated by `/` or `.`.
fn parse_path(text: &str) -> Vec<String> {
    let names = text.strip_prefix('/').unwrap_or(text).split(['/', '.']);
    names.map(str::to_owned).collect()
}
