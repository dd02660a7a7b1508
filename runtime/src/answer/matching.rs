//! Finds out which of an operation's documented replies came, and in which of its media types.

use crate::content::media_type;
use crate::data::{Content, MediaCodec, OperationSpec, Reply, Status};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

/// Which of the documented replies has this status: exact before range before default.
pub(crate) fn matching(operation: &OperationSpec, status: StatusCode) -> Option<usize> {
    let code = status.as_u16();
    let find = |wanted: &dyn Fn(Status) -> bool| {
        operation
            .replies
            .iter()
            .position(|reply| wanted(reply.status))
    };
    find(&|status| status == Status::Exact(code))
        .or_else(|| {
            find(&|status| matches!(status, Status::Range(digit) if u16::from(digit) == code / 100))
        })
        .or_else(|| find(&|status| status == Status::Default))
}

/// Reports whether a reply is described by its status, and not merely as any other (`default`).
pub(crate) fn is_named(operation: &OperationSpec, reply: Option<usize>) -> bool {
    let reply = reply.and_then(|index| operation.replies.get(index));
    reply.is_some_and(|reply| reply.status != Status::Default)
}

/// The documented success that a reply of another status of success can be taken for: one in the media type that came, else
/// the first.
pub(crate) fn assumed(
    operation: &OperationSpec,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<usize> {
    let replies = || {
        let all = operation.replies.iter().enumerate();
        all.filter(|(_, reply)| match reply.status {
            Status::Exact(code) => (200..300).contains(&code),
            Status::Range(digit) => digit == 2,
            Status::Default => false,
        })
    };
    let came = came(headers);
    let fits = |reply: &Reply| {
        let mut contents = reply.contents.iter();
        contents.any(|content| came.is_some_and(|came| is_of(content, came)))
    };
    let fitting = replies().find(|(_, reply)| fits(reply));
    let index = fitting.or_else(|| replies().next()).map(|(index, _)| index);
    index.filter(|_| status.is_success())
}

/// Whether nothing but headers can come (RFC 9110): the reply to a `HEAD` (section 9.3.2), and one of a status without
/// content (sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
pub(crate) fn is_bodiless(operation: &OperationSpec, status: StatusCode) -> bool {
    operation.method == "HEAD" || matches!(status.as_u16(), 100..=199 | 204 | 205 | 304)
}

pub(super) fn came(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?;
    value.to_str().ok()
}

/// Whether a body of the media type that came can be of this content.
pub(super) fn is_of(content: &Content, came: &str) -> bool {
    media_type::fit(content.media_type, came).is_some()
        || content.codec == MediaCodec::Json && media_type::is_json(came)
}

/// Which of a reply's media types came; the first where the server names none or another.
pub(crate) fn content(
    operation: &OperationSpec,
    reply: Option<usize>,
    headers: &HeaderMap,
) -> Option<usize> {
    let contents = operation.replies.get(reply?)?.contents;
    let came = came(headers);
    let fits = contents.iter().enumerate().filter_map(|(index, content)| {
        let fit = media_type::fit(content.media_type, came?)?;
        Some((fit, std::cmp::Reverse(index)))
    });
    let alike = || {
        let json = media_type::is_json(came?);
        contents
            .iter()
            .position(|content| json && content.codec == MediaCodec::Json)
    };
    fits.max()
        .map(|(_, std::cmp::Reverse(index))| index)
        .or_else(alike)
        .or((!contents.is_empty()).then_some(0))
}
