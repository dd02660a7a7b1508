//! How a client takes replies that deviate from the document.

use crate::codec::{read_json, CodecError, Deviations, Target};
use crate::futures::MaybeSendSync;
use std::fmt;
use std::sync::Arc;

/// Number of deviations reported for one response, which may be a list of a million wrong items.
const MAX_REPORTED: usize = 100;

/// The leniency of a client with replies that deviate from the document.
///
/// Whatever the mode, nothing is invented: a required member that is missing or null has no value, so that the reply
/// is an error, and so is a value of another type than its member's. [`Error::raw_body`](crate::Error::raw_body)
/// then has the reply. Where a server does so for good, the client is generated for it, as is told below.
///
/// | a reply has | `Strict` | `Tolerant` | `Observing` |
/// |---|---|---|---|
/// | null for an optional member that is not nullable | error | as if left out | and told |
/// | a value that an open enum does not list | error | kept, as `Unlisted` | and told |
/// | an unknown discriminator | error | kept whole, as `Unlisted` | and told |
/// | a value that is no such branch as its discriminator says | error | kept whole, as `Unlisted` | and told |
/// | an event of a name that the document does not list | error | kept whole, as `Unlisted` | and told |
/// | an unknown member where the document says there is none | error | passed over | and told |
/// | a status of success (2xx) that the document does not name, or by `default` alone | error | the documented success, where the body fits | and told |
/// | no required member, or null in its place | error | error | error |
/// | a value of another type | error | error | error |
///
/// Each item of a stream of events or lines is taken so too.
///
/// What a mode refuses for want of a place, an option of the generator may have one for (in `typewright.toml`, of the command,
/// and of `typewright::build::Builder`); it is no deviation then, in no mode:
///
/// | a reply has | generate with | and it is |
/// |---|---|---|
/// | no required member, or null in its place | `responses = "lenient"`, or `lenient = ["Volume.labels"]` for some types or members | an empty list or map, else `None` |
/// | a text that is not of its `format` | `lenient-formats = true` | kept, as `Lenient::Text` |
/// | members that the document does not list, which are wanted | `preserve-unknown = true` | kept, in `additional` |
/// | null as an item of a list, or a value of another type | an overlay that says so of the document | what the document then says |
///
/// `Tolerant` is the default, as a server that is ahead of its document should break nobody. `Strict` suits tests
/// against a server, where a deviation is what one looks for. `Observing` reads a reply once more for each deviation.
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
    /// Deviations pass where there is a typed way to keep what came. The default.
    #[default]
    Tolerant,
    /// The leniency of `Tolerant`, and each deviation is told; [`Decoding::observing`] makes it of a closure.
    Observing(Arc<dyn Observe>),
}

/// A listener to deviations: any closure that takes a [`Deviation`].
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
    /// Takes one deviation, on the thread that reads the reply; of one reply it is told 100 at most.
    fn deviation(&self, deviation: &Deviation<'_>);
}

impl<F: Fn(&Deviation<'_>) + MaybeSendSync> Observe for F {
    fn deviation(&self, deviation: &Deviation<'_>) {
        self(deviation);
    }
}

/// One thing in a reply that the document does not say.
///
/// ```
/// use typewright_runtime::client::Deviation;
/// fn line(deviation: &Deviation<'_>) -> String {
///     format!("{} {}: expected {}, found {}", deviation.operation, deviation.path, deviation.expected, deviation.found)
/// }
/// # drop(line);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Deviation<'a> {
    /// The operation's id.
    pub operation: &'a str,
    /// The place in the reply, such as `results[3].state`; empty where it is the whole reply.
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
    /// use typewright_runtime::client::Decoding;
    ///
    /// let decoding = Decoding::observing(|deviation| {
    ///     eprintln!("{}: {}: {}", deviation.operation, deviation.path, deviation.found);
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
                found: status.as_str(),
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
        self.run(operation, &mut |deviations| {
            read_json(bytes, deviations, target)
        })
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
