//! Deviations of a value from its schema: accepted, counted or refused while the value is decoded.

use super::CodecError;
use std::cell::Cell;
use std::rc::Rc;

/// The treatment of deviations during one reading, which decoders carry. Clones share the count.
///
/// By default all deviations are accepted and none is counted, which allocates nothing: nearly every response is read so.
#[derive(Clone, Default)]
pub struct Deviations(Option<Rc<Policy>>);

struct Policy {
    /// Number of deviations that are accepted; the next one is a failure.
    limit: usize,
    is_lenient: bool,
    count: Cell<usize>,
}

impl Deviations {
    /// Accepts so many deviations.
    ///
    /// Lenient readings count unknown members of closed objects, and values that contradict their tag, as deviations rather
    /// than failures.
    pub(crate) fn lenient(limit: usize) -> Self {
        Self::new(limit, true)
    }

    /// Accepts and counts all deviations.
    pub(crate) fn counted() -> Self {
        Self::new(usize::MAX, false)
    }

    fn new(limit: usize, is_lenient: bool) -> Self {
        Self(Some(Rc::new(Policy { limit, is_lenient, count: Cell::new(0) })))
    }

    /// Number of deviations so far.
    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |policy| policy.count.get())
    }

    /// `true` after a deviation was refused.
    pub(crate) fn is_exceeded(&self) -> bool {
        let policy = self.0.as_ref();
        policy.is_some_and(|policy| policy.count.get() > policy.limit)
    }

    pub(crate) fn is_lenient(&self) -> bool {
        self.0.as_ref().is_some_and(|policy| policy.is_lenient)
    }

    /// Accepts a deviation, or returns it as a failure where the limit is exceeded.
    #[cold]
    pub(crate) fn accept(&self, deviation: CodecError) -> Result<(), CodecError> {
        let Some(policy) = &self.0 else {
            return Ok(());
        };
        policy.count.set(policy.count.get().saturating_add(1));
        if policy.count.get() <= policy.limit {
            Ok(())
        } else {
            Err(deviation)
        }
    }

    /// Accepts a failure as a deviation where the reading is lenient.
    #[cold]
    pub(crate) fn accept_if_lenient(&self, failure: CodecError) -> Result<(), CodecError> {
        if self.is_lenient() {
            self.accept(failure)
        } else {
            Err(failure)
        }
    }
}
