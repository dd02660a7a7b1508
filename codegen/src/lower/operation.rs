//! Operations become methods that return calls.

use super::model::{
    Argument, Arguments, Attributes, Content, ContentData, Field, FollowUp, Method, Name,
    OperationData, PageItems, Pages, ParameterData, PollRequest, ResponseData, ResponseType, Step,
    Target, Type, ValueType,
};
use super::{body, examples, record, responses, Context, Direction};
use crate::api::model::{
    self, Follow, Location, Object, Operation, Pagination, Parameter, PollTarget, SchemaId, Shape,
    Use,
};
use crate::names::{nodes, Ident, OperationNames, MAX_ARGUMENTS};
use crate::rustdoc;

/// Names of headers whose value identifies a repeated request.
const IDEMPOTENCY_KEYS: [&str; 2] = ["idempotency-key", "x-idempotency-key"];

/// Returns the method of an operation.
pub fn lower(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Method {
    let (mut required, mut setters) = (Vec::new(), Vec::new());
    for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
        let list = if parameter.required { &mut required } else { &mut setters };
        list.push(argument(context, parameter, ident));
    }
    required.sort_by_key(|argument| argument.target != Target::Path);
    let body = operation.body.as_ref();
    let body = body.map(|body| body::lower(context, body, names)).unwrap_or_default();
    required.extend(body.required);
    setters.extend(body.optional);
    for (position, argument) in required.iter_mut().enumerate() {
        argument.position = position;
    }
    context.names.sort_arguments(&nodes::operation(operation), &mut required, Argument::node);
    let output = responses::output(context, operation, &names.responses);
    Method {
        name: names.method.clone(),
        call: names.call.clone(),
        marker: names.marker.clone(),
        attributes: attributes(operation, names, !setters.is_empty()),
        summary: rustdoc::first_paragraph(&rustdoc::summary(&operation.docs)),
        example: None,
        data: data(context, operation),
        arguments: match required.len() > MAX_ARGUMENTS {
            true => Arguments::Struct(names.arguments.clone(), required),
            false => Arguments::List(required),
        },
        setters,
        body_choice: body.choice,
        pages: pages(context, operation, &output),
        follow_up: follow_up(context, operation),
        output,
        error: responses::error(context, operation, &names.responses),
        error_statuses: responses::error_statuses(operation),
        error_example: examples::error(context, operation),
    }
}

fn attributes(operation: &Operation, names: &OperationNames, has_setters: bool) -> Attributes {
    let mut attributes = Attributes::from(&operation.docs);
    if has_setters {
        attributes.paragraph([format!("[`{}`] has the optional parameters.", names.call.text())]);
    }
    attributes.paragraph([format!("`{} {}`", operation.method, operation.path)]);
    let version = operation.version.as_ref();
    attributes
        .paragraph(version.map(|version| format!("In version `{version}` of its media types.")));
    attributes
}

fn argument(context: &Context<'_>, parameter: &Parameter, ident: &Ident) -> Argument {
    Argument {
        name: Name { wire: parameter.name.clone(), ident: ident.clone() },
        attributes: context.use_attributes(&parameter.value, parameter.required),
        value: match parameter.distinguishes_null() {
            true => argument_type(context, &parameter.value, Direction::Request),
            false => non_null_argument_type(context, &parameter.value, Direction::Request),
        },
        target: match parameter.location {
            Location::Path => Target::Path,
            Location::Query => Target::Query,
            Location::QueryString => Target::QueryString,
            Location::Header => Target::Header,
            Location::Cookie => Target::Cookie,
        },
        position: 0,
    }
}

/// Returns the type of an argument, null included.
pub fn argument_type(context: &Context<'_>, usage: &Use, direction: Direction) -> ValueType {
    let value = non_null_argument_type(context, usage, direction);
    value.nullable_if(context.is_nullable(usage))
}

/// Returns the type of an argument without alias, so that it is borrowed in the customary way: `&str` for an alias of
/// `String`.
pub fn non_null_argument_type(
    context: &Context<'_>,
    usage: &Use,
    direction: Direction,
) -> ValueType {
    let value = context.structure(usage.schema, direction);
    let reference = context.reference(usage.schema, direction);
    let is_named = |value: &ValueType| matches!(value.ty, Type::Named(_));
    let is_alias = is_named(&reference) && !is_named(&value);
    if is_alias {
        value
    } else {
        reference
    }
}

fn data(context: &Context<'_>, operation: &Operation) -> OperationData {
    let bodies = operation.body.iter();
    let bodies = bodies.flat_map(|body| body.contents.iter().chain(&body.alternatives));
    let parameters = operation.parameters.iter().map(|parameter| ParameterData {
        name: parameter.name.clone(),
        location: parameter.location,
        required: parameter.required,
        encoding: parameter.encoding.clone(),
    });
    let responses = operation.responses.iter().map(|response| ResponseData {
        status: response.status,
        contents: responses::contents(context, response).map(content_data).collect(),
    });
    let mut headers =
        operation.parameters.iter().filter(|parameter| parameter.location == Location::Header);
    let idempotency_key = headers
        .find(|header| IDEMPOTENCY_KEYS.contains(&header.name.to_ascii_lowercase().as_str()));
    OperationData {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        servers: operation.servers.clone(),
        parameters: parameters.collect(),
        bodies: bodies.map(content_data).collect(),
        responses: responses.collect(),
        security: operation.security.clone(),
        idempotency_key: idempotency_key.map(|header| header.name.clone()),
    }
}

fn content_data(content: &model::Content) -> ContentData {
    ContentData {
        media_type: content.media_type.clone(),
        codec: content.codec,
        parts: content.parts.clone(),
        ordered: content.ordered.clone(),
        xml: content.xml,
    }
}

/// Returns the pagination of an operation; its items only if there is one response type.
fn pages(context: &Context<'_>, operation: &Operation, output: &ResponseType) -> Option<Pages> {
    let paging = operation.pagination.clone()?;
    let items = match output {
        ResponseType::One(Content::Json(page)) => page_items(context, operation, &paging, page),
        ResponseType::One(_) | ResponseType::Undocumented | ResponseType::Several(_) => None,
    };
    Some(Pages { paging, items })
}

fn page_items(
    context: &Context<'_>,
    operation: &Operation,
    paging: &Pagination,
    page: &ValueType,
) -> Option<PageItems> {
    let responses = operation.responses.iter();
    let successes = responses.filter(|response| operation.is_success(response.status));
    let mut contents = successes.flat_map(|response| &response.contents);
    let mut schema = contents.find_map(|content| content.value.as_ref())?.schema;
    let mut ty = page.ty.clone();
    let mut steps = Vec::new();
    for name in paging.items.as_ref()? {
        let id = context.resolve(schema);
        let Shape::Object(object) = context.shape(id)? else {
            return None;
        };
        let field = response_field(context, id, object, name)?;
        schema = object.properties.get(name)?.value.schema;
        ty = field.value.ty;
        steps.push(Step { field: field.name.ident, presence: field.presence });
    }
    let item = item(context, schema).filter(|_| !matches!(ty, Type::Boxed(_)))?;
    Some(PageItems { page: page.ty.clone(), steps, item })
}

fn response_field(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    name: &str,
) -> Option<Field> {
    let fields = record::fields(context, id, object, Direction::Response);
    fields.into_iter().find(|field| field.name.wire == name)
}

/// Returns the type of a list's items, unless the list is a newtype.
fn item(context: &Context<'_>, schema: SchemaId) -> Option<Type> {
    let Shape::List(list) = context.shape(schema)? else {
        return None;
    };
    let item = context.nullable_value(&list.item, Direction::Response);
    (!context.boxes.is_endless(schema)).then_some(item.ty)
}

/// Returns how to wait for the end of an operation.
fn follow_up(context: &Context<'_>, operation: &Operation) -> Option<FollowUp> {
    let polling = match operation.long_running.as_ref()?.follow.as_ref()? {
        Follow::Location => return Some(FollowUp::Location),
        Follow::Poll(polling) => polling,
    };
    let request = match &polling.target {
        PollTarget::Operation(index) => {
            let names = context.names.operations.get(*index)?;
            PollRequest::Operation(names.call.clone())
        }
        PollTarget::External(origin, path) => {
            PollRequest::External { origin: origin.clone(), path: path.clone() }
        }
    };
    Some(FollowUp::Poll { request, polling: Box::new(polling.clone()) })
}
