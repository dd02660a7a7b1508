//! The client, its credentials, and the static description of the API.

use super::code::{docs, outer_or};
use super::Code;
use crate::api::model::{KeyLocation, SchemeKind, Server};
use crate::lower::model::{Client, Scheme};
use crate::rustdoc;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of `client.rs`; other modules see the description of the API if it `is_shared`.
pub fn items(client: &Client, is_shared: bool) -> Vec<Code> {
    let client_items = client_type(client).into_iter().map(Code::from);
    let credentials = credentials(client).into_iter().map(Code::from);
    client_items
        .chain(credentials)
        .chain([
            Code::macro_call("rt::call!(pub(super) Call);"),
            api_spec(client, is_shared).into(),
        ])
        .collect()
}

fn client_type(client: &Client) -> [TokenStream; 3] {
    let title = rustdoc::lines(&client.title).join(" ");
    let attributes = docs(&[
        format!("A client of {title}."),
        String::new(),
        "Cloning it is cheap: clones share connections and tokens.".to_owned(),
    ]);
    let constructors = match client.servers.is_empty() {
        true => constructors_with_url(),
        false => constructors(),
    };
    let resume = resume(client);
    let has_features = client.files.iter().any(|file| file.feature.is_some());
    let allow = has_features
        .then(|| quote!(#[allow(dead_code, reason = "a build without operations never reads it")]));
    [
        quote! {
            #attributes
            #[derive(Clone, Debug)]
            #allow
            pub struct Client(pub(super) rt::Client);
        },
        quote!(impl Client { #constructors #resume }),
        quote! {
            impl From<rt::Client> for Client {
                #[inline]
                fn from(client: rt::Client) -> Self {
                    Self(client)
                }
            }
        },
    ]
}

fn constructors() -> TokenStream {
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

/// Returns the constructors for a document without servers.
fn constructors_with_url() -> TokenStream {
    quote! {
        /// Creates a client for the server at a URL, `https://host/path`, with default settings.
        ///
        /// # Errors
        /// The URL is invalid, or the transport cannot be set up.
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

/// Returns the methods that resume a long-running operation, if there is such an operation.
fn resume(client: &Client) -> Option<TokenStream> {
    let mut methods = client.files.iter().flat_map(|file| &file.methods);
    methods.any(|method| method.follow_up.is_some()).then(|| {
        quote! {
            /// Polls an operation that was started earlier, by its id or by the URL that the server returned, until it
            /// has ended.
            ///
            /// # Errors
            /// A request fails, the operation ends in an error, or the deadline passes.
            #[inline]
            pub fn resume<O: rt::LongRunning>(
                &self,
                id: &str,
                config: rt::PollConfig,
            ) -> rt::OutputFuture<O::Last> {
                self.0.call(O::spec()).resume::<O>(id, config)
            }

            /// The states of such an operation, as a stream that ends with its result.
            #[inline]
            pub fn watch<O: rt::LongRunning>(
                &self,
                id: &str,
                config: rt::PollConfig,
            ) -> rt::Watch<O::Last> {
                self.0.call(O::spec()).resume_watch::<O>(id, config)
            }
        }
    })
}

fn credentials(client: &Client) -> [TokenStream; 3] {
    let schemes = client.schemes.iter().map(scheme);
    // For servers that need fewer or other credentials than their document states.
    let overrides = (!client.schemes.is_empty()).then(|| {
        quote! {
            /// Creates a set for a server without authentication: every call is sent without credentials.
            #[inline]
            pub fn none() -> Self {
                Self(rt::Credentials::none())
            }

            /// Sends every credential of the set with every call, regardless of documented requirements.
            #[inline]
            pub fn send_all(self) -> Self {
                Self(self.0.send_all())
            }
        }
    });
    [
        quote! {
            /// Credentials for the security schemes of the API.
            #[derive(Clone, Debug, Default)]
            pub struct Credentials(rt::Credentials);
        },
        quote! {
            impl Credentials {
                /// Creates an empty set: a call that needs credentials fails before it is sent.
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }

                #(#schemes)*
                #overrides
            }
        },
        quote! {
            impl From<Credentials> for rt::Credentials {
                #[inline]
                fn from(credentials: Credentials) -> Self {
                    credentials.0
                }
            }
        },
    ]
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (name, ident) = (&scheme.name.wire, &scheme.name.ident);
    let SchemeParts { arguments, credential, docs } = scheme_parts(&scheme.kind);
    let attributes = outer_or(&scheme.attributes, docs);
    let separator = (!arguments.is_empty()).then(|| quote!(,));
    quote! {
        #attributes
        #[inline]
        pub fn #ident(self #separator #arguments) -> Self {
            Self(self.0.with(#name, rt::Credential::#credential))
        }
    }
}

/// Returns the arguments of a security scheme's constructor.
pub fn credential_arguments(kind: &SchemeKind) -> TokenStream {
    scheme_parts(kind).arguments
}

/// Returns a sentence on a security scheme, for one without documentation.
pub fn scheme_docs(kind: &SchemeKind) -> &'static str {
    scheme_parts(kind).docs
}

/// The constructor of a security scheme.
struct SchemeParts {
    arguments: TokenStream,
    /// Credential made of the arguments.
    credential: TokenStream,
    /// Doc comment of a scheme without documentation.
    docs: &'static str,
}

fn scheme_parts(kind: &SchemeKind) -> SchemeParts {
    let password = quote!(username: impl Into<String>, password: impl Into<rt::Secret>);
    let token = quote!(token: impl Into<rt::Token>);
    let (arguments, credential, docs) = match kind {
        SchemeKind::ApiKey { .. } => (
            quote!(key: impl Into<rt::Secret>),
            quote!(api_key(key)),
            "An API key.",
        ),
        SchemeKind::Basic => (password, quote!(basic(username, password)), "HTTP basic authentication."),
        SchemeKind::Digest => (password, quote!(digest(username, password)), "HTTP digest authentication."),
        SchemeKind::Bearer => (
            token,
            quote!(bearer(token)),
            "A bearer token, fixed or from a provider.",
        ),
        SchemeKind::OAuth2 {
            client_credentials: Some(_),
            ..
        } => (
            quote!(client_id: impl Into<String>, client_secret: impl Into<rt::Secret>),
            quote!(client_credentials(client_id, client_secret)),
            "OAuth 2.0 client credentials: tokens are fetched, cached and renewed.",
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
        // The client sends nothing for these.
        SchemeKind::MutualTls => (
            quote!(),
            quote!(transport()),
            "The transport presents a client certificate.",
        ),
        SchemeKind::Unplaced => (
            quote!(),
            quote!(transport()),
            "The caller sends the key, because the API description states neither its location nor its name.",
        ),
        SchemeKind::Other(_) => (
            token,
            quote!(bearer(token)),
            "A token that is sent as bearer token, fixed or from a provider.",
        ),
    };
    SchemeParts { arguments, credential, docs }
}

/// Returns the static `API`.
fn api_spec(client: &Client, is_shared: bool) -> TokenStream {
    let visibility = is_shared.then(|| quote!(pub(super)));
    let (title, version) = (&client.title, &client.version);
    let servers = client.servers.iter().map(server_spec);
    let schemes = client.schemes.iter().map(|scheme| {
        let (name, kind) = (&scheme.name.wire, scheme_kind(&scheme.kind));
        quote!(rt::Scheme { name: #name, kind: #kind })
    });
    quote! {
        #visibility static API: rt::ApiSpec = rt::ApiSpec {
            title: #title,
            version: #version,
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn server_spec(server: &Server) -> TokenStream {
    let url = &server.url;
    let variables = server.variables.iter().map(|variable| {
        let (name, default, values) = (&variable.name, &variable.default, &variable.values);
        quote!(rt::Variable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote!(rt::Server { url: #url, variables: &[#(#variables),*] })
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
        SchemeKind::OAuth2 { client_credentials, flows } => {
            let token_url = option(client_credentials.as_ref());
            let flows = flows.iter().map(|flow| {
                let (name, token) = (&flow.name, option(flow.token_url.as_ref()));
                let authorization = option(flow.authorization_url.as_ref());
                quote!(rt::Flow { name: #name, authorization_url: #authorization, token_url: #token })
            });
            quote!(rt::SchemeKind::OAuth2 { token_url: #token_url, flows: &[#(#flows),*] })
        }
        SchemeKind::OpenIdConnect(url) => quote!(rt::SchemeKind::OpenIdConnect { url: #url }),
        SchemeKind::MutualTls | SchemeKind::Unplaced => quote!(rt::SchemeKind::MutualTls),
        SchemeKind::Other(name) => quote!(rt::SchemeKind::Other(#name)),
    }
}

fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
