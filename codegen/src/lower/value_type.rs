//! From a schema to a type and its codec.

use super::model::{Codec, Scalar, Type, ValueType};
use super::{formats, Context, Form};
use crate::api::model::{
    AdditionalProperties, ChoiceBase, Object, Schema, SchemaId, Shape, Tuple, Use,
};

/// How far a chain of names for one another is followed.
pub const LONGEST_CHAIN: usize = 64;

/// The longest tuple for which the runtime has codecs.
const MOST_POSITIONS: usize = 12;

/// Whether an object is a struct; else it is a map.
pub fn is_record(object: &Object) -> bool {
    !object.properties.is_empty() || !matches!(object.additional, AdditionalProperties::Retained(_))
}

impl Context<'_> {
    /// What a value is at this place, null aside.
    pub fn value(&self, usage: &Use, form: Form) -> ValueType {
        self.reference(usage.schema, form)
    }

    /// What a value is at this place, null included.
    pub fn nullable_value(&self, usage: &Use, form: Form) -> ValueType {
        let value = self.value(usage, form);
        if self.is_nullable(usage) {
            value.nullable()
        } else {
            value
        }
    }

    /// Whether null is a value at this place, beside any JSON, of which it is one anyway.
    pub fn is_nullable(&self, usage: &Use) -> bool {
        let mut usage = usage;
        let mut nullable = usage.nullable;
        for _ in 0..LONGEST_CHAIN {
            let Some(schema) = self.schema(usage.schema) else {
                return false;
            };
            nullable |= schema.nullable;
            match &schema.shape {
                Shape::Alias(next) => {
                    usage = next;
                    nullable |= next.nullable;
                }
                Shape::Any(_) | Shape::Null => return false,
                Shape::Never
                | Shape::Bool
                | Shape::Integer(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::Choice(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Object(_)
                | Shape::Union(_) => return nullable,
            }
        }
        nullable
    }

    /// A schema by its name where it has one, else by what it is.
    pub fn reference(&self, id: SchemaId, form: Form) -> ValueType {
        let own = |schema: &Schema| self.style.own.of_schema(id, &schema.shape);
        if let Some(own) = self.schema(id).and_then(own) {
            return own;
        }
        let Some(name) = self.name(id, form) else {
            return self.structure(id, form);
        };
        let codec = self.codec(id, form);
        if codec.names_inner() {
            // Such a codec is spelled after the type, which an alias would hide.
            return self.structure(id, form);
        }
        let ty = Type::Named(name);
        ValueType { ty, codec }
    }

    /// The codec of a named schema: an alias travels as what it stands for.
    fn codec(&self, id: SchemaId, form: Form) -> Codec {
        let Some(schema) = self.schema(id) else {
            return Codec::Own;
        };
        let alias = match &schema.shape {
            Shape::Object(object) => !is_record(object),
            Shape::Choice(_) | Shape::Union(_) => false,
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Alias(_) => true,
        };
        if alias && !self.boxes.is_endless(id) {
            self.structure(id, form).codec
        } else {
            Codec::Own
        }
    }

    /// What a schema is, its own name aside.
    pub fn structure(&self, id: SchemaId, form: Form) -> ValueType {
        let Some(schema) = self.schema(id) else {
            return ValueType::own(Type::Value);
        };
        if let Some(own) = self.style.own.of(id, &schema.shape) {
            return own;
        }
        match &schema.shape {
            Shape::Any(_) => ValueType::own(Type::Value),
            Shape::Never => ValueType::own(Type::Never),
            Shape::Null => ValueType::own(Type::Null),
            Shape::Bool => ValueType::own(Type::Bool),
            Shape::Integer(format) => {
                ValueType::own(formats::integer(*format, &schema.constraints))
            }
            Shape::Number(format) => ValueType::own(formats::number(*format)),
            Shape::Text(format) => formats::text(format, self.style),
            Shape::List(list) => self.nullable_value(&list.item, form).list(),
            Shape::Tuple(tuple) => self.tuple(id, tuple, form),
            Shape::Object(object) => self.object(id, object, form),
            Shape::Choice(_) | Shape::Union(_) => self.named_or_any(id, form),
            Shape::Alias(usage) => self.value(usage, form),
        }
    }

    fn named_or_any(&self, id: SchemaId, form: Form) -> ValueType {
        ValueType::own(self.name(id, form).map_or(Type::Value, Type::Named))
    }

    fn object(&self, id: SchemaId, object: &Object, form: Form) -> ValueType {
        match &object.additional {
            AdditionalProperties::Retained(value) if !is_record(object) => {
                let value = self.nullable_value(value, form);
                match object.key.as_ref().and_then(|key| self.key(key, form)) {
                    Some(key) => value.keyed(key),
                    None => value.map(),
                }
            }
            AdditionalProperties::Retained(_)
            | AdditionalProperties::Ignored
            | AdditionalProperties::Forbidden => self.named_or_any(id, form),
        }
    }

    /// The type of a map's keys, where they are more than text: it has a text both ways, and can be looked up.
    fn key(&self, key: &Use, form: Form) -> Option<Type> {
        let value = self.value(key, form);
        let is_choice = || self.is_text_choice(key);
        match (&value.ty, &value.codec) {
            (Type::Foreign(_), _) | (Type::Integer(_), Codec::Text(_)) => Some(value.ty),
            (Type::Scalar(Scalar::Uuid | Scalar::Ipv4 | Scalar::Ipv6), _) => Some(value.ty),
            (Type::Named(_), Codec::Own) if is_choice() => Some(value.ty),
            (Type::Named(_), _) => Some(self.structure(key.schema, form).ty)
                .filter(|ty| matches!(ty, Type::Foreign(_))),
            _ => None,
        }
    }

    fn is_text_choice(&self, usage: &Use) -> bool {
        let mut usage = usage;
        for _ in 0..LONGEST_CHAIN {
            match self.schema(usage.schema).map(|schema| &schema.shape) {
                Some(Shape::Alias(next)) => usage = next,
                Some(Shape::Choice(choice)) => return choice.base == ChoiceBase::Text,
                Some(_) | None => return false,
            }
        }
        false
    }

    /// A tuple with a list of what follows; a list of any JSON where it is longer than tuples can be.
    fn tuple(&self, id: SchemaId, tuple: &Tuple, form: Form) -> ValueType {
        if !(1..=MOST_POSITIONS).contains(&tuple.items.len()) {
            return ValueType::own(Type::Value).list();
        }
        let positions = tuple.items.iter().enumerate();
        let positions = positions.map(|(at, item)| {
            let value = self.value(item, form);
            let foreign = matches!(value.ty, Type::Foreign(_));
            let value = match self.is_boxed(id, item) && !foreign {
                true => value.boxed(),
                false => value,
            };
            match (at < tuple.required, self.is_nullable(item)) {
                (true, true) => value.nullable(),
                (true, false) => value,
                (false, _) => value.maybe(),
            }
        });
        let rest = tuple.additional.as_ref();
        let rest = rest.map(|rest| self.nullable_value(rest, form));
        ValueType::tuple(positions.collect(), rest)
    }
}
