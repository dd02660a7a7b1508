//! The client: what is called, with what, and what it answers.

use super::{Attributes, FollowUp, Name, Pages, ValueType};
use crate::api::model::{
    Codec as MediaCodec, OrderedParts, ParameterEncoding, Part, RequiredScheme, SchemeKind,
    Server as ServerSpec, Status,
};
use crate::names::Ident;
use std::collections::BTreeSet;

/// The client of an API.
#[derive(Clone, Debug)]
pub struct Client {
    /// The document's title.
    pub title: String,
    /// The document's version.
    pub version: String,
    /// Where the API is served; where this is empty the caller has to say.
    pub servers: Vec<ServerSpec>,
    /// The servers that a caller can choose.
    pub choices: Vec<Server>,
    /// The headers that replies declare.
    pub headers: Vec<HeaderData>,
    /// The security schemes.
    pub schemes: Vec<Scheme>,
    /// The operations, a file a first tag; sorted by file.
    pub files: Vec<OperationFile>,
}

/// A server that a caller can choose.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its index in [`Client::servers`].
    pub index: usize,
    /// Its type.
    pub name: Ident,
    /// Its URL template.
    pub url: String,
    /// Its documentation.
    pub attributes: Attributes,
    /// The variables of its URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub wire: String,
    /// The setter.
    pub setter: Ident,
    /// The enum of its values, where the document lists them.
    pub ty: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// The values and their variants; any value where there are none.
    pub values: Vec<(String, Ident)>,
}

/// A header that replies declare.
#[derive(Clone, Debug)]
pub struct HeaderData {
    /// The constant.
    pub ident: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its documentation.
    pub attributes: Attributes,
    /// What it holds.
    pub value: ValueType,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The scheme's name in the document, and the constructor's.
    pub name: Name,
    /// What it is.
    pub kind: SchemeKind,
    /// Its documentation.
    pub attributes: Attributes,
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct OperationFile {
    /// The module.
    pub module: Ident,
    /// Whose methods they are; the client's own where there is none.
    pub group: Option<OperationGroup>,
    /// The operations in the document's order.
    pub methods: Vec<Method>,
    /// The names that the file imports.
    pub imports: OperationImports,
}

/// The names that a file of operations imports.
#[derive(Clone, Debug, Default)]
pub struct OperationImports {
    /// The generated types.
    pub types: BTreeSet<Ident>,
    /// The types of other operations' calls, which long-running operations poll.
    pub calls: BTreeSet<Ident>,
    /// Whether the file names deprecated types.
    pub allow_deprecated: bool,
}

/// A group of operations: what the client has for a first tag.
#[derive(Clone, Debug)]
pub struct OperationGroup {
    /// The method on the client that leads to it.
    pub accessor: Ident,
    /// Its type.
    pub name: Ident,
    /// The tag.
    pub tag: String,
    /// Its documentation.
    pub attributes: Attributes,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Method {
    /// The method on the client.
    pub name: Ident,
    /// The type of its calls.
    pub call: Ident,
    /// The marker that the generic call has for it.
    pub marker: Ident,
    /// Its documentation, `METHOD /path` included.
    pub attributes: Attributes,
    /// The data that the runtime works from.
    pub data: OperationData,
    /// What must be given, the body last.
    pub arguments: Arguments,
    /// What may be given.
    pub setters: Vec<Argument>,
    /// The body, where it can be sent in several media types.
    pub choice: Option<BodyChoice>,
    /// What it answers.
    pub output: ResponseType,
    /// What it answers when it fails.
    pub error: ResponseType,
    /// The statuses of [`Self::failure`].
    pub error_statuses: Vec<Status>,
    /// Its pages, where it is one of a list.
    pub paged: Option<Pages>,
    /// How it is followed to its end, where it goes on after its reply.
    pub follow: Option<FollowUp>,
}

/// The data of an operation.
#[derive(Clone, Debug)]
pub struct OperationData {
    /// The operation's id in the document.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Servers of its own.
    pub servers: Vec<ServerSpec>,
    /// The parameters.
    pub parameters: Vec<ParameterData>,
    /// The media types that the body can be sent in.
    pub bodies: Vec<ContentData>,
    /// The replies.
    pub responses: Vec<ResponseData>,
    /// What credentials it needs.
    pub security: Vec<Vec<RequiredScheme>>,
    /// The header that carries a key by which the server recognises a repeated request.
    pub idempotency_key: Option<String>,
}

/// A parameter as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterData {
    /// The name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: crate::api::model::Location,
    /// Whether it must be given.
    pub required: bool,
    /// How it is written.
    pub encoding: ParameterEncoding,
}

/// A media type as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentData {
    /// The media type.
    pub media_type: String,
    /// How values become text.
    pub codec: MediaCodec,
    /// The properties of a form or multipart body that are written otherwise than by default.
    pub parts: Vec<Part>,
    /// The parts of a multipart body that is a list, where they are written otherwise than by default.
    pub ordered: Option<OrderedParts>,
}

/// A reply as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseData {
    /// Its statuses.
    pub status: Status,
    /// Its media types.
    pub contents: Vec<ContentData>,
}

/// What must be given.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// One by one.
    List(Vec<Argument>),
    /// In a struct of this name.
    Struct(Ident, Vec<Argument>),
}

/// Something that is given to a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The argument or setter.
    pub name: Name,
    /// Its documentation.
    pub attributes: Attributes,
    /// What it is.
    pub value: ValueType,
    /// What it is for.
    pub target: Target,
}

/// What an argument is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// The whole query.
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body, in the media type at this index.
    Body(usize),
    /// The body as bytes, in the media type at this index.
    Bytes(usize),
    /// A multipart body, in the media type at this index.
    Multipart(usize),
    /// The body as this enum, in one of several media types.
    Choice(Ident),
    /// A part of a multipart body.
    Part,
    /// A file in a multipart body.
    File,
    /// Several files in a multipart body.
    Files,
}

impl Target {
    /// True for a value of a generated or primitive type; false for the runtime's types and enums of bodies, which may
    /// not be cloned.
    pub fn is_value(&self) -> bool {
        match self {
            Self::Path
            | Self::Query
            | Self::QueryString
            | Self::Header
            | Self::Cookie
            | Self::Body(_)
            | Self::Part => true,
            Self::Bytes(_) | Self::Multipart(_) | Self::Choice(_) | Self::File | Self::Files => {
                false
            }
        }
    }
}

/// A body that can be sent in several media types: an enum.
#[derive(Clone, Debug)]
pub struct BodyChoice {
    /// Its name.
    pub name: Ident,
    /// A variant a media type, in the order of [`OperationData::bodies`].
    pub variants: Vec<BodyVariant>,
}

/// A body in one of several media types.
#[derive(Clone, Debug)]
pub struct BodyVariant {
    /// The variant.
    pub ident: Ident,
    /// The media type.
    pub media_type: String,
    /// What it holds, and where that goes.
    pub argument: Argument,
    /// Whether `From` its value is unambiguous.
    pub from: bool,
}

/// What an operation answers.
#[derive(Clone, Debug)]
pub enum ResponseType {
    /// One kind of content, or nothing.
    One(Content),
    /// Nothing that the document says: failures only.
    Undocumented,
    /// By status: an enum.
    Several(ResponseEnum),
}

/// The content of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No body.
    Empty,
    /// JSON.
    Json(ValueType),
    /// A form.
    Form(ValueType),
    /// Text.
    Text,
    /// Bytes, in memory.
    Bytes,
    /// Bytes, while they arrive.
    Stream,
    /// Server-sent events of JSON.
    Events(ValueType),
    /// Server-sent events whose names tell what their data is: this enum.
    NamedEvents(ValueType),
    /// Server-sent events of text.
    TextEvents,
    /// A JSON text a line.
    Lines(ValueType),
}

impl Content {
    /// Whether it is read while it arrives.
    pub fn is_streamed(&self) -> bool {
        match self {
            Self::Stream
            | Self::Events(_)
            | Self::NamedEvents(_)
            | Self::TextEvents
            | Self::Lines(_) => true,
            Self::Empty | Self::Json(_) | Self::Form(_) | Self::Text | Self::Bytes => false,
        }
    }
}

/// An enum of replies.
#[derive(Clone, Debug)]
pub struct ResponseEnum {
    /// Its name.
    pub name: Ident,
    /// The variants.
    pub variants: Vec<ResponseVariant>,
}

/// A variant of an enum of replies.
#[derive(Clone, Debug)]
pub struct ResponseVariant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// The reply's index in [`OperationData::replies`].
    pub response: usize,
    /// The indexes in the reply of the media types that it comes in, where other variants come in others; else none.
    pub media: Vec<usize>,
    /// What it holds.
    pub content: Content,
}
