//! The client, its credentials, and the call that every operation returns.

use super::words::{docs, or};
use super::{data, going_on};
use crate::api::ir::SchemeKind;
use crate::rust::ir::{Client, Scheme};
use crate::tokens::{quote, Tokens};

/// The items of `client.rs`.
pub fn items(client: &Client) -> Vec<Tokens> {
    let mut items = definition(client);
    items.extend(credentials(client));
    items.extend(call());
    items.extend(going_on::of_calls(client));
    items.push(data::api(client));
    items
}

fn definition(client: &Client) -> Vec<Tokens> {
    let words = docs(&[
        format!("The client of {}.", single_line(&client.title)),
        String::new(),
        "Cheap to clone; clones share connections and tokens.".to_owned(),
    ]);
    let structure = quote! {
        #words
        #[derive(Clone, Debug)]
        pub struct Client(pub(super) rt::Client);
    };
    let constructors = if client.servers.is_empty() {
        without_servers()
    } else {
        with_servers()
    };
    let from = quote! {
        impl From<rt::Client> for Client {
            #[inline]
            fn from(client: rt::Client) -> Self {
                Self(client)
            }
        }
    };
    vec![structure, constructors, from]
}

fn single_line(text: &str) -> String {
    crate::docs::lines(text).join(" ")
}

/// What `new` and `builder` say.
fn with_servers() -> Tokens {
    quote! {
        impl Client {
            /// A client of the document's first server with these credentials, everything else as it
            /// is by default.
            ///
            /// # Errors
            /// The transport cannot be set up.
            #[inline]
            pub fn new(credentials: Credentials) -> Result<Self, rt::BuildError> {
                Self::builder().credentials(credentials).build()
            }
            /// Sets up a client: server, transport, credentials, timeouts, headers, retries.
            #[inline]
            pub fn builder() -> rt::ClientBuilder<Self> {
                rt::ClientBuilder::new(&API)
            }
        }
    }
}

/// The document names no server, so that the caller has to.
fn without_servers() -> Tokens {
    quote! {
        impl Client {
            /// A client of the API at this base URL with these credentials, everything else as it is
            /// by default.
            ///
            /// # Errors
            /// The base URL is not one, or the transport cannot be set up.
            #[inline]
            pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, rt::BuildError> {
                Self::builder(base_url).credentials(credentials).build()
            }
            /// Sets up a client of the API at this base URL: transport, credentials, timeouts,
            /// headers, retries.
            #[inline]
            pub fn builder(base_url: &str) -> rt::ClientBuilder<Self> {
                rt::ClientBuilder::new(&API).base_url(base_url)
            }
        }
    }
}

fn credentials(client: &Client) -> Vec<Tokens> {
    let words = docs(&["Credentials for the API, of each kind that its document names."]);
    let structure = quote! {
        #words
        #[derive(Clone, Debug, Default)]
        pub struct Credentials(rt::Credentials);
    };
    let schemes = client.schemes.iter().map(scheme);
    let constructors = quote! {
        impl Credentials {
            /// No credentials: operations that need some fail before they are sent.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            #(#schemes)*
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
    vec![structure, constructors, from]
}

/// The arguments of a scheme's constructor, the credential made of them, and what is said where the document is silent.
fn scheme_parts(kind: &SchemeKind) -> (Tokens, Tokens, &'static str) {
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
fn by_others(line: &'static str) -> (Tokens, Tokens, &'static str) {
    (quote!(), quote!(transport()), line)
}

fn scheme(scheme: &Scheme) -> Tokens {
    let (name, ident) = (&scheme.name.wire, &scheme.name.ident);
    let (arguments, credential, line) = scheme_parts(&scheme.kind);
    let words = or(&scheme.words, line);
    let separator = (!arguments.is_empty()).then(|| quote!(,));
    quote! {
        #words
        #[inline]
        pub fn #ident(self #separator #arguments) -> Self {
            Self(self.0.with(#name, rt::Credential::#credential))
        }
    }
}

fn call() -> Vec<Tokens> {
    let structure = quote! {
        /// A call of an operation: set what is optional, then await it.
        #[must_use = "a call does nothing until it is awaited"]
        #[derive(Debug)]
        pub struct Call<O> {
            pub(super) call: rt::Call,
            operation: std::marker::PhantomData<fn() -> O>,
        }
    };
    let new = quote! {
        impl<O> Call<O> {
            #[inline]
            pub(super) fn new(call: rt::Call) -> Self {
                Self { call, operation: std::marker::PhantomData }
            }
        }
    };
    vec![
        structure,
        new,
        settings(),
        limits(),
        sending(),
        blocking(),
        into_future(),
    ]
}

fn settings() -> Tokens {
    quote! {
        impl<O> Call<O> {
            /// Sends a further header.
            #[inline]
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call.set_header(name, value);
                self
            }
            /// Sends a further query parameter.
            #[inline]
            pub fn query(mut self, name: &str, value: &str) -> Self {
                self.call.set_query(name, value);
                self
            }
            /// Sends the request to another base URL.
            #[inline]
            pub fn base_url(mut self, url: &str) -> Self {
                self.call.set_base_url(url);
                self
            }
        }
    }
}

fn limits() -> Tokens {
    quote! {
        impl<O> Call<O> {
            /// Sends the body under this media type: one of a range such as `image/*`, or a relative of the
            /// document's.
            #[inline]
            pub fn content_type(mut self, media_type: &str) -> Self {
                self.call.set_content_type(media_type);
                self
            }
            /// Gives the call this long from beginning to end, retries included; `None` for no limit.
            #[inline]
            pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.set_timeout(timeout);
                self
            }
            /// Tries again by these rules instead of the client's.
            #[inline]
            pub fn retry(mut self, retry: rt::RetryPolicy) -> Self {
                self.call.set_retry(retry);
                self
            }
        }
    }
}

fn sending() -> Tokens {
    quote! {
        impl<O: rt::Endpoint> Call<O> {
            /// Sends the request and yields the typed reply with its status and headers.
            ///
            /// # Errors
            /// As [`Call::send`].
            #[inline]
            pub fn response(self) -> rt::ResponseFuture<O> {
                self.call.response::<O>()
            }
            /// Sends the request and yields the typed reply; awaiting the call does the same.
            ///
            /// # Errors
            /// The request could not be made or sent, or what came back is a failure or not what
            /// the document says.
            #[inline]
            pub fn send(self) -> rt::OutputFuture<O> {
                self.call.send::<O>()
            }
        }
    }
}

fn blocking() -> Tokens {
    quote! {
        impl<O: rt::Endpoint> Call<O> {
            /// Sends the request and waits for the typed reply, with the runtime's feature `blocking`.
            ///
            /// # Errors
            /// As [`Call::send`].
            #[inline]
            pub fn send_blocking(self) -> Result<rt::OutputOf<O>, rt::Error<rt::ErrorOf<O>>> {
                self.call.send_blocking::<O>()
            }
        }
    }
}

fn into_future() -> Tokens {
    quote! {
        impl<O: rt::Endpoint> std::future::IntoFuture for Call<O> {
            type Output = Result<rt::OutputOf<O>, rt::Error<rt::ErrorOf<O>>>;
            type IntoFuture = rt::OutputFuture<O>;
            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    }
}
