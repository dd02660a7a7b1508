//! Faults of a request, and the problem details that report them (RFC 9457).

use hyper::body::Bytes;
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::{Response, StatusCode};
use serde_json::{json, Value};
use typewright::api::check::Violation;

/// A response of the mock.
pub type Reply = Response<Bytes>;

/// Fault of a request: something that the document does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Status of the response that refuses the request: 401, 415, 400 or 422.
    pub status: StatusCode,
    /// Place and reason.
    pub violation: Violation,
}

impl Fault {
    /// Creates a fault at a place such as `query.limit`.
    pub fn new(status: StatusCode, place: &str, detail: String) -> Self {
        let place = place.to_owned();
        Self { status, violation: Violation { place, detail, is_remark: false } }
    }

    /// Creates a remark, which refuses no request.
    pub fn remark(place: String, detail: String) -> Self {
        let violation = Violation { place, detail, is_remark: true };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, violation }
    }

    /// Creates the faults of values that do not match their schemas.
    pub fn of_schema(violations: Vec<Violation>) -> impl Iterator<Item = Self> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        violations.into_iter().map(move |violation| Self { status, violation })
    }
}

/// Returns the status that refuses a request with these faults: that of the first of the kinds credentials, media type,
/// syntax, values; `None` if there are only remarks.
pub fn refusal(faults: &[Fault]) -> Option<StatusCode> {
    let kinds = [
        StatusCode::UNAUTHORIZED,
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        StatusCode::BAD_REQUEST,
        StatusCode::UNPROCESSABLE_ENTITY,
    ];
    let has = |status: &StatusCode| {
        faults.iter().any(|fault| fault.status == *status && !fault.violation.is_remark)
    };
    kinds.into_iter().find(has)
}

/// Returns the problem details of a status.
pub fn problem(status: StatusCode, detail: &str) -> Reply {
    reply(status, &problem_json(status, detail))
}

/// Returns the problem details that list every fault.
pub fn problem_of_faults(status: StatusCode, faults: &[Fault]) -> Reply {
    let failures: Vec<_> = faults.iter().filter(|fault| !fault.violation.is_remark).collect();
    let errors = failures
        .iter()
        .map(|fault| json!({ "place": fault.violation.place, "detail": fault.violation.detail }));
    let mut problem = problem_json(status, "the request does not match the document");
    if let Some(members) = problem.as_object_mut() {
        members.insert("errors".to_owned(), errors.collect());
    }
    reply(status, &problem)
}

fn problem_json(status: StatusCode, detail: &str) -> Value {
    json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
    })
}

fn reply(status: StatusCode, problem: &Value) -> Reply {
    let mut reply = Reply::new(Bytes::from(problem.to_string()));
    *reply.status_mut() = status;
    let media_type = HeaderValue::from_static("application/problem+json");
    reply.headers_mut().insert(CONTENT_TYPE, media_type);
    reply
}
