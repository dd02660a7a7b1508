//! What every codec has in common: the impls around the two bodies, and the bridge to serde.

use super::words::allow_deprecated;
use crate::names::Ident;
use crate::tokens::{quote, Tokens};

/// `Read` and `Write` with these bodies, over `source` and over `self` and `encoder`.
pub fn items(name: &Ident, deprecated: bool, read: &Tokens, write: &Tokens) -> Vec<Tokens> {
    let allow = allow_deprecated(deprecated);
    let reader = quote! {
        #allow
        impl rt::Decode for #name {
            #[inline]
            fn decode(source: &mut dyn rt::Decoder) -> Result<Self, rt::CodecError> {
                #read
            }
        }
    };
    let writer = quote! {
        #allow
        impl rt::Encode for #name {
            #[inline]
            fn encode(&self, encoder: &mut dyn rt::Encoder) -> Result<(), rt::CodecError> {
                #write
            }
        }
    };
    vec![reader, writer]
}

/// The two impls that make a type an ordinary serde type: the runtime has the one way, each type names it.
pub fn serde(name: &Ident, deprecated: bool) -> Vec<Tokens> {
    let allow = allow_deprecated(deprecated);
    let deserialize = quote! {
        #allow
        impl<'de> rt::serde::Deserialize<'de> for #name {
            #[inline]
            fn deserialize<D: rt::serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                rt::deserialize(source)
            }
        }
    };
    let serialize = quote! {
        #allow
        impl rt::serde::Serialize for #name {
            #[inline]
            fn serialize<S: rt::serde::Serializer>(&self, encoder: S) -> Result<S::Ok, S::Error> {
                rt::serialize(self, encoder)
            }
        }
    };
    vec![deserialize, serialize]
}
