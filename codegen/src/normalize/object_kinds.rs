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
    /// The name in messages, the name in the specification, and the vocabulary.
    fn definition(self) -> (&'static str, &'static str, &'static [Row]) {
        match self {
            Self::Document => ("the document", "the OpenAPI Object", vocabularies::DOCUMENT),
            Self::Info => ("`info`", "the Info Object", vocabularies::INFO),
            Self::Contact => ("the contact", "the Contact Object", vocabularies::CONTACT),
            Self::License => ("the licence", "the License Object", vocabularies::LICENSE),
            Self::Server => ("a server", "a Server", vocabularies::SERVER),
            Self::ServerVariable => {
                ("a server variable", "a Server Variable", vocabularies::SERVER_VARIABLE)
            }
            Self::Components => ("`components`", "`components`", vocabularies::COMPONENTS),
            Self::Paths => ("`paths`", "`paths`", &[]),
            Self::PathItem => ("a path", "a Path Item", vocabularies::PATH_ITEM),
            Self::Operation => ("an operation", "an Operation", vocabularies::OPERATION),
            Self::ExternalDocs => {
                ("external documentation", "an External Documentation", vocabularies::EXTERNAL_DOCS)
            }
            Self::Parameter => ("a parameter", "a Parameter", vocabularies::PARAMETER),
            Self::RequestBody => ("a request body", "a Request Body", vocabularies::REQUEST_BODY),
            Self::MediaType => ("a media type", "a Media Type", vocabularies::MEDIA_TYPE),
            Self::Encoding => ("an encoding", "an Encoding", vocabularies::ENCODING),
            Self::Responses => ("the responses", "`responses`", vocabularies::RESPONSES),
            Self::Response => ("a response", "a Response", vocabularies::RESPONSE),
            Self::Callback => ("a callback", "a Callback", &[]),
            Self::Example => ("an example", "an Example", vocabularies::EXAMPLE),
            Self::Link => ("a link", "a Link", vocabularies::LINK),
            Self::Header => ("a header", "a Header", vocabularies::HEADER),
            Self::Tag => ("a tag", "a Tag", vocabularies::TAG),
            Self::Schema => ("a schema", "a Schema", vocabularies::SCHEMA),
            Self::Discriminator => {
                ("a discriminator", "a Discriminator", vocabularies::DISCRIMINATOR)
            }
            Self::Xml => ("an `xml` object", "an XML Object", vocabularies::XML),
            Self::SecurityScheme => {
                ("a security scheme", "a Security Scheme", vocabularies::SECURITY_SCHEME)
            }
            Self::Flows => ("OAuth flows", "the OAuth Flows", vocabularies::FLOWS),
            Self::Flow => ("an OAuth flow", "an OAuth Flow", vocabularies::FLOW),
        }
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        self.definition().0
    }

    /// The name in the specification.
    pub fn title(self) -> &'static str {
        self.definition().1
    }

    fn vocabulary(self) -> impl Iterator<Item = &'static Row> {
        let has_inline_schema = matches!(self, Self::Parameter | Self::Header);
        let inline_schema = has_inline_schema.then_some(vocabularies::INLINE_SCHEMA);
        let members = self.definition().2;
        members.iter().chain(inline_schema.unwrap_or_default())
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
        let row = self.vocabulary().find(|row| row.key == key).copied();
        row.or_else(|| self.pattern().map(|form| Row { key: "", form: *form, versions: ALL }))
    }

    /// The key of this version with the spelling most similar to a wrong one.
    pub fn nearest(self, wrong: &str, version: Version) -> Option<&'static str> {
        let known = self.vocabulary().filter(|row| row.is_in(version));
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
    Row { key, form, versions }
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
