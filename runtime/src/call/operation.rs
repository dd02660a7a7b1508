//! An operation's types, attached to its data at no cost.

use crate::answer::FromResponse;
use crate::data::OperationSpec;
use std::fmt;
use std::marker::PhantomData;

/// The types of an operation's replies.
pub trait Endpoint: 'static {
    /// What it answers.
    type Reply: FromResponse;
    /// What it answers when it fails.
    type CodecError: FromResponse;
}

/// What a call of the operation yields.
pub type OutputOf<O> = <<O as Endpoint>::Reply as FromResponse>::Value;
/// The documented error of the operation.
pub type ErrorOf<O> = <<O as Endpoint>::CodecError as FromResponse>::Value;

/// An operation's data with its types.
pub struct Operation<O> {
    data: &'static OperationSpec,
    types: PhantomData<fn() -> O>,
}

impl<O> Operation<O> {
    /// Attaches the types to the data.
    #[must_use]
    pub const fn new(data: &'static OperationSpec) -> Self {
        let types = PhantomData;
        Self { data, types }
    }

    /// The data.
    #[must_use]
    pub const fn data(&self) -> &'static OperationSpec {
        self.data
    }
}

impl<O> Clone for Operation<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Operation<O> {}

impl<O> fmt::Debug for Operation<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Operation").field(&self.data.id).finish()
    }
}
