//! Signatures of generated items as text, for people and for the comparison of two clients. They omit the path of the runtime.

use super::argument::{self, Place};
use super::code::inline;
use super::{client, record, responses};
use crate::api::model::SchemeKind;
use crate::lower::model::{
    Argument, Arguments, Construction, Field, Method, Record, ResponseType, ResponseVariant, Type,
};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

fn text(tokens: &TokenStream) -> String {
    inline(tokens).replace("rt::", "")
}

/// Returns a type.
pub fn ty(ty: &Type) -> String {
    text(&quote!(#ty))
}

/// Returns the type of a field, including its presence.
pub fn field(field: &Field) -> String {
    text(&record::field_type(field))
}

/// Returns the field of additional members, and its type.
pub fn additional(record: &Record) -> Option<(&Ident, String)> {
    let (ident, value) = record.additional.field()?;
    Some((ident, format!("Map<{}>", ty(&value.ty))))
}

/// Returns the arguments of `new`.
pub fn constructor(record: &Record, construction: &Construction) -> String {
    let arguments = record::arguments(record, construction);
    arguments.join(", ").replace("rt::", "")
}

/// Returns the setters of a struct: name, member on the wire and argument.
pub fn setters(record: &Record, construction: &Construction) -> Vec<(String, String, String)> {
    let fields = record.fields.iter();
    let optional = fields.filter(|field| !field.presence.is_required());
    let optional = optional.map(|field| (field.name.wire.clone(), ty(&field.value.ty)));
    let additional = additional(record).map(|(_, ty)| ("additionalProperties".to_owned(), ty));
    let setters = construction.setters.iter().zip(optional.chain(additional));
    setters.map(|(setter, (wire, ty))| (setter.text().to_owned(), wire, ty)).collect()
}

/// Returns the arguments of the method that starts a call.
pub fn arguments(method: &Method) -> String {
    match &method.arguments {
        Arguments::List(arguments) => {
            let arguments = arguments.iter();
            let arguments: Vec<_> = arguments
                .map(|argument| {
                    format!("{}: {}", argument.name.ident.text(), self::argument(argument))
                })
                .collect();
            arguments.join(", ")
        }
        Arguments::Struct(name, _) => format!("arguments: {}", name.text()),
    }
}

/// Returns the type of an argument.
pub fn argument(argument: &Argument) -> String {
    text(&argument::argument_type(argument, Place::Argument))
}

/// Returns the type that decodes a response.
pub fn decoder(response: &ResponseType) -> String {
    text(&responses::decoder(response))
}

/// Returns the contents of a variant of a response enum.
pub fn response_variant(variant: &ResponseVariant) -> String {
    let ty = responses::variant_type(variant);
    ty.map_or_else(String::new, |ty| format!("({})", text(&ty)))
}

/// Returns the arguments of a credential's constructor.
pub fn credential(kind: &SchemeKind) -> String {
    text(&client::credential_arguments(kind))
}
