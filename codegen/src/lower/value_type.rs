//! Types and codecs of schemas.

use super::model::{Codec, Scalar, Type, ValueType};
use super::{formats, Context, Direction, MAX_DEPTH};
use crate::api::model::{AdditionalProperties, ChoiceBase, Object, SchemaId, Shape, Tuple, Use};
use crate::names::{is_nominal, is_record};

/// Maximum number of positions for which the runtime implements tuple codecs.
const MAX_POSITIONS: usize = 12;

impl Context<'_> {
    /// Returns the type of a use site, null excluded.
    pub fn value(&self, usage: &Use, direction: Direction) -> ValueType {
        self.reference(usage.schema, direction)
    }

    /// Returns the type of a use site, null included.
    pub fn nullable_value(&self, usage: &Use, direction: Direction) -> ValueType {
        let value = self.value(usage, direction);
        value.nullable_if(self.is_nullable(usage))
    }

    /// Returns the type of a field or position of `owner`, null excluded, in a box if necessary.
    pub fn boxed_value(&self, owner: SchemaId, usage: &Use, direction: Direction) -> ValueType {
        let value = self.value(usage, direction);
        if self.is_boxed(owner, usage) && !matches!(value.ty, Type::Foreign(_)) {
            value.boxed()
        } else {
            value
        }
    }

    /// `true` if null is a value here and its type needs an `Option` for it; any JSON does not.
    pub fn is_nullable(&self, usage: &Use) -> bool {
        let mut usage = usage;
        let mut nullable = false;
        for _ in 0..MAX_DEPTH {
            let Some(schema) = self.schema(usage.schema) else {
                return false;
            };
            nullable |= usage.nullable || schema.nullable;
            let Shape::Alias(next) = &schema.shape else {
                return nullable && !matches!(schema.shape, Shape::Any(_) | Shape::Null);
            };
            usage = next;
        }
        nullable || usage.nullable
    }

    /// Returns the type of a schema: by name if it has one, else by structure.
    pub fn reference(&self, id: SchemaId, direction: Direction) -> ValueType {
        let replacement = self
            .schema(id)
            .and_then(|schema| self.options.caller_types.of_schema(id, &schema.shape));
        if let Some(replacement) = replacement {
            return replacement;
        }
        let Some(name) = self.name(id, direction) else {
            return self.structure(id, direction);
        };
        let codec = self.named_codec(id, direction);
        if codec.names_parts() {
            // An alias would hide the parts of the type that the codec names.
            return self.structure(id, direction);
        }
        let ty = Type::Named(name);
        ValueType { ty, codec }
    }

    /// Returns the codec of a named schema; an alias has that of its structure.
    fn named_codec(&self, id: SchemaId, direction: Direction) -> Codec {
        let is_alias = |shape| !is_nominal(shape) && !self.boxes.is_endless(id);
        match self.schema(id) {
            Some(schema) if is_alias(&schema.shape) => self.structure(id, direction).codec,
            Some(_) | None => Codec::Native,
        }
    }

    /// Returns the type of a schema by structure, as if it had no name.
    pub fn structure(&self, id: SchemaId, direction: Direction) -> ValueType {
        let Some(schema) = self.schema(id) else {
            return ValueType::native(Type::Value);
        };
        if let Some(replacement) = self.options.caller_types.get(id, &schema.shape) {
            return replacement;
        }
        match &schema.shape {
            Shape::Any(_) => ValueType::native(Type::Value),
            Shape::Never => ValueType::native(Type::Never),
            Shape::Null => ValueType::native(Type::Null),
            Shape::Bool => ValueType::native(Type::Bool),
            Shape::Integer(format) => {
                ValueType::native(formats::integer(*format, &schema.constraints))
            }
            Shape::Number(format) => ValueType::native(formats::number(*format)),
            Shape::Text(format) => formats::text(format, self.options),
            Shape::List(list) => self.nullable_value(&list.item, direction).list(),
            Shape::Tuple(tuple) => self.tuple(id, tuple, direction),
            Shape::Object(object) => self.object(id, object, direction),
            Shape::Choice(_) | Shape::Union(_) => self.named_or_any(id, direction),
            Shape::Alias(usage) => self.value(usage, direction),
        }
    }

    fn named_or_any(&self, id: SchemaId, direction: Direction) -> ValueType {
        ValueType::native(self.name(id, direction).map_or(Type::Value, Type::Named))
    }

    fn object(&self, id: SchemaId, object: &Object, direction: Direction) -> ValueType {
        match &object.additional {
            AdditionalProperties::Retained(value) if !is_record(object) => {
                let value = self.nullable_value(value, direction);
                match object.key.as_ref().and_then(|key| self.key(key, direction)) {
                    Some(key) => value.keyed(key),
                    None => value.map(),
                }
            }
            AdditionalProperties::Retained(_)
            | AdditionalProperties::Ignored
            | AdditionalProperties::Forbidden => self.named_or_any(id, direction),
        }
    }

    /// Returns the type of a map's keys if it is more than text and can be looked up.
    fn key(&self, key: &Use, direction: Direction) -> Option<Type> {
        let ValueType { ty, codec } = self.value(key, direction);
        let is_text_choice = || {
            let shape = self.shape(key.schema);
            matches!(shape, Some(Shape::Choice(choice)) if choice.base == ChoiceBase::Text)
        };
        match (&ty, &codec) {
            (Type::Foreign(_), _)
            | (Type::Integer(_), Codec::Text(_))
            | (Type::Scalar(Scalar::Uuid | Scalar::Ipv4 | Scalar::Ipv6), _) => Some(ty),
            (Type::Named(_), Codec::Native) if is_text_choice() => Some(ty),
            (Type::Named(_), _) => Some(self.structure(key.schema, direction).ty)
                .filter(|ty| matches!(ty, Type::Foreign(_))),
            _ => None,
        }
    }

    /// Returns the type of a tuple and further items; a list of any JSON for unsupported lengths.
    fn tuple(&self, id: SchemaId, tuple: &Tuple, direction: Direction) -> ValueType {
        if !(1..=MAX_POSITIONS).contains(&tuple.items.len()) {
            return ValueType::native(Type::Value).list();
        }
        let positions = tuple.items.iter().enumerate().map(|(at, item)| {
            let value = self.boxed_value(id, item, direction);
            match at < tuple.required {
                true => value.nullable_if(self.is_nullable(item)),
                false => value.maybe(),
            }
        });
        let item = tuple.additional.as_ref();
        let item = item.map(|item| self.nullable_value(item, direction));
        ValueType::tuple(positions.collect(), item)
    }
}
