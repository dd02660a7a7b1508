//! The items of a file of types.

use super::words::outer;
use super::{choice, defaults, groups, record, rules, types, union};
use crate::lower::model::{Alias, Item, Newtype, Rule, Type};
use crate::names::{Ident, Path};
use crate::tokens::{quote, Tokens};
use std::collections::BTreeSet;

/// The definition of a type, which derives `more` than all do, its table and its methods.
pub fn definition(item: &Item, more: &[Path]) -> Vec<Tokens> {
    match item {
        Item::Record(record) => [record::items(record, more), groups::items(record)].concat(),
        Item::Choice(choice) => choice::items(choice, more),
        Item::Union(union) => union::items(union, more),
        Item::Newtype(newtype) => vec![newtype_definition(newtype, more), newtype_codec(newtype)],
        Item::Alias(alias) => vec![alias_definition(alias)],
        Item::Checks(checks) => rules::items(checks),
    }
}

fn newtype_definition(newtype: &Newtype, more: &[Path]) -> Tokens {
    let (name, words, ty) = (&newtype.name, outer(&newtype.words), &newtype.value.ty);
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq #(, #more)*)]
        pub struct #name(pub #ty);
    }
}

fn newtype_codec(newtype: &Newtype) -> Tokens {
    let codec = types::coded(&newtype.value).map(|codec| format!(" as {}", codec.inline()));
    let blank = if newtype.blank { "; blank blank" } else { "" };
    Tokens::verbatim(&format!(
        "rt::newtype! {{ {}{}{blank} }}",
        newtype.name,
        codec.unwrap_or_default()
    ))
}

fn alias_definition(alias: &Alias) -> Tokens {
    let (name, words, ty) = (&alias.name, outer(&alias.words), &alias.ty);
    quote!(#words pub type #name = #ty;)
}

/// The generated types that an item names.
pub fn named(item: &Item) -> BTreeSet<&Ident> {
    let types: Vec<&Type> = match item {
        Item::Record(record) => {
            let rest = match &record.rest {
                crate::lower::model::Rest::Kept(_, value) => Some(&value.ty),
                crate::lower::model::Rest::Skipped | crate::lower::model::Rest::Refused => None,
            };
            record
                .fields
                .iter()
                .map(|field| &field.value.ty)
                .chain(rest)
                .collect()
        }
        Item::Choice(_) => Vec::new(),
        Item::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.value.ty)
            .collect(),
        Item::Newtype(newtype) => vec![&newtype.value.ty],
        Item::Alias(alias) => vec![&alias.ty],
        Item::Checks(_) => Vec::new(),
    };
    let read = match item {
        Item::Record(record) => record.from.as_ref().map(|from| &from.read),
        Item::Choice(_) | Item::Union(_) | Item::Newtype(_) | Item::Alias(_) | Item::Checks(_) => {
            None
        }
    };
    types
        .into_iter()
        .flat_map(Type::named)
        .chain(read)
        .chain(defaults::named(item))
        .chain(item.rules().iter().flat_map(Rule::named))
        .collect()
}
