//! Imports of each generated file, and whether it must allow deprecated items.

use super::model::{
    Arguments, BodyContent, Client, FollowUp, Handler, HandlerBody, HandlerFile, Item, Method,
    OperationFile, PollRequest, Record, ResponseType, Rule, Service, Type, TypeFile,
};
use crate::names::Ident;
use std::collections::BTreeSet;

/// Sets the imports of all files.
pub fn set(types: &mut [TypeFile], client: Option<&mut Client>, service: Option<&mut Service>) {
    let items = types.iter().flat_map(|file| &file.items);
    let deprecated = items.filter(|item| item.is_deprecated()).map(|item| item.name().clone());
    let deprecated: BTreeSet<Ident> = deprecated.collect();
    for file in types {
        let declared: BTreeSet<Ident> = file.items.iter().map(|item| item.name().clone()).collect();
        let named: BTreeSet<Ident> = file.items.iter().flat_map(item_types).cloned().collect();
        file.allow_deprecated = file.items.iter().any(has_deprecated_part)
            || declared.union(&named).any(|name| deprecated.contains(name));
        file.imports = named.difference(&declared).cloned().collect();
    }
    for file in client.into_iter().flat_map(|client| &mut client.files) {
        set_operation_imports(file, &deprecated);
    }
    for file in service.into_iter().flat_map(|service| &mut service.files) {
        set_handler_imports(file, &deprecated);
    }
}

fn set_handler_imports(file: &mut HandlerFile, deprecated: &BTreeSet<Ident>) {
    let types: BTreeSet<Ident> = file.handlers.iter().flat_map(handler_types).cloned().collect();
    let mut records = file.handlers.iter().flat_map(records);
    file.allow_deprecated = types.iter().any(|name| deprecated.contains(name))
        || records.any(|record| record.fields.iter().any(|field| field.attributes.deprecated));
    file.types = types;
}

/// Returns the structs of a handler.
fn records(handler: &Handler) -> impl Iterator<Item = &Record> {
    let replies = handler.reply.variants.iter();
    let headers = replies.filter_map(|variant| variant.headers.as_ref());
    handler.parameters.iter().chain(headers)
}

/// Returns the generated types that a handler names.
fn handler_types(handler: &Handler) -> Vec<&Ident> {
    let replies = handler.reply.variants.iter();
    let replies = replies.filter_map(|variant| variant.content.value_type());
    let body = handler.body.iter().flat_map(body_types);
    let values = replies.map(|value| &value.ty).chain(body).flat_map(Type::named);
    let rules = handler.rules().flat_map(Rule::named);
    values.chain(records(handler).flat_map(record_types)).chain(rules).collect()
}

fn body_types(body: &HandlerBody) -> Vec<&Type> {
    let parts = body.parts.iter().flat_map(|parts| &parts.parts);
    let parts = parts.filter_map(|part| part.value.as_ref());
    let decoders = match &body.content {
        BodyContent::One(decoder) => vec![decoder],
        BodyContent::Several(_, cases) => cases.iter().map(|case| &case.decoder).collect(),
    };
    let values = decoders.into_iter().filter_map(|decoder| decoder.value_type());
    values.chain(parts).map(|value| &value.ty).collect()
}

fn set_operation_imports(file: &mut OperationFile, deprecated: &BTreeSet<Ident>) {
    let types: BTreeSet<Ident> = file.methods.iter().flat_map(method_types).cloned().collect();
    let declared: BTreeSet<&Ident> = file.methods.iter().map(|method| &method.call).collect();
    let polled = file.methods.iter().filter_map(polled_call);
    let calls = polled.filter(|call| !declared.contains(call));
    file.imports.calls = calls.cloned().collect();
    file.imports.allow_deprecated = types.iter().any(|name| deprecated.contains(name));
    file.imports.types = types;
}

/// `true` if a field or variant of the item is deprecated.
fn has_deprecated_part(item: &Item) -> bool {
    match item {
        Item::Record(record) => record.fields.iter().any(|field| field.attributes.deprecated),
        Item::Choice(choice) => choice.variants.iter().any(|variant| variant.attributes.deprecated),
        Item::Union(union) => union.variants.iter().any(|variant| variant.attributes.deprecated),
        Item::Newtype(_) | Item::Alias(_) | Item::Validation(_) => false,
    }
}

/// Returns the generated types that an item names.
pub fn item_types(item: &Item) -> Vec<&Ident> {
    match item {
        Item::Record(record) => record_types(record),
        Item::Union(union) => {
            let variants = union.variants.iter();
            variants.flat_map(|variant| variant.value.ty.named()).collect()
        }
        Item::Newtype(newtype) => newtype.value.ty.named(),
        Item::Alias(alias) => alias.ty.named(),
        Item::Validation(validation) => validation.rules.iter().flat_map(Rule::named).collect(),
        Item::Choice(_) => Vec::new(),
    }
}

fn record_types(record: &Record) -> Vec<&Ident> {
    let fields = record.fields.iter().map(|field| &field.value.ty);
    let additional = record.additional.field().map(|(_, value)| &value.ty);
    let defaults = record.fields.iter().filter_map(|field| field.default.as_ref());
    let defaults = defaults
        .map(|default| &default.value)
        .filter(|value| !value.is_empty() && !value.is_blank());
    fields
        .chain(additional)
        .flat_map(Type::named)
        .chain(defaults.flat_map(|value| value.named()))
        .chain(record.conversion.as_ref().map(|conversion| &conversion.read))
        .collect()
}

/// Returns the generated types that an operation names.
pub fn method_types(method: &Method) -> Vec<&Ident> {
    let (Arguments::List(required) | Arguments::Struct(_, required)) = &method.arguments;
    let choice = method.body_choice.iter().flat_map(|choice| &choice.variants);
    let arguments = required
        .iter()
        .chain(&method.setters)
        .chain(choice.map(|variant| &variant.argument))
        .filter(|argument| argument.target.is_value())
        .map(|argument| &argument.value.ty);
    let items = method.pages.iter().filter_map(|pages| pages.items.as_ref());
    let responses = [&method.output, &method.error].into_iter().flat_map(response_types);
    arguments
        .chain(responses)
        .chain(items.flat_map(|items| [&items.page, &items.item]))
        .flat_map(Type::named)
        .collect()
}

fn response_types(response: &ResponseType) -> Vec<&Type> {
    let contents = match response {
        ResponseType::One(content) => vec![content],
        ResponseType::Undocumented => Vec::new(),
        ResponseType::Several(several) => {
            several.variants.iter().map(|variant| &variant.content).collect()
        }
    };
    let values = contents.into_iter().filter_map(|content| content.value_type());
    values.map(|value| &value.ty).collect()
}

/// Returns the call type that polls a long-running operation, if another operation does.
pub fn polled_call(method: &Method) -> Option<&Ident> {
    match &method.follow_up {
        Some(FollowUp::Poll { request: PollRequest::Operation(call), .. }) => Some(call),
        Some(FollowUp::Poll { .. } | FollowUp::Location) | None => None,
    }
}
