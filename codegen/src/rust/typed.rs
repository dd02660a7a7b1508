//! From a schema to a type and its codec.

use super::ir::{Codec, Type, Typed};
use super::{scalars, Context, Form};
use crate::api::ir::{Object, Rest, SchemaId, Shape, Tuple, Use};

/// How far a chain of names for one another is followed.
const LONGEST_CHAIN: usize = 64;

/// Whether an object is a struct; else it is a map.
pub fn is_record(object: &Object) -> bool {
    !object.properties.is_empty() || !matches!(object.rest, Rest::Kept(_))
}

impl Context<'_> {
    /// What a value is at this place, null aside.
    pub fn value(&self, usage: &Use, form: Form) -> Typed {
        self.reference(usage.schema, form)
    }

    /// What a value is at this place, null included.
    pub fn nullable_value(&self, usage: &Use, form: Form) -> Typed {
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
                Shape::Same(next) => {
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
    pub fn reference(&self, id: SchemaId, form: Form) -> Typed {
        if let Some(own) = self.style.own.of_schema(id) {
            return own.typed();
        }
        match self.name(id, form) {
            Some(name) => Typed {
                ty: Type::Named(name),
                codec: self.codec(id, form),
            },
            None => self.structure(id, form),
        }
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
            | Shape::Same(_) => true,
        };
        if alias && !self.boxes.is_endless(id) {
            self.structure(id, form).codec
        } else {
            Codec::Own
        }
    }

    /// What a schema is, its own name aside.
    pub fn structure(&self, id: SchemaId, form: Form) -> Typed {
        let Some(schema) = self.schema(id) else {
            return Typed::own(Type::Value);
        };
        if let Some(own) = self.style.own.of(id, &schema.shape) {
            return own.typed();
        }
        match &schema.shape {
            Shape::Any(_) => Typed::own(Type::Value),
            Shape::Never => Typed::own(Type::Never),
            Shape::Null => Typed::own(Type::Null),
            Shape::Bool => Typed::own(Type::Bool),
            Shape::Integer(format) => Typed::own(scalars::integer(*format, &schema.limits)),
            Shape::Number(format) => Typed::own(scalars::number(*format)),
            Shape::Text(format) => scalars::text(format, self.style),
            Shape::List(list) => self.nullable_value(&list.item, form).list(),
            Shape::Tuple(tuple) => self.tuple(tuple, form),
            Shape::Object(object) => self.object(id, object, form),
            Shape::Choice(_) | Shape::Union(_) => self.named_or_any(id, form),
            Shape::Same(usage) => self.value(usage, form),
        }
    }

    fn named_or_any(&self, id: SchemaId, form: Form) -> Typed {
        Typed::own(self.name(id, form).map_or(Type::Value, Type::Named))
    }

    fn object(&self, id: SchemaId, object: &Object, form: Form) -> Typed {
        match &object.rest {
            Rest::Kept(value) if !is_record(object) => self.nullable_value(value, form).map(),
            Rest::Kept(_) | Rest::Unsaid | Rest::Closed => self.named_or_any(id, form),
        }
    }

    /// A tuple where every position is there and plain; else a list of any JSON.
    fn tuple(&self, tuple: &Tuple, form: Form) -> Typed {
        let items: Vec<_> = tuple
            .items
            .iter()
            .map(|item| self.nullable_value(item, form))
            .collect();
        let plain = items.iter().all(|item| item.codec == Codec::Own);
        let whole = tuple.required == items.len() && tuple.rest.is_none();
        if plain && whole && (1..=8).contains(&items.len()) {
            return Typed::own(Type::Tuple(items.into_iter().map(|item| item.ty).collect()));
        }
        Typed::own(Type::Value).list()
    }
}
