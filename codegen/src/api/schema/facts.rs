//! What one schema of the normal form says, in one form whatever its keywords.

use super::extras;
use super::kinds::Kinds;
use super::limits::{exact, whole};
use crate::api::model::{Constraints, Json};
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerFormat, IntegerType, NumberFormat,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};

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
        let nothing = Self::default();
        match &schema.schema_kind {
            SchemaKind::OneOf { one_of } => Self { one_of, ..nothing },
            SchemaKind::AllOf { all_of } => Self { all_of, ..nothing },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..nothing },
            SchemaKind::Not { not } => Self {
                not: Some(not),
                ..nothing
            },
            SchemaKind::Any(any) => Self {
                all_of: &any.all_of,
                one_of: &any.one_of,
                any_of: &any.any_of,
                not: any.not.as_deref(),
            },
            SchemaKind::Type(_) => nothing,
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

impl<'a> Facts<'a> {
    pub fn of(schema: &'a Schema) -> Self {
        let Composition {
            all_of,
            one_of,
            any_of,
            not,
        } = Composition::of(schema);
        let mut facts = Self {
            all_of,
            one_of,
            any_of,
            not,
            ..Self::of_kind(&schema.schema_kind)
        };
        if schema.schema_data.extensions.is_empty() {
            return facts;
        }
        facts.restricted = extras::restricts(schema);
        let limits = &mut facts.limits;
        limits.minimum = extras::bound(schema, keys::MINIMUM).or(limits.minimum.take());
        limits.maximum = extras::bound(schema, keys::MAXIMUM).or(limits.maximum.take());
        if let Some(step) = extras::bound(schema, keys::MULTIPLE_OF) {
            limits.multiples_of = vec![step];
        }
        limits.dependent = extras::dependent(schema);
        let declared = facts.properties.into_iter().flatten();
        let declared: Vec<String> = declared.map(|(name, _)| name.clone()).collect();
        limits.name_patterns = extras::name_patterns(schema, &declared);
        facts.values = extras::values(schema).or(facts.values);
        facts
    }

    fn of_kind(kind: &'a SchemaKind) -> Self {
        match kind {
            SchemaKind::Type(Type::String(text)) => Self::text(text),
            SchemaKind::Type(Type::Number(number)) => Self::number(number),
            SchemaKind::Type(Type::Integer(integer)) => Self::integer(integer),
            SchemaKind::Type(Type::Object(object)) => Self::object(object),
            SchemaKind::Type(Type::Array(array)) => Self::array(array),
            SchemaKind::Type(Type::Boolean(boolean)) => Self {
                values: values(&boolean.enumeration, |value| Json::Bool(*value)),
                ..Self::nothing(Kinds::BOOL)
            },
            SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => Self::nothing(Kinds::ALL),
            SchemaKind::Any(any) => Self::any(any),
        }
    }

    fn nothing(kinds: Kinds) -> Self {
        Self {
            kinds,
            format: None,
            values: None,
            properties: None,
            required: &[],
            additional: None,
            items: None,
            limits: Constraints::default(),
            all_of: &[],
            one_of: &[],
            any_of: &[],
            not: None,
            restricted: false,
        }
    }

    fn text(text: &StringType) -> Self {
        Self {
            format: format(&text.format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            values: values(&text.enumeration, |value| Json::String(value.clone())),
            limits: Constraints {
                min_length: whole(text.min_length),
                max_length: whole(text.max_length),
                patterns: text.pattern.iter().cloned().collect(),
                ..Constraints::default()
            },
            ..Self::nothing(Kinds::TEXT)
        }
    }

    fn number(number: &NumberType) -> Self {
        Self {
            format: format(&number.format, |format| match format {
                NumberFormat::Float => "float",
                NumberFormat::Double => "double",
            }),
            values: values(&number.enumeration, |value| float(*value)),
            limits: Constraints {
                minimum: exact(number.minimum),
                maximum: exact(number.maximum),
                exclusive_minimum: number.exclusive_minimum,
                exclusive_maximum: number.exclusive_maximum,
                multiples_of: exact(number.multiple_of).into_iter().collect(),
                ..Constraints::default()
            },
            ..Self::nothing(Kinds::NUMBER)
        }
    }

    fn integer(integer: &IntegerType) -> Self {
        Self {
            format: format(&integer.format, |format| match format {
                IntegerFormat::Int32 => "int32",
                IntegerFormat::Int64 => "int64",
            }),
            values: values(&integer.enumeration, |value| Json::from(*value)),
            limits: Constraints {
                minimum: integer.minimum.map(|value| value.to_string()),
                maximum: integer.maximum.map(|value| value.to_string()),
                exclusive_minimum: integer.exclusive_minimum,
                exclusive_maximum: integer.exclusive_maximum,
                multiples_of: integer.multiple_of.iter().map(i64::to_string).collect(),
                ..Constraints::default()
            },
            ..Self::nothing(Kinds::INTEGER)
        }
    }

    fn object(object: &'a ObjectType) -> Self {
        Self {
            properties: Some(&object.properties).filter(|properties| !properties.is_empty()),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            limits: Constraints {
                min_properties: whole(object.min_properties),
                max_properties: whole(object.max_properties),
                ..Constraints::default()
            },
            ..Self::nothing(Kinds::OBJECT)
        }
    }

    fn array(array: &'a ArrayType) -> Self {
        Self {
            items: array.items.as_ref(),
            limits: Constraints {
                min_items: whole(array.min_items),
                max_items: whole(array.max_items),
                unique_items: array.unique_items,
                ..Constraints::default()
            },
            ..Self::nothing(Kinds::LIST)
        }
    }

    fn any(any: &'a AnySchema) -> Self {
        let kinds = any.typ.as_deref().and_then(Kinds::named);
        Self {
            format: any.format.clone(),
            values: Some(&any.enumeration)
                .filter(|list| !list.is_empty())
                .cloned(),
            properties: Some(&any.properties).filter(|properties| !properties.is_empty()),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            limits: any_limits(any),
            ..Self::nothing(kinds.unwrap_or(Kinds::ALL))
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

fn any_limits(any: &AnySchema) -> Constraints {
    Constraints {
        minimum: exact(any.minimum),
        maximum: exact(any.maximum),
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        multiples_of: exact(any.multiple_of).into_iter().collect(),
        min_length: whole(any.min_length),
        max_length: whole(any.max_length),
        patterns: any.pattern.iter().cloned().collect(),
        min_items: whole(any.min_items),
        max_items: whole(any.max_items),
        unique_items: any.unique_items.unwrap_or_default(),
        min_properties: whole(any.min_properties),
        max_properties: whole(any.max_properties),
        dependent: Vec::new(),
        name_patterns: Vec::new(),
    }
}

fn format<F>(
    format: &VariantOrUnknownOrEmpty<F>,
    known: impl Fn(&F) -> &'static str,
) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => Some(known(format).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn values<T>(list: &[Option<T>], json: impl Fn(&T) -> Json) -> Option<Vec<Json>> {
    let all = || {
        list.iter()
            .map(|value| value.as_ref().map_or(Json::Null, &json))
    };
    (!list.is_empty()).then(|| all().collect())
}

/// A number as JSON, whole where it is whole.
fn float(value: f64) -> Json {
    exact(Some(value))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Json::Null)
}
