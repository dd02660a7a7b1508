//! Response types and response headers.

use super::code::{docs, inline, outer_or, Code};
use super::types::{self, codec_of};
use super::Module;
use crate::api::model::Status;
use crate::lower::model::{
    Content, Method, ResponseEnum, ResponseHeader, ResponseType, ResponseVariant, Type, ValueType,
};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Returns the type that decodes a response.
pub fn decoder(response: &ResponseType) -> TokenStream {
    match response {
        ResponseType::One(content) => content_decoder(content, false),
        ResponseType::Undocumented => quote!(rt::Undocumented),
        ResponseType::Several(several) => {
            let name = &several.name;
            quote!(#name)
        }
    }
}

/// Returns the type that decodes one media type.
pub fn content_decoder(content: &Content, boxed: bool) -> TokenStream {
    match content {
        Content::Empty => quote!(rt::Empty),
        Content::Json(value) => value_decoder(&quote!(rt::Json), &quote!(rt::JsonAs), value, boxed),
        Content::Form(value) => value_decoder(&quote!(rt::Form), &quote!(rt::FormAs), value, boxed),
        Content::Xml(value) => value_decoder(&quote!(rt::Xml), &quote!(rt::XmlAs), value, boxed),
        Content::Text => quote!(rt::PlainText),
        Content::Bytes => quote!(rt::Binary),
        Content::Stream => quote!(rt::Streamed),
        Content::Events(value) => {
            let item = stream_item(value);
            quote!(rt::Events<#item>)
        }
        Content::NamedEvents(value) => {
            let ty = &value.ty;
            quote!(rt::NamedEvents<#ty>)
        }
        Content::TextEvents => quote!(rt::TextEvents),
        Content::Lines(value) => {
            let item = stream_item(value);
            quote!(rt::Lines<#item>)
        }
    }
}

/// Returns the decoder of a value: `native` for its type, or `coded` for its codec.
pub fn value_decoder(
    native: &TokenStream,
    coded: &TokenStream,
    value: &ValueType,
    boxed: bool,
) -> TokenStream {
    let ty = &value.ty;
    match (types::coded(value), boxed) {
        (None, false) => quote!(#native<#ty>),
        (None, true) => quote!(#native<Box<#ty>>),
        (Some(codec), false) => quote!(#coded<#codec>),
        (Some(codec), true) => quote!(#coded<rt::Boxed<#codec>>),
    }
}

/// Returns the item type of a stream, wrapped if its codec is not native.
pub fn stream_item(value: &ValueType) -> TokenStream {
    let ty = &value.ty;
    types::coded(value).map_or_else(|| quote!(#ty), |codec| quote!(rt::Coding<#codec>))
}

/// Describes an error in documentation; `None` if the document does not describe it.
pub fn describe_error(response: &ResponseType) -> Option<String> {
    Some(match response {
        ResponseType::Undocumented | ResponseType::One(Content::Empty) => return None,
        ResponseType::Several(several) => format!("[`{}`]", several.name),
        ResponseType::One(Content::Json(value) | Content::Form(value) | Content::Xml(value))
            if value.ty == Type::Value =>
        {
            "Any JSON".to_owned()
        }
        ResponseType::One(Content::Json(value) | Content::Form(value) | Content::Xml(value)) => {
            describe_value(&value.ty)
        }
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

/// Describes an output in documentation; `None` if it is empty.
pub fn describe_output(response: &ResponseType) -> Option<String> {
    match response {
        ResponseType::Undocumented => None,
        ResponseType::Several(several) => Some(format!("[`{}`]", several.name)),
        ResponseType::One(content) => describe_content(content),
    }
}

/// Describes content of a response in documentation; `None` if it is empty.
pub fn describe_content(content: &Content) -> Option<String> {
    Some(match content {
        Content::Empty => return None,
        Content::Json(value) | Content::Form(value) | Content::Xml(value) => {
            describe_value(&value.ty)
        }
        Content::Text => "a text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Stream => "bytes as they arrive".to_owned(),
        Content::Events(value) | Content::NamedEvents(value) => {
            format!("events of {}", describe_value(&value.ty))
        }
        Content::TextEvents => "events of text".to_owned(),
        Content::Lines(value) => format!("lines of {}", describe_value(&value.ty)),
    })
}

fn describe_value(ty: &Type) -> String {
    if let Type::Named(name) = ty {
        format!("[`{name}`]")
    } else if *ty == Type::Value {
        "any JSON".to_owned()
    } else {
        format!("`{}`", inline(&quote!(#ty)).replace("rt::", ""))
    }
}

/// Returns the enum of several responses.
pub fn items(response: &ResponseType, method: &Method, link: &str) -> Vec<Code> {
    match response {
        ResponseType::Several(several) => {
            vec![definition(several, method, link).into(), table(several)]
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
        match variant_type(variant) {
            Some(ty) => quote!(#attributes #ident(#ty)),
            None => quote!(#attributes #ident),
        }
    });
    let derives = match several.is_streamed() {
        true => quote!(Debug),
        false => quote!(Clone, Debug, PartialEq),
    };
    quote! {
        #attributes
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// Returns the type inside a variant.
pub fn variant_type(variant: &ResponseVariant) -> Option<TokenStream> {
    Some(match &variant.content {
        Content::Empty => return None,
        Content::Json(value) | Content::Form(value) | Content::Xml(value) => {
            let ty = &value.ty;
            match variant.boxed {
                true => quote!(Box<#ty>),
                false => quote!(#ty),
            }
        }
        Content::Text => quote!(String),
        Content::Bytes => quote!(rt::Bytes),
        Content::Stream => quote!(rt::ByteStream),
        Content::Events(value) | Content::NamedEvents(value) => {
            let item = stream_item(value);
            quote!(rt::EventStream<#item>)
        }
        Content::TextEvents => quote!(rt::EventStream<String>),
        Content::Lines(value) => {
            let item = stream_item(value);
            quote!(rt::LineStream<#item>)
        }
    })
}

/// Returns the macro call that decodes each variant, and encodes it for mocks if possible.
fn table(several: &ResponseEnum) -> Code {
    let encode = if several.is_encodable() { ": Encode" } else { "" };
    let mut text = format!("rt::responses! {{ {}{encode} {{\n", several.name);
    for variant in &several.variants {
        let (response, ident) = (variant.response, &variant.ident);
        let contents: Vec<_> = variant.contents.iter().map(usize::to_string).collect();
        let contents = (!contents.is_empty()).then(|| format!(" / {}", contents.join(" | ")));
        let contents = contents.unwrap_or_default();
        let decoder = match variant.content == Content::Empty {
            true => String::new(),
            false => format!("({})", inline(&content_decoder(&variant.content, variant.boxed))),
        };
        text.push_str(&format!("    {response}{contents} => {ident}{decoder},\n"));
    }
    text.push_str("} }");
    Code::macro_call(&text)
}

/// Returns the module of response headers.
pub fn headers_module<'m>(headers: &[ResponseHeader]) -> Module<'m> {
    let named = headers.iter().flat_map(|header| header.value.ty.named());
    let named: BTreeSet<&Ident> = named.collect();
    let import = (!named.is_empty()).then(|| quote!(use super::types::{#(#named),*};));
    let constants = headers.iter().map(|header| {
        let (ident, wire) = (&header.ident, &header.wire);
        let attributes = outer_or(&header.attributes, &format!("`{wire}`"));
        let codec = codec_of(&header.value);
        quote! {
            #attributes
            pub const #ident: rt::ResponseHeader<#codec> = rt::ResponseHeader::new(#wire);
        }
    });
    let docs = "Documented response headers, for `response.get(headers::NAME)`.";
    Module::with_runtime("headers", docs, import, constants)
}
