//! Server types: a struct for each server that callers can choose, with a setter for each variable.

use super::code::{docs, outer, outer_or};
use super::Module;
use crate::lower::model::{Server, ServerVariable};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the module of the server types.
pub fn module<'m>(servers: &[Server]) -> Module<'m> {
    let docs = "The servers of the API, for `Client::builder().server(…)`.";
    Module::with_runtime("servers", docs, None, servers.iter().flat_map(server))
}

fn server(server: &Server) -> Vec<TokenStream> {
    let (name, index) = (&server.name, Literal::usize_unsuffixed(server.index));
    let mut attributes = server.attributes.clone();
    if !attributes.docs.is_empty() {
        attributes.docs.push(String::new());
    }
    attributes.docs.push(format!("`{}`", server.url));
    let attributes = outer(&attributes);
    let types = [
        quote! {
            #attributes
            #[derive(Clone, Debug)]
            pub struct #name(rt::ServerChoice);
        },
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    Self(rt::ServerChoice::new(#index))
                }
            }
        },
        quote! {
            impl From<#name> for rt::ServerChoice {
                #[inline]
                fn from(server: #name) -> Self {
                    server.0
                }
            }
        },
    ];
    let setters = server.variables.iter().map(setter);
    let setters = (!server.variables.is_empty()).then(|| quote!(impl #name { #(#setters)* }));
    let values = server.variables.iter().flat_map(values);
    types.into_iter().chain(setters).chain(values).collect()
}

fn setter(variable: &ServerVariable) -> TokenStream {
    let (wire, setter, ty) = (&variable.wire, &variable.setter, &variable.ty);
    let attributes = outer_or(&variable.attributes, &format!("Sets `{wire}`."));
    let (argument, value) = match variable.values.is_empty() {
        true => (quote!(impl Into<String>), quote!(#setter)),
        false => (quote!(#ty), quote!(#setter.as_str())),
    };
    quote! {
        #attributes
        #[inline]
        pub fn #setter(self, #setter: #argument) -> Self {
            Self(self.0.variable(#wire, #value))
        }
    }
}

/// Returns the enum of a variable's values. It is closed, since the document allows no other value.
fn values(variable: &ServerVariable) -> Vec<TokenStream> {
    if variable.values.is_empty() {
        return Vec::new();
    }
    let ty = &variable.ty;
    let attributes = docs(&[format!("The values of `{}`.", variable.wire)]);
    let variants = variable.values.iter().map(|(wire, ident)| {
        let attributes = docs(&[format!("`{wire}`")]);
        quote!(#attributes #ident)
    });
    let arms = variable.values.iter().map(|(wire, ident)| quote!(Self::#ident => #wire));
    let definition = quote! {
        #attributes
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ty { #(#variants,)* }
    };
    let text = quote! {
        impl #ty {
            /// Returns the value as it is written in the URL.
            #[inline]
            pub fn as_str(&self) -> &'static str {
                match self { #(#arms,)* }
            }
        }
    };
    vec![definition, text]
}
