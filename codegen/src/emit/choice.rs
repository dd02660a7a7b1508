//! Open enums of single values.

use super::codec;
use super::words::{allow_deprecated, docs, outer};
use crate::names::Path;
use crate::rust::ir::{Choice, ChoiceBase, ChoiceVariant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The items of a choice, its codec aside.
pub fn items(choice: &Choice, more: &[Path]) -> Vec<TokenStream> {
    let mut items = vec![definition(choice, more)];
    match choice.base {
        ChoiceBase::Text => items.extend([to_text(choice), from_text(choice), from_str(choice)]),
        ChoiceBase::Integer => items.extend([to_integer(choice), from_integer(choice)]),
        ChoiceBase::Value => items.extend([to_value(choice), from_value(choice)]),
    }
    items.push(display(choice));
    items
}

/// How a choice is read and written.
pub fn codec_items(choice: &Choice) -> Vec<TokenStream> {
    let (read, write) = match choice.base {
        ChoiceBase::Text => (
            quote!(v1::read_text(source, |text| Self::from(text))),
            quote!(sink.text(self.as_str())),
        ),
        ChoiceBase::Integer => (
            quote!(v1::Read::read(source).map(|value: i64| Self::from(value))),
            quote!(v1::Write::write(&self.as_i64(), sink)),
        ),
        ChoiceBase::Value => (
            quote!(source.any().map(Self::from)),
            quote!(v1::Write::write(&self.to_value(), sink)),
        ),
    };
    codec::items(&choice.name, is_deprecated(choice), &read, &write)
}

/// Whether code that names all variants touches something deprecated.
pub fn is_deprecated(choice: &Choice) -> bool {
    choice.words.deprecated
        || choice
            .variants
            .iter()
            .any(|variant| variant.words.deprecated)
}

fn definition(choice: &Choice, more: &[Path]) -> TokenStream {
    let (name, words, unlisted) = (&choice.name, outer(&choice.words), &choice.unlisted);
    let variants = choice.variants.iter().map(|variant| {
        let (ident, words) = (&variant.ident, outer(&variant.words));
        quote!(#words #ident)
    });
    let rest = docs(&["A value that the document does not list, as it came."]);
    let (held, derives) = match choice.base {
        ChoiceBase::Text => (
            quote!(String),
            quote!(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord),
        ),
        ChoiceBase::Integer => (
            quote!(i64),
            quote!(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord),
        ),
        ChoiceBase::Value => (quote!(v1::Value), quote!(Clone, Debug, PartialEq)),
    };
    quote! {
        #words
        #[derive(#derives #(, #more)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #rest #unlisted(#held), }
    }
}

fn to_text(choice: &Choice) -> TokenStream {
    let arms = choice
        .variants
        .iter()
        .map(|ChoiceVariant { ident, wire, .. }| quote!(Self::#ident => #wire));
    let unlisted = &choice.unlisted;
    method(
        choice,
        &quote!(as_str(&self) -> &str),
        &quote!(match self { #(#arms,)* Self::#unlisted(text) => text, }),
    )
}

fn to_integer(choice: &Choice) -> TokenStream {
    let arms = choice.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, integer(variant));
        quote!(Self::#ident => #value)
    });
    let unlisted = &choice.unlisted;
    method(
        choice,
        &quote!(as_i64(&self) -> i64),
        &quote!(match self { #(#arms,)* Self::#unlisted(value) => *value, }),
    )
}

fn to_value(choice: &Choice) -> TokenStream {
    let arms = choice
        .variants
        .iter()
        .map(|ChoiceVariant { ident, wire, .. }| quote!(Self::#ident => #wire));
    let unlisted = &choice.unlisted;
    let body = quote! {
        let text = match self { #(#arms,)* Self::#unlisted(value) => return value.clone(), };
        v1::Value::from_json_text(text)
    };
    method(choice, &quote!(to_value(&self) -> v1::Value), &body)
}

/// The method that yields the value on the wire.
fn method(choice: &Choice, signature: &TokenStream, body: &TokenStream) -> TokenStream {
    let (name, allow) = (&choice.name, allow_deprecated(is_deprecated(choice)));
    let words = docs(&["The value as it stands on the wire."]);
    quote! {
        #allow
        impl #name {
            #words
            #[inline]
            pub fn #signature { #body }
        }
    }
}

fn from_text(choice: &Choice) -> TokenStream {
    let unlisted = &choice.unlisted;
    let arms = choice
        .variants
        .iter()
        .map(|ChoiceVariant { ident, wire, .. }| quote!(#wire => Self::#ident));
    from(
        choice,
        &quote!(&str),
        &quote!(match value { #(#arms,)* _ => Self::#unlisted(value.to_owned()), }),
    )
}

fn from_integer(choice: &Choice) -> TokenStream {
    let unlisted = &choice.unlisted;
    let arms = choice.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, integer(variant));
        quote!(#value => Self::#ident)
    });
    from(
        choice,
        &quote!(i64),
        &quote!(match value { #(#arms,)* _ => Self::#unlisted(value), }),
    )
}

fn from_value(choice: &Choice) -> TokenStream {
    let (unlisted, listed) = (
        &choice.unlisted,
        choice.variants.iter().map(|variant| &variant.ident),
    );
    let body = quote! {
        let listed = [#(Self::#listed,)*];
        let found = listed.into_iter().find(|choice| choice.to_value() == value);
        found.unwrap_or(Self::#unlisted(value))
    };
    from(choice, &quote!(v1::Value), &body)
}

/// The conversion from a value on the wire.
fn from(choice: &Choice, wire: &TokenStream, body: &TokenStream) -> TokenStream {
    let (name, allow) = (&choice.name, allow_deprecated(is_deprecated(choice)));
    quote! {
        #allow
        impl From<#wire> for #name {
            #[inline]
            fn from(value: #wire) -> Self { #body }
        }
    }
}

fn from_str(choice: &Choice) -> TokenStream {
    let (name, allow) = (&choice.name, allow_deprecated(choice.words.deprecated));
    quote! {
        #allow
        impl std::str::FromStr for #name {
            type Err = std::convert::Infallible;
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }
    }
}

fn display(choice: &Choice) -> TokenStream {
    let (name, allow) = (&choice.name, allow_deprecated(choice.words.deprecated));
    let text = match choice.base {
        ChoiceBase::Text => quote!(formatter.pad(self.as_str())),
        ChoiceBase::Integer => quote!(std::fmt::Display::fmt(&self.as_i64(), formatter)),
        ChoiceBase::Value => quote!(std::fmt::Display::fmt(&self.to_value(), formatter)),
    };
    quote! {
        #allow
        impl std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #text
            }
        }
    }
}

fn integer(variant: &ChoiceVariant) -> Literal {
    Literal::i64_unsuffixed(variant.wire.parse().unwrap_or_default())
}
