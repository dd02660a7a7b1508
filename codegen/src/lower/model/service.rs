//! The server: traits of handlers, with the parameters, body and replies of each.

use super::{Attributes, Content, Name, Record, Rule, Scheme, Validation, ValueType};
use crate::api::model::Tag;
use crate::names::Ident;
use std::collections::BTreeSet;

/// The module `server`.
#[derive(Clone, Debug)]
pub struct Service {
    /// The trait that finds out who calls; `None` if no operation needs credentials.
    pub security: Option<Security>,
    /// Its files, sorted by module.
    pub files: Vec<HandlerFile>,
}

impl Service {
    /// Handlers of all files.
    pub fn handlers(&self) -> impl Iterator<Item = &Handler> {
        self.files.iter().flat_map(|file| &file.handlers)
    }

    /// Rules of all parameters and bodies.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.handlers().flat_map(Handler::rules)
    }

    /// Structs of all files.
    pub fn records_mut(&mut self) -> impl Iterator<Item = &mut Record> {
        let handlers = self.files.iter_mut().flat_map(|file| &mut file.handlers);
        handlers.flat_map(|handler| {
            let replies = handler.reply.variants.iter_mut();
            let headers = replies.filter_map(|variant| variant.headers.as_mut());
            handler.parameters.iter_mut().chain(headers)
        })
    }
}

/// The trait with a method for each security scheme.
#[derive(Clone, Debug)]
pub struct Security {
    /// The trait.
    pub name: Ident,
    /// Schemes that operations need.
    pub schemes: Vec<Scheme>,
}

/// A file below `server/`: the handlers of the operations whose first tag is the same.
#[derive(Clone, Debug)]
pub struct HandlerFile {
    /// Its module.
    pub module: Ident,
    /// The trait.
    pub name: Ident,
    /// Tag of the operations; `None` if they have none.
    pub tag: Option<Tag>,
    /// Handlers, in the order of the document.
    pub handlers: Vec<Handler>,
    /// Generated types that the file imports.
    pub types: BTreeSet<Ident>,
    /// `true` if the file names deprecated types, or has deprecated fields.
    pub allow_deprecated: bool,
}

/// The handler of an operation: a method of a trait.
#[derive(Clone, Debug)]
pub struct Handler {
    /// Operation id.
    pub id: String,
    /// The method.
    pub name: Ident,
    /// The marker type of the operation.
    pub marker: Ident,
    /// Documentation, including a line `METHOD /path`.
    pub attributes: Attributes,
    /// The struct of parameters; `None` without any.
    pub parameters: Option<Record>,
    /// The method `validate` of that struct; `None` without rules.
    pub validation: Option<Validation>,
    /// The request body; `None` without one.
    pub body: Option<HandlerBody>,
    /// The replies.
    pub reply: Reply,
}

impl Handler {
    /// Rules of the parameters and of the body.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let parameters = self.validation.iter().flat_map(|validation| &validation.rules);
        parameters.chain(self.body.iter().flat_map(HandlerBody::rules))
    }
}

/// The body that a handler is given.
#[derive(Clone, Debug)]
pub struct HandlerBody {
    /// `true` if a request without it is refused.
    pub required: bool,
    /// The decoder, or the enum of several media types.
    pub content: BodyContent,
    /// Rules of its value, or of each item of a stream; none for several media types, which have their own.
    pub rules: Vec<Rule>,
    /// Enums of parts.
    pub parts: Vec<PartEnum>,
}

impl HandlerBody {
    /// Rules of all media types.
    fn rules(&self) -> impl Iterator<Item = &Rule> {
        let cases = match &self.content {
            BodyContent::One(_) => &[][..],
            BodyContent::Several(_, cases) => cases,
        };
        self.rules.iter().chain(cases.iter().flat_map(|case| &case.rules))
    }
}

/// The media types of a body.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// One kind of value, whatever the media type.
    One(BodyDecoder),
    /// An enum by media type.
    Several(Ident, Vec<BodyCase>),
}

/// A variant of an enum of bodies.
#[derive(Clone, Debug)]
pub struct BodyCase {
    /// The variant.
    pub ident: Ident,
    /// Media type.
    pub media_type: String,
    /// Indexes of the media types that select the variant: its own, and those in which the same value may be sent.
    pub contents: Vec<usize>,
    /// Decoder of its value.
    pub decoder: BodyDecoder,
    /// Rules of its value, or of each item of a stream.
    pub rules: Vec<Rule>,
}

/// Decoder of a request body.
#[derive(Clone, Debug)]
pub enum BodyDecoder {
    /// JSON.
    Json(ValueType),
    /// A form.
    Form(ValueType),
    /// XML.
    Xml(ValueType),
    /// Text.
    Text,
    /// Bytes as they arrive.
    Stream,
    /// JSON texts, one a line, as they arrive.
    Lines(ValueType),
    /// A list whose items are the parts, in memory.
    PartList(ValueType),
    /// Parts as they arrive: an enum of them, unless they have no names or the document describes none.
    Parts(Option<Ident>),
}

impl BodyDecoder {
    /// Type of the value, or of each value of a stream.
    pub fn value_type(&self) -> Option<&ValueType> {
        match self {
            Self::Json(value)
            | Self::Form(value)
            | Self::Xml(value)
            | Self::Lines(value)
            | Self::PartList(value) => Some(value),
            Self::Text | Self::Stream | Self::Parts(_) => None,
        }
    }
}

/// The parts of a multipart body: an enum.
#[derive(Clone, Debug)]
pub struct PartEnum {
    /// The enum.
    pub name: Ident,
    /// Media type of the body.
    pub media_type: String,
    /// A variant for each described part.
    pub parts: Vec<PartCase>,
}

/// A variant of an enum of parts.
#[derive(Clone, Debug)]
pub struct PartCase {
    /// Name of the part, and the variant.
    pub name: Name,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the value, of each item of a list; `None` for a file.
    pub value: Option<ValueType>,
    /// `true` if a body without the part is refused.
    pub required: bool,
}

/// The replies of a handler: an enum.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The enum.
    pub name: Ident,
    /// A variant for each response and media type.
    pub variants: Vec<ReplyVariant>,
}

/// A variant of a [`Reply`].
#[derive(Clone, Debug)]
pub struct ReplyVariant {
    /// The variant.
    pub ident: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Index of the response of the operation.
    pub response: usize,
    /// Index of the media type of the response; `None` without a body.
    pub index: Option<usize>,
    /// The body.
    pub content: Content,
    /// `true` if the document leaves the status open: a range, or `default`.
    pub has_status: bool,
    /// `true` if the document leaves the media type open: `image/*`.
    pub has_media_type: bool,
    /// The struct of headers; `None` if no header is documented.
    pub headers: Option<Record>,
}
