//! Items: what stands in a file of types.

use super::conversions::{InputConversion, UnionConversion};
use super::{Codec, Default, DefaultValue, Rule, Type, Validation, ValueType};
use crate::api::model::EventData;
use crate::names::Ident;
use indexmap::IndexMap;

/// An item of a file of types.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct with a field a property.
    Record(Record),
    /// An enum of single values.
    Choice(Choice),
    /// An enum of branches.
    Union(Union),
    /// A struct around one value, where an alias would be endless.
    Newtype(Newtype),
    /// Another name for a type.
    Alias(Alias),
    /// What the values of the type before it have to be.
    Validation(Validation),
}

impl Item {
    /// The name of the item.
    pub fn name(&self) -> &Ident {
        match self {
            Self::Record(record) => &record.name,
            Self::Choice(choice) => &choice.name,
            Self::Union(union) => &union.name,
            Self::Newtype(newtype) => &newtype.name,
            Self::Alias(alias) => &alias.name,
            Self::Validation(checks) => &checks.name,
        }
    }
}

impl Item {
    /// What values have to be, where the item says that.
    pub fn rules(&self) -> &[Rule] {
        match self {
            Self::Validation(checks) => &checks.rules,
            Self::Record(_)
            | Self::Choice(_)
            | Self::Union(_)
            | Self::Newtype(_)
            | Self::Alias(_) => &[],
        }
    }

    /// Whether the document calls the type deprecated.
    pub fn is_deprecated(&self) -> bool {
        match self {
            Self::Record(record) => record.attributes.deprecated,
            Self::Choice(choice) => choice.attributes.deprecated,
            Self::Union(union) => union.attributes.deprecated,
            Self::Newtype(newtype) => newtype.attributes.deprecated,
            Self::Alias(alias) => alias.attributes.deprecated,
            Self::Validation(_) => false,
        }
    }
}

/// What stands above an item, a field or a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The lines of the documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
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

/// A struct with a field a property.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name.
    pub name: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// Its fields, in the document's order.
    pub fields: Vec<Field>,
    /// What becomes of members that are no fields.
    pub rest: Rest,
    /// How it is made; `None` where only replies hold it.
    pub construction: Option<Construction>,
    /// Whether it is read in place: every required field has a value to begin with.
    pub in_place: bool,
    /// Groups of fields of which one at most is set.
    pub groups: Vec<Group>,
    /// The type as read that this form for requests can be made from.
    pub from: Option<InputConversion>,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub attributes: Attributes,
    /// The type of a value that is there and not null.
    pub value: ValueType,
    /// Whether the value may be missing or null.
    pub presence: Presence,
    /// What an accessor returns where the field is not set.
    pub default: Option<Default>,
}

/// Whether a value may be missing or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there: `T`.
    Required,
    /// It may be missing: `Option<T>`.
    Optional,
    /// It is there, perhaps null: `Option<T>`.
    Nullable,
    /// It may be missing or null, which differ: `v1::Maybe<T>`.
    OptionalNullable,
    /// The document requires it, and replies may lack it or have null in its place: `Option<T>`.
    Lenient,
}

impl Presence {
    /// Whether a value must be given to make the record.
    pub fn is_given(self) -> bool {
        match self {
            Self::Required | Self::Nullable => true,
            Self::Optional | Self::OptionalNullable | Self::Lenient => false,
        }
    }
}

/// What becomes of members that are no fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// They are passed over.
    Skipped,
    /// They are an error.
    Refused,
    /// They are kept in this field.
    Kept(Ident, ValueType),
}

/// How a record is made: by `new`, which takes the required fields but constants, and a setter for each other field.
#[derive(Clone, Debug, Default)]
pub struct Construction {
    /// The required fields that have one value, with it.
    pub constants: Vec<(Ident, DefaultValue)>,
    /// The setters of the fields that are not required, in their order; that of further members is the last.
    pub setters: Vec<Ident>,
}

/// A group of fields of which one at most is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The enum that the accessor returns.
    pub name: Ident,
    /// The accessor.
    pub accessor: Ident,
    /// The variants with the field that each stands for.
    pub variants: Vec<GroupVariant>,
}

/// A variant of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVariant {
    /// Its name.
    pub ident: Ident,
    /// The field.
    pub field: Ident,
    /// The type of the field's value.
    pub ty: Type,
    /// Whether the field is an `Option`; else it is a `v1::Maybe`.
    pub optional: bool,
}

/// An enum of single values.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// What the values are on the wire.
    pub base: ChoiceBase,
    /// The values.
    pub variants: Vec<ChoiceVariant>,
    /// The variant of values that the document does not list; none where such a value is an error.
    pub unlisted: Option<Ident>,
}

impl Choice {
    /// Whether values are passed by copy.
    pub fn is_copied(&self) -> bool {
        self.unlisted.is_none() || self.base == ChoiceBase::Integer
    }
}

/// What the values of a choice are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceBase {
    /// Text.
    Text,
    /// `i64`.
    Integer,
    /// Any JSON.
    Value,
}

/// A variant of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceVariant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// The value on the wire: the text itself for [`ChoiceBase::Text`], else JSON text.
    pub wire: String,
}

/// An enum of branches.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// How the branch is found.
    pub tagging: Tagging,
    /// The branches.
    pub variants: Vec<UnionVariant>,
    /// The variant of values of an unknown branch.
    pub unlisted: Ident,
    /// The branch that stands in a field until the member has been read, where one can.
    pub blank: Option<Ident>,
    /// The type as read that this form for requests can be made from.
    pub from: Option<UnionConversion>,
}

impl Union {
    /// Whether it is the data of events, which are told by their names.
    pub fn is_event(&self) -> bool {
        matches!(self.tagging, Tagging::Event(_))
    }

    /// The tags, with the branches to which each leads: mostly one.
    pub fn by_tags(&self) -> IndexMap<Vec<&str>, Vec<&UnionVariant>> {
        let mut leading = IndexMap::<&str, Vec<usize>>::new();
        for (at, variant) in self.variants.iter().enumerate() {
            for tag in &variant.tags {
                leading.entry(tag).or_default().push(at);
            }
        }
        let mut groups = IndexMap::<Vec<usize>, Vec<&str>>::new();
        for (tag, branches) in leading {
            groups.entry(branches).or_default().push(tag);
        }
        let variants = |at: Vec<usize>| at.into_iter().filter_map(|at| self.variants.get(at));
        let groups = groups.into_iter();
        groups
            .map(|(at, tags)| (tags, variants(at).collect()))
            .collect()
    }
}

/// How the branch of a value is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By the text of this member. Whether the branch writes it itself.
    Member(String, bool),
    /// By the JSON type.
    Type,
    /// By a member that only this branch has.
    Keys,
    /// By the text: the values that a branch lists, or its format.
    Text,
    /// By the name of the event whose data it is; what the data of each branch is.
    Event(Vec<EventData>),
    /// By trial.
    Trial,
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// What it holds; boxed where it is a record.
    pub value: ValueType,
    /// The texts of the tag that lead here; the first is written.
    pub tags: Vec<String>,
    /// The member that tells this branch, for [`Tagging::Keys`].
    pub key: Option<String>,
    /// The texts that it lists, for [`Tagging::Text`].
    pub listed: Vec<String>,
    /// The JSON types of its values, for [`Tagging::Type`]: none is of two branches.
    pub kinds: Vec<Kind>,
    /// Whether `From` its value is unambiguous.
    pub from: bool,
}

/// The JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` and `false`.
    Bool,
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction; in a rule those without one too.
    Number,
    /// Text.
    Text,
    /// Lists.
    List,
    /// Objects.
    Object,
}

/// A struct around one value.
#[derive(Clone, Debug)]
pub struct Newtype {
    /// Its name.
    pub name: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// What it holds.
    pub value: ValueType,
    /// Whether it has a value to begin with.
    pub blank: bool,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name.
    pub name: Ident,
    /// Its documentation.
    pub attributes: Attributes,
    /// The type.
    pub ty: Type,
    /// How its values travel, for whoever uses it.
    pub codec: Codec,
}
