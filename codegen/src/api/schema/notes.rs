//! What is said of a schema beside its values: words, defaults, examples, direction.

use crate::api::model::{Access, Docs, Json};
use crate::normalize::keys;
use openapiv3::SchemaData;

/// The words of one schema.
fn docs(data: &SchemaData) -> Docs {
    Docs {
        title: data.title.clone(),
        description: data.description.clone(),
        deprecated: data.deprecated,
        link: data.external_docs.as_ref().map(|docs| docs.url.clone()),
    }
}

/// The words of several schemas about one thing: of each kind the first.
pub(super) fn all_docs(notes: &[&SchemaData]) -> Docs {
    notes
        .iter()
        .map(|data| docs(data))
        .reduce(|first, next| Docs {
            title: first.title.or(next.title),
            description: first.description.or(next.description),
            deprecated: first.deprecated || next.deprecated,
            link: first.link.or(next.link),
        })
        .unwrap_or_default()
}

/// The first default.
pub(super) fn default(notes: &[&SchemaData]) -> Option<Json> {
    notes.iter().find_map(|data| data.default.clone())
}

/// The examples of the first schema that has some.
pub(super) fn examples(notes: &[&SchemaData]) -> Vec<Json> {
    let of = |data: &&SchemaData| {
        let listed = data.extensions.get(keys::EXAMPLES).and_then(Json::as_array);
        listed.map_or_else(|| data.example.iter().cloned().collect(), Clone::clone)
    };
    let mut each = notes.iter().map(of);
    each.find(|examples: &Vec<Json>| !examples.is_empty())
        .unwrap_or_default()
}

/// The first `x-typewright-name`.
pub(super) fn name(notes: &[&SchemaData]) -> Option<String> {
    notes
        .iter()
        .find_map(|data| data.extensions.get(keys::NAME)?.as_str())
        .map(str::to_owned)
}

/// `x-ms-enum.name`: what the document calls the type of an `enum`, wherever it stands.
pub(super) fn enum_name(notes: &[&SchemaData]) -> Option<String> {
    let mut names = notes
        .iter()
        .filter_map(|data| data.extensions.get("x-ms-enum")?.get("name")?.as_str());
    names.next().map(str::to_owned)
}

/// In which direction values travel, when any of the schemas says so.
pub(super) fn access<'a>(mut notes: impl Iterator<Item = &'a SchemaData>) -> Access {
    notes
        .find_map(|data| match (data.read_only, data.write_only) {
            (true, false) => Some(Access::ReadOnly),
            (false, true) => Some(Access::WriteOnly),
            (true, true) | (false, false) => None,
        })
        .unwrap_or_default()
}
