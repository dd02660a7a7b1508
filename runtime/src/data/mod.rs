//! The API as plain data: what generated code keeps in `static`s.
//!
//! Nothing here holds a function pointer: naming an operation makes no machine code for its types.

mod follow;
mod parameter;
mod part;
mod text;

pub use follow::{Follow, NextPage, Paging, Polling, Until};
pub use parameter::{Location, Parameter, Style};
pub use part::{OrderedParts, PartSpec};
pub use text::{LazySpec, SpecError};

/// A document: its name, servers and security schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiSpec {
    /// `info.title`.
    pub title: &'static str,
    /// `info.version`.
    pub version: &'static str,
    /// Where the API is served; the first is the default.
    pub servers: &'static [Server],
    /// How callers identify themselves.
    pub schemes: &'static [Scheme],
}

/// A server (OpenAPI 3.1, section 4.8.5): its URL may hold `{variables}` and may be relative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL template.
    pub url: &'static str,
    /// What stands in its braces.
    pub variables: &'static [Variable],
}

/// A variable in a server's URL (OpenAPI 3.1, section 4.8.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, without braces.
    pub name: &'static str,
    /// The value used when the caller gives none.
    pub default: &'static str,
    /// The values allowed; any where empty.
    pub values: &'static [&'static str],
}

/// A security scheme under its component name (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The component's name.
    pub name: &'static str,
    /// What it is.
    pub kind: SchemeKind,
}

/// What a security scheme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it is sent.
        location: KeyLocation,
        /// Under which name.
        name: &'static str,
    },
    /// HTTP basic (RFC 7617).
    Basic,
    /// HTTP bearer (RFC 6750).
    Bearer,
    /// HTTP digest (RFC 7616).
    Digest,
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// The token URL of the client credentials flow; may be relative to the server.
        token_url: Option<&'static str>,
        /// The other flows.
        flows: &'static [Flow],
    },
    /// OpenID Connect, by its discovery URL.
    OpenIdConnect {
        /// Where the discovery document is.
        url: &'static str,
    },
    /// What the client itself sends nothing for: mutual TLS, which is the business of the transport, and an API key of
    /// which the document does not say where it goes, which is the caller's.
    MutualTls,
    /// A scheme under its own name, which takes a bearer token.
    Other(&'static str),
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

/// A flow of OAuth 2.0 in which a person takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// As the document writes it: `authorizationCode`, `implicit`, `password`, `deviceAuthorization`.
    pub name: &'static str,
    /// Where the person gives consent, or where a device asks for its code.
    pub authorization_url: Option<&'static str>,
    /// Where tokens are issued.
    pub token_url: Option<&'static str>,
}

/// One operation (OpenAPI 3.1, section 4.8.10).
///
/// Generated code keeps it as a text, which [`LazySpec`] reads at first use. In literals end with
/// `..OperationSpec::DEFAULT`: members are added in later versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationSpec {
    /// `operationId`.
    pub id: &'static str,
    /// The method in upper case.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// Servers of its own, in place of the document's.
    pub servers: &'static [Server],
    /// Its parameters, in the order in which they are written on the wire.
    pub parameters: &'static [Parameter],
    /// The media types of its request body.
    pub bodies: &'static [Content],
    /// Its replies.
    pub replies: &'static [Reply],
    /// What it needs: one of these alternatives, in the document's order; nothing where empty.
    pub security: &'static [&'static [SecurityNeed]],
    /// Whether sending it twice does no more than sending it once, although its method does not say so.
    pub idempotent: bool,
    /// The header that carries a key by which the server recognises a repeated request.
    pub idempotency_key: Option<&'static str>,
    /// How its pages follow each other, where its replies are pages of a list.
    pub paging: Option<Paging>,
    /// How it is followed to its end, where it goes on after its reply.
    pub follow: Option<Follow>,
    /// Why no call can be made: the text that describes the operation cannot be read.
    pub invalid: Option<SpecError>,
}

impl OperationSpec {
    /// An operation with nothing filled in.
    pub const DEFAULT: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        servers: &[],
        parameters: &[],
        bodies: &[],
        replies: &[],
        security: &[],
        idempotent: false,
        idempotency_key: None,
        paging: None,
        follow: None,
        invalid: None,
    };
}

/// A scheme that an alternative of [`OperationSpec::security`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityNeed {
    /// The scheme's component name.
    pub scheme: &'static str,
    /// Its scopes or roles.
    pub scopes: &'static [&'static str],
}

impl SecurityNeed {
    /// A credential of this scheme.
    #[must_use]
    pub const fn scheme(scheme: &'static str) -> Self {
        Self {
            scheme,
            scopes: &[],
        }
    }

    /// With these scopes or roles.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }
}

/// A body in one media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// The media type as the document writes it; it may be a range such as `image/*`.
    pub media_type: &'static str,
    /// How values become bytes.
    pub codec: MediaCodec,
    /// The properties of a form or multipart body that are written otherwise than by default.
    pub parts: &'static [PartSpec],
    /// The parts of a multipart body that is a list, where they are written otherwise than by default.
    pub ordered: Option<&'static OrderedParts>,
}

impl Content {
    /// A body in this media type.
    #[must_use]
    pub const fn new(media_type: &'static str, codec: MediaCodec) -> Self {
        let (parts, ordered): (&[PartSpec], _) = (&[], None);
        Self {
            media_type,
            codec,
            parts,
            ordered,
        }
    }

    /// With these properties written otherwise than by default (`encoding`).
    #[must_use]
    pub const fn parts(mut self, parts: &'static [PartSpec]) -> Self {
        self.parts = parts;
        self
    }

    /// A body of JSON.
    #[must_use]
    pub const fn json(media_type: &'static str) -> Self {
        Self::new(media_type, MediaCodec::Json)
    }
}

/// How the values of a media type become bytes; [`MediaCodec::of`] tells what its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaCodec {
    /// JSON: `application/json` and all that ends in `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` (RFC 7578).
    FormData,
    /// `multipart/related`, `multipart/mixed` and the like (RFC 2046).
    Multipart,
    /// Text.
    Text,
    /// Server-sent events.
    EventStream,
    /// A JSON text a line.
    JsonLines,
    /// Bytes.
    Bytes,
}

impl MediaCodec {
    /// The codec that a media type has by its name (RFC 9110, section 8.3.1; `+json`: RFC 6839, section 3.1).
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::MediaCodec;
    /// assert_eq!(MediaCodec::of("application/problem+json; charset=utf-8"), MediaCodec::Json);
    /// ```
    #[must_use]
    pub fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::FormData,
            "text/event-stream" => Self::EventStream,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-seq"
            | "application/stream+json" => Self::JsonLines,
            other if other.ends_with("+json-seq") || other.ends_with("+jsonl") => Self::JsonLines,
            other if other.ends_with("+json") => Self::Json,
            other if other.starts_with("multipart/") => Self::Multipart,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// A reply (OpenAPI 3.1, section 4.8.17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// For which statuses.
    pub status: Status,
    /// Its media types; none where there is no body.
    pub contents: &'static [Content],
}

impl Reply {
    /// The reply of exactly this status.
    #[must_use]
    pub const fn new(status: u16, contents: &'static [Content]) -> Self {
        Self {
            status: Status::Exact(status),
            contents,
        }
    }

    /// The reply of all statuses that begin with this digit.
    #[must_use]
    pub const fn range(class: u8, contents: &'static [Content]) -> Self {
        Self {
            status: Status::Range(class),
            contents,
        }
    }

    /// The reply of all statuses that no other reply is for.
    #[must_use]
    pub const fn other(contents: &'static [Content]) -> Self {
        Self {
            status: Status::Default,
            contents,
        }
    }
}

/// The statuses that a reply is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Exact(u16),
    /// All that begin with this digit: `Range(4)` is `4XX`.
    Range(u8),
    /// Every status that no other reply is for.
    Default,
}
