//! One try: the request with its credentials, a second one after a 401, and redirects.

use super::{reading, Run};
use crate::answer::{matching, RawResponse};
use crate::body::Body;
use crate::credentials::CredentialsError;
use crate::data::Status;
use crate::error::{Cause, Fault};
use crate::opaque::OpaqueBox;
use crate::target;
use crate::transport::{Request, Response, TransportError, TransportFailure};
use http::header::{
    HeaderMap, HeaderName, ACCEPT, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING, USER_AGENT,
};
use http::request::Parts;
use http::{Method, StatusCode, Uri};
use std::sync::atomic::Ordering;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");
/// What may be sent to another server: nothing that can hold a secret.
const HARMLESS: [HeaderName; 2] = [ACCEPT, USER_AGENT];
/// How many redirects a call follows.
const MOST_REDIRECTS: usize = 10;

/// Where a redirect has led.
struct Aim {
    method: Method,
    uri: Uri,
    bodiless: bool,
    /// Whether every hop so far went to the server that the call is for. A request that another server has led is that
    /// server's: it gets no credentials, also where it leads back.
    home: bool,
}

/// Where the request goes now; without an aim it is where the call goes by itself.
type Aimed<'a> = Option<&'a Aim>;

fn at_home(aim: Aimed<'_>) -> bool {
    aim.is_none_or(|aim| aim.home)
}

fn is_bodiless(aim: Aimed<'_>) -> bool {
    aim.is_some_and(|aim| aim.bodiless)
}

impl Run<'_> {
    /// Sends until there is a reply that is neither a redirect nor a 401 that other credentials can mend.
    pub(super) async fn attempt(&mut self) -> Result<RawResponse, OpaqueBox<Fault>> {
        let mut led: Option<Box<Aim>> = None;
        let mut redirects = 0;
        self.answered = false;
        loop {
            let aim = led.as_deref();
            let reply = self.send(aim).await?;
            self.answered = true;
            self.informed(aim, reply.headers());
            if reply.status() == StatusCode::UNAUTHORIZED && self.renew(aim, reply.headers()) {
                if !self.spent {
                    continue;
                }
                let cause = Cause::Credentials(CredentialsError::BodySpent);
                let answer = Box::pin(reading::read(self, reply)).await?;
                return Err(answer.witness().fault(cause));
            }
            match self.redirect(aim, &reply)? {
                None => return Box::pin(reading::read(self, reply)).await,
                Some(next) => led = Some(Box::new(next)),
            }
            redirects += 1;
            if redirects > MOST_REDIRECTS {
                return Err(self.fault(Cause::Redirect("too many redirects")));
            }
        }
    }

    pub(super) fn fault(&self, cause: Cause) -> OpaqueBox<Fault> {
        Fault::new(self.operation.id, cause)
    }

    fn is_home(&self, uri: &Uri) -> bool {
        target::origin(uri) == target::origin(&self.draft.uri)
    }

    fn place<'a>(&'a self, aim: Aimed<'a>) -> (&'a Method, &'a Uri) {
        let draft = &self.draft;
        aim.map_or((&draft.method, &draft.uri), |aim| (&aim.method, &aim.uri))
    }

    fn informed(&self, aim: Aimed<'_>, headers: &HeaderMap) {
        if at_home(aim) && headers.contains_key(AUTHENTICATION_INFO) {
            let origin = target::origin(self.place(aim).1);
            let keyring = &self.shared.keyring;
            keyring.informed(self.needs, (&origin, headers), &self.used);
        }
    }

    fn renew(&mut self, aim: Aimed<'_>, headers: &HeaderMap) -> bool {
        if !at_home(aim) {
            return false;
        }
        let origin = target::origin(self.place(aim).1);
        let keyring = &self.shared.keyring;
        keyring.renew(self.needs, (&origin, headers), &mut self.used)
    }

    fn take_body(&mut self, aim: Aimed<'_>) -> Body {
        if is_bodiless(aim) {
            return Body::Empty;
        }
        match self.draft.body.again() {
            Some(body) => body,
            None => {
                self.spent = true;
                std::mem::take(&mut self.draft.body)
            }
        }
    }

    /// The head before credentials.
    fn head(&mut self, aim: Aimed<'_>) -> Parts {
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.headers = if at_home(aim) {
            self.draft.headers()
        } else {
            self.draft.some_headers(&HARMLESS)
        };
        let (method, uri) = self.place(aim);
        head.method = method.clone();
        head.uri = uri.clone();
        // For transports that know operations: mocks, logs.
        if self.shared.wire.transport.knows_operations() {
            head.extensions.insert(self.operation);
        }
        if is_bodiless(aim) {
            head.headers.remove(CONTENT_TYPE);
            head.headers.remove(TRANSFER_ENCODING);
        }
        head
    }

    async fn request(&mut self, aim: Aimed<'_>) -> Result<Request, OpaqueBox<Fault>> {
        let mut head = self.head(aim);
        if at_home(aim) {
            let keyring = &self.shared.keyring;
            let empty = Body::Empty;
            let body = if is_bodiless(aim) {
                &empty
            } else {
                &self.draft.body
            };
            let authorized = keyring
                .authorize(self.needs, &mut head, body, &mut self.used)
                .await;
            authorized.map_err(|error| self.fault(Cause::Credentials(error)))?;
        }
        let request = http::Request::from_parts(head, self.take_body(aim));
        match (&self.shared.signer, at_home(aim)) {
            (Some(signer), true) => signer.sign(request).await.map_err(|reason| {
                let reason = CredentialsError::Endpoint(reason);
                self.fault(Cause::Credentials(reason))
            }),
            (Some(_), false) | (None, _) => Ok(request),
        }
    }

    async fn send(&mut self, aim: Aimed<'_>) -> Result<Response, OpaqueBox<Fault>> {
        let request = Box::pin(self.request(aim)).await?;
        self.progress.attempts.fetch_add(1, Ordering::Relaxed);
        let limits = self.shared.read_timeout.zip(self.timeout());
        let attended = limits.is_some_and(|(own, whole)| own < whole);
        self.progress.attended.store(attended, Ordering::Relaxed);
        let reply = self.shared.wire.transport.send(request).await;
        self.progress.attended.store(false, Ordering::Relaxed);
        reply.map_err(|error: TransportError| self.fault(Cause::Transport(error)))
    }

    /// Where a redirect leads; `None` where the reply is the answer.
    fn redirect(&self, aim: Aimed<'_>, reply: &Response) -> Result<Option<Aim>, OpaqueBox<Fault>> {
        let status = reply.status();
        let code = status.as_u16();
        if !matches!(code, 301 | 302 | 303 | 307 | 308) || self.documents(status) {
            return Ok(None);
        }
        let Some(location) = reply.headers().get(LOCATION) else {
            return Ok(None);
        };
        let location = target::without_spaces(&target::in_ascii(location));
        let refused = |reason| Err(self.fault(Cause::Redirect(reason)));
        let (method, from) = self.place(aim);
        let Some(uri) = target::join(from, &location) else {
            return refused("a redirect to something that is no URL");
        };
        if from.scheme_str() == Some("https") && uri.scheme_str() != Some("https") {
            return refused("a redirect from HTTPS to a server that is not encrypted");
        }
        let home = at_home(aim) && self.is_home(&uri);
        let safe = matches!(*method, Method::GET | Method::HEAD);
        let becomes_get = code == 303 || (matches!(code, 301 | 302) && *method == Method::POST);
        if becomes_get && *method != Method::HEAD {
            return Ok(Some(Aim {
                method: Method::GET,
                uri,
                bodiless: true,
                home,
            }));
        }
        let carries = !is_bodiless(aim) && self.draft.body.length() != Some(0);
        if !home && (!safe || carries) {
            return refused("a redirect that would send the request's body to another server");
        }
        if self.spent {
            return refused("a redirect, but the body can be sent only once");
        }
        Ok(Some(Aim {
            method: method.clone(),
            uri,
            bodiless: is_bodiless(aim),
            home,
        }))
    }

    /// Whether the document describes this very status, so that a redirect is an answer.
    fn documents(&self, status: StatusCode) -> bool {
        let reply = matching(self.operation, status);
        let reply = reply.and_then(|reply| self.operation.replies.get(reply));
        reply.is_some_and(|reply| reply.status != Status::Default)
    }
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
