//! What a reply has that the document does not say: whether that is let pass, refused or told.
//!
//! A reader that meets something of the kind asks here. The answer holds for one reading on one thread, so that
//! readers need not hand it on, and pays only where a departure is met.

use crate::codec::CodecError;
use std::cell::Cell;

/// How one reading takes departures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drift {
    /// So many departures pass; the next one is a failure.
    pub(crate) allowed: usize,
    /// Whether unknown members of closed objects, and values that are no such branch as their tag says, are departures
    /// rather than failures.
    pub(crate) lenient: bool,
    /// How many were met.
    met: usize,
    /// Whether the failure on its way is a departure too many.
    raised: bool,
}

impl Drift {
    /// Every departure passes.
    pub(crate) const PASSING: Self = Self::new(usize::MAX, false);

    pub(crate) const fn new(allowed: usize, lenient: bool) -> Self {
        Self {
            allowed,
            lenient,
            met: 0,
            raised: false,
        }
    }
}

thread_local! {
    static NOW: Cell<Drift> = const { Cell::new(Drift::PASSING) };
}

/// Runs a reading that takes departures so; says how many it met, and whether it failed for one too many.
pub(crate) fn reading<T>(drift: Drift, read: impl FnOnce() -> T) -> (T, usize, bool) {
    let restore = Restore(NOW.replace(drift));
    let value = read();
    let Drift { met, raised, .. } = NOW.get();
    drop(restore);
    (value, met, raised)
}

/// Puts back what held before, even where a reader of the caller's own panics.
struct Restore(Drift);

impl Drop for Restore {
    fn drop(&mut self) {
        NOW.set(self.0);
    }
}

/// Lets a departure pass, or makes it a failure.
#[cold]
pub(crate) fn departs(failure: CodecError) -> Result<(), CodecError> {
    let mut now = NOW.get();
    let passes = now.met < now.allowed;
    now.met = now.met.saturating_add(1);
    now.raised |= !passes;
    NOW.set(now);
    if passes {
        Ok(())
    } else {
        Err(failure)
    }
}

/// Lets what was refused pass, where the reading is lenient; else it is a failure.
#[cold]
pub(crate) fn refuse(failure: CodecError) -> Result<(), CodecError> {
    if is_lenient() {
        departs(failure)
    } else {
        Err(failure)
    }
}

/// Whether what cannot be read in place may be passed over, or kept as it is.
#[cold]
pub(crate) fn is_lenient() -> bool {
    NOW.get().lenient
}
