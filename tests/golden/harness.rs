//! The folders: a document, and what it is expected to give.

#[path = "options.rs"]
mod options;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::diagnostics::{Place, Severity};
use typewright::{CallOptions, Generated, Grouping, Loader, Options, ReadError};
use typewright_tests::root;

/// A folder.
pub struct Golden {
    /// Its name, which is that of the construct.
    pub name: String,
    folder: PathBuf,
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

/// Hands out the document's text, and what stands beside it.
struct Folder<'a> {
    folder: &'a Path,
    document: Option<&'a str>,
}

impl Loader for Folder<'_> {
    fn load(&self, path: &str) -> Result<String, ReadError> {
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

    /// The document; none where that is what the golden is about.
    pub fn document(&self) -> Option<String> {
        std::fs::read_to_string(self.folder.join("openapi.yaml")).ok()
    }

    /// What the document gives.
    pub fn generate(&self) -> Generated {
        self.generate_from(self.document().as_deref())
    }

    /// What a text gives in its place. Comments at its start may say what to include, how to group, and name options.
    pub fn generate_from(&self, document: Option<&str>) -> Generated {
        let text = document.unwrap_or_default();
        let said = |key: &str| {
            let comments = text.lines().take_while(|line| line.starts_with('#'));
            let mut values = comments.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(key));
            values.next().map(str::to_owned)
        };
        let named = said("options: ").unwrap_or_default();
        let has = |option: &str| named.split(' ').any(|word| word == option);
        let own = self.options();
        let options = Options {
            validate: has("validate"),
            closed_enums: has("closed-enums"),
            preserve_unknown: has("preserve-unknown"),
            literal: has("literal"),
            include: said("include: ").into_iter().collect(),
            name: self.name.clone(),
            calls: CallOptions {
                grouping: match said("group: ").as_deref() {
                    Some("tag") => Grouping::ByTag,
                    Some(_) | None => Grouping::Auto,
                },
                version: said("version: "),
                ..own.calls
            },
            ..own
        };
        let folder = &self.folder;
        typewright::generate("openapi.yaml", &Folder { folder, document }, &options)
    }

    /// The options that `options.toml` beside the document gives.
    fn options(&self) -> Options {
        let text = std::fs::read_to_string(self.folder.join("options.toml")).unwrap_or_default();
        options::parse(&text)
    }

    /// Compares with an expectation, which is absent where it would be empty; what differs, as text.
    pub fn compare(&self, file: &str, actual: &str) -> String {
        let path = self.folder.join(file);
        if std::env::var_os("UPDATE").is_some() {
            match actual {
                "" => drop(std::fs::remove_file(&path)),
                text => std::fs::write(&path, text).unwrap(),
            }
        }
        self.difference(file, actual)
    }

    /// What differs from an expectation.
    pub fn difference(&self, file: &str, actual: &str) -> String {
        let expected = std::fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        if expected == actual {
            return String::new();
        }
        let lines = similar::TextDiff::from_lines(expected.as_str(), actual);
        let diff = lines.unified_diff().context_radius(2).to_string();
        format!("--- {}/{file}\n{diff}\n", self.name)
    }
}

/// The findings, one a paragraph.
pub fn diagnostics(generated: &Generated) -> String {
    let mut shown = String::new();
    for finding in generated.diagnostics.iter() {
        let severity = match finding.code.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        writeln!(shown, "{severity}[{}]: {}", finding.code, finding.message).unwrap();
        writeln!(shown, "  at {}", place(&finding.place)).unwrap();
        if let Some(help) = &finding.help {
            writeln!(shown, "  help: {help}").unwrap();
        }
    }
    shown
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
