//! Sets of JSON types.

use super::model::{Json, JsonType};
use std::ops::{BitAnd, BitOr};

/// A set of JSON types; integers are distinct from numbers with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeSet(u8);

impl TypeSet {
    pub const NONE: Self = Self(0);
    pub const NULL: Self = Self(1);
    pub const BOOL: Self = Self(2);
    pub const INTEGER: Self = Self(4);
    /// Numbers with a fraction.
    pub const FRACTION: Self = Self(8);
    /// All numbers, integers included.
    pub const NUMBER: Self = Self(4 | 8);
    pub const TEXT: Self = Self(16);
    pub const LIST: Self = Self(32);
    pub const OBJECT: Self = Self(64);
    pub const ALL: Self = Self(127);

    /// Returns the types that a value of `type` names; `None` if it is unknown.
    pub fn from_name(name: &str) -> Option<Self> {
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

    /// Returns the type of a value. A number without a fraction is an integer, however it is written.
    pub fn from_value(value: &Json) -> Self {
        match value {
            Json::Null => Self::NULL,
            Json::Bool(_) => Self::BOOL,
            Json::Number(number) if !number.is_f64() => Self::INTEGER,
            Json::Number(number) => match number.as_f64() {
                Some(float) if float.fract() == 0.0 => Self::INTEGER,
                Some(_) | None => Self::FRACTION,
            },
            Json::String(_) => Self::TEXT,
            Json::Array(_) => Self::LIST,
            Json::Object(_) => Self::OBJECT,
        }
    }

    /// Returns the types of the set.
    pub fn to_vec(self) -> Vec<JsonType> {
        let all = [
            (Self::NULL, JsonType::Null),
            (Self::BOOL, JsonType::Bool),
            (Self::INTEGER, JsonType::Integer),
            (Self::FRACTION, JsonType::Fraction),
            (Self::TEXT, JsonType::Text),
            (Self::LIST, JsonType::List),
            (Self::OBJECT, JsonType::Object),
        ];
        let members = all.into_iter().filter(|(set, _)| self.overlaps(*set));
        members.map(|(_, json_type)| json_type).collect()
    }

    /// Returns the types that `other` does not have.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// `true` if both sets have a type.
    pub fn overlaps(self, other: Self) -> bool {
        self & other != Self::NONE
    }

    /// `true` if `other` has every type of this set.
    pub fn within(self, other: Self) -> bool {
        self.without(other) == Self::NONE
    }
}

/// All types, as without `type`.
impl Default for TypeSet {
    fn default() -> Self {
        Self::ALL
    }
}

impl BitOr for TypeSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for TypeSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// Collects the types of values.
impl<'v> FromIterator<&'v Json> for TypeSet {
    fn from_iter<I: IntoIterator<Item = &'v Json>>(values: I) -> Self {
        let types = values.into_iter().map(Self::from_value);
        types.fold(Self::NONE, BitOr::bitor)
    }
}
