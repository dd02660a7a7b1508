//! The enum of a body that can be sent in several media types.

use super::argument::{self, Place};
use super::attributes::docs;
use super::code::{inline, Code};
use crate::lower::model::{BodyChoice, BodyVariant, Method, Target};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum, what it is made from, and how it is sent.
pub fn items(method: &Method, link: &str) -> Vec<Code> {
    let Some(choice) = &method.choice else {
        return Vec::new();
    };
    let borrows = argument::choice_borrows(method);
    vec![
        definition(choice, borrows, link).into(),
        bodies(choice, borrows),
    ]
}

fn definition(choice: &BodyChoice, borrows: bool, link: &str) -> TokenStream {
    let name = &choice.name;
    let attributes = docs(&[format!("The body of {link}, in one of its media types.")]);
    let generics = borrows.then(|| quote!(<'a>));
    let variants = choice.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, held(variant));
        let attributes = docs(&[format!("`{}`", variant.media_type)]);
        quote!(#attributes #ident(#ty))
    });
    quote! {
        #attributes
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name #generics { #(#variants,)* }
    }
}

fn held(variant: &BodyVariant) -> TokenStream {
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

/// How each variant is given to a call, and which the enum is made from.
fn bodies(choice: &BodyChoice, borrows: bool) -> Code {
    let lifetime = if borrows { "<'a>" } else { "" };
    let mut text = format!("rt::bodies! {{ {}{lifetime} {{\n", choice.name);
    for variant in &choice.variants {
        let (ident, body) = (&variant.ident, &variant.argument.name.ident);
        let ty = inline(&held(variant));
        let (way, value) = argument::set(&variant.argument, Place::Field);
        let (way, value) = (inline(&way), inline(&value));
        let from = if variant.from { ", From" } else { "" };
        text.push_str(&format!(
            "    {ident}({body}: {ty}) => {way}({value}){from};\n"
        ));
    }
    text.push_str("} }");
    Code::macro_call(&text)
}
