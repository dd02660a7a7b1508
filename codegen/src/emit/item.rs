//! The items of a file of types.

use super::attributes::outer;
use super::code::{inline, Code};
use super::{choice, groups, record, rules, types, union};
use crate::lower::model::{Alias, Item, Newtype};
use crate::names::Path;
use proc_macro2::TokenStream;
use quote::quote;

/// The definition of a type, which derives `more` than all do, its table and its methods.
pub fn definition(item: &Item, more: &[Path]) -> Vec<Code> {
    match item {
        Item::Record(record) => [record::items(record, more), groups::items(record)].concat(),
        Item::Choice(choice) => choice::items(choice, more),
        Item::Union(union) => union::items(union, more),
        Item::Newtype(newtype) => {
            vec![
                newtype_definition(newtype, more).into(),
                newtype_codec(newtype),
            ]
        }
        Item::Alias(alias) => vec![alias_definition(alias).into()],
        Item::Checks(checks) => rules::items(checks),
    }
}

fn newtype_definition(newtype: &Newtype, more: &[Path]) -> TokenStream {
    let (name, words, ty) = (&newtype.name, outer(&newtype.words), &newtype.value.ty);
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq #(, #more)*)]
        pub struct #name(pub #ty);
    }
}

fn newtype_codec(newtype: &Newtype) -> Code {
    let codec = types::coded(&newtype.value).map(|codec| format!(" as {}", inline(&codec)));
    let blank = if newtype.blank { "; blank blank" } else { "" };
    Code::macro_call(&format!(
        "rt::newtype! {{ {}{}{blank} }}",
        newtype.name,
        codec.unwrap_or_default()
    ))
}

fn alias_definition(alias: &Alias) -> TokenStream {
    let (name, words, ty) = (&alias.name, outer(&alias.words), &alias.ty);
    quote!(#words pub type #name = #ty;)
}
