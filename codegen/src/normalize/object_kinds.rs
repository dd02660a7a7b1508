//! The kinds of object, and the forms of their members.

use super::version::Version;
use super::vocabularies;

/// A kind of object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
}

impl Kind {
    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "the document",
            Self::Info => "`info`",
            Self::Contact => "the contact",
            Self::License => "the licence",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Components => "`components`",
            Self::Paths => "`paths`",
            Self::PathItem => "a path",
            Self::Operation => "an operation",
            Self::ExternalDocs => "external documentation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Responses => "the responses",
            Self::Response => "a response",
            Self::Callback => "a callback",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Header => "a header",
            Self::Tag => "a tag",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "an `xml` object",
            Self::SecurityScheme => "a security scheme",
            Self::Flows => "OAuth flows",
            Self::Flow => "an OAuth flow",
        }
    }

    /// The name in the specification.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "the OpenAPI Object",
            Self::Info => "the Info Object",
            Self::Contact => "the Contact Object",
            Self::License => "the License Object",
            Self::Server => "a Server",
            Self::ServerVariable => "a Server Variable",
            Self::Components => "`components`",
            Self::Paths => "`paths`",
            Self::PathItem => "a Path Item",
            Self::Operation => "an Operation",
            Self::ExternalDocs => "an External Documentation",
            Self::Parameter => "a Parameter",
            Self::RequestBody => "a Request Body",
            Self::MediaType => "a Media Type",
            Self::Encoding => "an Encoding",
            Self::Responses => "`responses`",
            Self::Response => "a Response",
            Self::Callback => "a Callback",
            Self::Example => "an Example",
            Self::Link => "a Link",
            Self::Header => "a Header",
            Self::Tag => "a Tag",
            Self::Schema => "a Schema",
            Self::Discriminator => "a Discriminator",
            Self::Xml => "an XML Object",
            Self::SecurityScheme => "a Security Scheme",
            Self::Flows => "the OAuth Flows",
            Self::Flow => "an OAuth Flow",
        }
    }

    fn vocabulary(self) -> &'static [Row] {
        match self {
            Self::Document => vocabularies::DOCUMENT,
            Self::Info => vocabularies::INFO,
            Self::Contact => vocabularies::CONTACT,
            Self::License => vocabularies::LICENSE,
            Self::Server => vocabularies::SERVER,
            Self::ServerVariable => vocabularies::SERVER_VARIABLE,
            Self::Components => vocabularies::COMPONENTS,
            Self::Paths | Self::Callback => &[],
            Self::PathItem => vocabularies::PATH_ITEM,
            Self::Tag => vocabularies::TAG,
            Self::ExternalDocs => vocabularies::EXTERNAL_DOCS,
            Self::Operation => vocabularies::OPERATION,
            Self::Parameter => vocabularies::PARAMETER,
            Self::RequestBody => vocabularies::REQUEST_BODY,
            Self::MediaType => vocabularies::MEDIA_TYPE,
            Self::Encoding => vocabularies::ENCODING,
            Self::Responses => vocabularies::RESPONSES,
            Self::Response => vocabularies::RESPONSE,
            Self::Example => vocabularies::EXAMPLE,
            Self::Link => vocabularies::LINK,
            Self::Header => vocabularies::HEADER,
            Self::Schema => vocabularies::SCHEMA,
            Self::Discriminator => vocabularies::DISCRIMINATOR,
            Self::Xml => vocabularies::XML,
            Self::SecurityScheme => vocabularies::SECURITY_SCHEME,
            Self::Flows => vocabularies::FLOWS,
            Self::Flow => vocabularies::FLOW,
        }
    }

    /// The form of members with freely chosen keys.
    fn pattern(self) -> Option<&'static Form> {
        if matches!(self, Self::Paths | Self::Callback) {
            Some(&Form::Inline(Self::PathItem))
        } else if self == Self::Responses {
            Some(&Form::Ref(Self::Response))
        } else {
            None
        }
    }

    /// The row of a key in any version; `None` for extensions.
    pub fn row(self, key: &str) -> Option<Row> {
        if key.starts_with("x-") {
            return None;
        }
        let row = self.vocabulary().iter().find(|row| row.key == key).copied();
        row.or_else(|| {
            self.pattern().map(|form| Row {
                key: "",
                form: *form,
                versions: ALL,
            })
        })
    }

    /// The key of this version with the spelling most similar to a wrong one.
    pub fn nearest(self, wrong: &str, version: Version) -> Option<&'static str> {
        let known = self.vocabulary().iter().filter(|row| row.is_in(version));
        super::nearest(wrong, known.map(|row| row.key))
    }
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Any value, which is not checked.
    Any,
    Text,
    /// A regular expression.
    Pattern,
    Bool,
    Number,
    /// An integer of at least 0.
    Count,
    /// A number, or in 3.0 a boolean that qualifies another bound.
    Bound,
    /// A type name or a list of them.
    Types,
    /// An object; a `$ref` in its place is replaced by its target.
    Inline(Kind),
    /// An object or a `$ref` to a component.
    Ref(Kind),
    /// A schema or a boolean, which stays a boolean.
    SchemaOrBool,
    /// A schema, or an array of schemas: a tuple in drafts before 2020-12.
    SchemaOrList,
    /// An array of strings or a schema, as in `dependencies` of older drafts.
    Dependencies,
    List(&'static Form),
    Map(&'static Form),
}

/// A set of versions.
pub(super) type Versions = u8;

pub(super) const V2: Versions = 1;
pub(super) const V30: Versions = 2;
pub(super) const V31: Versions = 4;
pub(super) const V32: Versions = 8;
/// 3.1 and later.
pub(super) const SINCE_31: Versions = V31 | V32;
/// 3.0 and later.
pub(super) const V3: Versions = V30 | SINCE_31;
pub(super) const ALL: Versions = V2 | V3;

/// A key, the form of its value, and the versions that have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub key: &'static str,
    pub form: Form,
    pub versions: Versions,
}

impl Row {
    /// `true` if a version has the key.
    pub fn is_in(&self, version: Version) -> bool {
        let bit = match version {
            Version::V2_0 => V2,
            Version::V3_0 => V30,
            Version::V3_1 => V31,
            Version::V3_2 => V32,
        };
        self.versions & bit != 0
    }
}

/// A row of a table.
pub(super) const fn row(key: &'static str, form: Form, versions: Versions) -> Row {
    Row {
        key,
        form,
        versions,
    }
}

pub(super) const TEXTS: Form = Form::List(&Form::Text);
pub(super) const SCHEMA_OR_REFERENCE: Form = Form::Ref(Kind::Schema);
pub(super) const SCHEMAS: Form = Form::List(&SCHEMA_OR_REFERENCE);
pub(super) const SCHEMA_MAP: Form = Form::Map(&SCHEMA_OR_REFERENCE);
pub(super) const CONTENT: Form = Form::Map(&Form::Inline(Kind::MediaType));
pub(super) const EXAMPLES: Form = Form::Map(&Form::Ref(Kind::Example));
pub(super) const HEADERS: Form = Form::Map(&Form::Ref(Kind::Header));
pub(super) const PARAMETERS: Form = Form::List(&Form::Ref(Kind::Parameter));
pub(super) const SECURITY: Form = Form::List(&Form::Map(&TEXTS));
pub(super) const SERVERS: Form = Form::List(&Form::Inline(Kind::Server));
