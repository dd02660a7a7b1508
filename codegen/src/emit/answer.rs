//! What an operation answers.

use super::types;
use super::words::{docs, or};
use crate::names::Ident;
use crate::rust::ir::{Answer, AnswerEnum, AnswerVariant, Content};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The type that decodes an answer.
pub fn decoder(answer: &Answer) -> TokenStream {
    match answer {
        Answer::One(content) => content_decoder(content),
        Answer::Undocumented => quote!(v1::Undocumented),
        Answer::Several(several) => {
            let name = &several.name;
            quote!(#name)
        }
    }
}

fn content_decoder(content: &Content) -> TokenStream {
    match content {
        Content::Empty => quote!(v1::Empty),
        Content::Json(value) => {
            let ty = &value.ty;
            types::coded(value)
                .map_or_else(|| quote!(v1::Json<#ty>), |codec| quote!(v1::JsonAs<#codec>))
        }
        Content::Text => quote!(v1::PlainText),
        Content::Bytes => quote!(v1::Binary),
    }
}

/// The enum of several answers.
pub fn items(answer: &Answer) -> Vec<TokenStream> {
    match answer {
        Answer::Several(several) => vec![definition(several), decode(several)],
        Answer::One(_) | Answer::Undocumented => Vec::new(),
    }
}

fn definition(several: &AnswerEnum) -> TokenStream {
    let name = &several.name;
    let words = docs(&["What the operation answers, by status."]);
    let variants = several.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let words = or(&variant.words, "As the document says for this status.");
        match held(&variant.content) {
            Some(ty) => quote!(#words #ident(#ty)),
            None => quote!(#words #ident),
        }
    });
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// What a variant holds; records are boxed, as in unions.
fn held(content: &Content) -> Option<TokenStream> {
    match content {
        Content::Empty => None,
        Content::Json(value) => {
            let ty = &value.ty;
            Some(if value.ty.named().is_empty() {
                quote!(#ty)
            } else {
                quote!(Box<#ty>)
            })
        }
        Content::Text => Some(quote!(String)),
        Content::Bytes => Some(quote!(v1::Bytes)),
    }
}

fn decode(several: &AnswerEnum) -> TokenStream {
    let name = &several.name;
    let arms = several.variants.iter().map(arm);
    quote! {
        impl v1::Decode for #name {
            type Value = Self;
            #[inline]
            fn decode(answer: v1::Answer) -> Result<Self, v1::Failure> {
                match answer.reply() {
                    #(#arms,)*
                    _ => Err(answer.undocumented()),
                }
            }
        }
    }
}

fn arm(variant: &AnswerVariant) -> TokenStream {
    let (ident, index) = (&variant.ident, Literal::usize_unsuffixed(variant.reply));
    let read = match &variant.content {
        Content::Empty => return quote!(Some(#index) => Ok(Self::#ident)),
        Content::Json(value) => match types::coded(value) {
            None => quote!(answer.json()),
            Some(codec) => quote!(<v1::JsonAs<#codec> as v1::Decode>::decode(answer)),
        },
        Content::Text => quote!(answer.text()),
        Content::Bytes => quote!(answer.bytes()),
    };
    let boxes = matches!(&variant.content, Content::Json(value) if !value.ty.named().is_empty());
    if boxes {
        quote!(Some(#index) => #read.map(|body| Self::#ident(Box::new(body))))
    } else {
        quote!(Some(#index) => #read.map(Self::#ident))
    }
}

/// The generated types that an answer names.
pub fn named(answer: &Answer) -> Vec<&Ident> {
    match answer {
        Answer::One(content) => content_types(content),
        Answer::Undocumented => Vec::new(),
        Answer::Several(several) => several
            .variants
            .iter()
            .flat_map(|variant| content_types(&variant.content))
            .collect(),
    }
}

fn content_types(content: &Content) -> Vec<&Ident> {
    match content {
        Content::Json(value) => value.ty.named(),
        Content::Empty | Content::Text | Content::Bytes => Vec::new(),
    }
}
