//! Matches a response with the documented responses of its operation and their media types.

use super::{media_type, Content, MediaCodec, OperationSpec, ResponseSpec, Status};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::cmp::Reverse;

/// The media type of a response, where its header is text.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

impl Status {
    /// `true` if all its statuses are below 400.
    pub(crate) fn is_success(self) -> bool {
        match self {
            Self::Exact(code) => code < 400,
            Self::Range(class) => class < 4,
            Self::Default => false,
        }
    }

    /// `true` if all its statuses are 2xx.
    pub(crate) fn is_2xx(self) -> bool {
        match self {
            Self::Exact(code) => (200..300).contains(&code),
            Self::Range(class) => class == 2,
            Self::Default => false,
        }
    }
}

impl Content {
    /// `true` if a body of this received media type can be of this content.
    pub(crate) fn includes(&self, received: &str) -> bool {
        media_type::fit(self.media_type, received).is_some()
            || self.codec == MediaCodec::Json && media_type::is_json(received)
    }
}

impl OperationSpec {
    /// Index of the response that documents a status: exact before range before `default`.
    pub(crate) fn response_for(&self, status: StatusCode) -> Option<usize> {
        let code = status.as_u16();
        let position = |is_match: &dyn Fn(Status) -> bool| {
            let mut responses = self.responses.iter();
            responses.position(|response| is_match(response.status))
        };
        let is_in_range =
            |status| matches!(status, Status::Range(class) if u16::from(class) == code / 100);
        position(&|status| status == Status::Exact(code))
            .or_else(|| position(&is_in_range))
            .or_else(|| position(&|status| status == Status::Default))
    }

    /// `true` if the response of this index is documented by status, and not as `default`.
    pub(crate) fn names_status(&self, response: Option<usize>) -> bool {
        let response = response.and_then(|index| self.responses.get(index));
        response.is_some_and(|response| response.status != Status::Default)
    }

    /// Index of the documented success as which a response of another 2xx status can be read: the first in the received media
    /// type, else the first.
    pub(crate) fn assumed_success(&self, status: StatusCode, headers: &HeaderMap) -> Option<usize> {
        if !status.is_success() {
            return None;
        }
        let received = content_type(headers);
        let includes = |response: &ResponseSpec| {
            let mut contents = response.contents.iter();
            received.is_some_and(|received| contents.any(|content| content.includes(received)))
        };
        let mut successes =
            self.responses.iter().enumerate().filter(|(_, response)| response.status.is_2xx());
        let first = successes.clone().next();
        let (index, _) = successes.find(|(_, response)| includes(response)).or(first)?;
        Some(index)
    }

    /// Index of the received media type among those of a response; 0 where the server names none or another.
    pub(crate) fn content_for(
        &self,
        response: Option<usize>,
        headers: &HeaderMap,
    ) -> Option<usize> {
        let contents = self.responses.get(response?)?.contents;
        let received = content_type(headers);
        let best = contents
            .iter()
            .enumerate()
            .filter_map(|(index, content)| {
                let fit = media_type::fit(content.media_type, received?)?;
                Some((fit, Reverse(index)))
            })
            .max()
            .map(|(_, Reverse(index))| index);
        let json = || {
            let is_json = received.is_some_and(media_type::is_json);
            let mut contents = contents.iter();
            contents.position(|content| is_json && content.codec == MediaCodec::Json)
        };
        best.or_else(json).or((!contents.is_empty()).then_some(0))
    }

    /// `true` if a response consists of headers only (RFC 9110): the response to a `HEAD` (section 9.3.2), and one of a status
    /// without content (sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub(crate) fn is_bodiless(&self, status: StatusCode) -> bool {
        self.method == "HEAD" || matches!(status.as_u16(), 100..=199 | 204 | 205 | 304)
    }
}
