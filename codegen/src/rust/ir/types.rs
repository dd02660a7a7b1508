//! Types and codecs: what a value is in Rust, and how it travels.

use crate::names::Ident;

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
    /// `v1::Bytes`.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `v1::Map<T>`.
    Map(Box<Type>),
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
    /// `null` as `None`, everything else by this codec.
    Null(Box<Codec>),
}

/// A type with its codec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The type.
    pub ty: Type,
    /// The codec.
    pub codec: Codec,
}

impl Typed {
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
            Self::Value
            | Self::Never
            | Self::Number
            | Self::Text
            | Self::Secret
            | Self::Bytes
            | Self::List(_)
            | Self::Map(_)
            | Self::Tuple(_)
            | Self::Prefix(..)
            | Self::Boxed(_)
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
            | Self::Boxed(inner) => inner.named(),
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
            | Self::Bytes => Vec::new(),
        }
    }
}
