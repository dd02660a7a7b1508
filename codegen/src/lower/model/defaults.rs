//! Default values as the Rust expressions that build them.

use super::{Integer, Presence, Type};
use crate::names::Ident;

/// An accessor that returns a field's value or its documented default: `limit_or_default`.
#[derive(Clone, Debug)]
pub struct DefaultAccessor {
    /// The method.
    pub ident: Ident,
    /// The default.
    pub value: DefaultValue,
}

/// A value built by generated code.
#[derive(Clone, Debug)]
pub enum DefaultValue {
    /// `None`, for null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number of this type.
    Integer(i128, Integer),
    /// An `f64`.
    Float(f64),
    /// A `String`.
    Text(String),
    /// A secret.
    Secret(String),
    /// A text that the runtime parses on use; the compiler has checked that it parses.
    Parsed {
        /// The text.
        text: String,
        /// The type.
        ty: Type,
    },
    /// A value of a lenient type that has the type's format.
    LenientKnown(Box<DefaultValue>),
    /// A text in place of a value of a lenient type.
    LenientText(String),
    /// A variant of a choice: the enum, the variant, and `true` if the enum is `Copy`.
    ChoiceVariant(Ident, Ident, bool),
    /// A variant of a union: the enum, the variant and its value.
    UnionVariant(Ident, Ident, Box<DefaultValue>),
    /// A `Vec`.
    List(Vec<DefaultValue>),
    /// A map by text.
    Map(Vec<(String, DefaultValue)>),
    /// A map whose keys have a type of their own.
    Keyed(Vec<(DefaultValue, DefaultValue)>),
    /// A tuple, and `true` if it is `Copy`.
    Tuple(Vec<DefaultValue>, bool),
    /// A tuple and the items after it.
    Prefix(Vec<DefaultValue>, Vec<DefaultValue>),
    /// An optional position of a tuple: absent, null or a value.
    Maybe(Option<Box<DefaultValue>>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A struct.
    Record(DefaultRecord),
    /// `Some`, where null is possible.
    Some(Box<DefaultValue>),
    /// A value in a box.
    Boxed(Box<DefaultValue>),
}

/// A struct expression.
#[derive(Clone, Debug)]
pub struct DefaultRecord {
    /// The struct.
    pub name: Ident,
    /// All fields, in order.
    pub fields: Vec<DefaultField>,
    /// Field of additional members, with their values.
    pub additional: Option<(Ident, Vec<(String, DefaultValue)>)>,
    /// `true` if unset fields can be left to the blank value of the struct: no field is required.
    pub has_blank: bool,
}

/// A field of a struct expression.
#[derive(Clone, Debug)]
pub struct DefaultField {
    /// The field.
    pub ident: Ident,
    /// Presence of the field.
    pub presence: Presence,
    /// Value; `None` if unset.
    pub value: Option<DefaultValue>,
}

impl DefaultValue {
    /// Values directly inside this one.
    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::List(items) | Self::Tuple(items, _) => items.iter().collect(),
            Self::Prefix(first, others) => first.iter().chain(others).collect(),
            Self::Map(members) => members.iter().map(|(_, value)| value).collect(),
            Self::Keyed(members) => members.iter().flat_map(|(key, value)| [key, value]).collect(),
            Self::Record(record) => record.values().collect(),
            Self::Maybe(value) => value.iter().map(AsRef::as_ref).collect(),
            Self::UnionVariant(_, _, value)
            | Self::LenientKnown(value)
            | Self::Some(value)
            | Self::Boxed(value) => vec![value],
            Self::Null
            | Self::Bool(_)
            | Self::Integer(..)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Parsed { .. }
            | Self::LenientText(_)
            | Self::ChoiceVariant(..)
            | Self::Bytes(_) => Vec::new(),
        }
    }

    /// `true` if the value's type is `Copy`.
    pub fn is_copy(&self) -> bool {
        if let Self::Parsed { ty, .. } = self {
            return ty.is_copy();
        }
        if let Self::ChoiceVariant(_, _, copy) | Self::Tuple(_, copy) = self {
            return *copy;
        }
        if let Self::Maybe(Some(value)) = self {
            return value.is_copy();
        }
        matches!(self, Self::Bool(_) | Self::Integer(..) | Self::Float(_))
    }

    /// `true` if building it calls no function, so that it can be an argument of `unwrap_or`.
    pub fn is_literal(&self) -> bool {
        match self {
            Self::Record(record) => record.is_literal(),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(..)
            | Self::Float(_)
            | Self::ChoiceVariant(..)
            | Self::Maybe(_)
            | Self::Tuple(..)
            | Self::UnionVariant(..)
            | Self::LenientKnown(_)
            | Self::Some(_) => self.parts().into_iter().all(Self::is_literal),
            Self::Text(_)
            | Self::Secret(_)
            | Self::Parsed { .. }
            | Self::LenientText(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(_)
            | Self::Prefix(..)
            | Self::Bytes(_)
            | Self::Boxed(_) => false,
        }
    }

    /// `true` if it is a single literal or path, apart from wrappers around it.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::UnionVariant(..)
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(_)
            | Self::Tuple(..)
            | Self::Prefix(..)
            | Self::Record(_) => false,
            Self::Null
            | Self::Bool(_)
            | Self::Integer(..)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Parsed { .. }
            | Self::LenientKnown(_)
            | Self::LenientText(_)
            | Self::ChoiceVariant(..)
            | Self::Maybe(_)
            | Self::Bytes(_)
            | Self::Some(_)
            | Self::Boxed(_) => self.parts().into_iter().all(Self::is_plain),
        }
    }

    /// `true` if it equals the `Default` of its type: an empty collection.
    pub fn is_empty(&self) -> bool {
        if let Self::Boxed(value) = self {
            return value.is_empty();
        }
        matches!(self, Self::Bytes(bytes) if bytes.is_empty())
            || matches!(self, Self::List(_) | Self::Map(_) | Self::Keyed(_))
                && self.parts().is_empty()
    }

    /// `true` if it is a struct with no field set.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Record(record) if record.has_blank && record.values().next().is_none())
    }

    /// Length of its texts in bytes, and a byte for each value.
    pub fn length(&self) -> usize {
        let text = match self {
            Self::Text(text)
            | Self::Secret(text)
            | Self::LenientText(text)
            | Self::Parsed { text, .. } => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(..)
            | Self::Float(_)
            | Self::LenientKnown(_)
            | Self::ChoiceVariant(..)
            | Self::UnionVariant(..)
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(_)
            | Self::Tuple(..)
            | Self::Prefix(..)
            | Self::Maybe(_)
            | Self::Record(_)
            | Self::Some(_)
            | Self::Boxed(_) => 0,
        };
        let parts = self.parts().into_iter().map(Self::length);
        parts.fold(text + 1, usize::saturating_add)
    }

    /// Generated types that the expression names.
    pub fn named(&self) -> Vec<&Ident> {
        let name = if let Self::ChoiceVariant(name, ..)
        | Self::UnionVariant(name, ..)
        | Self::Record(DefaultRecord { name, .. }) = self
        {
            Some(name)
        } else {
            None
        };
        let inner = self.parts().into_iter().flat_map(Self::named);
        name.into_iter().chain(inner).collect()
    }
}

impl DefaultRecord {
    /// Values of the fields that are set, then of the additional members.
    fn values(&self) -> impl Iterator<Item = &DefaultValue> {
        let fields = self.fields.iter().filter_map(|field| field.value.as_ref());
        let additional = self.additional.iter().flat_map(|(_, members)| members);
        fields.chain(additional.map(|(_, value)| value))
    }

    fn is_literal(&self) -> bool {
        let is_literal = |field: &DefaultField| match &field.value {
            Some(value) => value.is_literal(),
            None => !self.has_blank,
        };
        self.additional.is_none() && self.fields.iter().all(is_literal)
    }
}
