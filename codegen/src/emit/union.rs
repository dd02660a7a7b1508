//! Unions: an enum of branches, and how a value's branch is found.

use super::attributes::{allow_hash, docs, outer, outer_or};
use super::code::{inline, Code};
use super::conversions;
use super::events;
use super::types;
use crate::lower::model::{Kind, Tagging, Union, UnionVariant};
use crate::names::Path;
use proc_macro2::TokenStream;
use quote::quote;

/// The enum, the table of its branches, and its conversion.
pub fn items(union: &Union, more: &[Path]) -> Vec<Code> {
    let from_read = from_read(union).map(Code::from);
    [definition(union, more).into(), branches(union)]
        .into_iter()
        .chain(from_read)
        .collect()
}

/// The table of the branches: `union! { Pet by (Tag "kind") { 0: Cat ("cat"), 1: Dog ("dog") } Unlisted }`.
fn branches(union: &Union) -> Code {
    let by = match &union.tagging {
        Tagging::Member(name, true) => format!("Tag {name:?}"),
        Tagging::Member(name, false) => format!("Undeclared {name:?}"),
        Tagging::Type => "Kind".to_owned(),
        Tagging::Keys => "Key".to_owned(),
        Tagging::Text => "Text".to_owned(),
        Tagging::Trial => "Trial".to_owned(),
        Tagging::Event(data) => return events::read(union, data).into(),
    };
    let rows: Vec<_> = union
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| branch(index, variant, &union.tagging))
        .collect();
    let unlisted = &union.unlisted;
    let tail = match (keeps_unlisted(union), &union.blank) {
        (true, _) => format!(" {unlisted}"),
        (false, Some(blank)) => format!("; blank {blank}"),
        (false, None) => String::new(),
    };
    let head = format!("rt::union! {{ {} by ({by})", union.name);
    Code::table(&head, &rows, &tail)
}

/// One row of the table.
fn branch(index: usize, variant: &UnionVariant, tagging: &Tagging) -> String {
    let mut row = format!("{index}: {}", variant.ident);
    if variant.from {
        if let [held] = variant.value.ty.named()[..] {
            row.push_str(&format!(" from ({held})"));
        }
    }
    if let Some(codec) = types::coded(&variant.value) {
        row.push_str(&format!(" as ({})", inline(&codec)));
    }
    let texts: Vec<&String> = match tagging {
        Tagging::Member(..) => variant.tags.iter().collect(),
        Tagging::Text => variant.listed.iter().collect(),
        Tagging::Keys => variant.key.iter().collect(),
        Tagging::Type | Tagging::Trial | Tagging::Event(_) => Vec::new(),
    };
    if *tagging == Tagging::Type && !variant.kinds.is_empty() {
        let kinds: Vec<_> = variant.kinds.iter().copied().map(kind).collect();
        row.push_str(&format!(" [{}]", kinds.join(" | ")));
    }
    if !texts.is_empty() {
        let texts: Vec<_> = texts.iter().map(|text| format!("{text:?}")).collect();
        row.push_str(&format!(" ({})", texts.join(" | ")));
    }
    row
}

/// A JSON type, as the runtime calls it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "Null",
        Kind::Bool => "Bool",
        Kind::Integer => "Integer",
        Kind::Number => "Number",
        Kind::Text => "Text",
        Kind::List => "List",
        Kind::Object => "Object",
    }
}

/// Only a tag can be unknown; without one, a value of no branch is an error.
fn keeps_unlisted(union: &Union) -> bool {
    match union.tagging {
        Tagging::Member(..) | Tagging::Event(_) => true,
        Tagging::Type | Tagging::Keys | Tagging::Text | Tagging::Trial => false,
    }
}

fn definition(union: &Union, more: &[Path]) -> TokenStream {
    let (name, unlisted) = (&union.name, &union.unlisted);
    let attributes = match union.is_event() {
        true => outer_or(
            &union.attributes,
            "The data of the events of a stream, by their names.",
        ),
        false => outer(&union.attributes),
    };
    let variants = union.variants.iter().map(|variant| {
        let (ident, attributes, ty) = (
            &variant.ident,
            outer(&variant.attributes),
            &variant.value.ty,
        );
        quote!(#attributes #ident(#ty))
    });
    let rest = keeps_unlisted(union).then(|| match union.is_event() {
        true => events::unlisted(unlisted),
        false => {
            let attributes = docs(&[
                "A value of a branch that the API description does not list, kept verbatim.",
            ]);
            quote!(#attributes #unlisted(rt::Value))
        }
    });
    let variants = variants.chain(rest);
    let allow = allow_hash(more).filter(|_| !union.is_event());
    let shown = union.is_event().then(|| quote!(, Debug, PartialEq));
    quote! {
        #attributes
        #allow
        #[derive(Clone #shown #(, #more)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// The form for requests, made from what was read.
fn from_read(union: &Union) -> Option<TokenStream> {
    let from = union.from.as_ref()?;
    let (name, read) = (&union.name, &from.read);
    let arms = union.variants.iter().zip(&from.variants);
    let arms = arms.map(|(variant, turn)| conversions::branch(read, &variant.ident, turn));
    let unlisted = &union.unlisted;
    let rest =
        keeps_unlisted(union).then(|| quote!(#read::#unlisted(value) => Self::#unlisted(value)));
    let arms = arms.chain(rest);
    Some(quote! {
        impl From<#read> for #name {
            #[inline]
            fn from(read: #read) -> Self {
                match read { #(#arms,)* }
            }
        }
    })
}
