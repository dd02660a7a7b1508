//! Merging: the keywords of all sources of one schema together, with `allOf` and references resolved.

use super::unions::Alternatives;
use crate::api::keywords::{Annotations, Keywords, Subschema};
use crate::api::model::{Constraints, ExclusiveGroup, Json};
use crate::api::resolve::Resolver;
use crate::api::schema_source::{join, Part, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Maximum number of sources merged into one schema, references included. A chain in which each schema inherits from
/// all before it would repeat their properties without end.
const MAX_SOURCES: usize = 600;

/// Keywords of one schema, merged from all its sources.
#[derive(Clone, Debug, Default)]
pub(in crate::api) struct Merged<'a> {
    pub types: TypeSet,
    pub format: Option<String>,
    /// Values in every `enum`, without `null`.
    pub values: Option<Vec<Json>>,
    /// Schema with the last `enum`, whose extensions name the values.
    pub enum_schema: Option<&'a Schema>,
    /// Sources of each property.
    pub properties: IndexMap<String, Vec<SchemaSource<'a>>>,
    pub required: BTreeSet<String>,
    pub additional: Additional<'a>,
    pub items: Vec<SchemaSource<'a>>,
    pub prefix_items: Vec<Subschema<'a>>,
    pub property_names: Option<Subschema<'a>>,
    pub constraints: Constraints,
    /// Schemas that apply under a condition.
    pub conditional: Vec<SchemaSource<'a>>,
    /// Keywords that neither a type nor a check covers, with the pointers of their schemas.
    pub unchecked: Vec<(String, &'static str)>,
    /// Each `oneOf` and `anyOf`.
    pub unions: Vec<Alternatives<'a>>,
    /// Groups of properties of which at most one may be present, by unions and `not`.
    pub exclusive_groups: Vec<ExclusiveGroup>,
    /// Each `not`.
    pub nots: Vec<SchemaSource<'a>>,
    /// Sources with keywords of their own.
    pub parts: Vec<SchemaSource<'a>>,
    /// Annotations of the sources that are not references.
    pub annotations: Annotations<'a>,
    /// `true` if no value is valid.
    pub impossible: bool,
    /// Obstacles to merging.
    pub problems: Vec<Problem>,
    /// `true` if a source that is not a reference, or a branch of a union, allows `null`.
    pub allows_null: bool,
    /// `true` if every source with keywords allows `null`; `None` if no source has keywords.
    all_allow_null: Option<bool>,
    /// `true` if other keywords imply the types, and no source declares them.
    has_assumed_type: bool,
    /// `true` to infer no type from keywords.
    literal: bool,
}

/// `additionalProperties` of merged sources.
#[derive(Clone, Debug, Default)]
pub(in crate::api) enum Additional<'a> {
    #[default]
    Unspecified,
    Forbidden,
    /// `true` at this pointer.
    Any(String),
    Schemas(Vec<SchemaSource<'a>>),
}

/// An obstacle to merging.
#[derive(Clone, Debug)]
pub(in crate::api) enum Problem {
    /// The `$ref` at this pointer has no target.
    Unresolved(String, String),
    /// The `$ref` at this pointer refers to itself.
    Cycle(String),
    /// The schema at this pointer inherits from too many others.
    TooMany(String),
    /// A keyword of the schema at this pointer allows no value that the other sources allow.
    Contradiction(String, &'static str),
}

/// Walks references and `allOf` with a stack of its own, so that no chain of them overflows the call stack.
struct Merger<'a> {
    resolver: Resolver<'a>,
    merged: Merged<'a>,
    visited: BTreeSet<String>,
    stack: Vec<Step<'a>>,
    cycle: Option<String>,
}

/// A pending step; the flag is `true` if no reference led there.
enum Step<'a> {
    Enter(SchemaSource<'a>, bool),
    Absorb(SchemaSource<'a>, &'a Schema, bool),
    Union(SchemaSource<'a>, bool),
}

/// Merges sources: first those that they inherit from, in the document's order, then the sources themselves.
pub(in crate::api) fn merge<'a>(
    resolver: Resolver<'a>,
    sources: &[SchemaSource<'a>],
) -> Merged<'a> {
    let mut merger = Merger {
        resolver,
        merged: Merged { literal: resolver.literal, ..Merged::default() },
        visited: BTreeSet::new(),
        stack: Vec::new(),
        cycle: None,
    };
    for source in sources.iter().rev() {
        if let Part::Direct(_) | Part::Inherited(_) = source.part {
            merger.visited.insert(source.pointer.clone());
        }
        merger.stack.push(Step::Enter(source.clone(), true));
    }
    while let Some(step) = merger.stack.pop() {
        if merger.visited.len() > MAX_SOURCES {
            let first = sources.first().map(|source| source.pointer.clone());
            merger.merged.problems.push(Problem::TooMany(first.unwrap_or_default()));
            break;
        }
        match step {
            Step::Enter(source, direct) => merger.enter(source, direct),
            Step::Absorb(source, schema, direct) => merger.merged.absorb(&source, schema, direct),
            Step::Union(source, direct) => {
                if direct || !merger.is_visited_branch_of(&source) {
                    merger.merged.unions.push(Alternatives::new(source));
                }
            }
        }
    }
    let mut merged = merger.merged;
    if merged.parts.is_empty() {
        merged.problems.extend(merger.cycle.map(Problem::Cycle));
    }
    merged
}

/// Merges a single source.
pub(in crate::api) fn merge_one<'a>(
    resolver: Resolver<'a>,
    source: &SchemaSource<'a>,
) -> Merged<'a> {
    merge(resolver, std::slice::from_ref(source))
}

impl<'a> Merger<'a> {
    fn enter(&mut self, source: SchemaSource<'a>, direct: bool) {
        match source.part {
            Part::Reference(reference) => {
                self.follow(source, reference, self.resolver.schema(reference));
            }
            Part::Component(name) => {
                self.follow(source, name, self.resolver.component_schema(name));
            }
            Part::Whole(schema) => {
                if self.visited.insert(source.pointer.clone()) {
                    self.expand(source, schema, direct);
                } else {
                    self.cycle = Some(source.pointer);
                }
            }
            Part::Direct(schema) => self.merged.absorb(&source, schema, direct),
            Part::Inherited(schema) => self.merged.absorb(&source, schema, false),
            Part::OneOf(_) | Part::AnyOf(_) => self.merged.unions.push(Alternatives::new(source)),
        }
    }

    fn follow(
        &mut self,
        source: SchemaSource<'a>,
        reference: &str,
        target: Option<SchemaSource<'a>>,
    ) {
        if !self.visited.insert(source.pointer.clone()) {
            self.cycle = Some(source.pointer);
        } else if let Some(target) = target {
            self.stack.push(Step::Enter(target, false));
        } else {
            let problem = Problem::Unresolved(source.pointer, reference.to_owned());
            self.merged.problems.push(problem);
        }
    }

    /// Pushes the parts of a schema, the last first.
    fn expand(&mut self, source: SchemaSource<'a>, schema: &'a Schema, direct: bool) {
        let keywords = schema.keywords();
        if !keywords.any_of.is_empty() {
            let union = source.with_part(Part::AnyOf(schema));
            self.stack.push(Step::Union(union, direct));
        }
        if !keywords.one_of.is_empty() {
            let union = source.with_part(Part::OneOf(schema));
            self.stack.push(Step::Union(union, direct));
        }
        let parents = SchemaSource::list(&source.pointer, "allOf", &keywords.all_of);
        self.stack.push(Step::Absorb(source, schema, direct));
        let parents = parents.into_iter().rev();
        self.stack.extend(parents.map(|parent| Step::Enter(parent, direct)));
    }

    /// `true` if a branch of an inherited union is being merged: the union concerns the parent, not this schema.
    fn is_visited_branch_of(&self, union: &SchemaSource<'a>) -> bool {
        let keywords = union.schema().map(Keywords::keywords);
        let branches = keywords.map(|keywords| keywords.one_of.iter().chain(&keywords.any_of));
        branches.into_iter().flatten().any(|branch| match branch {
            ReferenceOr::Reference { reference } => {
                let pointer = reference.strip_prefix('#');
                pointer.is_some_and(|pointer| self.visited.contains(pointer))
            }
            ReferenceOr::Item(_) => false,
        })
    }
}

impl<'a> Merged<'a> {
    /// `true` if `null` is valid.
    pub fn nullable(&self) -> bool {
        self.allows_null || self.all_allow_null.unwrap_or_default()
    }

    /// Returns the pointer of the last source, at which problems of the whole are reported.
    pub fn pointer(&self) -> &str {
        self.parts.last().map_or("", |part| &part.pointer)
    }

    /// Merges the direct keywords of a schema; its annotations too if it is `direct`, not reached through a reference.
    fn absorb(&mut self, source: &SchemaSource<'a>, schema: &'a Schema, direct: bool) {
        let keywords = schema.keywords();
        self.absorb_null(schema, direct);
        if direct {
            self.annotations.0.push(&schema.schema_data);
        }
        let is_assumed = schema.extension(keys::ASSUMED_TYPE).is_some();
        if !(self.literal && is_assumed) {
            self.absorb_types(source, schema.types(), is_assumed);
        }
        self.absorb_values(source, schema);
        self.impossible |= self.literal && schema.extension(keys::EMPTY_ENUM).is_some();
        self.format = keywords.format.clone().or(self.format.take());
        tighten(&mut self.constraints, schema.constraints());
        self.absorb_object(source, schema);
        let pointer = &source.pointer;
        let items = keywords.items.as_ref();
        self.items.extend(items.map(|items| SchemaSource::new(join(pointer, "items"), items)));
        let not = keywords.not.as_deref();
        self.nots.extend(not.map(|not| SchemaSource::new(join(pointer, "not"), not)));
        if schema.has_restricting_extension() {
            self.absorb_extensions(pointer, schema);
        }
        self.parts.push(source.with_part(match direct {
            true => Part::Direct(schema),
            false => Part::Inherited(schema),
        }));
    }

    fn absorb_null(&mut self, schema: &Schema, direct: bool) {
        let mut values = schema.keywords().enumeration.iter();
        let allowed = schema.schema_data.nullable
            || values.any(Json::is_null)
            || schema.types() == TypeSet::NULL;
        self.allows_null |= direct && allowed;
        if !schema.has_only_annotations() {
            self.all_allow_null = Some(allowed && self.all_allow_null.unwrap_or(true));
        }
    }

    fn absorb_types(&mut self, source: &SchemaSource<'a>, types: TypeSet, is_assumed: bool) {
        let (earlier, was_assumed) = (self.types, self.has_assumed_type);
        let common = earlier & types;
        let is_contradiction = common == TypeSet::NONE;
        // `items` and `properties` constrain no value of another type: they do not change one that is declared, and beside
        // `oneOf` they make no list of an alternative that is a text.
        if is_contradiction && is_assumed && !was_assumed {
            return;
        }
        if types != TypeSet::ALL {
            self.has_assumed_type = is_assumed && (was_assumed || earlier == TypeSet::ALL);
        }
        if !is_contradiction {
            self.types = common;
            return;
        }
        self.types = types;
        self.values = None;
        self.format = None;
        if !was_assumed {
            self.report_contradiction(source, "type");
        }
    }

    fn absorb_values(&mut self, source: &SchemaSource<'a>, schema: &'a Schema) {
        let listed = &schema.keywords().enumeration;
        if listed.is_empty() {
            return;
        }
        let mut values: Vec<_> = listed.iter().filter(|value| !value.is_null()).cloned().collect();
        if values.is_empty() {
            self.types = TypeSet::NULL;
            return;
        }
        if let Some(earlier) = &self.values {
            let listed: BTreeSet<String> = values.iter().map(value_key).collect();
            let common: Vec<Json> = earlier
                .iter()
                .filter(|value| listed.contains(&value_key(value)))
                .cloned()
                .collect();
            match common.is_empty() {
                true => self.report_contradiction(source, "enum"),
                false => values = common,
            }
        }
        self.values = Some(values);
        self.enum_schema = Some(schema);
    }

    fn absorb_object(&mut self, source: &SchemaSource<'a>, schema: &'a Schema) {
        let keywords = schema.keywords();
        for (name, property) in &keywords.properties {
            let pointer = join(&join(&source.pointer, "properties"), name);
            let sources = self.properties.entry(name.clone()).or_default();
            if sources.iter().all(|other| other.pointer != pointer) {
                sources.push(SchemaSource::new(pointer, property));
            }
        }
        self.required.extend(keywords.required.iter().cloned());
        let Some(additional) = &keywords.additional_properties else {
            return;
        };
        let pointer = join(&source.pointer, "additionalProperties");
        if self.literal && schema.extension(keys::PATTERNS).is_some() {
            // The schema is that of the patterns; the normal form does not state which other properties are allowed.
            self.additional = Additional::Any(pointer);
            return;
        }
        let earlier = std::mem::take(&mut self.additional);
        self.additional = match (earlier, additional) {
            (Additional::Forbidden, _) | (_, AdditionalProperties::Any(false)) => {
                Additional::Forbidden
            }
            (Additional::Unspecified, AdditionalProperties::Any(true)) => Additional::Any(pointer),
            (earlier, AdditionalProperties::Any(true)) => earlier,
            (Additional::Schemas(mut sources), AdditionalProperties::Schema(schema)) => {
                sources.push(SchemaSource::new(pointer, &**schema));
                Additional::Schemas(sources)
            }
            (
                Additional::Unspecified | Additional::Any(_),
                AdditionalProperties::Schema(schema),
            ) => Additional::Schemas(vec![SchemaSource::new(pointer, &**schema)]),
        };
    }

    fn absorb_extensions(&mut self, at: &str, schema: &'a Schema) {
        let prefix_items = schema.prefix_items(at);
        if !prefix_items.is_empty() {
            self.prefix_items = prefix_items;
        }
        let names = schema.subschema(at, keys::PROPERTY_NAMES);
        self.property_names = names.or(self.property_names.take());
        self.conditional.extend(schema.conditional(at));
        self.unchecked.extend(schema.unchecked().map(|keyword| (at.to_owned(), keyword)));
        let Some(unevaluated) = schema.subschema(at, keys::UNEVALUATED_PROPERTIES) else {
            return;
        };
        // Which properties are evaluated depends on the value if several branches may apply, or a condition.
        if !schema.keywords().any_of.is_empty() || schema.extension(keys::IF).is_some() {
            self.unchecked.push((at.to_owned(), "unevaluatedProperties"));
        } else if let Additional::Unspecified = self.additional {
            self.additional = match unevaluated {
                Subschema::Schema(source) => Additional::Schemas(vec![source]),
                Subschema::True(pointer) => Additional::Any(pointer),
                Subschema::False(_) => Additional::Forbidden,
            };
        }
    }

    fn report_contradiction(&mut self, source: &SchemaSource, keyword: &'static str) {
        let problem = Problem::Contradiction(source.pointer.clone(), keyword);
        self.problems.push(problem);
    }

    /// Returns the JSON types of the values: as declared, else inferred from the other keywords.
    pub fn inferred_types(&self) -> TypeSet {
        let constraints = &self.constraints;
        if self.types != TypeSet::ALL {
            self.types
        } else if let Some(values) = &self.values {
            values.iter().collect()
        } else if self.literal {
            TypeSet::ALL
        } else if self.has_object_keywords() {
            TypeSet::OBJECT
        } else if self.has_list_keywords() {
            TypeSet::LIST
        } else if !constraints.patterns.is_empty()
            || constraints.min_length.or(constraints.max_length).is_some()
        {
            TypeSet::TEXT
        } else if constraints.minimum.is_some()
            || constraints.maximum.is_some()
            || !constraints.multiples_of.is_empty()
        {
            TypeSet::NUMBER
        } else {
            TypeSet::ALL
        }
    }

    /// `true` if a keyword of objects is declared.
    pub fn has_object_keywords(&self) -> bool {
        let constraints = &self.constraints;
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !matches!(self.additional, Additional::Unspecified)
            || self.property_names.is_some()
            || constraints.min_properties.or(constraints.max_properties).is_some()
    }

    /// `true` if a keyword of lists is declared.
    pub fn has_list_keywords(&self) -> bool {
        !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || self.constraints.min_items.or(self.constraints.max_items).is_some()
    }

    /// `true` if, unions aside, only `type` is declared.
    pub fn has_only_type(&self) -> bool {
        self.values.is_none()
            && self.format.is_none()
            && self.items.is_empty()
            && self.prefix_items.is_empty()
            && self.conditional.is_empty()
            && self.nots.is_empty()
            && self.constraints == Constraints::default()
            && !self.has_object_keywords()
    }
}

/// Returns a text that two values share if they [are equal](equal).
pub(in crate::api) fn value_key(value: &Json) -> String {
    match value.as_f64().filter(|_| value.is_f64()) {
        // Written as the equal integer would be.
        Some(number) => format!("{number}"),
        None => value.to_string(),
    }
}

/// `true` if two values are equal in JSON Schema (section 4.2.2): `1` and `1.0` are.
pub(in crate::api) fn equal(one: &Json, other: &Json) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(a), Some(b)) if one.is_f64() || other.is_f64() => a == b,
        _ => one == other,
    }
}

/// Adds constraints: of two bounds the tighter one stays. Patterns cannot be combined, so all stay.
pub(in crate::api) fn tighten(constraints: &mut Constraints, more: Constraints) {
    fn unite<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
        for item in more {
            if !list.contains(&item) {
                list.push(item);
            }
        }
    }
    let least = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).min();
    let (minimum, exclusive) = (&mut constraints.minimum, &mut constraints.exclusive_minimum);
    tighten_bound(minimum, exclusive, more.minimum, more.exclusive_minimum, Ordering::Greater);
    let (maximum, exclusive) = (&mut constraints.maximum, &mut constraints.exclusive_maximum);
    tighten_bound(maximum, exclusive, more.maximum, more.exclusive_maximum, Ordering::Less);
    unite(&mut constraints.multiples_of, more.multiples_of);
    unite(&mut constraints.patterns, more.patterns);
    unite(&mut constraints.name_patterns, more.name_patterns);
    unite(&mut constraints.dependent, more.dependent);
    constraints.unique_items |= more.unique_items;
    constraints.min_length = constraints.min_length.max(more.min_length);
    constraints.min_items = constraints.min_items.max(more.min_items);
    constraints.min_properties = constraints.min_properties.max(more.min_properties);
    constraints.max_length = least(constraints.max_length, more.max_length);
    constraints.max_items = least(constraints.max_items, more.max_items);
    constraints.max_properties = least(constraints.max_properties, more.max_properties);
}

/// Replaces a bound and its exclusiveness by another one that compares as `tighter`.
fn tighten_bound(
    bound: &mut Option<String>,
    exclusive: &mut bool,
    other: Option<String>,
    other_exclusive: bool,
    tighter: Ordering,
) {
    let Some(other) = other else { return };
    let order = bound.as_deref().map(|bound| compare_numbers(&other, bound));
    if order == Some(Ordering::Equal) {
        *exclusive |= other_exclusive;
    } else if order.is_none_or(|order| order == tighter) {
        *bound = Some(other);
        *exclusive = other_exclusive;
    }
}

/// Compares integers exactly, other numbers as floating point.
fn compare_numbers(one: &str, other: &str) -> Ordering {
    if let (Ok(one), Ok(other)) = (one.parse::<i128>(), other.parse::<i128>()) {
        return one.cmp(&other);
    }
    let float = |text: &str| text.parse::<f64>().unwrap_or_default();
    float(one).total_cmp(&float(other))
}
