//! Types and codecs as tokens.

use crate::rust::ir::{Codec, Integer, Scalar, Type, Typed};
use crate::tokens::{quote, ToTokens, Tokens};

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.append(&match self {
            Self::Value => quote!(v1::Value),
            Self::Never => quote!(v1::Never),
            Self::Null => quote!(()),
            Self::Bool => quote!(bool),
            Self::Integer(integer) => quote!(#integer),
            Self::Float => quote!(f64),
            Self::Number => quote!(v1::Number),
            Self::Text => quote!(String),
            Self::Secret => quote!(v1::Secret),
            Self::DateTime => quote!(v1::DateTime),
            Self::Date => quote!(v1::Date),
            Self::Scalar(scalar) => quote!(#scalar),
            Self::Lenient(inner) => quote!(v1::Lenient<#inner>),
            Self::Foreign(path) => quote!(#path),
            Self::Bytes => quote!(v1::Bytes),
            Self::List(item) => quote!(Vec<#item>),
            Self::Map(value) => quote!(v1::Map<#value>),
            Self::Keyed(key, value) => quote!(v1::KeyedMap<#key, #value>),
            Self::Tuple(items) => quote!((#(#items,)*)),
            Self::Prefix(items, rest) => quote!(v1::Prefix<(#(#items,)*), #rest>),
            Self::Maybe(inner) => quote!(v1::Maybe<#inner>),
            Self::Option(inner) => quote!(Option<#inner>),
            Self::Boxed(inner) => quote!(Box<#inner>),
            Self::Named(name) => quote!(#name),
        });
    }
}

impl ToTokens for Scalar {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.append(&match self {
            Self::Time => quote!(v1::Time),
            Self::Duration => quote!(v1::Duration),
            Self::Uuid => quote!(v1::Uuid),
            Self::Ipv4 => quote!(std::net::Ipv4Addr),
            Self::Ipv6 => quote!(std::net::Ipv6Addr),
            Self::OffsetDateTime => quote!(v1::OffsetDateTime),
            Self::TimeDate => quote!(v1::TimeDate),
            Self::Timestamp => quote!(v1::Timestamp),
            Self::CivilDate => quote!(v1::CivilDate),
        });
    }
}

impl ToTokens for Integer {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.append(&match self {
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
pub fn codec(codec: &Codec, ty: &Type) -> Tokens {
    let wrapped = |wrapper: Tokens, item: &Codec| {
        let item = self::codec(item, inner(ty));
        quote!(#wrapper<#item>)
    };
    match codec {
        Codec::Own => quote!(v1::Own<#ty>),
        Codec::Text(number) => quote!(v1::Text<#number>),
        Codec::Base64 => quote!(v1::Base64),
        Codec::Base64Url => quote!(v1::Base64Url),
        Codec::Each(item) => wrapped(quote!(v1::Each), item),
        Codec::Values(value) => wrapped(quote!(v1::Values), value),
        Codec::Keyed(value) => keyed(value, ty),
        Codec::Positions(items) => {
            let items = positions(items, ty);
            quote!(v1::TupleBy<#items>)
        }
        Codec::Prefix(items, rest) => {
            let (items, rest) = (positions(items, ty), self::codec(rest, inner(ty)));
            quote!(v1::PrefixBy<#items, #rest>)
        }
        Codec::Boxed(value) => wrapped(quote!(v1::Boxed), value),
        Codec::Maybe(value) => wrapped(quote!(v1::MaybeBy), value),
        Codec::Null(value) => wrapped(quote!(v1::Null), value),
        Codec::Lenient(value) => wrapped(quote!(v1::LenientBy), value),
        Codec::ViaText => quote!(v1::ViaText<#ty>),
        Codec::ViaNumber => quote!(v1::ViaNumber<#ty>),
        Codec::ViaSerde => quote!(v1::ViaSerde<#ty>),
    }
}

fn keyed(value: &Codec, map: &Type) -> Tokens {
    let Type::Keyed(key, ty) = map else {
        return quote!(v1::Own<#map>);
    };
    let value = codec(value, ty);
    quote!(v1::Keyed<#key, #value>)
}

/// The codecs of a tuple's positions.
fn positions(items: &[Codec], tuple: &Type) -> Tokens {
    let types = tuple.positions();
    let items = items.iter().zip(types).map(|(item, ty)| codec(item, ty));
    quote!((#(#items,)*))
}

/// The codec of a value, be it its type's own way.
pub fn codec_of(value: &Typed) -> Tokens {
    codec(&value.codec, &value.ty)
}

/// The codec of a value; `None` where it travels its type's own way.
pub fn coded(value: &Typed) -> Option<Tokens> {
    (value.codec != Codec::Own).then(|| codec(&value.codec, &value.ty))
}

/// The codec of a list's items, where they do not travel their type's own way.
pub fn coded_item(list: &Typed) -> Option<Tokens> {
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
pub fn borrowed(ty: &Type) -> Tokens {
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
