//! Arguments: their types, how they are passed to a call, and the enum of request bodies in several media types.

use super::code::{docs, inline, Code};
use super::types::{self, borrowed};
use crate::lower::model::{Argument, BodyChoice, Codec, Target, Type, ValueType};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};

/// Where an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As an argument of a method: `impl Into<…>` where customary.
    Argument,
    /// As a field of a struct.
    Field,
}

/// Returns `name: type` of a method's argument.
pub fn parameter(argument: &Argument) -> TokenStream {
    let name = &argument.name.ident;
    let ty = argument_type(argument, Place::Argument);
    quote!(#name: #ty)
}

/// Returns the lifetime that a method must declare for these arguments: `impl Into<Body<'a>>` cannot elide it.
pub fn lifetime<'m>(arguments: impl IntoIterator<Item = &'m Argument>) -> Option<TokenStream> {
    let borrows =
        |argument: &Argument| matches!(argument.target, Target::Choice { borrows: true, .. });
    arguments.into_iter().any(borrows).then(|| quote!(<'a>))
}

/// Returns the type of an argument.
pub fn argument_type(argument: &Argument, place: Place) -> TokenStream {
    match (&argument.target, place) {
        (Target::Bytes(_), Place::Argument) => quote!(impl Into<rt::Body>),
        (Target::Bytes(_), Place::Field) => quote!(rt::Body),
        (Target::Multipart(_), _) => quote!(rt::Multipart),
        (Target::File, Place::Argument) => quote!(impl Into<rt::FilePart>),
        (Target::File, Place::Field) => quote!(rt::FilePart),
        (Target::Files, Place::Argument) => quote!(impl IntoIterator<Item = rt::FilePart>),
        (Target::Files, Place::Field) => quote!(Vec<rt::FilePart>),
        (Target::Choice { name, borrows }, place) => {
            let lifetime = borrows.then(|| quote!(<'a>));
            match place {
                Place::Argument => quote!(impl Into<#name #lifetime>),
                Place::Field => quote!(#name #lifetime),
            }
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
        ) => value_type(&argument.value.ty, place),
    }
}

/// Returns a type by value if it is `Copy`, else by reference.
fn value_type(ty: &Type, place: Place) -> TokenStream {
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

/// Returns an argument as the expression that a call accepts.
pub fn value(argument: &Argument) -> TokenStream {
    let ident = &argument.name.ident;
    let value = &argument.value;
    let is_copy = value.ty.is_copy();
    match (&value.ty, &value.codec) {
        (Type::Option(ty), Codec::Null(codec)) if !is_copy => {
            let inner = ValueType { ty: (**ty).clone(), codec: (**codec).clone() };
            let coded = with_codec(&inner, &quote!(value));
            quote!(&#ident.map(|value| #coded))
        }
        // A reference already; a `str` or slice needs another one, since the call accepts sized types only.
        (ty, Codec::Native)
            if !is_copy && !matches!(ty, Type::Text | Type::List(_) | Type::Option(_)) =>
        {
            quote!(#ident)
        }
        (_, Codec::Native) => quote!(&#ident),
        _ => {
            let reference = is_copy.then(|| quote!(&));
            let coded = with_codec(value, &quote!(#reference #ident));
            quote!(&#coded)
        }
    }
}

/// Adds the codec to a reference, unless it is the native one.
fn with_codec(value: &ValueType, reference: &TokenStream) -> TokenStream {
    match (types::coded_item(value), types::coded(value)) {
        (Some(item), _) => quote!(rt::coded_items::<#item>(#reference)),
        (None, Some(codec)) => quote!(rt::coded::<#codec>(#reference)),
        (None, None) => reference.clone(),
    }
}

/// Returns the method of a call that receives an argument, and the method's arguments.
pub fn setter(argument: &Argument, place: Place) -> (TokenStream, TokenStream) {
    let (wire, ident) = (&argument.name.wire, &argument.name.ident);
    let value = value(argument);
    let by_index = |index: &usize, value: &dyn ToTokens| {
        let index = Literal::usize_unsuffixed(*index);
        quote!(#index, #value)
    };
    match &argument.target {
        Target::Path => (quote!(path), quote!(#wire, #value)),
        Target::Query => (quote!(query), quote!(#wire, #value)),
        Target::QueryString => (quote!(query_string), quote!(#wire, #value)),
        Target::Header => (quote!(header), quote!(#wire, #value)),
        Target::Cookie => (quote!(cookie), quote!(#wire, #value)),
        Target::Part => (quote!(part), quote!(#wire, #value)),
        Target::File => (quote!(file), quote!(#wire, #ident)),
        Target::Files => (quote!(files), quote!(#wire, #ident)),
        Target::Body(index) => (quote!(body), by_index(index, &value)),
        Target::Bytes(index) => (quote!(bytes), by_index(index, ident)),
        Target::Multipart(index) => (quote!(multipart), by_index(index, ident)),
        Target::Choice { .. } if place == Place::Field => (quote!(content), quote!(#ident)),
        Target::Choice { .. } => (quote!(content), quote!(#ident.into())),
    }
}

/// Returns the enum of request bodies in several media types, and its conversions.
pub fn body_choice(choice: &BodyChoice, link: &str) -> [Code; 2] {
    let name = &choice.name;
    let attributes = docs(&[format!("The body of {link}, in one of its media types.")]);
    let generics = choice.borrows().then(|| quote!(<'a>));
    let variants = choice.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let ty = argument_type(&variant.argument, Place::Field);
        let attributes = docs(&[format!("`{}`", variant.media_type)]);
        quote!(#attributes #ident(#ty))
    });
    let definition = quote! {
        #attributes
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name #generics { #(#variants,)* }
    };
    [definition.into(), body_conversions(choice)]
}

/// Returns the macro call that passes each variant to a call.
fn body_conversions(choice: &BodyChoice) -> Code {
    let lifetime = if choice.borrows() { "<'a>" } else { "" };
    let mut text = format!("rt::bodies! {{ {}{lifetime} {{\n", choice.name);
    for variant in &choice.variants {
        let (ident, body) = (&variant.ident, &variant.argument.name.ident);
        let ty = inline(&argument_type(&variant.argument, Place::Field));
        let (method, value) = setter(&variant.argument, Place::Field);
        let (method, value) = (inline(&method), inline(&value));
        let from = if variant.has_from { ", From" } else { "" };
        text.push_str(&format!("    {ident}({body}: {ty}) => {method}({value}){from};\n"));
    }
    text.push_str("} }");
    Code::macro_call(&text)
}
