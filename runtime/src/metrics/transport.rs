//! The transport that measures another.

use super::{AttributeValue, Metrics, RequestDuration};
use crate::clock::Clock;
use crate::futures::BoxFuture;
use crate::spec::OperationSpec;
use crate::transport::{Request, Response, Transport, TransportError, TransportFailure};
use crate::uri;
use http::{Method, StatusCode, Uri};
use std::sync::Arc;
use std::time::Duration;

/// A transport whose requests are measured.
pub(crate) struct Metered {
    inner: Arc<dyn Transport>,
    metrics: Arc<dyn Metrics>,
    clock: Arc<dyn Clock>,
}

impl Metered {
    pub(crate) fn new(
        inner: Arc<dyn Transport>,
        metrics: Arc<dyn Metrics>,
        clock: &Arc<dyn Clock>,
    ) -> Self {
        Self { inner, metrics, clock: Arc::clone(clock) }
    }
}

impl Transport for Metered {
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let operation = request.extensions().get::<&'static OperationSpec>();
        let mut measurement = Measurement {
            metrics: Arc::clone(&self.metrics),
            clock: Arc::clone(&self.clock),
            start: self.clock.now(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            template: operation.map(|operation| operation.path),
            ending: Ending::Cancelled,
        };
        let response = self.inner.send(request);
        Box::pin(async move {
            let response = response.await;
            // A method, which takes the whole measurement into the future: a field would come alone.
            measurement.end(&response);
            response
        })
    }

    fn read_timeout(&self) -> Option<Duration> {
        self.inner.read_timeout()
    }
}

/// A request that is being measured, and recorded when this is dropped: futures that nobody waits for end by that too.
struct Measurement {
    metrics: Arc<dyn Metrics>,
    clock: Arc<dyn Clock>,
    start: Duration,
    method: Method,
    uri: Uri,
    template: Option<&'static str>,
    ending: Ending,
}

impl Measurement {
    fn end(&mut self, response: &Result<Response, TransportError>) {
        self.ending = match response {
            Ok(response) => Ending::Response(response.status()),
            Err(error) => Ending::Failure(error.failure()),
        };
    }
}

/// The way in which a request ended.
#[derive(Clone, Copy)]
enum Ending {
    Response(StatusCode),
    Failure(TransportFailure),
    Cancelled,
}

impl Ending {
    fn status(self) -> Option<StatusCode> {
        match self {
            Self::Response(status) => Some(status),
            Self::Failure(_) | Self::Cancelled => None,
        }
    }

    /// The `error.type`; `None` for a success.
    fn error(&self) -> Option<&str> {
        match self {
            Self::Response(status) => (status.as_u16() >= 400).then(|| status.as_str()),
            Self::Failure(failure) => Some(match failure {
                TransportFailure::Connect => "connect",
                TransportFailure::Timeout => "timeout",
                TransportFailure::Body => "body",
                TransportFailure::Request => "request",
                TransportFailure::Other => "other",
            }),
            Self::Cancelled => Some("cancelled"),
        }
    }
}

/// The method, unless the conventions do not know it: a document may have any number of them.
fn method_name(method: &Method) -> &str {
    let is_known = matches!(
        *method,
        Method::CONNECT
            | Method::DELETE
            | Method::GET
            | Method::HEAD
            | Method::OPTIONS
            | Method::PATCH
            | Method::POST
            | Method::PUT
            | Method::TRACE
    );
    if is_known {
        method.as_str()
    } else {
        "_OTHER"
    }
}

impl Drop for Measurement {
    fn drop(&mut self) {
        let text = AttributeValue::Text;
        let status = self.ending.status().map(|status| i64::from(status.as_u16()));
        let attributes = [
            ("http.request.method", Some(text(method_name(&self.method)))),
            ("server.address", self.uri.host().map(text)),
            ("server.port", Some(AttributeValue::Integer(uri::port(&self.uri).into()))),
            ("url.scheme", self.uri.scheme_str().map(text)),
            ("url.template", self.template.map(text)),
            ("http.response.status_code", status.map(AttributeValue::Integer)),
            ("error.type", self.ending.error().map(text)),
        ];
        let attributes = attributes.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let seconds = self.clock.now().saturating_sub(self.start).as_secs_f64();
        let attributes = attributes.collect();
        self.metrics.record(&RequestDuration { seconds, attributes });
    }
}
