//! Enums of single values, open or closed.

use super::attributes::{docs, outer};
use super::code::Code;
use crate::lower::model::{Choice, ChoiceBase, ChoiceVariant};
use crate::names::Path;
use proc_macro2::TokenStream;
use quote::quote;

/// The enum, and the table of its values.
pub fn items(choice: &Choice, more: &[Path]) -> Vec<Code> {
    vec![definition(choice, more).into(), values(choice)]
}

fn definition(choice: &Choice, more: &[Path]) -> TokenStream {
    let (name, attributes) = (&choice.name, outer(&choice.attributes));
    let variants = choice.variants.iter().map(|variant| {
        let (ident, attributes) = (&variant.ident, outer(&variant.attributes));
        quote!(#attributes #ident)
    });
    let held = match choice.base {
        ChoiceBase::Text => quote!(String),
        ChoiceBase::Integer => quote!(i64),
        ChoiceBase::Value => quote!(rt::Value),
    };
    let rest = choice.unlisted.as_ref().map(|unlisted| {
        let attributes = docs(&["A value that the API description does not list, kept verbatim."]);
        quote!(#attributes #unlisted(#held),)
    });
    let copy = choice.is_copied().then(|| quote!(, Copy));
    quote! {
        #attributes
        #[derive(Clone #copy #(, #more)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #rest }
    }
}

/// `choice! { Status { Ready: "ready" } Unlisted }`.
fn values(choice: &Choice) -> Code {
    let (head, wire): (_, fn(&ChoiceVariant) -> String) = match choice.base {
        ChoiceBase::Text => ("rt::choice!", |variant| format!("{:?}", variant.wire)),
        ChoiceBase::Integer => ("rt::integer_choice!", |variant| variant.wire.clone()),
        ChoiceBase::Value => ("rt::value_choice!", |variant| format!("{:?}", variant.wire)),
    };
    let rows: Vec<_> = choice
        .variants
        .iter()
        .map(|variant| format!("{}: {}", variant.ident, wire(variant)))
        .collect();
    let rest = choice.unlisted.as_ref();
    let rest = rest.map_or_else(String::new, |unlisted| format!(" {unlisted}"));
    Code::table(&format!("{head} {{ {}", choice.name), &rows, &rest)
}
