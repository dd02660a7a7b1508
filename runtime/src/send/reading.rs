//! Reads a reply and finds out which of the documented ones it is.

use super::attempt::broken;
use super::{Mode, Run};
use crate::answer::{assumed, content, is_named, matching, Head, Incoming, RawResponse};
use crate::data::MediaCodec;
use crate::decoding::Decoding;
use crate::error::{Cause, Fault, Kept};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::retry;
use crate::transport::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// How much of a body a failure keeps, in bytes.
const KEPT: usize = 64 << 10;

/// What a failure that comes after the reply tells of it.
#[derive(Clone)]
pub(crate) struct Witness {
    pub(crate) operation: &'static str,
    pub(crate) head: OpaqueArc<Head>,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    pub(crate) retry_after: Option<Duration>,
}

impl Witness {
    pub(crate) fn fault(self, cause: Cause) -> OpaqueBox<Fault> {
        let length = self.body.len().min(KEPT);
        let kept = Kept {
            status: Some(self.head.status),
            headers: self.head.headers.clone(),
            body: self.body.slice(..length),
        };
        OpaqueBox::new(Fault {
            operation: self.operation,
            cause,
            kept,
            attempts: self.attempts,
            retry_after: self.retry_after,
        })
    }
}

/// Whether a body of this kind can be read while it arrives.
fn flows(codec: MediaCodec) -> bool {
    match codec {
        MediaCodec::Bytes | MediaCodec::EventStream | MediaCodec::JsonLines => true,
        MediaCodec::Json
        | MediaCodec::Text
        | MediaCodec::Form
        | MediaCodec::FormData
        | MediaCodec::Multipart => false,
    }
}

/// Which of the documented replies it is, and whether that is assumed for a success of another status.
fn described(run: &Run<'_>, (status, headers): (StatusCode, &HeaderMap)) -> (Option<usize>, bool) {
    let documented = matching(run.operation, status);
    let is_named = is_named(run.operation, documented);
    if is_named || matches!(run.shared.decoding, Decoding::Strict) {
        return (documented, false);
    }
    match assumed(run.operation, status, headers) {
        Some(success) => (Some(success), true),
        None => (documented, false),
    }
}

pub(super) async fn read(
    run: &mut Run<'_>,
    reply: Response,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    let operation = run.operation;
    let (head, body) = reply.into_parts();
    let clock = &run.shared.wire.clock;
    let asked = head.headers.contains_key(http::header::RETRY_AFTER);
    let retry_after = asked.then(|| retry::retry_after(&head.headers, clock.since_epoch()));
    let retry_after = retry_after.flatten();
    let (found, assumed) = described(run, (head.status, &head.headers));
    let content = content(operation, found, &head.headers);
    let head = OpaqueArc::new(Head {
        status: head.status,
        headers: head.headers,
    });
    let mut answer = RawResponse {
        operation,
        head,
        body: Incoming::Whole(Bytes::new()),
        reply: found,
        content,
        attempts: 0,
        retry_after,
        decoding: run.shared.decoding.clone(),
        max_body_bytes: run.max_body_bytes(),
        assumed,
        again: None,
    };
    let contents = found.and_then(|reply| operation.replies.get(reply));
    let codec = contents.and_then(|reply| reply.contents.get(content?));
    let flowing = codec.is_none_or(|content| flows(content.codec));
    let streams = match run.mode {
        Mode::Whole => false,
        Mode::Streamed => flowing,
        Mode::Raw => true,
    };
    if streams && answer.is_success() && !answer.is_of_head() {
        answer.body = Incoming::Stream(body);
        return Ok(answer);
    }
    let collected = body.collect(run.max_body_bytes()).await;
    answer.body = Incoming::Whole(collected.bytes);
    if let Some(failure) = collected.failure {
        return Err(answer.witness().fault(broken(failure)));
    }
    if collected.truncated {
        let limit = run.max_body_bytes();
        return Err(answer.witness().fault(Cause::TooLarge(limit)));
    }
    Ok(answer)
}
