//! Names of the generated server: the traits of its handlers, and the items of each handler.
//!
//! They yield to all names of the client, so that a client has the same names with a server and without.

use super::case::{camel, snake};
use super::register::Register;
use super::scope::{NameRequest, Scope};
use super::{nodes, reserved, Ident, OperationNames};
use crate::api::content_parts;
use crate::api::model::{Api, Codec, Content, Operation};
use crate::diagnostics::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Names of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNames {
    /// The trait that finds out who calls.
    pub security: Ident,
    /// The traits of handlers, by tag.
    pub traits: BTreeMap<Option<String>, Ident>,
    /// Items of each handler, in the order of the operations.
    pub handlers: Vec<HandlerNames>,
}

/// Names of the items of one handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandlerNames {
    /// The struct of parameters.
    pub parameters: Ident,
    /// The enum of replies.
    pub reply: Ident,
    /// The enum of bodies, for several media types.
    pub body: Ident,
    /// The enum of parts of each body of parts, by the index of its media type.
    pub parts: BTreeMap<usize, PartNames>,
    /// The struct of headers of each variant of the replies that has headers, by the indexes of response and variant.
    pub headers: BTreeMap<(usize, usize), HeaderNames>,
}

/// Names of an enum of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartNames {
    /// The enum.
    pub ty: Ident,
    /// A variant for each described part.
    pub variants: Vec<Ident>,
}

impl PartNames {
    /// `true` if the document describes parts.
    pub fn is_described(&self) -> bool {
        !self.variants.is_empty()
    }
}

/// Names of a struct of response headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderNames {
    /// The struct.
    pub ty: Ident,
    /// A field for each header.
    pub fields: Vec<Ident>,
}

/// An item of a handler: the operation, the words behind its name, and the part of its node.
struct Item<'a> {
    at: usize,
    word: String,
    part: String,
    operation: &'a Operation,
}

/// Names the items of a server, in the scope of types and of the operations' items.
pub fn assign(
    api: &Api,
    (whole, operations): (&[Ident], &[OperationNames]),
    scope: &mut Scope,
    register: &mut Register,
) -> ServiceNames {
    let security = security(scope, register);
    let traits = traits(api, scope, register);
    let mut settle = |items: Vec<Item<'_>>, register: &mut Register| {
        let requests: Vec<_> = items.iter().filter_map(|item| request(item, whole)).collect();
        scope.settle(&requests, register)
    };
    let every = |word: &str, part: &str| {
        let items = api.operations.iter().enumerate();
        let items = items.map(|(at, operation)| Item {
            at,
            word: word.to_owned(),
            part: part.to_owned(),
            operation,
        });
        items.collect::<Vec<_>>()
    };
    let parameters = settle(every("Parameters", "parameters"), register);
    let replies = settle(every("Reply", "reply"), register);
    let bodies = settle(every("Body", "owned body"), register);
    let (part_keys, part_items): (Vec<_>, Vec<_>) = part_items(api, operations).unzip();
    let parts = settle(part_items, register);
    let (header_keys, header_items): (Vec<_>, Vec<_>) = header_items(api, operations).unzip();
    let headers = settle(header_items, register);
    let handlers = parameters.into_iter().zip(replies).zip(bodies);
    let handlers = handlers.map(|((parameters, reply), body)| HandlerNames {
        parameters,
        reply,
        body,
        parts: BTreeMap::new(),
        headers: BTreeMap::new(),
    });
    let mut handlers: Vec<HandlerNames> = handlers.collect();
    for ((at, index), ty) in part_keys.into_iter().zip(parts) {
        let Some((operation, handler)) = api.operations.get(at).zip(handlers.get_mut(at)) else {
            continue;
        };
        let variants = part_variants(api, operation, index, register);
        handler.parts.insert(index, PartNames { ty, variants });
    }
    for ((at, response, variant), ty) in header_keys.into_iter().zip(headers) {
        let Some((operation, handler)) = api.operations.get(at).zip(handlers.get_mut(at)) else {
            continue;
        };
        let fields = header_fields(operation, response, register);
        handler.headers.insert((response, variant), HeaderNames { ty, fields });
    }
    ServiceNames { security, traits, handlers }
}

/// Names the trait of security, which has no tag.
fn security(scope: &mut Scope, register: &mut Register) -> Ident {
    let request = NameRequest {
        node: "server/security".to_owned(),
        rank: 0,
        key: String::new(),
        explicit: false,
        candidates: ["Security", "ServerSecurity"].map(str::to_owned).to_vec(),
        place: Place::Nowhere,
    };
    let names = scope.settle(&[request], register).into_iter();
    names.last().unwrap_or_else(|| Ident::new("Security"))
}

/// Names a trait for each first tag: the tag itself, or `Api` without one.
fn traits(
    api: &Api,
    scope: &mut Scope,
    register: &mut Register,
) -> BTreeMap<Option<String>, Ident> {
    let tags = api.operations.iter().map(|operation| operation.tag.clone());
    let tags: BTreeSet<Option<String>> = tags.collect();
    let requests = tags.iter().map(|tag| {
        let word = tag.as_deref().map_or_else(|| "Api".to_owned(), camel);
        let name = tag.as_deref().unwrap_or_default();
        NameRequest {
            node: format!("server/tag {name}"),
            rank: NameRequest::rank(false, name, &word),
            key: name.to_owned(),
            explicit: false,
            candidates: vec![word.clone(), format!("{word}Api"), format!("{word}Handlers")],
            place: Place::Nowhere,
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    let idents = scope.settle(&requests, register);
    tags.into_iter().zip(idents).collect()
}

fn request(item: &Item<'_>, whole: &[Ident]) -> Option<NameRequest> {
    let Item { at, word, part, operation } = item;
    let name = whole.get(*at)?.text();
    let camel = camel(name);
    Some(NameRequest {
        node: format!("{}/{part}", nodes::operation(operation)),
        rank: 0,
        key: format!("{name} {word}"),
        explicit: false,
        candidates: vec![format!("{camel}{word}"), format!("{camel}Call{word}")],
        place: operation.at.place.clone(),
    })
}

/// Returns the media types of a body whose parts have names, with their indexes: only those of forms do (RFC 7578, section 4.2).
fn bodies_of_parts(operation: &Operation) -> impl Iterator<Item = (usize, &Content)> {
    let body = operation.body.iter();
    let contents = body.flat_map(|body| body.contents.iter().enumerate());
    contents.filter(|(_, content)| content.codec == Codec::FormData)
}

/// Returns the enums of parts. Where several media types have parts, each is called after its media type.
fn part_items<'a>(
    api: &'a Api,
    operations: &'a [OperationNames],
) -> impl Iterator<Item = ((usize, usize), Item<'a>)> {
    let operations = api.operations.iter().zip(operations).enumerate();
    operations.flat_map(|(at, (operation, names))| {
        let is_only = bodies_of_parts(operation).count() == 1;
        bodies_of_parts(operation).map(move |(index, content)| {
            let word = names.contents.get(index).filter(|_| !is_only).map_or("", Ident::text);
            let word = format!("{word}Part");
            let part = format!("part of {}", content.media_type);
            ((at, index), Item { at, word, part, operation })
        })
    })
}

/// Returns the structs of response headers.
fn header_items<'a>(
    api: &'a Api,
    operations: &'a [OperationNames],
) -> impl Iterator<Item = ((usize, usize, usize), Item<'a>)> {
    let operations = api.operations.iter().zip(operations).enumerate();
    operations.flat_map(|(at, (operation, names))| {
        let responses = operation.responses.iter().zip(&names.responses.variants).enumerate();
        let responses = responses.filter(|(_, (response, _))| !response.headers.is_empty());
        responses.flat_map(move |(index, (response, variants))| {
            variants.iter().enumerate().map(move |(variant, ident)| {
                let word = format!("{}Headers", ident.text());
                let part = nodes::response_part(response, variant);
                let part = format!("headers of {part}");
                ((at, index, variant), Item { at, word, part, operation })
            })
        })
    })
}

fn part_variants(
    api: &Api,
    operation: &Operation,
    index: usize,
    register: &mut Register,
) -> Vec<Ident> {
    let contents = operation.body.as_ref().map_or(&[][..], |body| &body.contents);
    let Some(content) = contents.get(index) else {
        return Vec::new();
    };
    let owner = format!("{}/part of {}", nodes::operation(operation), content.media_type);
    let requests = content_parts(api, content).into_iter().map(|part| {
        let (name, word) = (part.name, camel(part.name));
        named(format!("{owner}/{name}"), name, [word.clone(), format!("{word}Part")], operation)
    });
    let requests: Vec<NameRequest> = requests.collect();
    Scope::reserving(&[&reserved::VARIANTS, &["Other"]]).settle(&requests, register)
}

fn header_fields(operation: &Operation, response: usize, register: &mut Register) -> Vec<Ident> {
    let headers = operation.responses.get(response).map_or(&[][..], |one| &one.headers);
    let requests = headers.iter().map(|header| {
        let word = snake(&header.name);
        // Callers see the field under the name of the header wherever it is described.
        let spare = format!("{word}_header");
        named(String::new(), &header.name, [word, spare], operation)
    });
    let requests: Vec<NameRequest> = requests.collect();
    Scope::default().settle(&requests, register)
}

fn named(node: String, wire: &str, names: [String; 2], operation: &Operation) -> NameRequest {
    NameRequest {
        node,
        rank: NameRequest::rank(false, wire, &names[0]),
        key: wire.to_owned(),
        explicit: false,
        candidates: names.to_vec(),
        place: operation.at.place.clone(),
    }
}
