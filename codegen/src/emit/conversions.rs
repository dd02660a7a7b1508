//! Values of requests, made from values as read.

use crate::lower::model::Conversion;
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The value that a turn makes of this expression.
pub fn turned(value: &TokenStream, turn: &Conversion) -> TokenStream {
    match turn {
        Conversion::Same => value.clone(),
        Conversion::Into => quote!(#value.into()),
        Conversion::Boxed(inner) => {
            let inner = turned(&quote!((*#value)), inner);
            quote!(Box::new(#inner))
        }
        Conversion::Given(inner) => {
            let each = each(inner);
            quote!(#value.map(#each))
        }
        Conversion::Items(inner) => {
            let each = each(inner);
            quote!(#value.into_iter().map(#each).collect())
        }
        Conversion::Values(inner) => {
            let inner = turned(&quote!(value), inner);
            quote!(#value.into_iter().map(|(name, value)| (name, #inner)).collect())
        }
        Conversion::Positions(positions, rest) => tuple(value, positions, rest.as_deref()),
    }
}

/// What is done to each value: `Into::into`, or a closure.
pub fn each(turn: &Conversion) -> TokenStream {
    let name = match turn {
        Conversion::Into => return quote!(Into::into),
        Conversion::Items(_) => quote!(items),
        Conversion::Values(_) => quote!(members),
        Conversion::Same
        | Conversion::Boxed(_)
        | Conversion::Given(_)
        | Conversion::Positions(..) => quote!(value),
    };
    let value = turned(&name, turn);
    quote!(|#name| #value)
}

fn tuple(value: &TokenStream, positions: &[Conversion], rest: Option<&Conversion>) -> TokenStream {
    let first = match rest {
        Some(_) => quote!(#value.first),
        None => value.clone(),
    };
    let positions = positions.iter().enumerate().map(|(at, turn)| {
        let at = Literal::usize_unsuffixed(at);
        turned(&quote!(#first.#at), turn)
    });
    let positions = quote!((#(#positions,)*));
    let Some(rest) = rest else {
        return positions;
    };
    let rest = turned(&quote!(#value.rest), rest);
    quote!(rt::Prefix { first: #positions, rest: #rest })
}

/// A branch of a union as read, turned into the one for requests.
pub fn branch(read: &Ident, variant: &Ident, turn: &Conversion) -> TokenStream {
    let value = turned(&quote!(value), turn);
    quote!(#read::#variant(value) => Self::#variant(#value))
}
