//! How the form for requests is made from what was read.

use crate::names::Ident;

/// How the form of a record for requests is made from what was read.
#[derive(Clone, Debug)]
pub struct FromRead {
    /// The type as read.
    pub read: Ident,
    /// How each field is made, in the order of the fields; nothing where there is no such field as read, so that it stays
    /// unset.
    pub fields: Vec<Option<Turn>>,
    /// How the values of further members are made.
    pub rest: Turn,
}

/// How the form of a union for requests is made from what was read.
#[derive(Clone, Debug)]
pub struct FromReadUnion {
    /// The type as read.
    pub read: Ident,
    /// How the value of each branch is made.
    pub variants: Vec<Turn>,
}

/// How a value of a request is made from one as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is the same.
    Same,
    /// By `From`.
    Into,
    /// In its box.
    Boxed(Box<Turn>),
    /// Where there is one.
    Given(Box<Turn>),
    /// Each item of a list.
    Items(Box<Turn>),
    /// Each value of a map.
    Values(Box<Turn>),
    /// Each position of a tuple, and the items after them.
    Positions(Vec<Turn>, Option<Box<Turn>>),
}

impl Turn {
    /// Nothing is done to what holds a value to which nothing is done.
    pub fn within(self, wrap: impl FnOnce(Box<Self>) -> Self) -> Self {
        if self == Self::Same {
            return Self::Same;
        }
        wrap(Box::new(self))
    }
}
