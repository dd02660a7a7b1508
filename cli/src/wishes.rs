//! What callers ask of the types: as the command line and the configuration spell it.

use crate::paths::{absolute, relative};
use clap::ValueEnum;
use indexmap::IndexMap;
use serde::Deserialize;
use std::path::Path;
use toml_edit::{DocumentMut, Item};
use typewright::{OwnType, Via};

/// Which types hold instants and days.
#[derive(Clone, Copy, Debug, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum DateTimeTypes {
    /// chrono::DateTime<Utc> and chrono::NaiveDate
    #[default]
    Chrono,
    /// time::OffsetDateTime and time::Date
    Time,
    /// jiff::Timestamp and jiff::civil::Date
    Jiff,
    /// The text as it came
    Text,
}

impl From<DateTimeTypes> for typewright::DateTimeTypes {
    fn from(dates: DateTimeTypes) -> Self {
        match dates {
            DateTimeTypes::Chrono => Self::Chrono,
            DateTimeTypes::Time => Self::Time,
            DateTimeTypes::Jiff => Self::Jiff,
            DateTimeTypes::Text => Self::Text,
        }
    }
}

/// Whether replies have what the document requires of them.
#[derive(Clone, Copy, Debug, Default, Deserialize, ValueEnum)]
#[serde(try_from = "String")]
pub enum Responses {
    /// A reply without a required member cannot be read
    #[default]
    Strict,
    /// Required lists and maps may be missing or null, and are empty then; other members are optional
    Lenient,
}

impl TryFrom<String> for Responses {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let wrong = |_| format!("`{word}` is neither `strict` nor `lenient`");
        Self::from_str(&word, false).map_err(wrong)
    }
}

impl From<Responses> for typewright::Responses {
    fn from(replies: Responses) -> Self {
        match replies {
            Responses::Strict => Self::Strict,
            Responses::Lenient => Self::Lenient,
        }
    }
}

/// A type of the caller's own in the configuration: its path, or a table that also says how it travels.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum TypeEntry {
    /// `"rust_decimal::Decimal"`
    Path(String),
    /// `{ path = "rust_decimal::Decimal", via = "text" }`
    Table(TypeTable),
}

/// The long form of [`TypeEntry`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeTable {
    path: String,
    #[serde(default)]
    via: ViaEntry,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ViaEntry {
    #[default]
    Serde,
    Text,
}

impl From<TypeEntry> for OwnType {
    fn from(entry: TypeEntry) -> Self {
        match entry {
            TypeEntry::Path(path) => path.as_str().into(),
            TypeEntry::Table(table) => Self {
                path: table.path,
                via: match table.via {
                    ViaEntry::Serde => Via::Serde,
                    ViaEntry::Text => Via::Text,
                },
            },
        }
    }
}

/// Packages that the caller's own types and derives come from, as `Cargo.toml` writes them.
#[derive(Clone, Debug, Default)]
pub struct Dependencies(IndexMap<String, toml::Value>);

impl Dependencies {
    /// The `dependencies` of a configuration in the folder `base`, to which paths are relative.
    pub fn new(table: toml::Table, base: &Path) -> Self {
        let from_base = |mut value: toml::Value| {
            let path = value.get("path").and_then(toml::Value::as_str);
            let path = path.map(|path| absolute(&base.join(path)).to_string_lossy().into_owned());
            if let (Some(table), Some(path)) = (value.as_table_mut(), path) {
                table.insert("path".to_owned(), path.into());
            }
            value
        };
        let all = table.into_iter();
        Self(all.map(|(name, value)| (name, from_base(value))).collect())
    }

    /// The entries for the manifest of a crate in `out`.
    pub fn entries(&self, out: &Path) -> Vec<(String, Item)> {
        let all = self.0.iter();
        all.filter_map(|(name, value)| Some((name.clone(), item(value.clone(), out)?)))
            .collect()
    }
}

/// An entry as `toml_edit` holds it; a path leads from the crate.
fn item(mut value: toml::Value, out: &Path) -> Option<Item> {
    let path = value
        .get("path")
        .and_then(toml::Value::as_str)
        .map(Path::new);
    let way = path.map(|path| relative(&absolute(out), path).unwrap_or_else(|| path.to_path_buf()));
    if let (Some(table), Some(way)) = (value.as_table_mut(), way) {
        table.insert(
            "path".to_owned(),
            way.to_string_lossy().replace('\\', "/").into(),
        );
    }
    let document: DocumentMut = format!("entry = {value}").parse().ok()?;
    document.get("entry").cloned()
}

/// `KEY=VALUE` of the command line.
///
/// # Errors
/// There is no `=`, or nothing before it.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        Some(_) | None => Err("KEY=VALUE is expected".to_owned()),
    }
}

/// The same key's values together, as `--derive` may be given more than once for a type.
pub fn grouped(pairs: &[(String, String)]) -> IndexMap<String, Vec<String>> {
    let mut grouped = IndexMap::<String, Vec<String>>::new();
    for (key, value) in pairs {
        let values = value.split(',').map(|value| value.trim().to_owned());
        grouped.entry(key.clone()).or_default().extend(values);
    }
    grouped
}
