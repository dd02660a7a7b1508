//! Options beside a document, in the words of `typewright.toml`.

use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use typewright::{CallOptions, Dates, Options, OwnType, Replies, Via};

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Given {
    tests: bool,
    dates: String,
    lenient_formats: bool,
    replies: String,
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

/// The options that a text gives; none for none.
pub fn parse(text: &str) -> Options {
    let given: Given = toml::from_str(text).unwrap();
    let own = |types: IndexMap<String, String>, via| {
        let own = move |path| OwnType { path, via };
        types.into_iter().map(move |(key, path)| (key, own(path)))
    };
    let by_serde = own(given.types, Via::Serde);
    Options {
        tests: given.tests,
        dates: Dates::named(&given.dates).unwrap_or_default(),
        lenient_formats: given.lenient_formats,
        replies: match given.replies.as_str() {
            "lenient" => Replies::Lenient,
            _ => Replies::Strict,
        },
        lenient: given.lenient,
        rename: given.rename,
        strip_prefix: given.strip_prefix,
        types: by_serde.chain(own(given.text_types, Via::Text)).collect(),
        derive: given.derive,
        calls: CallOptions {
            versions: given.versions,
            streams: given.streams,
            pagination: given.pagination,
            full_operation_ids: given.full_operation_ids,
            empty_path: given.empty_path,
            ..CallOptions::default()
        },
        ..Options::default()
    }
}
