//! Turns a call into the request that its attempts send.

use super::{Call, Overrides};
use crate::body::Body;
use crate::client::Servers;
use crate::error::{Cause, Fault};
use crate::header;
use crate::opaque::OpaqueBox;
use crate::random;
use crate::spec::{Content, Location, MediaCodec, OperationSpec, Parameter, SecurityNeed};
use crate::uri::{self, PathError};
use http::header::{HeaderMap, HeaderName, HeaderValue, ACCEPT, CONTENT_TYPE, COOKIE};
use http::{Method, Uri};
use std::borrow::Cow;

/// Bytes reserved for a URL in addition to its base and path.
const QUERY_CAPACITY: usize = 64;

/// A request before credentials, with all that sending it needs.
pub(crate) struct PreparedRequest {
    /// The call without its body, from which the headers of further attempts are made.
    pub(crate) call: Call,
    pub(crate) needs: &'static [SecurityNeed],
    pub(crate) template: RequestTemplate,
}

/// Method, URL and body of every attempt, and the headers of the first: most calls need no other.
pub(crate) struct RequestTemplate {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) body: Body,
    pub(crate) first_headers: Option<HeaderMap>,
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
        if let Some(problem) = self.problem.take() {
            let (name, reason) = *problem;
            return Err(self.unsendable(&name, reason));
        }
        self.add_members()?;
        let uri = self.uri()?;
        let mut headers = self.all_headers()?;
        self.add_idempotency_key(&mut headers);
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
        let body = std::mem::take(&mut self.body);
        let template = RequestTemplate { method, uri, body, first_headers: Some(headers) };
        Ok(Box::new(PreparedRequest { call: self, needs, template }))
    }

    pub(crate) fn overridden(&self) -> Option<&Overrides> {
        self.overrides.as_deref()
    }

    /// Headers that the document does not describe.
    fn additional_headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.overridden().into_iter().flat_map(|overrides| &overrides.headers)
    }

    /// The URL without the credentials in its query: that of a followed link, else the operation's own.
    pub(crate) fn uri(&self) -> Result<Uri, OpaqueBox<Fault>> {
        let declared = self.declared_uri();
        let overrides = self.overridden();
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
        let overrides = self.overridden().into_iter();
        let additional = self.shared.query.iter().chain(overrides.flat_map(|all| &all.query));
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
        let overrides = self.overridden();
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
        let overrides = self.overridden();
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
    pub(crate) fn all_headers(&self) -> Result<HeaderMap, OpaqueBox<Fault>> {
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
        for (name, value) in self.additional_headers().filter(|(name, _)| *name != COOKIE) {
            header::merge(&mut headers, name, value, &parameters);
        }
        self.insert_cookies(&mut headers)?;
        Ok(headers)
    }

    /// Inserts all cookies in one line: the caller's, those of parameters, the client's.
    fn insert_cookies(&self, headers: &mut HeaderMap) -> Result<(), OpaqueBox<Fault>> {
        let cookies_of = |headers: &HeaderMap| {
            let cookies = headers.get(COOKIE)?.to_str().ok()?;
            Some(cookies.to_owned())
        };
        let is_cookie = |parameter: &Parameter| match parameter.location {
            Location::Cookie => true,
            Location::Header => parameter.name.eq_ignore_ascii_case("cookie"),
            Location::Path | Location::Query | Location::QueryString => false,
        };
        let callers = self.overridden().and_then(|overrides| cookies_of(&overrides.headers));
        if callers.is_none() && !self.operation.parameters.iter().any(is_cookie) {
            // Those of the client, if any, are there already.
            return Ok(());
        }
        let parameters = self
            .values_in(Location::Header)
            .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
            .chain(self.values_in(Location::Cookie))
            .map(|(_, text)| text.to_owned());
        let cookies = callers
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

    /// Adds a random key where the operation documents one and the caller supplies none, so that the call can be retried: to the
    /// call as well, as each attempt has the same.
    fn add_idempotency_key(&mut self, headers: &mut HeaderMap) {
        let Some(name) = self.operation.idempotency_key else {
            return;
        };
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_str(&random::uuid());
        let (Ok(name), Ok(value)) = (name, value) else {
            return;
        };
        if !headers.contains_key(&name) {
            headers.insert(name.clone(), value.clone());
            self.overrides().headers.insert(name, value);
        }
    }
}

/// `Accept`: the media types of success; those of errors where success has none.
///
/// JSON is preferred to media types without a typed form.
fn accept(operation: &OperationSpec) -> Option<HeaderValue> {
    let has_success = operation
        .responses
        .iter()
        .any(|response| response.status.is_success() && !response.contents.is_empty());
    let responses = operation.responses.iter();
    let responses = responses.filter(|response| !has_success || response.status.is_success());
    let mut contents = responses.flat_map(|response| response.contents);
    let first = contents.next()?;
    let Some(other) = contents.find(|content| content.media_type != first.media_type) else {
        // Nearly all operations: a text that needs no copy.
        let text = bytes::Bytes::from_static(first.media_type.as_bytes());
        return HeaderValue::from_maybe_shared(text).ok();
    };
    let mut accepted = vec![first, other];
    for content in contents {
        if !accepted.iter().any(|other| other.media_type == content.media_type) {
            accepted.push(content);
        }
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
