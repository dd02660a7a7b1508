//! The enum of a body that can be sent in several media types.

use super::argument::{self, Place};
use super::words::docs;
use crate::rust::ir::{BodyChoice, BodyVariant, Method, Target};
use crate::tokens::{quote, Tokens};

/// The enum, what it is made from, and how it is sent.
pub fn items(method: &Method, link: &str) -> Vec<Tokens> {
    let Some(choice) = &method.choice else {
        return Vec::new();
    };
    let borrows = argument::choice_borrows(method);
    let mut items = vec![definition(choice, borrows, link)];
    items.extend(
        choice
            .variants
            .iter()
            .filter_map(|variant| from(choice, variant, borrows)),
    );
    items.push(give(choice, borrows));
    items
}

fn definition(choice: &BodyChoice, borrows: bool, link: &str) -> Tokens {
    let name = &choice.name;
    let words = docs(&[format!("The body of {link}, in one of its media types.")]);
    let generics = borrows.then(|| quote!(<'a>));
    let variants = choice.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, held(variant));
        let words = docs(&[format!("`{}`", variant.media_type)]);
        quote!(#words #ident(#ty))
    });
    quote! {
        #words
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name #generics { #(#variants,)* }
    }
}

fn held(variant: &BodyVariant) -> Tokens {
    let argument = &variant.argument;
    match argument.target {
        Target::Bytes(_) => quote!(rt::Body),
        Target::Multipart(_) => quote!(rt::Multipart),
        Target::Path
        | Target::Query
        | Target::QueryString
        | Target::Header
        | Target::Cookie
        | Target::Body(_)
        | Target::Choice(_)
        | Target::Part
        | Target::File
        | Target::Files => argument::value_type(&argument.value.ty, Place::Field),
    }
}

/// The enum from what the first variant of its type holds.
fn from(choice: &BodyChoice, variant: &BodyVariant, borrows: bool) -> Option<Tokens> {
    if !variant.from {
        return None;
    }
    let (name, ident, ty) = (&choice.name, &variant.ident, held(variant));
    let is_reference =
        argument::is_value(&variant.argument) && !variant.argument.value.ty.is_copy();
    let (declared, used) = match (borrows, is_reference) {
        (true, true) => (Some(quote!(<'a>)), Some(quote!(<'a>))),
        (true, false) => (None, Some(quote!(<'_>))),
        (false, _) => (None, None),
    };
    Some(quote! {
        impl #declared From<#ty> for #name #used {
            #[inline]
            fn from(body: #ty) -> Self {
                Self::#ident(body)
            }
        }
    })
}

fn give(choice: &BodyChoice, borrows: bool) -> Tokens {
    let name = &choice.name;
    let generics = borrows.then(|| quote!(<'_>));
    let arms = choice.variants.iter().map(|variant| {
        let (ident, held) = (&variant.ident, &variant.argument.name.ident);
        let set = argument::set(&variant.argument, &quote!(call), Place::Field);
        quote!(Self::#ident(#held) => { #set })
    });
    quote! {
        impl #name #generics {
            #[inline]
            fn give(self, call: &mut rt::Call) {
                match self { #(#arms)* }
            }
        }
    }
}
