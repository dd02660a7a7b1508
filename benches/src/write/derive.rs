//! The usual design: derived serde and an `async fn` per operation.

use std::fmt::Write;

use super::{http, shared, File};
use crate::model::{docs, Api, Choice, Field, Record, Ty, Union};

const HEADER: &str =
    "use serde::{Deserialize, Serialize};\n#[allow(unused_imports)]\nuse super::v1;\n\n";

/// The files of the crate.
#[must_use]
pub fn files(api: &Api) -> Vec<File> {
    let mut files = Vec::new();
    let mut index =
        "//! The types of the API.\n#![allow(non_snake_case)]\nuse super::v1;\n".to_owned();
    let records = api.records.iter().map(|item| (&item.name, record(item)));
    let choices = api.choices.iter().map(|item| (&item.name, choice(item)));
    let unions = api.unions.iter().map(|item| (&item.name, union(item)));
    for (name, text) in records.chain(choices).chain(unions) {
        writeln!(index, "mod in_{name};\npub use self::in_{name}::*;").unwrap();
        files.push((format!("types/in_{name}.rs"), text));
    }
    files.push(("types/mod.rs".to_owned(), index));
    let root = "//! A synthetic API.\npub mod types;\npub mod api;\n";
    files.push(("lib.rs".to_owned(), format!("{root}{SUPPORT}")));
    files.extend(http::derive(api));
    files
}

/// The code that a generator of this design puts beside the types.
const SUPPORT: &str = r#"
mod v1 {
    pub type DateTime = chrono::DateTime<chrono::Utc>;
    pub type Map<T> = indexmap::IndexMap<String, T>;

    /// An integer in a string.
    pub mod text {
        use serde::{Deserialize, Deserializer, Serializer};
        pub fn serialize<S: Serializer>(value: &i64, output: S) -> Result<S::Ok, S::Error> {
            output.collect_str(value)
        }
        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<i64, D::Error> {
            let text = std::borrow::Cow::<str>::deserialize(input)?;
            text.parse().map_err(serde::de::Error::custom)
        }
    }

    /// An integer in a string that may be left out.
    pub mod optional_text {
        use serde::{Deserialize, Deserializer, Serializer};
        pub fn serialize<S: Serializer>(value: &Option<i64>, output: S) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => output.collect_str(value),
                None => output.serialize_none(),
            }
        }
        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
            let text = Option::<std::borrow::Cow<str>>::deserialize(input)?;
            text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
        }
    }
}
"#;

fn attribute(field: &Field) -> String {
    let mut parts = vec![format!("rename = \"{}\"", field.wire)];
    match (&field.ty, field.required) {
        (Ty::IntegerInText, true) => parts.push("with = \"super::v1::text\"".to_owned()),
        (Ty::IntegerInText, false) => {
            parts.push("default, with = \"super::v1::optional_text\"".to_owned())
        }
        _ => {}
    }
    if !field.required {
        parts.push("skip_serializing_if = \"Option::is_none\"".to_owned());
    }
    format!("    #[serde({})]\n", parts.join(", "))
}

fn record(record: &Record) -> String {
    let derives = "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n";
    let mut text = HEADER.to_owned();
    text += &shared::structure(record, derives, "v1::", attribute);
    text + &shared::constructor(record, "v1::")
}

fn choice(choice: &Choice) -> String {
    let derives =
        "#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]\n";
    let attribute = |wire: &str| format!("    #[serde(rename = \"{wire}\")]\n");
    let mut text = HEADER.to_owned() + &shared::choice(choice, derives, attribute);
    text += "    /// Any other text.\n    #[serde(untagged)]\n    Unlisted(String),\n}\n\n";
    text + &shared::choice_impls(choice)
}

fn union(union: &Union) -> String {
    let name = &union.name;
    let mut text = format!(
        "{HEADER}/// {}\n#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n#[serde(tag = \"type\")]\n#[non_exhaustive]\npub enum {name} {{\n",
        docs(name)
    );
    for (tag, record) in &union.branches {
        writeln!(text, "    /// `{tag}`\n    #[serde(rename = \"{tag}\")]\n    {record}(Box<super::{record}>),").unwrap();
    }
    text + "    /// A kind that the document does not list.\n    #[serde(untagged)]\n    Unlisted(serde_json::Value),\n}\n"
}
