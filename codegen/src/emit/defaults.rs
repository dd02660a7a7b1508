//! Accessors that know the document's defaults.

use super::record::allow;
use super::words::docs;
use crate::rust::ir::{Default, DefaultValue, Field, Record};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The accessors of fields that have a default.
pub fn items(record: &Record) -> Option<TokenStream> {
    let fields = record.fields.iter();
    let accessors: Vec<_> = fields
        .filter_map(|field| Some(accessor(field, field.default.as_ref()?)))
        .collect();
    if accessors.is_empty() {
        return None;
    }
    let (name, allow) = (&record.name, allow(record));
    Some(quote! {
        #allow
        impl #name { #(#accessors)* }
    })
}

fn accessor(field: &Field, default: &Default) -> TokenStream {
    let (ident, accessor) = (&field.name.ident, &default.accessor);
    let ty = &field.value.ty;
    let words = docs(&[format!(
        "`{}`, or what the server takes where it is not given.",
        ident.text()
    )]);
    let (result, body) = match &default.value {
        DefaultValue::Text(text) => (
            quote!(&str),
            quote!(self.#ident.as_deref().unwrap_or(#text)),
        ),
        DefaultValue::Variant(choice, variant, copied) => {
            let clone = (!copied).then(|| quote!(.clone()));
            let body = quote!(self.#ident #clone.unwrap_or(#choice::#variant));
            (quote!(#ty), body)
        }
        DefaultValue::Bool(value) => (quote!(#ty), quote!(self.#ident.unwrap_or(#value))),
        DefaultValue::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            (quote!(#ty), quote!(self.#ident.unwrap_or(#value)))
        }
        DefaultValue::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            (quote!(#ty), quote!(self.#ident.unwrap_or(#value)))
        }
    };
    quote! {
        #words
        #[inline]
        pub fn #accessor(&self) -> #result { #body }
    }
}
