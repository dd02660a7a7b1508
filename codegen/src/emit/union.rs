//! Unions: an enum of branches, and how a value's branch is found.

use super::codec;
use super::events;
use super::turns;
use super::types;
use super::words::{allow_deprecated, docs, or, outer};
use crate::names::Path;
use crate::rust::ir::{Kind, Tagging, Union, UnionVariant};
use crate::tokens::{quote, Tokens};

/// The items of a union, its codec aside.
pub fn items(union: &Union, more: &[Path]) -> Vec<Tokens> {
    let conversions = union
        .variants
        .iter()
        .filter(|variant| variant.from)
        .filter_map(|variant| conversion(union, variant));
    [definition(union, more)]
        .into_iter()
        .chain(conversions)
        .chain(from_read(union))
        .collect()
}

/// How a union is read and written.
pub fn codec_items(union: &Union) -> Vec<Tokens> {
    let read = match &union.tagging {
        Tagging::Member(name, _) => read_tagged(union, name),
        Tagging::Type => read_by_type(union),
        Tagging::Keys => read_by_key(union),
        Tagging::Text => read_by_text(union),
        Tagging::Event(data) => return vec![events::read(union, data)],
        Tagging::Trial => trial(&union.variants.iter().collect::<Vec<_>>()),
    };
    let deprecated = is_deprecated(union);
    let mut items = codec::items(&union.name, deprecated, &read, &write(union));
    items.extend(codec::serde(&union.name, union.words.deprecated));
    items
}

/// Whether code that names all variants touches something deprecated.
pub fn is_deprecated(union: &Union) -> bool {
    union.words.deprecated
        || union
            .variants
            .iter()
            .any(|variant| variant.words.deprecated)
}

/// Only a tag can be unknown; without one, a value of no branch is an error.
fn keeps_unlisted(union: &Union) -> bool {
    match union.tagging {
        Tagging::Member(..) | Tagging::Event(_) => true,
        Tagging::Type | Tagging::Keys | Tagging::Text | Tagging::Trial => false,
    }
}

fn definition(union: &Union, more: &[Path]) -> Tokens {
    let (name, unlisted) = (&union.name, &union.unlisted);
    let words = match union.is_event() {
        true => or(
            &union.words,
            "What the events of a stream say, by their names.",
        ),
        false => outer(&union.words),
    };
    let variants = union.variants.iter().map(|variant| {
        let (ident, words, ty) = (&variant.ident, outer(&variant.words), &variant.value.ty);
        quote!(#words #ident(#ty))
    });
    let rest = keeps_unlisted(union).then(|| match union.is_event() {
        true => events::unlisted(unlisted),
        false => {
            let words = docs(&["A value of a branch that the document does not list, as it came."]);
            quote!(#words #unlisted(rt::Value))
        }
    });
    let variants = variants.chain(rest);
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq #(, #more)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// `From` the struct that a branch holds in a box.
fn conversion(union: &Union, variant: &UnionVariant) -> Option<Tokens> {
    let (name, ident, allow) = (
        &union.name,
        &variant.ident,
        allow_deprecated(is_deprecated(union)),
    );
    let [held] = variant.value.ty.named()[..] else {
        return None;
    };
    Some(quote! {
        #allow
        impl From<#held> for #name {
            #[inline]
            fn from(value: #held) -> Self {
                Self::#ident(Box::new(value))
            }
        }
    })
}

/// The form for requests, made from what was read.
fn from_read(union: &Union) -> Option<Tokens> {
    let from = union.from.as_ref()?;
    let (name, read, allow) = (
        &union.name,
        &from.read,
        allow_deprecated(is_deprecated(union)),
    );
    let arms = union.variants.iter().zip(&from.variants);
    let arms = arms.map(|(variant, turn)| turns::branch(read, &variant.ident, turn));
    let unlisted = &union.unlisted;
    let rest =
        keeps_unlisted(union).then(|| quote!(#read::#unlisted(value) => Self::#unlisted(value)));
    let arms = arms.chain(rest);
    Some(quote! {
        #allow
        impl From<#read> for #name {
            #[inline]
            fn from(read: #read) -> Self {
                match read { #(#arms,)* }
            }
        }
    })
}

/// Reads the branch's value from `source`.
fn read_value(variant: &UnionVariant) -> Tokens {
    match types::coded(&variant.value) {
        None => quote!(rt::Decode::decode(source)),
        Some(codec) => quote!(<#codec as rt::Codec>::decode(source)),
    }
}

fn read_tagged(union: &Union, name: &str) -> Tokens {
    let unlisted = &union.unlisted;
    let arms = union.by_tags().into_iter().map(|(tags, variants)| {
        let value = match variants.as_slice() {
            [variant] => {
                let (ident, value) = (&variant.ident, read_value(variant));
                quote!(#value.map(Self::#ident))
            }
            variants => trial(variants),
        };
        quote!(#(#tags)|* => #value)
    });
    quote! {
        rt::read_tagged(source, #name, |tag, source| match tag {
            #(#arms,)*
            _ => rt::read_unlisted(source, tag).map(Self::#unlisted),
        })
    }
}

fn read_by_type(union: &Union) -> Tokens {
    let able = |variant: &&UnionVariant| !variant.kinds.is_empty();
    let arms = union.variants.iter().filter(able).map(|variant| {
        let (ident, value) = (&variant.ident, read_value(variant));
        let kinds = variant.kinds.iter().map(|kind| self::kind(*kind));
        quote!(#(#kinds)|* => #value.map(Self::#ident))
    });
    let names: Vec<_> = union
        .variants
        .iter()
        .map(|variant| variant.ident.text())
        .collect();
    let expected = format!("one of {}", names.join(", "));
    quote! {
        rt::read_by_kind(source, |kind, source| match kind {
            #(#arms,)*
            _ => Err(kind.unexpected(#expected)),
        })
    }
}

fn kind(kind: Kind) -> Tokens {
    match kind {
        Kind::Null => quote!(rt::Kind::Null),
        Kind::Bool => quote!(rt::Kind::Bool),
        Kind::Integer => quote!(rt::Kind::Integer),
        Kind::Number => quote!(rt::Kind::Number),
        Kind::Text => quote!(rt::Kind::Text),
        Kind::List => quote!(rt::Kind::List),
        Kind::Object => quote!(rt::Kind::Object),
    }
}

fn read_by_key(union: &Union) -> Tokens {
    let rows = union.variants.iter().map(|variant| {
        let (name, ident, value) = (variant.ident.text(), &variant.ident, read_value(variant));
        let key = variant
            .key
            .as_ref()
            .map_or_else(|| quote!(None), |key| quote!(Some(#key)));
        quote!((#key, (#name, |source| #value.map(Self::#ident))))
    });
    quote!(rt::read_by_key(source, &[#(#rows,)*]))
}

fn read_by_text(union: &Union) -> Tokens {
    let rows = union.variants.iter().map(|variant| {
        let (name, ident, value) = (variant.ident.text(), &variant.ident, read_value(variant));
        let listed = &variant.listed;
        quote!((&[#(#listed),*], (#name, |source| #value.map(Self::#ident))))
    });
    quote!(rt::read_by_text(source, &[#(#rows,)*]))
}

/// Tries each of these branches.
fn trial(variants: &[&UnionVariant]) -> Tokens {
    let rows = variants.iter().map(|variant| {
        let (name, ident, value) = (variant.ident.text(), &variant.ident, read_value(variant));
        quote!((#name, |source| #value.map(Self::#ident)))
    });
    quote!(rt::read_trial(source, &[#(#rows,)*]))
}

fn write(union: &Union) -> Tokens {
    let arms = union.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, write_value(union, variant));
        quote!(Self::#ident(value) => #value)
    });
    let unlisted = &union.unlisted;
    let rest = keeps_unlisted(union)
        .then(|| quote!(Self::#unlisted(value) => rt::Encode::encode(value, encoder)));
    let arms = arms.chain(rest);
    quote!(match self { #(#arms,)* })
}

fn write_value(union: &Union, variant: &UnionVariant) -> Tokens {
    let value = match types::coded(&variant.value) {
        None => quote!(value),
        Some(codec) => quote!(&rt::coded::<#codec>(value)),
    };
    match (&union.tagging, variant.tags.first()) {
        (Tagging::Member(name, false), Some(tag)) => {
            quote!(rt::write_tagged(encoder, #name, #tag, #value))
        }
        (
            Tagging::Member(..)
            | Tagging::Type
            | Tagging::Keys
            | Tagging::Text
            | Tagging::Event(_)
            | Tagging::Trial,
            _,
        ) => {
            quote!(rt::Encode::encode(#value, encoder))
        }
    }
}
