//! Enums of single values, open or closed.

use super::codec;
use super::words::{allow_deprecated, docs, outer};
use crate::names::{Ident, Path};
use crate::rust::ir::{Choice, ChoiceBase, ChoiceVariant};
use crate::tokens::{quote, Literal, Tokens};

/// The items of a choice, its codec aside.
pub fn items(choice: &Choice, more: &[Path]) -> Vec<Tokens> {
    let mut items = vec![definition(choice, more)];
    match choice.base {
        ChoiceBase::Text => items.extend([to_text(choice), from_text(choice), from_str(choice)]),
        ChoiceBase::Integer => {
            items.extend([to_integer(choice), from_integer(choice), from_str(choice)])
        }
        ChoiceBase::Value => items.extend([to_value(choice), from_value(choice)]),
    }
    items.push(display(choice));
    items
}

/// How a choice is read and written.
pub fn codec_items(choice: &Choice) -> Vec<Tokens> {
    let read = match &choice.unlisted {
        Some(unlisted) => read_open(choice, unlisted),
        None => read_closed(choice),
    };
    let write = match choice.base {
        ChoiceBase::Text => quote!(encoder.text(self.as_str())),
        ChoiceBase::Integer => quote!(rt::Encode::encode(&self.as_i64(), encoder)),
        ChoiceBase::Value => quote!(rt::Encode::encode(&self.to_value(), encoder)),
    };
    codec::items(&choice.name, is_deprecated(choice), &read, &write)
}

/// Reads a value; one that the document does not list is kept, unless the client decodes strictly.
fn read_open(choice: &Choice, unlisted: &Ident) -> Tokens {
    let value = match choice.base {
        ChoiceBase::Text => quote!(rt::read_text(source, |text| Self::from(text))?),
        ChoiceBase::Integer => quote!(rt::read_i64(source, Self::from)?),
        ChoiceBase::Value => quote!(source.any().map(Self::from)?),
    };
    quote! {
        let value = #value;
        if let Self::#unlisted(found) = &value {
            rt::unlisted(found)?;
        }
        Ok(value)
    }
}

fn read_closed(choice: &Choice) -> Tokens {
    match choice.base {
        ChoiceBase::Text => quote!(rt::read_text(source, |text| Self::try_from(text))?),
        ChoiceBase::Integer => quote!(rt::read_i64(source, Self::try_from)?),
        ChoiceBase::Value => quote!(source.any().and_then(Self::try_from)),
    }
}

/// Whether code that names all variants touches something deprecated.
pub fn is_deprecated(choice: &Choice) -> bool {
    choice.words.deprecated
        || choice
            .variants
            .iter()
            .any(|variant| variant.words.deprecated)
}

fn definition(choice: &Choice, more: &[Path]) -> Tokens {
    let (name, words) = (&choice.name, outer(&choice.words));
    let variants = choice.variants.iter().map(|variant| {
        let (ident, words) = (&variant.ident, outer(&variant.words));
        quote!(#words #ident)
    });
    let held = match choice.base {
        ChoiceBase::Text => quote!(String),
        ChoiceBase::Integer => quote!(i64),
        ChoiceBase::Value => quote!(rt::Value),
    };
    let rest = choice.unlisted.as_ref().map(|unlisted| {
        let words = docs(&["A value that the document does not list, as it came."]);
        quote!(#words #unlisted(#held),)
    });
    let derives = match (choice.base, &choice.unlisted) {
        (ChoiceBase::Text, Some(_)) => {
            quote!(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)
        }
        (ChoiceBase::Integer, _) | (ChoiceBase::Text | ChoiceBase::Value, None) => {
            quote!(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)
        }
        (ChoiceBase::Value, Some(_)) => quote!(Clone, Debug, PartialEq),
    };
    quote! {
        #words
        #[derive(#derives #(, #more)*)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #rest }
    }
}

fn to_text(choice: &Choice) -> Tokens {
    let arms = choice
        .variants
        .iter()
        .map(|ChoiceVariant { ident, wire, .. }| quote!(Self::#ident => #wire));
    let rest = unlisted(choice, &|ident| quote!(Self::#ident(text) => text,));
    method(
        choice,
        &quote!(as_str(&self) -> &str),
        &quote!(match self { #(#arms,)* #rest }),
    )
}

fn to_integer(choice: &Choice) -> Tokens {
    let arms = choice.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, integer(variant));
        quote!(Self::#ident => #value)
    });
    let rest = unlisted(choice, &|ident| quote!(Self::#ident(value) => *value,));
    method(
        choice,
        &quote!(as_i64(&self) -> i64),
        &quote!(match self { #(#arms,)* #rest }),
    )
}

fn to_value(choice: &Choice) -> Tokens {
    let arms = choice
        .variants
        .iter()
        .map(|ChoiceVariant { ident, wire, .. }| quote!(Self::#ident => #wire));
    let rest = unlisted(
        choice,
        &|ident| quote!(Self::#ident(value) => return value.clone(),),
    );
    let body = quote! {
        let text = match self { #(#arms,)* #rest };
        rt::Value::from_json_text(text)
    };
    method(choice, &quote!(to_value(&self) -> rt::Value), &body)
}

/// The arm of values that the document does not list, where there is one.
fn unlisted(choice: &Choice, arm: &dyn Fn(&Ident) -> Tokens) -> Option<Tokens> {
    choice.unlisted.as_ref().map(arm)
}

/// The method that yields the value on the wire.
fn method(choice: &Choice, signature: &Tokens, body: &Tokens) -> Tokens {
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

fn from_text(choice: &Choice) -> Tokens {
    let arms = choice.variants.iter().map(|variant| {
        let (wire, value) = (&variant.wire, listed(choice, &variant.ident));
        quote!(#wire => #value)
    });
    let rest = otherwise(choice, &quote!(value.to_owned()));
    from(
        choice,
        &quote!(&str),
        &quote!(match value { #(#arms,)* _ => #rest, }),
    )
}

fn from_integer(choice: &Choice) -> Tokens {
    let arms = choice.variants.iter().map(|variant| {
        let (wire, value) = (integer(variant), listed(choice, &variant.ident));
        quote!(#wire => #value)
    });
    let rest = otherwise(choice, &quote!(value));
    from(
        choice,
        &quote!(i64),
        &quote!(match value { #(#arms,)* _ => #rest, }),
    )
}

fn from_value(choice: &Choice) -> Tokens {
    let listed = choice.variants.iter().map(|variant| &variant.ident);
    let rest = otherwise(choice, &quote!(value));
    let end = match choice.unlisted {
        Some(_) => quote!(found.unwrap_or(#rest)),
        None => quote!(found.map_or_else(|| #rest, Ok)),
    };
    let body = quote! {
        let listed = [#(Self::#listed,)*];
        let found = listed.into_iter().find(|choice| choice.to_value() == value);
        #end
    };
    from(choice, &quote!(rt::Value), &body)
}

/// What a listed value is; a success where others are failures.
fn listed(choice: &Choice, ident: &Ident) -> Tokens {
    match choice.unlisted {
        Some(_) => quote!(Self::#ident),
        None => quote!(Ok(Self::#ident)),
    }
}

/// What a value is that the document does not list: kept, or a failure.
fn otherwise(choice: &Choice, value: &Tokens) -> Tokens {
    let name = choice.name.text();
    match &choice.unlisted {
        Some(ident) => quote!(Self::#ident(#value)),
        None => quote!(Err(rt::CodecError::unlisted(#name, value))),
    }
}

/// The conversion from a value on the wire.
fn from(choice: &Choice, wire: &Tokens, body: &Tokens) -> Tokens {
    let (name, allow) = (&choice.name, allow_deprecated(is_deprecated(choice)));
    if choice.unlisted.is_none() {
        return quote! {
            #allow
            impl TryFrom<#wire> for #name {
                type Error = rt::CodecError;
                #[inline]
                fn try_from(value: #wire) -> Result<Self, rt::CodecError> { #body }
            }
        };
    }
    quote! {
        #allow
        impl From<#wire> for #name {
            #[inline]
            fn from(value: #wire) -> Self { #body }
        }
    }
}

/// From the text that `Display` writes; a text is a value as it stands, listed or not.
fn from_str(choice: &Choice) -> Tokens {
    let (name, allow) = (&choice.name, allow_deprecated(choice.words.deprecated));
    let (error, body) = match (choice.base, &choice.unlisted) {
        (ChoiceBase::Text, Some(_)) => (
            quote!(std::convert::Infallible),
            quote!(Ok(Self::from(text))),
        ),
        (ChoiceBase::Text, None) => (quote!(rt::CodecError), quote!(Self::try_from(text))),
        (ChoiceBase::Integer | ChoiceBase::Value, Some(_)) => (
            quote!(std::num::ParseIntError),
            quote!(text.parse().map(|value: i64| Self::from(value))),
        ),
        (ChoiceBase::Integer | ChoiceBase::Value, None) => {
            let name = name.text();
            let failed = quote!(text.parse().map_err(|_| rt::CodecError::unlisted(#name, text)));
            let body = quote!(#failed.and_then(|value: i64| Self::try_from(value)));
            (quote!(rt::CodecError), body)
        }
    };
    quote! {
        #allow
        impl std::str::FromStr for #name {
            type Err = #error;
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                #body
            }
        }
    }
}

fn display(choice: &Choice) -> Tokens {
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
    Literal::integer(variant.wire.parse::<i64>().unwrap_or_default())
}
