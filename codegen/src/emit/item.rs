//! The items of a file of types.

use super::attributes::outer;
use super::code::{inline, Code};
use super::{choice, groups, record, types, union, validation};
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
        Item::Validation(checks) => validation::items(checks),
    }
}

fn newtype_definition(newtype: &Newtype, more: &[Path]) -> TokenStream {
    let (name, attributes, ty) = (&newtype.name, outer(&newtype.attributes), &newtype.value.ty);
    quote! {
        #attributes
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
    let (name, attributes, ty) = (&alias.name, outer(&alias.attributes), &alias.ty);
    quote!(#attributes pub type #name = #ty;)
}
