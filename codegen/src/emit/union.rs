//! Unions: an enum of branches, and how a value's branch is found.

use super::codec;
use super::types;
use super::words::{allow_deprecated, docs, outer};
use crate::rust::ir::{Codec, Kind, Tagging, Type, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The items of a union, its codec aside.
pub fn items(union: &Union) -> Vec<TokenStream> {
    let conversions = union.variants.iter().filter(|variant| variant.from).map(|variant| conversion(union, variant));
    [definition(union)].into_iter().chain(conversions).collect()
}

/// How a union is read and written.
pub fn codec_items(union: &Union) -> Vec<TokenStream> {
    let read = match &union.tagging {
        Tagging::Member(name, _) => read_tagged(union, name),
        Tagging::Type => read_by_type(union),
        Tagging::Keys => read_by_key(union),
        Tagging::Trial => read_by_trial(union),
    };
    codec::items(&union.name, is_deprecated(union), &read, &write(union))
}

/// Whether code that names all variants touches something deprecated.
pub fn is_deprecated(union: &Union) -> bool {
    union.words.deprecated || union.variants.iter().any(|variant| variant.words.deprecated)
}

/// Only a tag can be unknown; without one, a value of no branch is an error.
fn keeps_unlisted(union: &Union) -> bool {
    match union.tagging {
        Tagging::Member(..) => true,
        Tagging::Type | Tagging::Keys | Tagging::Trial => false,
    }
}

fn definition(union: &Union) -> TokenStream {
    let (name, words, unlisted) = (&union.name, outer(&union.words), &union.unlisted);
    let variants = union.variants.iter().map(|variant| {
        let (ident, words, ty) = (&variant.ident, outer(&variant.words), &variant.value.ty);
        quote!(#words #ident(#ty))
    });
    let rest = keeps_unlisted(union).then(|| {
        let words = docs(&["A value of a branch that the document does not list, as it came."]);
        quote!(#words #unlisted(v1::Value))
    });
    let variants = variants.chain(rest);
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

fn conversion(union: &Union, variant: &UnionVariant) -> TokenStream {
    let (name, ident, allow) = (&union.name, &variant.ident, allow_deprecated(is_deprecated(union)));
    let (ty, value) = match &variant.value.ty {
        Type::Boxed(inner) => (quote!(#inner), quote!(Box::new(value))),
        ty => (quote!(#ty), quote!(value)),
    };
    quote! {
        #allow
        impl From<#ty> for #name {
            #[inline]
            fn from(value: #ty) -> Self {
                Self::#ident(#value)
            }
        }
    }
}

/// Reads the branch's value from `source`.
fn read_value(variant: &UnionVariant) -> TokenStream {
    match &variant.value.codec {
        Codec::Own => quote!(v1::Read::read(source)),
        coded => {
            let codec = types::codec(coded, &variant.value.ty);
            quote!(<#codec as v1::Codec>::read(source))
        }
    }
}

fn read_tagged(union: &Union, name: &str) -> TokenStream {
    let unlisted = &union.unlisted;
    let arms = union.variants.iter().filter(|variant| !variant.tags.is_empty()).map(|variant| {
        let (tags, ident, value) = (&variant.tags, &variant.ident, read_value(variant));
        quote!(#(#tags)|* => #value.map(Self::#ident))
    });
    quote! {
        v1::read_tagged(source, #name, &mut |tag, source| match tag {
            #(#arms,)*
            _ => source.any().map(Self::#unlisted),
        })
    }
}

fn read_by_type(union: &Union) -> TokenStream {
    let rows = branches(union).map(|(name, kind, read)| quote!((#name, v1::Kind::#kind, #read)));
    quote!(v1::read_by_kind(source, &mut [#(#rows,)*]))
}

fn read_by_key(union: &Union) -> TokenStream {
    let rows = branches(union).zip(&union.variants).map(|((name, _, read), variant)| {
        let key = variant.key.as_ref().map_or_else(|| quote!(None), |key| quote!(Some(#key)));
        quote!((#name, #key, #read))
    });
    quote!(v1::read_by_key(source, &mut [#(#rows,)*]))
}

fn read_by_trial(union: &Union) -> TokenStream {
    let rows = branches(union).map(|(name, _, read)| quote!((#name, #read)));
    quote!(v1::read_by_trial(source, &mut [#(#rows,)*]))
}

/// Of each branch its name, the kind of its values, and a function that reads it.
fn branches(union: &Union) -> impl Iterator<Item = (String, TokenStream, TokenStream)> + '_ {
    union.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, read_value(variant));
        let read = quote!(&mut |source| #value.map(Self::#ident));
        (ident.text().to_owned(), kind(variant.kind), read)
    })
}

fn kind(kind: Kind) -> TokenStream {
    match kind {
        Kind::Null => quote!(Null),
        Kind::Bool => quote!(Bool),
        Kind::Number => quote!(Number),
        Kind::Text => quote!(Text),
        Kind::List => quote!(List),
        Kind::Object => quote!(Object),
        Kind::Any => quote!(Any),
    }
}

fn write(union: &Union) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, write_value(union, variant));
        quote!(Self::#ident(value) => #value)
    });
    let unlisted = &union.unlisted;
    let rest = keeps_unlisted(union).then(|| quote!(Self::#unlisted(value) => value.write(sink)));
    let arms = arms.chain(rest);
    quote!(match self { #(#arms,)* })
}

fn write_value(union: &Union, variant: &UnionVariant) -> TokenStream {
    let value = match &variant.value.codec {
        Codec::Own => quote!(value),
        coded => {
            let codec = types::codec(coded, &variant.value.ty);
            quote!(&v1::coded::<#codec>(value))
        }
    };
    match (&union.tagging, variant.tags.first()) {
        (Tagging::Member(name, false), Some(tag)) => quote!(v1::write_tagged(sink, #name, #tag, #value)),
        (Tagging::Member(..) | Tagging::Type | Tagging::Keys | Tagging::Trial, _) if variant.value.codec == Codec::Own => {
            quote!(value.write(sink))
        }
        (Tagging::Member(..) | Tagging::Type | Tagging::Keys | Tagging::Trial, _) => quote!(v1::Write::write(#value, sink)),
    }
}
