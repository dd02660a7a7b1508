//! Items of the files below `types/`.

use super::{Codec, DefaultAccessor, DefaultValue, Rule, Type, Validation, ValueType};
use crate::api::model::EventData;
use crate::names::Ident;

/// An item of a file below `types/`.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct with a field for each property.
    Record(Record),
    /// An enum of literal values.
    Choice(Choice),
    /// An enum of other types.
    Union(Union),
    /// A struct around one value, where an alias would be infinitely recursive.
    Newtype(Newtype),
    /// A type alias.
    Alias(Alias),
    /// The method `validate` of the item before it.
    Validation(Validation),
}

impl Item {
    /// Name of the type.
    pub fn name(&self) -> &Ident {
        match self {
            Self::Record(record) => &record.name,
            Self::Choice(choice) => &choice.name,
            Self::Union(union) => &union.name,
            Self::Newtype(newtype) => &newtype.name,
            Self::Alias(alias) => &alias.name,
            Self::Validation(validation) => &validation.name,
        }
    }

    /// Rules, if the item is a validation.
    pub fn rules(&self) -> &[Rule] {
        if let Self::Validation(validation) = self {
            return &validation.rules;
        }
        &[]
    }

    /// Documentation and attributes of the type; `None` for a validation.
    fn attributes(&self) -> Option<&Attributes> {
        match self {
            Self::Record(record) => Some(&record.attributes),
            Self::Choice(choice) => Some(&choice.attributes),
            Self::Union(union) => Some(&union.attributes),
            Self::Newtype(newtype) => Some(&newtype.attributes),
            Self::Alias(alias) => Some(&alias.attributes),
            Self::Validation(_) => None,
        }
    }

    /// `true` if the type is deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.attributes().is_some_and(|attributes| attributes.deprecated)
    }
}

/// Doc comment and attributes of an item, a field, a variant or a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Lines of the doc comment.
    pub docs: Vec<String>,
    /// `true` for `#[deprecated]`.
    pub deprecated: bool,
}

/// A name on the wire and in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub ident: Ident,
}

/// A struct with a field for each property.
#[derive(Clone, Debug)]
pub struct Record {
    /// The struct.
    pub name: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Fields, in the order of the document.
    pub fields: Vec<Field>,
    /// Treatment of members without a field.
    pub additional: AdditionalMembers,
    /// Constructor and setters; `None` if only responses contain the struct.
    pub construction: Option<Construction>,
    /// `true` if the struct has a blank value, which is decoded into; else its fields are collected first.
    pub in_place: bool,
    /// Groups of mutually exclusive fields.
    pub groups: Vec<Group>,
    /// Conversion of the struct that responses use into this one, which requests use.
    pub conversion: Option<RecordConversion>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name of the property and of the field.
    pub name: Name,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the value if it is present and not null.
    pub value: ValueType,
    /// Presence of the value; determines the type around the value's.
    pub presence: Presence,
    /// Accessor of the value or its default.
    pub default: Option<DefaultAccessor>,
}

/// Presence of a value: required, possibly absent, possibly null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present and not null: `T`.
    Required,
    /// Possibly absent: `Option<T>`.
    Optional,
    /// Always present, possibly null: `Option<T>`.
    Nullable,
    /// Possibly absent or null: `rt::Maybe<T>`.
    OptionalNullable,
    /// Required by the document, but responses may lack it or contain null: `Option<T>`.
    Lenient,
}

impl Presence {
    /// `true` if the constructor has an argument for the value.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }
}

/// Treatment of members without a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdditionalMembers {
    /// They are ignored.
    Ignored,
    /// They are an error.
    Rejected,
    /// They are stored in this field, a map of these values.
    Stored(Ident, ValueType),
}

impl AdditionalMembers {
    /// Field of the members, and the type of their values.
    pub fn field(&self) -> Option<(&Ident, &ValueType)> {
        match self {
            Self::Stored(ident, value) => Some((ident, value)),
            Self::Ignored | Self::Rejected => None,
        }
    }
}

/// Constructor and setters of a struct. The constructor `new` has an argument for each required field that is not constant.
#[derive(Clone, Debug, Default)]
pub struct Construction {
    /// Required fields that are not constant, in the order of the arguments of `new`.
    pub arguments: Vec<Name>,
    /// Required fields with a single possible value.
    pub constants: Vec<(Ident, DefaultValue)>,
    /// Setters of the optional fields, in order, then of the additional members.
    pub setters: Vec<Ident>,
}

/// A group of fields of which at most one is set: an enum, and an accessor that returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The enum.
    pub name: Ident,
    /// The accessor.
    pub accessor: Ident,
    /// A variant for each field.
    pub variants: Vec<GroupVariant>,
}

impl Group {
    /// `true` if a variant holds a reference.
    pub fn borrows(&self) -> bool {
        self.variants.iter().any(|variant| !variant.ty.is_copy())
    }
}

/// A variant of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVariant {
    /// The variant.
    pub ident: Ident,
    /// The field.
    pub field: Ident,
    /// Type of the field's value.
    pub ty: Type,
    /// `true` if the field is an `Option`, `false` if it is an `rt::Maybe`.
    pub optional: bool,
}

/// An enum of literal values.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The enum.
    pub name: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the values on the wire.
    pub base: ChoiceBase,
    /// Documented values.
    pub variants: Vec<ChoiceVariant>,
    /// Variant of other values; `None` if they are an error.
    pub unlisted: Option<Ident>,
}

impl Choice {
    /// `true` if the enum is `Copy`.
    pub fn is_copy(&self) -> bool {
        self.unlisted.is_none() || self.base == ChoiceBase::Integer
    }
}

/// Type of a choice's values on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceBase {
    /// Text.
    Text,
    /// Integers within `i64`.
    Integer,
    /// Any JSON.
    Value,
}

/// A variant of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceVariant {
    /// The variant.
    pub ident: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Value on the wire: the text itself for [`ChoiceBase::Text`], else JSON text.
    pub wire: String,
}

/// An enum of other types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The enum.
    pub name: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// How the variant of a value is determined.
    pub tagging: Tagging,
    /// Variants.
    pub variants: Vec<UnionVariant>,
    /// Variant of values with an undocumented tag; `None` if such a value is an error.
    pub unlisted: Option<Ident>,
    /// Variant of the blank value, if `unlisted` cannot be it.
    pub blank: Option<Ident>,
    /// Conversion of the enum that responses use into this one, which requests use.
    pub conversion: Option<UnionConversion>,
}

impl Union {
    /// `true` if it is the data of server-sent events, selected by their names.
    pub fn is_event(&self) -> bool {
        matches!(self.tagging, Tagging::Event(_))
    }
}

/// How the variant of a union's value is determined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By the text of this member; `true` if the variants have a field for it and write it themselves.
    Member(String, bool),
    /// By the JSON type.
    Type,
    /// By the presence of a member that no other variant has.
    Keys,
    /// By the text: the values that a variant lists, or its format.
    Text,
    /// By the name of the server-sent event; how to decode the data of each variant.
    Event(Vec<EventData>),
    /// By decoding each variant in turn.
    Trial,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The variant.
    pub ident: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the value; boxed if it is a struct.
    pub value: ValueType,
    /// Tags that select it; the first one is written.
    pub tags: Vec<String>,
    /// Member that selects it, for [`Tagging::Keys`].
    pub key: Option<String>,
    /// Texts that select it, for [`Tagging::Text`].
    pub texts: Vec<String>,
    /// JSON types that select it, for [`Tagging::Type`]; disjoint between variants.
    pub kinds: Vec<JsonKind>,
    /// `true` if `From` the value is unambiguous.
    pub has_from: bool,
}

/// A JSON type; integers are distinguished from other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// A boolean.
    Bool,
    /// A whole number.
    Integer,
    /// A number with a fraction; in a rule, any number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

/// A struct around one value.
#[derive(Clone, Debug)]
pub struct Newtype {
    /// The struct.
    pub name: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Type of the value.
    pub value: ValueType,
    /// `true` if the value has a blank value.
    pub blank: bool,
}

/// A type alias.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The alias.
    pub name: Ident,
    /// Documentation.
    pub attributes: Attributes,
    /// Type that it stands for.
    pub ty: Type,
    /// Codec that its users apply.
    pub codec: Codec,
}

/// Conversion of a struct as responses use it into the one that requests use.
#[derive(Clone, Debug)]
pub struct RecordConversion {
    /// Struct of responses.
    pub read: Ident,
    /// Conversion of each field, in order; `None` if responses have no such field, so that it stays unset.
    pub fields: Vec<Option<Conversion>>,
    /// Conversion of the map of additional members.
    pub additional: Conversion,
}

/// Conversion of an enum as responses use it into the one that requests use.
#[derive(Clone, Debug)]
pub struct UnionConversion {
    /// Enum of responses.
    pub read: Ident,
    /// Conversion of each variant's value.
    pub variants: Vec<Conversion>,
}

/// Conversion of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// None: the types are the same.
    Same,
    /// `From`.
    Into,
    /// Of the value in a box.
    Boxed(Box<Conversion>),
    /// Of the value in an `Option` or an `rt::Maybe`.
    Option(Box<Conversion>),
    /// Of each item of a list.
    Items(Box<Conversion>),
    /// Of each value of a map.
    Values(Box<Conversion>),
    /// Of each position of a tuple, and of the items after them.
    Positions(Vec<Conversion>, Option<Box<Conversion>>),
}

impl Conversion {
    /// Conversion of a container whose contents have this one.
    pub fn inside(self, container: impl FnOnce(Box<Self>) -> Self) -> Self {
        if self == Self::Same {
            return Self::Same;
        }
        container(Box::new(self))
    }
}
