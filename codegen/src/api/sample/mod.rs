//! Sample values to send, or to receive: the document's own examples if they fit, else made from the schema.

mod fits;
mod scalars;

use super::model::{
    Access, AdditionalProperties, Api, Constraints, Json, List, Object, Schema, SchemaId, Shape,
    TagType, Tagging, TextFormat, Union, Use, Variant,
};

/// Maximum depth of values in values; deeper ones have no optional properties.
const MAX_DEPTH: usize = 6;

/// Maximum number of items or properties added to reach a minimum.
const MAX_COUNT: usize = 100;

type Members = serde_json::Map<String, Json>;

/// Creates sample values of one document's schemas.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'a> {
    api: &'a Api,
    /// `true` to include optional properties.
    all: bool,
    /// `true` if the values are sent as text, in which `1` is both a number and a text.
    as_text: bool,
    /// Access of the properties that the values do not have.
    absent: Access,
}

/// Position of a sample value.
#[derive(Clone, Copy, Debug)]
struct Position<'h> {
    depth: usize,
    /// Value at this position in the example of an outer schema.
    hint: Option<&'h Json>,
}

impl<'h> Position<'h> {
    fn inner(self, hint: Option<&'h Json>) -> Self {
        let depth = self.depth + 1;
        Self { depth, hint }
    }
}

impl<'a> Sampler<'a> {
    /// Creates values with required properties only.
    pub fn required(api: &'a Api) -> Self {
        Self { api, all: false, as_text: false, absent: Access::ReadOnly }
    }

    /// Creates values with all properties.
    pub fn everything(api: &'a Api) -> Self {
        Self { all: true, ..Self::required(api) }
    }

    /// Creates values that are sent as text: parameters.
    pub fn as_text(self) -> Self {
        Self { as_text: true, ..self }
    }

    /// Creates values that are received: responses.
    pub fn received(self) -> Self {
        Self { absent: Access::WriteOnly, ..self }
    }

    /// Returns a value for a use site; `None` if none is valid.
    pub fn value(&self, used: &Use) -> Option<Json> {
        let (depth, hint) = (0, None);
        self.at_use(used, Position { depth, hint })
    }

    fn at_use(&self, used: &Use, at: Position<'_>) -> Option<Json> {
        let hints = at.hint.into_iter().chain(&used.examples).chain(&used.default);
        self.of_schema(used.schema, &hints.collect::<Vec<_>>(), at.depth)
    }

    fn of_schema(&self, id: SchemaId, hints: &[&Json], depth: usize) -> Option<Json> {
        let schema = self.api.schemas.get(id)?;
        let hints: Vec<_> =
            hints.iter().copied().chain(&schema.examples).chain(&schema.default).collect();
        let hint = hints.iter().copied().find(|hint| self.fits(schema, hint, depth));
        if depth > MAX_DEPTH {
            return hint.cloned();
        }
        match (&schema.shape, hint) {
            (Shape::Alias(next), None) => self.of_schema(next.schema, &hints, depth + 1),
            _ => self.create(schema, Position { depth, hint }),
        }
    }

    /// Creates a value of a schema; a hint fits it.
    fn create(&self, schema: &Schema, at: Position<'_>) -> Option<Json> {
        let constraints = &schema.constraints;
        let hint = at.hint.cloned();
        match &schema.shape {
            Shape::Object(object) => self.object(object, constraints, at),
            Shape::List(list) => self.list(list, constraints, at),
            Shape::Tuple(tuple) => hint.or_else(|| {
                let items = tuple.items.iter().map(|item| self.at_use(item, at.inner(None)));
                items.collect::<Option<Vec<_>>>().map(Json::Array)
            }),
            Shape::Union(union) => self.union(union, at),
            Shape::Alias(next) => self.at_use(next, at.inner(at.hint)),
            Shape::Never => None,
            Shape::Null => Some(Json::Null),
            Shape::Bool => hint.or(Some(Json::Bool(true))),
            Shape::Integer(_) => hint.or_else(|| scalars::integer(constraints)),
            Shape::Number(_) => hint.or_else(|| scalars::number(constraints)),
            Shape::Text(format) => {
                hint.or_else(|| Some(Json::from(scalars::text(format, constraints))))
            }
            Shape::Choice(choice) => {
                hint.or_else(|| choice.values.first().map(|value| value.wire.clone()))
            }
            Shape::Any(_) => hint.or_else(|| Some(Json::from("text"))),
        }
    }

    fn list(&self, list: &List, constraints: &Constraints, at: Position<'_>) -> Option<Json> {
        let example = at.hint.and_then(Json::as_array);
        let bound = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
        let least = constraints.min_items.map_or(0, bound).min(MAX_COUNT);
        let most = constraints.max_items.map_or(usize::MAX, bound);
        let mut items: Vec<Json> = Vec::new();
        for index in 0..example.map_or(1, Vec::len).max(least).min(most) {
            let hint = example.and_then(|example| example.get(index));
            let Some(mut item) = self.at_use(&list.item, at.inner(hint)) else {
                break;
            };
            if constraints.unique_items && items.contains(&item) {
                item = (index..index + 16)
                    .filter_map(|index| self.another(list.item.schema, &item, index))
                    .find(|other| !items.contains(other))?;
            }
            items.push(item);
        }
        (items.len() >= least).then_some(Json::Array(items))
    }

    /// Returns a value that differs from the first one.
    fn another(&self, item: SchemaId, first: &Json, index: usize) -> Option<Json> {
        let schema = self.api.schemas.get(item)?;
        match (&schema.shape, first) {
            (Shape::Choice(choice), _) => choice.values.get(index).map(|value| value.wire.clone()),
            (Shape::Alias(next), _) => self.another(next.schema, first, index),
            (Shape::Text(format), Json::String(first)) => {
                scalars::another_text(format, &schema.constraints, first, index).map(Json::from)
            }
            (_, Json::String(text)) => Some(Json::from(format!("{text}{index}"))),
            (_, Json::Number(number)) => {
                Some(Json::from(number.as_u64()? + u64::try_from(index).ok()?))
            }
            (_, Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_)) => None,
        }
    }

    /// Returns a value of the variant that the hint fits; else of the first variant whose value fits no other, as
    /// `oneOf` demands.
    fn union(&self, union: &Union, at: Position<'_>) -> Option<Json> {
        let depth = at.depth + 1;
        let fits = |used: &Use, value: &Json| {
            self.api.schemas.get(used.schema).is_some_and(|schema| {
                let as_text = || Json::from(value.to_string());
                self.fits(schema, value, depth)
                    || self.as_text && !value.is_string() && self.fits(schema, &as_text(), depth)
            })
        };
        let variants = || union.variants.iter().map(|variant| &variant.value);
        let hinted = at.hint.and_then(|hint| variants().find(|used| fits(used, hint)));
        if let Some(used) = hinted {
            return self.at_use(used, at.inner(at.hint));
        }
        let all = union.variants.iter();
        let values: Vec<_> = all.filter_map(|variant| self.variant(union, variant, at)).collect();
        let is_unambiguous =
            |value: &Json| variants().filter(|used| fits(used, value)).count() == 1;
        let index = values.iter().position(is_unambiguous).unwrap_or_default();
        values.into_iter().nth(index)
    }

    /// Returns a value of a variant, with one of its tags unless the variant lists others itself.
    fn variant(&self, union: &Union, variant: &Variant, at: Position<'_>) -> Option<Json> {
        let mut value = self.at_use(&variant.value, at.inner(None))?;
        let Tagging::Property { name, tag: TagType::Text, .. } = &union.tagging else {
            return Some(value);
        };
        let (member, tag) = (value.get_mut(name), variant.tags.first());
        if let (Some(Json::String(text)), Some(tag)) = (member, tag) {
            if !variant.tags.contains(text) && self.is_any_text(variant.value.schema, name) {
                text.clone_from(tag);
            }
        }
        Some(value)
    }

    /// `true` if a property of an object is any text.
    fn is_any_text(&self, id: SchemaId, name: &str) -> bool {
        let shape = |id| self.api.schemas.resolved(id).map(|schema| &schema.shape);
        let Some(Shape::Object(object)) = shape(id) else {
            return false;
        };
        let property = object.properties.get(name).and_then(|one| shape(one.value.schema));
        matches!(property, Some(Shape::Text(TextFormat::Plain)))
    }

    fn object(&self, object: &Object, constraints: &Constraints, at: Position<'_>) -> Option<Json> {
        let example = at.hint.and_then(Json::as_object);
        let most = constraints.max_properties.unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut members = Members::new();
        let present = || {
            let properties = object.properties.iter();
            properties.filter(|(_, property)| property.value.access != self.absent)
        };
        for (name, property) in present() {
            let hint = example.and_then(|example| example.get(name));
            let is_full = members.len() >= most;
            let is_included = || !is_full && self.is_included(object, name, hint, at, &members);
            if !property.required && !is_included() {
                continue;
            }
            match self.at_use(&property.value, at.inner(hint)) {
                Some(value) => drop(members.insert(name.clone(), value)),
                None if property.required => return None,
                None => {}
            }
        }
        let least = constraints.min_properties.unwrap_or_default();
        let least = usize::try_from(least).unwrap_or_default();
        for (name, property) in present() {
            if members.len() < least && !members.contains_key(name) {
                let value = self.at_use(&property.value, at.inner(None));
                members.extend(value.map(|value| (name.clone(), value)));
            }
        }
        self.add_additional(object, least, at, &mut members);
        (members.len() >= least).then_some(Json::Object(members))
    }

    /// `true` if an optional property is included: those of an example, else all that do not exclude each other.
    fn is_included(
        &self,
        object: &Object,
        name: &str,
        hint: Option<&Json>,
        at: Position<'_>,
        members: &Members,
    ) -> bool {
        let groups = || {
            let groups = object.exclusive_groups.iter();
            groups.filter(|group| group.members.iter().any(|member| member == name))
        };
        let is_excluded =
            groups().any(|group| group.members.iter().any(|name| members.contains_key(name)));
        let is_needed = self.all || groups().any(|group| group.required);
        !is_excluded && is_needed && (at.hint.is_none() || hint.is_some())
    }

    /// Adds properties that the schema does not declare: those of the example, or one for a map.
    fn add_additional(
        &self,
        object: &Object,
        least: usize,
        at: Position<'_>,
        members: &mut Members,
    ) {
        let AdditionalProperties::Retained(used) = &object.additional else {
            return;
        };
        let example = at.hint.and_then(Json::as_object);
        if let (Some(example), true) = (example, self.all) {
            let additional = example.clone().into_iter();
            let is_undeclared = |name: &str| !object.properties.contains_key(name);
            members.extend(additional.filter(|(name, _)| is_undeclared(name)));
            return;
        }
        let is_map = object.properties.is_empty();
        let least = least.min(MAX_COUNT);
        let mut number = 1;
        while members.len() < least || is_map && self.all && members.is_empty() {
            let Some(value) = self.at_use(used, at.inner(None)) else {
                return;
            };
            members.insert(format!("key{number}"), value);
            number += 1;
        }
    }
}
