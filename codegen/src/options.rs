//! Options of the generator.

use indexmap::IndexMap;
use std::collections::BTreeMap;

/// How to generate. Every option changes the output in one documented way.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Which operations to generate; all where empty: an `operationId`, `tag:NAME` or `METHOD /path`, with globs.
    pub include: Vec<String>,
    /// Which operations to leave out, in the same forms.
    pub exclude: Vec<String>,
    /// Overlays to apply to the document first, in this order, by the names under which the loader knows them.
    pub overlays: Vec<String>,
    /// Only types, no client.
    pub types_only: bool,
    /// `value.validate()` on the generated types, which checks the constraints that no type expresses.
    pub validate: bool,
    /// A value that an `enum` does not list is an error when it is read. By default it is kept as it came.
    pub closed_enums: bool,
    /// Every object keeps the members that its schema does not list. By default only those do whose schema says that
    /// there are further ones.
    pub preserve_unknown: bool,
    /// Takes every schema at its word, as a validator would: without a `type` it allows every JSON type, and what is
    /// `required` must be there whether or not it is declared. By default keywords such as `properties` tell the type
    /// that is meant, and a required name that nothing declares counts as a slip.
    pub strict_schemas: bool,
    /// Tests beside the crate: `tests/examples.rs`, which tries every example of the document, and `tests/contract.rs`, which
    /// calls every operation on a server.
    pub tests: bool,
    /// The name of the crate or module, used in its documentation.
    pub name: String,
    /// How operations are offered.
    pub calls: CallOptions,
    /// Which crate's types hold instants and days.
    pub date_time_types: DateTimeTypes,
    /// Texts that are not of their `format` are kept, as `v1::Lenient`, in place of failing.
    pub lenient_formats: bool,
    /// How responses that lack what the document requires are decoded.
    pub responses: Responses,
    /// Types and members that responses may lack although the document requires them, as [`Responses::Lenient`] allows for all: a component
    /// (`Container*`) with what is written in it, a member of one (`Volume.labels`), both with globs, or a pointer to a schema.
    pub lenient: Vec<String>,
    /// Names of the caller's choice. A key is a component (`Pet`), a property or value of one (`Pet.kind`), an operation
    /// (`listPets`, `GET /pets`), a parameter of one (`listPets.limit`), or a pointer to a schema (`#/paths/…`).
    pub rename: IndexMap<String, String>,
    /// What the names of components begin with and types shall not: `etcdserverpb` makes `Member` of `etcdserverpbMember`.
    /// Letters are compared whatever their case. A name stays whole where what is left is another's, or no word.
    pub strip_prefix: Vec<String>,
    /// The caller's own types in place of generated ones, by a component, a pointer, or `format:NAME`.
    pub types: IndexMap<String, OwnType>,
    /// Derives beside `Clone`, `Debug` and `PartialEq`, by a component, a pointer, a type's name in Rust, or `*` for all.
    /// `Eq`, `Hash`, `PartialOrd` and `Ord` are checked against the fields; any other path is taken as it is.
    pub derive: IndexMap<String, Vec<String>>,
}

impl Options {
    /// The default options with changes.
    ///
    /// ```
    /// let options = typewright::Options::new(|options| {
    ///     options.validate = true;
    ///     options.calls.version = Some("2023-01-01".to_owned());
    /// });
    /// ```
    pub fn new(configure: impl FnOnce(&mut Self)) -> Self {
        let mut options = Self::default();
        configure(&mut options);
        options
    }
}

/// How the operations of a document are offered to callers.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Whether they are methods of the client or of its groups.
    pub grouping: Grouping,
    /// Operations are called by their whole `operationId`. By default a path and method at its end are left out where the
    /// rest is no other operation's: `create_file_v1_files_post`, as FastAPI writes it, is `create_file`.
    pub full_operation_ids: bool,
    /// Up to which version media types are used that come in several (`2023-01-01`, `v2`, `preview`); the newest that is
    /// released where nothing is said.
    pub version: Option<String>,
    /// Versions that a call can choose beside, each of which gives the operations that have it once more, under names
    /// that end in it; `all` for every one that the document has.
    pub versions: Vec<String>,
    /// How the pages of operations follow each other, by `operationId`, `METHOD /path` or `*`, each as
    /// `x-typewright-pagination` would say it.
    pub pagination: BTreeMap<String, serde_json::Value>,
    /// How long-running operations are followed to their end, in the same way, each as `x-typewright-operation` would
    /// say it.
    pub long_running: BTreeMap<String, serde_json::Value>,
    /// Replies that arrive item by item where the document does not say so, in the same way, each as
    /// `x-typewright-stream` would say it.
    pub streams: BTreeMap<String, serde_json::Value>,
    /// Parameters of paths that may be empty, since that means the root or a default: `getContents.path`, or
    /// `GET /contents/{path}.path`. By default those may whose `x-typewright-allow-empty` says so, and one that ends its
    /// path and whose description says what it means where it is empty.
    pub empty_path: Vec<String>,
}

/// Whether operations are methods of the client, or of groups after their first tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Grouped where there are more than 60 operations under at least two tags: in the documents at hand one reads a
    /// list of 28 methods at a glance, and one of 96 no longer.
    #[default]
    Auto,
    /// `client.list_for_org(…)`, always.
    Flat,
    /// `client.repos().list_for_org(…)`, always.
    ByTag,
}

/// How responses that lack what the document requires are decoded. Requests always have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Responses {
    /// A response that lacks a required member is an error.
    #[default]
    Strict,
    /// A required list or map that is missing or null is empty, and any other required member is an `Option`. A type that
    /// requests use too has a second form for them, `TInput`, wherever the two differ.
    ///
    /// What tells the branches of a union apart stays as documented: the tags and keys of objects, and all of objects that
    /// are tried one after another. [`Options::lenient`] may name these, too.
    Lenient,
}

/// Which types hold instants (`date-time`) and days (`date`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTimeTypes {
    /// `chrono::DateTime<Utc>` and `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `time::OffsetDateTime` and `time::Date`.
    Time,
    /// `jiff::Timestamp` and `jiff::civil::Date`.
    Jiff,
    /// The text as it came, for times of day and durations too.
    Text,
}

impl DateTimeTypes {
    /// The choice of this name: `chrono`, `time`, `jiff` or `text`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "chrono" => Some(Self::Chrono),
            "time" => Some(Self::Time),
            "jiff" => Some(Self::Jiff),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// A type of the caller's own. It needs none of our traits: `Clone`, `Debug` and `PartialEq`, as every field has, and a
/// way to travel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnType {
    /// Its path, such as `rust_decimal::Decimal`, or `crate::Money` for code that is included.
    pub path: String,
    /// How its values travel.
    pub via: Via,
}

impl From<&str> for OwnType {
    fn from(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            via: Via::Serde,
        }
    }
}

/// How values of a caller's own type travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// As serde says.
    #[default]
    Serde,
    /// As text, by `FromStr` and `Display`.
    Text,
}
