//! Types and codecs as tokens.

use crate::lower::model::{Codec, Integer, JsonKind, Scalar, Type, ValueType};
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
            Self::Prefix(items, item) => quote!(rt::Prefix<(#(#items,)*), #item>),
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

/// A variant of the runtime's `Kind`.
impl ToTokens for JsonKind {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Null => quote!(Null),
            Self::Bool => quote!(Bool),
            Self::Integer => quote!(Integer),
            Self::Number => quote!(Number),
            Self::Text => quote!(Text),
            Self::List => quote!(List),
            Self::Object => quote!(Object),
        });
    }
}

/// Returns the type that implements a codec for values of type `ty`.
pub fn codec(codec: &Codec, ty: &Type) -> TokenStream {
    // The type inside a list, map, option or box. An alias hides it, but then the codec does not name it.
    let inner = ty.parts().pop().unwrap_or(ty);
    let wrapped = |wrapper: TokenStream, item: &Codec| {
        let item = self::codec(item, inner);
        quote!(#wrapper<#item>)
    };
    match codec {
        Codec::Native => quote!(rt::Native<#ty>),
        Codec::Text(number) => quote!(rt::Text<#number>),
        Codec::Base64 => quote!(rt::Base64),
        Codec::Base64Url => quote!(rt::Base64Url),
        Codec::Each(item) => wrapped(quote!(rt::Each), item),
        Codec::Values(value) => wrapped(quote!(rt::Values), value),
        Codec::Keyed(value) => {
            let Type::Keyed(key, ty) = ty else {
                return quote!(rt::Native<#ty>);
            };
            let value = self::codec(value, ty);
            quote!(rt::Keyed<#key, #value>)
        }
        Codec::Positions(items) => {
            let items = positions(items, ty);
            quote!(rt::TupleBy<#items>)
        }
        Codec::Prefix(items, item) => {
            let (items, item) = (positions(items, ty), self::codec(item, inner));
            quote!(rt::PrefixBy<#items, #item>)
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

/// Returns the codecs of a tuple's positions.
fn positions(items: &[Codec], tuple: &Type) -> TokenStream {
    let types = tuple.positions();
    let items = items.iter().zip(types).map(|(item, ty)| codec(item, ty));
    quote!((#(#items,)*))
}

/// Returns the codec of a value.
pub fn codec_of(value: &ValueType) -> TokenStream {
    codec(&value.codec, &value.ty)
}

/// Returns the codec of a value; `None` if it is native.
pub fn coded(value: &ValueType) -> Option<TokenStream> {
    (value.codec != Codec::Native).then(|| codec(&value.codec, &value.ty))
}

/// Returns the codec of a list's items, if it is not native.
pub fn coded_item(list: &ValueType) -> Option<TokenStream> {
    match (&list.codec, &list.ty) {
        (Codec::Each(item), Type::List(ty)) => Some(codec(item, ty)),
        _ => None,
    }
}

/// Returns the customary target of a reference: `str` for `String`.
pub fn borrowed(ty: &Type) -> TokenStream {
    if let Type::List(item) = ty {
        return quote!([#item]);
    }
    if let Type::Boxed(inner) = ty {
        return quote!(#inner);
    }
    match *ty == Type::Text {
        true => quote!(str),
        false => quote!(#ty),
    }
}
