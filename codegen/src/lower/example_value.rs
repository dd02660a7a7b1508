//! JSON of the document without the members that its form does not have: an example of a schema shows those of both
//! directions.

use super::{record, Context, Form};
use crate::api::model::{AdditionalProperties, Json, Object, SchemaId, Shape, Use};

/// The most places of a value that one example is followed through.
const DEEPEST: usize = 64;

/// An example of a schema in this form.
pub fn example(context: &Context<'_>, id: SchemaId, form: Form, json: &Json) -> Json {
    let mut json = json.clone();
    prune(context, id, form, (&mut json, 0));
    json
}

fn prune(context: &Context<'_>, id: SchemaId, form: Form, (json, depth): (&mut Json, usize)) {
    let id = context.same(id);
    let Some(shape) = context.shape(id).filter(|_| depth < DEEPEST) else {
        return;
    };
    let inner =
        |usage: &Use, json: &mut Json| prune(context, usage.schema, form, (json, depth + 1));
    match (shape, json) {
        (Shape::Object(object), Json::Object(members)) => {
            members.retain(|name, _| has(context, id, form, (object, name)));
            for (name, member) in members.iter_mut() {
                let usage = object.properties.get(name).map(|property| &property.value);
                let rest = match &object.additional {
                    AdditionalProperties::Retained(rest) => Some(rest.as_ref()),
                    AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
                };
                if let Some(usage) = usage.or(rest) {
                    inner(usage, member);
                }
            }
        }
        (Shape::List(list), Json::Array(items)) => {
            items.iter_mut().for_each(|item| inner(&list.item, item));
        }
        (Shape::Tuple(tuple), Json::Array(items)) => {
            let uses = tuple.items.iter().chain(tuple.additional.iter().cycle());
            let pairs = uses.zip(items);
            pairs.for_each(|(usage, item)| inner(usage, item));
        }
        // the branch that a value is of is known when it is read
        (Shape::Union(_), _)
        | (Shape::Object(_) | Shape::List(_) | Shape::Tuple(_), _)
        | (
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_)
            | Shape::Alias(_),
            _,
        ) => {}
    }
}

/// True where values in this form have a member of this name, or the object does not list it.
fn has(context: &Context<'_>, id: SchemaId, form: Form, (object, name): (&Object, &str)) -> bool {
    let property = object.properties.get(name);
    property.is_none_or(|property| record::travels(context, id, property, form))
}
