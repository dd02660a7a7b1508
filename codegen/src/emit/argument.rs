//! What a call is given: the types of arguments, and how they are handed over.

use super::types::{self, borrowed};
use crate::lower::model::{Argument, Codec, Method, Target, Type, ValueType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Where an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As an argument of a method, converted where that is customary.
    Argument,
    /// As a field of a struct, as it is needed.
    Field,
}

/// Whether one of these arguments is borrowed.
pub fn any_borrowed(given: &[Argument], method: &Method) -> bool {
    given.iter().any(|argument| {
        let chooses = matches!(argument.target, Target::Choice(_)) && choice_borrows(method);
        chooses || (argument.target.is_value() && !argument.value.ty.is_copy())
    })
}

/// Whether the enum of bodies borrows one.
pub fn choice_borrows(method: &Method) -> bool {
    let variants = method.choice.iter().flat_map(|choice| &choice.variants);
    variants.into_iter().any(|variant| {
        let argument = &variant.argument;
        argument.target.is_value() && !argument.value.ty.is_copy()
    })
}

/// The lifetime of a body among these arguments, which an `impl` cannot leave unsaid.
pub fn lifetime<'m>(
    given: impl IntoIterator<Item = &'m Argument>,
    method: &Method,
) -> Option<TokenStream> {
    let mut given = given.into_iter();
    let chooses = given.any(|argument| matches!(argument.target, Target::Choice(_)));
    (chooses && choice_borrows(method)).then(|| quote!(<'a>))
}

/// An argument in the customary way: copied, or borrowed.
pub fn parameter(argument: &Argument, method: &Method) -> TokenStream {
    let name = &argument.name.ident;
    let ty = argument_type(argument, method, Place::Argument);
    quote!(#name: #ty)
}

/// The type of an argument at this place.
pub fn argument_type(argument: &Argument, method: &Method, place: Place) -> TokenStream {
    let ty = &argument.value.ty;
    match (&argument.target, place) {
        (Target::Bytes(_), Place::Argument) => quote!(impl Into<rt::Body>),
        (Target::Bytes(_), Place::Field) => quote!(rt::Body),
        (Target::Multipart(_), _) => quote!(rt::Multipart),
        (Target::File, Place::Argument) => quote!(impl Into<rt::FilePart>),
        (Target::File, Place::Field) => quote!(rt::FilePart),
        (Target::Files, Place::Argument) => quote!(impl IntoIterator<Item = rt::FilePart>),
        (Target::Files, Place::Field) => quote!(Vec<rt::FilePart>),
        (Target::Choice(name), Place::Argument) => {
            let lifetime = choice_borrows(method).then(|| quote!(<'a>));
            quote!(impl Into<#name #lifetime>)
        }
        (Target::Choice(name), Place::Field) => {
            let lifetime = choice_borrows(method).then(|| quote!(<'a>));
            quote!(#name #lifetime)
        }
        (
            Target::Path
            | Target::Query
            | Target::QueryString
            | Target::Header
            | Target::Cookie
            | Target::Body(_)
            | Target::Part,
            place,
        ) => value_type(ty, place),
    }
}

/// A value: copied where that is cheap, else borrowed.
pub fn value_type(ty: &Type, place: Place) -> TokenStream {
    if ty.is_copy() {
        return quote!(#ty);
    }
    if let Type::Option(inner) = ty {
        let inner = value_type(inner, place);
        return quote!(Option<#inner>);
    }
    let target = borrowed(ty);
    match place {
        Place::Argument => quote!(&#target),
        Place::Field => quote!(&'a #target),
    }
}

/// Whether an argument is already the reference that a call takes; a `str` or slice has to be referred to once more.
fn is_sized_reference(ty: &Type) -> bool {
    !ty.is_copy() && !matches!(ty, Type::Text | Type::List(_) | Type::Option(_))
}

/// A value as a call takes it.
pub fn value(argument: &Argument) -> TokenStream {
    let ident = &argument.name.ident;
    let value = &argument.value;
    if let (false, Type::Option(inner), Codec::Null(codec)) =
        (value.ty.is_copy(), &value.ty, &value.codec)
    {
        let inner = ValueType {
            ty: (**inner).clone(),
            codec: (**codec).clone(),
        };
        let coded = by_codec(&inner, &quote!(value));
        return quote!(&#ident.map(|value| #coded));
    }
    if value.codec != Codec::Own {
        let reference = if value.ty.is_copy() {
            quote!(&#ident)
        } else {
            quote!(#ident)
        };
        let coded = by_codec(value, &reference);
        return quote!(&#coded);
    }
    if is_sized_reference(&value.ty) {
        quote!(#ident)
    } else {
        quote!(&#ident)
    }
}

/// A reference with the codec of its value.
fn by_codec(value: &ValueType, reference: &TokenStream) -> TokenStream {
    match (types::coded_item(value), types::coded(value)) {
        (Some(item), _) => quote!(rt::coded_items::<#item>(#reference)),
        (None, Some(codec)) => quote!(rt::coded::<#codec>(#reference)),
        (None, None) => quote!(#reference),
    }
}

/// Whether a call takes an argument as one of its required values; else it has a method for it.
pub fn is_required_value(argument: &Argument) -> bool {
    match argument.target {
        Target::Path
        | Target::Query
        | Target::QueryString
        | Target::Header
        | Target::Cookie
        | Target::Body(_) => true,
        Target::Bytes(_)
        | Target::Multipart(_)
        | Target::Choice(_)
        | Target::Part
        | Target::File
        | Target::Files => false,
    }
}

/// The method of a call by which it is given an argument, and what the method takes.
pub fn set(argument: &Argument, place: Place) -> (TokenStream, TokenStream) {
    let (wire, ident) = (&argument.name.wire, &argument.name.ident);
    let value = value(argument);
    let at = |index: &usize| Literal::usize_unsuffixed(*index);
    match &argument.target {
        Target::Path => (quote!(path), quote!(#wire, #value)),
        Target::Query => (quote!(query), quote!(#wire, #value)),
        Target::QueryString => (quote!(query_string), quote!(#wire, #value)),
        Target::Header => (quote!(header), quote!(#wire, #value)),
        Target::Cookie => (quote!(cookie), quote!(#wire, #value)),
        Target::Part => (quote!(part), quote!(#wire, #value)),
        Target::File => (quote!(file), quote!(#wire, #ident)),
        Target::Files => (quote!(files), quote!(#wire, #ident)),
        Target::Body(index) => {
            let index = at(index);
            (quote!(body), quote!(#index, #value))
        }
        Target::Bytes(index) => {
            let index = at(index);
            (quote!(bytes), quote!(#index, #ident))
        }
        Target::Multipart(index) => {
            let index = at(index);
            (quote!(multipart), quote!(#index, #ident))
        }
        Target::Choice(_) if place == Place::Field => (quote!(content), quote!(#ident)),
        Target::Choice(_) => (quote!(content), quote!(#ident.into())),
    }
}
