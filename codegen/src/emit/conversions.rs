//! Conversions of response types into request types.

use crate::lower::model::Conversion;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the expression that converts `value`.
pub fn converted(value: &TokenStream, conversion: &Conversion) -> TokenStream {
    match conversion {
        Conversion::Same => value.clone(),
        Conversion::Into => quote!(#value.into()),
        Conversion::Boxed(inner) => {
            let inner = converted(&quote!((*#value)), inner);
            quote!(Box::new(#inner))
        }
        Conversion::Option(inner) => {
            let each = each(inner);
            quote!(#value.map(#each))
        }
        Conversion::Items(inner) => {
            let each = each(inner);
            quote!(#value.into_iter().map(#each).collect())
        }
        Conversion::Values(inner) => {
            let inner = converted(&quote!(value), inner);
            quote!(#value.into_iter().map(|(name, value)| (name, #inner)).collect())
        }
        Conversion::Positions(positions, additional) => {
            tuple(value, positions, additional.as_deref())
        }
    }
}

/// Returns the function that converts each item: `Into::into`, or a closure.
pub fn each(conversion: &Conversion) -> TokenStream {
    let name = match conversion {
        Conversion::Into => return quote!(Into::into),
        Conversion::Items(_) => quote!(items),
        Conversion::Values(_) => quote!(members),
        Conversion::Same
        | Conversion::Boxed(_)
        | Conversion::Option(_)
        | Conversion::Positions(..) => quote!(value),
    };
    let value = converted(&name, conversion);
    quote!(|#name| #value)
}

fn tuple(
    value: &TokenStream,
    positions: &[Conversion],
    additional: Option<&Conversion>,
) -> TokenStream {
    let first = match additional {
        Some(_) => quote!(#value.first),
        None => value.clone(),
    };
    let positions = positions.iter().enumerate().map(|(at, conversion)| {
        let at = Literal::usize_unsuffixed(at);
        converted(&quote!(#first.#at), conversion)
    });
    let positions = quote!((#(#positions,)*));
    let Some(additional) = additional else {
        return positions;
    };
    let additional = converted(&quote!(#value.rest), additional);
    quote!(rt::Prefix { first: #positions, rest: #additional })
}
