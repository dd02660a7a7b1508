//! What every codec has in common: the impls around the two bodies, and the bridge to serde.

use super::words::allow_deprecated;
use crate::names::Ident;
use crate::tokens::{quote, Tokens};

/// `Read` and `Write` with these bodies, over `source` and over `self` and `sink`.
pub fn items(name: &Ident, deprecated: bool, read: &Tokens, write: &Tokens) -> Vec<Tokens> {
    let allow = allow_deprecated(deprecated);
    let reader = quote! {
        #allow
        impl v1::Read for #name {
            #[inline]
            fn read(source: &mut dyn v1::Source) -> Result<Self, v1::Failure> {
                #read
            }
        }
    };
    let writer = quote! {
        #allow
        impl v1::Write for #name {
            #[inline]
            fn write(&self, sink: &mut dyn v1::Sink) -> Result<(), v1::Failure> {
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
        impl<'de> v1::serde::Deserialize<'de> for #name {
            #[inline]
            fn deserialize<D: v1::serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                v1::deserialize(source)
            }
        }
    };
    let serialize = quote! {
        #allow
        impl v1::serde::Serialize for #name {
            #[inline]
            fn serialize<S: v1::serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                v1::serialize(self, sink)
            }
        }
    };
    vec![deserialize, serialize]
}
