//! What an operation answers.

use super::types;
use super::words::{docs, or};
use crate::names::Ident;
use crate::rust::ir::{Answer, AnswerEnum, AnswerVariant, Content, Typed};
use crate::tokens::{quote, Literal, Tokens};

/// The type that decodes an answer.
pub fn decoder(answer: &Answer) -> Tokens {
    match answer {
        Answer::One(content) => content_decoder(content),
        Answer::Undocumented => quote!(rt::Undocumented),
        Answer::Several(several) => {
            let name = &several.name;
            quote!(#name)
        }
    }
}

fn content_decoder(content: &Content) -> Tokens {
    match content {
        Content::Empty => quote!(rt::Empty),
        Content::Json(value) => {
            let ty = &value.ty;
            types::coded(value)
                .map_or_else(|| quote!(rt::Json<#ty>), |codec| quote!(rt::JsonAs<#codec>))
        }
        Content::Text => quote!(rt::PlainText),
        Content::Bytes => quote!(rt::Binary),
        Content::Stream => quote!(rt::Streamed),
        Content::Events(value) => {
            let item = streamed(value);
            quote!(rt::Events<#item>)
        }
        Content::NamedEvents(value) => {
            let ty = &value.ty;
            quote!(rt::NamedEvents<#ty>)
        }
        Content::TextEvents => quote!(rt::TextEvents),
        Content::Lines(value) => {
            let item = streamed(value);
            quote!(rt::Lines<#item>)
        }
    }
}

/// An item of a stream; one that travels by a codec of its own is wrapped.
fn streamed(value: &Typed) -> Tokens {
    let ty = &value.ty;
    types::coded(value).map_or_else(|| quote!(#ty), |codec| quote!(rt::Coding<#codec>))
}

/// The enum of several answers.
pub fn items(answer: &Answer) -> Vec<Tokens> {
    match answer {
        Answer::Several(several) => [definition(several), decode(several)]
            .into_iter()
            .chain(write(several))
            .collect(),
        Answer::One(_) | Answer::Undocumented => Vec::new(),
    }
}

fn definition(several: &AnswerEnum) -> Tokens {
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
    let streams = several
        .variants
        .iter()
        .any(|variant| variant.content.is_streamed());
    let derives = (!streams).then(|| quote!(Clone,));
    let equality = (!streams).then(|| quote!(, PartialEq));
    quote! {
        #words
        #[derive(#derives Debug #equality)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// What a variant holds; records are boxed, as in unions.
fn held(content: &Content) -> Option<Tokens> {
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
        Content::Bytes => Some(quote!(rt::Bytes)),
        Content::Stream => Some(quote!(rt::ByteStream)),
        Content::Events(value) | Content::NamedEvents(value) => {
            let item = streamed(value);
            Some(quote!(rt::EventStream<#item>))
        }
        Content::TextEvents => Some(quote!(rt::EventStream<String>)),
        Content::Lines(value) => {
            let item = streamed(value);
            Some(quote!(rt::LineStream<#item>))
        }
    }
}

fn decode(several: &AnswerEnum) -> Tokens {
    let name = &several.name;
    let by_media = several
        .variants
        .iter()
        .any(|variant| variant.media.is_some());
    let arms = several
        .variants
        .iter()
        .map(|variant| arm(variant, by_media));
    let streams = several
        .variants
        .iter()
        .any(|variant| variant.content.is_streamed());
    let streams = streams.then(|| {
        quote!(
            const STREAMED: bool = true;
        )
    });
    let found = match by_media {
        true => quote!((answer.reply(), answer.content())),
        false => quote!(answer.reply()),
    };
    quote! {
        impl rt::FromResponse for #name {
            type Value = Self;
            #streams
            #[inline]
            fn decode(answer: rt::RawResponse) -> Result<Self, rt::CodecError> {
                match #found {
                    #(#arms,)*
                    _ => Err(answer.undocumented()),
                }
            }
        }
    }
}

/// How a mock writes the enum; none where one of its variants is no JSON.
fn write(several: &AnswerEnum) -> Option<Tokens> {
    let name = &several.name;
    let arms = several.variants.iter().map(|variant| {
        let ident = &variant.ident;
        match &variant.content {
            Content::Empty => Some(quote!(Self::#ident => encoder.null())),
            Content::Json(value) => Some(match types::coded(value) {
                None => quote!(Self::#ident(body) => rt::Encode::encode(body, encoder)),
                Some(codec) => {
                    quote!(Self::#ident(body) => rt::Encode::encode(&rt::coded::<#codec>(body), encoder))
                }
            }),
            Content::Text
            | Content::Bytes
            | Content::Stream
            | Content::Events(_)
            | Content::NamedEvents(_)
            | Content::TextEvents
            | Content::Lines(_) => None,
        }
    });
    let arms = arms.collect::<Option<Vec<_>>>()?;
    Some(quote! {
        impl rt::Encode for #name {
            #[inline]
            fn encode(&self, encoder: &mut dyn rt::Encoder) -> Result<(), rt::CodecError> {
                match self { #(#arms,)* }
            }
        }
    })
}

fn arm(variant: &AnswerVariant, by_media: bool) -> Tokens {
    let (ident, index) = (&variant.ident, Literal::integer(variant.reply));
    let media = variant.media.map(Literal::integer);
    let pattern = match (by_media, media) {
        (true, Some(media)) => quote!((Some(#index), Some(#media))),
        (true, None) => quote!((Some(#index), _)),
        (false, _) => quote!(Some(#index)),
    };
    let read = match &variant.content {
        Content::Empty => return quote!(#pattern => Ok(Self::#ident)),
        Content::Json(value) => match types::coded(value) {
            None => quote!(answer.json()),
            Some(codec) => quote!(<rt::JsonAs<#codec> as rt::FromResponse>::decode(answer)),
        },
        Content::Text => quote!(answer.text()),
        Content::Bytes => quote!(answer.bytes()),
        Content::Stream
        | Content::Events(_)
        | Content::NamedEvents(_)
        | Content::TextEvents
        | Content::Lines(_) => {
            let decoder = content_decoder(&variant.content);
            quote!(<#decoder as rt::FromResponse>::decode(answer))
        }
    };
    let boxes = matches!(&variant.content, Content::Json(value) if !value.ty.named().is_empty());
    if boxes {
        quote!(#pattern => #read.map(|body| Self::#ident(Box::new(body))))
    } else {
        quote!(#pattern => #read.map(Self::#ident))
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
        Content::Json(value)
        | Content::Events(value)
        | Content::NamedEvents(value)
        | Content::Lines(value) => value.ty.named(),
        Content::Empty | Content::Text | Content::Bytes | Content::Stream | Content::TextEvents => {
            Vec::new()
        }
    }
}
