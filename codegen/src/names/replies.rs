//! The names of what operations answer: statuses in words.

use super::scope::Scope;
use super::Ident;
use crate::api::ir::{Operation, Status};

/// The names of what an operation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyNames {
    /// The enum of replies.
    pub reply: Ident,
    /// The enum of failures.
    pub failure: Ident,
    /// The variants, one a reply of the operation.
    pub variants: Vec<Ident>,
}

/// A variant a reply.
pub fn variants(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::reserving(&["Self"]);
    operation
        .replies
        .iter()
        .map(|reply| scope.claim(&[status_word(reply.status)]).ident)
        .collect()
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
