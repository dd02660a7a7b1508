//! One try: the request with its credentials, a second one after a 401, and redirects.

use super::{reading, Run};
use crate::answer::{matching, Answer};
use crate::body::Body;
use crate::credentials::CredentialsError;
use crate::data::Status;
use crate::error::{Cause, Fault};
use crate::target;
use crate::transport::{Reply, Request, TransportError, TransportFailure};
use http::header::{
    HeaderMap, HeaderName, HeaderValue, ACCEPT, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING,
    USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use std::sync::atomic::Ordering;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");
/// How many redirects a call follows.
const MOST_REDIRECTS: usize = 10;

/// Where the request goes now: redirects change it.
struct Aim {
    method: Method,
    uri: Uri,
    bodiless: bool,
}

impl Run {
    /// Sends until there is a reply that is neither a redirect nor a 401 that other credentials can mend.
    pub(super) async fn attempt(&mut self) -> Result<Answer, Box<Fault>> {
        let mut aim = Aim {
            method: self.plan.method.clone(),
            uri: self.plan.uri.clone(),
            bodiless: false,
        };
        let mut redirects = 0;
        loop {
            let reply = self.send(&aim).await?;
            self.informed(&aim, reply.headers());
            if reply.status() == StatusCode::UNAUTHORIZED && self.renew(&aim, reply.headers()).await
            {
                if !self.spent {
                    continue;
                }
                let cause = Cause::Credentials(CredentialsError::BodySpent);
                let answer = reading::read(self, reply).await?;
                return Err(answer.witness().fault(cause));
            }
            match self.redirect(&aim, &reply)? {
                None => return reading::read(self, reply).await,
                Some(next) => aim = next,
            }
            redirects += 1;
            if redirects > MOST_REDIRECTS {
                return Err(self.fault(Cause::Redirect("too many redirects")));
            }
        }
    }

    pub(super) fn fault(&self, cause: Cause) -> Box<Fault> {
        Fault::new(self.plan.operation.id, cause)
    }

    fn is_home(&self, uri: &Uri) -> bool {
        *uri == self.plan.uri || target::origin(uri) == target::origin(&self.plan.uri)
    }

    fn informed(&self, aim: &Aim, headers: &HeaderMap) {
        if headers.contains_key(AUTHENTICATION_INFO) && self.is_home(&aim.uri) {
            let origin = target::origin(&aim.uri);
            let keyring = &self.plan.shared.keyring;
            keyring.informed(self.plan.needs, (&origin, headers), &self.used);
        }
    }

    async fn renew(&mut self, aim: &Aim, headers: &HeaderMap) -> bool {
        if !self.is_home(&aim.uri) {
            return false;
        }
        let origin = target::origin(&aim.uri);
        let keyring = &self.plan.shared.keyring;
        let renewed = keyring.renew(self.plan.needs, (&origin, headers), &mut self.used);
        Box::pin(renewed).await
    }

    fn take_body(&mut self, aim: &Aim) -> Body {
        if aim.bodiless {
            return Body::Empty;
        }
        match self.plan.body.again() {
            Some(body) => body,
            None => {
                self.spent = true;
                std::mem::take(&mut self.plan.body)
            }
        }
    }

    async fn request(&mut self, aim: &Aim) -> Result<Request, Box<Fault>> {
        let mut request = http::Request::new(());
        *request.method_mut() = aim.method.clone();
        *request.uri_mut() = aim.uri.clone();
        let home = self.is_home(&aim.uri);
        *request.headers_mut() = if home {
            self.plan.headers.clone()
        } else {
            abroad(&self.plan.headers)
        };
        let (mut head, ()) = request.into_parts();
        // For transports that know operations: mocks, logs.
        if self.plan.shared.wire.transport.knows_operations() {
            head.extensions.insert(self.plan.operation);
        }
        if aim.bodiless {
            head.headers.remove(CONTENT_TYPE);
            head.headers.remove(TRANSFER_ENCODING);
        }
        if home {
            let keyring = &self.plan.shared.keyring;
            let empty = Body::Empty;
            let body = if aim.bodiless {
                &empty
            } else {
                &self.plan.body
            };
            let authorized = keyring
                .authorize(self.plan.needs, &mut head, body, &mut self.used)
                .await;
            authorized.map_err(|error| self.fault(Cause::Credentials(error)))?;
        }
        let request = http::Request::from_parts(head, self.take_body(aim));
        match (&self.plan.shared.signer, home) {
            (Some(signer), true) => signer.sign(request).await.map_err(|reason| {
                let reason = CredentialsError::Signature(reason);
                self.fault(Cause::Credentials(reason))
            }),
            (Some(_), false) | (None, _) => Ok(request),
        }
    }

    async fn send(&mut self, aim: &Aim) -> Result<Reply, Box<Fault>> {
        let request = self.request(aim).await?;
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let reply = self.plan.shared.wire.transport.send(request).await;
        reply.map_err(|error: TransportError| self.fault(Cause::Transport(error)))
    }

    /// Where a redirect leads; `None` where the reply is the answer.
    fn redirect(&self, aim: &Aim, reply: &Reply) -> Result<Option<Aim>, Box<Fault>> {
        let status = reply.status();
        let code = status.as_u16();
        if !matches!(code, 301 | 302 | 303 | 307 | 308) || self.documents(status) {
            return Ok(None);
        }
        let Some(location) = reply.headers().get(LOCATION).and_then(location) else {
            return Ok(None);
        };
        let refused = |reason| Err(self.fault(Cause::Redirect(reason)));
        let Some(uri) = target::join(&aim.uri, &location) else {
            return refused("a redirect to something that is no URL");
        };
        if aim.uri.scheme_str() == Some("https") && uri.scheme_str() != Some("https") {
            return refused("a redirect from HTTPS to a server that is not encrypted");
        }
        let safe = matches!(aim.method, Method::GET | Method::HEAD);
        let becomes_get = code == 303 || (matches!(code, 301 | 302) && aim.method == Method::POST);
        if becomes_get && aim.method != Method::HEAD {
            return Ok(Some(Aim {
                method: Method::GET,
                uri,
                bodiless: true,
            }));
        }
        if !safe && !self.is_home(&uri) {
            return refused("a redirect that would send the request's body to another server");
        }
        if self.spent {
            return refused("a redirect, but the body can be sent only once");
        }
        Ok(Some(Aim {
            method: aim.method.clone(),
            uri,
            bodiless: aim.bodiless,
        }))
    }

    /// Whether the document describes this very status, so that a redirect is an answer.
    fn documents(&self, status: StatusCode) -> bool {
        let reply = matching(self.plan.operation, status);
        let reply = reply.and_then(|reply| self.plan.operation.replies.get(reply));
        reply.is_some_and(|reply| reply.status != Status::Default)
    }
}

/// What may be sent to another server: nothing that can hold a secret.
fn abroad(headers: &HeaderMap) -> HeaderMap {
    let harmless = [ACCEPT, USER_AGENT].into_iter();
    harmless
        .filter_map(|name| headers.get(&name).map(|value| (name, value.clone())))
        .collect()
}

/// The text of `Location`; servers write other characters than ASCII into it as UTF-8.
fn location(value: &HeaderValue) -> Option<String> {
    let text = std::str::from_utf8(value.as_bytes()).ok()?;
    let encode = |c: char| match c {
        c if c.is_ascii() && c != ' ' => c.to_string(),
        c => crate::parameters::percent::unreserved(&c.to_string()),
    };
    Some(text.chars().map(encode).collect())
}

/// A reply that broke off is a failure of the transport, whoever noticed.
pub(super) fn broken(failure: TransportError) -> Cause {
    match failure.failure() {
        TransportFailure::Timeout => Cause::Transport(failure),
        TransportFailure::Body
        | TransportFailure::Connect
        | TransportFailure::Request
        | TransportFailure::Other => {
            Cause::Transport(TransportError::new(TransportFailure::Body, failure))
        }
    }
}
