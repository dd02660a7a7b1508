//! Groups of fields of which one at most is set.

use super::attributes::docs;
use super::types::borrowed;
use super::Code;
use crate::lower::model::{Group, GroupVariant, Record, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The accessors and the enums that they return.
pub fn items(record: &Record) -> Vec<Code> {
    if record.groups.is_empty() {
        return Vec::new();
    }
    let name = &record.name;
    let accessors = record.groups.iter().map(accessor);
    let methods = quote! {
        impl #name { #(#accessors)* }
    };
    let enums = record.groups.iter().map(|group| group_enum(record, group));
    enums.chain([methods]).map(Code::from).collect()
}

/// The members as a list of code.
fn members(group: &Group) -> String {
    let members: Vec<_> = group
        .variants
        .iter()
        .map(|variant| format!("`{}`", variant.field.text()))
        .collect();
    members.join(", ")
}

fn group_enum(record: &Record, group: &Group) -> TokenStream {
    let name = &group.name;
    let attributes = docs(&[format!(
        "The one of {} that [`{}`] has.",
        members(group),
        record.name.text()
    )]);
    let variants = group.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, &variant.ty);
        let attributes = docs(&[format!("`{}` is set.", variant.field.text())]);
        if ty.is_copy() {
            quote!(#attributes #ident(#ty))
        } else {
            let target = borrowed(ty);
            quote!(#attributes #ident(&'a #target))
        }
    });
    let lifetime = borrows(group).then(|| quote!(<'a>));
    quote! {
        #attributes
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum #name #lifetime { #(#variants,)* }
    }
}

fn borrows(group: &Group) -> bool {
    group.variants.iter().any(|variant| !variant.ty.is_copy())
}

fn accessor(group: &Group) -> TokenStream {
    let (name, accessor) = (&group.name, &group.accessor);
    let attributes = docs(&[
        format!(
            "Which of {} is set, the first of them should there be several.",
            members(group)
        ),
        String::new(),
        "`None` where none is set, which is a valid value too.".to_owned(),
    ]);
    let lifetime = borrows(group).then(|| quote!(<'_>));
    let tries = group.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, taken(variant));
        quote!(if let Some(value) = #value { return Some(#name::#ident(value)); })
    });
    quote! {
        #attributes
        #[inline]
        pub fn #accessor(&self) -> Option<#name #lifetime> {
            #(#tries)*
            None
        }
    }
}

/// The member's value as an `Option` of what the variant holds.
fn taken(variant: &GroupVariant) -> TokenStream {
    let field = &variant.field;
    if !variant.optional {
        return if variant.ty.is_copy() {
            quote!(self.#field.value().copied())
        } else {
            quote!(self.#field.value())
        };
    }
    if variant.ty.is_copy() {
        quote!(self.#field)
    } else if matches!(variant.ty, Type::Text | Type::List(_) | Type::Boxed(_)) {
        quote!(self.#field.as_deref())
    } else {
        quote!(self.#field.as_ref())
    }
}
