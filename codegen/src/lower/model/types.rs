//! Types and codecs: what a value is in Rust, and how it travels.

use crate::names::{Ident, Path};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Any JSON: `v1::Value`.
    Value,
    /// No value: `v1::Never`.
    Never,
    /// Only `null`: `()`.
    Null,
    /// `bool`.
    Bool,
    /// An integer of this width.
    Integer(Integer),
    /// `f64`.
    Float,
    /// A number whose text is kept: `v1::Number`.
    Number,
    /// `String`.
    Text,
    /// `v1::Secret`: text that is not shown.
    Secret,
    /// `v1::DateTime`.
    DateTime,
    /// `v1::Date`.
    Date,
    /// A text of a known form with a type of its own.
    Scalar(Scalar),
    /// `v1::Lenient<T>`: a value of a known form, or the text that came in its place.
    Lenient(Box<Type>),
    /// A type that is not generated: the caller's own.
    Foreign(Path),
    /// `v1::Bytes`.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `v1::Map<T>`.
    Map(Box<Type>),
    /// `v1::KeyedMap<K, T>`: a map whose keys are texts of a type of their own.
    Keyed(Box<Type>, Box<Type>),
    /// `(A, B)`.
    Tuple(Vec<Type>),
    /// `v1::Prefix<(A, B), R>`: a tuple of the first items, and the others.
    Prefix(Vec<Type>, Box<Type>),
    /// `v1::Maybe<T>`: an item that may be left out.
    Maybe(Box<Type>),
    /// `Option<T>`: `null` is `None`.
    Option(Box<Type>),
    /// `Box<T>`.
    Boxed(Box<Type>),
    /// A generated type.
    Named(Ident),
}

/// Texts of a known form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `v1::TimeOfDay`.
    Time,
    /// `v1::IsoDuration`.
    Duration,
    /// `v1::Uuid`.
    Uuid,
    /// `std::net::Ipv4Addr`.
    Ipv4,
    /// `std::net::Ipv6Addr`.
    Ipv6,
    /// `v1::OffsetDateTime`, of the crate `time`.
    OffsetDateTime,
    /// `v1::TimeDate`, of the crate `time`.
    TimeDate,
    /// `v1::Timestamp`, of the crate `jiff`.
    Timestamp,
    /// `v1::CivilDate`, of the crate `jiff`.
    CivilDate,
}

impl Scalar {
    /// Whether a value is passed by copy.
    fn is_copy(self) -> bool {
        match self {
            Self::Time | Self::Duration => false,
            Self::Uuid
            | Self::Ipv4
            | Self::Ipv6
            | Self::OffsetDateTime
            | Self::TimeDate
            | Self::Timestamp
            | Self::CivilDate => true,
        }
    }
}

/// The widths of integers.
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

/// How a value travels, where that is not its type's own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// As its type says.
    Own,
    /// An integer or number as text.
    Text(Type),
    /// Bytes as base64 text.
    Base64,
    /// Bytes as base64url text.
    Base64Url,
    /// Each item of a list by this codec.
    Each(Box<Codec>),
    /// Each value of a map by this codec.
    Values(Box<Codec>),
    /// The keys of a map by their text, each value by this codec.
    Keyed(Box<Codec>),
    /// Each position of a tuple by its codec.
    Positions(Vec<Codec>),
    /// Each position of a tuple by its codec, and each item after them by the last.
    Prefix(Vec<Codec>, Box<Codec>),
    /// An item that may be left out by this codec.
    Maybe(Box<Codec>),
    /// A value in a box by this codec.
    Boxed(Box<Codec>),
    /// `null` as `None`, everything else by this codec.
    Null(Box<Codec>),
    /// What this codec cannot read as the text that came.
    Lenient(Box<Codec>),
    /// A list or map by this codec that is empty where a reply lacks it.
    OrEmpty(Box<Codec>),
    /// A caller's own type by its text.
    ViaText,
    /// A caller's own type by the text of a number.
    ViaNumber,
    /// A caller's own type through serde.
    ViaSerde,
}

impl Codec {
    /// Whether it names types within the type: of a map's keys, of a tuple's positions.
    pub fn names_inner(&self) -> bool {
        match self {
            Self::Keyed(_) => true,
            Self::Each(inner)
            | Self::Values(inner)
            | Self::Maybe(inner)
            | Self::Boxed(inner)
            | Self::Null(inner)
            | Self::Lenient(inner)
            | Self::OrEmpty(inner) => inner.names_inner(),
            // They name the types of positions that travel their own way.
            Self::Positions(_) | Self::Prefix(..) => true,
            Self::Own
            | Self::Text(_)
            | Self::Base64
            | Self::Base64Url
            | Self::ViaText
            | Self::ViaNumber
            | Self::ViaSerde => false,
        }
    }
}

/// A type with its codec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueType {
    /// The type.
    pub ty: Type,
    /// The codec.
    pub codec: Codec,
}

impl ValueType {
    /// A type that travels its own way.
    pub fn own(ty: Type) -> Self {
        Self {
            ty,
            codec: Codec::Own,
        }
    }

    /// A list of these.
    pub fn list(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Each(Box::new(self.codec))
        };
        Self {
            ty: Type::List(Box::new(self.ty)),
            codec,
        }
    }

    /// A map of these.
    pub fn map(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Values(Box::new(self.codec))
        };
        Self {
            ty: Type::Map(Box::new(self.ty)),
            codec,
        }
    }

    /// A map of these by keys of a type of their own.
    pub fn keyed(self, key: Type) -> Self {
        Self {
            ty: Type::Keyed(Box::new(key), Box::new(self.ty)),
            codec: Codec::Keyed(Box::new(self.codec)),
        }
    }

    /// One of these, or the text that came in its place.
    pub fn lenient(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Lenient(Box::new(self.codec))
        };
        Self {
            ty: Type::Lenient(Box::new(self.ty)),
            codec,
        }
    }

    /// One of these lists or maps, empty where a reply lacks it.
    pub fn or_empty(self) -> Self {
        Self {
            ty: self.ty,
            codec: Codec::OrEmpty(Box::new(self.codec)),
        }
    }

    /// A tuple of these, and of items after them where there may be some.
    pub fn tuple(positions: Vec<Self>, rest: Option<Self>) -> Self {
        let own = |typed: &Self| typed.codec == Codec::Own;
        let own = positions.iter().all(own) && rest.iter().all(own);
        let (types, codecs) = positions
            .into_iter()
            .map(|typed| (typed.ty, typed.codec))
            .unzip();
        let (ty, codec) = match rest {
            None => (Type::Tuple(types), Codec::Positions(codecs)),
            Some(rest) => (
                Type::Prefix(types, Box::new(rest.ty)),
                Codec::Prefix(codecs, Box::new(rest.codec)),
            ),
        };
        let codec = if own { Codec::Own } else { codec };
        Self { ty, codec }
    }

    /// One of these that may be left out.
    pub fn maybe(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Maybe(Box::new(self.codec))
        };
        Self {
            ty: Type::Maybe(Box::new(self.ty)),
            codec,
        }
    }

    /// One of these in a box.
    pub fn boxed(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Boxed(Box::new(self.codec))
        };
        Self {
            ty: Type::Boxed(Box::new(self.ty)),
            codec,
        }
    }

    /// One of these or `null`.
    pub fn nullable(self) -> Self {
        let codec = if self.codec == Codec::Own {
            Codec::Own
        } else {
            Codec::Null(Box::new(self.codec))
        };
        Self {
            ty: Type::Option(Box::new(self.ty)),
            codec,
        }
    }
}

impl Type {
    /// The types of a tuple's positions.
    pub fn positions(&self) -> &[Self] {
        if let Self::Tuple(types) | Self::Prefix(types, _) = self {
            return types;
        }
        &[]
    }

    /// Whether a value is passed by copy.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Null
            | Self::Bool
            | Self::Integer(_)
            | Self::Float
            | Self::DateTime
            | Self::Date => true,
            Self::Option(inner) | Self::Maybe(inner) => inner.is_copy(),
            Self::Scalar(scalar) => scalar.is_copy(),
            Self::Value
            | Self::Never
            | Self::Number
            | Self::Text
            | Self::Secret
            | Self::Bytes
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(..)
            | Self::Tuple(_)
            | Self::Prefix(..)
            | Self::Boxed(_)
            | Self::Lenient(_)
            | Self::Foreign(_)
            | Self::Named(_) => false,
        }
    }

    /// The generated types that this one names.
    pub fn named(&self) -> Vec<&Ident> {
        match self {
            Self::Named(ident) => vec![ident],
            Self::List(inner)
            | Self::Map(inner)
            | Self::Maybe(inner)
            | Self::Option(inner)
            | Self::Lenient(inner)
            | Self::Boxed(inner) => inner.named(),
            Self::Keyed(key, value) => [key.named(), value.named()].concat(),
            Self::Tuple(items) => items.iter().flat_map(Self::named).collect(),
            Self::Prefix(items, rest) => {
                let items = items.iter().chain([rest.as_ref()]);
                items.flat_map(Self::named).collect()
            }
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
            | Self::Bytes => Vec::new(),
        }
    }
}
