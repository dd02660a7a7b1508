//! Responses of an operation: their types, by status and media type.

use super::code::linked;
use super::index::{type_id, Index};
use super::markdown;
use maud::{html, Markup};
use typewright::api::model::{Operation, Status};
use typewright::emit::signature::{self, short};
use typewright::lower::model::{
    Content, Method, ResponseData, ResponseEnum, ResponseType, ResponseVariant,
};
use typewright::names::Ident;
use typewright::rustdoc;

/// The type that a call yields, and the generated types that it names.
pub fn output(response: &ResponseType) -> (String, Vec<&Ident>) {
    match response {
        ResponseType::One(content) => content_type(content),
        ResponseType::Undocumented => ("Undocumented".to_owned(), Vec::new()),
        ResponseType::Several(several) => (several.name.to_string(), vec![&several.name]),
    }
}

/// `true` if a response is read as it arrives.
pub fn is_streamed(response: &ResponseType) -> bool {
    match response {
        ResponseType::One(content) => content.is_streamed(),
        ResponseType::Several(several) => several.is_streamed(),
        ResponseType::Undocumented => false,
    }
}

fn content_type(content: &Content) -> (String, Vec<&Ident>) {
    let named = content.value_type().map(|value| value.ty.named()).unwrap_or_default();
    let text = match content {
        Content::Empty => "()".to_owned(),
        Content::Json(value) | Content::Form(value) | Content::Xml(value) => {
            short(&signature::ty(&value.ty))
        }
        Content::Text => "String".to_owned(),
        Content::Bytes => "Bytes".to_owned(),
        Content::Stream => "ByteStream".to_owned(),
        Content::TextEvents => "EventStream<String>".to_owned(),
        Content::Events(value) | Content::NamedEvents(value) => {
            format!("EventStream<{}>", short(&signature::ty(&value.ty)))
        }
        Content::Lines(value) => format!("LineStream<{}>", short(&signature::ty(&value.ty))),
    };
    (text, named)
}

/// The responses by status, each with its media types and its type.
pub fn table(method: &Method, operation: Option<&Operation>, index: &Index<'_>) -> Markup {
    let enums = [&method.output, &method.error].map(|response| match response {
        ResponseType::Several(several) => Some(several),
        ResponseType::One(_) | ResponseType::Undocumented => None,
    });
    html! {
        p.label { "Responses" }
        @if method.data.responses.is_empty() { p.empty { "None is documented." } }
        ul.rows {
            @for (number, response) in method.data.responses.iter().enumerate() {
                li { (row(number, response, method, operation, index)) }
            }
        }
        p.remark {
            "Fails with " code { "Error<" (linked_output(&method.error, index)) ">" } "."
        }
        @for several in enums.into_iter().flatten() { span id=(type_id(several.name.text())) {} }
    }
}

fn linked_output(response: &ResponseType, index: &Index<'_>) -> Markup {
    let (text, named) = output(response);
    linked(&text, &named, index)
}

fn row(
    number: usize,
    response: &ResponseData,
    method: &Method,
    operation: Option<&Operation>,
    index: &Index<'_>,
) -> Markup {
    let status = response.status;
    let is_success = operation.is_some_and(|operation| operation.is_success(status));
    let responses = operation.map(|operation| operation.responses.as_slice()).unwrap_or_default();
    let documented = responses.iter().find(|documented| documented.status == status);
    let docs = documented.map(|documented| rustdoc::summary(&documented.docs)).unwrap_or_default();
    let ty = if is_success { &method.output } else { &method.error };
    let class = if is_success { "status success" } else { "status failure" };
    html! {
        div.head {
            span class=(class) { (status_text(status)) } " "
            @match ty {
                ResponseType::Several(several) => (variants(several, number, index)),
                ResponseType::One(_) | ResponseType::Undocumented => code { (linked_output(ty, index)) },
            }
            @for content in &response.contents { " " span.remark { (content.media_type) } }
        }
        @if !docs.is_empty() { div.docs { (markdown::render(&docs)) } }
    }
}

/// The variants of a response enum for one response.
fn variants(several: &ResponseEnum, number: usize, index: &Index<'_>) -> Markup {
    let variants = several.variants.iter().filter(|variant| variant.response == number);
    html! { @for variant in variants { code { (several.name) "::" (variant_of(variant, index)) } " " } }
}

fn variant_of(variant: &ResponseVariant, index: &Index<'_>) -> Markup {
    let named = variant.content.value_type().map(|value| value.ty.named()).unwrap_or_default();
    let contents = short(&signature::response_variant(variant));
    html! { (variant.ident) (linked(&contents, &named, index)) }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}
