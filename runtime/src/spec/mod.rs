//! The API as plain data in `static`s of generated code.
//!
//! It has no function pointers, so that naming an operation generates no machine code for its types.

mod matching;
pub(crate) mod media_type;
mod parameter;
mod parse;
#[cfg(test)]
mod tests;
mod text;
mod xml;

pub(crate) use matching::content_type;
pub use media_type::MediaCodec;
pub use parameter::{Location, OrderedParts, Parameter, PartSpec, Style};
pub use text::{LazySpec, SpecError};
pub use xml::XmlNames;

use crate::codec::XmlBody;
use crate::percent;

/// A document: its name, servers and security schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiSpec {
    /// `info.title`.
    pub title: &'static str,
    /// `info.version`.
    pub version: &'static str,
    /// The servers of the API; the first is the default.
    pub servers: &'static [Server],
    /// The security schemes.
    pub schemes: &'static [Scheme],
}

/// A server (OpenAPI 3.1, section 4.8.5): its URL may contain `{variables}` and may be relative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL template.
    pub url: &'static str,
    /// The variables in its braces.
    pub variables: &'static [Variable],
}

/// A variable in a server's URL (OpenAPI 3.1, section 4.8.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, without braces.
    pub name: &'static str,
    /// The default value.
    pub default: &'static str,
    /// The allowed values; any if empty.
    pub values: &'static [&'static str],
}

/// A security scheme under its component name (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The component's name.
    pub name: &'static str,
    /// The kind of the scheme.
    pub kind: SchemeKind,
}

/// A kind of security schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The place of the key in the request.
        location: KeyLocation,
        /// The name of the header, parameter or cookie.
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
        /// The URL of the discovery document.
        url: &'static str,
    },
    /// A scheme for which the client sends nothing: mutual TLS, which belongs to the transport, and an API key without a
    /// documented place, which belongs to the caller.
    MutualTls,
    /// A scheme under its own name, which uses a bearer token.
    Other(&'static str),
}

/// The place of an API key in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// As a header.
    Header,
    /// In the query.
    Query,
    /// As a cookie.
    Cookie,
}

/// A flow of OAuth 2.0 with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The name in the document: `authorizationCode`, `implicit`, `password`, `deviceAuthorization`.
    pub name: &'static str,
    /// The URL of the person's consent, or of device codes.
    pub authorization_url: Option<&'static str>,
    /// The URL of the token endpoint.
    pub token_url: Option<&'static str>,
}

impl Flow {
    /// Returns the URL at which a person gives consent, with these parameters (RFC 6749, section 4.1.1): `client_id`,
    /// `redirect_uri`, `scope`, `state`, `code_challenge`. `None` if the flow has no such URL.
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
/// Generated code has it as a text, which [`LazySpec`] reads at first use. End literals with
/// `..OperationSpec::DEFAULT`, as later versions add members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationSpec {
    /// `operationId`.
    pub id: &'static str,
    /// The method in upper case.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The operation's servers, in place of the document's.
    pub servers: &'static [Server],
    /// The parameters, in their order on the wire.
    pub parameters: &'static [Parameter],
    /// The media types of the request body.
    pub bodies: &'static [Content],
    /// The responses.
    pub responses: &'static [ResponseSpec],
    /// The security requirements, of which one has to be met, in the document's order; none if empty.
    pub security: &'static [&'static [SecurityNeed]],
    /// `true` if the operation is idempotent although its method is not.
    pub idempotent: bool,
    /// The header that carries a key by which the server recognises a repeated request.
    pub idempotency_key: Option<&'static str>,
    /// The pagination, if responses are pages of a list.
    pub paging: Option<Paging>,
    /// The way to wait for the operation's end, if it continues after its response.
    pub follow: Option<Follow>,
    /// The reason why no call can be made: the operation's text cannot be parsed.
    pub invalid: Option<SpecError>,
}

impl OperationSpec {
    /// An operation whose members are empty.
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

/// A scheme of an alternative of [`OperationSpec::security`].
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
        Self { scheme, scopes: &[] }
    }

    /// Sets the scopes or roles.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }
}

/// A body in one media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// The media type of the document, perhaps a range such as `image/*`.
    pub media_type: &'static str,
    /// The encoding of values.
    pub codec: MediaCodec,
    /// The properties of a form or multipart body that are not encoded by default.
    pub parts: &'static [PartSpec],
    /// The parts of a multipart body that is a list, if they are not encoded by default.
    pub ordered: Option<&'static OrderedParts>,
    /// The names of a body of XML.
    pub xml: Option<XmlBody>,
}

impl Content {
    /// A body in this media type.
    #[must_use]
    pub const fn new(media_type: &'static str, codec: MediaCodec) -> Self {
        let (parts, ordered): (&[PartSpec], _) = (&[], None);
        Self { media_type, codec, parts, ordered, xml: None }
    }

    /// Sets the properties that are not encoded by default (`encoding`).
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

/// A response (OpenAPI 3.1, section 4.8.17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseSpec {
    /// The statuses of the response.
    pub status: Status,
    /// The media types; none without a body.
    pub contents: &'static [Content],
}

impl ResponseSpec {
    /// The response of exactly this status.
    #[must_use]
    pub const fn new(status: u16, contents: &'static [Content]) -> Self {
        Self { status: Status::Exact(status), contents }
    }

    /// The response of all statuses that begin with this digit.
    #[must_use]
    pub const fn range(class: u8, contents: &'static [Content]) -> Self {
        Self { status: Status::Range(class), contents }
    }

    /// The response of all other statuses.
    #[must_use]
    pub const fn other(contents: &'static [Content]) -> Self {
        Self { status: Status::Default, contents }
    }
}

/// The statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Exact(u16),
    /// All that begin with this digit: `Range(4)` is `4XX`.
    Range(u8),
    /// Every status without another response.
    Default,
}

/// The pagination of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The reference to the next page.
    pub next: NextPage,
    /// The JSON pointer (RFC 6901) of the list in a page: `/results`; empty if the page is the list.
    pub items: &'static str,
    /// The query parameter that limits the items of a page.
    pub limit: Option<&'static str>,
    /// The JSON pointer of a boolean that is `false` on the last page.
    pub more: Option<&'static str>,
    /// The JSON pointer of the number of items of all pages.
    pub total: Option<&'static str>,
}

impl Paging {
    /// Pages that are lists, each leading to the next in the `Link` header.
    pub const DEFAULT: Self = Self::new(NextPage::Header, "");

    /// Pages whose list is at this JSON pointer.
    #[must_use]
    pub const fn new(next: NextPage, items: &'static str) -> Self {
        Self { next, items, limit: None, more: None, total: None }
    }

    /// Sets the query parameter that limits the items of a page; a page with fewer items is the last.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit = Some(parameter);
        self
    }

    /// Sets the JSON pointer of a boolean that is `false` on the last page.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = Some(pointer);
        self
    }

    /// Sets the JSON pointer of the number of all items, at which lists with counted items end.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }
}

/// The reference from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The number of the page, in a query parameter.
    Number {
        /// The parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// The number of items before the page, in a query parameter.
    Offset {
        /// The parameter.
        parameter: &'static str,
    },
    /// The place of the page's first item, counted from 1, in a query parameter (RFC 7644, section 3.4.2.4).
    Index {
        /// The parameter.
        parameter: &'static str,
    },
    /// The key of the last item of the previous page, in a query parameter.
    LastItem {
        /// The parameter.
        parameter: &'static str,
        /// The JSON pointer of the key within an item.
        pointer: &'static str,
    },
    /// A text of the previous page, in a query parameter.
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

/// The polling of a long-running operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// The operation that returns the status, if it is not one of the API: a `GET` of another server.
    pub elsewhere: Option<&'static OperationSpec>,
    /// That operation's path or query parameter of the id.
    pub parameter: &'static str,
    /// The JSON pointer of the id in the first response.
    pub id: &'static str,
    /// The condition of the end.
    pub until: Until,
}

/// The way to wait for the end of a long-running operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// By polling its status.
    Poll(Polling),
    /// By polling the URL in `Location` or `Operation-Location` while the response is 202.
    Location,
}

/// The condition of a long-running operation's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A boolean, and an object that is present if it failed.
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
        /// The states of success.
        success: &'static [&'static str],
        /// The states of failure.
        failure: &'static [&'static str],
    },
}
