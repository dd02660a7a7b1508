//! Which way values travel: what requests reach, and what looks different in a request.

use super::ir::{Access, Api, Object, Operation, Rest, SchemaId, Schemas, Shape, Use};
use std::collections::{BTreeMap, BTreeSet};

/// Which schemas need a form of their own for requests.
///
/// A schema reached from a request needs one when its requests and replies differ in their members: it or something
/// it holds has `readOnly` or `writeOnly` properties (OpenAPI 3.0, section 4.7.24).
pub fn inputs(api: &Api) -> BTreeSet<SchemaId> {
    let requests = api
        .operations
        .iter()
        .flat_map(request_uses)
        .map(|usage| usage.schema);
    let reached = closure(&api.schemas, requests);
    let users = users(&api.schemas, &reached);
    let mut pending: Vec<_> = reached
        .iter()
        .copied()
        .filter(|id| one_way(&api.schemas, *id))
        .collect();
    let mut differ = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if differ.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    differ
}

/// The schemas that requests reach.
pub fn requested(api: &Api) -> BTreeSet<SchemaId> {
    let requests = api.operations.iter().flat_map(request_uses);
    closure(&api.schemas, requests.map(|usage| usage.schema))
}

/// The schemas that a request of this operation uses directly.
fn request_uses(operation: &Operation) -> impl Iterator<Item = &Use> {
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.value);
    bodies
        .flat_map(|content| {
            content
                .value
                .iter()
                .chain(&content.item)
                .chain(&content.data)
        })
        .chain(parameters)
}

fn closure(schemas: &Schemas, roots: impl Iterator<Item = SchemaId>) -> BTreeSet<SchemaId> {
    let mut pending: Vec<_> = roots.collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            pending.extend(
                schemas
                    .get(id)
                    .into_iter()
                    .flat_map(|schema| uses(&schema.shape))
                    .map(|usage| usage.schema),
            );
        }
    }
    reached
}

/// Who uses each of these schemas.
fn users(schemas: &Schemas, among: &BTreeSet<SchemaId>) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut users = BTreeMap::<_, Vec<_>>::new();
    for user in among {
        for usage in schemas
            .get(*user)
            .into_iter()
            .flat_map(|schema| uses(&schema.shape))
        {
            users.entry(usage.schema).or_default().push(*user);
        }
    }
    users
}

fn one_way(schemas: &Schemas, id: SchemaId) -> bool {
    let Some(Shape::Object(object)) = schemas.get(id).map(|schema| &schema.shape) else {
        return false;
    };
    object
        .properties
        .values()
        .any(|property| property.value.access != Access::Both)
}

/// Everything that a shape points at directly.
pub fn uses(shape: &Shape) -> Vec<&Use> {
    match shape {
        Shape::List(list) => vec![&list.item],
        Shape::Tuple(tuple) => tuple.items.iter().chain(&tuple.rest).collect(),
        Shape::Object(object) => object_uses(object),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.value)
            .collect(),
        Shape::Same(usage) => vec![usage],
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
    match &object.rest {
        Rest::Kept(rest) => uses.push(rest),
        Rest::Unsaid | Rest::Closed => {}
    }
    uses.extend(&object.key);
    uses
}
