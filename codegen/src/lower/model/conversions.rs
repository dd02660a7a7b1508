//! How the form for requests is made from what was read.

use crate::names::Ident;

/// How the form of a record for requests is made from what was read.
#[derive(Clone, Debug)]
pub struct InputConversion {
    /// The type as read.
    pub read: Ident,
    /// How each field is made, in the order of the fields; nothing where there is no such field as read, so that it stays
    /// unset.
    pub fields: Vec<Option<Conversion>>,
    /// How the values of further members are made.
    pub rest: Conversion,
}

/// How the form of a union for requests is made from what was read.
#[derive(Clone, Debug)]
pub struct UnionConversion {
    /// The type as read.
    pub read: Ident,
    /// How the value of each branch is made.
    pub variants: Vec<Conversion>,
}

/// How a value of a request is made from one as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// It is the same.
    Same,
    /// By `From`.
    Into,
    /// In its box.
    Boxed(Box<Conversion>),
    /// Where there is one.
    Given(Box<Conversion>),
    /// Each item of a list.
    Items(Box<Conversion>),
    /// Each value of a map.
    Values(Box<Conversion>),
    /// Each position of a tuple, and the items after them.
    Positions(Vec<Conversion>, Option<Box<Conversion>>),
}

impl Conversion {
    /// Nothing is done to what holds a value to which nothing is done.
    pub fn within(self, wrap: impl FnOnce(Box<Self>) -> Self) -> Self {
        if self == Self::Same {
            return Self::Same;
        }
        wrap(Box::new(self))
    }
}
