//! The adapter to OpenTelemetry's API.

use super::{AttributeValue, Metrics, RequestDuration, BOUNDARIES, REQUEST_DURATION};
use opentelemetry::metrics::{Histogram, Meter};
use opentelemetry::{global, KeyValue};

/// Metrics that are recorded with a meter of the crate `opentelemetry`, in the histogram [`REQUEST_DURATION`] with
/// [`BOUNDARIES`].
///
/// ```
/// use typewright_runtime::client::ClientBuilder;
/// use typewright_runtime::metrics::OpenTelemetry;
///
/// fn measured<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
///     builder.metrics(OpenTelemetry::global())
/// }
/// # drop(measured::<()>);
/// ```
#[derive(Clone, Debug)]
pub struct OpenTelemetry {
    duration: Histogram<f64>,
}

impl OpenTelemetry {
    /// Creates metrics of this meter.
    #[must_use]
    pub fn new(meter: &Meter) -> Self {
        let duration = meter.f64_histogram(REQUEST_DURATION);
        let duration =
            duration.with_unit("s").with_description("Duration of HTTP client requests.");
        Self { duration: duration.with_boundaries(BOUNDARIES.to_vec()).build() }
    }

    /// Creates metrics of the program's meter provider, which has to be set before; without one nothing is recorded.
    #[must_use]
    pub fn global() -> Self {
        Self::new(&global::meter("typewright-runtime"))
    }
}

impl Metrics for OpenTelemetry {
    fn record(&self, request: &RequestDuration<'_>) {
        let attributes = request.attributes().iter().map(|(name, value)| match value {
            AttributeValue::Text(text) => KeyValue::new(*name, (*text).to_owned()),
            AttributeValue::Integer(integer) => KeyValue::new(*name, *integer),
        });
        let attributes: Vec<_> = attributes.collect();
        self.duration.record(request.seconds(), &attributes);
    }
}
