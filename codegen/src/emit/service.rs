//! The module `server`: the trait of security, routes, and a file of handlers for each tag.

use super::authentication;
use super::code::{docs, inline, outer, outer_or, Code, WIDTH};
use super::module::{import, runtime_import, with_imports};
use super::responses::{content_decoder, stream_item, value_decoder};
use super::{record, reexport, types, validation, Later, Module};
use crate::api::model::EventData;
use crate::lower::model::{
    BodyCase, BodyContent, BodyDecoder, Content, Crate, Handler, HandlerBody, HandlerFile, Item,
    PartCase, PartEnum, Record, Reply, ReplyVariant, Rule, Security, Service, Tagging, Union,
    ALL_TAGS,
};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Cargo feature of a generated crate that has the module.
pub const FEATURE: &str = "server";

/// Returns the module of a crate's server.
pub fn module<'m>(krate: &'m Crate, service: &'m Service) -> Module<'m> {
    let security = service.security.as_ref();
    let always = BTreeSet::new();
    let reexports = service.files.iter().map(|file| reexport(&file.module, &always));
    let imports = [
        quote!(
            use super::client::API;
        ),
        runtime_import(),
    ]
    .map(Code::from);
    let trait_items = security.iter().flat_map(|security| authentication::items(security));
    let file = |file| Later::new(move || handler_file(file, security));
    Module {
        public: true,
        feature: Some(FEATURE),
        // Its routes are those of all tags.
        features: krate.features.first().map(|_| ALL_TAGS.to_owned()).into_iter().collect(),
        docs: vec![
            "The server of the API: a trait of handlers for each tag, and routes that call them."
                .to_owned(),
        ],
        items: reexports
            .chain(imports)
            .chain(trait_items)
            .chain(routes(service))
            .chain(events(krate, service))
            .collect(),
        children: service.files.iter().map(file).collect(),
        ..Module::named("server")
    }
}

/// Returns the functions that make the routes.
fn routes(service: &Service) -> [Code; 2] {
    let traits = service.files.iter().map(|file| &file.name);
    let bounds = quote!(S: #(#traits)+*);
    let (routes, new) = match service.security {
        Some(_) => (
            quote!(rt::Routes<S, S::Principal>),
            quote!(rt::Routes::secured(&API, service, authenticate::<S>)),
        ),
        None => (quote!(rt::Routes<S>), quote!(rt::Routes::new(&API, service))),
    };
    let modules = service.files.iter().map(|file| &file.module);
    let router = quote! {
        /// Returns the routes of all operations, with default settings.
        pub fn router<#bounds>(service: S) -> rt::axum::Router {
            routes(service).into_router()
        }
    };
    let routes = quote! {
        /// Returns the routes of all operations, whose settings can be changed.
        pub fn routes<#bounds>(service: S) -> #routes {
            let mut routes = #new;
            #(#modules::add(&mut routes);)*
            routes
        }
    };
    [router.into(), routes.into()]
}

/// Returns how the data of named events is written.
fn events(krate: &Crate, service: &Service) -> Vec<Code> {
    let variants = service.handlers().flat_map(|handler| &handler.reply.variants);
    let named = variants.filter_map(|variant| {
        let is_named = matches!(variant.content, Content::NamedEvents(_));
        variant.content.value_type().filter(|_| is_named)
    });
    let named: BTreeSet<&Ident> = named.flat_map(|value| value.ty.named()).collect();
    let items = krate.types.iter().flat_map(|file| &file.items);
    let items = items.filter(|item| named.contains(item.name()));
    let unions = items.filter_map(|item| match item {
        Item::Union(union) => Some(union),
        Item::Record(_)
        | Item::Choice(_)
        | Item::Newtype(_)
        | Item::Alias(_)
        | Item::Validation(_) => None,
    });
    unions.map(|union| event_encoder(union).into()).collect()
}

fn event_encoder(union: &Union) -> TokenStream {
    let name = &union.name;
    let Tagging::Event(data) = &union.tagging else {
        return TokenStream::new();
    };
    let arms = union.variants.iter().zip(data).map(|(variant, data)| {
        let ident = &variant.ident;
        let tag = variant.tags.first().map_or("", String::as_str);
        let function = match data {
            EventData::Json => quote!(event_json),
            EventData::Text => quote!(event_text),
        };
        let value = match types::coded(&variant.value) {
            Some(codec) => quote!(&rt::coded::<#codec>(data)),
            None => quote!(data),
        };
        quote!(Self::#ident(data) => Ok((#tag.into(), rt::#function(#value)?)))
    });
    let unlisted = union.unlisted.iter().map(|ident| {
        quote!(Self::#ident(event) => Ok((event.event.as_str().into(), event.data.clone())))
    });
    quote! {
        impl rt::WriteEvent for super::types::#name {
            fn write_event(&self) -> Result<(std::borrow::Cow<'_, str>, String), rt::CodecError> {
                match self {
                    #(#arms,)*
                    #(#unlisted,)*
                }
            }
        }
    }
}

fn handler_file<'m>(file: &'m HandlerFile, security: Option<&Security>) -> Module<'m> {
    let markers = file.handlers.iter().map(|handler| handler.marker.clone());
    let markers: BTreeSet<Ident> = markers.collect();
    let imports = [
        import(quote!(super::super::operations), &markers),
        import(quote!(super::super::types), &file.types),
    ];
    let mut items = vec![handlers_trait(file, security).into()];
    for handler in &file.handlers {
        let link = format!("[`{}::{}`]", file.name.text(), handler.name.text());
        items.extend(handler_items(handler, &link));
    }
    items.push(handlers_table(file, security.is_some()));
    Module {
        items: with_imports(items, imports.into_iter().flatten()),
        allow_deprecated: file.allow_deprecated,
        ..Module::new(&file.module)
    }
}

fn handlers_trait(file: &HandlerFile, security: Option<&Security>) -> TokenStream {
    let name = &file.name;
    let attributes = docs(&[match &file.tag {
        Some(tag) => format!("Handlers of the operations under `{}`.", tag.name),
        None => "Handlers of the operations.".to_owned(),
    }]);
    let (bound, context) = match security {
        Some(Security { name, .. }) => (quote!(super::#name), quote!(rt::Context<Self::Principal>)),
        None => (quote!(Send + Sync + 'static), quote!(rt::Context)),
    };
    let methods = file.handlers.iter().map(|handler| {
        let (name, reply) = (&handler.name, &handler.reply.name);
        let attributes = outer(&handler.attributes);
        let parameters = handler.parameters.iter().map(|record| {
            let ty = &record.name;
            quote!(parameters: #ty,)
        });
        let body = handler.body.iter().map(|body| {
            let ty = body_type(body);
            quote!(body: #ty,)
        });
        quote! {
            #attributes
            fn #name(
                &self,
                #(#parameters)*
                #(#body)*
                context: #context,
            ) -> impl std::future::Future<Output = #reply> + Send;
        }
    });
    quote! {
        #attributes
        pub trait #name: #bound { #(#methods)* }
    }
}

/// Returns the items of one handler: its parameters, its bodies, its replies and their headers.
fn handler_items(handler: &Handler, link: &str) -> Vec<Code> {
    let mut items = Vec::new();
    items.extend(handler.parameters.iter().flat_map(|record| parameters(record, link)));
    items.extend(handler.validation.iter().map(|one| Code::from(validation::methods(one))));
    if let Some(body) = &handler.body {
        items.extend(body_items(body, link));
        items.extend(body.parts.iter().flat_map(|parts| part_items(parts, link)));
    }
    items.extend(reply_items(&handler.reply, link));
    let variants = handler.reply.variants.iter();
    let headers = variants.filter_map(|variant| variant.headers.as_ref());
    items.extend(headers.flat_map(|headers| record::items(headers, &[])));
    items
}

fn parameters(record: &Record, link: &str) -> Vec<Code> {
    let mut record = record.clone();
    record.attributes.docs = vec![format!("Parameters of {link}.")];
    record::items(&record, &[])
}

fn decoder(decoder: &BodyDecoder) -> TokenStream {
    match decoder {
        BodyDecoder::Json(value) => {
            value_decoder(&quote!(rt::Json), &quote!(rt::JsonAs), value, false)
        }
        BodyDecoder::Form(value) => {
            value_decoder(&quote!(rt::Form), &quote!(rt::FormAs), value, false)
        }
        BodyDecoder::Xml(value) => {
            value_decoder(&quote!(rt::Xml), &quote!(rt::XmlAs), value, false)
        }
        BodyDecoder::PartList(value) => {
            value_decoder(&quote!(rt::PartList), &quote!(rt::PartListAs), value, false)
        }
        BodyDecoder::Text => quote!(rt::PlainText),
        BodyDecoder::Stream => quote!(rt::Streamed),
        BodyDecoder::Lines(value) => {
            let item = stream_item(value);
            quote!(rt::Lines<#item>)
        }
        BodyDecoder::Parts(Some(parts)) => quote!(rt::Parts<#parts>),
        BodyDecoder::Parts(None) => quote!(rt::Parts<rt::FileStream>),
    }
}

/// Returns the type of what a decoder makes.
pub fn decoded(decoder: &BodyDecoder) -> TokenStream {
    match decoder {
        BodyDecoder::Json(value)
        | BodyDecoder::Form(value)
        | BodyDecoder::PartList(value)
        | BodyDecoder::Xml(value) => {
            let ty = &value.ty;
            quote!(#ty)
        }
        BodyDecoder::Text => quote!(String),
        BodyDecoder::Stream => quote!(rt::ByteStream),
        BodyDecoder::Lines(value) => {
            let item = stream_item(value);
            quote!(rt::ItemStream<#item>)
        }
        BodyDecoder::Parts(Some(parts)) => quote!(rt::PartStream<#parts>),
        BodyDecoder::Parts(None) => quote!(rt::PartStream<rt::FileStream>),
    }
}

/// Returns the type of the argument `body`.
pub fn body_type(body: &HandlerBody) -> TokenStream {
    let ty = match &body.content {
        BodyContent::One(decoder) => decoded(decoder),
        BodyContent::Several(name, _) => quote!(#name),
    };
    match body.required {
        true => ty,
        false => quote!(Option<#ty>),
    }
}

/// Returns the decoder of the argument `body`.
fn body_decoder(body: &HandlerBody) -> TokenStream {
    let decoder = match &body.content {
        BodyContent::One(decoder) => self::decoder(decoder),
        BodyContent::Several(name, _) => quote!(#name),
    };
    match body.required {
        true => decoder,
        false => quote!(rt::OptionalBody<#decoder>),
    }
}

/// Returns the enum of several media types.
fn body_items(body: &HandlerBody, link: &str) -> Vec<Code> {
    let BodyContent::Several(name, cases) = &body.content else {
        return Vec::new();
    };
    let attributes = docs(&[format!("The body of {link}, by its media type.")]);
    let variants = cases.iter().map(|case| {
        let BodyCase { ident, media_type, decoder, .. } = case;
        let (attributes, ty) = (docs(&[format!("`{media_type}`")]), decoded(decoder));
        quote!(#attributes #ident(#ty))
    });
    let definition = quote! {
        #attributes
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants,)* }
    };
    let rows = cases.iter().flat_map(|case| {
        let decoder = inline(&decoder(&case.decoder));
        let contents = case.contents.iter();
        let rules = rules_clause(&case.rules);
        contents.map(move |content| format!("{content} => {}({decoder}){rules}", case.ident))
    });
    let rows: Vec<String> = rows.collect();
    let table = Code::table(&format!("rt::request_bodies! {{ {name}"), &rows, "");
    vec![definition.into(), table]
}

/// Returns the type of a part.
pub fn part_type(part: &PartCase) -> TokenStream {
    match &part.value {
        Some(value) => {
            let ty = &value.ty;
            quote!(#ty)
        }
        None => quote!(rt::FileStream),
    }
}

/// Returns the enum of the parts of a body.
fn part_items(parts: &PartEnum, link: &str) -> [Code; 2] {
    let name = &parts.name;
    let attributes = docs(&[format!("A part of the body of {link}.")]);
    let variants = parts.parts.iter().map(|part| {
        let ident = &part.name.ident;
        let attributes = outer_or(&part.attributes, &format!("`{}`", part.name.wire));
        let ty = part_type(part);
        quote!(#attributes #ident(#ty))
    });
    let definition = quote! {
        #attributes
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#variants,)*
            /// A part that the document does not describe.
            Other(rt::FileStream),
        }
    };
    let rows = parts.parts.iter().map(|part| {
        let decoder = match &part.value {
            Some(value) => value_decoder(&quote!(rt::Json), &quote!(rt::JsonAs), value, false),
            None => quote!(rt::FileStream),
        };
        let required = if part.required { " required" } else { "" };
        format!("{:?} => {}({}){required}", part.name.wire, part.name.ident, inline(&decoder))
    });
    let rows: Vec<String> = rows.collect();
    [definition.into(), Code::table(&format!("rt::parts! {{ {name}"), &rows, "")]
}

/// Returns the enum of the replies of a handler.
fn reply_items(reply: &Reply, link: &str) -> [Code; 2] {
    let name = &reply.name;
    let attributes = docs(&[format!("Replies of {link}.")]);
    let variants = reply.variants.iter().map(|variant| {
        let (attributes, ident) = (outer(&variant.attributes), &variant.ident);
        let payload = payload(variant);
        match payload.is_empty() {
            true => quote!(#attributes #ident),
            false => quote!(#attributes #ident(#(#payload),*)),
        }
    });
    let definition = quote! {
        #attributes
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#variants,)*
            /// A response that the document does not describe.
            Raw(rt::http::Response<rt::axum::body::Body>),
        }
    };
    let mut text = format!("rt::replies! {{ {name} {{\n");
    reply.variants.iter().for_each(|variant| text.push_str(&reply_row(variant)));
    text.push_str("} }");
    [definition.into(), Code::macro_call(&text)]
}

/// Returns the types inside a variant: status, body, media type, headers.
pub fn payload(variant: &ReplyVariant) -> Vec<TokenStream> {
    let status = variant.has_status.then(|| quote!(rt::StatusCode));
    let media_type = variant.has_media_type.then(|| quote!(String));
    let headers = variant.headers.as_ref().map(|headers| {
        let name = &headers.name;
        quote!(#name)
    });
    let body = reply_type(&variant.content);
    [status, body, media_type, headers].into_iter().flatten().collect()
}

/// Returns the type of a reply's body.
fn reply_type(content: &Content) -> Option<TokenStream> {
    Some(match content {
        Content::Empty => return None,
        Content::Json(value) | Content::Form(value) | Content::Xml(value) => {
            let ty = &value.ty;
            quote!(#ty)
        }
        Content::Text => quote!(String),
        Content::Bytes => quote!(rt::Bytes),
        Content::Stream => quote!(rt::Body),
        Content::Events(value) => {
            let item = stream_item(value);
            quote!(rt::EventReplies<#item>)
        }
        Content::NamedEvents(value) => {
            let ty = &value.ty;
            quote!(rt::EventReplies<#ty>)
        }
        Content::TextEvents => quote!(rt::EventReplies<String>),
        Content::Lines(value) => {
            let item = stream_item(value);
            quote!(rt::LineReplies<#item>)
        }
    })
}

fn reply_row(variant: &ReplyVariant) -> String {
    let body = (variant.content != Content::Empty)
        .then(|| format!("body: {}", inline(&content_decoder(&variant.content, false))));
    let headers = variant.headers.as_ref().map(|headers| format!("headers: {}", headers.name));
    let status = variant.has_status.then(|| "status".to_owned());
    let media_type = variant.has_media_type.then(|| "content_type".to_owned());
    let parts: Vec<String> = [status, body, media_type, headers].into_iter().flatten().collect();
    let parts = match parts.is_empty() {
        true => String::new(),
        false => format!("({})", parts.join(", ")),
    };
    let index = variant.index.map_or(String::new(), |index| format!(" / {index}"));
    format!("    {}{index} => {}{parts};\n", variant.response, variant.ident)
}

/// Returns what stands behind a decoder whose value has rules.
fn rules_clause(rules: &[Rule]) -> String {
    match rules.is_empty() {
        true => String::new(),
        false => format!(" where {}", inline(&validation::list(rules))),
    }
}

/// Returns the macro call that connects operations with their handlers.
fn handlers_table(file: &HandlerFile, is_secured: bool) -> Code {
    let principal = if is_secured { "S::Principal" } else { "" };
    let mut text =
        format!("rt::handlers! {{ pub(super) fn add<S: {}>({principal}) {{\n", file.name);
    for handler in &file.handlers {
        let validation = handler.validation.as_ref();
        let rules = validation.map(|validation| format!(" where {}::rules()", validation.name));
        let rules = rules.unwrap_or_default();
        let parameters =
            handler.parameters.iter().map(|record| format!("parameters: {}{rules}", record.name));
        let body = handler.body.iter().map(|body| {
            format!("body: {}{}", inline(&body_decoder(body)), rules_clause(&body.rules))
        });
        let inputs: Vec<String> = parameters.chain(body).collect();
        let (marker, name, reply) = (&handler.marker, &handler.name, &handler.reply.name);
        let row = format!("    {marker} => {name}({}) -> {reply};\n", inputs.join(", "));
        if row.trim_end().len() <= WIDTH {
            text.push_str(&row);
        } else {
            let inputs = inputs.join(",\n        ");
            text.push_str(&format!(
                "    {marker} => {name}(\n        {inputs}\n    ) -> {reply};\n"
            ));
        }
    }
    text.push_str("} }");
    Code::macro_call(&text)
}
