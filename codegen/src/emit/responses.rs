//! What an operation answers.

use super::attributes::{docs, outer_or};
use super::code::{inline, Code};
use super::types;
use crate::api::model::Status;
use crate::lower::model::{
    Content, Method, ResponseEnum, ResponseType, ResponseVariant, Type, ValueType,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The type that decodes an answer.
pub fn decoder(answer: &ResponseType) -> TokenStream {
    match answer {
        ResponseType::One(content) => content_decoder(content),
        ResponseType::Undocumented => quote!(rt::Undocumented),
        ResponseType::Several(several) => {
            let name = &several.name;
            quote!(#name)
        }
    }
}

fn content_decoder(content: &Content) -> TokenStream {
    match content {
        Content::Empty => quote!(rt::Empty),
        Content::Json(value) => {
            let ty = &value.ty;
            types::coded(value)
                .map_or_else(|| quote!(rt::Json<#ty>), |codec| quote!(rt::JsonAs<#codec>))
        }
        Content::Form(value) => {
            let ty = &value.ty;
            types::coded(value)
                .map_or_else(|| quote!(rt::Form<#ty>), |codec| quote!(rt::FormAs<#codec>))
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
fn streamed(value: &ValueType) -> TokenStream {
    let ty = &value.ty;
    types::coded(value).map_or_else(|| quote!(#ty), |codec| quote!(rt::Coding<#codec>))
}

/// An error as documentation names it; none where the document describes none.
pub fn error_words(answer: &ResponseType) -> Option<String> {
    Some(match answer {
        ResponseType::Undocumented | ResponseType::One(Content::Empty) => return None,
        ResponseType::Several(several) => format!("[`{}`]", several.name),
        ResponseType::One(Content::Json(value) | Content::Form(value))
            if value.ty == Type::Value =>
        {
            "Any JSON".to_owned()
        }
        ResponseType::One(Content::Json(value) | Content::Form(value)) => value_words(&value.ty),
        ResponseType::One(Content::Text | Content::TextEvents) => "A text".to_owned(),
        ResponseType::One(
            Content::Bytes
            | Content::Stream
            | Content::Events(_)
            | Content::NamedEvents(_)
            | Content::Lines(_),
        ) => "Bytes".to_owned(),
    })
}

/// The value of a success as documentation names it; none where there is nothing.
pub fn output_words(answer: &ResponseType) -> Option<String> {
    Some(match answer {
        ResponseType::Undocumented | ResponseType::One(Content::Empty) => return None,
        ResponseType::Several(several) => format!("[`{}`]", several.name),
        ResponseType::One(Content::Json(value) | Content::Form(value)) => value_words(&value.ty),
        ResponseType::One(Content::Text) => "a text".to_owned(),
        ResponseType::One(Content::Bytes) => "bytes".to_owned(),
        ResponseType::One(Content::Stream) => "bytes as they arrive".to_owned(),
        ResponseType::One(Content::Events(value) | Content::NamedEvents(value)) => {
            format!("events of {}", value_words(&value.ty))
        }
        ResponseType::One(Content::TextEvents) => "events of text".to_owned(),
        ResponseType::One(Content::Lines(value)) => format!("lines of {}", value_words(&value.ty)),
    })
}

fn value_words(ty: &Type) -> String {
    if let Type::Named(name) = ty {
        format!("[`{name}`]")
    } else if *ty == Type::Value {
        "any JSON".to_owned()
    } else {
        format!("`{}`", inline(&quote!(#ty)).replace("rt::", ""))
    }
}

/// The enum of several answers.
pub fn items(answer: &ResponseType, method: &Method, link: &str) -> Vec<Code> {
    match answer {
        ResponseType::Several(several) => {
            vec![definition(several, method, link).into(), responses(several)]
        }
        ResponseType::One(_) | ResponseType::Undocumented => Vec::new(),
    }
}

fn definition(several: &ResponseEnum, method: &Method, link: &str) -> TokenStream {
    let name = &several.name;
    let attributes = docs(&[format!("The responses of {link}, by status.")]);
    let variants = several.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let response = method.data.responses.get(variant.response);
        let status = response.map_or(String::new(), |response| match response.status {
            Status::Exact(code) => format!("Status {code}."),
            Status::Range(class) => format!("Status {class}XX."),
            Status::Default => "Any other status.".to_owned(),
        });
        let attributes = outer_or(&variant.attributes, &status);
        match held(&variant.content) {
            Some(ty) => quote!(#attributes #ident(#ty)),
            None => quote!(#attributes #ident),
        }
    });
    let streams = several
        .variants
        .iter()
        .any(|variant| variant.content.is_streamed());
    let derives = (!streams).then(|| quote!(Clone,));
    let equality = (!streams).then(|| quote!(, PartialEq));
    quote! {
        #attributes
        #[derive(#derives Debug #equality)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// What a variant holds; records are boxed, as in unions.
pub fn held(content: &Content) -> Option<TokenStream> {
    match content {
        Content::Empty => None,
        Content::Json(value) | Content::Form(value) => {
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

/// How each variant is decoded, and, where all are JSON, written by mocks.
fn responses(several: &ResponseEnum) -> Code {
    let is_json = |variant: &ResponseVariant| match &variant.content {
        Content::Empty | Content::Json(_) => true,
        Content::Form(_)
        | Content::Text
        | Content::Bytes
        | Content::Stream
        | Content::Events(_)
        | Content::NamedEvents(_)
        | Content::TextEvents
        | Content::Lines(_) => false,
    };
    let encode = if several.variants.iter().all(is_json) {
        ": Encode"
    } else {
        ""
    };
    let mut text = format!("rt::responses! {{ {}{encode} {{\n", several.name);
    for variant in &several.variants {
        let (response, ident) = (variant.response, &variant.ident);
        let media: Vec<_> = variant.media.iter().map(usize::to_string).collect();
        let media = (!media.is_empty()).then(|| format!(" / {}", media.join(" | ")));
        let decoder = variant_decoder(&variant.content);
        let decoder = decoder.map(|decoder| format!("({})", inline(&decoder)));
        let (media, decoder) = (media.unwrap_or_default(), decoder.unwrap_or_default());
        text.push_str(&format!("    {response}{media} => {ident}{decoder},\n"));
    }
    text.push_str("} }");
    Code::macro_call(&text)
}

/// The decoder of what a variant holds.
fn variant_decoder(content: &Content) -> Option<TokenStream> {
    match content {
        Content::Empty => None,
        Content::Json(value) if !value.ty.named().is_empty() => {
            let ty = &value.ty;
            Some(match types::coded(value) {
                None => quote!(rt::Json<Box<#ty>>),
                Some(codec) => quote!(rt::JsonAs<rt::Boxed<#codec>>),
            })
        }
        Content::Form(value) if !value.ty.named().is_empty() => {
            let ty = &value.ty;
            Some(match types::coded(value) {
                None => quote!(rt::Form<Box<#ty>>),
                Some(codec) => quote!(rt::FormAs<rt::Boxed<#codec>>),
            })
        }
        Content::Json(_)
        | Content::Form(_)
        | Content::Text
        | Content::Bytes
        | Content::Stream
        | Content::Events(_)
        | Content::NamedEvents(_)
        | Content::TextEvents
        | Content::Lines(_) => Some(content_decoder(content)),
    }
}
