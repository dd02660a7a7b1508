//! A `tracing` span for each call, with the attributes of OpenTelemetry's HTTP client spans.

use super::Outcome;
use crate::error::Cause;
use crate::request::PreparedRequest;
use crate::uri;
use tracing::field::Empty;
use tracing::Span;

/// Creates the span of a call.
pub(super) fn span(request: &PreparedRequest) -> Span {
    let operation = request.call.operation;
    let uri = &request.template.uri;
    tracing::info_span!(
        "http.client",
        otel.kind = "client",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        operation.id = operation.id,
        http.request.method = operation.method,
        url.template = operation.path,
        server.address = uri.host(),
        server.port = uri::port(uri),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// Records the outcome of the call.
pub(super) fn record(span: &Span, outcome: &Outcome) {
    let (status, attempts) = match outcome {
        Ok(response) => (Some(response.status()), response.attempts),
        Err(fault) => (fault.status(), fault.context.attempts),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
        if status.as_u16() >= 400 {
            span.record("error.type", status.as_str());
        }
    }
    span.record("http.request.resend_count", attempts.saturating_sub(1));
    if let Err(fault) = outcome {
        let kind = match &fault.cause {
            Cause::Timeout(_) | Cause::AttemptTimeout(_) => "timeout",
            Cause::Transport(_) => "transport",
            Cause::Credentials(_) => "credentials",
            Cause::Api(_)
            | Cause::Unexpected
            | Cause::Decode(_)
            | Cause::TooLarge(_)
            | Cause::Redirect(_)
            | Cause::Operation
            | Cause::Encode { .. } => "other",
        };
        span.record("error.type", kind);
    }
}
