//! What later versions say of a schema, as the normal form carries it: see [`keys`].

use super::facts::Composition;
use crate::api::model::{Json, NamePatterns};
use crate::api::schema_location::{join, Said, Source};
use crate::normalize::keys;
use openapiv3::Schema;

/// A schema that a key of the normal form names, or a boolean in its place.
#[derive(Clone, Debug)]
pub(in crate::api) enum Slot<'a> {
    Schema(Source<'a>),
    Anything(String),
    Nothing(String),
}

impl<'a> Slot<'a> {
    /// What a pointer, or a boolean, at this place says.
    fn read(at: String, value: &'a Json) -> Option<Self> {
        match value {
            Json::String(reference) => Some(Self::Schema(Source {
                pointer: at,
                said: Said::Reference(reference),
            })),
            Json::Bool(true) => Some(Self::Anything(at)),
            Json::Bool(false) => Some(Self::Nothing(at)),
            Json::Null | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

fn said<'a>(schema: &'a Schema, key: &str) -> Option<&'a Json> {
    schema.schema_data.extensions.get(key)
}

/// The schema of one key.
pub(super) fn slot<'a>(at: &str, schema: &'a Schema, key: &str) -> Option<Slot<'a>> {
    Slot::read(join(at, key), said(schema, key)?)
}

/// The schemas of the first items.
pub(super) fn prefix<'a>(at: &str, schema: &'a Schema) -> Vec<Slot<'a>> {
    let list = said(schema, keys::PREFIX_ITEMS).and_then(Json::as_array);
    let at = join(at, keys::PREFIX_ITEMS);
    let list = list.into_iter().flatten().enumerate();
    list.filter_map(|(index, item)| Slot::read(join(&at, &index.to_string()), item))
        .collect()
}

/// The schemas that hold under a condition: their properties may be there.
pub(super) fn conditional<'a>(at: &str, schema: &'a Schema) -> Vec<Source<'a>> {
    let single = [keys::THEN, keys::ELSE]
        .into_iter()
        .filter_map(|key| slot(at, schema, key));
    let map = said(schema, keys::DEPENDENT_SCHEMAS).and_then(Json::as_object);
    let map_at = join(at, keys::DEPENDENT_SCHEMAS);
    let map = map.into_iter().flatten();
    let map = map.filter_map(|(name, value)| Slot::read(join(&map_at, name), value));
    let mut sources = Vec::new();
    for slot in single.chain(map) {
        if let Slot::Schema(source) = slot {
            sources.push(source);
        }
    }
    sources
}

/// Whether an `enum` lists no value.
pub(super) fn has_empty_enum(schema: &Schema) -> bool {
    said(schema, keys::EMPTY_ENUM).is_some()
}

/// Whether the `type` is not the author's.
pub(super) fn has_assumed_type(schema: &Schema) -> bool {
    said(schema, keys::ASSUMED_TYPE).is_some()
}

/// Whether the value decides which members the schema speaks of: several branches may hold at once, or a condition.
pub(super) fn evaluates_by_case(schema: &Schema) -> bool {
    !Composition::of(schema).any_of.is_empty() || said(schema, keys::IF).is_some()
}

/// Whether a schema says what members are whose names match patterns.
pub(super) fn has_patterns(source: &Source) -> bool {
    source
        .schema()
        .is_some_and(|schema| said(schema, keys::PATTERNS).is_some())
}

/// Keys that say something of values beside [`conditional`] ones, and the keywords that they stand for.
const UNCHECKED: [(&str, &str); 6] = [
    (keys::CONTAINS, "contains"),
    (keys::IF, "if"),
    (keys::DEPENDENT_SCHEMAS, "dependentSchemas"),
    (keys::UNEVALUATED_ITEMS, "unevaluatedItems"),
    (keys::WIDENED, "patternProperties"),
    (keys::CONTENT_SCHEMA, "contentSchema"),
];

/// The keywords that no type says and nothing checks.
pub(super) fn unchecked(schema: &Schema) -> impl Iterator<Item = &'static str> + '_ {
    let found = UNCHECKED
        .iter()
        .filter(|(key, _)| said(schema, key).is_some());
    found.map(|(_, keyword)| *keyword)
}

/// Whether a key restricts the values of the schema, so that it is no mere wrapping.
pub(super) fn restricts(schema: &Schema) -> bool {
    let extensions = &schema.schema_data.extensions;
    let telling = [
        keys::DEPENDENT_REQUIRED,
        keys::PATTERNS,
        keys::PREFIX_ITEMS,
        keys::PROPERTY_NAMES,
        keys::UNEVALUATED_PROPERTIES,
        keys::THEN,
        keys::ELSE,
    ];
    !extensions.is_empty()
        && (telling.iter().any(|key| extensions.contains_key(*key))
            || unchecked(schema).next().is_some())
}

/// The exact text of a numeric bound.
pub(super) fn bound(schema: &Schema, key: &str) -> Option<String> {
    said(schema, key)?.as_str().map(str::to_owned)
}

/// Which members must be there where another one is (`dependentRequired`).
pub(super) fn dependent(schema: &Schema) -> Vec<(String, Vec<String>)> {
    let members = said(schema, keys::DEPENDENT_REQUIRED).and_then(Json::as_object);
    let rows = members.into_iter().flatten().map(|(name, needed)| {
        let needed = needed.as_array().into_iter().flatten();
        let needed = needed.filter_map(|name| name.as_str().map(str::to_owned));
        (name.clone(), needed.collect::<Vec<_>>())
    });
    rows.filter(|(_, needed)| !needed.is_empty()).collect()
}

/// The patterns of which each name of a member that is not declared matches one: nothing where others may be there.
pub(super) fn name_patterns(
    schema: &Schema,
    declared: impl Iterator<Item = String>,
) -> Vec<NamePatterns> {
    let closed = said(schema, keys::ONLY_PATTERNS).is_some();
    let patterns = said(schema, keys::PATTERNS).and_then(Json::as_array);
    let patterns = patterns.filter(|_| closed).map(|patterns| {
        let texts = patterns.iter().filter_map(Json::as_str);
        NamePatterns {
            declared: declared.collect(),
            patterns: texts.map(str::to_owned).collect(),
        }
    });
    patterns.into_iter().collect()
}
