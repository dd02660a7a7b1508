//! One attempt: the request with its credentials, a second one after a 401, and redirects.

use super::raw_response::body_failure;
use super::{Execution, IncomingBody, Outcome, RawResponse};
use crate::body::Body;
use crate::error::{Cause, CredentialsError, Fault};
use crate::opaque::OpaqueBox;
use crate::spec::Status;
use crate::transport::body::gather;
use crate::transport::{Request, Response};
use crate::uri;
use http::header::{
    HeaderMap, HeaderName, ACCEPT, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING, USER_AGENT,
};
use http::request::Parts;
use http::{Method, StatusCode, Uri};
use std::sync::atomic::Ordering;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");
/// Headers that may be sent to another origin, as they hold no secret.
const HARMLESS: [HeaderName; 2] = [ACCEPT, USER_AGENT];
const MAX_REDIRECTS: usize = 10;

/// Target of a redirect.
struct Redirect {
    method: Method,
    uri: Uri,
    without_body: bool,
    /// `true` while every hop went to the origin of the call. A request that another server redirected belongs to that server:
    /// it gets no credentials, even where it returns.
    same_origin: bool,
}

/// The current redirect; `None` before the first.
type Hop<'a> = Option<&'a Redirect>;

fn is_same_origin(hop: Hop<'_>) -> bool {
    hop.is_none_or(|redirect| redirect.same_origin)
}

fn is_without_body(hop: Hop<'_>) -> bool {
    hop.is_some_and(|redirect| redirect.without_body)
}

impl Execution<'_> {
    /// Sends the request until there is a response that is neither a redirect nor a 401 after which other credentials may succeed,
    /// and receives its body as the caller reads it.
    pub(super) async fn attempt(&mut self) -> Outcome {
        let mut redirect: Option<Box<Redirect>> = None;
        let mut redirects = 0;
        self.has_response = false;
        let (response, is_refused) = loop {
            let hop = redirect.as_deref();
            let response = self.send(hop).await?;
            self.has_response = true;
            if self.used.has_nonce() {
                self.note_authentication_info(hop, response.headers());
            }
            let is_unauthorized = response.status() == StatusCode::UNAUTHORIZED;
            if is_unauthorized && self.renew_credentials(hop, response.headers()) {
                if self.body_spent {
                    break (response, true);
                }
                continue;
            }
            match self.redirect(hop, &response)? {
                None => break (response, false),
                Some(next) => redirect = Some(next),
            }
            redirects += 1;
            if redirects > MAX_REDIRECTS {
                return Err(self.fault(Cause::Redirect("too many redirects")));
            }
        };
        let (mut response, body) = RawResponse::new(self, response);
        if response.is_streamed(self.body_mode) {
            response.body = IncomingBody::Stream(body);
            return Ok(response);
        }
        let gathered = gather(body, self.max_body_bytes()).await;
        response.body = IncomingBody::Buffered(gathered.bytes);
        let cause = if is_refused {
            Cause::Credentials(CredentialsError::BodySpent)
        } else if let Some(error) = gathered.failure {
            body_failure(error)
        } else if gathered.truncated {
            Cause::TooLarge(self.max_body_bytes())
        } else {
            return Ok(response);
        };
        Err(response.context().fault(cause))
    }

    fn method_and_uri<'a>(&'a self, hop: Hop<'a>) -> (&'a Method, &'a Uri) {
        match hop {
            Some(redirect) => (&redirect.method, &redirect.uri),
            None => (&self.template.method, &self.template.uri),
        }
    }

    fn note_authentication_info(&self, hop: Hop<'_>, headers: &HeaderMap) {
        if is_same_origin(hop) && headers.contains_key(AUTHENTICATION_INFO) {
            let origin = uri::origin(self.method_and_uri(hop).1);
            let keyring = &self.shared.keyring;
            keyring.note_authentication_info(self.needs, &origin, headers, &self.used);
        }
    }

    fn renew_credentials(&mut self, hop: Hop<'_>, headers: &HeaderMap) -> bool {
        if !is_same_origin(hop) {
            return false;
        }
        let origin = uri::origin(self.method_and_uri(hop).1);
        let keyring = &self.shared.keyring;
        keyring.renew(self.needs, &origin, headers, &mut self.used)
    }

    fn take_body(&mut self, hop: Hop<'_>) -> Body {
        if is_without_body(hop) {
            return Body::Empty;
        }
        self.template.body.again().unwrap_or_else(|| {
            self.body_spent = true;
            std::mem::take(&mut self.template.body)
        })
    }

    /// The head before credentials.
    fn head(&mut self, hop: Hop<'_>) -> Result<Parts, OpaqueBox<Fault>> {
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.headers = match self.template.first_headers.take() {
            Some(headers) => headers,
            None => self.headers()?,
        };
        if !is_same_origin(hop) {
            let all = &head.headers;
            let harmless = HARMLESS.iter().flat_map(|name| {
                let values = all.get_all(name).iter();
                values.map(|value| (name.clone(), value.clone()))
            });
            head.headers = harmless.collect();
        }
        let (method, uri) = self.method_and_uri(hop);
        head.method = method.clone();
        head.uri = uri.clone();
        // For transports that look at the operation, such as mocks and logs.
        if self.shared.io.transport.knows_operations() {
            head.extensions.insert(self.operation);
        }
        if is_without_body(hop) {
            head.headers.remove(CONTENT_TYPE);
            head.headers.remove(TRANSFER_ENCODING);
        }
        Ok(head)
    }

    /// The request with credentials of which none has to be waited for.
    fn request(&mut self, hop: Hop<'_>) -> Result<Request, OpaqueBox<Fault>> {
        let mut head = self.head(hop)?;
        if is_same_origin(hop) {
            let keyring = &self.shared.keyring;
            keyring
                .authorize_at_once(self.needs, &mut head)
                .map_err(|error| self.fault(Cause::Credentials(error)))?;
        }
        Ok(http::Request::from_parts(head, self.take_body(hop)))
    }

    /// The request to the call's origin with all of its credentials: tokens, a digest, a signature.
    async fn authorized_request(&mut self, hop: Hop<'_>) -> Result<Request, OpaqueBox<Fault>> {
        let mut head = self.head(hop)?;
        let empty = Body::Empty;
        let body = if is_without_body(hop) { &empty } else { &self.template.body };
        let keyring = &self.shared.keyring;
        keyring
            .authorize(self.needs, &mut head, body, &mut self.used)
            .await
            .map_err(|error| self.fault(Cause::Credentials(error)))?;
        let request = http::Request::from_parts(head, self.take_body(hop));
        match &self.shared.signer {
            Some(signer) => signer.sign(request).await.map_err(|reason| {
                let reason = CredentialsError::Endpoint(reason);
                self.fault(Cause::Credentials(reason))
            }),
            None => Ok(request),
        }
    }

    async fn send(&mut self, hop: Hop<'_>) -> Result<Response, OpaqueBox<Fault>> {
        let is_waited_for =
            self.shared.signer.is_some() || self.shared.keyring.is_waited_for(self.needs);
        let request = if is_waited_for && is_same_origin(hop) {
            // On the heap, so that the future of other calls is small.
            let request = Box::pin(self.authorized_request(hop)).await?;
            self.shared.io.transport.send(request)
        } else {
            let request = self.request(hop)?;
            self.shared.io.transport.send(request)
        };
        self.progress.attempts.fetch_add(1, Ordering::Relaxed);
        let timeouts = self.shared.read_timeout.zip(self.timeout());
        let has_timer = timeouts.is_some_and(|(read_timeout, timeout)| read_timeout < timeout);
        let transport_has_timer = &self.progress.transport_has_timer;
        transport_has_timer.store(has_timer, Ordering::Relaxed);
        let response = request.await;
        transport_has_timer.store(false, Ordering::Relaxed);
        response.map_err(|error| self.fault(Cause::Transport(error)))
    }

    /// The target of a redirect (RFC 9110, section 15.4); `None` where the response is final.
    fn redirect(
        &self,
        hop: Hop<'_>,
        response: &Response,
    ) -> Result<Option<Box<Redirect>>, OpaqueBox<Fault>> {
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        self.redirect_to(hop, response)
    }

    #[cold]
    fn redirect_to(
        &self,
        hop: Hop<'_>,
        response: &Response,
    ) -> Result<Option<Box<Redirect>>, OpaqueBox<Fault>> {
        let status = response.status();
        let code = status.as_u16();
        if self.documents(status) {
            return Ok(None);
        }
        let Some(location) = response.headers().get(LOCATION) else {
            return Ok(None);
        };
        let location = uri::without_spaces(&uri::in_ascii(location));
        let refused = |reason| Err(self.fault(Cause::Redirect(reason)));
        let (method, from) = self.method_and_uri(hop);
        let Some(target) = uri::join(from, &location) else {
            return refused("a redirect to something that is no URL");
        };
        if from.scheme_str() == Some("https") && target.scheme_str() != Some("https") {
            return refused("a redirect from HTTPS to a server that is not encrypted");
        }
        let same_origin =
            is_same_origin(hop) && uri::origin(&target) == uri::origin(&self.template.uri);
        let is_safe = matches!(*method, Method::GET | Method::HEAD);
        let becomes_get = code == 303 || (matches!(code, 301 | 302) && *method == Method::POST);
        if becomes_get && *method != Method::HEAD {
            return Ok(Some(Box::new(Redirect {
                method: Method::GET,
                uri: target,
                without_body: true,
                same_origin,
            })));
        }
        let has_body = !is_without_body(hop) && self.template.body.length() != Some(0);
        if !same_origin && (!is_safe || has_body) {
            return refused("a redirect that would send the request's body to another server");
        }
        if self.body_spent {
            return refused("a redirect, but the body can be sent only once");
        }
        Ok(Some(Box::new(Redirect {
            method: method.clone(),
            uri: target,
            without_body: is_without_body(hop),
            same_origin,
        })))
    }

    /// `true` if the document describes this very status, so that the redirect is final.
    fn documents(&self, status: StatusCode) -> bool {
        let response = self.operation.response_for(status);
        let response = response.and_then(|index| self.operation.responses.get(index));
        response.is_some_and(|response| response.status != Status::Default)
    }
}
