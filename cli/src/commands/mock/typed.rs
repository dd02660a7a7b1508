//! Values that are sent as text, with the types of their schemas.

use super::styles::{split, Kind};
use serde_json::{Number, Value};
use typewright::api::check::Checker;
use typewright::api::model::{
    AdditionalProperties, Api, Choice, ChoiceBase, Object, Schema, SchemaId, Shape, Style, Use,
};

/// Maximum depth of schemas in schemas that is looked into.
const MAX_DEPTH: usize = 64;

/// Gives strings the types of their schemas.
#[derive(Clone, Copy, Debug)]
pub struct Typing<'a> {
    /// The API of the schemas.
    pub api: &'a Api,
    /// Checks which variant of a union a text is of.
    pub checker: Checker<'a>,
}

impl<'a> Typing<'a> {
    /// Returns the kinds of values of a schema, those with parts first; a scalar if any value is allowed.
    pub fn kinds(&self, used: &Use) -> Vec<Kind> {
        let mut kinds = Vec::new();
        self.add_kinds(used.schema, 0, &mut kinds);
        [Kind::Object, Kind::List, Kind::Scalar]
            .into_iter()
            .filter(|kind| kinds.contains(kind))
            .collect()
    }

    fn add_kinds(&self, id: SchemaId, depth: usize, kinds: &mut Vec<Kind>) {
        let Some(schema) = self.api.schemas.get(id).filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        match &schema.shape {
            Shape::List(_) | Shape::Tuple(_) => kinds.push(Kind::List),
            Shape::Object(_) => kinds.push(Kind::Object),
            Shape::Alias(used) => self.add_kinds(used.schema, depth + 1, kinds),
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.add_kinds(variant.value.schema, depth + 1, kinds);
                }
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_) => kinds.push(Kind::Scalar),
        }
    }

    /// Returns the objects that values of a schema may be.
    pub fn objects(&self, used: &Use) -> Vec<&'a Object> {
        let mut objects = Vec::new();
        self.add_objects(used.schema, 0, &mut objects);
        objects
    }

    fn add_objects(&self, id: SchemaId, depth: usize, objects: &mut Vec<&'a Object>) {
        let Some(schema) = self.api.schemas.get(id).filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        match &schema.shape {
            Shape::Object(object) => objects.push(object),
            Shape::Alias(used) => self.add_objects(used.schema, depth + 1, objects),
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.add_objects(variant.value.schema, depth + 1, objects);
                }
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_)
            | Shape::List(_)
            | Shape::Tuple(_) => {}
        }
    }

    /// Returns the value that the strings of a value stand for; lists within a list are split by `nested` styles.
    pub fn typed(&self, used: &Use, value: Value, nested: &[Style]) -> Value {
        self.at(used, value, nested, 0)
    }

    fn at(&self, used: &Use, value: Value, nested: &[Style], depth: usize) -> Value {
        let schema = self.api.schemas.get(used.schema).filter(|_| depth < MAX_DEPTH);
        let Some(schema) = schema else {
            return value;
        };
        match (&schema.shape, value) {
            (Shape::Alias(used), value) => self.at(used, value, nested, depth + 1),
            (Shape::Union(union), value) => {
                let typed = union.variants.iter().filter_map(|variant| {
                    let typed = self.at(&variant.value, value.clone(), nested, depth + 1);
                    self.checker.accepts(&variant.value, &typed).then_some(typed)
                });
                let first = { typed }.next();
                first.unwrap_or(value)
            }
            (Shape::List(list), Value::Array(items)) => {
                let inner = |item| {
                    self.at(
                        &list.item,
                        self.nested(&list.item, item, nested),
                        nested.get(1..).unwrap_or_default(),
                        depth + 1,
                    )
                };
                items.into_iter().map(inner).collect()
            }
            (Shape::Tuple(tuple), Value::Array(items)) => {
                let uses = tuple
                    .items
                    .iter()
                    .map(Some)
                    .chain(std::iter::repeat(tuple.additional.as_ref()));
                let pairs = items.into_iter().zip(uses);
                pairs
                    .map(|(item, used)| match used {
                        Some(used) => self.at(used, item, &[], depth + 1),
                        None => item,
                    })
                    .collect()
            }
            (Shape::Object(object), Value::Object(members)) => {
                let member = |(name, value): (String, Value)| {
                    let value = match member_use(object, &name) {
                        Some(used) => self.at(used, value, &[], depth + 1),
                        None => value,
                    };
                    (name, value)
                };
                members.into_iter().map(member).collect()
            }
            (_, Value::String(text)) => self.scalar(schema, used, text),
            (_, other) => other,
        }
    }

    /// Splits the text of a list within a list.
    fn nested(&self, item: &Use, value: Value, nested: &[Style]) -> Value {
        let is_list = self.kinds(item) == [Kind::List];
        match (value, nested.first()) {
            (Value::String(text), Some(style)) if is_list => {
                split(*style, &text).into_iter().map(Value::from).collect()
            }
            (value, _) => value,
        }
    }

    fn scalar(&self, schema: &Schema, used: &Use, text: String) -> Value {
        let typed = match &schema.shape {
            Shape::Integer(_) | Shape::Number(_) => number(&text),
            Shape::Bool => text.parse::<bool>().ok().map(Value::from),
            Shape::Null => matches!(text.as_str(), "" | "null").then_some(Value::Null),
            Shape::Choice(choice) => listed(choice, &text),
            // Arrays and objects within others are JSON.
            Shape::List(_) | Shape::Tuple(_) | Shape::Object(_) => serde_json::from_str(&text).ok(),
            Shape::Any(_) | Shape::Never | Shape::Text(_) | Shape::Union(_) | Shape::Alias(_) => {
                None
            }
        };
        let is_nullable = used.nullable || schema.nullable;
        let null = || {
            let is_text = matches!(schema.shape, Shape::Text(_) | Shape::Any(_));
            let is_null = is_nullable && !is_text && matches!(text.as_str(), "" | "null");
            is_null.then_some(Value::Null)
        };
        typed.or_else(null).unwrap_or(Value::String(text))
    }
}

fn member_use<'a>(object: &'a Object, name: &str) -> Option<&'a Use> {
    match (object.properties.get(name), &object.additional) {
        (Some(property), _) => Some(&property.value),
        (None, AdditionalProperties::Retained(used)) => Some(used),
        (None, AdditionalProperties::Ignored | AdditionalProperties::Forbidden) => None,
    }
}

/// Returns the text of a value: a string as it is, others as JSON.
pub fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn number(text: &str) -> Option<Value> {
    serde_json::from_str::<Number>(text).ok().map(Value::Number)
}

/// Returns the value of a choice that a text stands for.
fn listed(choice: &Choice, text: &str) -> Option<Value> {
    let mut values = choice.values.iter().map(|listed| &listed.wire);
    let other = || match choice.base {
        ChoiceBase::Integer => number(text),
        ChoiceBase::Bool => text.parse::<bool>().ok().map(Value::from),
        ChoiceBase::Text | ChoiceBase::Mixed => None,
    };
    values.find(|value| text_of(value) == text).cloned().or_else(other)
}
