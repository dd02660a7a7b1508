//! The names of what operations answer: statuses in words.

use super::contents;
use super::scope::Scope;
use super::words::{camel, shouty};
use super::Ident;
use crate::api::ir::{Api, Operation, Status};
use std::collections::BTreeMap;

/// The names of what an operation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyNames {
    /// The enum of replies.
    pub reply: Ident,
    /// The enum of failures.
    pub failure: Ident,
    /// The variants: for each reply of the operation one a media type, or one where it has no body.
    pub variants: Vec<Vec<Ident>>,
}

/// The variants of each reply: `Ok`, or `OkJson` and `OkCsv` where it comes in several media types.
pub fn variants(operation: &Operation) -> Vec<Vec<Ident>> {
    let mut scope = Scope::reserving(&["Self"]);
    let mut claim = |words: &[String]| scope.claim(words).ident;
    let named = operation.replies.iter().map(|reply| {
        let status = status_word(reply.status);
        match reply.contents.as_slice() {
            [] | [_] => vec![claim(&[status])],
            several => {
                let words = several.iter().map(|content| {
                    let media_type = &content.media_type;
                    let words = [contents::word(media_type), camel(media_type)];
                    words.map(|word| format!("{status}{word}"))
                });
                words.map(|words| claim(&words)).collect()
            }
        }
    });
    named.collect()
}

/// `Ok`, `NotFound`, `Status299`: the reason phrase of RFC 9110 where there is one.
fn status_word(status: Status) -> String {
    let code = match status {
        Status::Exact(code) => code,
        Status::Range(class) => return format!("{}Status", class_word(class)),
        Status::Default => return "Other".to_owned(),
    };
    REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| format!("Status{code}"), |(_, word)| (*word).to_owned())
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

/// The reason phrases of RFC 9110, section 15, and of RFC 4918, 6585 and 8297.
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

/// Names the headers that replies declare: each once, whatever its case.
pub fn headers(api: &Api) -> BTreeMap<String, Ident> {
    let mut scope = Scope::default();
    let mut named = BTreeMap::new();
    let replies = api
        .operations
        .iter()
        .flat_map(|operation| &operation.replies);
    for header in replies.flat_map(|reply| &reply.headers) {
        named
            .entry(header.name.to_ascii_lowercase())
            .or_insert_with(|| scope.claim(&[shouty(&header.name)]).ident);
    }
    named
}
