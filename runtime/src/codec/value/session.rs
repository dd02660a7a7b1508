//! What all readers of one kept value share: which branches were found, and how much work that took.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::Value;
use crate::codec::CodecError;

/// So many steps are free, however small the value is. A step is a value that is given to a reader.
const FREE: usize = 1_000_000;

/// So many steps are allowed for each value within the whole one.
const FOR_EACH: usize = 64;

/// The branch of a value, or the reason why it has none.
type Decision = Result<usize, CodecError>;

/// The readings of one kept value. It bounds their work, since a reader that tries branches comes by the same value many
/// times.
pub(crate) struct Session<'v> {
    root: &'v Value,
    steps: Cell<usize>,
    /// How many steps are allowed, once that was asked.
    limit: Cell<Option<usize>>,
    /// By the address of a value, which stays where it is as long as the session, and the type of a union.
    decisions: RefCell<BTreeMap<(usize, TypeId), Decision>>,
}

impl<'v> Session<'v> {
    pub(crate) fn new(root: &'v Value) -> Self {
        Self {
            root,
            steps: Cell::new(0),
            limit: Cell::new(None),
            decisions: RefCell::default(),
        }
    }

    /// Counts steps.
    pub(super) fn step(&self, count: usize) {
        self.steps.set(self.steps.get().saturating_add(count));
    }

    /// Gives a value up that takes too many steps; every further check fails as well.
    pub(crate) fn check(&self) -> Result<(), CodecError> {
        let steps = self.steps.get();
        if steps <= FREE {
            return Ok(());
        }
        let limit = self.limit.get().unwrap_or_else(|| {
            let values = self.root.count().saturating_mul(FOR_EACH);
            values.saturating_add(FREE)
        });
        self.limit.set(Some(limit));
        if steps <= limit {
            return Ok(());
        }
        let expected = format!("a value whose branches are found in {limit} steps");
        Err(CodecError::new(expected, "one that takes more"))
    }

    /// The branch that was found for this value, if it was judged before.
    pub(crate) fn decision(&self, value: &Value, union: TypeId) -> Option<Decision> {
        let decisions = self.decisions.borrow();
        decisions.get(&(address(value), union)).cloned()
    }

    /// Keeps the branch that was found for this value, which is a part of the whole one.
    pub(crate) fn decide(&self, value: &Value, union: TypeId, decision: Decision) {
        let mut decisions = self.decisions.borrow_mut();
        decisions.insert((address(value), union), decision);
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

impl Value {
    /// How many values there are, this one and all within it.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => 1,
            Self::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Self::Object(members) => 1 + members.values().map(Self::count).sum::<usize>(),
        }
    }
}
