//! The client, its credentials, and the type of its calls.

use super::attributes::{docs, outer_or};
use super::{api_spec, follow_up, Code};
use crate::api::model::SchemeKind;
use crate::lower::model::{Client, Scheme};
use proc_macro2::TokenStream;
use quote::quote;

/// The items of `client.rs`.
pub fn items(client: &Client) -> Vec<Code> {
    let mut items: Vec<Code> = Vec::new();
    items.extend(definition(client).map(Code::from));
    items.extend(credentials(client).map(Code::from));
    items.push(Code::macro_call("rt::call!(pub(super) Call);"));
    items.push(api_spec::api(client).into());
    items
}

fn definition(client: &Client) -> [TokenStream; 3] {
    let attributes = docs(&[
        format!("A client of {}.", single_line(&client.title)),
        String::new(),
        "Cloning it is cheap: clones share connections and tokens.".to_owned(),
    ]);
    let structure = quote! {
        #attributes
        #[derive(Clone, Debug)]
        pub struct Client(pub(super) rt::Client);
    };
    let constructors = if client.servers.is_empty() {
        without_servers()
    } else {
        with_servers()
    };
    let resume = follow_up::resume(client);
    let methods = quote!(impl Client { #constructors #resume });
    let from = quote! {
        impl From<rt::Client> for Client {
            #[inline]
            fn from(client: rt::Client) -> Self {
                Self(client)
            }
        }
    };
    [structure, methods, from]
}

fn single_line(text: &str) -> String {
    crate::rustdoc::lines(text).join(" ")
}

/// `new` and `builder`.
fn with_servers() -> TokenStream {
    quote! {
        /// Creates a client for the first server, with default settings.
        ///
        /// # Errors
        /// The transport cannot be set up.
        #[inline]
        pub fn new(credentials: Credentials) -> Result<Self, rt::BuildError> {
            Self::builder().credentials(credentials).build()
        }
        /// Returns a builder that sets the server, credentials, transport, timeouts, headers and retries.
        #[inline]
        pub fn builder() -> rt::ClientBuilder<Self> {
            rt::ClientBuilder::new(&API)
        }
    }
}

/// The document names no server, so that the caller has to.
fn without_servers() -> TokenStream {
    quote! {
        /// Creates a client for the server at a URL, `https://host/path`, with default settings.
        ///
        /// # Errors
        /// The URL is not one of a server, or the transport cannot be set up.
        #[inline]
        pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, rt::BuildError> {
            Self::builder(base_url).credentials(credentials).build()
        }
        /// Returns a builder that sets credentials, transport, timeouts, headers and retries.
        #[inline]
        pub fn builder(base_url: &str) -> rt::ClientBuilder<Self> {
            rt::ClientBuilder::new(&API).base_url(base_url)
        }
    }
}

fn credentials(client: &Client) -> [TokenStream; 3] {
    let attributes = docs(&["Credentials for the security schemes of the API."]);
    let structure = quote! {
        #attributes
        #[derive(Clone, Debug, Default)]
        pub struct Credentials(rt::Credentials);
    };
    let schemes = client.schemes.iter().map(scheme);
    let further = (!client.schemes.is_empty()).then(beside_the_document);
    let constructors = quote! {
        impl Credentials {
            /// Creates an empty set: a call that needs credentials fails before it is sent.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            #(#schemes)*
            #further
        }
    };
    let from = quote! {
        impl From<Credentials> for rt::Credentials {
            #[inline]
            fn from(credentials: Credentials) -> Self {
                credentials.0
            }
        }
    };
    [structure, constructors, from]
}

/// For servers that need less than their document says, or more.
fn beside_the_document() -> TokenStream {
    quote! {
        /// Creates the set for a server whose authentication is switched off: every call is sent, without credentials.
        #[inline]
        pub fn none() -> Self {
            Self(rt::Credentials::none())
        }
        /// Sends each credential of the set with each call, whatever the API description says that the call needs.
        #[inline]
        pub fn send_all(self) -> Self {
            Self(self.0.send_all())
        }
    }
}

/// The arguments of a scheme's constructor, the credential made of them, and what is said where the document is silent.
fn scheme_parts(kind: &SchemeKind) -> (TokenStream, TokenStream, &'static str) {
    let pair = quote!(username: impl Into<String>, password: impl Into<rt::Secret>);
    let token = quote!(token: impl Into<rt::Token>);
    let bearer = quote!(bearer(token));
    match kind {
        SchemeKind::ApiKey { .. } => (
            quote!(key: impl Into<rt::Secret>),
            quote!(api_key(key)),
            "An API key.",
        ),
        SchemeKind::Basic => (
            pair,
            quote!(basic(username, password)),
            "HTTP basic authentication.",
        ),
        SchemeKind::Digest => (
            pair,
            quote!(digest(username, password)),
            "HTTP digest authentication.",
        ),
        SchemeKind::Bearer => (token, bearer, "A bearer token, fixed or from a provider."),
        SchemeKind::OAuth2 {
            client_credentials: Some(_),
            ..
        } => (
            quote!(client_id: impl Into<String>, client_secret: impl Into<rt::Secret>),
            quote!(client_credentials(client_id, client_secret)),
            "OAuth 2.0 client credentials: tokens are fetched, kept and renewed.",
        ),
        SchemeKind::OAuth2 {
            client_credentials: None,
            ..
        }
        | SchemeKind::OpenIdConnect(_) => (
            quote!(token: impl Into<rt::Credential>),
            quote!(any(token)),
            "An access token, fixed or from a provider, or `rt::ClientCredentials` that fetch one.",
        ),
        SchemeKind::MutualTls => by_others("The transport presents a client certificate."),
        SchemeKind::Unplaced => by_others(
            "The caller sends the key: the document does not say where it goes, or under which name.",
        ),
        SchemeKind::Other(_) => (
            token,
            bearer,
            "A token that is sent as bearer token, fixed or from a provider.",
        ),
    }
}

/// A scheme for which the client sends nothing.
fn by_others(line: &'static str) -> (TokenStream, TokenStream, &'static str) {
    (quote!(), quote!(transport()), line)
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (name, ident) = (&scheme.name.wire, &scheme.name.ident);
    let (arguments, credential, line) = scheme_parts(&scheme.kind);
    let attributes = outer_or(&scheme.attributes, line);
    let separator = (!arguments.is_empty()).then(|| quote!(,));
    quote! {
        #attributes
        #[inline]
        pub fn #ident(self #separator #arguments) -> Self {
            Self(self.0.with(#name, rt::Credential::#credential))
        }
    }
}
