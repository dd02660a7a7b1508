//! Any JSON value.

pub(super) mod build;
mod convert;
pub(super) mod float;
mod number;
mod replay;
mod tree;

pub use self::number::Number;
pub(super) use self::replay::{offer, replay, Replay, Score, Tally};
pub(crate) use self::tree::to_value;

use crate::codec::{CodecError, Decode, Decoder, Deviations, Encode, Encoder, Target};
use indexmap::IndexMap;
use std::hash::{Hash, Hasher};

/// An object with members in their order, all of one type (`additionalProperties`).
///
/// ```
/// use typewright_runtime::value::{from_json, Map};
///
/// let sizes: Map<i64> = from_json(br#"{"large": 3, "small": 1}"#).unwrap();
/// assert_eq!(sizes["large"], 3);
/// assert_eq!(sizes.keys().collect::<Vec<_>>(), ["large", "small"]);
/// ```
pub type Map<T> = IndexMap<String, T>;

/// Any JSON value: members in their order, numbers by their text.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, Value};
///
/// let value: Value = from_json(br#"{"size": 1.50, "tags": ["a"]}"#).unwrap();
/// assert_eq!(value["size"].as_f64(), Some(1.5));
/// assert_eq!(value["tags"][0].as_str(), Some("a"));
/// assert!(value["colour"].is_null());
/// assert_eq!(to_json(&value).unwrap(), br#"{"size":1.50,"tags":["a"]}"#);
/// ```
#[derive(Debug, Default, Eq)]
pub enum Value {
    /// `null`. The default.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number of any size.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Object(Map<Value>),
}

// `Clone` and `PartialEq` are written out since derived ones are inline: each crate that copies or compares a value would
// compile those of maps anew.
impl Clone for Value {
    fn clone(&self) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Bool(value) => Self::Bool(*value),
            Self::Number(number) => Self::Number(number.clone()),
            Self::Text(text) => Self::Text(text.clone()),
            Self::List(items) => Self::List(items.clone()),
            Self::Object(members) => Self::Object(members.clone()),
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => one == other,
            (
                Self::Null
                | Self::Bool(_)
                | Self::Number(_)
                | Self::Text(_)
                | Self::List(_)
                | Self::Object(_),
                _,
            ) => false,
        }
    }
}

/// Equal values are hashed alike: objects whatever the order of their members is, numbers however they are written.
impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(state),
            Self::Number(number) => number.hash(state),
            Self::Text(text) => text.hash(state),
            Self::List(items) => items.hash(state),
            Self::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                members.hash(state);
            }
        }
    }
}

/// The JSON type of a value (JSON Schema 2020-12 validation, section 6.1.1: `type`).
///
/// ```
/// use typewright_runtime::value::{Kind, Value};
///
/// assert_eq!(Value::from("text").kind(), Kind::Text);
/// assert_eq!(Value::from(3.0).kind(), Kind::Integer);
/// assert_eq!(Value::from(3.5).kind(), Kind::Number);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `null`.
    Null,
    /// A boolean.
    Bool,
    /// A number without a fraction; `3.0` is one.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Value {
    /// The JSON type of the value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(number) if number.is_integer() => Kind::Integer,
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
            Self::List(_) => Kind::List,
            Self::Object(_) => Kind::Object,
        }
    }

    /// Reports whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Null | Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The number as an integer, if it is one of 64 bits; `3.0` is 3.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// The nearest `f64`, if the value is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The items, if the value is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => None,
        }
    }

    /// The members, if the value is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map<Value>> {
        match self {
            Self::Object(members) => Some(members),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The member of this name, if the value is an object that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// Reports whether the value is an object with a member of this name, be it null.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value at a JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(self, |value, segment| {
            let name = segment.replace("~1", "/").replace("~0", "~");
            match value.as_list() {
                Some(items) => items.get(name.parse::<usize>().ok()?),
                None => value.get(&name),
            }
        })
    }

    /// Reads the value as a type, as if its JSON were read.
    ///
    /// # Errors
    /// The value is not what the type allows.
    pub fn read<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        self.read_into(&Deviations::default(), &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// Gives the value to a target; the one body of [`Self::read`] for all types.
    pub(crate) fn read_into(
        &self,
        deviations: &Deviations,
        target: &mut dyn Target,
    ) -> Result<(), CodecError> {
        replay(self, deviations, |replay| target.set(replay))
    }
}

impl Decode for Value {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        decoder.any()
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Encode for Value {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self {
            Self::Null => encoder.null(),
            Self::Bool(value) => encoder.bool(*value),
            Self::Number(number) => number.encode(encoder),
            Self::Text(text) => encoder.text(text),
            Self::List(items) => items.encode(encoder),
            Self::Object(members) => members.encode(encoder),
        }
    }
}

impl Kind {
    /// The failure of a value whose type no branch is for.
    #[cold]
    #[must_use]
    pub fn unexpected(self, expected: impl Into<std::borrow::Cow<'static, str>>) -> CodecError {
        let description = match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        };
        CodecError::new(expected, description)
    }
}

impl Value {
    /// The value of a JSON text that is known to be one; null where it is not.
    #[must_use]
    pub fn from_json_text(text: &str) -> Self {
        crate::codec::from_json(text.as_bytes()).unwrap_or_default()
    }
}
