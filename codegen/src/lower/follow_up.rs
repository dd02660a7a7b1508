//! How operations go on: to the next page, and to their end.

use super::model::{
    Field, FollowUp, PageItems, Pages, PollRequest, ServerData, Step, Type, ValueType,
};
use super::{record, Context, Form};
use crate::api::model::{Follow, Operation, Pagination, PollTarget, Polling, SchemaId, Shape};

/// The pages of an operation; the items only where the reply is of one type.
pub fn pages(
    context: &Context<'_>,
    operation: &Operation,
    response: Option<&ValueType>,
) -> Option<Pages> {
    let paging = operation.pagination.clone()?;
    let items = response.and_then(|response| items(context, operation, &paging, response));
    Some(Pages { paging, items })
}

fn items(
    context: &Context<'_>,
    operation: &Operation,
    paging: &Pagination,
    response: &ValueType,
) -> Option<PageItems> {
    let mut page = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    let mut schema = page.find_map(|content| content.value.as_ref())?.schema;
    let mut steps = Vec::new();
    let mut value = response.clone();
    for name in paging.items.as_ref()? {
        let field = field(context, schema, name)?;
        schema = property(context, schema, name)?;
        value = field.value.clone();
        steps.push(Step {
            field: field.name.ident,
            presence: field.presence,
        });
    }
    let boxed = matches!(value.ty, Type::Boxed(_));
    let item = item(context, schema).filter(|_| !boxed)?;
    Some(PageItems {
        page: response.ty.clone(),
        steps,
        item,
    })
}

/// The type of a list's items, where the list is one in Rust too.
fn item(context: &Context<'_>, schema: SchemaId) -> Option<Type> {
    let Shape::List(list) = context.shape(schema)? else {
        return None;
    };
    let item = context.nullable_value(&list.item, Form::Read);
    (!context.boxes.is_endless(schema)).then_some(item.ty)
}

fn field(context: &Context<'_>, schema: SchemaId, name: &str) -> Option<Field> {
    let id = context.same(schema);
    let Shape::Object(object) = context.shape(id)? else {
        return None;
    };
    let fields = record::fields(context, id, object, Form::Read);
    fields.into_iter().find(|field| field.name.wire == name)
}

fn property(context: &Context<'_>, schema: SchemaId, name: &str) -> Option<SchemaId> {
    let Shape::Object(object) = context.shape(schema)? else {
        return None;
    };
    Some(object.properties.get(name)?.value.schema)
}

/// How an operation is followed to its end.
pub fn follow(context: &Context<'_>, operation: &Operation) -> Option<FollowUp> {
    match operation.long_running.as_ref()?.follow.as_ref()? {
        Follow::Location => Some(FollowUp::Location),
        Follow::Poll(polling) => Some(FollowUp::Poll {
            get: get(context, polling)?,
            polling: Box::new(polling.clone()),
        }),
    }
}

fn get(context: &Context<'_>, polling: &Polling) -> Option<PollRequest> {
    Some(match &polling.target {
        PollTarget::Operation(index) => {
            let names = context.names.operations.get(*index)?;
            PollRequest::Operation(names.call.clone())
        }
        PollTarget::External(origin, path) => PollRequest::Elsewhere(ServerData {
            origin: origin.clone(),
            path: path.clone(),
        }),
    })
}
