//! Problems: what a server says about a request that it does not handle (RFC 9457).

use crate::codec::{to_json, CodecError, Map, Number, Value, Violations};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{HeaderMap, HeaderName, HeaderValue, CONTENT_TYPE};
use http::StatusCode;
use std::fmt;

/// The media type of problems.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The faults that a problem lists at most: a list may have a million wrong items.
const MAX_ERRORS: usize = 100;

/// The reason why a request is not handled, sent as `application/problem+json` (RFC 9457).
///
/// The runtime makes one for each request that is not as the document says. A handler can reply with one as well: every reply
/// is made of one by `From`.
///
/// ```
/// use typewright_runtime::http::StatusCode;
/// use typewright_runtime::server::Problem;
///
/// let problem = Problem::new(StatusCode::CONFLICT)
///     .with_detail("the pet was changed meanwhile")
///     .with_error("header.If-Match", "expected the tag of version 7");
/// assert_eq!(
///     problem.to_json(),
///     r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"the pet was changed meanwhile","errors":[{"place":"header.If-Match","detail":"expected the tag of version 7"}]}"#
/// );
/// ```
#[derive(Clone)]
pub struct Problem(Box<Details>);

#[derive(Clone)]
struct Details {
    kind: String,
    title: Option<String>,
    status: StatusCode,
    detail: Option<String>,
    errors: Vec<ProblemError>,
    headers: HeaderMap,
}

/// One fault of a request, with its place.
///
/// ```
/// use typewright_runtime::http::StatusCode;
/// use typewright_runtime::server::Problem;
///
/// let problem = Problem::new(StatusCode::BAD_REQUEST).with_error("query.limit", "expected an integer");
/// assert_eq!(problem.errors()[0].place(), "query.limit");
/// assert_eq!(problem.errors()[0].detail(), "expected an integer");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemError {
    place: String,
    detail: String,
}

impl ProblemError {
    /// The place of the fault, such as `query.limit` or `body.items[3].price`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The fault, in English.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// An object of these members.
fn object<const N: usize>(members: [(&str, Value); N]) -> Map<Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Problem {
    /// Creates a problem of this status, whose title is that of the status (RFC 9110, section 15).
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Details {
            kind: "about:blank".to_owned(),
            title: None,
            status,
            detail: None,
            errors: Vec::new(),
            headers: HeaderMap::new(),
        }))
    }

    /// Sets the URI of the kind of problems; by default `about:blank`, which is none (RFC 9457, section 4.2.1).
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<String>) -> Self {
        self.0.kind = uri.into();
        self
    }

    /// Sets the title, which is the same for all problems of a kind; by default that of the status.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.0.title = Some(title.into());
        self
    }

    /// Sets the explanation of this problem; by default there is none.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds a fault of the request and its place.
    #[must_use]
    pub fn with_error(mut self, place: impl Into<String>, detail: impl Into<String>) -> Self {
        self.0.errors.push(ProblemError { place: place.into(), detail: detail.into() });
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// A problem of values that could not be read.
    pub(super) fn of_failures(status: StatusCode, failures: &[CodecError]) -> Self {
        failures.iter().fold(Self::new(status), |problem, failure| {
            problem.with_error(failure.path(), failure.message())
        })
    }

    /// A problem of values that break rules, whose paths begin with these names.
    pub(super) fn of_violations(status: StatusCode, root: &str, violations: &Violations) -> Self {
        let violations = violations.iter().take(MAX_ERRORS);
        violations.fold(Self::new(status), |problem, violation| {
            let path = violation.path();
            let place = match path.chars().next() {
                None => root.to_owned(),
                Some(_) if root.is_empty() => unquoted(&path),
                Some('[') => format!("{root}{path}"),
                Some(_) => format!("{root}.{path}"),
            };
            let detail = format!("expected {}, found {}", violation.expected(), violation.actual());
            problem.with_error(place, detail)
        })
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The URI of the kind of problems.
    #[must_use]
    pub fn type_uri(&self) -> &str {
        &self.0.kind
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.0.title {
            Some(title) => title,
            None => self.0.status.canonical_reason().unwrap_or("Unknown status"),
        }
    }

    /// The explanation.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The faults of the request.
    #[must_use]
    pub fn errors(&self) -> &[ProblemError] {
        &self.0.errors
    }

    /// The headers of the response, in addition to those of its body.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The problem as JSON (RFC 9457, section 3.1), with the faults as `errors`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let details = &self.0;
        let mut members = object([
            ("type", Value::Text(details.kind.clone())),
            ("title", Value::Text(self.title().to_owned())),
            ("status", Value::Number(Number::from(u64::from(details.status.as_u16())))),
        ]);
        if let Some(detail) = &details.detail {
            members.insert("detail".to_owned(), Value::Text(detail.clone()));
        }
        if !details.errors.is_empty() {
            let errors = details.errors.iter().map(|ProblemError { place, detail }| {
                let place = ("place", Value::Text(place.clone()));
                Value::Object(object([place, ("detail", Value::Text(detail.clone()))]))
            });
            members.insert("errors".to_owned(), Value::List(errors.collect()));
        }
        // A value of texts and integers always has a JSON form.
        let json = to_json(&Value::Object(members)).unwrap_or_default();
        String::from_utf8(json).unwrap_or_default()
    }
}

/// The path of a parameter, `["query.limit"]`, as it is shown.
fn unquoted(path: &str) -> String {
    match path.strip_prefix("[\"").and_then(|rest| rest.split_once("\"]")) {
        Some((name, rest)) => format!("{name}{rest}"),
        None => path.to_owned(),
    }
}

impl From<StatusCode> for Problem {
    fn from(status: StatusCode) -> Self {
        Self::new(status)
    }
}

/// A value that breaks the document's constraints: status 422.
impl From<Violations> for Problem {
    fn from(violations: Violations) -> Self {
        Self::of_violations(StatusCode::UNPROCESSABLE_ENTITY, "body", &violations)
    }
}

/// The response as which a problem is sent by default. The problem itself is among its extensions, so that
/// [`Routes::problems`](crate::server::Routes::problems) can give it another form.
impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        let mut response = problem.render();
        response.extensions_mut().insert(problem);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.into()
    }
}

impl Problem {
    /// The response in the default form.
    fn render(&self) -> Response {
        let mut response = Response::new(Body::from(self.to_json()));
        *response.status_mut() = self.0.status;
        response.headers_mut().insert(CONTENT_TYPE, MEDIA_TYPE);
        response.headers_mut().extend(self.0.headers.clone());
        response
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Problem({self})")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.title())?;
        if let Some(detail) = &self.0.detail {
            write!(f, ": {detail}")?;
        }
        for (index, error) in self.0.errors.iter().enumerate() {
            let separator = if index == 0 { ": " } else { "; " };
            let ProblemError { place, detail } = error;
            write!(f, "{separator}{place}: {detail}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
