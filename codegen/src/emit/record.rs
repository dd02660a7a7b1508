//! Structs and how they are made; their codec stands in [`record_codec`](super::record_codec).

use super::defaults;
use super::turns::{each, turned};
use super::words::{allow_deprecated, docs, outer};
use crate::names::{Ident, Path};
use crate::rust::ir::{Construction, Field, FromRead, Presence, Record, Rest, Turn};
use crate::tokens::{quote, Tokens};

/// The items of a struct, its codec and groups aside.
pub fn items(record: &Record, more: &[Path]) -> Vec<Tokens> {
    let mut items = vec![definition(record, more)];
    items.extend(construction(record));
    items.extend(defaults::items(record));
    items.extend(record.from.as_ref().map(|from| conversion(record, from)));
    items
}

fn definition(record: &Record, more: &[Path]) -> Tokens {
    let (name, words) = (&record.name, outer(&record.words));
    let default = (record.construction == Construction::Default).then(|| quote!(, Default));
    let fields = record.fields.iter().map(|field| {
        let (words, ident, ty) = (outer(&field.words), &field.name.ident, field_type(field));
        quote!(#words pub #ident: #ty)
    });
    let rest = kept(record).map(|(ident, ty)| {
        let words =
            docs(&["Every member that is not a field above, in the order in which it came."]);
        quote!(#words pub #ident: rt::Map<#ty>)
    });
    let fields = fields.chain(rest);
    quote! {
        #words
        #[derive(Clone, Debug #default, PartialEq #(, #more)*)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

/// The field of further members.
fn kept(record: &Record) -> Option<(&Ident, Tokens)> {
    match &record.rest {
        Rest::Kept(ident, value) => {
            let ty = &value.ty;
            Some((ident, quote!(#ty)))
        }
        Rest::Skipped | Rest::Refused => None,
    }
}

/// The type of a field, its presence included.
fn field_type(field: &Field) -> Tokens {
    let ty = &field.value.ty;
    match field.presence {
        Presence::Required => quote!(#ty),
        Presence::Optional | Presence::Nullable => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(rt::Maybe<#ty>),
    }
}

/// Code that touches a deprecated field may.
pub fn allow(record: &Record) -> Option<Tokens> {
    let field = record.fields.iter().any(|field| field.words.deprecated);
    allow_deprecated(field || record.words.deprecated)
}

fn construction(record: &Record) -> Vec<Tokens> {
    let given: Vec<_> = record
        .fields
        .iter()
        .filter(|field| field.presence.is_given())
        .collect();
    match &record.construction {
        Construction::Default => Vec::new(),
        Construction::Positional => {
            let arguments = given.iter().map(|field| {
                let (ident, ty) = (&field.name.ident, field_type(field));
                quote!(#ident: #ty)
            });
            vec![constructor(
                record,
                &quote!(#(#arguments),*),
                &|ident| quote!(#ident),
            )]
        }
        Construction::Literal(literal) => {
            let value = |ident: &Ident| quote!(#ident: required.#ident);
            vec![
                literal_struct(record, literal, &given),
                constructor(record, &quote!(required: #literal), &value),
            ]
        }
    }
}

/// The struct of required values.
fn literal_struct(record: &Record, literal: &Ident, given: &[&Field]) -> Tokens {
    let words = docs(&[format!(
        "What [`{}`] cannot do without.",
        record.name.text()
    )]);
    let allow = allow(record);
    let fields = given.iter().map(|field| {
        let (words, ident, ty) = (
            docs(&field.words.docs),
            &field.name.ident,
            field_type(field),
        );
        quote!(#words pub #ident: #ty)
    });
    quote! {
        #words
        #allow
        #[derive(Clone, Debug, PartialEq)]
        pub struct #literal { #(#fields,)* }
    }
}

/// `new`: required fields from its arguments, all others unset.
fn constructor(record: &Record, arguments: &Tokens, given: &dyn Fn(&Ident) -> Tokens) -> Tokens {
    let (name, allow) = (&record.name, allow(record));
    let fields = record.fields.iter().map(|field| {
        let ident = &field.name.ident;
        match field.presence {
            Presence::Required | Presence::Nullable => given(ident),
            Presence::Optional => quote!(#ident: None),
            Presence::OptionalNullable => quote!(#ident: rt::Maybe::Absent),
        }
    });
    let rest = kept(record).map(|(ident, _)| quote!(#ident: rt::Map::new()));
    let fields = fields.chain(rest);
    let words = docs(&["Has the required values and none of the optional ones."]);
    quote! {
        #allow
        impl #name {
            #words
            #[inline]
            pub fn new(#arguments) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

/// The form for requests, made from what was read.
fn conversion(record: &Record, from: &FromRead) -> Tokens {
    let (name, read, allow) = (&record.name, &from.read, allow(record));
    let fields = record.fields.iter().zip(&from.fields).map(|(field, turn)| {
        let (ident, value) = (&field.name.ident, converted(field, turn.as_ref()));
        quote!(#ident: #value)
    });
    let uses_read = from.fields.iter().any(Option::is_some) || kept(record).is_some();
    let argument = if uses_read { quote!(read) } else { quote!(_) };
    let rest = kept(record).map(|(ident, _)| {
        let value = turned(&quote!(read.#ident), &from.rest);
        quote!(#ident: #value)
    });
    let fields = fields.chain(rest);
    quote! {
        #allow
        impl From<#read> for #name {
            #[inline]
            fn from(#argument: #read) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

fn converted(field: &Field, turn: Option<&Turn>) -> Tokens {
    let ident = &field.name.ident;
    match (turn, field.presence) {
        (None, Presence::OptionalNullable) => quote!(rt::Maybe::Absent),
        (None, _) => quote!(None),
        (Some(Turn::Same), _) => quote!(read.#ident),
        (Some(turn), Presence::Required) => turned(&quote!(read.#ident), turn),
        (Some(turn), _) => {
            let each = each(turn);
            quote!(read.#ident.map(#each))
        }
    }
}
