//! Security schemes (OpenAPI 3.0, section 4.7.27).

use super::{Docs, Site};

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Where it stands.
    pub at: Site,
    /// What it is.
    pub kind: SchemeKind,
    /// Its description.
    pub docs: Docs,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// An API key in a header, the query or a cookie.
    ApiKey {
        /// Where it is sent.
        location: KeyLocation,
        /// Under which name.
        name: String,
    },
    /// HTTP basic (RFC 7617).
    Basic,
    /// HTTP bearer (RFC 6750).
    Bearer,
    /// HTTP digest (RFC 7616).
    Digest,
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// The token URL of the client credentials flow.
        client_credentials: Option<String>,
        /// The URLs of the other flows: name of the flow, authorization URL, token URL.
        flows: Vec<Flow>,
    },
    /// OpenID Connect, by its discovery URL.
    OpenIdConnect(String),
    /// Mutual TLS: the transport's business.
    MutualTls,
    /// An API key of which the document does not say where it goes or under which name: the caller's business.
    Unplaced,
    /// Something else, which takes a bearer token meanwhile; the diagnostic says so.
    Other(String),
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// As a header.
    Header,
    /// In the query.
    Query,
    /// As a cookie.
    Cookie,
}

/// A flow of OAuth 2.0 other than client credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The name as the document writes it: `authorizationCode`, `implicit`, `password`, `deviceAuthorization`.
    pub name: String,
    /// `authorizationUrl` or `deviceAuthorizationUrl`.
    pub authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
}
