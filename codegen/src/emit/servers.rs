//! What stands around the operations: servers, the headers of replies, and what the API sends of itself.

use super::attributes::{docs, outer, outer_or};
use super::module::Module;
use super::types;
use super::Code;
use crate::lower::model::{Alias, HeaderData, Server, ServerVariable};
use crate::names::Ident;
use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::quote;
use std::collections::BTreeSet;

fn module<'m>(
    name: &str,
    line: &str,
    imports: Option<TokenStream>,
    items: Vec<TokenStream>,
) -> Module<'m> {
    let items = items.into_iter().map(Code::from).collect();
    Module {
        public: true,
        docs: vec![line.to_owned()],
        items: super::with_imports(items, imports),
        ..Module::named(name)
    }
}

/// The servers that a caller can choose.
pub fn servers<'m>(servers: &[Server]) -> Module<'m> {
    let items: Vec<_> = servers.iter().flat_map(server).collect();
    let line = "The servers of the API, for `Client::builder().server(…)`.";
    module("servers", line, None, items)
}

fn server(server: &Server) -> Vec<TokenStream> {
    let (name, index) = (&server.name, Literal::usize_unsuffixed(server.index));
    let mut attributes = server.attributes.clone();
    if !attributes.docs.is_empty() {
        attributes.docs.push(String::new());
    }
    attributes.docs.push(format!("`{}`", server.url));
    let attributes = outer(&attributes);
    let definition = quote! {
        #attributes
        #[derive(Clone, Debug)]
        pub struct #name(rt::ServerChoice);
    };
    let default = quote! {
        impl Default for #name {
            #[inline]
            fn default() -> Self {
                Self(rt::ServerChoice::new(#index))
            }
        }
    };
    let from = quote! {
        impl From<#name> for rt::ServerChoice {
            #[inline]
            fn from(server: #name) -> Self {
                server.0
            }
        }
    };
    let setters = server.variables.iter().map(setter);
    let setters = (!server.variables.is_empty()).then(|| quote!(impl #name { #(#setters)* }));
    let values = server.variables.iter().flat_map(values);
    [definition, default, from]
        .into_iter()
        .chain(setters)
        .chain(values)
        .collect()
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

/// The values of a variable: a closed list, since the document allows no other.
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
    let arms = variable
        .values
        .iter()
        .map(|(wire, ident)| quote!(Self::#ident => #wire));
    let definition = quote! {
        #attributes
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ty { #(#variants,)* }
    };
    let text = quote! {
        impl #ty {
            /// The value as it stands in the URL.
            #[inline]
            pub fn as_str(&self) -> &'static str {
                match self { #(#arms,)* }
            }
        }
    };
    vec![definition, text]
}

/// The headers that replies declare.
pub fn headers<'m>(headers: &[HeaderData]) -> Module<'m> {
    let items: Vec<_> = headers.iter().map(header).collect();
    let named: BTreeSet<&Ident> = headers
        .iter()
        .flat_map(|header| header.value.ty.named())
        .collect();
    let types = (!named.is_empty()).then(|| quote!(use super::types::{#(#named),*};));
    let line = "The headers that replies declare: `response.get(headers::NAME)`.";
    module("headers", line, types, items)
}

fn header(header: &HeaderData) -> TokenStream {
    let (ident, wire) = (&header.ident, &header.wire);
    let attributes = outer_or(&header.attributes, &format!("`{wire}`"));
    let codec = types::codec(&header.value.codec, &header.value.ty);
    quote! {
        #attributes
        pub const #ident: rt::ResponseHeader<#codec> = rt::ResponseHeader::new(#wire);
    }
}

/// What webhooks and callbacks send.
pub fn incoming<'m>(incoming: &[Alias]) -> Module<'m> {
    let named: BTreeSet<&Ident> = incoming.iter().flat_map(|alias| alias.ty.named()).collect();
    let items: Vec<_> = incoming
        .iter()
        .map(|alias| payload(alias, &named))
        .collect();
    let types = (!named.is_empty()).then(|| {
        quote!(
            use super::types;
        )
    });
    let line = "What the API sends of itself: the payloads of its webhooks and callbacks.";
    module("incoming", line, types, items)
}

/// Types stand behind their module's name here: a payload may be called as its type is.
fn payload(alias: &Alias, named: &BTreeSet<&Ident>) -> TokenStream {
    let (name, attributes, ty) = (&alias.name, outer(&alias.attributes), &alias.ty);
    let ty = qualified(quote!(#ty), named);
    quote!(#attributes pub type #name = #ty;)
}

/// The tokens with `types::` before the name of each generated type.
fn qualified(ty: TokenStream, types: &BTreeSet<&Ident>) -> TokenStream {
    let qualify = |tree| match tree {
        TokenTree::Ident(ident) if types.iter().any(|name| ident == name.to_string()) => {
            quote!(types::#ident)
        }
        TokenTree::Group(group) => {
            let inner = qualified(group.stream(), types);
            TokenTree::from(Group::new(group.delimiter(), inner)).into()
        }
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => tree.into(),
    };
    ty.into_iter().map(qualify).collect()
}
