//! The names of operations, their arguments, setters and replies, and of credentials.

use super::scope::Scope;
use super::words::{camel, shouty, snake};
use super::{Ident, TypeNames};
use crate::api::ir::{Api, Operation, SchemaId, Status};
use std::collections::BTreeMap;

/// The names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method on the client.
    pub method: Ident,
    /// The marker type.
    pub marker: Ident,
    /// The typed constant, public.
    pub constant: Ident,
    /// The static with the operation's data, private.
    pub data: Ident,
    /// The file that it stands in, after its first tag.
    pub module: Ident,
    /// The arguments and setters, one a parameter.
    pub parameters: Vec<Ident>,
    /// The argument or setter of the body.
    pub body: Ident,
    /// The struct of arguments, where there are too many for a list.
    pub arguments: Ident,
    /// What several replies become.
    pub replies: ReplyNames,
}

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

/// What a client has beside the document's operations.
const CLIENT: [&str; 4] = ["new", "builder", "clone", "from"];

/// What every call has; a setter of that name gets a suffix.
const CALL: [&str; 20] = [
    "additional_header",
    "base_url",
    "header",
    "idempotency_key",
    "into_future",
    "items",
    "new",
    "pages",
    "query",
    "response",
    "retry",
    "send",
    "send_blocking",
    "timeout",
    "wait",
    "inner",
    "without_retry",
    "with_credentials",
    "from",
    "into",
];

/// Names every operation.
///
/// What stands beside an operation is named apart from every type, so that its file can import the types it uses.
pub fn assign(api: &Api, types: &BTreeMap<SchemaId, TypeNames>) -> Vec<OperationNames> {
    let mut methods = Scope::reserving(&CLIENT);
    let mut items = Scope::reserving(&["Client", "Call", "Credentials"]);
    types
        .values()
        .flat_map(TypeNames::all)
        .for_each(|ident| items.take(ident));
    let modules = modules(api);
    let named = api.operations.iter().map(|operation| {
        let wanted = operation.name.as_deref().unwrap_or(&operation.id);
        let method = methods.claim(&[snake(wanted)]).ident;
        let marker = items
            .claim(&[
                camel(method.text()),
                format!("{}Operation", camel(method.text())),
            ])
            .ident;
        let mut item = |suffix: &str| items.claim(&[format!("{}{suffix}", marker.text())]).ident;
        let (arguments, reply, failure) = (item("Arguments"), item("Reply"), item("Failure"));
        // A marker is a value too, and `A` is both `a` in camel case and in capitals.
        let shouted = shouty(method.text());
        let constant = items
            .claim(&[shouted.clone(), format!("{shouted}_OPERATION")])
            .ident;
        let data = items.claim(&[format!("{}_DATA", constant.text())]).ident;
        let (parameters, body) = parameters(operation);
        let module = modules
            .get(&operation.tag)
            .cloned()
            .unwrap_or_else(|| Ident::new("untagged"));
        let replies = ReplyNames {
            reply,
            failure,
            variants: variants(operation),
        };
        OperationNames {
            method,
            marker,
            constant,
            data,
            module,
            parameters,
            body,
            arguments,
            replies,
        }
    });
    named.collect()
}

/// A file a first tag.
fn modules(api: &Api) -> BTreeMap<Option<String>, Ident> {
    let mut scope = Scope::default();
    let mut modules = BTreeMap::new();
    for operation in &api.operations {
        let wanted = operation
            .tag
            .as_deref()
            .map_or_else(|| "untagged".to_owned(), snake);
        modules
            .entry(operation.tag.clone())
            .or_insert_with(|| scope.claim(&[wanted]).ident);
    }
    modules
}

/// Arguments and setters share one scope: whether a parameter is required may change, its name should not.
fn parameters(operation: &Operation) -> (Vec<Ident>, Ident) {
    let mut scope = Scope::reserving(&CALL);
    ["call", "client"]
        .iter()
        .for_each(|word| drop(scope.claim(&[(*word).to_owned()])));
    let mut claim = |wanted: &str| {
        let wanted = snake(wanted);
        let spare = format!("{wanted}_parameter");
        scope.claim(&[wanted, spare]).ident
    };
    let wanted = operation.parameters.iter().map(|parameter| {
        let usage = &parameter.value;
        usage.name.as_deref().unwrap_or(&parameter.name)
    });
    let parameters = wanted.map(&mut claim).collect();
    (parameters, claim("body"))
}

fn variants(operation: &Operation) -> Vec<Ident> {
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

/// Names the credential constructors.
pub fn schemes(api: &Api) -> BTreeMap<String, Ident> {
    let mut scope = Scope::reserving(&["new", "clone", "default", "from", "into"]);
    api.schemes
        .keys()
        .map(|name| (name.clone(), scope.claim(&[snake(name)]).ident))
        .collect()
}
