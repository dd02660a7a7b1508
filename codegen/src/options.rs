//! Options of the generator.

use crate::lock::Lock;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Options of the generator. The default generates a complete client by the document alone.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Operations to generate, by `operationId`, `tag:NAME` or `METHOD /path`, each with globs; all if empty.
    pub include: Vec<String>,
    /// Operations to leave out, in the same forms.
    pub exclude: Vec<String>,
    /// Overlays to apply to the document, in this order, by the names that the loader knows.
    pub overlays: Vec<String>,
    /// Generates the types alone, without a client.
    pub types_only: bool,
    /// Gives the types a method `validate`, which checks the constraints that no type expresses.
    pub validate: bool,
    /// Rejects values that an `enum` does not list. By default they are kept verbatim.
    pub closed_enums: bool,
    /// Keeps in every object the members that its schema does not list. By default only objects whose schema allows
    /// additional properties keep them.
    pub preserve_unknown: bool,
    /// Interprets schemas as a validator does: without `type` a schema allows every JSON type, and a name in `required` is
    /// required even if no property declares it. By default keywords such as `properties` imply the type, and a required name
    /// that nothing declares is ignored.
    pub strict_schemas: bool,
    /// Generates tests of the crate: `tests/examples.rs`, which decodes and encodes every example of the document, and
    /// `tests/contract.rs`, which calls every operation on a server.
    pub tests: bool,
    /// Declares `pub mod ext;` in `lib.rs`: a module that the crate's author writes, for example with more methods of the
    /// client.
    pub extension: bool,
    /// Generates a server of the API as well: the module `server`. None with [`types_only`](Self::types_only).
    ///
    /// A committed crate has it behind a Cargo feature of the same name; code that is included has it in any case.
    pub server: Option<ServerFramework>,
    /// Name of the crate or module, for its documentation.
    pub name: String,
    /// Number of operations that are documented with an example of their call. None by default: examples import the crate by its
    /// [name](Self::name), which included code has not.
    pub doc_examples: usize,
    /// Cargo features of the crate, by which its users choose operations. The code of [`Output::include`] has these conditions as
    /// well; the including crate has to declare the [features](crate::Output::features).
    ///
    /// [`Output::include`]: crate::Output::include
    pub features: Features,
    /// Writes [`Output::guide`](crate::Output::guide): a README and a reference of the operations. Code that a build script
    /// includes has no use for them.
    pub guide: bool,
    /// Options of the operations.
    pub calls: CallOptions,
    /// Types of instants and days.
    pub date_time_types: DateTimeTypes,
    /// Keeps texts that violate their `format`, as `runtime::value::Lenient`, instead of failing.
    pub lenient_formats: bool,
    /// Treatment of responses that lack required members.
    pub responses: Responses,
    /// Types and members that responses may lack although the document requires them, as [`Responses::Lenient`] allows for
    /// all: a component (`Container*`) with its inline schemas, a member of one (`Volume.labels`), both with globs, or a pointer
    /// to a schema.
    pub lenient: Vec<String>,
    /// Names in the generated code. A key is a component (`Pet`), a property or value of one (`Pet.kind`), an operation
    /// (`listPets`, `GET /pets`), a parameter of one (`listPets.limit`), or a pointer to a schema (`#/paths/…`).
    pub rename: IndexMap<String, String>,
    /// Prefixes to remove from the names of components: `etcdserverpb` turns `etcdserverpbMember` into `Member`. Case is
    /// ignored. A name keeps its prefix if the remainder is empty or the name of another component.
    pub strip_prefix: Vec<String>,
    /// Existing types to use in place of generated ones, by component, pointer, or `format:NAME`.
    pub types: IndexMap<String, OwnType>,
    /// Traits to derive in addition to `Clone`, `Debug` and `PartialEq`, by component, pointer, Rust type, or `*` for all.
    /// `Eq`, `Hash`, `PartialOrd` and `Ord` are derived where the fields allow it; any other path is used as it is.
    pub derive: IndexMap<String, Vec<String>>,
    /// Names and order of arguments of an earlier run, which this one keeps. [`Output::lock`](crate::Output::lock) is the lock
    /// for the next run.
    pub lock: Lock,
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

/// Options of the operations of a client.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Place of the methods: the client, or one group per tag.
    pub grouping: Grouping,
    /// Names operations by their whole `operationId`. By default a path and a method at its end are left out if the remainder
    /// is unique: `create_file_v1_files_post`, which FastAPI writes, becomes `create_file`.
    pub full_operation_ids: bool,
    /// Newest version of versioned media types to use (`2023-01-01`, `v2`, `preview`); by default the newest released one.
    pub version: Option<String>,
    /// Further versions that a call can choose. An operation that differs in one of them is generated once more, under a name
    /// that ends in the version. `all` stands for every version of the document.
    pub versions: Vec<String>,
    /// Pagination by `operationId`, `METHOD /path` or `*`, in the form of `x-typewright-pagination`.
    pub pagination: BTreeMap<String, serde_json::Value>,
    /// Long-running operations, by the same keys, in the form of `x-typewright-operation`.
    pub long_running: BTreeMap<String, serde_json::Value>,
    /// Responses that arrive item by item, by the same keys, in the form of `x-typewright-stream`.
    pub streams: BTreeMap<String, serde_json::Value>,
    /// Path parameters that may be empty because that means the root or a default: `getContents.path`, or
    /// `GET /contents/{path}.path`. By default `x-typewright-allow-empty` decides, and the description of a parameter that ends
    /// its path.
    pub empty_path: Vec<String>,
}

/// Cargo features of a crate, by which its users choose operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Features {
    /// None: every build has all operations.
    #[default]
    None,
    /// One for each tag, with its operations and the types that they need. All are default features.
    Tags,
}

/// Place of the operations' methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// In groups if more than 60 operations have at least two tags. A list of 28 methods is read at a glance in the documents
    /// of the corpus, one of 96 is not.
    #[default]
    Auto,
    /// Always on the client: `client.list_for_org(…)`.
    Flat,
    /// Always in groups: `client.repos().list_for_org(…)`.
    ByTag,
}

/// Treatment of responses that lack required members. Requests always have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Responses {
    /// An error.
    #[default]
    Strict,
    /// A required list or map that is missing or null is empty, and any other required member is an `Option`. A type that
    /// requests use too has a second form for them, `TInput`, if the two differ.
    ///
    /// Members that distinguish the variants of a union stay required: tags and keys, and all members of objects that are tried
    /// one after another. [`Options::lenient`] can name these too.
    Lenient,
}

/// Framework of a generated server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerFramework {
    /// The crate `axum`.
    Axum,
}

impl ServerFramework {
    /// The framework by its name in the configuration: `axum`.
    ///
    /// ```
    /// use typewright::ServerFramework;
    /// assert_eq!(ServerFramework::named("axum"), Some(ServerFramework::Axum));
    /// assert_eq!(ServerFramework::named("other"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        (name == "axum").then_some(Self::Axum)
    }
}

/// Types of instants (`date-time`) and days (`date`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTimeTypes {
    /// `chrono::DateTime<Utc>` and `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `time::OffsetDateTime` and `time::Date`.
    Time,
    /// `jiff::Timestamp` and `jiff::civil::Date`.
    Jiff,
    /// The text, verbatim; also for times of day and durations.
    Text,
}

impl DateTimeTypes {
    /// The choice by its name in the configuration: `chrono`, `time`, `jiff` or `text`.
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

/// An existing type, used in place of a generated one. It needs `Clone`, `Debug` and `PartialEq`, as every field does, and
/// the traits of its [conversion](Via).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnType {
    /// Path of the type, such as `rust_decimal::Decimal`, or `crate::Money` for included code.
    pub path: String,
    /// Conversion of its values to and from JSON.
    pub via: Via,
}

impl From<&str> for OwnType {
    fn from(path: &str) -> Self {
        Self { path: path.to_owned(), via: Via::Serde }
    }
}

/// Conversion of the values of an existing type to and from JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// By `serde::Serialize` and `serde::Deserialize`.
    #[default]
    Serde,
    /// As a string, by `Display` and `FromStr`.
    Text,
}
