//! Directions of schemas: which of them requests reach, which of them responses reach, and which differ between the
//! two.

use super::model::{
    Access, AdditionalProperties, Api, Content, MissingValue, Operation, SchemaId, Schemas, Shape,
    Use,
};
use std::collections::{BTreeMap, BTreeSet};

/// Directions in which a schema's values are sent; determines the forms of its type (JSON Schema validation 9.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// No operation reaches it: one form, with all properties.
    #[default]
    Neither,
    /// Only requests reach it: one form, without `readOnly` properties.
    RequestOnly,
    /// Only responses, and requests that the API sends, reach it: one form, without `writeOnly` properties.
    ResponseOnly,
    /// Requests and responses reach it and have the same properties: one form.
    BothSame,
    /// Requests and responses reach it, and it or a schema in it has `readOnly` or `writeOnly` properties, or
    /// properties that only responses may lack: one form each.
    BothDiffer,
}

impl Reach {
    /// `true` if values have a property of this access in requests (`requests`) or in responses.
    pub fn has(self, access: Access, requests: bool) -> bool {
        match (self, access) {
            (_, Access::ReadWrite) | (Self::Neither | Self::BothSame, _) => true,
            (Self::RequestOnly, Access::ReadOnly) | (Self::ResponseOnly, Access::WriteOnly) => {
                false
            }
            (Self::RequestOnly, Access::WriteOnly) | (Self::ResponseOnly, Access::ReadOnly) => true,
            (Self::BothDiffer, Access::ReadOnly) => !requests,
            (Self::BothDiffer, Access::WriteOnly) => requests,
        }
    }
}

/// Determines the directions of every schema.
pub fn reach(api: &Api) -> BTreeMap<SchemaId, Reach> {
    let requests = api.operations.iter().flat_map(request_uses).map(|used| used.schema).collect();
    let sent = reachable(&api.schemas, requests, Access::WriteOnly);
    let read = reachable(&api.schemas, response_roots(api), Access::ReadOnly);
    let both: BTreeSet<SchemaId> = sent.intersection(&read).copied().collect();
    let differ = differing(&api.schemas, &both);
    let reach = |id: SchemaId| match (sent.contains(&id), read.contains(&id)) {
        (false, false) => Reach::Neither,
        (true, false) => Reach::RequestOnly,
        (false, true) => Reach::ResponseOnly,
        (true, true) if differ.contains(&id) => Reach::BothDiffer,
        (true, true) => Reach::BothSame,
    };
    api.schemas.iter().map(|(id, _)| (id, reach(id))).collect()
}

/// Returns those of `both` that have properties that differ by direction, or refer to a schema that has.
fn differing(schemas: &Schemas, both: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let mut users = BTreeMap::<_, Vec<_>>::new();
    let mut pending = Vec::new();
    for (id, schema) in schemas.iter().filter(|(id, _)| both.contains(id)) {
        for used in uses(&schema.shape) {
            users.entry(used.schema).or_default().push(id);
        }
        if has_directed_properties(&schema.shape) {
            pending.push(id);
        }
    }
    let mut differ = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if differ.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    differ
}

/// `true` if the properties of an object differ between requests and responses. A list that responses may lack has the
/// same type in both.
fn has_directed_properties(shape: &Shape) -> bool {
    let Shape::Object(object) = shape else {
        return false;
    };
    object.properties.values().any(|property| {
        property.value.access != Access::ReadWrite || property.if_missing == MissingValue::Unset
    })
}

/// Returns the use sites in the content of these media types.
fn content_uses(contents: &[Content]) -> impl Iterator<Item = &Use> {
    contents.iter().flat_map(|content| {
        let schemas = content.value.iter().chain(&content.item);
        schemas.chain(&content.data)
    })
}

/// Returns the use sites in the requests of an operation.
pub(super) fn request_uses(operation: &Operation) -> impl Iterator<Item = &Use> {
    let bodies = operation.body.iter().flat_map(|body| content_uses(&body.contents));
    bodies.chain(operation.parameters.iter().map(|parameter| &parameter.value))
}

/// Returns the uses in the responses of an operation.
pub(super) fn response_uses(operation: &Operation) -> impl Iterator<Item = &Use> {
    operation.responses.iter().flat_map(|response| {
        let headers = response.headers.iter().map(|header| &header.value);
        content_uses(&response.contents).chain(headers)
    })
}

/// Returns the schemas that responses, and requests that the API sends, refer to.
fn response_roots(api: &Api) -> Vec<SchemaId> {
    let responses = api.operations.iter().flat_map(response_uses);
    let incoming = api
        .incoming
        .iter()
        .filter_map(|incoming| incoming.body.as_ref())
        .flat_map(|body| content_uses(&body.contents));
    let long_running = api
        .operations
        .iter()
        .filter_map(|one| one.long_running.as_ref())
        .flat_map(|one| [one.metadata, one.response])
        .flatten();
    let uses = responses.chain(incoming).map(|used| used.schema);
    uses.chain(long_running).collect()
}

/// Returns the schemas reachable from `roots` through properties of this direction.
pub fn reachable(schemas: &Schemas, roots: Vec<SchemaId>, direction: Access) -> BTreeSet<SchemaId> {
    let mut pending = roots;
    let mut reached = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            let shape = schemas.get(id).map(|schema| &schema.shape);
            let inner = shape
                .into_iter()
                .flat_map(uses)
                .filter(|used| [Access::ReadWrite, direction].contains(&used.access));
            pending.extend(inner.map(|used| used.schema));
        }
    }
    reached
}

/// Returns the use sites that a shape consists of.
pub fn uses(shape: &Shape) -> Vec<&Use> {
    match shape {
        Shape::List(list) => vec![&list.item],
        Shape::Tuple(tuple) => tuple.items.iter().chain(&tuple.additional).collect(),
        Shape::Object(object) => {
            let properties = object.properties.values().map(|property| &property.value);
            let additional = match &object.additional {
                AdditionalProperties::Retained(used) => Some(&**used),
                AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
            };
            properties.chain(additional).chain(&object.key).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.value).collect(),
        Shape::Alias(used) => vec![used],
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_) => Vec::new(),
    }
}
