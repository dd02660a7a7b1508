//! An operation's types, attached to its data at no cost.

use crate::answer::Decode;
use crate::data::OperationData;
use std::fmt;
use std::marker::PhantomData;

/// The types of an operation's replies.
pub trait Signature: 'static {
    /// What it answers.
    type Reply: Decode;
    /// What it answers when it fails.
    type Failure: Decode;
}

/// What a call of the operation yields.
pub type ReplyOf<O> = <<O as Signature>::Reply as Decode>::Value;
/// The documented error of the operation.
pub type FailureOf<O> = <<O as Signature>::Failure as Decode>::Value;

/// An operation's data with its types.
pub struct Operation<O> {
    data: &'static OperationData,
    types: PhantomData<fn() -> O>,
}

impl<O> Operation<O> {
    /// Attaches the types to the data.
    #[must_use]
    pub const fn new(data: &'static OperationData) -> Self {
        let types = PhantomData;
        Self { data, types }
    }

    /// The data.
    #[must_use]
    pub const fn data(&self) -> &'static OperationData {
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
