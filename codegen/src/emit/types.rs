//! Types and codecs as tokens.

use crate::lower::model::{Codec, Integer, Scalar, Type, ValueType};
use proc_macro2::TokenStream;
use quote::{quote, ToTokens};

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Value => quote!(rt::Value),
            Self::Never => quote!(rt::Never),
            Self::Null => quote!(()),
            Self::Bool => quote!(bool),
            Self::Integer(integer) => quote!(#integer),
            Self::Float => quote!(f64),
            Self::Number => quote!(rt::Number),
            Self::Text => quote!(String),
            Self::Secret => quote!(rt::Secret),
            Self::DateTime => quote!(rt::DateTime),
            Self::Date => quote!(rt::Date),
            Self::Scalar(scalar) => quote!(#scalar),
            Self::Lenient(inner) => quote!(rt::Lenient<#inner>),
            Self::Foreign(path) => quote!(#path),
            Self::Bytes => quote!(rt::Bytes),
            Self::List(item) => quote!(Vec<#item>),
            Self::Map(value) => quote!(rt::Map<#value>),
            Self::Keyed(key, value) => quote!(rt::KeyedMap<#key, #value>),
            Self::Tuple(items) => quote!((#(#items,)*)),
            Self::Prefix(items, rest) => quote!(rt::Prefix<(#(#items,)*), #rest>),
            Self::Maybe(inner) => quote!(rt::Maybe<#inner>),
            Self::Option(inner) => quote!(Option<#inner>),
            Self::Boxed(inner) => quote!(Box<#inner>),
            Self::Named(name) => quote!(#name),
        });
    }
}

impl ToTokens for Scalar {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Time => quote!(rt::TimeOfDay),
            Self::Duration => quote!(rt::IsoDuration),
            Self::Uuid => quote!(rt::Uuid),
            Self::Ipv4 => quote!(std::net::Ipv4Addr),
            Self::Ipv6 => quote!(std::net::Ipv6Addr),
            Self::OffsetDateTime => quote!(rt::OffsetDateTime),
            Self::TimeDate => quote!(rt::TimeDate),
            Self::Timestamp => quote!(rt::Timestamp),
            Self::CivilDate => quote!(rt::CivilDate),
        });
    }
}

impl ToTokens for Integer {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::I8 => quote!(i8),
            Self::I16 => quote!(i16),
            Self::I32 => quote!(i32),
            Self::I64 => quote!(i64),
            Self::U8 => quote!(u8),
            Self::U16 => quote!(u16),
            Self::U32 => quote!(u32),
            Self::U64 => quote!(u64),
        });
    }
}

/// A codec as the type that stands for it; `ty` is the type of the values, which only their own way needs.
pub fn codec(codec: &Codec, ty: &Type) -> TokenStream {
    let wrapped = |wrapper: TokenStream, item: &Codec| {
        let item = self::codec(item, inner(ty));
        quote!(#wrapper<#item>)
    };
    match codec {
        Codec::Own => quote!(rt::Own<#ty>),
        Codec::Text(number) => quote!(rt::Text<#number>),
        Codec::Base64 => quote!(rt::Base64),
        Codec::Base64Url => quote!(rt::Base64Url),
        Codec::Each(item) => wrapped(quote!(rt::Each), item),
        Codec::Values(value) => wrapped(quote!(rt::Values), value),
        Codec::Keyed(value) => keyed(value, ty),
        Codec::Positions(items) => {
            let items = positions(items, ty);
            quote!(rt::TupleBy<#items>)
        }
        Codec::Prefix(items, rest) => {
            let (items, rest) = (positions(items, ty), self::codec(rest, inner(ty)));
            quote!(rt::PrefixBy<#items, #rest>)
        }
        Codec::Boxed(value) => wrapped(quote!(rt::Boxed), value),
        Codec::Maybe(value) => wrapped(quote!(rt::MaybeBy), value),
        Codec::Null(value) => wrapped(quote!(rt::Null), value),
        Codec::Lenient(value) => wrapped(quote!(rt::LenientBy), value),
        Codec::OrEmpty(value) => {
            let value = self::codec(value, ty);
            quote!(rt::OrEmpty<#value>)
        }
        Codec::ViaText => quote!(rt::ViaText<#ty>),
        Codec::ViaNumber => quote!(rt::ViaNumber<#ty>),
        Codec::ViaSerde => quote!(rt::ViaSerde<#ty>),
    }
}

fn keyed(value: &Codec, map: &Type) -> TokenStream {
    let Type::Keyed(key, ty) = map else {
        return quote!(rt::Own<#map>);
    };
    let value = codec(value, ty);
    quote!(rt::Keyed<#key, #value>)
}

/// The codecs of a tuple's positions.
fn positions(items: &[Codec], tuple: &Type) -> TokenStream {
    let types = tuple.positions();
    let items = items.iter().zip(types).map(|(item, ty)| codec(item, ty));
    quote!((#(#items,)*))
}

/// The codec of a value, be it its type's own way.
pub fn codec_of(value: &ValueType) -> TokenStream {
    codec(&value.codec, &value.ty)
}

/// The codec of a value; `None` where it travels its type's own way.
pub fn coded(value: &ValueType) -> Option<TokenStream> {
    (value.codec != Codec::Own).then(|| codec(&value.codec, &value.ty))
}

/// The codec of a list's items, where they do not travel their type's own way.
pub fn coded_item(list: &ValueType) -> Option<TokenStream> {
    match (&list.codec, &list.ty) {
        (Codec::Each(item), Type::List(ty)) => Some(codec(item, ty)),
        _ => None,
    }
}

/// The type inside a list, map, option or box; of the items after those of a tuple.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::List(inner)
        | Type::Map(inner)
        | Type::Maybe(inner)
        | Type::Option(inner)
        | Type::Lenient(inner)
        | Type::Prefix(_, inner)
        | Type::Boxed(inner) => inner,
        Type::Value
        | Type::Never
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Float
        | Type::Number
        | Type::Text
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Bytes
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Keyed(..)
        | Type::Tuple(_)
        | Type::Named(_) => ty,
    }
}

/// What a reference to a value of this type points at, in the customary way: `str` for `String`.
pub fn borrowed(ty: &Type) -> TokenStream {
    match ty {
        Type::Text => quote!(str),
        Type::List(item) => quote!([#item]),
        Type::Boxed(inner) => quote!(#inner),
        Type::Value
        | Type::Never
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Float
        | Type::Number
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Bytes
        | Type::Scalar(_)
        | Type::Lenient(_)
        | Type::Foreign(_)
        | Type::Map(_)
        | Type::Keyed(..)
        | Type::Tuple(_)
        | Type::Prefix(..)
        | Type::Maybe(_)
        | Type::Option(_)
        | Type::Named(_) => quote!(#ty),
    }
}
