//! Options of the generated types, as the command line and the configuration spell them.

use crate::paths::{absolute, relative};
use clap::ValueEnum;
use indexmap::IndexMap;
use serde::Deserialize;
use std::path::Path;
use toml_edit::{DocumentMut, Item};
use typewright::{OwnType, Via};

/// Types of instants and days.
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
    /// Text, unchanged
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

/// Cargo features by which users of a crate choose operations.
#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Features {
    /// One for each tag, with the types that its operations need
    Tags,
}

impl From<Features> for typewright::Features {
    fn from(features: Features) -> Self {
        match features {
            Features::Tags => Self::Tags,
        }
    }
}

/// Framework of a generated server.
#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ServerFramework {
    /// The crate axum
    Axum,
}

impl From<ServerFramework> for typewright::ServerFramework {
    fn from(framework: ServerFramework) -> Self {
        match framework {
            ServerFramework::Axum => Self::Axum,
        }
    }
}

/// How responses that lack what the document requires are decoded.
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

/// A user's type in the configuration: its path, or a table that also states its conversion.
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

/// Packages of the user's types and derives, as entries of `Cargo.toml`.
#[derive(Clone, Debug, Default)]
pub struct Dependencies(IndexMap<String, toml::Value>);

impl Dependencies {
    /// The `dependencies` of a configuration in the folder `base`, which their paths are relative to.
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
        all.filter_map(|(name, value)| Some((name.clone(), item(value.clone(), out)?))).collect()
    }
}

/// An entry for `toml_edit`, with its path relative to the crate.
fn item(mut value: toml::Value, out: &Path) -> Option<Item> {
    let path = value.get("path").and_then(toml::Value::as_str).map(Path::new);
    let relative_path =
        path.map(|path| relative(&absolute(out), path).unwrap_or_else(|| path.to_path_buf()));
    if let (Some(table), Some(relative_path)) = (value.as_table_mut(), relative_path) {
        table.insert("path".to_owned(), relative_path.to_string_lossy().replace('\\', "/").into());
    }
    let document: DocumentMut = format!("entry = {value}").parse().ok()?;
    document.get("entry").cloned()
}

/// `KEY=VALUE` of the command line.
///
/// # Errors
/// Fails without `=`, or without a key.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        Some(_) | None => Err("KEY=VALUE is expected".to_owned()),
    }
}

/// Groups values by key: `--derive` may be repeated for a type.
pub fn grouped(pairs: &[(String, String)]) -> IndexMap<String, Vec<String>> {
    let mut grouped = IndexMap::<String, Vec<String>>::new();
    for (key, value) in pairs {
        let values = value.split(',').map(|value| value.trim().to_owned());
        grouped.entry(key.clone()).or_default().extend(values);
    }
    grouped
}
