//! Names of responses and bodies: statuses and media types as words; and response headers.

use super::case::{camel, camel_after, shouty};
use super::register::Register;
use super::scope::{NameRequest, Scope};
use super::{nodes, Ident};
use crate::api::model::{Api, Content, Operation, Response, Status};
use std::collections::BTreeMap;

/// Names of an operation's responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseNames {
    /// Enum of successful responses.
    pub output: Ident,
    /// Enum of failed responses.
    pub error: Ident,
    /// Variants of each response of the operation: one for each media type, or one for a response without a body.
    pub variants: Vec<Vec<Ident>>,
}

/// Names the variants of each response: `Ok`, or `OkJson` and `OkCsv` for several media types.
///
/// Callers see those of an enum of several responses, or all of them.
pub fn variants(operation: &Operation, sees_all: bool, register: &mut Register) -> Vec<Vec<Ident>> {
    let requests = operation.responses.iter().flat_map(|response| {
        let is_public = match operation.is_success(response.status) {
            true => sees_all || has_several_successes(operation),
            false => sees_all || has_several_failures(operation),
        };
        let status = status_word(response.status);
        let bodies = response.bodies();
        (0..bodies.len().max(1)).map(move |at| {
            let media_type = bodies.get(at).map_or("", |content| &content.media_type);
            let candidates = match bodies.len() {
                0 | 1 => vec![status.clone()],
                _ => [media_type_word(media_type), camel(media_type)]
                    .map(|word| format!("{status}{word}"))
                    .to_vec(),
            };
            let node = is_public.then(|| nodes::response(operation, response, at));
            variant(node.unwrap_or_default(), media_type, candidates, operation)
        })
    });
    let requests: Vec<NameRequest> = requests.collect();
    let mut scope = Scope::reserving(&[&["Self"]]);
    let mut idents = scope.settle(&requests, register).into_iter();
    let count = |response: &Response| response.bodies().len().max(1);
    let responses = operation.responses.iter();
    responses.map(|response| idents.by_ref().take(count(response)).collect()).collect()
}

fn variant(
    node: String,
    media_type: &str,
    candidates: Vec<String>,
    operation: &Operation,
) -> NameRequest {
    NameRequest {
        node,
        rank: 0,
        key: media_type.to_owned(),
        explicit: false,
        candidates,
        place: operation.at.place.clone(),
    }
}

/// Counts the bodies and the responses without a body among these statuses.
fn kinds(operation: &Operation, preferred: &dyn Fn(Status) -> bool) -> (usize, usize) {
    let responses = operation.responses.iter();
    let preferred: Vec<_> = responses.filter(|response| preferred(response.status)).collect();
    let bodies = preferred.iter().map(|response| response.bodies().len()).sum();
    let empty = preferred.iter().filter(|response| response.bodies().is_empty());
    (bodies, empty.count())
}

/// `true` if the output may be an enum.
pub fn has_several_successes(operation: &Operation) -> bool {
    let (bodies, empty) = kinds(operation, &|status| operation.is_success(status));
    bodies + empty.min(1) > 1
}

/// `true` if the error may be an enum.
pub fn has_several_failures(operation: &Operation) -> bool {
    let (bodies, _) = kinds(operation, &Status::is_failure);
    bodies > 1
}

/// Returns words for the body of a response: `Response` or `Error` if it is the only one, else its status, first as a
/// word.
pub fn body_words(operation: &Operation, key: &str) -> Vec<String> {
    let status = status(key);
    let digits = key.to_ascii_uppercase();
    let by_status = [key_word(key), camel_after(&digits, "")];
    let whole = match (operation.is_success(status), Status::is_failure(status)) {
        (true, _) if !has_several_successes(operation) => Some("Response"),
        (false, true) if !has_several_failures(operation) => Some("Error"),
        (true | false, _) => None,
    };
    let whole = whole.map(str::to_owned).into_iter();
    whole.chain(by_status).collect()
}

/// Returns the word for a status key: `200` is `Ok`, `299` is `299`, `4XX` is `ClientError`.
pub fn key_word(key: &str) -> String {
    match status(key) {
        Status::Exact(code) => reason(code).map_or_else(|| code.to_string(), str::to_owned),
        Status::Range(class) => class_word(class).to_owned(),
        Status::Default => "Other".to_owned(),
    }
}

fn status(key: &str) -> Status {
    let class = key.chars().next().and_then(|first| first.to_digit(10));
    let class = class.and_then(|class| u8::try_from(class).ok());
    match (key.parse(), class) {
        (Ok(code), _) => Status::Exact(code),
        (Err(_), Some(class)) => Status::Range(class),
        (Err(_), None) => Status::Default,
    }
}

/// Returns the variant for a status: its reason phrase (`Ok`, `NotFound`), else `Status299`.
fn status_word(status: Status) -> String {
    let code = match status {
        Status::Exact(code) => code,
        Status::Range(class) => return format!("{}Status", class_word(class)),
        Status::Default => return "Other".to_owned(),
    };
    reason(code).map_or_else(|| format!("Status{code}"), str::to_owned)
}

fn reason(code: u16) -> Option<&'static str> {
    let known = REASONS.iter().find(|(known, _)| *known == code);
    known.map(|(_, word)| *word)
}

fn class_word(class: u8) -> &'static str {
    match class {
        1 => "Informational",
        2 => "Success",
        3 => "Redirection",
        4 => "ClientError",
        _ => "ServerError",
    }
}

/// Reason phrases of RFC 9110, section 15, and of RFC 4918, 6585 and 8297.
const REASONS: [(u16, &str); 42] = [
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
];

/// Names the documented response headers, each once regardless of case.
pub fn headers(api: &Api, register: &mut Register) -> BTreeMap<String, Ident> {
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let mut requests = BTreeMap::<String, NameRequest>::new();
    for header in responses.flat_map(|response| &response.headers) {
        let key = header.name.to_ascii_lowercase();
        let preferred = shouty(&key);
        requests.entry(key.clone()).or_insert_with(|| NameRequest {
            node: format!("header {key}"),
            explicit: false,
            rank: 0,
            key,
            candidates: vec![preferred.clone(), format!("{preferred}_HEADER")],
            place: header.value.at.place.clone(),
        });
    }
    let (names, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
    let idents = Scope::default().settle(&requests, register);
    names.into_iter().zip(idents).collect()
}

/// Names the variants of request bodies, one for each media type.
pub fn body_variants(
    operation: &Operation,
    contents: &[Content],
    register: &mut Register,
) -> Vec<Ident> {
    let owner = nodes::operation(operation);
    let requests = contents.iter().map(|content| {
        let media_type = &content.media_type;
        let candidates = vec![media_type_word(media_type), camel(media_type)];
        let is_public = contents.len() > 1;
        let node = is_public.then(|| format!("{owner}/body/{media_type}"));
        variant(node.unwrap_or_default(), media_type, candidates, operation)
    });
    let requests: Vec<NameRequest> = requests.collect();
    Scope::reserving(&[&["Self"]]).settle(&requests, register)
}

/// The format says more than a vendor's name and version: `vnd.atlas.2023-01-01+json` is `Json`.
fn subtype_word(subtype: &str) -> String {
    match subtype.strip_prefix("vnd.") {
        Some(name) => camel(name.rsplit_once('+').map_or(name, |(_, suffix)| suffix)),
        None => camel(subtype.strip_prefix("x-").unwrap_or(subtype)),
    }
}

/// Returns the word for a media type: `Json`, `Form`, `Png`. It depends on the media type alone.
fn media_type_word(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let known = match essence.as_str() {
        "application/json" => "Json",
        "application/x-www-form-urlencoded" => "Form",
        "text/plain" => "Text",
        "text/event-stream" => "Events",
        "application/octet-stream" => "Bytes",
        "application/x-ndjson" | "application/ndjson" => "Ndjson",
        "*/*" | "*" => "Any",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    match essence.split_once('/') {
        Some((family, "*")) => camel(family),
        Some((_, subtype)) => subtype_word(subtype),
        None => camel(&essence),
    }
}
