//! The API as plain data: what generated code keeps in `static`s.
//!
//! Nothing here holds a function pointer: naming an operation makes no machine code for its types.

mod matching;
pub(crate) mod media_type;
mod parameter;
mod parse;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use matching::content_type;
pub use media_type::MediaCodec;
pub use parameter::{Location, OrderedParts, Parameter, PartSpec, Style};
pub use text::{LazySpec, SpecError};

use crate::percent;

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

impl Flow {
    /// Returns the URL at which a person gives consent, with these parameters (RFC 6749, section 4.1.1): `client_id`,
    /// `redirect_uri`, `scope`, `state`, `code_challenge`. `None` where the flow has no such URL.
    ///
    /// The resulting code is exchanged for tokens through
    /// [`ClientCredentials::from_code`](crate::auth::ClientCredentials::from_code).
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::Flow;
    /// let url = Some("https://login.example/authorize?prompt=login");
    /// let flow = Flow { name: "authorizationCode", authorization_url: url, token_url: None };
    /// let consent = flow.consent_url(&[("client_id", "me"), ("scope", "read write")]).unwrap();
    /// assert_eq!(consent, "https://login.example/authorize?prompt=login&response_type=code&client_id=me&scope=read+write");
    /// ```
    #[must_use]
    pub fn consent_url(&self, parameters: &[(&str, &str)]) -> Option<String> {
        let url = self.authorization_url?;
        let separator = if url.contains('?') { '&' } else { '?' };
        let mut pairs = vec![("response_type", "code")];
        pairs.extend(parameters);
        Some(format!("{url}{separator}{}", percent::form_pairs(&pairs)))
    }
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
    pub responses: &'static [ResponseSpec],
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
        responses: &[],
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

/// A reply (OpenAPI 3.1, section 4.8.17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseSpec {
    /// For which statuses.
    pub status: Status,
    /// Its media types; none where there is no body.
    pub contents: &'static [Content],
}

impl ResponseSpec {
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

/// How the pages of a list follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What leads to the next page.
    pub next: NextPage,
    /// The JSON pointer (RFC 6901) of the list in a page: `/results`; empty where the page is the list.
    pub items: &'static str,
    /// The query parameter that says how many items a page may have.
    pub limit: Option<&'static str>,
    /// The JSON pointer of a boolean that says whether there are more pages.
    pub more: Option<&'static str>,
    /// The JSON pointer of the number of items of all pages together.
    pub total: Option<&'static str>,
}

impl Paging {
    /// Pages that are lists, each leading to the next in the `Link` header.
    pub const DEFAULT: Self = Self::new(NextPage::Header, "");

    /// Pages whose list is at this JSON pointer.
    #[must_use]
    pub const fn new(next: NextPage, items: &'static str) -> Self {
        Self {
            next,
            items,
            limit: None,
            more: None,
            total: None,
        }
    }

    /// A page with fewer items than this query parameter asks for is the last.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit = Some(parameter);
        self
    }

    /// A page where this JSON pointer holds `false` is the last.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = Some(pointer);
        self
    }

    /// Where items are counted, the list ends when as many have come as this JSON pointer holds.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }
}

/// What leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The number of the page, in a query parameter.
    Number {
        /// The parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// How many items come before the page, in a query parameter.
    Offset {
        /// The parameter.
        parameter: &'static str,
    },
    /// The place of the page's first item, counted from 1, in a query parameter (RFC 7644, section 3.4.2.4).
    Index {
        /// The parameter.
        parameter: &'static str,
    },
    /// What names the last item of the page before, in a query parameter.
    LastItem {
        /// The parameter.
        parameter: &'static str,
        /// The JSON pointer within an item of what names it.
        pointer: &'static str,
    },
    /// A text from the page before, in a query parameter.
    Token {
        /// The parameter.
        parameter: &'static str,
        /// The JSON pointer of the text.
        pointer: &'static str,
    },
    /// A URL in the page: a text, or a list of links with `rel` and `href`.
    Link {
        /// The JSON pointer of the URL or the list.
        pointer: &'static str,
    },
    /// The `Link` header with `rel=next` (RFC 8288).
    Header,
}

/// How a long-running operation is followed to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// The operation that tells how far it is, where that is none of the API's own: a `GET` of another server.
    pub elsewhere: Option<&'static OperationSpec>,
    /// The path or query parameter of that operation that takes the id.
    pub parameter: &'static str,
    /// The JSON pointer of the id in the first reply.
    pub id: &'static str,
    /// How its end is known.
    pub until: Until,
}

/// How an operation that goes on after its reply is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// By asking about it.
    Poll(Polling),
    /// By asking where `Location` or `Operation-Location` leads, as long as the answer is 202.
    Location,
}

/// How the end of a long-running operation is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A boolean, and an object that is there where it failed.
    Done {
        /// The JSON pointer of the boolean.
        done: &'static str,
        /// The JSON pointer of the error.
        error: &'static str,
    },
    /// A text that names its state.
    State {
        /// The JSON pointer of the text.
        state: &'static str,
        /// The states in which it has ended well.
        success: &'static [&'static str],
        /// The states in which it has ended otherwise.
        failure: &'static [&'static str],
    },
}
