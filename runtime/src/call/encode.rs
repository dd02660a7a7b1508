//! From a call to the plan of its requests.

use super::Call;
use crate::client::Servers;
use crate::data::{Content, Location, MediaCodec, OperationSpec, Reply, Status};
use crate::error::{Cause, Fault};
use crate::opaque::OpaqueBox;
use crate::random;
use crate::send::{fields, Draft, Plan};
use crate::target::{self, PathError};
use http::header::{HeaderMap, HeaderName, HeaderValue, ACCEPT, COOKIE};
use http::{Method, Uri};
use std::borrow::Cow;

/// How many bytes a URL usually has beside its base and path.
const ROOM: usize = 64;

impl Call {
    /// Everything that sending needs; nothing is sent where this fails.
    pub(crate) fn plan(mut self) -> Result<Box<Plan>, OpaqueBox<Fault>> {
        self.put_parts();
        if let Some(error) = self.operation.invalid {
            return Err(self.unsendable("the operation", error));
        }
        if let Some((name, reason)) = self.problem.take() {
            return Err(self.unsendable(&name, reason));
        }
        let uri = self.led(self.uri()?)?;
        let headers = self.all_headers()?;
        let own = self.settings.as_mut();
        let method = match own.and_then(|settings| settings.method.take()) {
            Some(method) => method,
            None => Method::from_bytes(self.operation.method.as_bytes())
                .map_err(|reason| self.unsendable("the method", reason))?,
        };
        let needs = self
            .shared
            .keyring
            .choose(self.operation.security, &headers);
        let needs =
            needs.map_err(|missing| Fault::new(self.operation.id, Cause::Credentials(missing)))?;
        Ok(Box::new(Plan {
            operation: self.operation,
            draft: Draft::new(method, uri, headers, self.body),
            needs,
            settings: self.settings,
            shared: self.shared,
        }))
    }

    fn base(&self) -> Result<Cow<'_, str>, OpaqueBox<Fault>> {
        let own = self.settings.as_ref();
        let own = own.and_then(|settings| settings.base_url.as_ref());
        let usual = own.is_none() && self.operation.servers.is_empty();
        if let Some(base) = self.shared.base.as_ref().filter(|_| usual) {
            return Ok(base.into());
        }
        let own = own.map(|url| Servers {
            base_url: Some(url.clone()),
            ..self.shared.servers.clone()
        });
        let chosen = own.as_ref().unwrap_or(&self.shared.servers);
        let base = match self.operation.servers {
            [] => chosen.base(self.shared.api.servers),
            own => chosen.base_of_own(own),
        };
        base.map(Cow::Owned)
            .map_err(|reason| self.unsendable("the base URL", reason))
    }

    fn uri(&self) -> Result<Uri, OpaqueBox<Fault>> {
        self.check_empty()?;
        let base = self.base()?;
        let path = self.operation.path;
        let mut url = String::with_capacity(base.len() + path.len() + ROOM);
        url.push_str(&base);
        let filled = target::fill(&mut url, path, |name| {
            let mut values = self.located(Location::Path);
            values
                .find(|(other, _)| *other == name)
                .map(|(_, text)| text)
        });
        match filled {
            Ok(()) => {}
            Err(PathError::Missing(name)) => {
                return Err(self.unsendable(name, "a path parameter needs a value"));
            }
            Err(PathError::Dots) => {
                let reason = "a value of `.` or `..` would name another resource";
                return Err(self.unsendable("the path", reason));
            }
        }
        let places = [Location::QueryString, Location::Query];
        let own = places
            .into_iter()
            .flat_map(|place| self.located(place))
            .map(|(_, text)| text);
        let further = self
            .shared
            .query
            .iter()
            .chain(&self.query)
            .map(String::as_str);
        let mut joint = '?';
        for pair in own.chain(further) {
            url.push(joint);
            url.push_str(pair);
            joint = '&';
        }
        let url = Uri::from_maybe_shared(bytes::Bytes::from(url));
        url.map_err(|reason| self.unsendable("the URL", reason))
    }

    /// An empty path parameter usually names another resource: the list in place of an item.
    fn check_empty(&self) -> Result<(), OpaqueBox<Fault>> {
        let settings = self.settings.as_ref();
        if settings.is_some_and(|settings| settings.allow_empty_path) {
            return Ok(());
        }
        let parameters = self.operation.parameters.iter().enumerate();
        let refused = parameters.filter(|(_, parameter)| {
            parameter.location == Location::Path && !parameter.allow_empty
        });
        for (index, parameter) in refused {
            let value = self.values.iter().find(|(other, _)| *other == index);
            if value.is_some_and(|(_, text)| text.is_empty()) {
                let reason = "a path parameter needs a value: empty, it would name another \
                              resource; `allow_empty_path` sends it all the same";
                return Err(self.unsendable(parameter.name, reason));
            }
        }
        Ok(())
    }

    /// The URL that a reply led to, where one did: on the same server, since credentials go there.
    fn led(&self, own: Uri) -> Result<Uri, OpaqueBox<Fault>> {
        let settings = self.settings.as_ref();
        let Some(url) = settings.and_then(|settings| settings.led.as_ref()) else {
            return Ok(own);
        };
        let fault = |reason| Fault::new(self.operation.id, Cause::Redirect(reason));
        let led = target::join(&own, url)
            .ok_or_else(|| fault("the reply leads to something that is no URL"))?;
        if target::origin(&led) != target::origin(&own) {
            return Err(fault(
                "the reply leads to another server, which must not get these credentials",
            ));
        }
        Ok(led)
    }

    /// Where the call goes, without what credentials add; `None` where that cannot be told.
    pub(crate) fn target(&self) -> Option<Uri> {
        self.led(self.uri().ok()?).ok()
    }

    /// The client's headers, over them the operation's, over them the call's.
    fn all_headers(&self) -> Result<HeaderMap, OpaqueBox<Fault>> {
        let mut headers = self.shared.headers.clone();
        if let Some(accept) = accept(self.operation) {
            headers.insert(ACCEPT, accept);
        }
        let mut given = Vec::new();
        for (name, text) in self.located(Location::Header) {
            let value = HeaderValue::from_bytes(text.as_bytes());
            let value = value.map_err(|reason| self.unsendable(name, reason))?;
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|reason| self.unsendable(name, reason))?;
            if name != COOKIE {
                headers.insert(&name, value);
                given.push(name);
            }
        }
        self.content_type(&mut headers);
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != COOKIE) {
            fields::put(&mut headers, name, value, &given);
        }
        self.put_cookies(&mut headers)?;
        self.put_key(&mut headers);
        Ok(headers)
    }

    /// All cookies in one line: the call's own, those of parameters, the client's.
    fn put_cookies(&self, headers: &mut HeaderMap) -> Result<(), OpaqueBox<Fault>> {
        let by_hand = |headers: &HeaderMap| {
            let cookies = headers.get(COOKIE)?.to_str().ok()?;
            Some(cookies.to_owned())
        };
        let declared = self.located(Location::Header);
        let declared = declared.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        let cookies = declared.chain(self.located(Location::Cookie));
        let sources = by_hand(&self.headers).into_iter();
        let sources = sources.chain(cookies.map(|(_, text)| text.to_owned()));
        let sources = sources.chain(by_hand(headers));
        let joined = sources.fold(String::new(), |all, more| fields::join_cookies(&all, &more));
        if joined.is_empty() {
            return Ok(());
        }
        let value = HeaderValue::from_str(&joined);
        let mut value = value.map_err(|reason| self.unsendable("the cookies", reason))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
        Ok(())
    }

    /// An operation that takes a key gets one, so that it can be tried again.
    fn put_key(&self, headers: &mut HeaderMap) {
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

fn is_success(reply: &&Reply) -> bool {
    match reply.status {
        Status::Exact(code) => code < 400,
        Status::Range(digit) => digit < 4,
        Status::Default => false,
    }
}

/// `Accept`: the media types of success; those of failure where success has none.
///
/// JSON goes before everything else that a reply may come in: it has a type.
fn accept(operation: &OperationSpec) -> Option<HeaderValue> {
    let media_types = |replies: &mut dyn Iterator<Item = &'static Reply>| {
        let mut found: Vec<&Content> = Vec::new();
        for content in replies.flat_map(|reply| reply.contents) {
            if !found
                .iter()
                .any(|other| other.media_type == content.media_type)
            {
                found.push(content);
            }
        }
        found
    };
    let mut accepted = media_types(&mut operation.replies.iter().filter(is_success));
    if accepted.is_empty() {
        accepted = media_types(&mut operation.replies.iter());
    }
    if let [only] = accepted.as_slice() {
        let text = bytes::Bytes::from_static(only.media_type.as_bytes());
        return HeaderValue::from_maybe_shared(text).ok();
    }
    if accepted.is_empty() {
        return None;
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
        | MediaCodec::JsonLines => content.media_type.to_owned(),
    });
    HeaderValue::from_str(&written.collect::<Vec<_>>().join(", ")).ok()
}
