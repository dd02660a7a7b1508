//! The data of server-sent events, told by their names.

use super::attributes::docs;
use super::types;
use crate::api::model::EventData;
use crate::lower::model::{Type, Union, UnionVariant};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// The variant of events of other names.
pub fn unlisted(ident: &Ident) -> TokenStream {
    let attributes = docs(&["An event of a name that the document does not list, as it came."]);
    quote!(#attributes #ident(rt::Event<String>))
}

/// How the data of an event is read.
pub fn read(union: &Union, data: &[EventData]) -> TokenStream {
    let (name, unlisted) = (&union.name, &union.unlisted);
    let arms = union.variants.iter().zip(data).map(|(variant, data)| {
        let (names, ident) = (&variant.tags, &variant.ident);
        let value = value(variant, *data, &quote!(Self::#ident));
        quote!(#(#names)|* => #value)
    });
    quote! {
        impl rt::ReadEvent for #name {
            #[inline]
            fn read_event(event: &rt::NamedEvent<'_>) -> Result<Self, rt::CodecError> {
                match event.name() {
                    #(#arms,)*
                    _ => event.unlisted().map(Self::#unlisted),
                }
            }
        }
    }
}

fn value(variant: &UnionVariant, data: EventData, into: &TokenStream) -> TokenStream {
    let codec = types::coded(&variant.value);
    match (data, codec) {
        (EventData::Text, None) if variant.value.ty == Type::Text => {
            quote!(Ok(#into(event.text())))
        }
        (EventData::Text, None) => quote!(event.read_text().map(#into)),
        (EventData::Text, Some(codec)) => {
            quote!(event.read_text::<rt::Coding<#codec>>().map(|value| #into(value.0)))
        }
        (EventData::Json, None) => quote!(event.json().map(#into)),
        (EventData::Json, Some(codec)) => {
            quote!(event.json::<rt::Coding<#codec>>().map(|value| #into(value.0)))
        }
    }
}
