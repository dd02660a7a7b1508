//! Values behind `dyn`, so that the code that drops them and all of their parts is compiled here, once.
//!
//! Otherwise each crate that may drop a client, a failure or a response compiles that code anew: more than 5,000 lines of LLVM IR
//! in a program with three calls.

use crate::futures::MaybeSendSync;
use std::fmt::{self, Debug, Formatter};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A value of type `T`, whatever holds it.
trait Hold<T>: MaybeSendSync {
    fn value(&self) -> &T;
    fn value_mut(&mut self) -> &mut T;
    fn into_value(self: Box<Self>) -> T;
}

impl<T: MaybeSendSync> Hold<T> for T {
    fn value(&self) -> &T {
        self
    }

    fn value_mut(&mut self) -> &mut T {
        self
    }

    fn into_value(self: Box<Self>) -> T {
        *self
    }
}

/// A box.
pub(crate) struct OpaqueBox<T: 'static>(Box<dyn Hold<T>>);

impl<T: MaybeSendSync + 'static> OpaqueBox<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Box::new(value))
    }

    pub(crate) fn into_inner(self) -> T {
        self.0.into_value()
    }
}

impl<T> Deref for OpaqueBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).value()
    }
}

impl<T> DerefMut for OpaqueBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        (*self.0).value_mut()
    }
}

/// A value that clones share.
pub(crate) struct OpaqueArc<T: 'static>(Arc<dyn Hold<T>>);

impl<T: MaybeSendSync + 'static> OpaqueArc<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for OpaqueArc<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for OpaqueArc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).value()
    }
}

impl<T: Debug> Debug for OpaqueArc<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}
