//! `typewright.toml`: the clients of a repository.
//!
//! ```toml
//! [[client]]
//! document = "specs/pets.yaml"     # paths are relative to this file; an https URL is read from its stored copy
//! out = "generated/pets"           # default: generated/NAME
//! name = "pets"                    # default: after the document
//! runtime-path = "runtime"         # default: the runtime on crates.io
//! root = "specs"                   # what references may reach; default: the document's folder
//! include = ["tag:pets"]           # default: every operation
//! exclude = ["GET /owners/*"]
//! overlays = ["pets.overlay.yaml"] # applied to the document first, in this order
//! types-only = false
//! validate = false                 # `value.validate()` checks lengths, bounds, patterns
//! closed-enums = false             # an unknown value of an enum is an error when it is read
//! preserve-unknown = false         # every object keeps the members that its schema does not list
//! literal = false                  # a schema without `type` allows every JSON type
//! pagination.listPets = { style = "token", token = "cursor", next = "next_cursor" }  # where it is not recognised
//! long-running.createPet = { get = "getOperation" }  # where it is not recognised
//! version = "2023-01-01"           # of media types that come in several; default: the newest that is released
//! rustfmt = true                   # false: the text as the generator prints it
//! tests = false                    # write tests/examples.rs and contract.rs
//! group = "tag"                    # `client.repos().list()`; or "flat"; default: where there are many operations
//! dates = "chrono"                 # or "time", "jiff", "text"
//! lenient-formats = false          # keep texts that are not of their `format`
//! replies = "strict"               # or "lenient": replies may lack what the document requires of them
//! lenient = ["Volume.labels"]      # these may, whatever `replies` says: components, members, with globs; "#/pointer"
//! full-operation-ids = false       # `create_file_v1_files_post` is not `create_file`
//! strip-prefix = ["etcdserverpb"]  # `etcdserverpbMember` is `Member`
//! empty-path = ["getFile.path"]    # parameters of paths that may be empty
//!
//! [client.rename]                  # names in Rust
//! Pet = "Animal"                   # a component; also "#/pointer"
//! "Pet.type" = "kind"              # a property or value of one
//! listPets = "pets"                # an operation; also "GET /pets"
//! "listPets.limit" = "at_most"     # a parameter of one
//!
//! [client.types]                   # types of your own, through serde
//! Money = "my_money::Money"
//! "format:decimal" = { path = "rust_decimal::Decimal", via = "text" } # or through FromStr and Display
//!
//! [client.derive]                  # beside Clone, Debug and PartialEq
//! "*" = ["Eq", "Hash"]             # all types that can
//! Pet = ["Ord", "schemars::JsonSchema"]
//!
//! [client.dependencies]            # the packages of these types and derives, as in Cargo.toml
//! my_money = { path = "../my_money" }
//! ```

use crate::boundary::Boundary;
use crate::client::{default_name, Client};
use crate::paths::plain;
use crate::report::Reporter;
use crate::wishes::{Dates, Dependencies, Replies, TypeEntry};
use crate::Status;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::Spanned;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostic, Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::source::{FileId, Files};
use typewright::{CallOptions, Grouping, Options};

/// The name of the configuration.
const NAME: &str = "typewright.toml";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Config {
    client: Vec<Spanned<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
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
    literal: bool,
    #[serde(default = "on")]
    rustfmt: bool,
    #[serde(default)]
    overlays: Vec<String>,
    #[serde(default)]
    tests: bool,
    #[serde(default)]
    dates: Dates,
    #[serde(default)]
    lenient_formats: bool,
    #[serde(default)]
    replies: Replies,
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

fn on() -> bool {
    true
}

/// Whether operations are methods of the client, or of groups after their tags.
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

/// The clients that the configuration lists: the one named, else the nearest at or above the working directory.
///
/// # Errors
/// How the command ends, after it was said what is wrong.
pub fn clients(
    named: Option<&Path>,
    allow_outside: bool,
    reporter: &Reporter,
) -> Result<Vec<Client>, Status> {
    let Some(path) = named.map(Path::to_path_buf).or_else(nearest) else {
        reporter.usage(&format!(
            "no document is named, and there is no {NAME} here or above"
        ));
        return Err(Status::Usage);
    };
    let mut files = Files::default();
    let mut found = Diagnostics::new();
    let boundary = (!allow_outside).then(|| Boundary::of(&path));
    let clients = read(&path, boundary.as_ref(), &mut files, &mut found);
    if reporter.report(&files, &found) {
        return Err(Status::Failed);
    }
    Ok(clients.unwrap_or_default())
}

/// The folder of the configuration, the one named or else the nearest; the working directory where there is none.
pub fn base(named: Option<&Path>) -> PathBuf {
    let path = named.map(Path::to_path_buf).or_else(nearest);
    path.as_deref()
        .and_then(Path::parent)
        .unwrap_or(Path::new(""))
        .to_path_buf()
}

fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(NAME).is_file() {
            return Some(up.join(NAME));
        }
        up.push("..");
    }
    None
}

fn read(
    path: &Path,
    boundary: Option<&Boundary>,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Vec<Client>> {
    let text = match read_text(path) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("`{}` cannot be read: {reason}", path.display());
            return found.lost(codes::CONFIG_UNREADABLE, Place::Nowhere, message, None);
        }
    };
    let file = files.add(path.to_string_lossy(), text.clone());
    let config: Config = match toml::from_str(&text) {
        Ok(config) => config,
        Err(error) => {
            found.record(wrong(file, &error));
            return None;
        }
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let mut folders = BTreeSet::new();
    let mut clients = Vec::new();
    for entry in config.client {
        let place = Place::Span(file, entry.span());
        let entry = entry.into_inner();
        let client = client(entry, base);
        let outside = boundary.and_then(|boundary| outside(&client, boundary));
        if let Some(path) = outside {
            let message = format!("`{}` is outside of the repository", path.display());
            let help = "`--allow-outside` allows it";
            found.push_with_help(codes::CONFIG_OUTSIDE, place.clone(), message, help);
        }
        if !folders.insert(client.out.clone()) {
            let message = format!(
                "another client is written to `{}` too",
                client.out.display()
            );
            found.push(codes::CONFIG_CLASH, place, message);
        }
        clients.push(client);
    }
    Some(clients)
}

/// The first path that the client writes to or reads from and that leaves the repository. (That of the runtime, and
/// those of dependencies, are only written into its manifest.)
fn outside<'c>(client: &'c Client, boundary: &Boundary) -> Option<&'c Path> {
    let document = Path::new(&client.document);
    let document = (!client.document.contains("://")).then_some(document);
    let overlays = client.options.overlays.iter().map(Path::new);
    let mut paths = std::iter::once(client.out.as_path())
        .chain(document)
        .chain(client.root.as_deref())
        .chain(overlays);
    paths.find(|path| !boundary.holds(path))
}

fn client(entry: Entry, base: &Path) -> Client {
    let calls = calls(&entry);
    let name = entry.name.unwrap_or_else(|| default_name(&entry.document));
    let out = entry
        .out
        .unwrap_or_else(|| Path::new("generated").join(&name));
    Client {
        document: if entry.document.contains("://") {
            entry.document
        } else {
            text(&base.join(entry.document))
        },
        base: base.to_path_buf(),
        fetch: false,
        out: plain(&base.join(out)),
        runtime_path: entry.runtime_path.map(|path| base.join(path)),
        root: entry.root.map(|path| base.join(path)),
        rustfmt: entry.rustfmt,
        dependencies: Dependencies::new(entry.dependencies, base),
        options: Options {
            include: entry.include,
            exclude: entry.exclude,
            overlays: entry
                .overlays
                .iter()
                .map(|path| text(&base.join(path)))
                .collect(),
            types_only: entry.types_only,
            validate: entry.validate,
            closed_enums: entry.closed_enums,
            preserve_unknown: entry.preserve_unknown,
            literal: entry.literal,
            tests: entry.tests,
            name,
            calls,
            dates: entry.dates.into(),
            lenient_formats: entry.lenient_formats,
            replies: entry.replies.into(),
            lenient: entry.lenient,
            rename: entry.rename,
            strip_prefix: entry.strip_prefix,
            types: entry
                .types
                .into_iter()
                .map(|(key, entry)| (key, entry.into()))
                .collect(),
            derive: entry.derive,
        },
    }
}

fn calls(entry: &Entry) -> CallOptions {
    CallOptions {
        grouping: entry.group.map_or(Grouping::Auto, Grouping::from),
        version: entry.version.clone(),
        versions: entry.versions.clone(),
        pagination: entry.pagination.clone(),
        long_running: entry.long_running.clone(),
        streams: entry.streams.clone(),
        full_operation_ids: entry.full_operation_ids,
        empty_path: entry.empty_path.clone(),
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn wrong(file: FileId, error: &toml::de::Error) -> Diagnostic {
    let message = error.message().trim_end().replace('\n', "; ");
    let unknown = message.starts_with("unknown field");
    let place = error
        .span()
        .map_or(Place::File(file), |span| Place::Span(file, span));
    Diagnostic {
        code: if unknown {
            codes::CONFIG_UNKNOWN_KEY
        } else {
            codes::CONFIG_SYNTAX
        },
        place,
        help: unknown.then(|| nearest_key(&message)).flatten(),
        message,
    }
}

/// The key that was meant, out of serde's "unknown field `a`, expected one of `b`, `c`".
fn nearest_key(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let given = quoted.next()?;
    let nearest = quoted.max_by(|a, b| {
        let near = |key| strsim::jaro_winkler(given, key);
        near(a).total_cmp(&near(b))
    })?;
    (strsim::jaro_winkler(given, nearest) > 0.75).then(|| format!("is `{nearest}` meant?"))
}

#[cfg(test)]
mod tests {
    use super::nearest_key;

    #[test]
    fn the_nearest_key_is_proposed() {
        let message = "unknown field `documnet`, expected one of `out`, `document`, `name`";
        assert_eq!(nearest_key(message).unwrap(), "is `document` meant?");
        let message = "unknown field `xyz`, expected one of `out`, `document`, `name`";
        assert_eq!(nearest_key(message), None);
    }
}
