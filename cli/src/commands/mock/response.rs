//! The response of an operation: its status, media type, example and headers.

use super::fault::{problem, Fault, Reply};
use super::media::accepted;
use super::prefer::Preferences;
use super::request::Request;
use super::sample::Samples;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue, CONTENT_TYPE};
use hyper::StatusCode;
use typewright::api::model::{Api, Content, ContentExample, Operation, Response, Status};

/// Headers that belong to the message and its connection, not to the document.
const OWN_HEADERS: [&str; 6] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "transfer-encoding",
];

/// Makes the response that the document describes, as `Prefer` and `Accept` choose; an empty 200 if it describes none. Returns
/// remarks on the document too.
pub fn respond(api: &Api, operation: &Operation, request: &Request) -> (Reply, Vec<Fault>) {
    if operation.responses.is_empty() {
        let detail = "the document has no response of this operation".to_owned();
        return (Reply::default(), vec![Fault::remark("response".to_owned(), detail)]);
    }
    match choose(operation, request) {
        Ok(choice) => write(api, &choice),
        Err(refusal) => (*refusal, Vec::new()),
    }
}

/// The problem of a request that chooses what the document does not have.
type Refusal = Box<Reply>;

/// Choice of a request among what the document has.
struct Choice<'a> {
    status: StatusCode,
    response: &'a Response,
    /// `None` for a response without content.
    content: Option<&'a Content>,
    example: Option<&'a ContentExample>,
    applied: String,
}

fn choose<'a>(operation: &'a Operation, request: &Request) -> Result<Choice<'a>, Refusal> {
    let preferences = Preferences::read(&request.headers)
        .map_err(|detail| refusal(StatusCode::BAD_REQUEST, &detail))?;
    let (status, response) = status(operation, preferences.code)?;
    let with_example: Vec<&Content> = {
        let has_example = |content: &&Content| match &preferences.example {
            Some(name) => named(content, name).is_some(),
            None => true,
        };
        response.bodies().iter().filter(has_example).collect()
    };
    if let (true, Some(name)) = (with_example.is_empty(), &preferences.example) {
        return Err(unknown_example(response, status, name));
    }
    let accept = request.header("accept");
    let content = match with_example.as_slice() {
        [] => None,
        contents => Some(
            accepted(contents, accept.as_deref(), Samples::has)
                .ok_or_else(|| not_acceptable(contents))?,
        ),
    };
    let example = content.zip(preferences.example.as_ref());
    let example = example.and_then(|(content, name)| named(content, name));
    Ok(Choice { status, response, content, example, applied: preferences.applied() })
}

fn refusal(status: StatusCode, detail: &str) -> Refusal {
    Box::new(problem(status, detail))
}

fn named<'c>(content: &'c Content, name: &str) -> Option<&'c ContentExample> {
    content.examples.iter().find(|example| example.name.as_deref() == Some(name))
}

/// Returns the response of a status; without one, the lowest success, else `default`, else the lowest of all.
fn status(operation: &Operation, code: Option<u16>) -> Result<(StatusCode, &Response), Refusal> {
    let responses = &operation.responses;
    let find = |status: Status| responses.iter().find(|response| response.status == status);
    if let Some(code) = code {
        let class = u8::try_from(code / 100).unwrap_or_default();
        let statuses = [Status::Exact(code), Status::Range(class), Status::Default];
        let status = StatusCode::from_u16(code).unwrap_or_default();
        return match statuses.into_iter().find_map(find) {
            Some(response) => Ok((status, response)),
            None => Err(unknown_code(operation, code)),
        };
    }
    let lowest = |is_candidate: &dyn Fn(u16) -> bool| {
        let codes =
            responses.iter().filter_map(|response| Some((code_of(response.status)?, response)));
        codes.filter(|(code, _)| is_candidate(*code)).min_by_key(|(code, _)| *code)
    };
    let default = || find(Status::Default).map(|response| (200, response));
    let chosen = lowest(&|code| (200..300).contains(&code))
        .or_else(default)
        .or_else(|| lowest(&|code| code >= 300));
    match chosen {
        Some((code, response)) => Ok((StatusCode::from_u16(code).unwrap_or_default(), response)),
        None => {
            let detail = "the document has no response of this operation but informational ones";
            Err(refusal(StatusCode::NOT_IMPLEMENTED, detail))
        }
    }
}

/// Returns the lowest code of a status; `None` for `default`.
fn code_of(status: Status) -> Option<u16> {
    match status {
        Status::Exact(code) => Some(code),
        Status::Range(class) => Some(u16::from(class) * 100),
        Status::Default => None,
    }
}

fn unknown_code(operation: &Operation, code: u16) -> Refusal {
    let statuses = operation.responses.iter().map(|response| match response.status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    });
    let statuses: Vec<_> = statuses.collect();
    let detail = format!(
        "`{}` has no response of the status {code}; it has {}",
        operation.id,
        statuses.join(", ")
    );
    refusal(StatusCode::BAD_REQUEST, &detail)
}

fn unknown_example(response: &Response, status: StatusCode, name: &str) -> Refusal {
    let examples = response.bodies().iter().flat_map(|content| &content.examples);
    let mut names: Vec<_> = examples.filter_map(|example| example.name.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let names = match names.is_empty() {
        true => "no named examples".to_owned(),
        false => format!("`{}`", names.join("`, `")),
    };
    let status = status.as_u16();
    let detail = format!("the response {status} has no example `{name}`; it has {names}");
    refusal(StatusCode::BAD_REQUEST, &detail)
}

fn not_acceptable(contents: &[&Content]) -> Refusal {
    let media_types: Vec<_> = contents.iter().map(|one| format!("`{}`", one.media_type)).collect();
    let detail = format!("the response has {}", media_types.join(", "));
    refusal(StatusCode::NOT_ACCEPTABLE, &detail)
}

fn write(api: &Api, choice: &Choice<'_>) -> (Reply, Vec<Fault>) {
    let samples = Samples::new(api);
    let body = match choice.content {
        None => None,
        Some(content) => match samples.body(content, choice.example) {
            Some(body) => Some(body),
            None => {
                let media_type = &content.media_type;
                let detail =
                    format!("the document has no example of `{media_type}`, and none can be made");
                return (problem(StatusCode::NOT_IMPLEMENTED, &detail), Vec::new());
            }
        },
    };
    let mut reply = Reply::default();
    *reply.status_mut() = choice.status;
    let mut insert = |name: &str, value: &str| {
        let pair = HeaderName::try_from(name).ok().zip(HeaderValue::from_str(value).ok());
        if let Some((name, value)) = pair {
            reply.headers_mut().insert(name, value);
        }
    };
    for header in &choice.response.headers {
        let is_own = OWN_HEADERS.iter().any(|name| header.name.eq_ignore_ascii_case(name));
        if let Some(value) = samples.header(header).filter(|_| !is_own) {
            insert(&header.name, &value);
        }
    }
    if !choice.applied.is_empty() {
        insert("preference-applied", &choice.applied);
    }
    let mut remarks = Vec::new();
    if let Some(body) = body {
        insert(CONTENT_TYPE.as_str(), &body.media_type);
        *reply.body_mut() = Bytes::from(body.bytes);
        remarks = body.remarks;
    }
    (reply, remarks)
}
