//! Choices: the values of an `enum`, their names and their documentation.

use super::merge::{value_key, Merged};
use super::Lowering;
use crate::api::keywords::Keywords;
use crate::api::model::{Choice, ChoiceBase, ChoiceValue, Docs, Json, Shape};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use openapiv3::Schema;
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a, '_> {
    /// Returns the distinct values of an `enum` with their names.
    pub(super) fn choice_values(&mut self, merged: &Merged<'a>) -> Vec<ChoiceValue> {
        let listed = merged.values.as_deref().unwrap_or_default();
        let is_of_type = |value: &&Json| TypeSet::from_value(value).within(merged.types);
        let mut values: Vec<&Json> = listed.iter().filter(is_of_type).collect();
        if values.len() < listed.len() {
            let message = "some of these values are not of the declared type";
            self.report(codes::VALUE_OF_OTHER_TYPE, merged.pointer(), message);
        }
        if values.is_empty() {
            values = listed.iter().collect();
        }
        let labels = merged.enum_schema.map(Labels::new).unwrap_or_default();
        let mut seen = BTreeSet::new();
        values.retain(|wire| seen.insert(value_key(wire)));
        values.into_iter().map(|wire| labels.value(wire)).collect()
    }
}

/// Returns the shape of these values.
pub(super) fn shape(values: Vec<ChoiceValue>, open: bool) -> Shape {
    let base = match values.iter().map(|value| &value.wire).collect() {
        TypeSet::TEXT => ChoiceBase::Text,
        TypeSet::INTEGER => ChoiceBase::Integer,
        TypeSet::BOOL if values.len() > 1 => return Shape::Bool,
        TypeSet::BOOL => ChoiceBase::Bool,
        _ => ChoiceBase::Mixed,
    };
    Shape::Choice(Choice { values, base, open })
}

/// Returns the text of a value, without quotes.
pub(super) fn plain(value: &Json) -> String {
    let text = value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| value.to_string())
}

/// Names and descriptions of an `enum`'s values, by extensions in common use.
#[derive(Default)]
struct Labels<'a> {
    /// Positions of the values in the document's list.
    positions: BTreeMap<String, usize>,
    names: Option<&'a Json>,
    descriptions: Option<&'a Json>,
    /// `x-ms-enum.values`: objects with `value`, `name` and `description`, by value.
    details: BTreeMap<String, &'a Json>,
}

impl<'a> Labels<'a> {
    fn new(schema: &'a Schema) -> Self {
        let first = |keys: &[&str]| keys.iter().find_map(|key| schema.extension(key));
        let details = schema
            .extension("x-ms-enum")
            .and_then(|one| one.get("values")?.as_array())
            .into_iter()
            .flatten()
            .rev();
        let listed = schema.keywords().enumeration.iter().enumerate().rev();
        // In reverse, so that the first of equal values stays.
        Self {
            positions: listed.map(|(at, value)| (value_key(value), at)).collect(),
            names: first(&["x-enum-varnames", "x-enumNames", "x-enum-names"]),
            descriptions: first(&["x-enum-descriptions", "x-enumDescriptions"]),
            details: details
                .filter_map(|detail| Some((value_key(detail.get("value")?), detail)))
                .collect(),
        }
    }

    fn value(&self, wire: &Json) -> ChoiceValue {
        let details = self.details.get(&value_key(wire));
        let detail = |key: &str| details?.get(key)?.as_str().map(str::to_owned);
        let description = self.label(self.descriptions, wire);
        ChoiceValue {
            name: self.label(self.names, wire).or_else(|| detail("name")),
            docs: Docs {
                description: description.or_else(|| detail("description")),
                ..Docs::default()
            },
            wire: wire.clone(),
        }
    }

    /// Returns the label of a value: by its text in an object, by its position in a list.
    fn label(&self, labels: Option<&Json>, wire: &Json) -> Option<String> {
        let label = match labels? {
            Json::Object(map) => map.get(&plain(wire))?,
            Json::Array(list) => list.get(*self.positions.get(&value_key(wire))?)?,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return None,
        };
        let text = label.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}
