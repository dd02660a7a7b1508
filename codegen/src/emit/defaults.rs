//! Accessors of default values.

use super::code::docs;
use crate::lower::model::{
    DefaultAccessor, DefaultField, DefaultRecord, DefaultValue, Field, Presence, Record,
};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};

/// Returns the accessors of a struct's defaults.
pub fn accessors(record: &Record) -> Option<TokenStream> {
    let fields = record.fields.iter();
    let accessors = fields.filter_map(|field| Some(accessor(field, field.default.as_ref()?)));
    let accessors: Vec<_> = accessors.collect();
    let name = &record.name;
    (!accessors.is_empty()).then(|| quote!(impl #name { #(#accessors)* }))
}

fn accessor(field: &Field, default: &DefaultAccessor) -> TokenStream {
    let accessor = &default.ident;
    let nullable = field.presence == Presence::OptionalNullable;
    let (result, body) = type_and_body(field, default);
    let ident = field.name.ident.text();
    let null = if nullable { "; `None` is null" } else { "" };
    let attributes = docs(&[format!("`{ident}`, or its documented default{null}.")]);
    quote! {
        #attributes
        #[inline]
        pub fn #accessor(&self) -> #result { #body }
    }
}

/// Returns the type that the accessor returns.
pub fn returned(field: &Field, default: &DefaultAccessor) -> TokenStream {
    type_and_body(field, default).0
}

fn type_and_body(field: &Field, default: &DefaultAccessor) -> (TokenStream, TokenStream) {
    match field.presence {
        Presence::OptionalNullable => nullable_body(field, &default.value),
        Presence::Required | Presence::Optional | Presence::Nullable | Presence::Lenient => {
            optional_body(field, &default.value)
        }
    }
}

/// Returns type and body of the accessor of an `Option`.
fn optional_body(field: &Field, value: &DefaultValue) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.name.ident, &field.value.ty);
    if let DefaultValue::Text(text) = value {
        let body = quote!(self.#ident.as_deref().unwrap_or(#text));
        return (quote!(&str), body);
    }
    let clone = (!value.is_copy()).then(|| quote!(.clone()));
    let default = expression(value);
    let otherwise = match value.is_literal() {
        _ if value.is_empty() => quote!(unwrap_or_default()),
        _ if value.is_blank() => quote!(unwrap_or_else(rt::blank)),
        true => quote!(unwrap_or(#default)),
        false => quote!(unwrap_or_else(|| #default)),
    };
    (quote!(#ty), quote!(self.#ident #clone.#otherwise))
}

/// Returns type and body of the accessor of an `rt::Maybe`.
fn nullable_body(field: &Field, value: &DefaultValue) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.name.ident, &field.value.ty);
    if let DefaultValue::Text(text) = value {
        let read = quote!(self.#ident.as_ref().map(String::as_str));
        return (quote!(Option<&str>), quote!(#read.if_absent(|| #text)));
    }
    let clone = (!value.is_copy()).then(|| quote!(.clone()));
    let value = match value.is_blank() {
        true => quote!(rt::blank),
        false => {
            let value = expression(value);
            quote!(|| #value)
        }
    };
    let body = quote!(self.#ident #clone.if_absent(#value));
    (quote!(Option<#ty>), body)
}

/// Returns the expression of a value.
pub fn expression(value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Null => quote!(None),
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Integer(value, _) => Literal::i128_unsuffixed(*value).to_token_stream(),
        DefaultValue::Float(value) => Literal::f64_unsuffixed(*value).to_token_stream(),
        DefaultValue::Text(text) => quote!(#text.to_owned()),
        DefaultValue::Secret(text) => quote!(rt::Secret::from(#text)),
        DefaultValue::Parsed { text, .. } => quote!(rt::literal(#text)),
        DefaultValue::LenientKnown(value) => wrapped(&quote!(rt::Lenient::Known), value),
        DefaultValue::LenientText(text) => quote!(rt::Lenient::Text(#text.to_owned())),
        DefaultValue::ChoiceVariant(choice, variant, _) => quote!(#choice::#variant),
        DefaultValue::UnionVariant(union, variant, value) => {
            wrapped(&quote!(#union::#variant), value)
        }
        DefaultValue::List(items) => list(items),
        DefaultValue::Map(members) => map(members),
        DefaultValue::Keyed(members) => keyed(members),
        DefaultValue::Tuple(items, _) => tuple(items),
        DefaultValue::Prefix(first, others) => {
            let (first, others) = (tuple(first), list(others));
            quote!(rt::Prefix { first: #first, rest: #others })
        }
        DefaultValue::Maybe(value) => maybe(value.as_deref()),
        DefaultValue::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(rt::Bytes::from_static(#bytes))
        }
        DefaultValue::Record(_) if value.is_blank() => quote!(rt::blank()),
        DefaultValue::Record(value) => record(value),
        DefaultValue::Some(value) => wrapped(&quote!(Some), value),
        DefaultValue::Boxed(value) => wrapped(&quote!(Box::new), value),
    }
}

/// Returns a call with a value as its only argument.
fn wrapped(function: &TokenStream, value: &DefaultValue) -> TokenStream {
    let value = expression(value);
    quote!(#function(#value))
}

fn list(items: &[DefaultValue]) -> TokenStream {
    // prettyplease does not format inside `vec!`, so only short items go there.
    let plain = items.iter().all(DefaultValue::is_plain);
    let items = items.iter().map(expression);
    if plain {
        quote!(vec![#(#items),*])
    } else {
        quote!(Vec::from([#(#items),*]))
    }
}

fn map(members: &[(String, DefaultValue)]) -> TokenStream {
    let members = members.iter().map(|(name, value)| {
        let value = expression(value);
        quote!((#name.to_owned(), #value))
    });
    quote!(rt::Map::from_iter([#(#members),*]))
}

fn keyed(members: &[(DefaultValue, DefaultValue)]) -> TokenStream {
    let members = members.iter().map(|(name, value)| {
        let (name, value) = (expression(name), expression(value));
        quote!((#name, #value))
    });
    quote!(rt::KeyedMap::from_iter([#(#members),*]))
}

fn tuple(items: &[DefaultValue]) -> TokenStream {
    let items = items.iter().map(expression);
    quote!((#(#items,)*))
}

/// Returns the expression of an optional position of a tuple, or of a member that may be absent or null.
fn maybe(value: Option<&DefaultValue>) -> TokenStream {
    match value {
        None => quote!(rt::Maybe::Absent),
        Some(DefaultValue::Null) => quote!(rt::Maybe::Null),
        Some(value) => wrapped(&quote!(rt::Maybe::Value), value),
    }
}

fn record(record: &DefaultRecord) -> TokenStream {
    let name = &record.name;
    let is_written = |field: &&DefaultField| field.value.is_some() || !record.has_blank;
    let fields = record.fields.iter().filter(is_written).map(|field| {
        let (ident, value) = (&field.ident, member(field));
        quote!(#ident: #value)
    });
    let mut fields: Vec<_> = fields.collect();
    let has_unset = fields.len() < record.fields.len();
    fields.extend(record.additional.as_ref().map(|(ident, members)| {
        let members = map(members);
        quote!(#ident: #members)
    }));
    let others = has_unset.then(|| quote!(..rt::blank()));
    quote!(#name { #(#fields,)* #others })
}

/// Returns the expression of a struct's field.
fn member(field: &DefaultField) -> TokenStream {
    match (&field.value, field.presence) {
        (value, Presence::OptionalNullable) => maybe(value.as_ref()),
        (None | Some(DefaultValue::Null), _) => quote!(None),
        (Some(value), Presence::Required) => expression(value),
        (Some(value), Presence::Optional | Presence::Nullable | Presence::Lenient) => {
            wrapped(&quote!(Some), value)
        }
    }
}
