//! The client: operations, their arguments and responses, servers and credentials.

use super::{Attributes, ExampleArgument, FirstCall, Name, Presence, Type, ValueType};
use crate::api::model::{
    Codec as MediaCodec, Location, OrderedParts, Pagination, ParameterEncoding, Part, Polling,
    RequiredScheme, SchemeKind, Server as ServerSpec, Status, Tag,
};
use crate::names::Ident;
use std::collections::BTreeSet;

/// The client of an API.
#[derive(Clone, Debug)]
pub struct Client {
    /// Title of the API.
    pub title: String,
    /// Version of the API.
    pub version: String,
    /// Servers as the runtime sees them; if there is none, callers supply a URL.
    pub servers: Vec<ServerSpec>,
    /// Server types; none if there is nothing to choose.
    pub choices: Vec<Server>,
    /// Constants of the module `headers`.
    pub headers: Vec<ResponseHeader>,
    /// Security schemes.
    pub schemes: Vec<Scheme>,
    /// Files below `operations/`, sorted by module.
    pub files: Vec<OperationFile>,
    /// The call that the documentation of the crate begins with; `None` if there is none that can be written.
    pub first_call: Option<FirstCall>,
}

/// A server that callers can choose: a struct with a setter for each variable.
#[derive(Clone, Debug)]
pub struct Server {
    /// Index in [`Client::servers`].
    pub index: usize,
    /// The struct.
    pub name: Ident,
    /// URL template.
    pub url: String,
    /// Documentation.
    pub attributes: Attributes,
    /// Variables of the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Name in the URL template.
    pub wire: String,
    /// The setter.
    pub setter: Ident,
    /// Enum of [`Self::values`].
    pub ty: Ident,
    /// Documentation of the setter.
    pub attributes: Attributes,
    /// Documented values with their variants; if there is none, the setter accepts any text.
    pub values: Vec<(String, Ident)>,
}

/// A documented response header: a constant that decodes it.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The constant.
    pub ident: Ident,
    /// Name on the wire.
    pub wire: String,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of its value.
    pub value: ValueType,
}

/// A security scheme: a constructor of credentials.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Name in the document, and the constructor.
    pub name: Name,
    /// Kind of credential.
    pub kind: SchemeKind,
    /// Documentation.
    pub attributes: Attributes,
}

/// A file below `operations/`: the operations whose first tag is the same.
#[derive(Clone, Debug)]
pub struct OperationFile {
    /// Its module.
    pub module: Ident,
    /// Tag of the operations; `None` if they have none.
    pub tag: Option<Tag>,
    /// Feature that selects the operations; `None` if every build has them.
    pub feature: Option<String>,
    /// Group that has the methods; `None` if the client itself has them.
    pub group: Option<OperationGroup>,
    /// Operations, in the order of the document.
    pub methods: Vec<Method>,
    /// Names that the file imports.
    pub imports: OperationImports,
}

/// Imports of a file below `operations/`.
#[derive(Clone, Debug, Default)]
pub struct OperationImports {
    /// Generated types.
    pub types: BTreeSet<Ident>,
    /// Call types of other files, by which long-running operations are polled.
    pub calls: BTreeSet<Ident>,
    /// `true` if the file names deprecated types.
    pub allow_deprecated: bool,
}

/// The group of a tag's operations: a struct that borrows the client.
#[derive(Clone, Debug)]
pub struct OperationGroup {
    /// Method of the client that returns the group.
    pub accessor: Ident,
    /// The struct.
    pub name: Ident,
    /// The tag.
    pub tag: String,
    /// Documentation of the accessor.
    pub attributes: Attributes,
}

/// An operation: a method that returns a call.
#[derive(Clone, Debug)]
pub struct Method {
    /// The method.
    pub name: Ident,
    /// The call type.
    pub call: Ident,
    /// The marker type that implements the runtime's operation traits.
    pub marker: Ident,
    /// Documentation, including a line `METHOD /path`.
    pub attributes: Attributes,
    /// Summary on one line; empty if the document has none.
    pub summary: String,
    /// Arguments of an example call, if the documentation has one.
    pub example: Option<Vec<ExampleArgument>>,
    /// Static description for the runtime.
    pub data: OperationData,
    /// Required values, the body last.
    pub arguments: Arguments,
    /// Optional values.
    pub setters: Vec<Argument>,
    /// Enum of request bodies, if there are several media types.
    pub body_choice: Option<BodyChoice>,
    /// Response of a call that succeeds.
    pub output: ResponseType,
    /// Response of a call that fails.
    pub error: ResponseType,
    /// Statuses that [`Self::error`] documents.
    pub error_statuses: Vec<Status>,
    /// Body of an error from the document, if it has one.
    pub error_example: Option<ErrorExample>,
    /// Pagination, if the operation returns one page of a list.
    pub pages: Option<Pages>,
    /// How to wait for the end of a long-running operation.
    pub follow_up: Option<FollowUp>,
}

impl Method {
    /// Call whose response ends the long-running operation that this method starts; `None` if it starts none.
    pub fn last_call(&self) -> Option<&Ident> {
        Some(match self.follow_up.as_ref()? {
            FollowUp::Poll { request: PollRequest::Operation(last), .. } => last,
            FollowUp::Poll { .. } | FollowUp::Location => &self.call,
        })
    }
}

/// Body of an error, as the document shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorExample {
    /// Its status.
    pub status: Status,
    /// Indented JSON.
    pub json: String,
}

/// Static description of an operation, from which `emit` writes the text that the runtime parses.
#[derive(Clone, Debug)]
pub struct OperationData {
    /// Operation id.
    pub id: String,
    /// HTTP method.
    pub method: String,
    /// Path template.
    pub path: String,
    /// Servers declared by the operation itself.
    pub servers: Vec<ServerSpec>,
    /// Parameters.
    pub parameters: Vec<ParameterData>,
    /// Media types of the request body.
    pub bodies: Vec<ContentData>,
    /// Responses.
    pub responses: Vec<ResponseData>,
    /// Alternatives of security requirements; each lists schemes that are needed together.
    pub security: Vec<Vec<RequiredScheme>>,
    /// Header whose value identifies a repeated request.
    pub idempotency_key: Option<String>,
}

impl OperationData {
    /// `true` if a body is XML.
    pub fn has_xml(&self) -> bool {
        let responses = self.responses.iter().flat_map(|response| &response.contents);
        self.bodies.iter().chain(responses).any(|content| content.xml.is_some())
    }
}

/// Static description of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterData {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// `true` if a call without it fails.
    pub required: bool,
    /// Serialization.
    pub encoding: ParameterEncoding,
}

/// Static description of a media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentData {
    /// Media type.
    pub media_type: String,
    /// Serialization of values.
    pub codec: MediaCodec,
    /// Properties of a form or multipart body with an explicit encoding.
    pub parts: Vec<Part>,
    /// Explicit encodings of a multipart body that is a list.
    pub ordered: Option<OrderedParts>,
    /// Index of the outermost element in [`Crate::xml`](super::Crate::xml), for XML.
    pub xml: Option<usize>,
}

/// Static description of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseData {
    /// Status, range of statuses, or `default`.
    pub status: Status,
    /// Media types.
    pub contents: Vec<ContentData>,
}

/// Required values of an operation.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// One argument each.
    List(Vec<Argument>),
    /// One argument: a struct with a field each.
    Struct(Ident, Vec<Argument>),
}

/// A value that callers supply: an argument, a field of the arguments' struct, or a setter.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Name on the wire and in Rust.
    pub name: Name,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the value.
    pub value: ValueType,
    /// Destination in the request.
    pub target: Target,
    /// Position among the required values of the operation, in the order in which the runtime takes them.
    pub position: usize,
}

impl Argument {
    /// The part of a node that stands for the argument: the location and name of a parameter, a part, or the body.
    pub fn node(&self) -> String {
        let location = match self.target {
            Target::Path => "path",
            Target::Query => "query",
            Target::QueryString => "querystring",
            Target::Header => "header",
            Target::Cookie => "cookie",
            Target::Part | Target::File | Target::Files => "part",
            Target::Body(_) | Target::Bytes(_) | Target::Multipart(_) | Target::Choice { .. } => {
                return "body".to_owned();
            }
        };
        format!("{location} {}", self.name.wire)
    }

    /// `true` if callers pass a reference, so that a struct of it has a lifetime.
    pub fn borrows(&self) -> bool {
        if let Target::Choice { borrows, .. } = self.target {
            return borrows;
        }
        self.target.is_value() && !self.value.ty.is_copy()
    }
}

/// Destination of an argument in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// The whole query string.
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body, in the media type of this index.
    Body(usize),
    /// The body as bytes, in the media type of this index.
    Bytes(usize),
    /// A multipart body, in the media type of this index.
    Multipart(usize),
    /// The body in one of several media types.
    Choice {
        /// Enum of the bodies: [`BodyChoice::name`].
        name: Ident,
        /// `true` if the enum has a lifetime.
        borrows: bool,
    },
    /// A part of a multipart body.
    Part,
    /// A file in a multipart body.
    File,
    /// Several files in a multipart body.
    Files,
}

impl Target {
    /// `true` for values of generated and primitive types; `false` for the runtime's bodies and files, which are moved
    /// and not always `Clone`.
    pub fn is_value(&self) -> bool {
        self.is_required_value() || *self == Self::Part
    }

    /// `true` if a call's constructor accepts it among the required values; a call has a method for each other target.
    pub fn is_required_value(&self) -> bool {
        matches!(
            self,
            Self::Path
                | Self::Query
                | Self::QueryString
                | Self::Header
                | Self::Cookie
                | Self::Body(_)
        )
    }
}

/// The request body of an operation with several media types: an enum.
#[derive(Clone, Debug)]
pub struct BodyChoice {
    /// The enum.
    pub name: Ident,
    /// A variant for each of the first [`OperationData::bodies`].
    pub variants: Vec<BodyVariant>,
}

impl BodyChoice {
    /// `true` if a variant holds a reference.
    pub fn borrows(&self) -> bool {
        self.variants.iter().any(|variant| variant.argument.borrows())
    }
}

/// A variant of a [`BodyChoice`].
#[derive(Clone, Debug)]
pub struct BodyVariant {
    /// The variant.
    pub ident: Ident,
    /// Media type.
    pub media_type: String,
    /// Its value.
    pub argument: Argument,
    /// `true` if `From` the value is unambiguous.
    pub has_from: bool,
}

/// Type that a call returns for the responses of success, or of failure.
#[derive(Clone, Debug)]
pub enum ResponseType {
    /// The same content for every status.
    One(Content),
    /// No documented content; failures only.
    Undocumented,
    /// An enum by status and media type.
    Several(ResponseEnum),
}

/// Content of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No body.
    Empty,
    /// JSON.
    Json(ValueType),
    /// An object as a form.
    Form(ValueType),
    /// XML.
    Xml(ValueType),
    /// Text.
    Text,
    /// Bytes, read to the end.
    Bytes,
    /// Bytes as they arrive.
    Stream,
    /// Server-sent events whose data is JSON.
    Events(ValueType),
    /// Server-sent events whose names select the variant of this union.
    NamedEvents(ValueType),
    /// Server-sent events whose data is text.
    TextEvents,
    /// A stream of JSON texts, one a line.
    Lines(ValueType),
}

impl Content {
    /// Type of the value, or of each value of a stream.
    pub fn value_type(&self) -> Option<&ValueType> {
        match self {
            Self::Json(value)
            | Self::Form(value)
            | Self::Xml(value)
            | Self::Events(value)
            | Self::NamedEvents(value)
            | Self::Lines(value) => Some(value),
            Self::Empty | Self::Text | Self::Bytes | Self::Stream | Self::TextEvents => None,
        }
    }

    /// `true` if it is read as it arrives.
    pub fn is_streamed(&self) -> bool {
        matches!(
            self,
            Self::Stream
                | Self::Events(_)
                | Self::NamedEvents(_)
                | Self::TextEvents
                | Self::Lines(_)
        )
    }
}

/// An enum of responses.
#[derive(Clone, Debug)]
pub struct ResponseEnum {
    /// The enum.
    pub name: Ident,
    /// Its variants.
    pub variants: Vec<ResponseVariant>,
}

impl ResponseEnum {
    /// `true` if a variant is a stream, which can be neither cloned nor compared.
    pub fn is_streamed(&self) -> bool {
        self.variants.iter().any(|variant| variant.content.is_streamed())
    }

    /// `true` if mocks can encode every variant: all are JSON or empty, or the only XML of their response.
    pub fn is_encodable(&self) -> bool {
        self.variants.iter().all(|variant| match variant.content {
            Content::Empty | Content::Json(_) => true,
            Content::Xml(_) => variant.contents.is_empty(),
            Content::Form(_)
            | Content::Text
            | Content::Bytes
            | Content::Stream
            | Content::Events(_)
            | Content::NamedEvents(_)
            | Content::TextEvents
            | Content::Lines(_) => false,
        })
    }
}

/// A variant of a [`ResponseEnum`].
#[derive(Clone, Debug)]
pub struct ResponseVariant {
    /// The variant.
    pub ident: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Index in [`OperationData::responses`].
    pub response: usize,
    /// Indexes in [`ResponseData::contents`] that select the variant; none if its response has no other variant.
    pub contents: Vec<usize>,
    /// Content.
    pub content: Content,
    /// `true` if the value is in a box, as records in unions are.
    pub boxed: bool,
}

/// Pagination of an operation.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How to request the next page.
    pub paging: Pagination,
    /// Path to the items of a page, if its type is known.
    pub items: Option<PageItems>,
}

/// Path from a page to its items.
#[derive(Clone, Debug)]
pub struct PageItems {
    /// Type of the page.
    pub page: Type,
    /// Fields from the page inwards; none if the page is the list itself.
    pub steps: Vec<Step>,
    /// Type of an item.
    pub item: Type,
}

/// A field on the path to the items of a page.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field.
    pub field: Ident,
    /// Presence of the field.
    pub presence: Presence,
}

/// How to wait for the end of a long-running operation.
#[derive(Clone, Debug)]
pub enum FollowUp {
    /// By polling its state.
    Poll {
        /// Request of the state.
        request: PollRequest,
        /// How to read the state.
        polling: Box<Polling>,
    },
    /// By polling the `Location` of a 202 response.
    Location,
}

/// Request of a long-running operation's state.
#[derive(Clone, Debug)]
pub enum PollRequest {
    /// A call of another operation, by its call type.
    Operation(Ident),
    /// A `GET` to another server; its responses are those of the operation itself.
    External {
        /// URL of the server.
        origin: String,
        /// Path template.
        path: String,
    },
}
