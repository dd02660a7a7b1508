//! What several places say of one schema, drawn together: `allOf`, merged.

use super::extras::{self, Slot};
use super::facts::Facts;
use super::kinds::Kinds;
use super::limits::tighten;
use crate::api::model::{Constraints, Json};
use crate::api::schema_location::{join, Said, Source};
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Schema, SchemaData};
use std::collections::BTreeSet;

/// What several places say of one schema.
#[derive(Clone, Debug)]
pub(in crate::api) struct Merged<'a> {
    pub kinds: Kinds,
    pub format: Option<String>,
    /// The values that every `enum` lists, `null` taken out.
    pub values: Option<Vec<Json>>,
    /// The schema whose `enum` came last: it names the values.
    pub named_by: Option<&'a Schema>,
    /// What is said of each property, and where.
    pub properties: IndexMap<String, Vec<Source<'a>>>,
    pub required: BTreeSet<String>,
    pub rest: Additional<'a>,
    pub items: Vec<Source<'a>>,
    pub limits: Constraints,
    /// What the first items are.
    pub prefix: Vec<Slot<'a>>,
    /// What the names of members are.
    pub names: Option<Slot<'a>>,
    /// Schemas that hold under a condition.
    pub conditional: Vec<Source<'a>>,
    /// Keywords that no type says, by the pointer of the schema.
    pub unchecked: Vec<(String, &'static str)>,
    /// Each `oneOf` and `anyOf`.
    pub unions: Vec<Source<'a>>,
    /// Each `not`.
    pub nots: Vec<Source<'a>>,
    /// The schemas that were drawn together, as far as they say something themselves.
    pub parts: Vec<Source<'a>>,
    /// The annotations of the parts that are no references.
    pub annotations: Vec<&'a SchemaData>,
    /// Whether a part that is no reference allows `null`.
    own_null: bool,
    /// Whether every part that says something allows `null`; nothing where no part does.
    every_null: Option<bool>,
    /// Whether the keywords say no more than they say: without `type` they leave every type.
    literal: bool,
    /// Whether a part allows no value at all.
    pub impossible: bool,
    /// What could not be drawn together.
    pub troubles: Vec<Trouble>,
}

/// What the parts say of members that they do not list.
#[derive(Clone, Debug)]
pub(in crate::api) enum Additional<'a> {
    Unsaid,
    Closed,
    /// Any JSON: `additionalProperties: true` at this pointer.
    Any(String),
    Schemas(Vec<Source<'a>>),
}

/// What keeps parts from being drawn together.
#[derive(Clone, Debug)]
pub(in crate::api) enum Trouble {
    /// A `$ref` at this pointer leads nowhere.
    Unresolved(String, String),
    /// A `$ref` at this pointer leads back to itself.
    Circle(String),
    /// The schema at this pointer takes in more others than are followed.
    TooMany(String),
    /// What the schema at this pointer says cannot be together with what others say: the keyword.
    Contradiction(String, &'static str),
}

impl<'a> Merged<'a> {
    pub fn nothing(literal: bool) -> Self {
        Self {
            literal,
            impossible: false,
            kinds: Kinds::ALL,
            format: None,
            values: None,
            named_by: None,
            properties: IndexMap::new(),
            required: BTreeSet::new(),
            rest: Additional::Unsaid,
            items: Vec::new(),
            limits: Constraints::default(),
            prefix: Vec::new(),
            names: None,
            conditional: Vec::new(),
            unchecked: Vec::new(),
            unions: Vec::new(),
            nots: Vec::new(),
            parts: Vec::new(),
            annotations: Vec::new(),
            own_null: false,
            every_null: None,
            troubles: Vec::new(),
        }
    }

    /// Whether `null` is a value too.
    pub fn nullable(&self) -> bool {
        self.own_null || self.every_null.unwrap_or_default()
    }

    /// The pointer of the part that came last: where to report what is wrong with the whole.
    pub fn place(&self) -> &str {
        self.parts.last().map_or("", |part| &part.pointer)
    }

    /// Draws in what a schema says of itself; `own` where no reference led to it.
    pub fn absorb(&mut self, source: &Source<'a>, schema: &'a Schema, own: bool) {
        let facts = Facts::of(schema);
        self.absorb_null(&facts, &schema.schema_data, own);
        if own {
            self.annotations.push(&schema.schema_data);
        }
        if !(self.literal && extras::has_assumed_type(schema)) {
            self.absorb_kinds(source, &facts);
        }
        self.absorb_values(source, &facts, schema);
        self.impossible |= self.literal && extras::has_empty_enum(schema);
        self.format = facts.format.clone().or(self.format.take());
        tighten(&mut self.limits, &facts.limits);
        self.absorb_object(source, &facts);
        if let Some(items) = facts.items {
            let items = Source::boxed(join(&source.pointer, "items"), items);
            self.items.push(items);
        }
        if let Some(not) = facts.not {
            self.nots
                .push(Source::new(join(&source.pointer, "not"), not));
        }
        if facts.restricted {
            self.absorb_extras(&source.pointer, schema);
        }
        let part = if own {
            Said::Own(schema)
        } else {
            Said::Inherited(schema)
        };
        self.parts.push(source.part(part));
    }

    fn absorb_null(&mut self, facts: &Facts, data: &SchemaData, own: bool) {
        let listed = || facts.values.iter().flatten().any(Json::is_null);
        let allowed = data.nullable || listed() || facts.kinds == Kinds::NULL;
        self.own_null |= own && allowed;
        if !facts.is_bare() {
            self.every_null = Some(allowed && self.every_null.unwrap_or(true));
        }
    }

    fn absorb_kinds(&mut self, source: &Source<'a>, facts: &Facts) {
        let both = self.kinds.and(facts.kinds);
        if both != Kinds::NONE {
            self.kinds = both;
            return;
        }
        self.kinds = facts.kinds;
        self.values = None;
        self.format = None;
        self.contradiction(source, "type");
    }

    fn absorb_values(&mut self, source: &Source<'a>, facts: &Facts, schema: &'a Schema) {
        let Some(mut values) = facts.values.clone() else {
            return;
        };
        if values.iter().all(Json::is_null) {
            self.kinds = Kinds::NULL;
            return;
        }
        values.retain(|value| !value.is_null());
        if let Some(now) = &self.values {
            let both = common(now, &values);
            if both.is_empty() {
                self.contradiction(source, "enum");
            } else {
                values = both;
            }
        }
        self.values = Some(values);
        self.named_by = Some(schema);
    }

    fn absorb_object(&mut self, source: &Source<'a>, facts: &Facts<'a>) {
        for (name, property) in facts.properties.into_iter().flatten() {
            let pointer = join(&join(&source.pointer, "properties"), name);
            let said = self.properties.entry(name.clone()).or_default();
            if said.iter().all(|other| other.pointer != pointer) {
                said.push(Source::boxed(pointer, property));
            }
        }
        self.required.extend(facts.required.iter().cloned());
        let Some(additional) = facts.additional else {
            return;
        };
        let pointer = join(&source.pointer, "additionalProperties");
        if self.literal && extras::has_patterns(source) {
            // The schema stands for the patterns' own; what else may be there is not said in this form.
            self.rest = Additional::Any(pointer);
            return;
        }
        self.rest = match (
            std::mem::replace(&mut self.rest, Additional::Unsaid),
            additional,
        ) {
            (Additional::Closed, _) | (_, AdditionalProperties::Any(false)) => Additional::Closed,
            (Additional::Unsaid, AdditionalProperties::Any(true)) => Additional::Any(pointer),
            (rest, AdditionalProperties::Any(true)) => rest,
            (Additional::Schemas(mut list), AdditionalProperties::Schema(schema)) => {
                list.push(Source::new(pointer, schema));
                Additional::Schemas(list)
            }
            (Additional::Unsaid | Additional::Any(_), AdditionalProperties::Schema(schema)) => {
                Additional::Schemas(vec![Source::new(pointer, schema)])
            }
        };
    }

    fn absorb_extras(&mut self, at: &str, schema: &'a Schema) {
        let prefix = extras::prefix(at, schema);
        if !prefix.is_empty() {
            self.prefix = prefix;
        }
        self.names = extras::slot(at, schema, keys::PROPERTY_NAMES).or(self.names.take());
        self.conditional.extend(extras::conditional(at, schema));
        let unchecked = extras::unchecked(schema).map(|keyword| (at.to_owned(), keyword));
        self.unchecked.extend(unchecked);
        if extras::evaluates_by_case(schema) {
            if extras::slot(at, schema, keys::UNEVALUATED_PROPERTIES).is_some() {
                let unchecked = (at.to_owned(), "unevaluatedProperties");
                self.unchecked.push(unchecked);
            }
            return;
        }
        if let (Additional::Unsaid, Some(slot)) = (
            &self.rest,
            extras::slot(at, schema, keys::UNEVALUATED_PROPERTIES),
        ) {
            self.rest = match slot {
                Slot::Schema(source) => Additional::Schemas(vec![source]),
                Slot::Anything(pointer) => Additional::Any(pointer),
                Slot::Nothing(_) => Additional::Closed,
            };
        }
    }

    fn contradiction(&mut self, source: &Source, keyword: &'static str) {
        let trouble = Trouble::Contradiction(source.pointer.clone(), keyword);
        self.troubles.push(trouble);
    }

    /// The JSON types of the values: as said, or as the keywords suggest where nothing is said.
    pub fn inferred(&self) -> Kinds {
        if self.kinds != Kinds::ALL {
            return self.kinds;
        }
        if let Some(values) = &self.values {
            return values
                .iter()
                .fold(Kinds::NONE, |kinds, value| kinds | Kinds::of(value));
        }
        let limits = &self.limits;
        if self.literal {
            Kinds::ALL
        } else if self.says_object() {
            Kinds::OBJECT
        } else if self.says_list() {
            Kinds::LIST
        } else if !limits.patterns.is_empty() || limits.min_length.or(limits.max_length).is_some() {
            Kinds::TEXT
        } else if limits.minimum.is_some()
            || limits.maximum.is_some()
            || !limits.multiples_of.is_empty()
        {
            Kinds::NUMBER
        } else {
            Kinds::ALL
        }
    }

    /// Whether a keyword about objects is there.
    pub fn says_object(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !matches!(self.rest, Additional::Unsaid)
            || self.names.is_some()
            || self.limits.min_properties.is_some()
            || self.limits.max_properties.is_some()
    }

    /// Whether a keyword about lists is there.
    pub fn says_list(&self) -> bool {
        !self.items.is_empty()
            || !self.prefix.is_empty()
            || self.limits.min_items.or(self.limits.max_items).is_some()
    }

    /// Whether nothing is said of the values but their type, unions aside.
    pub fn is_bare_but_type(&self) -> bool {
        self.values.is_none()
            && self.format.is_none()
            && self.items.is_empty()
            && self.prefix.is_empty()
            && self.conditional.is_empty()
            && self.nots.is_empty()
            && self.limits == Constraints::default()
            && !self.says_object()
    }
}

/// The values of a list that are in the other one too.
fn common(now: &[Json], more: &[Json]) -> Vec<Json> {
    let more: BTreeSet<String> = more.iter().map(identity).collect();
    let both = now.iter().filter(|value| more.contains(&identity(value)));
    both.cloned().collect()
}

/// A text that two values share where they are [the same](same).
pub(in crate::api) fn identity(value: &Json) -> String {
    match value.as_f64().filter(|_| value.is_f64()) {
        // As a whole number is written that is equal.
        Some(number) => format!("{number}"),
        None => value.to_string(),
    }
}

/// Whether two values are one in JSON Schema: `1` and `1.0` are.
pub(in crate::api) fn same(one: &Json, other: &Json) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(a), Some(b)) if one.is_f64() || other.is_f64() => a == b,
        _ => one == other,
    }
}
