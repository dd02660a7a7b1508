//! The ways of values: the schemas that requests reach, those that replies reach, and those that look different in the two.

use super::model::{
    Access, AdditionalProperties, Api, Content, MissingValue, Object, Operation, Property,
    SchemaId, Schemas, Shape, Use,
};
use std::collections::{BTreeMap, BTreeSet};

/// The ways in which the values of a schema travel, and so the forms of its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// No operation reaches it. It has one form, of all members.
    #[default]
    Neither,
    /// Only requests reach it. It has one form, without the `readOnly` members.
    RequestOnly,
    /// Only replies reach it, or what the API sends of itself. It has one form, without the `writeOnly` members.
    ReplyOnly,
    /// Requests and replies reach it and have the same members: one form.
    BothSame,
    /// Requests and replies reach it, and it or something it holds has `readOnly` or `writeOnly` members, or members that
    /// only replies may lack: a form each.
    BothDiffer,
}

impl Reach {
    /// True where values have a member of this access when they are sent (`requests`) or read.
    pub fn has(self, access: Access, requests: bool) -> bool {
        match (self, access) {
            (_, Access::ReadWrite) | (Self::Neither | Self::BothSame, _) => true,
            (Self::RequestOnly, Access::ReadOnly) | (Self::ReplyOnly, Access::WriteOnly) => false,
            (Self::RequestOnly, Access::WriteOnly) | (Self::ReplyOnly, Access::ReadOnly) => true,
            (Self::BothDiffer, Access::ReadOnly) => !requests,
            (Self::BothDiffer, Access::WriteOnly) => requests,
        }
    }
}

/// Decides it for every schema (OpenAPI 3.0, section 4.7.24).
pub fn reach(api: &Api) -> BTreeMap<SchemaId, Reach> {
    let requests = api.operations.iter().flat_map(request_uses);
    let requests = requests.map(|usage| usage.schema);
    let sent = held(&api.schemas, requests.collect(), Access::WriteOnly);
    let read = held(&api.schemas, reply_roots(api), Access::ReadOnly);
    let both: BTreeSet<SchemaId> = sent.intersection(&read).copied().collect();
    let differ = differing(&api.schemas, &both);
    let ids = api.schemas.iter().map(|(id, _)| id);
    ids.map(|id| {
        let reach = match (sent.contains(&id), read.contains(&id)) {
            (false, false) => Reach::Neither,
            (true, false) => Reach::RequestOnly,
            (false, true) => Reach::ReplyOnly,
            (true, true) if differ.contains(&id) => Reach::BothDiffer,
            (true, true) => Reach::BothSame,
        };
        (id, reach)
    })
    .collect()
}

/// Those of these schemas that have members that differ by direction, or hold one that has.
fn differing(schemas: &Schemas, both: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let users = users(schemas, both);
    let has_own_forms = |id: &SchemaId| has_own_forms(schemas, *id);
    let mut pending: Vec<_> = both.iter().copied().filter(has_own_forms).collect();
    let mut differ = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if differ.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    differ
}

/// The places in what is sent in these media types.
fn content_uses(contents: &[Content]) -> impl Iterator<Item = &Use> {
    contents.iter().flat_map(|content| {
        let whole = content.value.iter().chain(&content.item);
        whole.chain(&content.data)
    })
}

/// The places that a request of this operation uses directly.
fn request_uses(operation: &Operation) -> impl Iterator<Item = &Use> {
    let bodies = operation.body.iter();
    let bodies = bodies.flat_map(|body| content_uses(&body.contents));
    let parameters = operation.parameters.iter();
    bodies.chain(parameters.map(|parameter| &parameter.value))
}

/// The schemas that replies hold directly, and what the API sends of itself.
fn reply_roots(api: &Api) -> Vec<SchemaId> {
    let replies = api.operations.iter().flat_map(|operation| {
        operation.responses.iter().flat_map(|reply| {
            let headers = reply.headers.iter().map(|header| &header.value);
            content_uses(&reply.contents).chain(headers)
        })
    });
    let incoming = api.incoming.iter().filter_map(|sent| sent.body.as_ref());
    let incoming = incoming.flat_map(|body| content_uses(&body.contents));
    let uses = replies.chain(incoming).map(|usage| usage.schema);
    let running = api.operations.iter().filter_map(|operation| {
        let running = operation.long_running.as_ref()?;
        Some([running.metadata, running.response])
    });
    uses.chain(running.flatten().flatten()).collect()
}

/// These schemas and all that they hold, however deep, through members of this direction.
pub fn held(schemas: &Schemas, roots: Vec<SchemaId>, direction: Access) -> BTreeSet<SchemaId> {
    let mut pending = roots;
    let mut reached = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            let shape = schemas.get(id).map(|schema| &schema.shape);
            let held = shape.into_iter().flat_map(uses);
            let held = held.filter(|usage| [Access::ReadWrite, direction].contains(&usage.access));
            pending.extend(held.map(|usage| usage.schema));
        }
    }
    reached
}

/// The users of each of these schemas.
fn users(schemas: &Schemas, among: &BTreeSet<SchemaId>) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut users = BTreeMap::<_, Vec<_>>::new();
    for user in among {
        let shape = schemas.get(*user).map(|schema| &schema.shape);
        for usage in shape.into_iter().flat_map(uses) {
            users.entry(usage.schema).or_default().push(*user);
        }
    }
    users
}

/// True where the members of an object differ between requests and replies. A list that replies may lack is the same type
/// in both.
fn has_own_forms(schemas: &Schemas, id: SchemaId) -> bool {
    let Some(Shape::Object(object)) = schemas.get(id).map(|schema| &schema.shape) else {
        return false;
    };
    let differs = |property: &Property| {
        property.value.access != Access::ReadWrite || property.if_missing == MissingValue::Unset
    };
    object.properties.values().any(differs)
}

/// Everything that a shape points at directly.
pub fn uses(shape: &Shape) -> Vec<&Use> {
    match shape {
        Shape::List(list) => vec![&list.item],
        Shape::Tuple(tuple) => tuple.items.iter().chain(&tuple.additional).collect(),
        Shape::Object(object) => object_uses(object),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.value)
            .collect(),
        Shape::Alias(usage) => vec![usage],
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

fn object_uses(object: &Object) -> Vec<&Use> {
    let mut uses: Vec<_> = object
        .properties
        .values()
        .map(|property| &property.value)
        .collect();
    match &object.additional {
        AdditionalProperties::Retained(rest) => uses.push(rest),
        AdditionalProperties::Ignored | AdditionalProperties::Forbidden => {}
    }
    uses.extend(&object.key);
    uses
}
