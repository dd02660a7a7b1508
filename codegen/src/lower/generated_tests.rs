//! Tables of the generated tests: examples with their types, and values to call every operation with.

use super::model::{Contract, ContractValue, Example, Type, ValueLocation, ValueType};
use super::{body, operation, record, Context, Direction, TypeOptions, MAX_DEPTH};
use crate::api::model::{
    Access, AdditionalProperties, Api, Body, Codec, Content, Json, Location, Operation, Parameter,
    SchemaId, Shape, Site, Use,
};
use crate::api::read_write::uses;
use crate::api::sample::Sampler;
use crate::api::{body_parts, BodyPart, PartKind};
use crate::diagnostics::Place;
use crate::names::Names;
use std::collections::BTreeSet;

/// Returns every example and default of an API, in order: those of schemas, then those of operations.
pub fn examples(api: &Api, names: &Names, options: &TypeOptions) -> Vec<Example> {
    let context = Context::new(api, names, options);
    let mut collector =
        Collector { context: &context, examples: Vec::new(), seen: BTreeSet::new() };
    for (id, _) in api.schemas.iter() {
        collector.schema(id);
    }
    for operation in &api.operations {
        collector.operation(operation);
    }
    for incoming in &api.incoming {
        collector.body(incoming.body.as_ref(), Direction::Response);
    }
    collector.examples
}

struct Collector<'a> {
    context: &'a Context<'a>,
    examples: Vec<Example>,
    /// Names and texts of the examples, so that a part shared by several operations is tested once.
    seen: BTreeSet<(String, String)>,
}

impl Collector<'_> {
    fn schema(&mut self, id: SchemaId) {
        let Some(schema) = self.context.schema(id) else {
            return;
        };
        let direction = self.context.direction(id);
        let value = self.context.reference(id, direction).nullable_if(schema.nullable);
        let (examples, default) = (&schema.examples, schema.default.as_ref());
        self.add(&schema.at, examples, default, &value, |json| {
            prune(self.context, id, direction, json, 0);
        });
        for usage in inner_uses(&schema.shape) {
            self.usage(usage, direction);
        }
    }

    fn usage(&mut self, usage: &Use, direction: Direction) {
        let direction = match usage.access {
            Access::WriteOnly => Direction::Request,
            Access::ReadWrite | Access::ReadOnly => direction,
        };
        let value = self.context.nullable_value(usage, direction);
        self.add(&usage.at, &usage.examples, usage.default.as_ref(), &value, |json| {
            prune(self.context, usage.schema, direction, json, 0);
        });
    }

    fn add(
        &mut self,
        site: &Site,
        examples: &[Json],
        default: Option<&Json>,
        value: &ValueType,
        prune: impl Fn(&mut Json),
    ) {
        let word = |index| match examples.len() {
            1 => "example".to_owned(),
            _ => format!("example {}", index + 1),
        };
        let default = default.map(|json| ("default".to_owned(), json));
        let examples = examples.iter().enumerate().map(|(index, json)| (word(index), json));
        for (word, json) in examples.chain(default) {
            let name = format!("{} {word}", pointer(site));
            let mut json = json.clone();
            prune(&mut json);
            let json = json.to_string();
            if self.seen.insert((name.clone(), json.clone())) {
                let value = value.clone();
                self.examples.push(Example { name, json, value });
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.usage(&parameter.value, Direction::Request);
        }
        self.body(operation.body.as_ref(), Direction::Request);
        for response in &operation.responses {
            self.contents(&response.contents, Direction::Response);
            for header in &response.headers {
                self.usage(&header.value, Direction::Response);
            }
        }
    }

    fn body(&mut self, body: Option<&Body>, direction: Direction) {
        if let Some(body) = body {
            self.contents(&body.contents, direction);
        }
    }

    fn contents(&mut self, contents: &[Content], direction: Direction) {
        // Examples of other media types are not JSON.
        for content in contents.iter().filter(|content| content.codec == Codec::Json) {
            if let Some(usage) = &content.value {
                self.usage(usage, direction);
            }
        }
    }
}

/// Returns the uses of other schemas in a schema, except those for names of members.
fn inner_uses(shape: &Shape) -> Vec<&Use> {
    let Shape::Object(object) = shape else {
        return uses(shape);
    };
    let properties = object.properties.values().map(|property| &property.value);
    properties.chain(additional_use(&object.additional)).collect()
}

fn additional_use(additional: &AdditionalProperties) -> Option<&Use> {
    match additional {
        AdditionalProperties::Retained(usage) => Some(usage),
        AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
    }
}

/// Returns the JSON pointer in the user's file.
fn pointer(site: &Site) -> &str {
    let pointer = match &site.place {
        Place::Pointer(_, pointer) | Place::Key(_, pointer) => pointer,
        Place::Nowhere | Place::File(_) | Place::Span(..) => &site.pointer,
    };
    pointer.trim_start_matches('/')
}

/// Removes members of the other direction from an example: a document's example may show `readOnly` and `writeOnly`
/// members at once.
fn prune(context: &Context<'_>, id: SchemaId, direction: Direction, json: &mut Json, depth: usize) {
    let id = context.resolve(id);
    let Some(shape) = context.shape(id).filter(|_| depth < MAX_DEPTH) else {
        return;
    };
    let prune_inner = |usage: &Use, json: &mut Json| {
        prune(context, usage.schema, direction, json, depth + 1);
    };
    match (shape, json) {
        (Shape::Object(object), Json::Object(members)) => {
            members.retain(|name, _| {
                let property = object.properties.get(name);
                property
                    .is_none_or(|property| record::has_property(context, id, property, direction))
            });
            for (name, member) in members.iter_mut() {
                let declared = object.properties.get(name).map(|property| &property.value);
                if let Some(usage) = declared.or(additional_use(&object.additional)) {
                    prune_inner(usage, member);
                }
            }
        }
        (Shape::List(list), Json::Array(items)) => {
            items.iter_mut().for_each(|item| prune_inner(&list.item, item));
        }
        (Shape::Tuple(tuple), Json::Array(items)) => {
            let uses = tuple.items.iter().chain(tuple.additional.iter().cycle());
            uses.zip(items).for_each(|(usage, item)| prune_inner(usage, item));
        }
        // The branch of a union's value is determined when it is decoded.
        _ => {}
    }
}

/// Returns the calls of every operation, in order.
pub fn contracts(api: &Api, names: &Names, options: &TypeOptions) -> Vec<Contract> {
    let context = Context::new(api, names, options);
    let operations = api.operations.iter().zip(&names.operations);
    let contracts = operations.map(|(operation, names)| Contract {
        call: names.call.clone(),
        required: values(&context, operation, false),
        all: values(&context, operation, true),
    });
    contracts.collect()
}

fn values(context: &Context<'_>, operation: &Operation, all: bool) -> Vec<ContractValue> {
    let sampler = match all {
        true => Sampler::everything(context.api),
        false => Sampler::required(context.api),
    };
    let parameters = operation.parameters.iter().filter(|parameter| all || parameter.required);
    let body = operation.body.iter().filter(|body| all || body.required);
    parameters
        .filter_map(|parameter| parameter_value(context, parameter, sampler))
        .chain(body.flat_map(|body| body_values(context, body, sampler)))
        .collect()
}

/// Returns a value for a parameter; `None` if none can be made.
fn parameter_value(
    context: &Context<'_>,
    parameter: &Parameter,
    sampler: Sampler<'_>,
) -> Option<ContractValue> {
    let value = match parameter.distinguishes_null() {
        true => context.nullable_value(&parameter.value, Direction::Request),
        false => context.value(&parameter.value, Direction::Request),
    };
    let location = match parameter.location {
        Location::Path => ValueLocation::Path(value),
        Location::Query => ValueLocation::Query(value),
        Location::QueryString => ValueLocation::QueryString(value),
        Location::Header => ValueLocation::Header(value),
        Location::Cookie => ValueLocation::Cookie(value),
    };
    let json = sampler.as_text().value(&parameter.value)?;
    (parameter.distinguishes_null() || !json.is_null()).then(|| ContractValue {
        location,
        name: parameter.name.clone(),
        json: json.to_string(),
    })
}

/// Returns values for a body, as the generated method accepts them.
fn body_values(context: &Context<'_>, body: &Body, sampler: Sampler<'_>) -> Vec<ContractValue> {
    let Some(parts) = body_parts(context.api, body) else {
        let content = most_precise(&body.contents);
        let value = content.and_then(|content| whole_body(context, content, sampler));
        return value.into_iter().collect();
    };
    let content = body.contents.first().and_then(|content| content.value.as_ref());
    let json = content.and_then(|usage| sampler.value(usage)).unwrap_or_default();
    let values =
        parts.iter().filter_map(|part| Some(part_value(context, part, json.get(part.name)?)));
    values.collect()
}

fn part_value(context: &Context<'_>, part: &BodyPart<'_>, json: &Json) -> ContractValue {
    let (location, json) = match part.kind {
        PartKind::Value => {
            let value = operation::argument_type(context, part.value, Direction::Request);
            (ValueLocation::Part(value), json.to_string())
        }
        PartKind::File | PartKind::Files => (ValueLocation::File, "bytes".to_owned()),
    };
    ContractValue { location, name: part.name.to_owned(), json }
}

/// Returns a value for a body that is one argument.
fn whole_body(
    context: &Context<'_>,
    content: &Content,
    sampler: Sampler<'_>,
) -> Option<ContractValue> {
    let (value, _) = body::value(context, content, 0);
    let text = || Json::from("text");
    let sample = |usage: &Option<Use>| match usage {
        Some(usage) => sampler.value(usage),
        None => Some(text()),
    };
    let json = match content.codec {
        Codec::Bytes => {
            return Some(ContractValue {
                location: ValueLocation::Bytes,
                name: content.media_type.clone(),
                json: "bytes".to_owned(),
            })
        }
        Codec::EventStream => text(),
        Codec::Text => {
            let json = sample(&content.value)?;
            let is_fitting = json.is_string() || value.ty != Type::Text;
            if is_fitting {
                json
            } else {
                text()
            }
        }
        Codec::JsonLines | Codec::Multipart if content.item.is_some() => {
            Json::Array(vec![sample(&content.item)?])
        }
        Codec::JsonLines => match sample(&content.value)? {
            json if json.is_array() => json,
            json => Json::Array(vec![json]),
        },
        Codec::FormData | Codec::Multipart if content.value.is_none() => {
            Json::Object([("key".to_owned(), text())].into_iter().collect())
        }
        Codec::Json | Codec::Form | Codec::FormData | Codec::Multipart | Codec::Xml => {
            sample(&content.value)?
        }
    };
    Some(ContractValue {
        location: ValueLocation::Body(value),
        name: content.media_type.clone(),
        json: json.to_string(),
    })
}

/// Returns the most precisely described content; the first of several.
fn most_precise(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|content| match content.codec {
        Codec::Json => 0,
        Codec::FormData => 1,
        Codec::Form => 2,
        Codec::Multipart => 3,
        Codec::Text => 4,
        Codec::Xml | Codec::JsonLines | Codec::EventStream | Codec::Bytes => 5,
    })
}
