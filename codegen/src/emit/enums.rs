//! Choices and unions: an enum, and the table by which a value's variant is determined.

use super::code::{allow_hash, docs, inline, outer, outer_or, Code};
use super::conversions::converted;
use super::types;
use crate::api::model::EventData;
use crate::lower::model::{Choice, ChoiceBase, ChoiceVariant, Tagging, Type, Union, UnionVariant};
use crate::names::Path;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the enum of a choice and the table of its values.
pub fn choice(choice: &Choice, derives: &[Path]) -> Vec<Code> {
    vec![choice_definition(choice, derives).into(), choice_table(choice)]
}

fn choice_definition(choice: &Choice, derives: &[Path]) -> TokenStream {
    let (name, attributes) = (&choice.name, outer(&choice.attributes));
    let variants = choice.variants.iter().map(|variant| {
        let (ident, attributes) = (&variant.ident, outer(&variant.attributes));
        quote!(#attributes #ident)
    });
    let wire_type = match choice.base {
        ChoiceBase::Text => quote!(String),
        ChoiceBase::Integer => quote!(i64),
        ChoiceBase::Value => quote!(rt::Value),
    };
    let unlisted = choice.unlisted.as_ref().map(|unlisted| {
        let attributes = docs(&["A value that the API description does not list, kept verbatim."]);
        quote!(#attributes #unlisted(#wire_type),)
    });
    let copy = choice.is_copy().then(|| quote!(, Copy));
    quote! {
        #attributes
        #[derive(Clone #copy #(, #derives)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #unlisted }
    }
}

/// Returns the table of values: `choice! { Status { Ready: "ready" } Unlisted }`.
fn choice_table(choice: &Choice) -> Code {
    let (head, wire): (_, fn(&ChoiceVariant) -> String) = match choice.base {
        ChoiceBase::Text => ("rt::choice!", |variant| format!("{:?}", variant.wire)),
        ChoiceBase::Integer => ("rt::integer_choice!", |variant| variant.wire.clone()),
        ChoiceBase::Value => ("rt::value_choice!", |variant| format!("{:?}", variant.wire)),
    };
    let rows = choice.variants.iter();
    let rows: Vec<_> =
        rows.map(|variant| format!("{}: {}", variant.ident, wire(variant))).collect();
    let unlisted = choice.unlisted.as_ref();
    let tail = unlisted.map(|unlisted| format!(" {unlisted}")).unwrap_or_default();
    Code::table(&format!("{head} {{ {}", choice.name), &rows, &tail)
}

/// Returns the enum of a union, its table, and its conversion.
pub fn union(union: &Union, derives: &[Path]) -> Vec<Code> {
    let table = match &union.tagging {
        Tagging::Event(data) => event_decoder(union, data).into(),
        Tagging::Member(name, true) => union_table(union, &format!("Tag {name:?}")),
        Tagging::Member(name, false) => union_table(union, &format!("Undeclared {name:?}")),
        Tagging::Type => union_table(union, "Kind"),
        Tagging::Keys => union_table(union, "Key"),
        Tagging::Text => union_table(union, "Text"),
        Tagging::Trial => union_table(union, "Trial"),
    };
    [union_definition(union, derives).into(), table]
        .into_iter()
        .chain(union_conversion(union).map(Code::from))
        .collect()
}

fn union_definition(union: &Union, derives: &[Path]) -> TokenStream {
    let name = &union.name;
    let is_event = union.is_event();
    let attributes = match is_event {
        true => outer_or(&union.attributes, "Data of a stream's events, by event name."),
        false => outer(&union.attributes),
    };
    let variants = union.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, &variant.value.ty);
        let attributes = outer(&variant.attributes);
        quote!(#attributes #ident(#ty))
    });
    let unlisted = union.unlisted.iter().map(|unlisted| {
        let (line, ty) = match is_event {
            true => (
                "An event whose name the API description does not list, kept verbatim.",
                quote!(rt::Event<String>),
            ),
            false => (
                "A value of a branch that the API description does not list, kept verbatim.",
                quote!(rt::Value),
            ),
        };
        let attributes = docs(&[line]);
        quote!(#attributes #unlisted(#ty))
    });
    let variants = variants.chain(unlisted);
    // The table of other unions implements these traits.
    let event_derives = is_event.then(|| quote!(, Debug, PartialEq));
    let allow = allow_hash(derives).filter(|_| !is_event);
    quote! {
        #attributes
        #allow
        #[derive(Clone #event_derives #(, #derives)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// Returns the table of variants: `union! { Pet by (Tag "kind") { 0: Cat ("cat"), 1: Dog ("dog") } Unlisted }`.
fn union_table(union: &Union, tagging: &str) -> Code {
    let rows = union.variants.iter().enumerate();
    let rows: Vec<_> =
        rows.map(|(index, variant)| union_row(index, variant, &union.tagging)).collect();
    let tail = match (&union.unlisted, &union.blank) {
        (Some(unlisted), _) => format!(" {unlisted}"),
        (None, Some(blank)) => format!("; blank {blank}"),
        (None, None) => String::new(),
    };
    let head = format!("rt::union! {{ {} by ({tagging})", union.name);
    Code::table(&head, &rows, &tail)
}

/// Returns a row of the table.
fn union_row(index: usize, variant: &UnionVariant, tagging: &Tagging) -> String {
    let mut row = format!("{index}: {}", variant.ident);
    if variant.has_from {
        if let [name] = variant.value.ty.named()[..] {
            row.push_str(&format!(" from ({name})"));
        }
    }
    if let Some(codec) = types::coded(&variant.value) {
        row.push_str(&format!(" as ({})", inline(&codec)));
    }
    if *tagging == Tagging::Type && !variant.kinds.is_empty() {
        let kinds = variant.kinds.iter();
        let kinds: Vec<_> = kinds.map(|kind| inline(&quote!(#kind))).collect();
        row.push_str(&format!(" [{}]", kinds.join(" | ")));
    }
    let texts: Vec<&String> = match tagging {
        Tagging::Member(..) => variant.tags.iter().collect(),
        Tagging::Text => variant.texts.iter().collect(),
        Tagging::Keys => variant.key.iter().collect(),
        Tagging::Type | Tagging::Trial | Tagging::Event(_) => Vec::new(),
    };
    if !texts.is_empty() {
        let texts: Vec<_> = texts.iter().map(|text| format!("{text:?}")).collect();
        row.push_str(&format!(" ({})", texts.join(" | ")));
    }
    row
}

/// Returns the decoder of events.
fn event_decoder(union: &Union, data: &[EventData]) -> TokenStream {
    let name = &union.name;
    let arms = union.variants.iter().zip(data).map(|(variant, data)| {
        let (names, ident) = (&variant.tags, &variant.ident);
        let value = event_data(variant, *data, &quote!(Self::#ident));
        quote!(#(#names)|* => #value)
    });
    let unlisted = union.unlisted.iter();
    quote! {
        impl rt::ReadEvent for #name {
            #[inline]
            fn read_event(event: &rt::NamedEvent<'_>) -> Result<Self, rt::CodecError> {
                match event.name() {
                    #(#arms,)*
                    #(_ => event.unlisted().map(Self::#unlisted),)*
                }
            }
        }
    }
}

fn event_data(variant: &UnionVariant, data: EventData, constructor: &TokenStream) -> TokenStream {
    match (data, types::coded(&variant.value)) {
        (EventData::Text, None) if variant.value.ty == Type::Text => {
            quote!(Ok(#constructor(event.text())))
        }
        (EventData::Text, None) => quote!(event.read_text().map(#constructor)),
        (EventData::Text, Some(codec)) => {
            quote!(event.read_text::<rt::Coding<#codec>>().map(|value| #constructor(value.0)))
        }
        (EventData::Json, None) => quote!(event.json().map(#constructor)),
        (EventData::Json, Some(codec)) => {
            quote!(event.json::<rt::Coding<#codec>>().map(|value| #constructor(value.0)))
        }
    }
}

/// Returns the conversion of the response type into the request type.
fn union_conversion(union: &Union) -> Option<TokenStream> {
    let conversion = union.conversion.as_ref()?;
    let (name, read) = (&union.name, &conversion.read);
    let arms = union.variants.iter().zip(&conversion.variants);
    let arms = arms.map(|(variant, conversion)| {
        let ident = &variant.ident;
        let value = converted(&quote!(value), conversion);
        quote!(#read::#ident(value) => Self::#ident(#value))
    });
    let unlisted = union.unlisted.iter();
    let unlisted =
        unlisted.map(|unlisted| quote!(#read::#unlisted(value) => Self::#unlisted(value)));
    let arms = arms.chain(unlisted);
    Some(quote! {
        impl From<#read> for #name {
            #[inline]
            fn from(read: #read) -> Self {
                match read { #(#arms,)* }
            }
        }
    })
}
