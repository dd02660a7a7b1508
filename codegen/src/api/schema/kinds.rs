//! Sets of JSON types.

use crate::api::model::JsonType;
use serde_json::Value;
use std::ops::BitOr;

/// A set of JSON types, with whole numbers apart from those with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::api) struct Kinds(u8);

impl Kinds {
    pub const NONE: Self = Self(0);
    pub const NULL: Self = Self(1);
    pub const BOOL: Self = Self(2);
    pub const INTEGER: Self = Self(4);
    /// Numbers with a fraction.
    pub const FRACTION: Self = Self(8);
    /// Every number: a whole one is a number too.
    pub const NUMBER: Self = Self(4 | 8);
    pub const TEXT: Self = Self(16);
    pub const LIST: Self = Self(32);
    pub const OBJECT: Self = Self(64);
    pub const ALL: Self = Self(127);

    /// The set that a `type` keyword names; nothing where the name is unknown.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "null" => Some(Self::NULL),
            "boolean" => Some(Self::BOOL),
            "integer" => Some(Self::INTEGER),
            "number" => Some(Self::NUMBER),
            "string" => Some(Self::TEXT),
            "array" => Some(Self::LIST),
            "object" => Some(Self::OBJECT),
            _ => None,
        }
    }

    /// The type of a value; a number without a fraction is whole however it is written.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOL,
            Value::Number(number) if !number.is_f64() => Self::INTEGER,
            Value::Number(number) => match number.as_f64() {
                Some(float) if float.fract() == 0.0 => Self::INTEGER,
                _ => Self::FRACTION,
            },
            Value::String(_) => Self::TEXT,
            Value::Array(_) => Self::LIST,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// The types of the set, each by its name.
    pub fn types(self) -> Vec<JsonType> {
        let all = [
            (Self::NULL, JsonType::Null),
            (Self::BOOL, JsonType::Bool),
            (Self::INTEGER, JsonType::Integer),
            (Self::FRACTION, JsonType::Fraction),
            (Self::TEXT, JsonType::Text),
            (Self::LIST, JsonType::List),
            (Self::OBJECT, JsonType::Object),
        ];
        let among = all.into_iter().filter(|(kind, _)| self.overlaps(*kind));
        among.map(|(_, name)| name).collect()
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every type of this set is in the other.
    pub fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
