//! Names of operations: methods, items, arguments; and of credential constructors and webhooks.

use super::case::{camel, explicit_value, snake};
use super::register::Register;
use super::responses::{self, ResponseNames};
use super::scope::{NameRequest, Scope};
use super::tags::Tags;
use super::{nodes, reserved, Ident};
use crate::api::body_parts;
use crate::api::model::{Api, Location, Operation, Parameter};
use crate::diagnostics::Place;
use std::collections::BTreeMap;

/// Names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method of the client or group.
    pub method: Ident,
    /// The call type.
    pub call: Ident,
    /// The marker type that implements the runtime's operation traits.
    pub marker: Ident,
    /// The module below `operations`, after the first tag.
    pub module: Ident,
    /// Arguments and setters, one for each parameter.
    pub parameters: Vec<Ident>,
    /// Argument or setter of the body.
    pub body: Ident,
    /// Arguments and setters of the parts of a multipart body with files.
    pub parts: Vec<Ident>,
    /// Enum of request bodies, for several media types.
    pub content: Ident,
    /// Its variants, one for each media type.
    pub contents: Vec<Ident>,
    /// Struct of the arguments, for long argument lists.
    pub arguments: Ident,
    /// Enums of several responses.
    pub responses: ResponseNames,
}

/// Item names of operations, in the order of the operations.
#[derive(Clone, Debug, Default)]
pub struct OperationItems {
    names: Vec<BTreeMap<Kind, Ident>>,
    whole: Vec<Ident>,
    /// Operation ids and places.
    places: Vec<(String, Place)>,
}

/// An item of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Operation,
    Response,
    Error,
    Content,
    Arguments,
    Marker,
}

impl Kind {
    /// The part of a node that stands for the item.
    fn part(self) -> &'static str {
        match self {
            Self::Operation => "call",
            Self::Response => "output",
            Self::Error => "error",
            Self::Content => "body",
            Self::Arguments => "arguments",
            Self::Marker => "marker",
        }
    }

    /// Returns the candidate names for an operation with this base name.
    fn candidates(self, whole: &str) -> Vec<String> {
        let word = match self {
            Self::Operation => "",
            Self::Response => "Response",
            Self::Error => "Error",
            Self::Content => "Content",
            Self::Arguments => "Arguments",
            Self::Marker => "Operation",
        };
        let camel = camel(whole);
        vec![format!("{camel}{word}"), format!("{camel}Call{word}")]
    }

    /// `true` if the operation has the item, as far as callers see it.
    fn is_public(self, api: &Api, operation: &Operation) -> bool {
        match self {
            Self::Operation | Self::Response | Self::Error | Self::Content => {
                self.is_early(operation)
            }
            Self::Arguments => required_arguments(api, operation) > MAX_ARGUMENTS,
            Self::Marker => false,
        }
    }

    /// `true` if the operation certainly has the item, which then takes precedence over inline types.
    fn is_early(self, operation: &Operation) -> bool {
        match self {
            Self::Operation => true,
            Self::Response => responses::has_several_successes(operation),
            Self::Error => responses::has_several_failures(operation),
            Self::Content => {
                let body = operation.body.as_ref();
                body.is_some_and(|body| body.contents.len() > 1)
            }
            Self::Arguments | Self::Marker => false,
        }
    }
}

impl OperationItems {
    /// Names the items that operations certainly have: after components, before inline types.
    pub fn early(api: &Api, whole: &[Ident], scope: &mut Scope, register: &mut Register) -> Self {
        let place = |operation: &Operation| (operation.id.clone(), operation.at.place.clone());
        let mut types = Self {
            names: vec![BTreeMap::new(); whole.len()],
            whole: whole.to_vec(),
            places: api.operations.iter().map(place).collect(),
        };
        let kinds = [Kind::Operation, Kind::Response, Kind::Error, Kind::Content];
        for kind in kinds {
            let operations = api.operations.iter().enumerate();
            let early = operations.filter(|(_, operation)| kind.is_early(operation));
            let early = early.map(|(at, _)| at).collect();
            types.claim(api, (kind, early), scope, register);
        }
        types
    }

    /// Names the remaining items, which yield to all others.
    pub fn late(&mut self, api: &Api, scope: &mut Scope, register: &mut Register) {
        let kinds = [Kind::Response, Kind::Error, Kind::Content, Kind::Arguments, Kind::Marker];
        for kind in kinds {
            let unnamed = |at: &usize| {
                let named = self.names.get(*at);
                named.is_some_and(|named| !named.contains_key(&kind))
            };
            let late = (0..self.whole.len()).filter(unnamed).collect();
            self.claim(api, (kind, late), scope, register);
        }
    }

    fn claim(
        &mut self,
        api: &Api,
        (kind, operations): (Kind, Vec<usize>),
        scope: &mut Scope,
        register: &mut Register,
    ) {
        let requests = operations.iter().filter_map(|at| {
            let whole = self.whole.get(*at)?.text();
            let (id, place) = self.places.get(*at)?;
            let operation = api.operations.get(*at)?;
            let node = match kind.is_public(api, operation) {
                true => format!("{}/{}", nodes::operation(operation), kind.part()),
                false => String::new(),
            };
            let candidates = kind.candidates(whole);
            let preferred = candidates.first().map_or("", String::as_str);
            Some(NameRequest {
                node,
                rank: NameRequest::rank(false, id, preferred),
                key: whole.to_owned(),
                explicit: false,
                candidates,
                place: place.clone(),
            })
        });
        let requests: Vec<NameRequest> = requests.collect();
        let idents = scope.settle(&requests, register);
        for (at, ident) in operations.into_iter().zip(idents) {
            if let Some(named) = self.names.get_mut(at) {
                named.insert(kind, ident);
            }
        }
    }

    /// Returns the name of this item of the operation at this index.
    fn get(&self, at: usize, kind: Kind) -> Ident {
        let named = self.names.get(at).and_then(|named| named.get(&kind));
        named.or(self.whole.get(at)).cloned().unwrap_or_else(|| Ident::new("operation"))
    }
}

/// Names every operation. Items of operations and types share one scope, so that a file can import both. With a server,
/// callers see the variants of all responses.
pub fn assign(
    api: &Api,
    (types, has_server): (OperationItems, bool),
    tags: &Tags,
    register: &mut Register,
) -> Vec<OperationNames> {
    let methods = tags.methods(api, &types.whole, register);
    let operations = api.operations.iter().zip(methods).enumerate();
    let named = operations.map(|(at, (operation, method))| {
        let arguments = argument_names(api, operation, register);
        let body = operation.body.as_ref();
        let contents = body.map_or(&[][..], |body| &body.contents);
        OperationNames {
            method,
            call: types.get(at, Kind::Operation),
            marker: types.get(at, Kind::Marker),
            module: tags.module(operation),
            parameters: arguments.parameters,
            body: arguments.body,
            parts: arguments.parts,
            content: types.get(at, Kind::Content),
            contents: responses::body_variants(operation, contents, register),
            arguments: types.get(at, Kind::Arguments),
            responses: ResponseNames {
                output: types.get(at, Kind::Response),
                error: types.get(at, Kind::Error),
                variants: responses::variants(operation, has_server, register),
            },
        }
    });
    named.collect()
}

/// Names the credential constructors.
pub fn schemes(api: &Api, register: &mut Register) -> BTreeMap<String, Ident> {
    let reserved_words: [&[&str]; 2] = [&reserved::CREDENTIAL_METHODS, &reserved::TRAIT_METHODS];
    let requests = api.security_schemes.keys().map(|name| {
        let preferred = snake(name);
        NameRequest {
            node: format!("security scheme {name}"),
            rank: NameRequest::rank(false, name, &preferred),
            key: name.clone(),
            explicit: false,
            candidates: vec![preferred.clone(), format!("{preferred}_scheme")],
            place: Place::Nowhere,
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    let idents = Scope::reserving(&reserved_words).settle(&requests, register);
    api.security_schemes.keys().cloned().zip(idents).collect()
}

/// Names the payloads of webhooks and callbacks.
pub fn incoming(api: &Api, register: &mut Register) -> Vec<Ident> {
    let requests = api.incoming.iter().map(|incoming| {
        let preferred = camel(&incoming.name);
        NameRequest {
            node: nodes::incoming(api, incoming),
            explicit: false,
            rank: NameRequest::rank(false, &incoming.name, &preferred),
            key: format!("{} {}", incoming.name, incoming.at.pointer),
            candidates: vec![preferred.clone(), format!("{preferred}Payload")],
            place: incoming.at.place.clone(),
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    Scope::reserving(&reserved::TYPES).settle(&requests, register)
}

/// Names every operation, regardless of groups, so that grouping changes the names of methods only.
pub fn base_names(api: &Api, full: bool, register: &mut Register) -> Vec<Ident> {
    let ids = match full {
        true => api.operations.iter().map(|one| one.id.clone()).collect(),
        false => shortened(&api.operations),
    };
    let requests = api.operations.iter().zip(&ids).map(|(operation, id)| {
        let explicit = operation.name.as_deref().map(explicit_value);
        let derived = snake(id);
        let preferred = explicit.clone().unwrap_or_else(|| derived.clone());
        let spare = format!("{preferred}_call");
        NameRequest {
            node: format!("{}/name", nodes::operation(operation)),
            rank: NameRequest::rank(explicit.is_some(), id, &preferred),
            key: format!("{id} {}", operation.at.pointer),
            explicit: explicit.is_some(),
            candidates: vec![preferred, derived, spare],
            place: operation.at.place.clone(),
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    let resuming: &[&str] =
        if api.operations.iter().any(is_followed) { &reserved::RESUMING_METHODS } else { &[] };
    let parts: [&[&str]; 3] = [&reserved::CLIENT_METHODS, &reserved::TRAIT_METHODS, resuming];
    Scope::reserving(&parts).settle(&requests, register)
}

/// Returns the `operationId`s without the path and method that they end in, if the remainder is unique.
fn shortened(operations: &[Operation]) -> Vec<String> {
    let versioned = |id: &str, operation: &Operation| match &operation.version {
        Some(version) => format!("{id}@{version}"),
        None => id.to_owned(),
    };
    let short_ids = operations.iter().map(|operation| {
        let short = distinctive_part(operation).map(|id| versioned(&id, operation));
        short.unwrap_or_else(|| operation.id.clone())
    });
    let short_ids: Vec<String> = short_ids.collect();
    let mut counts = BTreeMap::<String, usize>::new();
    for (operation, short) in operations.iter().zip(&short_ids) {
        *counts.entry(snake(short)).or_default() += 1;
        if *short != operation.id {
            *counts.entry(snake(&operation.id)).or_default() += 1;
        }
    }
    let both = operations.iter().zip(short_ids);
    let chosen = both.map(|(operation, short)| match counts.get(&snake(&short)) {
        Some(1) => short,
        Some(_) | None => operation.id.clone(),
    });
    chosen.collect()
}

/// Returns the part of an `operationId` that does not repeat its path and method.
fn distinctive_part(operation: &Operation) -> Option<String> {
    let (id, path) = (operation.plain_id(), operation.path.as_str());
    let parts = tokens(id);
    let mut repeated: Vec<&str> = tokens(path).into_iter().map(|(_, word)| word).collect();
    let made: Vec<&str> =
        std::iter::once(operation.method.as_str()).chain(repeated.iter().copied()).collect();
    if same(&parts, &made) {
        return without_base(&operation.method, &repeated);
    }
    repeated.push(&operation.method);
    let count = parts.len().checked_sub(repeated.len())?;
    let (_, end) = parts.split_at_checked(count)?;
    let (at, _) = end.first()?;
    let start = id.get(..*at)?;
    let start = start.trim_end_matches(|c: char| !c.is_alphanumeric());
    (same(end, &repeated) && !start.is_empty()).then(|| start.to_owned())
}

/// Names an operation without `operationId` by its method and path, without a leading `api` or version.
fn without_base(method: &str, parts: &[&str]) -> Option<String> {
    let is_base = |word: &&&str| {
        let number = word.strip_prefix('v').unwrap_or_default();
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        **word == "api" || is_number
    };
    let base = parts.iter().take_while(is_base).count();
    let remainder = parts.get(base..).filter(|remainder| !remainder.is_empty())?;
    Some(format!("{}_{}", method.to_lowercase(), remainder.join("_")))
}

fn same(parts: &[(usize, &str)], others: &[&str]) -> bool {
    let mut pairs = parts.iter().zip(others);
    parts.len() == others.len() && pairs.all(|((_, word), other)| word.eq_ignore_ascii_case(other))
}

/// Returns the runs of letters and digits, each with its offset.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut tokens = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            tokens.push((at, word));
        }
        // A separator may have several bytes.
        let remainder = text.get(at + word.len()..).unwrap_or_default();
        at += word.len() + remainder.chars().next().map_or(0, char::len_utf8);
    }
    tokens
}

/// Maximum number of arguments of a method; more become a struct.
pub const MAX_ARGUMENTS: usize = 4;

/// `true` where the end of an operation is awaited, for which its calls and the client have methods.
fn is_followed(operation: &Operation) -> bool {
    operation.long_running.as_ref().is_some_and(|running| running.follow.is_some())
}

/// The reserved names of an operation's calls.
fn reserved_setters(operation: &Operation) -> [&'static [&'static str]; 4] {
    let watching: &[&str] = if is_followed(operation) { &reserved::WATCHING_METHODS } else { &[] };
    [&reserved::OPERATION_METHODS, watching, &reserved::TRAIT_METHODS, &reserved::LOCALS]
}

/// Counts the required values of an operation.
fn required_arguments(api: &Api, operation: &Operation) -> usize {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required).count();
    let body = operation.body.as_ref().map_or(0, |body| match body_parts(api, body) {
        Some(parts) => parts.iter().filter(|part| part.required).count(),
        None => usize::from(body.required),
    });
    parameters + body
}

/// Names of an operation's arguments and setters.
pub struct ArgumentNames {
    /// One for each parameter.
    pub parameters: Vec<Ident>,
    /// One for each part of a body that is passed part by part.
    pub parts: Vec<Ident>,
    /// The body as a whole.
    pub body: Ident,
}

/// Names the arguments and setters of an operation. They share one scope, so that making a parameter optional does not
/// rename it.
pub fn argument_names(api: &Api, operation: &Operation, register: &mut Register) -> ArgumentNames {
    let reserved = reserved_setters(operation);
    let mut scope = Scope::reserving(&reserved);
    let node = format!("{}/{}", nodes::operation(operation), nodes::argument(""));
    let parameters = operation.parameters.iter().map(|one| parameter(&node, one, &reserved));
    let parts = parts(api, operation);
    let has_body = operation.body.is_some() && parts.is_empty();
    let count = operation.parameters.len();
    let all: Vec<NameRequest> = parameters
        .chain(parts.iter().map(|name| part(&node, name, operation)))
        .chain([body(has_body.then(|| format!("{node}body")), operation)])
        .collect();
    let mut parameters = scope.settle(&all, register);
    let mut parts = parameters.split_off(count);
    let body = parts.pop().unwrap_or_else(|| Ident::new("body"));
    ArgumentNames { parameters, parts, body }
}

/// Path parameters come first, each under its plain name if possible; others of the same name get their location as a
/// suffix.
fn parameter(node: &str, parameter: &Parameter, reserved: &[&[&str]]) -> NameRequest {
    let explicit = parameter.value.name.as_deref().map(explicit_value);
    let derived = snake(&parameter.name);
    let preferred = explicit.clone().unwrap_or_else(|| derived.clone());
    let (rank, word) = match parameter.location {
        Location::Path => (0, "path"),
        Location::Query => (1, "query"),
        Location::Header => (2, "header"),
        Location::Cookie => (3, "cookie"),
        Location::QueryString => (4, "query_string"),
    };
    let by_place = format!("{preferred}_{word}");
    let mut candidates = vec![preferred.clone(), derived, by_place];
    // The name collides with a reserved word, not with another parameter.
    let is_reserved = reserved.iter().any(|words| words.contains(&preferred.as_str()));
    let at = if is_reserved { 1 } else { candidates.len() };
    candidates.insert(at, format!("{preferred}_parameter"));
    NameRequest {
        node: format!("{node}{}", nodes::parameter(parameter)),
        rank: rank * 3 + NameRequest::rank(explicit.is_some(), &parameter.name, &preferred),
        key: parameter.name.clone(),
        explicit: explicit.is_some(),
        candidates,
        place: parameter.value.at.place.clone(),
    }
}

fn part(node: &str, name: &str, operation: &Operation) -> NameRequest {
    let preferred = snake(name);
    NameRequest {
        node: format!("{node}part {name}"),
        rank: 20 + NameRequest::rank(false, name, &preferred),
        key: name.to_owned(),
        explicit: false,
        candidates: vec![preferred.clone(), format!("{preferred}_part")],
        place: operation.at.place.clone(),
    }
}

fn body(node: Option<String>, operation: &Operation) -> NameRequest {
    let candidates = ["body", "request_body", "body_content"];
    NameRequest {
        node: node.unwrap_or_default(),
        rank: 30,
        key: String::new(),
        explicit: false,
        candidates: candidates.map(str::to_owned).to_vec(),
        place: operation.at.place.clone(),
    }
}

/// Names of the parts of a body that is passed part by part.
fn parts(api: &Api, operation: &Operation) -> Vec<String> {
    let body = operation.body.as_ref();
    let parts = body.and_then(|body| body_parts(api, body));
    let parts = parts.unwrap_or_default();
    parts.iter().map(|part| part.name.to_owned()).collect()
}
