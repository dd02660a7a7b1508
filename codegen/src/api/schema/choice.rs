//! `enum`: a list of values, their names and their words.

use super::facts::Facts;
use super::kinds::Kinds;
use super::merged::{identity, Merged};
use super::Lowering;
use crate::api::model::{Choice, ChoiceBase, ChoiceValue, Docs, Json, Shape};
use crate::diagnostics::codes::api as codes;
use openapiv3::Schema;
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a, '_> {
    /// The shape of an `enum`.
    pub(super) fn choice(&mut self, merged: &Merged<'a>) -> Shape {
        let values = self.choice_values(merged);
        shape(values, false)
    }

    /// The values of an `enum` with their names, each once.
    pub(super) fn choice_values(&mut self, merged: &Merged<'a>) -> Vec<ChoiceValue> {
        let listed = merged.values.as_deref().unwrap_or_default();
        let of_type = |value: &&Json| Kinds::of(value).within(merged.kinds);
        let mut kept: Vec<&Json> = listed.iter().filter(of_type).collect();
        if kept.len() < listed.len() {
            let at = merged.place();
            let at = at.to_owned();
            let message =
                "not all of the values listed here are of the type that is said beside them";
            self.report(codes::VALUE_OF_OTHER_TYPE, &at, message);
        }
        if kept.is_empty() {
            kept = listed.iter().collect();
        }
        let labels = merged.named_by.map(Labels::of).unwrap_or_default();
        let mut seen = BTreeSet::new();
        kept.retain(|wire| seen.insert(identity(wire)));
        kept.into_iter().map(|wire| labels.value(wire)).collect()
    }
}

/// The shape of these values.
pub(super) fn shape(values: Vec<ChoiceValue>, open: bool) -> Shape {
    let kinds = values
        .iter()
        .fold(Kinds::NONE, |kinds, value| kinds | Kinds::of(&value.wire));
    let base = match kinds {
        Kinds::TEXT => ChoiceBase::Text,
        Kinds::INTEGER => ChoiceBase::Integer,
        Kinds::BOOL if values.len() > 1 => return Shape::Bool,
        Kinds::BOOL => ChoiceBase::Bool,
        _ => ChoiceBase::Mixed,
    };
    Shape::Choice(Choice { values, base, open })
}

/// A value as the text that stands for it: without quotes where it is text itself.
pub(super) fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// What extensions say of the values of an `enum`.
#[derive(Default)]
struct Labels<'a> {
    /// The places of the values in the document's list.
    listed: BTreeMap<String, usize>,
    names: Option<&'a Json>,
    descriptions: Option<&'a Json>,
    /// `x-ms-enum.values`: objects with `value`, `name` and `description`, by the value.
    detailed: BTreeMap<String, &'a Json>,
}

/// The first place of each value.
fn places(values: &[Json]) -> BTreeMap<String, usize> {
    let places = values.iter().enumerate().rev();
    places.map(|(at, value)| (identity(value), at)).collect()
}

fn by_value(detail: &Json) -> Option<(String, &Json)> {
    Some((identity(detail.get("value")?), detail))
}

impl<'a> Labels<'a> {
    fn of(schema: &'a Schema) -> Self {
        let extensions = &schema.schema_data.extensions;
        let first = |keys: &[&str]| keys.iter().find_map(|key| extensions.get(*key));
        let detailed = extensions
            .get("x-ms-enum")
            .and_then(|detail| detail.get("values"))
            .and_then(Json::as_array);
        Self {
            listed: places(&Facts::of(schema).values.unwrap_or_default()),
            names: first(&["x-enum-varnames", "x-enumNames", "x-enum-names"]),
            descriptions: first(&["x-enum-descriptions", "x-enumDescriptions"]),
            detailed: detailed
                .into_iter()
                .flatten()
                .rev()
                .filter_map(by_value)
                .collect(),
        }
    }

    fn value(&self, wire: &Json) -> ChoiceValue {
        let detail = self.detailed.get(&identity(wire));
        let detail = |key: &str| detail?.get(key)?.as_str().map(str::to_owned);
        ChoiceValue {
            name: self.label(self.names, wire).or_else(|| detail("name")),
            docs: Docs {
                description: self
                    .label(self.descriptions, wire)
                    .or_else(|| detail("description")),
                ..Docs::default()
            },
            wire: wire.clone(),
        }
    }

    /// The label of a value: by the value's text in an object, by its place in a list.
    fn label(&self, labels: Option<&Json>, wire: &Json) -> Option<String> {
        let label = match labels? {
            Json::Object(map) => map.get(&plain(wire))?,
            Json::Array(list) => list.get(*self.listed.get(&identity(wire))?)?,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return None,
        };
        let label = label.as_str()?.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}
