//! The leniency of a client with responses that deviate from the document.

use crate::codec::{read_json, CodecError, Deviations, Target};
use crate::futures::MaybeSendSync;
use std::fmt;
use std::sync::Arc;

/// Number of deviations reported for one response, which may be a list of a million wrong items.
const MAX_REPORTED: usize = 100;

/// The leniency of a client with responses that deviate from the document.
///
/// No mode invents values: a required member that is missing or null has no value, so that the response is an error, and so is
/// a value of another type than its member's. [`Error::raw_body`](crate::Error::raw_body) then has the response. For servers
/// that always respond so, generate the client with the options below.
///
/// | a response has | `Strict` | `Tolerant` | `Observing` |
/// |---|---|---|---|
/// | null for an optional member that is not nullable | error | as if it were absent | and reported |
/// | a value that an open enum does not list | error | kept, as `Unlisted` | and reported |
/// | an unknown discriminator | error | kept, as `Unlisted` | and reported |
/// | a value that contradicts its discriminator | error | kept, as `Unlisted` | and reported |
/// | an event of a name that the document does not list | error | kept, as `Unlisted` | and reported |
/// | an unknown member of a closed object | error | ignored | and reported |
/// | a status of success (2xx) that the document does not name, or by `default` alone | error | the documented success, if the body fits | and reported |
/// | no required member, or null in its place | error | error | error |
/// | a value of another type | error | error | error |
///
/// The same applies to each item of a stream of events or lines. A caller's own type that is read through serde decides itself
/// what it accepts, in any mode.
///
/// Options of the generator (in `typewright.toml`, of the command, and of `typewright::build::Builder`) change the types, so that
/// these are no deviations in any mode:
///
/// | a response has | generate with | and it is |
/// |---|---|---|
/// | no required member, or null in its place | `responses = "lenient"`, or `lenient = ["Volume.labels"]` for some types or members | an empty list or map, else `None` |
/// | a text that is not of its `format` | `lenient-formats = true` | kept, as `Lenient::Text` |
/// | members that the document does not list | `preserve-unknown = true` | kept, in `additional` |
/// | null as an item of a list, or a value of another type | an overlay of the document | a value of the corrected type |
///
/// `Tolerant` is the default, so that a server may be ahead of its document. `Strict` suits tests that look for deviations of a
/// server. `Observing` decodes a response once more for each deviation.
///
/// ```
/// use typewright_runtime::client::{ClientBuilder, Decoding};
/// fn checked<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
///     builder.decoding(Decoding::Strict)
/// }
/// # drop(checked::<()>);
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Decoding {
    /// Every deviation is an error.
    Strict,
    /// Deviations that the types can represent are accepted. The default.
    #[default]
    Tolerant,
    /// Deviations are accepted as by `Tolerant`, and reported; see [`Decoding::observing`].
    Observing(Arc<dyn Observe>),
}

/// An observer of deviations: any closure that accepts a [`Deviation`].
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use std::sync::Arc;
/// use typewright_runtime::client::{Decoding, Deviation, Observe};
///
/// #[derive(Default)]
/// struct Count(AtomicUsize);
/// impl Observe for Count {
///     fn deviation(&self, _: &Deviation<'_>) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
/// let decoding = Decoding::Observing(Arc::new(Count::default()));
/// # drop(decoding);
/// ```
pub trait Observe: MaybeSendSync {
    /// Reports one deviation, on the thread that decodes the response; at most 100 of one response are reported.
    fn deviation(&self, deviation: &Deviation<'_>);
}

impl<F: Fn(&Deviation<'_>) + MaybeSendSync> Observe for F {
    fn deviation(&self, deviation: &Deviation<'_>) {
        self(deviation);
    }
}

/// A deviation of a response from the document.
///
/// ```
/// use typewright_runtime::client::Deviation;
/// fn line(deviation: &Deviation<'_>) -> String {
///     format!("{} {}: expected {}, found {}", deviation.operation, deviation.path, deviation.expected, deviation.actual)
/// }
/// # drop(line);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Deviation<'a> {
    /// The operation's id.
    pub operation: &'a str,
    /// The path in the response, such as `results[3].state`; empty for the response itself.
    pub path: String,
    /// A description of the documented value.
    pub expected: &'a str,
    /// A description of the received value.
    pub actual: &'a str,
}

impl Decoding {
    /// Creates a mode that reports each deviation to `observe`, on the thread that decodes the response.
    ///
    /// ```
    /// use typewright_runtime::client::Decoding;
    ///
    /// let decoding = Decoding::observing(|deviation| {
    ///     eprintln!("{}: {}: {}", deviation.operation, deviation.path, deviation.actual);
    /// });
    /// # drop(decoding);
    /// ```
    pub fn observing(observe: impl Fn(&Deviation<'_>) + MaybeSendSync + 'static) -> Self {
        Self::Observing(Arc::new(observe))
    }

    pub(crate) fn is_strict(&self) -> bool {
        matches!(self, Self::Strict)
    }

    /// Reports a status of success that the document does not name, whose body was decoded as the documented one.
    pub(crate) fn observe_status(&self, operation: &str, status: http::StatusCode) {
        if let Self::Observing(observe) = self {
            let deviation = Deviation {
                operation,
                path: String::new(),
                expected: "a documented status",
                actual: status.as_str(),
            };
            observe.deviation(&deviation);
        }
    }

    /// Decodes JSON of an operation's response.
    pub(crate) fn read(
        &self,
        operation: &str,
        bytes: &[u8],
        target: &mut dyn Target,
    ) -> Result<(), CodecError> {
        self.run(operation, &mut |deviations| read_json(bytes, deviations, target))
    }

    /// Decodes a part of an operation's response, perhaps several times.
    pub(crate) fn decode<T>(
        &self,
        operation: &str,
        read: impl Fn(&Deviations) -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        let mut value = None;
        self.run(operation, &mut |deviations| {
            value = Some(read(deviations)?);
            Ok(())
        })?;
        value.ok_or_else(CodecError::nothing)
    }

    /// Decodes a part of an operation's response, perhaps several times.
    pub(crate) fn run(&self, operation: &str, read: &mut Read<'_>) -> Result<(), CodecError> {
        let (result, is_deviation) = match self {
            Self::Strict => read_within(0, read),
            // Accepting is nearly always enough, and costs nothing; only a failure needs a lenient reading.
            Self::Tolerant => match read(&Deviations::default()) {
                Err(failure) if !failure.is_malformed() => read_within(usize::MAX, read),
                result => (result, false),
            },
            Self::Observing(observe) => read_observed(&**observe, operation, read),
        };
        if is_deviation {
            // Another `Decoding` accepts it, so that the options of the generator would mislead.
            return result;
        }
        result.map_err(CodecError::with_help)
    }
}

/// Reads a part of a response under a treatment of deviations.
type Read<'r> = dyn FnMut(&Deviations) -> Result<(), CodecError> + 'r;

/// Reads with so many deviations; the flag is `true` if one too many made the reading fail.
fn read_within(limit: usize, read: &mut Read<'_>) -> (Result<(), CodecError>, bool) {
    let deviations = Deviations::lenient(limit);
    let result = read(&deviations);
    (result, deviations.is_exceeded())
}

/// Reads until each deviation has been reported, once more for each.
fn read_observed(
    observe: &dyn Observe,
    operation: &str,
    read: &mut Read<'_>,
) -> (Result<(), CodecError>, bool) {
    for reported in 0..MAX_REPORTED {
        match read_within(reported, read) {
            (Err(failure), true) => observe.deviation(&deviation(operation, &failure)),
            outcome => return outcome,
        }
    }
    read_within(usize::MAX, read)
}

fn deviation<'a>(operation: &'a str, failure: &'a CodecError) -> Deviation<'a> {
    Deviation {
        operation,
        path: failure.path(),
        expected: failure.expected(),
        actual: failure.actual(),
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
