//! Imports of each generated file, and whether it must allow deprecated items.

use super::model::{
    Arguments, Client, FollowUp, Item, Method, OperationFile, PollRequest, ResponseType, Rule,
    Type, TypeFile,
};
use crate::names::Ident;
use std::collections::BTreeSet;

/// Sets the imports of all files.
pub fn set(types: &mut [TypeFile], client: Option<&mut Client>) {
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
        Item::Record(record) => {
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
