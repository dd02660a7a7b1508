//! Conditions on requests, by which a mock chooses its response.

use super::ReceivedRequest;
use crate::codec::Value;
use crate::futures::MaybeSendSync;
use std::fmt;
use std::sync::Arc;

/// A rule of the caller; a trait, so that the bound can differ on wasm32.
pub(super) trait Matches: MaybeSendSync {
    fn matches(&self, request: &ReceivedRequest) -> bool;
}

impl<F: Fn(&ReceivedRequest) -> bool + MaybeSendSync> Matches for F {
    fn matches(&self, request: &ReceivedRequest) -> bool {
        self(request)
    }
}

/// A condition on a request.
#[derive(Clone)]
pub(super) enum Condition {
    /// A pair of the query, decoded.
    Query(String, String),
    Header(String, String),
    /// The body as JSON, or the reason why it has no JSON form.
    Json(Result<Value, String>),
    Rule(Arc<dyn Matches>),
}

impl Condition {
    pub(super) fn holds(&self, request: &ReceivedRequest) -> bool {
        match self {
            Self::Query(name, value) => request.query_values(name).contains(value),
            Self::Header(name, value) => {
                let mut values = request.headers().get_all(name).iter();
                values.any(|other| other.as_bytes() == value.as_bytes())
            }
            Self::Json(Ok(value)) => request.json::<Value>().is_ok_and(|body| body == *value),
            Self::Json(Err(_)) => false,
            Self::Rule(rule) => rule.matches(request),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(name, value) => write!(f, "the query `{name}={value}`"),
            Self::Header(name, value) => write!(f, "the header `{name}: {value}`"),
            Self::Json(Ok(value)) => write!(f, "the body {value:?}"),
            Self::Json(Err(reason)) => write!(f, "a body that cannot be written: {reason}"),
            Self::Rule(_) => f.write_str("a rule of the test"),
        }
    }
}

/// The conditions as part of a sentence: ` with the query `page=2` and the header …`.
pub(super) fn described(conditions: &[Condition]) -> String {
    let texts: Vec<_> = conditions.iter().map(Condition::to_string).collect();
    match texts.as_slice() {
        [] => String::new(),
        texts => format!(" with {}", texts.join(" and ")),
    }
}
