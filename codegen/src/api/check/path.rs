//! Places of values in a request or response.

use std::fmt::{Display, Formatter, Result};

/// Place of a value: the step to it from the value that it is in.
///
/// It is written as `body.items[3].price`; names other than words stand in brackets, as JSON: `body["a b"]`.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    step: Step<'p>,
}

/// Step to a value from the one that it is in.
#[derive(Clone, Copy, Debug)]
pub enum Step<'p> {
    /// The whole: `body`, `query`.
    Root(&'p str),
    /// Member of an object.
    Member(&'p str),
    /// Item of an array, counted from 0.
    Item(usize),
}

impl<'p> Path<'p> {
    /// Returns the place of a whole.
    pub fn root(name: &'p str) -> Self {
        Self { outer: None, step: Step::Root(name) }
    }

    /// Returns the place of a member.
    pub fn member(&'p self, name: &'p str) -> Self {
        Self { outer: Some(self), step: Step::Member(name) }
    }

    /// Returns the place of an item.
    pub fn item(&'p self, index: usize) -> Self {
        Self { outer: Some(self), step: Step::Item(index) }
    }
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(outer) = self.outer {
            outer.fmt(f)?;
        }
        let is_word = |name: &str| {
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-$@".contains(letter);
            !name.is_empty() && name.chars().all(is_plain)
        };
        match self.step {
            Step::Root(name) => f.write_str(name),
            Step::Member(name) if is_word(name) => write!(f, ".{name}"),
            Step::Member(name) => write!(f, "[{}]", serde_json::Value::from(name)),
            Step::Item(index) => write!(f, "[{index}]"),
        }
    }
}
