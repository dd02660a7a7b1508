//! Metrics of the requests that a client sends, by the names of OpenTelemetry's
//! [HTTP client metrics](https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#http-client).

#[cfg(feature = "opentelemetry")]
mod opentelemetry;
mod transport;

#[cfg(feature = "opentelemetry")]
pub use self::opentelemetry::OpenTelemetry;
pub(crate) use transport::Metered;

use crate::futures::MaybeSendSync;

/// The name of the histogram of durations, whose unit is the second.
pub const REQUEST_DURATION: &str = "http.client.request.duration";

/// The boundaries of its buckets, in seconds, as the semantic conventions advise.
pub const BOUNDARIES: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// A receiver of measurements, which a client's builder takes with
/// [`metrics`](crate::client::ClientBuilder::metrics).
///
/// It is called for each request that is sent: a call that is tried again, or redirected, has several.
///
/// ```
/// use typewright_runtime::metrics::{Metrics, RequestDuration};
///
/// struct Printed;
/// impl Metrics for Printed {
///     fn record(&self, request: &RequestDuration<'_>) {
///         println!("{} s {:?}", request.seconds(), request.attributes());
///     }
/// }
/// ```
pub trait Metrics: MaybeSendSync + 'static {
    /// Records the duration of a request. It must not block: the request's future waits for it.
    fn record(&self, request: &RequestDuration<'_>);
}

/// The time between a request and the head of its response, or the failure, with the attributes of the request.
///
/// ```
/// use typewright_runtime::metrics::{AttributeValue, RequestDuration};
///
/// fn is_slow_success(request: &RequestDuration<'_>) -> bool {
///     request.seconds() > 1.0 && request.get("error.type").is_none()
/// }
/// # drop(is_slow_success);
/// ```
#[derive(Clone, Debug)]
pub struct RequestDuration<'a> {
    seconds: f64,
    attributes: Vec<(&'static str, AttributeValue<'a>)>,
}

/// The value of an attribute.
///
/// ```
/// use typewright_runtime::metrics::AttributeValue;
/// assert_ne!(AttributeValue::Integer(200), AttributeValue::Text("200"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue<'a> {
    /// A text.
    Text(&'a str),
    /// An integer, such as a status.
    Integer(i64),
}

impl<'a> RequestDuration<'a> {
    /// The duration in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.seconds
    }

    /// The attributes by their names in the semantic conventions: `http.request.method`, `server.address`, `server.port` and
    /// `url.scheme`; `url.template`, the path of the operation in the document, unless the request is for a token;
    /// `http.response.status_code` where there was a response; and `error.type` where it failed.
    ///
    /// A method that the conventions do not know is `_OTHER`. `error.type` is the status from 400 on, or `connect`, `timeout`,
    /// `body`, `request` or `other` as the transport failed, or `cancelled` where nobody waited to the end, because the time of the
    /// call was over for example.
    #[must_use]
    pub fn attributes(&self) -> &[(&'static str, AttributeValue<'a>)] {
        &self.attributes
    }

    /// The attribute of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<AttributeValue<'a>> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(other, _)| *other == name).map(|(_, value)| *value)
    }
}
