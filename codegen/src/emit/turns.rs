//! Values of requests, made from values as read.

use crate::lower::model::Turn;
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The value that a turn makes of this expression.
pub fn turned(value: &TokenStream, turn: &Turn) -> TokenStream {
    match turn {
        Turn::Same => value.clone(),
        Turn::Into => quote!(#value.into()),
        Turn::Boxed(inner) => {
            let inner = turned(&quote!((*#value)), inner);
            quote!(Box::new(#inner))
        }
        Turn::Given(inner) => {
            let each = each(inner);
            quote!(#value.map(#each))
        }
        Turn::Items(inner) => {
            let each = each(inner);
            quote!(#value.into_iter().map(#each).collect())
        }
        Turn::Values(inner) => {
            let inner = turned(&quote!(value), inner);
            quote!(#value.into_iter().map(|(name, value)| (name, #inner)).collect())
        }
        Turn::Positions(positions, rest) => tuple(value, positions, rest.as_deref()),
    }
}

/// What is done to each value: `Into::into`, or a closure.
pub fn each(turn: &Turn) -> TokenStream {
    let name = match turn {
        Turn::Into => return quote!(Into::into),
        Turn::Items(_) => quote!(items),
        Turn::Values(_) => quote!(members),
        Turn::Same | Turn::Boxed(_) | Turn::Given(_) | Turn::Positions(..) => quote!(value),
    };
    let value = turned(&name, turn);
    quote!(|#name| #value)
}

fn tuple(value: &TokenStream, positions: &[Turn], rest: Option<&Turn>) -> TokenStream {
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
pub fn branch(read: &Ident, variant: &Ident, turn: &Turn) -> TokenStream {
    let value = turned(&quote!(value), turn);
    quote!(#read::#variant(value) => Self::#variant(#value))
}
