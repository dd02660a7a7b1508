//! Operations: requests, responses, and the requests that follow.

use super::{Docs, Json, SchemaId, SecurityRequirement, Server, Site, Use};

/// An operation: a method on a path (OpenAPI 4.10, Operation Object).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Location.
    pub at: Site,
    /// `operationId`, or a name made of method and path if none is declared; followed by `@` and the version if it is
    /// not the default version of calls.
    pub id: String,
    /// `x-typewright-name`: method name requested by the document.
    pub name: Option<String>,
    /// Version of its media types, if it is not the default version of calls.
    pub version: Option<String>,
    /// First tag.
    pub tag: Option<String>,
    /// HTTP method, in upper case.
    pub method: String,
    /// Path template, unchanged.
    pub path: String,
    /// Parameters, those of the path item included: path parameters in the path's order, then the others in the
    /// document's order.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<Body>,
    /// Responses, in the document's order.
    pub responses: Vec<Response>,
    /// Alternative security requirements; empty for an anonymous operation.
    pub security: Vec<SecurityRequirement>,
    /// Servers that replace those of the document.
    pub servers: Vec<Server>,
    /// Tracking of a long-running operation.
    pub long_running: Option<LongRunning>,
    /// Pagination of a list operation.
    pub pagination: Option<Pagination>,
    /// `summary` and `description`.
    pub docs: Docs,
}

impl Operation {
    /// Returns [`Self::id`] without the version.
    pub fn plain_id(&self) -> &str {
        let version = self.version.as_deref().unwrap_or_default();
        self.id.strip_suffix(version).and_then(|id| id.strip_suffix('@')).unwrap_or(&self.id)
    }

    /// `true` if a response of this status is a success. `default` is a failure unless the document declares no other
    /// response for success.
    pub fn is_success(&self, status: Status) -> bool {
        let is_listed =
            |status: Status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
        match status {
            Status::Default => !self.responses.iter().any(|one| is_listed(one.status)),
            Status::Exact(_) | Status::Range(_) => is_listed(status),
        }
    }
}

/// A parameter (OpenAPI 4.12, Parameter Object).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// `true` if a request without it is invalid.
    pub required: bool,
    /// Serialization of its value.
    pub encoding: ParameterEncoding,
    /// Schema of its value.
    pub value: Use,
}

impl Parameter {
    /// `true` if sending `null` differs from omitting the parameter. A path segment is always present and never `null`,
    /// and documents write `anyOf: [T, null]` for optional parameters whose `null` means omission.
    pub fn distinguishes_null(&self) -> bool {
        let is_content = matches!(self.encoding, ParameterEncoding::Content(_));
        is_content || (self.required && self.location != Location::Path)
    }
}

/// Where a parameter is sent (OpenAPI 4.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Path segment.
    Path,
    /// Query parameter.
    Query,
    /// Header.
    Header,
    /// Cookie.
    Cookie,
    /// Whole query (3.2).
    QueryString,
}

/// Serialization of a parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// By `style` and `explode`.
    Style {
        /// Style; by default that of the location.
        style: Style,
        /// `explode`; by default that of the style.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
        /// `allowEmptyValue`; for a path parameter, `true` if an empty text may be sent.
        allow_empty: bool,
        /// Styles of lists within the list, the outer ones first (Swagger 2.0, `collectionFormat` of `items`); empty
        /// for JSON.
        nested: Vec<Style>,
    },
    /// As a text of this media type (`content`).
    Content(String),
}

/// Style of a parameter (OpenAPI 4.12.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `collectionFormat: tsv` of Swagger 2.0: tabs between the items.
    TabDelimited,
    /// `deepObject`.
    DeepObject,
}

impl Style {
    /// The styles with their names in documents.
    const NAMES: [(Self, &'static str); 8] = [
        (Self::Matrix, "matrix"),
        (Self::Label, "label"),
        (Self::Simple, "simple"),
        (Self::Form, "form"),
        (Self::SpaceDelimited, "spaceDelimited"),
        (Self::PipeDelimited, "pipeDelimited"),
        (Self::TabDelimited, "tabDelimited"),
        (Self::DeepObject, "deepObject"),
    ];

    /// Returns the style of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, other)| *other == name).map(|(style, _)| *style)
    }

    /// Returns the name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(style, _)| *style == self).map_or("", |(_, name)| name)
    }
}

/// A request body (OpenAPI 4.13, Request Body Object).
#[derive(Clone, Debug)]
pub struct Body {
    /// `true` if a request without it is invalid.
    pub required: bool,
    /// Content by media type, in the document's order; at least one.
    pub contents: Vec<Content>,
    /// Further media types in which values of [`Self::contents`] are sent if the caller selects one by name: forms of
    /// what is JSON by default, and media types related to JSON.
    pub alternatives: Vec<Content>,
    /// Description.
    pub docs: Docs,
}

/// Content of one media type (OpenAPI 4.14, Media Type Object).
#[derive(Clone, Debug)]
pub struct Content {
    /// Media type, unchanged.
    pub media_type: String,
    /// Serialization, determined by the media type.
    pub codec: Codec,
    /// Schema; `None` if none is declared.
    pub value: Option<Use>,
    /// `example` and `examples`, in this order.
    pub examples: Vec<ContentExample>,
    /// Schema of each item of a stream (3.2, `itemSchema`).
    pub item: Option<Use>,
    /// Schema of the `data` of events (`contentSchema`).
    pub data: Option<Use>,
    /// Encoding of the parts of a form or multipart body, by property.
    pub parts: Vec<Part>,
    /// Encoding of the parts of a multipart body that is a list (3.2).
    pub ordered: Option<OrderedParts>,
    /// Index of the outermost element in [`Api::xml`](super::Api::xml), for XML.
    pub xml: Option<usize>,
}

impl Content {
    /// Creates content without a schema.
    pub fn without_schema(media_type: &str, codec: Codec) -> Self {
        Self {
            media_type: media_type.to_owned(),
            codec,
            value: None,
            examples: Vec::new(),
            item: None,
            data: None,
            parts: Vec::new(),
            ordered: None,
            xml: None,
        }
    }

    /// Creates server-sent events with this data.
    pub fn events(media_type: &str, data: Use) -> Self {
        Self { data: Some(data), ..Self::without_schema(media_type, Codec::EventStream) }
    }
}

/// An example of content (OpenAPI 4.20, Example Object).
#[derive(Clone, Debug, PartialEq)]
pub struct ContentExample {
    /// Name in `examples`; `None` for `example`.
    pub name: Option<String>,
    /// Value; for a media type other than JSON perhaps a text in it.
    pub value: Json,
}

/// Serialization of a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// `application/json` and every media type with the suffix `+json` (RFC 6839).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` (RFC 7578).
    FormData,
    /// `multipart/related`, `multipart/mixed` and similar (RFC 2046).
    Multipart,
    /// `text/*`.
    Text,
    /// `text/event-stream`.
    EventStream,
    /// `application/x-ndjson`, `application/jsonl`, `application/json-seq`: one JSON text per line.
    JsonLines,
    /// XML whose schema decides its form; no media type is so by its name alone.
    Xml,
    /// Everything else: bytes.
    Bytes,
}

/// Kind of data of a server-sent event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// JSON.
    Json,
    /// Text, parsed if its type is written as text.
    Text,
}

/// Encoding of one property of a form or multipart body (OpenAPI 4.15, Encoding Object).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Property.
    pub name: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style`, `explode` and `allowReserved`.
    pub encoding: Option<ParameterEncoding>,
    /// Headers of the part that allow only one value, with this value.
    pub headers: Vec<(String, String)>,
}

/// Encoding of the parts of a multipart body that is a list (OpenAPI 4.14.4.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderedParts {
    /// Encodings of the first parts, one each (`prefixEncoding`).
    pub first: Vec<Part>,
    /// Encoding of all other parts (`itemEncoding`).
    pub others: Option<Part>,
    /// `true` if the caller must provide more than the values: a header, or parts of a part.
    pub needs_caller: bool,
}

/// A response (OpenAPI 4.17, Response Object).
#[derive(Clone, Debug)]
pub struct Response {
    /// Statuses that the response is documented for.
    pub status: Status,
    /// Content by media type, as named in the request's `Accept` header; empty if none.
    pub contents: Vec<Content>,
    /// Further media types in which values of [`Self::contents`] may be sent: text, and forms of what is JSON by
    /// default.
    pub alternatives: Vec<Content>,
    /// `true` if HTTP allows no body, whatever the document declares (RFC 9110): the response to a `HEAD` (section
    /// 9.3.2), and one of a status without content (sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub bodiless: bool,
    /// Declared headers.
    pub headers: Vec<Header>,
    /// Description.
    pub docs: Docs,
}

impl Response {
    /// Returns the content by media type; empty if the response is bodiless.
    pub fn bodies(&self) -> &[Content] {
        match self.bodiless {
            true => &[],
            false => &self.contents,
        }
    }
}

/// Statuses of a response (OpenAPI 4.16.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Exact(u16),
    /// All statuses with this first digit: `4XX`.
    Range(u8),
    /// All statuses without a response of their own.
    Default,
}

impl Status {
    /// `true` if a response of this status has no content (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub fn is_bodiless(self) -> bool {
        match self {
            Self::Exact(code) => matches!(code, 100..=199 | 204 | 205 | 304),
            Self::Range(class) => class == 1,
            Self::Default => false,
        }
    }

    /// `true` if a response of this status can be a failure.
    pub fn is_failure(self) -> bool {
        match self {
            Self::Exact(code) => code >= 300,
            Self::Range(class) => class >= 3,
            Self::Default => true,
        }
    }
}

/// A header of a response (OpenAPI 4.21, Header Object).
#[derive(Clone, Debug)]
pub struct Header {
    /// Name.
    pub name: String,
    /// `true` if every response has it.
    pub required: bool,
    /// Schema of its value.
    pub value: Use,
}

/// A request that the API sends: a webhook (3.1), or a callback (OpenAPI 4.18, Callback Object).
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Location.
    pub at: Site,
    /// `operationId`, else the name of the webhook or callback.
    pub name: String,
    /// HTTP method, in upper case.
    pub method: String,
    /// Index of the callback's operation, and the expression that yields the URL; `None` for a webhook.
    pub callback: Option<(usize, String)>,
    /// Request body.
    pub body: Option<Body>,
    /// `summary` and `description`.
    pub docs: Docs,
}

/// Tracking of an operation that ends after its first response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongRunning {
    /// How its end is awaited, if known.
    pub follow: Option<Follow>,
    /// Schema of `metadata`.
    pub metadata: Option<SchemaId>,
    /// Schema of `response`.
    pub response: Option<SchemaId>,
}

/// How the end of a long-running operation is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follow {
    /// By polling its status.
    Poll(Polling),
    /// By polling the URL in the `Location` header of the 202 response.
    Location,
}

/// How the status of a long-running operation is polled. Paths are property names, from the response inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polling {
    /// Request for the status.
    pub target: PollTarget,
    /// Path or query parameter of the id.
    pub parameter: String,
    /// Path of the id in the first response.
    pub id: Vec<String>,
    /// Sign of completion.
    pub completion: Completion,
}

/// Request for the status of a long-running operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollTarget {
    /// An operation of the API, by its index.
    Operation(usize),
    /// A `GET` on another server: its origin, and the path template.
    External(String, String),
}

/// Sign of a long-running operation's completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    /// A boolean, and an error that is present after a failure.
    Done {
        /// Path of the boolean.
        done: Vec<String>,
        /// Path of the error.
        error: Vec<String>,
    },
    /// A text that names the state.
    State {
        /// Path of the text.
        state: Vec<String>,
        /// States of success.
        success: Vec<String>,
        /// States of failure.
        failure: Vec<String>,
    },
}

/// Pagination of an operation. Paths are property names, from the page inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// SchemaSource of the next page.
    pub next: NextPage,
    /// Path of the list in a page; empty if the page is the list, `None` if unknown.
    pub items: Option<Vec<String>>,
    /// Query parameter with the maximum number of items per page.
    pub limit: Option<String>,
    /// Path of the boolean that is `true` if more pages follow.
    pub more: Option<Vec<String>>,
    /// Path of the number of items on all pages.
    pub total: Option<Vec<String>>,
}

/// How the request for the next page is made from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The page's number is sent in a query parameter.
    Number {
        /// Query parameter.
        parameter: String,
        /// Number of the first page.
        first: u64,
    },
    /// The number of items before the page is sent in a query parameter.
    Offset {
        /// Query parameter.
        parameter: String,
    },
    /// The position of the page's first item, counted from 1, is sent in a query parameter.
    Index {
        /// Query parameter.
        parameter: String,
    },
    /// The id of the previous page's last item is sent in a query parameter.
    LastItem {
        /// Query parameter.
        parameter: String,
        /// Path of the id in an item.
        path: Vec<String>,
    },
    /// A text from the previous page is sent in a query parameter.
    Token {
        /// Query parameter.
        parameter: String,
        /// Path of the text.
        path: Vec<String>,
    },
    /// The page has the URL of the next one, or a list of links with `rel` and `href`.
    Link {
        /// Path of the URL or list.
        path: Vec<String>,
    },
    /// The `Link` header has the URL, with `rel=next` (RFC 8288).
    LinkHeader,
}
