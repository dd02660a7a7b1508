//! From a schema to a type and its codec.

use super::ir::{Codec, Integer, Type, Typed};
use super::{Context, Form};
use crate::api::ir::{
    IntegerFormat, Limits, NumberFormat, Object, Rest, SchemaId, Shape, TextFormat, Tuple, Use,
};

/// How far a chain of names for one another is followed.
const LONGEST_CHAIN: usize = 64;

/// The longest tuple for which the runtime has codecs.
const MOST_POSITIONS: usize = 8;

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
        match &schema.shape {
            Shape::Any(_) => Typed::own(Type::Value),
            Shape::Never => Typed::own(Type::Never),
            Shape::Null => Typed::own(Type::Null),
            Shape::Bool => Typed::own(Type::Bool),
            Shape::Integer(format) => Typed::own(integer(*format, &schema.limits)),
            Shape::Number(format) => Typed::own(number(*format)),
            Shape::Text(format) => text(format),
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

    /// A tuple where every position travels its type's own way, with a list of what follows; else a list of any JSON.
    fn tuple(&self, tuple: &Tuple, form: Form) -> Typed {
        let positions = tuple.items.iter().enumerate();
        let positions: Option<Vec<Type>> = positions
            .map(|(at, item)| self.position(item, at < tuple.required, form))
            .collect();
        let few = |positions: &Vec<Type>| (1..=MOST_POSITIONS).contains(&positions.len());
        let rest = tuple.rest.as_ref();
        let rest = rest.map(|rest| self.nullable_value(rest, form));
        let plain = rest.as_ref().is_none_or(|rest| rest.codec == Codec::Own);
        match (positions.filter(few).filter(|_| plain), rest) {
            (Some(positions), None) => Typed::own(Type::Tuple(positions)),
            (Some(positions), Some(rest)) => Typed::own(Type::Prefix(positions, Box::new(rest.ty))),
            (None, _) => Typed::own(Type::Value).list(),
        }
    }

    /// An item of a tuple, where it travels its type's own way.
    fn position(&self, item: &Use, required: bool, form: Form) -> Option<Type> {
        let value = if required {
            self.nullable_value(item, form)
        } else {
            self.value(item, form)
        };
        let ty = Some(value.ty).filter(|_| value.codec == Codec::Own)?;
        Some(if required {
            ty
        } else {
            Type::Maybe(Box::new(ty))
        })
    }
}

/// `int32` and smaller only where the document says so: a bare integer is 64 bits wide.
fn integer(format: Option<IntegerFormat>, limits: &Limits) -> Type {
    if exceeds_64_bits(limits) {
        return Type::Number;
    }
    let width = match format {
        Some(IntegerFormat::Int8) => Integer::I8,
        Some(IntegerFormat::Int16) => Integer::I16,
        Some(IntegerFormat::Int32) => Integer::I32,
        Some(IntegerFormat::Uint8) => Integer::U8,
        Some(IntegerFormat::Uint16) => Integer::U16,
        Some(IntegerFormat::Uint32) => Integer::U32,
        Some(IntegerFormat::Uint64) => Integer::U64,
        Some(IntegerFormat::Int64) | None => Integer::I64,
    };
    Type::Integer(if needs_u64(limits) {
        Integer::U64
    } else {
        width
    })
}

/// Whether a bound lies beyond what `i64` and `u64` hold.
fn exceeds_64_bits(limits: &Limits) -> bool {
    let beyond = |bound: &Option<String>| {
        bound
            .as_deref()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(|bound| !(-9.3e18..=1.85e19).contains(&bound))
    };
    beyond(&limits.minimum) || beyond(&limits.maximum)
}

/// Whether the upper bound lies beyond `i64` and no value is negative.
fn needs_u64(limits: &Limits) -> bool {
    let maximum = limits
        .maximum
        .as_deref()
        .and_then(|text| text.parse::<u64>().ok());
    let minimum = limits
        .minimum
        .as_deref()
        .and_then(|text| text.parse::<f64>().ok());
    maximum.is_some_and(|maximum| i64::try_from(maximum).is_err())
        && minimum.is_some_and(|minimum| minimum >= 0.0)
}

fn number(format: Option<NumberFormat>) -> Type {
    match format {
        Some(NumberFormat::Decimal) => Type::Number,
        Some(NumberFormat::Float | NumberFormat::Double) | None => Type::Float,
    }
}

fn text(format: &TextFormat) -> Typed {
    match format {
        TextFormat::DateTime => Typed::own(Type::DateTime),
        TextFormat::Date => Typed::own(Type::Date),
        TextFormat::Base64 => Typed {
            ty: Type::Bytes,
            codec: Codec::Base64,
        },
        TextFormat::Base64Url => Typed {
            ty: Type::Bytes,
            codec: Codec::Base64Url,
        },
        TextFormat::Password => Typed::own(Type::Secret),
        TextFormat::Integer(format) => {
            let ty = integer(Some(*format), &Limits::default());
            Typed {
                codec: Codec::Text(ty.clone()),
                ty,
            }
        }
        TextFormat::Number(format) => {
            let ty = number(Some(*format));
            Typed {
                codec: Codec::Text(ty.clone()),
                ty,
            }
        }
        TextFormat::Plain
        | TextFormat::Other(_)
        | TextFormat::Time
        | TextFormat::Duration
        | TextFormat::Uuid
        | TextFormat::Uri
        | TextFormat::Email
        | TextFormat::Ipv4
        | TextFormat::Ipv6
        | TextFormat::Binary => Typed::own(Type::Text),
    }
}
