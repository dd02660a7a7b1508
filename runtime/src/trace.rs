//! A `tracing` span for each call, with the names of OpenTelemetry's HTTP client spans.

use crate::answer::RawResponse;
use crate::error::{Cause, Fault};
use crate::opaque::OpaqueBox;
use crate::send::Plan;
use tracing::field::Empty;
use tracing::Span;

/// The span of a call; it ends with the call, and lasts as long.
pub(crate) fn span(plan: &Plan) -> Span {
    let operation = plan.operation;
    tracing::info_span!(
        "http.client",
        otel.kind = "client",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        operation.id = operation.id,
        http.request.method = operation.method,
        url.template = operation.path,
        server.address = plan.draft.uri.host(),
        server.port = plan.draft.uri.port_u16(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// Writes down how the call ended.
pub(crate) fn record(span: &Span, outcome: &Result<RawResponse, OpaqueBox<Fault>>) {
    let (status, attempts) = match outcome {
        Ok(answer) => (Some(answer.status()), answer.attempts),
        Err(fault) => (fault.kept.status, fault.attempts),
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
            Cause::Timeout(_) => "timeout",
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
