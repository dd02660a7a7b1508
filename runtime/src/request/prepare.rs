//! Turns a call into the request that its attempts send.

use super::{Call, Overrides};
use crate::body::Body;
use crate::client::{Servers, Shared};
use crate::error::{Cause, Fault};
use crate::header;
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::random;
use crate::spec::{Content, Location, MediaCodec, OperationSpec, ResponseSpec, SecurityNeed};
use crate::uri::{self, PathError};
use http::header::{HeaderMap, HeaderName, HeaderValue, ACCEPT, CONTENT_TYPE, COOKIE};
use http::{Method, Uri};
use std::borrow::Cow;

/// Bytes reserved for a URL in addition to its base and path.
const QUERY_CAPACITY: usize = 64;

/// A request before credentials, with all that sending it needs.
pub(crate) struct PreparedRequest {
    pub(crate) shared: OpaqueArc<Shared>,
    pub(crate) operation: &'static OperationSpec,
    pub(crate) needs: &'static [SecurityNeed],
    pub(crate) overrides: Option<Box<Overrides>>,
    pub(crate) template: RequestTemplate,
}

/// Method, URL, headers and body of every attempt.
///
/// Most calls need one attempt. It takes the headers themselves; a list of them, which is smaller than a map, waits for
/// further attempts.
pub(crate) struct RequestTemplate {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) body: Body,
    first_headers: Option<HeaderMap>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl RequestTemplate {
    fn new(method: Method, uri: Uri, headers: HeaderMap, body: Body) -> Self {
        let pairs = headers.iter().map(|(name, value)| (name.clone(), value.clone()));
        Self { method, uri, body, headers: pairs.collect(), first_headers: Some(headers) }
    }

    /// Headers of the next attempt.
    pub(crate) fn next_headers(&mut self) -> HeaderMap {
        let first = self.first_headers.take();
        first.unwrap_or_else(|| self.collect_headers(|_| true))
    }

    /// The headers of these names.
    pub(crate) fn headers_named(&self, names: &[HeaderName]) -> HeaderMap {
        self.collect_headers(|name| names.contains(name))
    }

    fn collect_headers(&self, is_included: impl Fn(&HeaderName) -> bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter().filter(|(name, _)| is_included(name)) {
            headers.append(name, value.clone());
        }
        headers
    }

    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| other == name)
    }
}

impl Call {
    /// Prepares the request.
    ///
    /// # Errors
    /// A value cannot be sent, or no credential satisfies the security requirement; nothing was sent.
    pub(crate) fn prepare(mut self) -> Result<Box<PreparedRequest>, OpaqueBox<Fault>> {
        self.encode_parts();
        if let Some(error) = self.operation.invalid {
            return Err(self.unsendable("the operation", error));
        }
        if let Some((name, reason)) = self.problem.take() {
            return Err(self.unsendable(&name, reason));
        }
        self.add_members()?;
        let uri = self.uri()?;
        let headers = self.all_headers()?;
        let overrides = self.overrides.as_mut();
        let method = match overrides.and_then(|overrides| overrides.method.take()) {
            Some(method) => method,
            None => Method::from_bytes(self.operation.method.as_bytes())
                .map_err(|reason| self.unsendable("the method", reason))?,
        };
        let needs = self
            .shared
            .keyring
            .choose(self.operation.security, &headers)
            .map_err(|missing| Fault::new(self.operation.id, Cause::Credentials(missing)))?;
        Ok(Box::new(PreparedRequest {
            operation: self.operation,
            template: RequestTemplate::new(method, uri, headers, self.body),
            needs,
            overrides: self.overrides,
            shared: self.shared,
        }))
    }

    /// The URL without the credentials in its query: that of a followed link, else the operation's own.
    pub(crate) fn uri(&self) -> Result<Uri, OpaqueBox<Fault>> {
        let declared = self.declared_uri();
        let overrides = self.overrides.as_ref();
        let Some(url) = overrides.and_then(|overrides| overrides.followed_url.as_ref()) else {
            return declared;
        };
        // A call that is resumed in another process lacks the parameters of its path.
        let declared = declared.or_else(|fault| self.server_uri().ok_or(fault))?;
        let fault = |reason| Fault::new(self.operation.id, Cause::Redirect(reason));
        let followed = uri::join(&declared, url)
            .ok_or_else(|| fault("the response names a URL that is invalid"))?;
        // Credentials go there too.
        if uri::origin(&followed) != uri::origin(&declared) {
            return Err(fault(
                "the response names a URL of another server, which must not get these credentials",
            ));
        }
        Ok(followed)
    }

    fn declared_uri(&self) -> Result<Uri, OpaqueBox<Fault>> {
        self.check_empty_parameters()?;
        let base = self.base_url()?;
        let path = self.operation.path;
        let mut url = String::with_capacity(base.len() + path.len() + QUERY_CAPACITY);
        url.push_str(&base);
        let value = |name: &str| {
            let mut values = self.values_in(Location::Path);
            let (_, text) = values.find(|(other, _)| *other == name)?;
            Some(text)
        };
        match uri::fill(&mut url, path, value) {
            Ok(()) => {}
            Err(PathError::Missing(name)) => {
                return Err(self.unsendable(name, "a path parameter needs a value"));
            }
            Err(PathError::Dots) => {
                let reason = "a value of `.` or `..` would name another resource";
                return Err(self.unsendable("the path", reason));
            }
        }
        let parameters = [Location::QueryString, Location::Query]
            .into_iter()
            .flat_map(|location| self.values_in(location))
            .map(|(_, text)| text);
        let additional = self.shared.query.iter().chain(&self.query);
        let pairs = parameters.chain(additional.map(String::as_str));
        for (separator, pair) in std::iter::once('?').chain(std::iter::repeat('&')).zip(pairs) {
            url.push(separator);
            url.push_str(pair);
        }
        let url = Uri::from_maybe_shared(bytes::Bytes::from(url));
        url.map_err(|reason| self.unsendable("the URL", reason))
    }

    /// The URL of the server; `None` where it is none.
    fn server_uri(&self) -> Option<Uri> {
        self.base_url().ok()?.parse().ok()
    }

    fn base_url(&self) -> Result<Cow<'_, str>, OpaqueBox<Fault>> {
        let overrides = self.overrides.as_ref();
        let overridden = overrides.and_then(|overrides| overrides.base_url.as_ref());
        let declared = self.operation.servers;
        if let (None, [], Some(base)) = (overridden, declared, &self.shared.base) {
            return Ok(base.into());
        }
        let servers = match overridden {
            Some(url) => {
                Cow::Owned(Servers { base_url: Some(url.clone()), ..self.shared.servers.clone() })
            }
            None => Cow::Borrowed(&self.shared.servers),
        };
        let base = match declared {
            [] => servers.base(self.shared.api.servers),
            declared => servers.base_of_operation(declared),
        };
        base.map(Cow::Owned).map_err(|reason| self.unsendable("the base URL", reason))
    }

    /// Refuses empty path parameters: the URL would usually name another resource, the list in place of an item.
    fn check_empty_parameters(&self) -> Result<(), OpaqueBox<Fault>> {
        let overrides = self.overrides.as_ref();
        if overrides.is_some_and(|overrides| overrides.allow_empty_path) {
            return Ok(());
        }
        let is_empty = |index: usize| {
            let mut values = self.values.iter();
            values.any(|(other, text)| *other == index && text.is_empty())
        };
        let mut parameters = self.operation.parameters.iter().enumerate();
        let empty = parameters.find(|(index, parameter)| {
            let is_refused = parameter.location == Location::Path && !parameter.allow_empty;
            is_refused && is_empty(*index)
        });
        match empty {
            Some((_, parameter)) => {
                let reason = "a path parameter needs a value: empty, it would name another \
                              resource; `allow_empty_path` sends it all the same";
                Err(self.unsendable(parameter.name, reason))
            }
            None => Ok(()),
        }
    }

    /// The client's headers, overridden by the operation's, overridden by the call's.
    fn all_headers(&self) -> Result<HeaderMap, OpaqueBox<Fault>> {
        let mut headers = self.shared.headers.clone();
        if let Some(accept) = accept(self.operation) {
            headers.insert(ACCEPT, accept);
        }
        let mut parameters = Vec::new();
        for (name, text) in self.values_in(Location::Header) {
            let value = HeaderValue::from_bytes(text.as_bytes())
                .map_err(|reason| self.unsendable(name, reason))?;
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|reason| self.unsendable(name, reason))?;
            if name != COOKIE {
                headers.insert(&name, value);
                parameters.push(name);
            }
        }
        if let Some(media_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, media_type.clone());
        }
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != COOKIE) {
            header::merge(&mut headers, name, value, &parameters);
        }
        self.insert_cookies(&mut headers)?;
        self.insert_idempotency_key(&mut headers);
        Ok(headers)
    }

    /// Inserts all cookies in one line: the caller's, those of parameters, the client's.
    fn insert_cookies(&self, headers: &mut HeaderMap) -> Result<(), OpaqueBox<Fault>> {
        let cookies_of = |headers: &HeaderMap| {
            let cookies = headers.get(COOKIE)?.to_str().ok()?;
            Some(cookies.to_owned())
        };
        let parameters = self
            .values_in(Location::Header)
            .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
            .chain(self.values_in(Location::Cookie))
            .map(|(_, text)| text.to_owned());
        let cookies = cookies_of(&self.headers)
            .into_iter()
            .chain(parameters)
            .chain(cookies_of(headers))
            .fold(String::new(), |all, more| header::join_cookies(&all, &more));
        if cookies.is_empty() {
            return Ok(());
        }
        let mut value = HeaderValue::from_str(&cookies)
            .map_err(|reason| self.unsendable("the cookies", reason))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
        Ok(())
    }

    /// Inserts a random key where the operation documents one and the caller supplies none, so that the call can be retried.
    fn insert_idempotency_key(&self, headers: &mut HeaderMap) {
        let Some(name) = self.operation.idempotency_key else {
            return;
        };
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_str(&random::uuid());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.entry(name).or_insert(value);
        }
    }
}

/// `Accept`: the media types of success; those of errors where success has none.
///
/// JSON is preferred to media types without a typed form.
fn accept(operation: &OperationSpec) -> Option<HeaderValue> {
    let media_types = |is_included: &dyn Fn(&ResponseSpec) -> bool| {
        let mut accepted: Vec<&Content> = Vec::new();
        let responses = operation.responses.iter();
        for content in responses
            .filter(|response| is_included(response))
            .flat_map(|response| response.contents)
        {
            let is_same = |other: &&Content| other.media_type == content.media_type;
            if !accepted.iter().any(is_same) {
                accepted.push(content);
            }
        }
        accepted
    };
    let mut accepted = media_types(&|response| response.status.is_success());
    if accepted.is_empty() {
        accepted = media_types(&|_| true);
    }
    match accepted.as_slice() {
        [] => return None,
        [only] => {
            let text = bytes::Bytes::from_static(only.media_type.as_bytes());
            return HeaderValue::from_maybe_shared(text).ok();
        }
        [_, _, ..] => {}
    }
    let is_json = |content: &&Content| content.codec == MediaCodec::Json;
    let has_json = accepted.iter().any(is_json);
    let written = accepted.iter().map(|content| match content.codec {
        MediaCodec::Text | MediaCodec::Bytes | MediaCodec::Form if has_json => {
            format!("{};q=0.5", content.media_type)
        }
        MediaCodec::Text
        | MediaCodec::Bytes
        | MediaCodec::Json
        | MediaCodec::Form
        | MediaCodec::FormData
        | MediaCodec::Multipart
        | MediaCodec::EventStream
        | MediaCodec::JsonLines
        | MediaCodec::Xml => content.media_type.to_owned(),
    });
    HeaderValue::from_str(&written.collect::<Vec<_>>().join(", ")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attempt_has_the_same_headers() {
        let mut headers = HeaderMap::new();
        headers.append("accept", HeaderValue::from_static("application/json"));
        headers.append("x-tag", HeaderValue::from_static("a"));
        headers.append("x-tag", HeaderValue::from_static("b"));
        let mut secret = HeaderValue::from_static("s");
        secret.set_sensitive(true);
        headers.append("x-key", secret);
        let uri = Uri::from_static("http://a/");
        let mut template = RequestTemplate::new(Method::GET, uri, headers.clone(), Body::Empty);
        for _ in 0..3 {
            let next = template.next_headers();
            assert_eq!(next, headers);
            assert!(next["x-key"].is_sensitive());
        }
        assert!(template.has_header("X-Tag") && !template.has_header("x-other"));
        let tags = template.headers_named(&[HeaderName::from_static("x-tag")]);
        assert_eq!(tags.get_all("x-tag").iter().count(), 2);
        assert_eq!(tags.len(), 2);
    }
}
