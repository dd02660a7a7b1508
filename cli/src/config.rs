//! `typewright.toml`: the clients of a repository. The same can stand in `package.metadata.typewright` or
//! `workspace.metadata.typewright` of a `Cargo.toml`.
//!
//! ```toml
//! [[client]]
//! document = "specs/pets.yaml"     # paths are relative to this file; an https URL is read from its stored copy
//! out = "generated/pets"           # default: generated/NAME
//! name = "pets"                    # default: derived from the document
//! runtime-path = "runtime"         # default: the checkout's of this program, else crates.io
//! root = "specs"                   # folder that references may reach; default: the document's
//! include = ["tag:pets"]           # default: every operation
//! exclude = ["GET /owners/*"]
//! overlays = ["pets.overlay.yaml"] # applied to the document first, in this order
//! types-only = false
//! validate = false                 # `value.validate()` checks lengths, bounds, patterns
//! closed-enums = false             # an unknown value of an enum is an error when it is read
//! preserve-unknown = false         # objects keep the members that their schema does not list
//! strict-schemas = false           # a schema without `type` allows every JSON type
//! pagination.listPets = { style = "token", token = "cursor", next = "next_cursor" }  # if not recognised
//! long-running.createPet = { get = "getOperation" }  # if not recognised
//! version = "2023-01-01"           # of versioned media types; default: the newest released
//! rustfmt = true                   # false: keep the generator's own layout
//! guide = true                     # false: write neither README.md nor reference.md
//! tests = false                    # write tests/examples.rs and contract.rs
//! doc-examples = 200               # operations that are documented with an example of their call
//! features = "tags"                # a Cargo feature for each tag, with the types of its operations; default: none
//! server = "axum"                  # a server as well, behind the crate's feature `server`
//! group = "tag"                    # `client.repos().list()`; or "flat"; default: where there are many operations
//! date-time-types = "chrono"       # or "time", "jiff", "text"
//! lenient-formats = false          # keep texts that do not match their `format`
//! responses = "strict"             # or "lenient": required members of responses may be missing
//! lenient = ["Volume.labels"]      # types and members that may be missing in any case; globs; "#/pointer"
//! full-operation-ids = false       # `create_file_v1_files_post` is not `create_file`
//! strip-prefix = ["etcdserverpb"]  # `etcdserverpbMember` is `Member`
//! empty-path = ["getFile.path"]    # path parameters that may be empty
//!
//! [client.rename]                  # names in Rust
//! Pet = "Animal"                   # a component; also "#/pointer"
//! "Pet.type" = "kind"              # a property or value of a component
//! listPets = "pets"                # an operation; also "GET /pets"
//! "listPets.limit" = "at_most"     # a parameter of an operation
//!
//! [client.types]                   # your own types, through serde
//! Money = "my_money::Money"
//! "format:decimal" = { path = "rust_decimal::Decimal", via = "text" } # or through FromStr and Display
//!
//! [client.derive]                  # in addition to Clone, Debug and PartialEq
//! "*" = ["Eq", "Hash"]             # all types that can derive them
//! Pet = ["Ord", "schemars::JsonSchema"]
//!
//! [client.dependencies]            # packages of these types and derives, as in Cargo.toml
//! my_money = { path = "../my_money" }
//! ```

use crate::args::DOC_EXAMPLES;
use crate::client::Client;
use crate::crate_name::default_name;
use crate::paths::{configuration, normalized, Boundary, CONFIGURATION, MANIFEST};
use crate::report::{Reporter, Status};
use crate::type_options::{
    DateTimeTypes, Dependencies, Features, Responses, ServerFramework, TypeEntry,
};
use indexmap::IndexMap;
use serde::de::{value::Error as KeysError, DeserializeOwned, Error as _, Visitor};
use serde::{forward_to_deserialize_any, Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostic, Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::source::{FileId, Files};
use typewright::{Grouping, Options};

/// Similarity from which on a key is suggested in place of an unknown one; 1 is equality.
const SIMILAR: f64 = 0.75;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Config {
    client: Vec<Spanned<Entry>>,
}

/// A `Cargo.toml`, of which the configuration is read.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    package: ManifestTable,
    #[serde(default)]
    workspace: ManifestTable,
}

#[derive(Debug, Default, Deserialize)]
struct ManifestTable {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    typewright: Option<Config>,
}

/// A path that serde ignores, as it is in the file: without the marks of optional values and of those with a span.
fn plain_path(path: &serde_ignored::Path<'_>) -> String {
    let path = path.to_string();
    let steps = path.split('.').filter(|step| *step != "?" && !step.starts_with("$__"));
    steps.collect::<Vec<_>>().join(".")
}

/// The part of a path that is in the configuration, if the file is nothing else.
fn whole(path: &str) -> Option<&str> {
    Some(path)
}

/// The part of a path that is in the configuration of a manifest; `None` if it is elsewhere.
fn path_in_metadata(path: &str) -> Option<&str> {
    let (_, path) = path.split_once('.')?;
    path.strip_prefix("metadata.typewright.")
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    document: String,
    out: Option<PathBuf>,
    name: Option<String>,
    runtime_path: Option<PathBuf>,
    root: Option<PathBuf>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default)]
    types_only: bool,
    group: Option<Group>,
    version: Option<String>,
    #[serde(default)]
    versions: Vec<String>,
    #[serde(default)]
    pagination: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    long_running: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    streams: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    validate: bool,
    #[serde(default)]
    closed_enums: bool,
    #[serde(default)]
    preserve_unknown: bool,
    #[serde(default)]
    strict_schemas: bool,
    #[serde(default = "enabled")]
    rustfmt: bool,
    #[serde(default = "enabled")]
    guide: bool,
    #[serde(default)]
    overlays: Vec<String>,
    #[serde(default)]
    tests: bool,
    #[serde(default = "doc_examples")]
    doc_examples: usize,
    features: Option<Features>,
    server: Option<ServerFramework>,
    #[serde(default)]
    date_time_types: DateTimeTypes,
    #[serde(default)]
    lenient_formats: bool,
    #[serde(default)]
    responses: Responses,
    #[serde(default)]
    lenient: Vec<String>,
    #[serde(default)]
    full_operation_ids: bool,
    #[serde(default)]
    strip_prefix: Vec<String>,
    #[serde(default)]
    empty_path: Vec<String>,
    #[serde(default)]
    rename: IndexMap<String, String>,
    #[serde(default)]
    types: IndexMap<String, TypeEntry>,
    #[serde(default)]
    derive: IndexMap<String, Vec<String>>,
    #[serde(default)]
    dependencies: toml::Table,
}

fn doc_examples() -> usize {
    DOC_EXAMPLES
}

fn enabled() -> bool {
    true
}

/// Placement of the operations: methods of the client, or of groups named after their tags.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Group {
    Tag,
    Flat,
}

impl From<Group> for Grouping {
    fn from(group: Group) -> Self {
        match group {
            Group::Tag => Self::ByTag,
            Group::Flat => Self::Flat,
        }
    }
}

/// Reads the clients of the configuration at `path`, or of the nearest at or above the working directory.
///
/// # Errors
/// Returns the status with which the command ends, after the problem has been reported.
pub fn clients(
    path: Option<&Path>,
    allow_outside: bool,
    reporter: &Reporter,
) -> Result<Vec<Client>, Status> {
    let Some(path) = configuration(path) else {
        reporter
            .usage(&format!("no document is given, and there is no {CONFIGURATION} here or above"));
        return Err(Status::Usage);
    };
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::new();
    let boundary = (!allow_outside).then(|| Boundary::new(&path));
    let clients = read(&path, boundary.as_ref(), &mut files, &mut diagnostics);
    reporter.detail_files(&files);
    if reporter.report(&files, &diagnostics) {
        return Err(Status::Failed);
    }
    Ok(clients.unwrap_or_default())
}

/// A client to add to a configuration; paths are relative to it.
#[derive(Debug)]
pub struct Addition {
    pub document: String,
    pub out: String,
    pub name: String,
    pub runtime_path: Option<String>,
}

/// The text of a configuration with a client, and everything else unchanged; a client in the same folder stays as it is.
/// `None`, after a diagnostic, if the text is invalid.
pub fn with_client(
    old: &str,
    addition: &Addition,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let windows = old.contains("\r\n");
    let mut invalid = |reason: &str| {
        let message = format!("`{}` cannot be edited: {reason}", path.display());
        diagnostics.lost(codes::CONFIG_SYNTAX, Place::Nowhere, message, None)
    };
    let mut document = match old.replace("\r\n", "\n").parse::<DocumentMut>() {
        Ok(document) => document,
        Err(error) => return invalid(&error.message().replace('\n', "; ")),
    };
    let clients =
        document.entry("client").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(clients) = clients.as_array_of_tables_mut() else {
        return invalid("`client` is not a list of tables");
    };
    let is_there = |client: &Table| client.get("out").and_then(Item::as_str) == Some(&addition.out);
    if clients.iter().any(is_there) {
        return Some(old.to_owned());
    }
    let mut client = Table::new();
    client.insert("document", toml_edit::value(&addition.document));
    client.insert("out", toml_edit::value(&addition.out));
    client.insert("name", toml_edit::value(&addition.name));
    if let Some(path) = &addition.runtime_path {
        client.insert("runtime-path", toml_edit::value(path));
    }
    clients.push(client);
    let new = document.to_string();
    Some(if windows { new.replace('\n', "\r\n") } else { new })
}

fn read(
    path: &Path,
    boundary: Option<&Boundary>,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Client>> {
    let text = match read_text(path) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("`{}` cannot be read: {reason}", path.display());
            return diagnostics.lost(codes::CONFIG_UNREADABLE, Place::Nowhere, message, None);
        }
    };
    let file = files.add(path.to_string_lossy(), text.clone());
    let config = match path.file_name().is_some_and(|name| name == MANIFEST) {
        true => parse_manifest(&text, file, diagnostics)?,
        false => parse(&text, file, diagnostics)?,
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let mut folders = BTreeSet::new();
    let mut clients = Vec::new();
    for entry in config.client {
        let place = Place::Span(file, entry.span());
        let client = client(entry.into_inner(), base);
        let outside = boundary.and_then(|boundary| outside(&client, boundary));
        if let Some(path) = outside {
            let message = format!("`{}` is outside of the repository", path.display());
            let help = "`--allow-outside` allows it";
            diagnostics.push_with_help(codes::CONFIG_OUTSIDE, place.clone(), message, help);
        }
        if !folders.insert(client.out.clone()) {
            let message = format!("another client is written to `{}` too", client.out.display());
            diagnostics.push(codes::CONFIG_CLASH, place, message);
        }
        clients.push(client);
    }
    Some(clients)
}

/// Reads the text of a configuration. Reports every unknown key, or the first error of another kind.
fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Config> {
    read_known(text, file, whole, diagnostics)
}

/// Reads the configuration in the metadata of a manifest, in the same way.
fn parse_manifest(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Config> {
    let manifest: Manifest = read_known(text, file, path_in_metadata, diagnostics)?;
    let [package, workspace] = [manifest.package, manifest.workspace];
    let config = package.metadata.typewright.or(workspace.metadata.typewright);
    config.or_else(|| {
        let message = "there is no `package.metadata.typewright`";
        diagnostics.lost(codes::CONFIG_SYNTAX, Place::File(file), message, None)
    })
}

/// Reads a file whose keys have to be known where `in_configuration` yields the rest of their path.
fn read_known<T: DeserializeOwned>(
    text: &str,
    file: FileId,
    in_configuration: fn(&str) -> Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let mut unknown = Vec::new();
    let result = toml::Deserializer::parse(text).and_then(|deserializer| {
        serde_ignored::deserialize(deserializer, |path| unknown.push(plain_path(&path)))
    });
    unknown.retain(|path| in_configuration(path).is_some());
    if unknown.is_empty() {
        return result.map_err(|error| diagnostics.record(syntax_error(file, &error))).ok();
    }
    // An error beside unknown keys is their consequence: a misspelt key is missing.
    let document = toml_edit::Document::parse(text).ok();
    for path in &unknown {
        let key = path.rsplit('.').next().unwrap_or_default();
        let span = document.as_ref().and_then(|document| span(document, path));
        let is_of_client = in_configuration(path).is_some_and(|path| path.contains('.'));
        let keys = if is_of_client { keys_of::<Entry>() } else { keys_of::<Config>() };
        diagnostics.record(Diagnostic {
            code: codes::CONFIG_UNKNOWN_KEY,
            place: span.map_or(Place::File(file), |span| Place::Span(file, span)),
            message: format!("unknown key `{key}`"),
            help: nearest_key(key, keys).map(|key| format!("is `{key}` meant?")),
        });
    }
    None
}

/// The bytes of the key at a path such as `client.0.name`.
fn span(document: &toml_edit::Document<&str>, path: &str) -> Option<std::ops::Range<usize>> {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let mut steps = parent.split('.').filter(|step| !step.is_empty());
    let table = steps.try_fold(document.as_item(), |item, step| match step.parse::<usize>() {
        Ok(index) => item.get(index),
        Err(_) => item.get(step),
    })?;
    let (key, _) = table.as_table()?.get_key_value(key)?;
    key.span()
}

/// The key that is most like an unknown one; `None` if none is like it.
fn nearest_key(unknown: &str, keys: &'static [&'static str]) -> Option<&'static str> {
    let similarity = |key: &str| strsim::jaro_winkler(unknown, key);
    keys.iter()
        .copied()
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))
        .filter(|nearest| similarity(nearest) > SIMILAR)
}

/// The keys of a struct: those that its derived `Deserialize` asks for.
fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct Keys<'k>(&'k mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Keys<'_> {
        type Error = KeysError;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            keys: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, KeysError> {
            *self.0 = keys;
            Err(KeysError::custom("there is no value"))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, KeysError> {
            Err(KeysError::custom("there is no value"))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut keys: &'static [&'static str] = &[];
    // fails in any case, after the keys are known
    let _ = T::deserialize(Keys(&mut keys));
    keys
}

fn syntax_error(file: FileId, error: &toml::de::Error) -> Diagnostic {
    let span = error.span();
    Diagnostic {
        code: codes::CONFIG_SYNTAX,
        place: span.map_or(Place::File(file), |span| Place::Span(file, span)),
        message: error.message().trim_end().replace('\n', "; "),
        help: None,
    }
}

/// The first path outside of the repository that the client writes to or reads from. The paths of the runtime and of
/// dependencies are only written into its manifest.
fn outside<'c>(client: &'c Client, boundary: &Boundary) -> Option<&'c Path> {
    let document = Path::new(&client.document);
    let document = (!client.document.contains("://")).then_some(document);
    let overlays = client.options.overlays.iter().map(Path::new);
    let mut paths = std::iter::once(client.out.as_path())
        .chain(document)
        .chain(client.root.as_deref())
        .chain(overlays);
    paths.find(|path| !boundary.contains(path))
}

fn client(entry: Entry, base: &Path) -> Client {
    let name = entry.name.unwrap_or_else(|| default_name(&entry.document));
    let out = entry.out.unwrap_or_else(|| Path::new("generated").join(&name));
    Client {
        document: if entry.document.contains("://") {
            entry.document
        } else {
            text(&base.join(entry.document))
        },
        base: base.to_path_buf(),
        fetch: false,
        out: normalized(&base.join(out)),
        runtime_path: entry.runtime_path.map(|path| base.join(path)),
        root: entry.root.map(|path| base.join(path)),
        rustfmt: entry.rustfmt,
        dependencies: Dependencies::new(entry.dependencies, base),
        options: Options::new(|options| {
            options.include = entry.include;
            options.exclude = entry.exclude;
            options.overlays = entry.overlays.iter().map(|path| text(&base.join(path))).collect();
            options.types_only = entry.types_only;
            options.validate = entry.validate;
            options.closed_enums = entry.closed_enums;
            options.preserve_unknown = entry.preserve_unknown;
            options.strict_schemas = entry.strict_schemas;
            options.tests = entry.tests;
            options.name = name;
            options.doc_examples = entry.doc_examples;
            options.guide = entry.guide;
            options.calls.grouping = entry.group.map_or(Grouping::Auto, Grouping::from);
            options.calls.version = entry.version;
            options.calls.versions = entry.versions;
            options.calls.pagination = entry.pagination;
            options.calls.long_running = entry.long_running;
            options.calls.streams = entry.streams;
            options.calls.full_operation_ids = entry.full_operation_ids;
            options.calls.empty_path = entry.empty_path;
            options.features = entry.features.map(Into::into).unwrap_or_default();
            options.server = entry.server.map(Into::into);
            options.date_time_types = entry.date_time_types.into();
            options.lenient_formats = entry.lenient_formats;
            options.responses = entry.responses.into();
            options.lenient = entry.lenient;
            options.rename = entry.rename;
            options.strip_prefix = entry.strip_prefix;
            options.types =
                entry.types.into_iter().map(|(key, entry)| (key, entry.into())).collect();
            options.derive = entry.derive;
        }),
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
#[path = "config_reference.rs"]
mod reference;

#[cfg(test)]
mod tests {
    use super::{keys_of, nearest_key, Config, Entry};

    #[test]
    fn the_nearest_key_is_proposed() {
        let keys = keys_of::<Entry>();
        assert!(keys.contains(&"runtime-path") && keys.len() > 20, "{keys:?}");
        assert_eq!(nearest_key("documnet", keys), Some("document"));
        assert_eq!(nearest_key("xyz", keys), None);
        assert_eq!(keys_of::<Config>(), ["client"]);
    }
}
