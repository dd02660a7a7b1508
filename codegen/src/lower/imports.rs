//! The names that each generated file imports, and whether it has to allow deprecated ones.

use super::model::{
    Argument, Arguments, Client, Content, FollowUp, Item, Method, OperationFile, PollRequest,
    ResponseType, Rest, Rule, Type, TypeFile,
};
use crate::names::Ident;
use std::collections::BTreeSet;

/// Sets the imports of all files.
pub fn decide(types: &mut [TypeFile], client: Option<&mut Client>) {
    let items = types.iter().flat_map(|file| &file.items);
    let deprecated: BTreeSet<Ident> = items
        .filter(|item| item.is_deprecated())
        .map(|item| item.name().clone())
        .collect();
    for file in types {
        let declared: BTreeSet<Ident> = file.items.iter().map(|item| item.name().clone()).collect();
        let names: BTreeSet<Ident> = file.items.iter().flat_map(item_types).cloned().collect();
        let is_deprecated = file.items.iter().any(has_deprecated_part);
        let names_deprecated = declared.union(&names).any(|name| deprecated.contains(name));
        file.allow_deprecated = is_deprecated || names_deprecated;
        file.imports = names.difference(&declared).cloned().collect();
    }
    for file in client.into_iter().flat_map(|client| &mut client.files) {
        operation_file(file, &deprecated);
    }
}

fn operation_file(file: &mut OperationFile, deprecated: &BTreeSet<Ident>) {
    let types: BTreeSet<Ident> = file
        .methods
        .iter()
        .flat_map(method_types)
        .cloned()
        .collect();
    let declared: BTreeSet<&Ident> = file.methods.iter().map(|method| &method.call).collect();
    let polled = file.methods.iter().filter_map(polled_call);
    let calls = polled.filter(|call| !declared.contains(call));
    file.imports.calls = calls.cloned().collect();
    file.imports.allow_deprecated = types.iter().any(|name| deprecated.contains(name));
    file.imports.types = types;
}

/// True if a field or variant of the item is deprecated.
fn has_deprecated_part(item: &Item) -> bool {
    match item {
        Item::Record(record) => record
            .fields
            .iter()
            .any(|field| field.attributes.deprecated),
        Item::Choice(choice) => choice
            .variants
            .iter()
            .any(|variant| variant.attributes.deprecated),
        Item::Union(union) => union
            .variants
            .iter()
            .any(|variant| variant.attributes.deprecated),
        Item::Newtype(_) | Item::Alias(_) | Item::Validation(_) => false,
    }
}

/// The generated types that an item names.
fn item_types(item: &Item) -> Vec<&Ident> {
    match item {
        Item::Record(record) => {
            let additional = match &record.rest {
                Rest::Kept(_, value) => Some(&value.ty),
                Rest::Skipped | Rest::Refused => None,
            };
            let fields = record.fields.iter();
            let types = fields
                .clone()
                .map(|field| &field.value.ty)
                .chain(additional);
            let defaults = fields.filter_map(|field| field.default.as_ref());
            let defaults = defaults
                .map(|default| &default.value)
                .filter(|value| !value.is_empty() && !value.is_blank())
                .flat_map(|value| value.named());
            let read = record.from.as_ref().map(|from| &from.read);
            types
                .flat_map(Type::named)
                .chain(defaults)
                .chain(read)
                .collect()
        }
        Item::Union(union) => {
            let variants = union.variants.iter();
            variants
                .flat_map(|variant| variant.value.ty.named())
                .collect()
        }
        Item::Newtype(newtype) => newtype.value.ty.named(),
        Item::Alias(alias) => alias.ty.named(),
        Item::Validation(checks) => checks.rules.iter().flat_map(Rule::named).collect(),
        Item::Choice(_) => Vec::new(),
    }
}

/// The generated types that an operation names.
fn method_types(method: &Method) -> Vec<&Ident> {
    let required = match &method.arguments {
        Arguments::List(arguments) | Arguments::Struct(_, arguments) => arguments,
    };
    let choice = method.choice.iter().flat_map(|choice| &choice.variants);
    let arguments = required
        .iter()
        .chain(&method.setters)
        .chain(choice.map(|variant| &variant.argument))
        .filter(|argument| argument.target.is_value())
        .flat_map(|argument: &Argument| argument.value.ty.named());
    let items = method.paged.iter().filter_map(|paged| paged.items.as_ref());
    let pages = items.flat_map(|items| [items.page.named(), items.item.named()].concat());
    arguments
        .chain(answer_types(&method.output))
        .chain(answer_types(&method.error))
        .chain(pages)
        .collect()
}

fn answer_types(answer: &ResponseType) -> Vec<&Ident> {
    match answer {
        ResponseType::One(content) => content_types(content),
        ResponseType::Undocumented => Vec::new(),
        ResponseType::Several(several) => {
            let variants = several.variants.iter();
            variants
                .flat_map(|variant| content_types(&variant.content))
                .collect()
        }
    }
}

fn content_types(content: &Content) -> Vec<&Ident> {
    match content {
        Content::Json(value)
        | Content::Form(value)
        | Content::Events(value)
        | Content::NamedEvents(value)
        | Content::Lines(value) => value.ty.named(),
        Content::Empty | Content::Text | Content::Bytes | Content::Stream | Content::TextEvents => {
            Vec::new()
        }
    }
}

/// The type of the calls by which a long-running operation is polled, where that is another operation.
fn polled_call(method: &Method) -> Option<&Ident> {
    match &method.follow {
        Some(FollowUp::Poll {
            get: PollRequest::Operation(call),
            ..
        }) => Some(call),
        Some(FollowUp::Poll { .. } | FollowUp::Location) | None => None,
    }
}
