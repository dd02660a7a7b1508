//! Types of values, and the codecs that convert them.

use crate::names::{Ident, Path};

/// A Rust type. `rt` is the runtime's module for generated code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `rt::Value`: any JSON.
    Value,
    /// `rt::Never`: no value.
    Never,
    /// `()`: null.
    Null,
    /// `bool`.
    Bool,
    /// A primitive integer.
    Integer(Integer),
    /// `f64`.
    Float,
    /// `rt::Number`: a number with its text unchanged.
    Number,
    /// `String`.
    Text,
    /// `rt::Secret`: text that is masked when printed.
    Secret,
    /// `rt::DateTime`, of the crate `chrono`.
    DateTime,
    /// `rt::Date`, of the crate `chrono`.
    Date,
    /// A type for texts of one format.
    Scalar(Scalar),
    /// `rt::Lenient<T>`: a `T`, or the text received in its place.
    Lenient(Box<Type>),
    /// A type written by the caller.
    Foreign(Path),
    /// `rt::Bytes`.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `rt::Map<T>`: a map by text.
    Map(Box<Type>),
    /// `rt::KeyedMap<K, T>`.
    Keyed(Box<Type>, Box<Type>),
    /// `(A, B)`.
    Tuple(Vec<Type>),
    /// `rt::Prefix<(A, B), T>`: a tuple, and further items.
    Prefix(Vec<Type>, Box<Type>),
    /// `rt::Maybe<T>`: absent, null or a `T`.
    Maybe(Box<Type>),
    /// `Option<T>`: null or a `T`.
    Option(Box<Type>),
    /// `Box<T>`.
    Boxed(Box<Type>),
    /// A generated type.
    Named(Ident),
}

/// A type for texts of one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `rt::TimeOfDay`.
    Time,
    /// `rt::IsoDuration`.
    Duration,
    /// `rt::Uuid`.
    Uuid,
    /// `std::net::Ipv4Addr`.
    Ipv4,
    /// `std::net::Ipv6Addr`.
    Ipv6,
    /// `rt::OffsetDateTime`, of the crate `time`.
    OffsetDateTime,
    /// `rt::TimeDate`, of the crate `time`.
    TimeDate,
    /// `rt::Timestamp`, of the crate `jiff`.
    Timestamp,
    /// `rt::CivilDate`, of the crate `jiff`.
    CivilDate,
}

/// A primitive integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integer {
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u8`.
    U8,
    /// `u16`.
    U16,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
}

impl Integer {
    /// Returns the width in bits.
    pub fn bits(self) -> u8 {
        match self {
            Self::I8 | Self::U8 => 8,
            Self::I16 | Self::U16 => 16,
            Self::I32 | Self::U32 => 32,
            Self::I64 | Self::U64 => 64,
        }
    }

    /// Returns the least and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }
}

impl Type {
    /// Types directly inside this one: of items, keys and values, positions.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Maybe(inner)
            | Self::Option(inner)
            | Self::Lenient(inner)
            | Self::Boxed(inner) => vec![inner],
            Self::Keyed(key, value) => vec![key, value],
            Self::Tuple(positions) => positions.iter().collect(),
            Self::Prefix(positions, item) => positions.iter().chain([item.as_ref()]).collect(),
            Self::Value
            | Self::Never
            | Self::Null
            | Self::Bool
            | Self::Integer(_)
            | Self::Float
            | Self::Number
            | Self::Text
            | Self::Secret
            | Self::DateTime
            | Self::Date
            | Self::Scalar(_)
            | Self::Foreign(_)
            | Self::Bytes
            | Self::Named(_) => Vec::new(),
        }
    }

    /// Types of a tuple's positions.
    pub fn positions(&self) -> &[Self] {
        if let Self::Tuple(positions) | Self::Prefix(positions, _) = self {
            return positions;
        }
        &[]
    }

    /// `true` if the type is `Copy`.
    pub fn is_copy(&self) -> bool {
        if let Self::Option(inner) | Self::Maybe(inner) = self {
            return inner.is_copy();
        }
        if let Self::Scalar(scalar) = self {
            return !matches!(scalar, Scalar::Time | Scalar::Duration);
        }
        matches!(
            self,
            Self::Null | Self::Bool | Self::Integer(_) | Self::Float | Self::DateTime | Self::Date
        )
    }

    /// Generated types that the type names.
    pub fn named(&self) -> Vec<&Ident> {
        if let Self::Named(ident) = self {
            return vec![ident];
        }
        self.parts().into_iter().flat_map(Self::named).collect()
    }
}

/// How a value is encoded and decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// By its type's implementation of the runtime's traits.
    Native,
    /// A number of this type as text.
    Text(Type),
    /// Bytes as base64.
    Base64,
    /// Bytes as base64url.
    Base64Url,
    /// A list whose items have this codec.
    Each(Box<Codec>),
    /// A map by text whose values have this codec.
    Values(Box<Codec>),
    /// A map with typed keys whose values have this codec.
    Keyed(Box<Codec>),
    /// A tuple whose positions have these codecs.
    Positions(Vec<Codec>),
    /// A tuple whose positions have these codecs, and further items with the last one.
    Prefix(Vec<Codec>, Box<Codec>),
    /// An optional position of a tuple.
    Maybe(Box<Codec>),
    /// A value in a box.
    Boxed(Box<Codec>),
    /// Null as `None`, other values by this codec.
    Null(Box<Codec>),
    /// Values by this codec, and texts that it rejects unchanged.
    Lenient(Box<Codec>),
    /// A list or map by this codec; empty if a response lacks it.
    OrEmpty(Box<Codec>),
    /// A caller's type, by its text.
    ViaText,
    /// A caller's type, by the text of a number.
    ViaNumber,
    /// A caller's type, by serde.
    ViaSerde,
}

impl Codec {
    /// Codec of the values that are not null.
    pub fn without_null(&self) -> &Self {
        if let Self::Null(inner) = self {
            return inner;
        }
        self
    }

    /// `true` if spelling the codec needs the parts of the value's type: keys or positions.
    pub fn names_parts(&self) -> bool {
        if let Self::Each(inner)
        | Self::Values(inner)
        | Self::Maybe(inner)
        | Self::Boxed(inner)
        | Self::Null(inner)
        | Self::Lenient(inner)
        | Self::OrEmpty(inner) = self
        {
            return inner.names_parts();
        }
        matches!(self, Self::Keyed(_) | Self::Positions(_) | Self::Prefix(..))
    }
}

/// A type with the codec of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueType {
    /// The type.
    pub ty: Type,
    /// The codec.
    pub codec: Codec,
}

impl ValueType {
    /// A type with its native codec.
    pub fn native(ty: Type) -> Self {
        Self { ty, codec: Codec::Native }
    }

    /// A container of these; it has its native codec if they have.
    fn inside(self, ty: fn(Box<Type>) -> Type, codec: fn(Box<Codec>) -> Codec) -> Self {
        Self {
            ty: ty(Box::new(self.ty)),
            codec: if self.codec == Codec::Native {
                Codec::Native
            } else {
                codec(Box::new(self.codec))
            },
        }
    }

    /// A list of these.
    pub fn list(self) -> Self {
        self.inside(Type::List, Codec::Each)
    }

    /// A map from text to these.
    pub fn map(self) -> Self {
        self.inside(Type::Map, Codec::Values)
    }

    /// One of these, or the text received in its place.
    pub fn lenient(self) -> Self {
        self.inside(Type::Lenient, Codec::Lenient)
    }

    /// One of these, null, or nothing.
    pub fn maybe(self) -> Self {
        self.inside(Type::Maybe, Codec::Maybe)
    }

    /// One of these in a box.
    pub fn boxed(self) -> Self {
        self.inside(Type::Boxed, Codec::Boxed)
    }

    /// One of these or null.
    pub fn nullable(self) -> Self {
        self.inside(Type::Option, Codec::Null)
    }

    /// One of these, or null if that is possible.
    pub fn nullable_if(self, is_nullable: bool) -> Self {
        if is_nullable {
            self.nullable()
        } else {
            self
        }
    }

    /// A map from keys of this type to these.
    pub fn keyed(self, key: Type) -> Self {
        Self {
            ty: Type::Keyed(Box::new(key), Box::new(self.ty)),
            codec: Codec::Keyed(Box::new(self.codec)),
        }
    }

    /// One of these lists or maps, empty if a response lacks it.
    pub fn or_empty(self) -> Self {
        Self { ty: self.ty, codec: Codec::OrEmpty(Box::new(self.codec)) }
    }

    /// A tuple of these positions, followed by any number of `item`.
    pub fn tuple(positions: Vec<Self>, item: Option<Self>) -> Self {
        let mut all = positions.iter().chain(&item);
        let is_native = all.all(|value| value.codec == Codec::Native);
        let (types, codecs) = positions.into_iter().map(|value| (value.ty, value.codec)).unzip();
        let (ty, codec) = match item {
            None => (Type::Tuple(types), Codec::Positions(codecs)),
            Some(item) => (
                Type::Prefix(types, Box::new(item.ty)),
                Codec::Prefix(codecs, Box::new(item.codec)),
            ),
        };
        let codec = if is_native { Codec::Native } else { codec };
        Self { ty, codec }
    }
}
