//! Defaults: what stands in the document as the Rust that makes it.

use super::Presence;
use crate::names::Ident;

/// A default of the document.
#[derive(Clone, Debug)]
pub struct Default {
    /// The accessor.
    pub accessor: Ident,
    /// The value.
    pub value: DefaultValue,
}

/// The value of a default, or a value within it.
#[derive(Clone, Debug)]
pub enum DefaultValue {
    /// `null`, where that is a value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// Text that is not shown.
    Secret(String),
    /// A text that is known to be of the form of its type.
    Stated {
        /// The text.
        text: String,
        /// Whether values of the type are passed by copy.
        copied: bool,
    },
    /// A value of a known form, where other text may be too.
    Known(Box<DefaultValue>),
    /// Other text in the place of a value of a known form.
    Other(String),
    /// A variant of this enum; whether the enum is copied.
    Variant(Ident, Ident, bool),
    /// A branch of this union.
    Branch(Ident, Ident, Box<DefaultValue>),
    /// A list.
    List(Vec<DefaultValue>),
    /// A map.
    Map(Vec<(String, DefaultValue)>),
    /// A map whose keys have a type of their own.
    Keyed(Vec<(DefaultValue, DefaultValue)>),
    /// A tuple; whether it is copied.
    Tuple(Vec<DefaultValue>, bool),
    /// A tuple, and the items after it.
    Prefix(Vec<DefaultValue>, Vec<DefaultValue>),
    /// A position of a tuple that may be left out, or hold null.
    Perhaps(Option<Box<DefaultValue>>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A struct.
    Record(DefaultRecord),
    /// A value where null is one too.
    Given(Box<DefaultValue>),
    /// A value in a box.
    Boxed(Box<DefaultValue>),
}

/// A struct that is a default.
#[derive(Clone, Debug)]
pub struct DefaultRecord {
    /// The struct.
    pub name: Ident,
    /// All of its fields.
    pub fields: Vec<DefaultField>,
    /// The field of other members, and those.
    pub rest: Option<(Ident, Vec<(String, DefaultValue)>)>,
    /// Whether fields that are not set may be left to `Default`.
    pub by_default: bool,
}

/// A field of a struct that is a default.
#[derive(Clone, Debug)]
pub struct DefaultField {
    /// The field.
    pub ident: Ident,
    /// Whether it may be missing or null.
    pub presence: Presence,
    /// Its value; none where it is not set.
    pub value: Option<DefaultValue>,
}

impl DefaultValue {
    /// Whether values of the type are passed by copy.
    pub fn is_copied(&self) -> bool {
        match self {
            Self::Bool(_) | Self::Integer(_) | Self::Float(_) => true,
            Self::Stated { copied, .. } | Self::Variant(_, _, copied) | Self::Tuple(_, copied) => {
                *copied
            }
            Self::Perhaps(Some(value)) => value.is_copied(),
            Self::Perhaps(None)
            | Self::Keyed(_)
            | Self::Prefix(..)
            | Self::Bytes(_)
            | Self::Null
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Known(_)
            | Self::Other(_)
            | Self::Branch(..)
            | Self::List(_)
            | Self::Map(_)
            | Self::Record(_)
            | Self::Given(_)
            | Self::Boxed(_) => false,
        }
    }

    /// Whether it costs nothing to make.
    pub fn is_literal(&self) -> bool {
        match self {
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::Variant(..)
            | Self::Perhaps(None) => true,
            Self::Tuple(items, _) => items.iter().all(Self::is_literal),
            Self::Perhaps(Some(value)) => value.is_literal(),
            Self::Branch(_, _, value) | Self::Known(value) | Self::Given(value) => {
                value.is_literal()
            }
            Self::Record(record) => record.is_literal(),
            Self::Text(_)
            | Self::Secret(_)
            | Self::Stated { .. }
            | Self::Other(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(_)
            | Self::Prefix(..)
            | Self::Bytes(_)
            | Self::Boxed(_) => false,
        }
    }

    /// Whether it is said in one word.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Stated { .. }
            | Self::Other(_)
            | Self::Variant(..)
            | Self::Bytes(_)
            | Self::Perhaps(None) => true,
            Self::Perhaps(Some(value)) => value.is_plain(),
            Self::Known(value) | Self::Given(value) | Self::Boxed(value) => value.is_plain(),
            Self::Branch(..)
            | Self::List(_)
            | Self::Map(_)
            | Self::Keyed(_)
            | Self::Tuple(..)
            | Self::Prefix(..)
            | Self::Record(_) => false,
        }
    }

    /// Whether it is what `Default` gives.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Map(members) => members.is_empty(),
            Self::Keyed(members) => members.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Record(_) => false,
            Self::Boxed(value) => value.is_empty(),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Stated { .. }
            | Self::Known(_)
            | Self::Other(_)
            | Self::Variant(..)
            | Self::Branch(..)
            | Self::Tuple(..)
            | Self::Prefix(..)
            | Self::Perhaps(_)
            | Self::Given(_) => false,
        }
    }

    /// Whether it is a struct with nothing set.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Record(record) if record.is_empty())
    }

    /// The generated types that the value names.
    pub fn named(&self) -> Vec<&Ident> {
        match self {
            Self::Variant(name, ..) => vec![name],
            Self::Branch(name, _, value) => [vec![name], value.named()].concat(),
            Self::List(items) | Self::Tuple(items, _) => {
                items.iter().flat_map(Self::named).collect()
            }
            Self::Prefix(first, rest) => first.iter().chain(rest).flat_map(Self::named).collect(),
            Self::Keyed(members) => {
                let members = members.iter();
                let both = members.flat_map(|(name, value)| [name, value]);
                both.flat_map(Self::named).collect()
            }
            Self::Perhaps(value) => value.iter().flat_map(|value| value.named()).collect(),
            Self::Map(members) => members
                .iter()
                .flat_map(|(_, value)| value.named())
                .collect(),
            Self::Record(record) => record.named(),
            Self::Known(value) | Self::Given(value) | Self::Boxed(value) => value.named(),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Secret(_)
            | Self::Stated { .. }
            | Self::Bytes(_)
            | Self::Other(_) => Vec::new(),
        }
    }
}

impl DefaultRecord {
    fn is_literal(&self) -> bool {
        let literal = |field: &DefaultField| match &field.value {
            Some(value) => value.is_literal(),
            None => !self.by_default,
        };
        self.rest.is_none() && self.fields.iter().all(literal)
    }

    fn is_empty(&self) -> bool {
        let no_rest = self
            .rest
            .as_ref()
            .is_none_or(|(_, members)| members.is_empty());
        self.by_default && no_rest && self.fields.iter().all(|field| field.value.is_none())
    }

    fn named(&self) -> Vec<&Ident> {
        let fields = self.fields.iter().filter_map(|field| field.value.as_ref());
        let rest = self.rest.iter().flat_map(|(_, members)| members);
        let values = fields.chain(rest.map(|(_, value)| value));
        [&self.name]
            .into_iter()
            .chain(values.flat_map(DefaultValue::named))
            .collect()
    }
}
