//! What one schema of the normal form says, in one form whatever its keywords.

use super::extras;
use super::kinds::Kinds;
use crate::api::model::{Constraints, Json};
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind};
use std::sync::LazyLock;

pub(in crate::api) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The schemas that a schema is put together from.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::api) struct Composition<'a> {
    pub all_of: &'a [ReferenceOr<Schema>],
    pub one_of: &'a [ReferenceOr<Schema>],
    pub any_of: &'a [ReferenceOr<Schema>],
    pub not: Option<&'a ReferenceOr<Schema>>,
}

impl<'a> Composition<'a> {
    pub fn of(schema: &'a Schema) -> Self {
        let keywords = keywords(schema);
        Self {
            all_of: &keywords.all_of,
            one_of: &keywords.one_of,
            any_of: &keywords.any_of,
            not: keywords.not.as_deref(),
        }
    }

    /// Whether the schema is put together from no others.
    pub fn is_empty(&self) -> bool {
        self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()
    }
}

/// What a schema says beside its annotations.
#[derive(Clone, Debug)]
pub(in crate::api) struct Facts<'a> {
    /// `type`; every type where there is none.
    pub kinds: Kinds,
    pub format: Option<String>,
    /// `enum`, whose `null` is kept.
    pub values: Option<Vec<Json>>,
    pub properties: Option<&'a Properties>,
    pub required: &'a [String],
    pub additional: Option<&'a AdditionalProperties>,
    pub items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub limits: Constraints,
    pub all_of: &'a [ReferenceOr<Schema>],
    pub one_of: &'a [ReferenceOr<Schema>],
    pub any_of: &'a [ReferenceOr<Schema>],
    pub not: Option<&'a ReferenceOr<Schema>>,
    /// Whether a keyword of a later version says something too.
    pub restricted: bool,
}

/// The keywords of a schema; none for a schema that is not in the normal form, where every schema is a
/// [`SchemaKind::Any`].
pub(in crate::api) fn keywords(schema: &Schema) -> &AnySchema {
    static NO_KEYWORDS: LazyLock<AnySchema> = LazyLock::new(AnySchema::default);
    match &schema.schema_kind {
        SchemaKind::Any(keywords) => keywords,
        SchemaKind::Type(_)
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => &NO_KEYWORDS,
    }
}

impl<'a> Facts<'a> {
    pub fn of(schema: &'a Schema) -> Self {
        let keywords = keywords(schema);
        Self {
            kinds: keywords
                .typ
                .as_deref()
                .and_then(Kinds::named)
                .unwrap_or(Kinds::ALL),
            format: keywords.format.clone(),
            values: Some(&keywords.enumeration)
                .filter(|values| !values.is_empty())
                .cloned(),
            properties: Some(&keywords.properties).filter(|properties| !properties.is_empty()),
            required: &keywords.required,
            additional: keywords.additional_properties.as_ref(),
            items: keywords.items.as_ref(),
            limits: limits(schema, keywords),
            all_of: &keywords.all_of,
            one_of: &keywords.one_of,
            any_of: &keywords.any_of,
            not: keywords.not.as_deref(),
            restricted: extras::restricts(schema),
        }
    }

    /// Whether the schema says nothing of its own: only annotations and composition.
    pub fn is_bare(&self) -> bool {
        self.kinds == Kinds::ALL && self.is_bare_but_type()
    }

    /// Whether the schema says nothing of its own but a `type`.
    pub fn is_bare_but_type(&self) -> bool {
        self.limits == Constraints::default() && self.is_bare_but_type_and_limits()
    }

    /// Whether the schema says nothing of its own but a `type` and limits.
    pub fn is_bare_but_type_and_limits(&self) -> bool {
        self.format.is_none()
            && self.values.is_none()
            && self.properties.is_none()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && self.not.is_none()
            && !self.restricted
    }

    /// Whether the schema is put together from no others.
    pub fn is_simple(&self) -> bool {
        self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()
    }
}

fn limits(schema: &Schema, keywords: &AnySchema) -> Constraints {
    let declared = keywords.properties.keys().cloned();
    Constraints {
        minimum: extras::bound(schema, keys::MINIMUM),
        maximum: extras::bound(schema, keys::MAXIMUM),
        exclusive_minimum: keywords.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: keywords.exclusive_maximum.unwrap_or_default(),
        multiples_of: extras::bound(schema, keys::MULTIPLE_OF)
            .into_iter()
            .collect(),
        min_length: whole(keywords.min_length),
        max_length: whole(keywords.max_length),
        patterns: keywords.pattern.iter().cloned().collect(),
        min_items: whole(keywords.min_items),
        max_items: whole(keywords.max_items),
        unique_items: keywords.unique_items.unwrap_or_default(),
        min_properties: whole(keywords.min_properties),
        max_properties: whole(keywords.max_properties),
        dependent: extras::dependent(schema),
        name_patterns: extras::name_patterns(schema, declared),
    }
}

/// A count as the API model holds it.
fn whole(count: Option<usize>) -> Option<u64> {
    count.and_then(|count| u64::try_from(count).ok())
}
