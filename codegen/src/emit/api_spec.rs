//! The API as plain data.

use crate::api::model::{KeyLocation, SchemeKind, Server};
use crate::lower::model::Client;
use proc_macro2::TokenStream;
use quote::quote;

/// The static of the API.
pub fn api(client: &Client) -> TokenStream {
    let (title, version) = (&client.title, &client.version);
    let servers = servers(&client.servers);
    let schemes = client.schemes.iter().map(|scheme| {
        let (name, kind) = (&scheme.name.wire, scheme_kind(&scheme.kind));
        quote!(rt::Scheme { name: #name, kind: #kind })
    });
    quote! {
        static API: rt::ApiSpec = rt::ApiSpec {
            title: #title,
            version: #version,
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn servers(servers: &[Server]) -> Vec<TokenStream> {
    let server = |server: &Server| {
        let url = &server.url;
        let variables = server.variables.iter().map(|variable| {
            let (name, default, values) = (&variable.name, &variable.default, &variable.values);
            quote!(rt::Variable { name: #name, default: #default, values: &[#(#values),*] })
        });
        quote!(rt::Server { url: #url, variables: &[#(#variables),*] })
    };
    servers.iter().map(server).collect()
}

fn scheme_kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                KeyLocation::Header => quote!(Header),
                KeyLocation::Query => quote!(Query),
                KeyLocation::Cookie => quote!(Cookie),
            };
            quote!(rt::SchemeKind::ApiKey { location: rt::KeyLocation::#location, name: #name })
        }
        SchemeKind::Basic => quote!(rt::SchemeKind::Basic),
        SchemeKind::Bearer => quote!(rt::SchemeKind::Bearer),
        SchemeKind::Digest => quote!(rt::SchemeKind::Digest),
        SchemeKind::OAuth2 {
            client_credentials,
            flows,
        } => {
            let token_url = option(client_credentials.as_ref());
            let flows = flows.iter().map(|flow| {
                let (name, token) = (&flow.name, option(flow.token_url.as_ref()));
                let authorization = option(flow.authorization_url.as_ref());
                quote!(rt::Flow { name: #name, authorization_url: #authorization, token_url: #token })
            });
            quote!(rt::SchemeKind::OAuth2 { token_url: #token_url, flows: &[#(#flows),*] })
        }
        SchemeKind::OpenIdConnect(url) => quote!(rt::SchemeKind::OpenIdConnect { url: #url }),
        // The client sends nothing for either.
        SchemeKind::MutualTls | SchemeKind::Unplaced => quote!(rt::SchemeKind::MutualTls),
        SchemeKind::Other(name) => quote!(rt::SchemeKind::Other(#name)),
    }
}

fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
