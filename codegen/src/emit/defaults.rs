//! Accessors that know the document's defaults.

use super::attributes::docs;
use crate::lower::model::{
    Default, DefaultField, DefaultRecord, DefaultValue, Field, Presence, Record,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The accessors of fields that have a default.
pub fn items(record: &Record) -> Option<TokenStream> {
    let accessors: Vec<_> = of(record)
        .map(|(field, default)| accessor(field, default))
        .collect();
    if accessors.is_empty() {
        return None;
    }
    let name = &record.name;
    Some(quote! {
        impl #name { #(#accessors)* }
    })
}

fn of(record: &Record) -> impl Iterator<Item = (&Field, &Default)> {
    let fields = record.fields.iter();
    fields.filter_map(|field| Some((field, field.default.as_ref()?)))
}

fn accessor(field: &Field, default: &Default) -> TokenStream {
    let accessor = &default.accessor;
    let nullable = field.presence == Presence::OptionalNullable;
    let (result, body) = if nullable {
        nullable_body(field, &default.value)
    } else {
        optional_body(field, &default.value)
    };
    let ident = field.name.ident.text();
    let null = if nullable { "; `None` is null" } else { "" };
    let attributes = docs(&[format!("`{ident}`, or its documented default{null}.")]);
    quote! {
        #attributes
        #[inline]
        pub fn #accessor(&self) -> #result { #body }
    }
}

/// The value of a field that is an `Option`.
fn optional_body(field: &Field, value: &DefaultValue) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.name.ident, &field.value.ty);
    if let DefaultValue::Text(text) = value {
        let body = quote!(self.#ident.as_deref().unwrap_or(#text));
        return (quote!(&str), body);
    }
    let clone = (!value.is_copied()).then(|| quote!(.clone()));
    let made = expression(value);
    let otherwise = match value.is_literal() {
        _ if value.is_empty() => quote!(unwrap_or_default()),
        _ if value.is_blank() => quote!(unwrap_or_else(rt::blank)),
        true => quote!(unwrap_or(#made)),
        false => quote!(unwrap_or_else(|| #made)),
    };
    (quote!(#ty), quote!(self.#ident #clone.#otherwise))
}

/// The value of a field that may be null too.
fn nullable_body(field: &Field, value: &DefaultValue) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.name.ident, &field.value.ty);
    if let DefaultValue::Text(text) = value {
        let read = quote!(self.#ident.as_ref().map(String::as_str));
        return (quote!(Option<&str>), quote!(#read.if_absent(|| #text)));
    }
    let clone = (!value.is_copied()).then(|| quote!(.clone()));
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

/// The Rust that makes a value.
pub fn expression(value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Null => quote!(None),
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Integer(value) => {
            let value = Literal::i128_unsuffixed((*value).into());
            quote!(#value)
        }
        DefaultValue::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        DefaultValue::Text(text) => quote!(#text.to_owned()),
        DefaultValue::Secret(text) => quote!(rt::Secret::from(#text)),
        DefaultValue::Stated { text, .. } => quote!(rt::stated(#text)),
        DefaultValue::Known(value) => {
            let value = expression(value);
            quote!(rt::Lenient::Known(#value))
        }
        DefaultValue::Other(text) => quote!(rt::Lenient::Text(#text.to_owned())),
        DefaultValue::Variant(choice, variant, _) => quote!(#choice::#variant),
        DefaultValue::Branch(union, variant, value) => {
            let value = expression(value);
            quote!(#union::#variant(#value))
        }
        DefaultValue::List(items) => list(items),
        DefaultValue::Map(members) => map(members),
        DefaultValue::Keyed(members) => keyed(members),
        DefaultValue::Tuple(items, _) => tuple(items),
        DefaultValue::Prefix(first, rest) => {
            let (first, rest) = (tuple(first), list(rest));
            quote!(rt::Prefix { first: #first, rest: #rest })
        }
        DefaultValue::Perhaps(value) => perhaps(value.as_deref()),
        DefaultValue::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(rt::Bytes::from_static(#bytes))
        }
        DefaultValue::Record(_) if value.is_blank() => quote!(rt::blank()),
        DefaultValue::Record(value) => record(value),
        DefaultValue::Given(value) => {
            let value = expression(value);
            quote!(Some(#value))
        }
        DefaultValue::Boxed(value) => {
            let value = expression(value);
            quote!(Box::new(#value))
        }
    }
}

fn list(items: &[DefaultValue]) -> TokenStream {
    // What is not laid out within a macro stays out of one.
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

/// A position of a tuple that may be left out.
fn perhaps(value: Option<&DefaultValue>) -> TokenStream {
    match value {
        None => quote!(rt::Maybe::Absent),
        Some(DefaultValue::Null) => quote!(rt::Maybe::Null),
        Some(value) => {
            let value = expression(value);
            quote!(rt::Maybe::Value(#value))
        }
    }
}

fn record(record: &DefaultRecord) -> TokenStream {
    let name = &record.name;
    let unset = |field: &&DefaultField| field.value.is_some() || !record.by_default;
    let fields = record.fields.iter().filter(unset).map(|field| {
        let (ident, value) = (&field.ident, member(field));
        quote!(#ident: #value)
    });
    let mut fields: Vec<_> = fields.collect();
    let left_out = record.fields.len() - fields.len();
    fields.extend(record.rest.as_ref().map(|(ident, members)| {
        let members = map(members);
        quote!(#ident: #members)
    }));
    let others = (left_out > 0).then(|| quote!(..rt::blank()));
    quote!(#name { #(#fields,)* #others })
}

/// The value of a field of a struct.
fn member(field: &DefaultField) -> TokenStream {
    let nullable = field.presence == Presence::OptionalNullable;
    match (&field.value, field.presence) {
        (None, _) if nullable => quote!(rt::Maybe::Absent),
        (None, _) => quote!(None),
        (Some(DefaultValue::Null), _) if nullable => quote!(rt::Maybe::Null),
        (Some(DefaultValue::Null), _) => quote!(None),
        (Some(value), Presence::Required) => expression(value),
        (Some(value), Presence::Optional | Presence::Nullable | Presence::Lenient) => {
            let value = expression(value);
            quote!(Some(#value))
        }
        (Some(value), Presence::OptionalNullable) => {
            let value = expression(value);
            quote!(rt::Maybe::Value(#value))
        }
    }
}
