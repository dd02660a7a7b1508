//! One request and its response, on their way past a cache.

use super::entries::{Key, Selection, Stored};
use super::Cache;
use crate::body::ByteStream;
use crate::error::TransportError;
use crate::redact;
use crate::transport::{Request, Response};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{
    HeaderMap, HeaderName, ACCEPT, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_RANGE, ETAG,
    IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
    RANGE, TRANSFER_ENCODING, VARY,
};
use http::{Method, StatusCode};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Headers with which a request asks for something else than the current response, or knows one itself.
const OWN_CONDITIONS: [HeaderName; 6] =
    [RANGE, IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, IF_RANGE];

/// A request whose response the cache may hold, or holds.
pub(super) struct Exchange {
    key: Key,
    headers: HeaderMap,
    stored: Option<Arc<Stored>>,
}

impl Exchange {
    /// Adds the validators of the response that is held; `None` for a request that goes past the cache.
    pub(super) fn begin(cache: &Cache, request: &mut Request) -> Option<Self> {
        let headers = request.headers();
        let has_conditions = OWN_CONDITIONS.iter().any(|name| headers.contains_key(name));
        if *request.method() != Method::GET || has_conditions || is_no_store(headers) {
            return None;
        }
        let is_key = |name: &HeaderName| {
            let mut values = headers.get_all(name).iter();
            *name == ACCEPT
                || redact::is_secret(name.as_str(), &[])
                || values.any(|value| value.is_sensitive())
        };
        let names: Vec<_> = headers.keys().filter(|name| is_key(name)).cloned().collect();
        let key = Key { url: request.uri().to_string(), headers: selection(headers, names) };
        let headers = headers.clone();
        let stored = cache.entries().get(&key, &headers);
        if let Some(stored) = &stored {
            let validators = [(ETAG, IF_NONE_MATCH), (LAST_MODIFIED, IF_MODIFIED_SINCE)];
            let mut validators = validators.into_iter();
            let validator = validators
                .find_map(|(name, condition)| Some((condition, stored.headers.get(name)?)));
            request
                .headers_mut()
                .extend(validator.map(|(condition, value)| (condition, value.clone())));
        }
        Some(Self { key, headers, stored })
    }

    /// The response for the call: that of the server, or the one that is held and current.
    pub(super) fn end(self, cache: Cache, response: Response) -> Response {
        match (response.status(), &self.stored) {
            (StatusCode::NOT_MODIFIED, Some(stored)) => {
                self.freshen(&cache, stored, response.headers())
            }
            (StatusCode::OK, _) => self.hold(cache, response),
            _ => response,
        }
    }

    /// The held response with the headers of a 304 (RFC 9111, section 4.3.4). Those that describe the content or the connection
    /// stay, as they are about a response without content.
    fn freshen(&self, cache: &Cache, stored: &Stored, newer: &HeaderMap) -> Response {
        let is_kept = |name: &HeaderName| {
            name.as_str().starts_with("content-")
                || *name == CONNECTION
                || *name == TRANSFER_ENCODING
        };
        let mut headers = stored.headers.clone();
        for name in newer.keys().filter(|name| !is_kept(name)) {
            headers.remove(name);
            for value in newer.get_all(name) {
                headers.append(name, value.clone());
            }
        }
        if is_no_store(newer) {
            cache.entries().remove_where(&self.key.url, |other| other.key == self.key);
        } else {
            let (key, varied, body) =
                (stored.key.clone(), stored.varied.clone(), stored.body.clone());
            cache.entries().insert(Stored { key, varied, body, headers: headers.clone() });
        }
        let mut response = http::Response::new(ByteStream::from(stored.body.clone()));
        *response.headers_mut() = headers;
        response
    }

    /// The response, whose body is held once it has been read to its end.
    fn hold(self, cache: Cache, response: Response) -> Response {
        let varied = self.varied(response.headers());
        let length = response
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse().ok());
        let largest = cache.entries().largest();
        let is_small = length.is_none_or(|length: usize| length <= largest);
        let (Some(varied), true) = (varied, is_small) else {
            cache.entries().remove_where(&self.key.url, |other| other.key == self.key);
            return response;
        };
        let (head, body) = response.into_parts();
        let stored =
            Stored { key: self.key, varied, headers: head.headers.clone(), body: Bytes::new() };
        let held = Some(Held { cache, stored, largest, body: BytesMut::new() });
        http::Response::from_parts(head, ByteStream::new(Copied { body, held }))
    }

    /// The request's values of the headers in `Vary`; `None` for a response that must not be held, or that nothing can validate.
    fn varied(&self, response: &HeaderMap) -> Option<Selection> {
        let has_validator = response.contains_key(ETAG) || response.contains_key(LAST_MODIFIED);
        if is_no_store(response) || !has_validator || response.contains_key(CONTENT_RANGE) {
            return None;
        }
        let names = list(response, &VARY)
            .map(|name| HeaderName::from_bytes(name.as_bytes()).ok().filter(|_| name != "*"));
        Some(selection(&self.headers, names.collect::<Option<Vec<_>>>()?))
    }
}

/// The values of these headers, in the order of their names.
fn selection(headers: &HeaderMap, mut names: Vec<HeaderName>) -> Selection {
    names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    names.dedup();
    let values = |name: &HeaderName| headers.get_all(name).iter().cloned().collect();
    names.iter().map(|name| (name.clone(), values(name))).collect()
}

/// The members of a list in headers of this name.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|member| !member.is_empty())
}

/// `true` where `Cache-Control` forbids to hold anything of the exchange (RFC 9111, sections 5.2.1.5 and 5.2.2.5).
fn is_no_store(headers: &HeaderMap) -> bool {
    list(headers, &CACHE_CONTROL).any(|directive| directive.eq_ignore_ascii_case("no-store"))
}

/// The pieces of a body so far, for the cache.
struct Held {
    cache: Cache,
    stored: Stored,
    largest: usize,
    /// A copy: pieces of a connection may be parts of larger ones.
    body: BytesMut,
}

impl Held {
    /// Adds a piece, unless the body has become too long.
    fn add(mut self, piece: &Bytes) -> Option<Self> {
        if self.body.len() + piece.len() > self.largest {
            return None;
        }
        self.body.extend_from_slice(piece);
        Some(self)
    }

    fn store(mut self) {
        self.stored.body = self.body.freeze();
        self.cache.entries().insert(self.stored);
    }
}

/// A body whose pieces are copied on their way to the call.
struct Copied {
    body: ByteStream,
    /// `None` once the body has ended, broken off or become too long.
    held: Option<Held>,
}

impl Stream for Copied {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.body).poll_next(context);
        match &polled {
            Poll::Pending => {}
            Poll::Ready(Some(Ok(piece))) => {
                self.held = self.held.take().and_then(|held| held.add(piece));
            }
            Poll::Ready(Some(Err(_))) => self.held = None,
            Poll::Ready(None) => {
                if let Some(held) = self.held.take() {
                    held.store();
                }
            }
        }
        polled
    }
}
