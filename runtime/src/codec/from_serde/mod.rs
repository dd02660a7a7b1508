//! The one place that is generic over serde's formats for reading.

mod access;
mod relay;
mod token;

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny};

use self::relay::{Optional, Relay};
use super::collections::Each;
use super::scalars::{Keep, Take};
use super::value::build;
use super::{CodecError, Decoder, Fields, Target, Value, Visit};

/// Carries a failure past serde's error types, which could hold it only as text.
#[derive(Default)]
pub(super) struct Slot(Cell<Option<CodecError>>);

impl Slot {
    /// Leaves the failure for the level above, with the error that serde wants, made only if there is none yet: of the
    /// reason alone, to which the format adds the place.
    #[cold]
    fn put<E: Error>(&self, failure: CodecError, error: Option<E>) -> E {
        let error = error.unwrap_or_else(|| E::custom(failure.reason()));
        self.0.set(Some(failure));
        error
    }

    /// The failure that a level below left; else the error is the format's own.
    #[cold]
    fn take(&self, error: &dyn fmt::Display) -> CodecError {
        let failure = self.0.take();
        failure.unwrap_or_else(|| CodecError::malformed(error.to_string()))
    }
}

/// A serde deserializer as a [`Decoder`].
pub(super) struct Bridge<'s, 'de, D: Deserializer<'de>> {
    input: Option<D>,
    error: Option<D::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, D: Deserializer<'de>> Bridge<'s, 'de, D> {
    #[inline]
    pub(super) fn new(input: D, slot: &'s Slot) -> Self {
        Self {
            input: Some(input),
            error: None,
            slot,
        }
    }

    #[inline]
    fn run(
        &mut self,
        read: impl FnOnce(D, &'s Slot) -> Result<(), D::Error>,
    ) -> Result<(), CodecError> {
        let Some(input) = self.input.take() else {
            return Err(twice());
        };
        match read(input, self.slot) {
            Ok(()) => Ok(()),
            Err(error) => {
                let failure = self.slot.take(&error);
                self.error = Some(error);
                Err(failure)
            }
        }
    }

    /// Visits the value; where the visitor's type is known, nothing on the way is called through a pointer.
    #[inline]
    fn visit_with<V: Visit + ?Sized>(&mut self, visitor: &mut V) -> Result<(), CodecError> {
        self.run(|input, slot| input.deserialize_any(Relay { visitor, slot }))
    }

    #[inline]
    fn scalar<T>(&mut self) -> Result<T, CodecError>
    where
        Keep<T>: Visit,
    {
        let mut keep = Keep(None);
        self.visit_with(&mut keep)?;
        keep.taken()
    }

    /// Skips the value if nobody asked for it, and turns a failure into serde's error.
    #[inline]
    fn end(self, result: Result<(), CodecError>) -> Result<(), D::Error> {
        match (result, self.input) {
            (Ok(()), None) => Ok(()),
            (Ok(()), Some(input)) => input.deserialize_ignored_any(IgnoredAny).map(drop),
            (Err(failure), _) => Err(self.slot.put(failure, self.error)),
        }
    }

    /// The error of the outermost value: the format's own, with our path before the reason unless the format has put its own
    /// path there, as YAML does.
    #[cold]
    pub(super) fn into_error(self, failure: &CodecError) -> D::Error {
        let Some(error) = self.error else {
            return Error::custom(failure);
        };
        let (path, message) = (failure.path(), error.to_string());
        if path.is_empty() || failure.is_malformed() || !message.starts_with(&failure.reason()) {
            return error;
        }
        Error::custom(format_args!("{path}: {message}"))
    }
}

#[cold]
fn twice() -> CodecError {
    CodecError::new("one reader a value", "a second one")
}

impl<'de, D: Deserializer<'de>> Decoder for Bridge<'_, 'de, D> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        self.visit_with(visitor)
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.run(|input, slot| input.deserialize_option(Optional { target, slot }))
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        build::build(|visitor| {
            self.run(|input, slot| {
                input.deserialize_newtype_struct(build::raw_token(), Relay { visitor, slot })
            })
        })
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        self.visit_with(fields)
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.visit_with(&mut Each(target))
    }

    fn bool(&mut self) -> Result<bool, CodecError> {
        self.scalar()
    }

    fn integer(&mut self) -> Result<i128, CodecError> {
        self.scalar()
    }

    fn float(&mut self) -> Result<f64, CodecError> {
        self.scalar()
    }

    fn string(&mut self) -> Result<String, CodecError> {
        self.scalar()
    }

    fn text(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), CodecError> {
        self.visit_with(&mut Take(take))
    }
}
