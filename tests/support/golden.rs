//! The folders of `tests/golden`: a document and its expected output.

use super::{compare, root};
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::diagnostics::{Diagnostics, Place, Severity};
use typewright::{
    DateTimeTypes, Files, Generated, Grouping, Loader, Lock, Options, Output, OwnType, Responses,
    ServerFramework, Via,
};

/// A folder with a document.
pub struct Golden {
    /// Name of the folder, and of the construct that it shows.
    pub name: String,
    /// Path of the folder.
    pub folder: PathBuf,
}

/// Every folder, by name.
pub fn goldens() -> Vec<Golden> {
    let entries = std::fs::read_dir(root().join("tests/golden")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.is_dir()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(Golden::at).collect()
}

/// Loader of a document and of the files in its folder.
struct Folder<'a> {
    folder: &'a Path,
    document: Option<&'a str>,
}

impl Loader for Folder<'_> {
    fn load(&self, path: &str) -> Result<String, typewright::ReadError> {
        let text = match path {
            "openapi.yaml" => self.document.map(str::to_owned),
            _ if path.contains("..") || path.contains("://") => {
                return Err("outside the document's folder".into())
            }
            path => std::fs::read_to_string(self.folder.join(path)).ok(),
        };
        text.ok_or_else(|| "no such file".into())
    }
}

impl Golden {
    /// The folder at this path.
    pub fn at(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, folder }
    }

    /// The document; `None` in a golden of a missing document.
    pub fn document(&self) -> Option<String> {
        std::fs::read_to_string(self.folder.join("openapi.yaml")).ok()
    }

    /// Generates the client of the document.
    pub fn generate(&self) -> Generated {
        self.generate_from(self.document().as_deref())
    }

    /// Generates the client of another text. Comments at its start may set options, such as `# group: tag`.
    pub fn generate_from(&self, document: Option<&str>) -> Generated {
        self.generate_with(document, |_| ())
    }

    /// The client of the document as a crate of its own, with an example for each operation; `None` if the document has errors.
    pub fn documented(&self) -> Option<Output> {
        let change = |options: &mut Options| options.doc_examples = usize::MAX;
        self.generate_with(self.document().as_deref(), change).output
    }

    /// Passes the loader and the options of the document.
    pub fn with_loader<T>(&self, read: impl FnOnce(&dyn Loader, Options) -> T) -> T {
        let document = self.document();
        let options = self.options(document.as_deref());
        read(&Folder { folder: &self.folder, document: document.as_deref() }, options)
    }

    fn generate_with(
        &self,
        document: Option<&str>,
        change: impl FnOnce(&mut Options),
    ) -> Generated {
        let mut options = self.options(document);
        change(&mut options);
        let folder = &self.folder;
        typewright::generate("openapi.yaml", &Folder { folder, document }, &options)
    }

    /// The options that the comments at the start of the document and `options.toml` set.
    fn options(&self, document: Option<&str>) -> Options {
        let text = document.unwrap_or_default();
        let header = |key: &str| {
            let comments = text.lines().take_while(|line| line.starts_with('#'));
            let mut values = comments.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(key));
            values.next().map(str::to_owned)
        };
        let flags = header("options: ").unwrap_or_default();
        let has = |option: &str| flags.split(' ').any(|word| word == option);
        let text = std::fs::read_to_string(self.folder.join("options.toml")).unwrap_or_default();
        let mut options = parse_options(&text);
        options.validate = has("validate");
        options.closed_enums = has("closed-enums");
        options.preserve_unknown = has("preserve-unknown");
        options.strict_schemas = has("strict-schemas");
        options.server = has("server").then_some(ServerFramework::Axum);
        options.include = header("include: ").into_iter().collect();
        options.name.clone_from(&self.name);
        options.calls.grouping = match header("group: ").as_deref() {
            Some("tag") => Grouping::ByTag,
            Some(_) | None => Grouping::Auto,
        };
        options.calls.version = header("version: ");
        options.lock = self.lock();
        options
    }

    /// `true` if the documentation of the crate is compared as well.
    pub fn shows_front_page(&self) -> bool {
        self.name == "front-page"
    }

    /// The lock of an earlier run; empty in most goldens.
    fn lock(&self) -> Lock {
        let Ok(text) = std::fs::read_to_string(self.folder.join("typewright.lock")) else {
            return Lock::default();
        };
        let mut files = Files::default();
        let file = files.add("typewright.lock", text);
        Lock::read(file, &files, &mut Diagnostics::new()).unwrap()
    }

    /// The client under the name of its module; `None` if the document has errors.
    pub fn client(&self) -> Option<(String, Output)> {
        Some((self.name.replace('-', "_"), self.generate().output?))
    }

    /// The difference between an expectation, which is absent where it would be empty, and the actual text.
    pub fn compare(&self, file: &str, actual: &str) -> String {
        compare(&self.folder.join(file), actual)
    }
}

/// The diagnostics, one a paragraph.
pub fn diagnostics(generated: &Generated) -> String {
    let mut text = String::new();
    for diagnostic in generated.diagnostics.iter() {
        let severity = match diagnostic.code.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        writeln!(text, "{severity}[{}]: {}", diagnostic.code, diagnostic.message).unwrap();
        writeln!(text, "  at {}", place(&diagnostic.place)).unwrap();
        if let Some(help) = &diagnostic.help {
            writeln!(text, "  help: {help}").unwrap();
        }
    }
    text
}

fn place(place: &Place) -> String {
    match place {
        Place::Nowhere => "no place".to_owned(),
        Place::File(_) => "the file".to_owned(),
        Place::Pointer(_, pointer) => format!("`{pointer}`"),
        Place::Key(_, pointer) => format!("the key of `{pointer}`"),
        Place::Span(_, range) => format!("bytes {} to {}", range.start, range.end),
    }
}

/// The options of an `options.toml`, spelt as in `typewright.toml`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct OptionsFile {
    tests: bool,
    doc_examples: usize,
    date_time_types: String,
    lenient_formats: bool,
    responses: String,
    lenient: Vec<String>,
    full_operation_ids: bool,
    strip_prefix: Vec<String>,
    empty_path: Vec<String>,
    rename: IndexMap<String, String>,
    types: IndexMap<String, String>,
    text_types: IndexMap<String, String>,
    derive: IndexMap<String, Vec<String>>,
    versions: Vec<String>,
    streams: BTreeMap<String, serde_json::Value>,
    pagination: BTreeMap<String, serde_json::Value>,
}

/// Reads the options; an empty text sets none.
fn parse_options(text: &str) -> Options {
    let file: OptionsFile = toml::from_str(text).unwrap();
    let types = |paths: IndexMap<String, String>, via| {
        let paths = paths.into_iter();
        paths.map(move |(key, path)| (key, OwnType { path, via }))
    };
    Options::new(|options| {
        options.tests = file.tests;
        options.doc_examples = file.doc_examples;
        options.date_time_types = DateTimeTypes::named(&file.date_time_types).unwrap_or_default();
        options.lenient_formats = file.lenient_formats;
        options.responses = match file.responses.as_str() {
            "lenient" => Responses::Lenient,
            _ => Responses::Strict,
        };
        options.lenient = file.lenient;
        options.rename = file.rename;
        options.strip_prefix = file.strip_prefix;
        options.types =
            types(file.types, Via::Serde).chain(types(file.text_types, Via::Text)).collect();
        options.derive = file.derive;
        options.calls.versions = file.versions;
        options.calls.streams = file.streams;
        options.calls.pagination = file.pagination;
        options.calls.full_operation_ids = file.full_operation_ids;
        options.calls.empty_path = file.empty_path;
    })
}
