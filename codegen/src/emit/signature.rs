//! Signatures of generated items as text, for the comparison of two clients. They leave out the path of the runtime.

use super::argument::{self, Place};
use super::code::inline;
use super::{record, responses};
use crate::lower::model::{
    Argument, Arguments, Construction, Content, Field, Method, Record, ResponseType, Rest, Type,
};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

fn text(tokens: &TokenStream) -> String {
    inline(tokens).replace("rt::", "")
}

/// A type.
pub fn ty(ty: &Type) -> String {
    text(&quote!(#ty))
}

/// The type of a field, including whether it is optional.
pub fn field(field: &Field) -> String {
    text(&record::field_type(field))
}

/// The field of additional members, and its type.
pub fn additional(record: &Record) -> Option<(&Ident, String)> {
    match &record.rest {
        Rest::Kept(ident, value) => Some((ident, format!("Map<{}>", ty(&value.ty)))),
        Rest::Skipped | Rest::Refused => None,
    }
}

/// The arguments of `new`.
pub fn constructor(record: &Record, construction: &Construction) -> String {
    record::arguments(record, construction)
        .join(", ")
        .replace("rt::", "")
}

/// The setters of a struct: name, member on the wire and argument.
pub fn setters(record: &Record, construction: &Construction) -> Vec<(String, String, String)> {
    let optional = record
        .fields
        .iter()
        .filter(|field| !field.presence.is_given());
    let fields = optional.map(|field| (field.name.wire.clone(), ty(&field.value.ty)));
    let additional = additional(record).map(|(_, ty)| ("additionalProperties".to_owned(), ty));
    let setters = construction
        .setters
        .iter()
        .map(|setter| setter.text().to_owned());
    let pairs = setters.zip(fields.chain(additional));
    pairs
        .map(|(setter, (wire, ty))| (setter, wire, ty))
        .collect()
}

/// The arguments of the method that begins a call.
pub fn arguments(method: &Method) -> String {
    match &method.arguments {
        Arguments::List(list) => {
            let list = list.iter().map(|argument| {
                let name = argument.name.ident.text();
                format!("{name}: {}", self::argument(argument, method))
            });
            list.collect::<Vec<_>>().join(", ")
        }
        Arguments::Struct(name, _) => format!("arguments: {}", name.text()),
    }
}

/// The type of an argument.
pub fn argument(argument: &Argument, method: &Method) -> String {
    text(&argument::argument_type(argument, method, Place::Argument))
}

/// The type that a response decodes to.
pub fn decoder(response: &ResponseType) -> String {
    text(&responses::decoder(response))
}

/// The contents of a variant of a response enum.
pub fn content(content: &Content) -> String {
    responses::held(content).map_or_else(String::new, |tokens| format!("({})", text(&tokens)))
}
