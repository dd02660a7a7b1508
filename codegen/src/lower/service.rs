//! The server: a trait of handlers for each tag. It serves what the client calls.

use super::model::{
    AdditionalMembers, Attributes, BodyCase, BodyContent, BodyDecoder, Codec as ValueCodec,
    Construction, Content, Field, Handler, HandlerBody, HandlerFile, Name, PartCase, PartEnum,
    Presence, Record, Reply, ReplyVariant, Rule, Security, Service, Type, Validation, ValueType,
};
use super::{client, defaults, responses, validation, Context, Direction};
use crate::api::model::{
    self, Body, Codec, Header, Location, Operation, Parameter, ParameterEncoding, Part, Response,
    Shape, Status, Use,
};
use crate::api::{content_parts, is_made_of_parts, BodyPart, PartKind};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::Diagnostics;
use crate::names::{HandlerNames, Ident, OperationNames, PartNames, ServiceNames};
use crate::rustdoc;
use std::collections::{BTreeMap, BTreeSet};

/// An operation with its names, as client and server have them.
#[derive(Clone, Copy)]
struct Entry<'a> {
    operation: &'a Operation,
    names: &'a OperationNames,
    handler: &'a HandlerNames,
}

/// Returns the server; `None` if none is requested.
pub fn lower(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Option<Service> {
    let names = context.names.service.as_ref()?;
    let operations = context.api.operations.iter();
    let entries = operations.zip(&context.names.operations).zip(&names.handlers);
    let entries = entries.map(|((operation, names), handler)| Entry { operation, names, handler });
    let entries = routable(entries, diagnostics);
    let mut files = BTreeMap::<&Ident, HandlerFile>::new();
    for entry in &entries {
        let Entry { operation, names: operation_names, .. } = *entry;
        let file = files.entry(&operation_names.module).or_insert_with(|| HandlerFile {
            module: operation_names.module.clone(),
            name: names.traits.get(&operation.tag).unwrap_or(&operation_names.module).clone(),
            tag: client::tag(context, operation).cloned(),
            handlers: Vec::new(),
            types: BTreeSet::new(),
            allow_deprecated: false,
        });
        file.handlers.push(handler(context, *entry));
    }
    (!files.is_empty()).then(|| Service {
        security: security(context, names, &entries),
        files: files.into_values().collect(),
    })
}

/// Returns the operations that a server tells apart by method and path; reports the others.
fn routable<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let mut known = BTreeMap::<(String, String), &Operation>::new();
    let mut routable = Vec::new();
    for entry in entries {
        let operation = entry.operation;
        let place = operation.at.place.clone();
        let call = format!("{} {}", operation.method, operation.path);
        if operation.path.contains(['?', '#']) {
            let message = format!("the server has no handler for `{call}`");
            diagnostics.push(codes::SERVER_PATH, place, message);
            continue;
        }
        let key = (operation.method.clone(), without_names(&operation.path));
        if let Some(first) = known.get(&key) {
            let first = match first.path == operation.path {
                true => format!("`{}`", first.id),
                false => format!("`{} {}`", first.method, first.path),
            };
            let message =
                format!("the server has no handler for `{call}`, whose requests go to {first}");
            diagnostics.push(codes::SERVER_CLASH, place, message);
            continue;
        }
        known.insert(key, operation);
        routable.push(entry);
    }
    routable
}

/// Returns a path template without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut is_name = false;
    for letter in path.chars() {
        is_name &= letter != '}';
        if !is_name {
            text.push(letter);
        }
        is_name |= letter == '{';
    }
    text
}

/// Returns the trait of the security schemes that operations need.
fn security(
    context: &Context<'_>,
    names: &ServiceNames,
    entries: &[Entry<'_>],
) -> Option<Security> {
    let needs = entries.iter().flat_map(|entry| &entry.operation.security).flatten();
    let needs: BTreeSet<&str> = needs.map(|need| need.scheme.as_str()).collect();
    let mut schemes = client::schemes(context);
    schemes.retain(|scheme| needs.contains(scheme.name.wire.as_str()));
    (!schemes.is_empty()).then(|| Security { name: names.security.clone(), schemes })
}

fn handler(context: &Context<'_>, entry: Entry<'_>) -> Handler {
    let Entry { operation, names, .. } = entry;
    Handler {
        id: operation.id.clone(),
        name: names.method.clone(),
        marker: names.marker.clone(),
        attributes: attributes(operation),
        parameters: parameters(context, entry),
        validation: validation(context, entry),
        body: operation.body.as_ref().map(|body| self::body(context, body, entry)),
        reply: reply(context, entry),
    }
}

/// Whoever implements a deprecated method gets no warning, which is right: deprecated operations have to be served too.
fn attributes(operation: &Operation) -> Attributes {
    let mut attributes = Attributes::from(&operation.docs);
    attributes.paragraph([format!("`{} {}`", operation.method, operation.path)]);
    attributes
}

fn parameters(context: &Context<'_>, entry: Entry<'_>) -> Option<Record> {
    let parameters = entry.operation.parameters.iter().zip(&entry.names.parameters);
    let fields = parameters.map(|(parameter, ident)| self::parameter(context, parameter, ident));
    let fields: Vec<Field> = fields.collect();
    (!fields.is_empty()).then(|| record(&entry.handler.parameters, Vec::new(), fields))
}

/// Returns the rules of the parameters; `None` if there are none.
fn validation(context: &Context<'_>, entry: Entry<'_>) -> Option<Validation> {
    let rules = entry.operation.parameters.iter().filter_map(|parameter| {
        let nullable = parameter.distinguishes_null();
        let rules = validation::request_rules(context, &parameter.value, nullable);
        (!rules.is_empty()).then(|| Rule::Member(member(parameter), rules))
    });
    let rules: Vec<Rule> = rules.collect();
    let name = entry.handler.parameters.clone();
    (!rules.is_empty()).then_some(Validation { name, rules, is_shared: false })
}

/// Returns the name under which the runtime presents a parameter.
fn member(parameter: &Parameter) -> String {
    let name = &parameter.name;
    match parameter.location {
        Location::Path => format!("path.{name}"),
        Location::Query => format!("query.{name}"),
        Location::Header => format!("header.{name}"),
        Location::Cookie => format!("cookie.{name}"),
        Location::QueryString => "querystring".to_owned(),
    }
}

fn record(name: &Ident, docs: Vec<String>, fields: Vec<Field>) -> Record {
    Record {
        name: name.clone(),
        attributes: Attributes { docs, deprecated: false },
        fields,
        additional: AdditionalMembers::Ignored,
        construction: None,
        in_place: false,
        groups: Vec::new(),
        conversion: None,
    }
}

fn parameter(context: &Context<'_>, parameter: &Parameter, ident: &Ident) -> Field {
    let Parameter { required, value: usage, .. } = parameter;
    let nullable = parameter.distinguishes_null() && context.is_nullable(usage);
    let presence = match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let mut field = Field {
        name: Name { wire: member(parameter), ident: ident.clone() },
        attributes: context.use_attributes(usage, *required),
        value: context.value(usage, Direction::Request),
        presence,
        default: None,
    };
    field.default = defaults::accessor(context, usage, &field, Direction::Request);
    field
}

fn body(context: &Context<'_>, body: &Body, entry: Entry<'_>) -> HandlerBody {
    let Entry { names, handler, .. } = entry;
    let described = |index: usize| handler.parts.get(&index).filter(|names| names.is_described());
    let decoder = |index: usize, content| decoder(context, content, described(index));
    let content = match body.contents.as_slice() {
        [content] => BodyContent::One(decoder(0, content)),
        contents => {
            let cases = contents.iter().zip(&names.contents).enumerate();
            let cases = cases.map(|(index, (content, ident))| {
                let decoder = decoder(index, content);
                BodyCase {
                    ident: ident.clone(),
                    media_type: content.media_type.clone(),
                    contents: equivalent_contents(body, index),
                    rules: content_rules(context, content, &decoder),
                    decoder,
                }
            });
            BodyContent::Several(handler.body.clone(), cases.collect())
        }
    };
    let parts = body.contents.iter().enumerate().filter_map(|(index, content)| {
        let names = described(index)?;
        Some(part_enum(context, content, body.required, names))
    });
    HandlerBody {
        required: body.required,
        rules: body_rules(context, body, &content),
        content,
        parts: parts.collect(),
    }
}

/// Returns the rules of a value that its type encodes, or of each item of a stream.
fn content_rules(
    context: &Context<'_>,
    content: &model::Content,
    decoder: &BodyDecoder,
) -> Vec<Rule> {
    let usage = match decoder {
        BodyDecoder::Json(value) | BodyDecoder::Form(value) | BodyDecoder::Xml(value) => {
            content.value.as_ref().filter(|_| value.codec == ValueCodec::Native)
        }
        BodyDecoder::PartList(value) => match (&content.value, &content.item) {
            (None, Some(item)) => {
                let rules = validation::request_rules(context, item, true);
                return validation::items(rules);
            }
            (usage, _) => usage.as_ref().filter(|_| value.codec == ValueCodec::Native),
        },
        BodyDecoder::Lines(_) => responses::line_use(context, content),
        BodyDecoder::Text | BodyDecoder::Stream | BodyDecoder::Parts(_) => None,
    };
    usage.map(|usage| validation::request_rules(context, usage, true)).unwrap_or_default()
}

/// Returns the rules of a body of one media type. A body that is missing has none, and a stream has those of its items.
fn body_rules(context: &Context<'_>, body: &Body, content: &BodyContent) -> Vec<Rule> {
    let (BodyContent::One(decoder), Some(first)) = (content, body.contents.first()) else {
        return Vec::new();
    };
    let is_stream = matches!(decoder, BodyDecoder::Lines(_));
    match content_rules(context, first, decoder) {
        rules if rules.is_empty() || body.required || is_stream => rules,
        rules => vec![Rule::OrNull(rules)],
    }
}

/// Returns the indexes of the media types of a value: its own, and the alternatives with the same schema.
fn equivalent_contents(body: &Body, index: usize) -> Vec<usize> {
    let schema = |content: &model::Content| content.value.as_ref().map(|usage| usage.schema);
    let json = body.contents.get(index).filter(|content| content.codec == Codec::Json);
    let alternatives = body.alternatives.iter().enumerate();
    let same = alternatives
        .filter(|(_, content)| json.is_some_and(|json| schema(json) == schema(content)))
        .map(|(alternative, _)| body.contents.len() + alternative);
    [index].into_iter().chain(same).collect()
}

fn decoder(
    context: &Context<'_>,
    content: &model::Content,
    parts: Option<&PartNames>,
) -> BodyDecoder {
    let value = |usage: Option<&Use>| match usage {
        Some(usage) => context.nullable_value(usage, Direction::Request),
        None => ValueType::native(Type::Value),
    };
    match content.codec {
        Codec::Multipart if is_list_of_values(context, content) => {
            BodyDecoder::PartList(match (&content.value, &content.item) {
                (None, Some(item)) => context.nullable_value(item, Direction::Request).list(),
                (usage, _) => value(usage.as_ref()),
            })
        }
        Codec::FormData | Codec::Multipart => BodyDecoder::Parts(parts.map(|one| one.ty.clone())),
        Codec::Json => BodyDecoder::Json(value(content.value.as_ref())),
        Codec::Form => BodyDecoder::Form(value(content.value.as_ref())),
        Codec::Xml => BodyDecoder::Xml(value(content.value.as_ref())),
        Codec::Text | Codec::EventStream => BodyDecoder::Text,
        Codec::JsonLines => BodyDecoder::Lines(value(responses::line_use(context, content))),
        Codec::Bytes => BodyDecoder::Stream,
    }
}

/// `true` if a body of parts without names is one list for callers too.
fn is_list_of_values(context: &Context<'_>, content: &model::Content) -> bool {
    let shape = content.value.as_ref().map(|usage| context.shape(usage.schema));
    let is_list = match shape {
        Some(shape) => matches!(shape, Some(Shape::List(_) | Shape::Tuple(_))),
        None => content.item.is_some(),
    };
    is_list && !is_made_of_parts(context.api, content)
}

fn part_enum(
    context: &Context<'_>,
    content: &model::Content,
    is_required: bool,
    names: &PartNames,
) -> PartEnum {
    let parts = content_parts(context.api, content);
    let cases = parts.iter().zip(&names.variants).map(|(part, ident)| PartCase {
        name: Name { wire: part.name.to_owned(), ident: ident.clone() },
        attributes: Attributes {
            deprecated: false,
            ..context.use_attributes(part.value, part.required)
        },
        value: match part.kind {
            PartKind::Value => Some(part_value(context, part, content)),
            PartKind::File | PartKind::Files => None,
        },
        required: is_required && part.required,
    });
    PartEnum {
        name: names.ty.clone(),
        media_type: content.media_type.clone(),
        parts: cases.collect(),
    }
}

/// Returns the type of one part. Lists are sent as a part an item, unless their encoding joins the items.
fn part_value(context: &Context<'_>, part: &BodyPart<'_>, content: &model::Content) -> ValueType {
    let encoding = content.parts.iter().find(|one| one.name == part.name);
    match context.shape(part.value.schema) {
        Some(Shape::List(list)) if !encoding.is_some_and(is_joined) => {
            context.value(&list.item, Direction::Request)
        }
        Some(_) | None => context.value(part.value, Direction::Request),
    }
}

/// `true` if one part has all items of a list.
fn is_joined(part: &Part) -> bool {
    matches!(part.encoding, Some(ParameterEncoding::Style { explode: false, .. }))
}

fn reply(context: &Context<'_>, entry: Entry<'_>) -> Reply {
    let Entry { operation, names, handler } = entry;
    let responses = operation.responses.iter().zip(&names.responses.variants).enumerate();
    let variants = responses.flat_map(|(index, (response, idents))| {
        let idents = idents.iter().enumerate();
        idents.map(move |(at, ident)| {
            let headers = handler.headers.get(&(index, at));
            let headers = headers.map(|names| {
                let docs = vec![format!("Headers of [`{}::{ident}`].", handler.reply)];
                let fields = header_fields(context, response, &names.fields);
                Record {
                    construction: Some(construction(&fields)),
                    ..record(&names.ty, docs, fields)
                }
            });
            reply_variant(context, (index, response), (at, ident), headers)
        })
    });
    Reply { name: handler.reply.clone(), variants: variants.collect() }
}

fn reply_variant(
    context: &Context<'_>,
    (index, response): (usize, &Response),
    (at, ident): (usize, &Ident),
    headers: Option<Record>,
) -> ReplyVariant {
    let body = response.bodies().get(at);
    let is_streamed = !response.status.is_failure();
    let mut attributes = Attributes { docs: rustdoc::summary(&response.docs), deprecated: false };
    attributes.paragraph([status_line(response, body)]);
    ReplyVariant {
        ident: ident.clone(),
        attributes,
        response: index,
        index: body.map(|_| at),
        content: body.map_or(Content::Empty, |body| responses::content(context, body, is_streamed)),
        has_status: !matches!(response.status, Status::Exact(_)),
        has_media_type: body.is_some_and(|body| body.media_type.contains('*')),
        headers,
    }
}

/// Returns a sentence on the status of a reply, and on its media type if there are several.
fn status_line(response: &Response, body: Option<&model::Content>) -> String {
    let status = match response.status {
        Status::Exact(code) => format!("Status {code}"),
        Status::Range(class) => format!("Status {class}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    match body.filter(|_| response.bodies().len() > 1) {
        Some(body) => format!("{status}, `{}`.", body.media_type),
        None => format!("{status}."),
    }
}

fn header_fields(context: &Context<'_>, response: &Response, idents: &[Ident]) -> Vec<Field> {
    let headers = response.headers.iter().zip(idents);
    headers.map(|(header, ident)| header_field(context, header, ident)).collect()
}

/// A header that is null is one that is not there.
fn header_field(context: &Context<'_>, header: &Header, ident: &Ident) -> Field {
    let is_required = header.required && !context.is_nullable(&header.value);
    Field {
        name: Name { wire: header.name.clone(), ident: ident.clone() },
        attributes: context.use_attributes(&header.value, is_required),
        value: context.value(&header.value, Direction::Response),
        presence: if is_required { Presence::Required } else { Presence::Optional },
        default: None,
    }
}

fn construction(fields: &[Field]) -> Construction {
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.presence.is_required());
    Construction {
        arguments: required.into_iter().map(|field| field.name.clone()).collect(),
        constants: Vec::new(),
        setters: optional.into_iter().map(|field| field.name.ident.setter()).collect(),
    }
}
