//! How a client takes replies that deviate from the document.

use crate::boxed::MaybeSendSync;
use crate::codec::drift::{reading, Drift};
use crate::codec::{read_json, CodecError, Target};
use std::fmt;
use std::sync::Arc;

/// So many deviations of one reply are told; a list of a million wrong items need not be.
const MOST_TOLD: usize = 100;

/// The leniency of a client with replies that deviate from the document.
///
/// Whatever the mode, nothing is invented: a required member that is missing or null has no value, so that the reply
/// is an error, and so is a value of another type than its member's. [`Error::raw_body`](crate::codegen::v1::Error::raw_body)
/// then has the reply.
///
/// | a reply has | `Strict` | `Tolerant` | `Observing` |
/// |---|---|---|---|
/// | null for an optional member that is not nullable | error | as if left out | and told |
/// | a value that an open enum does not list | error | kept, as `Unlisted` | and told |
/// | an unknown discriminator | error | kept whole, as `Unlisted` | and told |
/// | a value that is no such branch as its discriminator says | error | kept whole, as `Unlisted` | and told |
/// | an event of a name that the document does not list | error | kept whole, as `Unlisted` | and told |
/// | an unknown member where the document says there is none | error | passed over | and told |
/// | a status of success (2xx) that the document does not name | error | the documented success, where the body fits | and told |
///
/// Each item of a stream of events or lines is taken so too.
///
/// `Tolerant` is the default, as a server that is ahead of its document should break nobody. `Strict` suits tests
/// against a server, where a deviation is what one looks for. `Observing` reads a reply once more for each deviation.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Decoding {
    /// Every deviation is an error.
    Strict,
    /// Departures pass where there is a typed way to keep what came.
    #[default]
    Tolerant,
    /// As `Tolerant`, and each deviation is told.
    Observing(Arc<dyn Observe>),
}

/// A listener to deviations: any closure that takes a [`Deviation`].
pub trait Observe: MaybeSendSync {
    /// Takes one deviation, on the thread that reads the reply.
    fn deviation(&self, deviation: &Deviation<'_>);
}

impl<F: Fn(&Deviation<'_>) + MaybeSendSync> Observe for F {
    fn deviation(&self, deviation: &Deviation<'_>) {
        self(deviation);
    }
}

/// One thing in a reply that the document does not say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Deviation<'a> {
    /// The operation's id.
    pub operation: &'a str,
    /// The way to it, such as `results[3].state`; empty where it is the whole reply.
    pub path: String,
    /// The document's description of what is there.
    pub expected: &'a str,
    /// A description of what came.
    pub found: &'a str,
}

impl Decoding {
    /// Tells each deviation to `observe`, on the thread that reads the reply.
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::Decoding;
    ///
    /// let decoding = Decoding::observing(|deviation| {
    ///     eprintln!("{}: {}: {}", deviation.operation, deviation.path, deviation.found);
    /// });
    /// # drop(decoding);
    /// ```
    pub fn observing(observe: impl Fn(&Deviation<'_>) + MaybeSendSync + 'static) -> Self {
        Self::Observing(Arc::new(observe))
    }

    /// Tells that a status of success came which the document does not name, and that its body was taken for the documented one.
    pub(crate) fn undocumented(&self, operation: &str, status: http::StatusCode) {
        if let Self::Observing(observe) = self {
            let deviation = Deviation {
                operation,
                path: String::new(),
                expected: "a documented status",
                found: status.as_str(),
            };
            observe.deviation(&deviation);
        }
    }

    /// Reads a JSON reply of an operation.
    pub(crate) fn read(
        &self,
        operation: &str,
        bytes: &[u8],
        target: &mut dyn Target,
    ) -> Result<(), CodecError> {
        self.run(operation, &mut || read_json(bytes, target))
    }

    /// Reads something in a reply of an operation, perhaps several times.
    pub(crate) fn reading<T>(
        &self,
        operation: &str,
        read: impl Fn() -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        let mut value = None;
        self.run(operation, &mut || {
            value = Some(read()?);
            Ok(())
        })?;
        value.ok_or_else(CodecError::nothing)
    }

    /// Reads something in a reply of an operation, perhaps several times.
    pub(crate) fn run(
        &self,
        operation: &str,
        read: &mut dyn FnMut() -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        match self {
            Self::Strict => reading(Drift::new(0, true), read).0,
            Self::Tolerant => match reading(Drift::PASSING, &mut *read).0 {
                Ok(()) => Ok(()),
                Err(failure) if failure.is_malformed() => Err(failure),
                Err(_) => reading(Drift::new(usize::MAX, true), read).0,
            },
            Self::Observing(observe) => {
                for told in 0..MOST_TOLD {
                    let (result, _, raised) = reading(Drift::new(told, true), &mut *read);
                    match result {
                        Err(failure) if raised => {
                            observe.deviation(&deviation(operation, &failure))
                        }
                        result => return result,
                    }
                }
                reading(Drift::new(usize::MAX, true), read).0
            }
        }
    }
}

fn deviation<'a>(operation: &'a str, failure: &'a CodecError) -> Deviation<'a> {
    Deviation {
        operation,
        path: failure.path(),
        expected: failure.expected(),
        found: failure.found(),
    }
}

impl fmt::Debug for Decoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Strict => "Strict",
            Self::Tolerant => "Tolerant",
            Self::Observing(_) => "Observing",
        })
    }
}
