//! Operations: what can be asked of the API, and what it answers.

use super::{Docs, Paging, Reply, SchemaId, Server, Site, Status, Use};

/// One operation: a method on a path (OpenAPI 3.0, section 4.7.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Site,
    /// `operationId`, or where there is none, a name made of method and path; with `@` and the version behind it where
    /// it is in another version than calls have by default.
    pub id: String,
    /// `x-typewright-name`: the name of the method, when the document asks for one.
    pub name: Option<String>,
    /// The version of its media types, where it is not the one that calls have by default.
    pub version: Option<String>,
    /// Its first tag.
    pub tag: Option<String>,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template as it stands.
    pub path: String,
    /// Its parameters, those of the path item included: path parameters in the path's order, then the document's.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The replies in the document's order.
    pub replies: Vec<Reply>,
    /// What credentials it needs: one of these alternatives; empty for none.
    pub security: Vec<Requirement>,
    /// Servers of its own, in place of the document's.
    pub servers: Vec<Server>,
    /// What it is when it is a long-running operation.
    pub long_running: Option<LongRunning>,
    /// How its pages follow each other, where it is one of a list.
    pub pagination: Option<Paging>,
    /// `summary` and `description`.
    pub docs: Docs,
}

impl Operation {
    /// [`Self::id`] without the version.
    pub fn plain_id(&self) -> &str {
        let version = self.version.as_deref().unwrap_or_default();
        let plain = self.id.strip_suffix(version);
        plain
            .and_then(|id| id.strip_suffix('@'))
            .unwrap_or(&self.id)
    }

    /// True where a reply of this status is a success. `default` is for failures, unless the document has nothing else for
    /// success.
    pub fn is_success(&self, status: Status) -> bool {
        let listed = |status: Status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
        match status {
            Status::Default => !self.replies.iter().any(|reply| listed(reply.status)),
            Status::Exact(_) | Status::Range(_) => listed(status),
        }
    }
}

/// A parameter (OpenAPI 3.0, section 4.7.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// How its value is written.
    pub encoding: ParameterEncoding,
    /// What its value is.
    pub value: Use,
}

impl Parameter {
    /// Whether null is something else than leaving the parameter out. A text in a path is there and not null, and to leave
    /// out an optional parameter is the null that documents write as `anyOf: [T, null]`.
    pub fn tells_null(&self) -> bool {
        let is_content = matches!(self.encoding, ParameterEncoding::Content(_));
        is_content || (self.required && self.location != Location::Path)
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
    /// The whole query (3.2).
    QueryString,
}

/// How a parameter's value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// By `style` and `explode`.
    Style {
        /// The style, the default of the location where none is given.
        style: Style,
        /// `explode`, the default of the style where none is given.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
        /// `allowEmptyValue`; in a path, whether an empty text is sent at all.
        allow_empty: bool,
        /// The styles of lists within the list, the outer ones first (Swagger 2.0, `collectionFormat` of `items`); as
        /// JSON where nothing is said.
        nested: Vec<Style>,
    },
    /// As a text of this media type (`content`).
    Content(String),
}

/// The styles of parameters (OpenAPI 3.0, section 4.7.12.3).
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

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// One entry a media type, in the document's order; at least one.
    pub contents: Vec<Content>,
    /// Further media types in which values of [`Self::contents`] are written where the caller asks for one by its name:
    /// forms of what is JSON by default, and relatives of JSON.
    pub also: Vec<Content>,
    /// Its description.
    pub docs: Docs,
}

/// What is sent in one media type.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type as the document writes it.
    pub media_type: String,
    /// How values become text: decided here, once, from the media type.
    pub codec: Codec,
    /// What the values are; `None` where the document gives no schema.
    pub value: Option<Use>,
    /// What each item of a stream is, where the document says (3.2 `itemSchema`).
    pub item: Option<Use>,
    /// What the text in the `data` of events holds, where the document says (`contentSchema`).
    pub data: Option<Use>,
    /// How the parts of a form or multipart body are written, by property.
    pub parts: Vec<Part>,
    /// How the parts of a multipart body are written that is a list, where the document says (3.2).
    pub ordered: Option<OrderedParts>,
}

impl Content {
    /// A media type of whose values nothing is said.
    pub fn untold(media_type: &str, codec: Codec) -> Self {
        Self {
            media_type: media_type.to_owned(),
            codec,
            value: None,
            item: None,
            data: None,
            parts: Vec::new(),
            ordered: None,
        }
    }

    /// Server-sent events with this data.
    pub fn events(media_type: &str, data: Use) -> Self {
        Self {
            data: Some(data),
            ..Self::untold(media_type, Codec::EventStream)
        }
    }
}

/// How the values of a media type are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// `application/json` and everything that ends in `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    FormData,
    /// `multipart/related`, `multipart/mixed` and the like.
    Multipart,
    /// `text/*`.
    Text,
    /// `text/event-stream`.
    EventStream,
    /// `application/x-ndjson`, `application/jsonl`, `application/json-seq`: a JSON text a line.
    JsonLines,
    /// Everything else: bytes.
    Bytes,
}

/// What the data of an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// JSON.
    Json,
    /// Text, be it of a type that is written as text.
    Text,
}

/// How one property of a form or multipart body is written (OpenAPI 3.0, section 4.7.15).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The property.
    pub name: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style` and its companions.
    pub encoding: Option<ParameterEncoding>,
    /// The headers of the part that have but one value, and this value.
    pub headers: Vec<(String, String)>,
}

/// How the parts of a multipart body that is a list are written (OpenAPI 3.2, section 4.14.4.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderedParts {
    /// The first of them, one each (`prefixEncoding`).
    pub first: Vec<Part>,
    /// All others (`itemEncoding`).
    pub others: Option<Part>,
    /// Whether the caller has to say something of them that no value says: a header, or parts of a part.
    pub given: bool,
}

/// An alternative of credentials: all of these schemes together; none for an anonymous call.
pub type Requirement = Vec<SchemeUse>;

/// A scheme that a requirement asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeUse {
    /// The scheme's component name.
    pub scheme: String,
    /// The scopes or roles.
    pub scopes: Vec<String>,
}

/// A request that the API sends: a webhook (3.1) or a callback (OpenAPI 3.0, section 4.7.18).
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Where it stands.
    pub at: Site,
    /// `operationId`, else the name of the webhook or callback.
    pub name: String,
    /// The HTTP method in upper case.
    pub method: String,
    /// For a callback, the index of its operation and the expression that yields its URL.
    pub callback: Option<(usize, String)>,
    /// What is sent.
    pub body: Option<Body>,
    /// `summary` and `description`.
    pub docs: Docs,
}

/// An operation that goes on after its reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongRunning {
    /// How it is followed to its end, where that is known.
    pub follow: Option<Follow>,
    /// What `metadata` holds.
    pub metadata: Option<SchemaId>,
    /// What `response` holds.
    pub response: Option<SchemaId>,
}

/// How an operation that goes on after its reply is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follow {
    /// By asking about it.
    Poll(Polling),
    /// By asking where the `Location` of a 202 leads.
    Location,
}

/// How one asks about an operation. Paths are the names of members from the reply inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polling {
    /// What is asked.
    pub get: Get,
    /// The path or query parameter that takes the id.
    pub parameter: String,
    /// Where the id is in the first reply.
    pub id: Vec<String>,
    /// How the end is known.
    pub until: Until,
}

/// What is asked about an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Get {
    /// An operation of the API, by its index.
    Operation(usize),
    /// A `GET` of another server: its origin, and the path template.
    Elsewhere(String, String),
}

/// How the end of an operation is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// By a boolean, and an error that is there where it failed.
    Done {
        /// Where the boolean is.
        done: Vec<String>,
        /// Where the error is.
        error: Vec<String>,
    },
    /// By a text that names its state.
    State {
        /// Where the text is.
        state: Vec<String>,
        /// The states in which it has ended well.
        success: Vec<String>,
        /// The states in which it has ended otherwise.
        failure: Vec<String>,
    },
}
