//! A wire log: what was sent and what came back, with secrets masked.

use crate::error::TransportError;
use crate::futures::{BoxFuture, MaybeSendSync};
use crate::redact;
use crate::transport::{Request, Response, Transport};
use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

trait Writes: MaybeSendSync {
    fn line(&self, line: &str);
}

impl<F: Fn(&str) + MaybeSendSync> Writes for F {
    fn line(&self, line: &str) {
        self(line);
    }
}

/// A transport that reports each request and response to a function, a line each.
///
/// Masked are `Authorization`, cookies, user information of URLs, and whatever a header or query parameter calls a key, token,
/// secret, password or signature, also in the links of `Location` and `Link`; and the query parameters of the document's API
/// keys, whatever their names. What leads to the next page (`pageToken`) is shown. Bodies are not logged. Names of further
/// headers and parameters can be given.
///
/// ```no_run
/// use typewright_runtime::http;
/// use typewright_runtime::transport::{InMemoryTransport, WireLog};
/// let server = InMemoryTransport::new(|_| http::Response::new("{}".into()));
/// let logged = WireLog::new(server, |line| eprintln!("{line}")).masking(["x-session"]);
/// ```
pub struct WireLog<T> {
    inner: T,
    masked: Vec<String>,
    writer: Arc<dyn Writes>,
}

impl<T: Transport> WireLog<T> {
    /// Creates a log of the exchanges of `inner`; `writer` is given each line, without a line break.
    pub fn new(inner: T, writer: impl Fn(&str) + MaybeSendSync + 'static) -> Self {
        Self { inner, masked: Vec::new(), writer: Arc::new(writer) }
    }

    /// Masks these headers and query parameters too.
    #[must_use]
    pub fn masking<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(|name| name.into().to_lowercase());
        self.masked.extend(names);
        self
    }
}

fn request_line(request: &Request, masked: &[String]) -> String {
    let mut line = format!("> {} ", request.method());
    line.push_str(&redact::uri(request.uri(), masked));
    push_headers(&mut line, request.headers(), masked);
    write!(line, " body={:?}", request.body()).ok();
    line
}

fn push_headers(line: &mut String, headers: &http::HeaderMap, masked: &[String]) {
    for (name, value) in headers {
        let value = redact::header(name, value, masked);
        write!(line, " {name}={value:?}").ok();
    }
}

impl<T: Transport> Transport for WireLog<T> {
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let masked = redact::marked(request.extensions(), &self.masked);
        self.writer.line(&request_line(&request, &masked));
        let writer = Arc::clone(&self.writer);
        let response = self.inner.send(request);
        Box::pin(async move {
            let response = response.await;
            match &response {
                Ok(response) => {
                    let mut line = format!("< {}", response.status());
                    push_headers(&mut line, response.headers(), &masked);
                    writer.line(&line);
                }
                Err(failure) => writer.line(&format!("< {failure}")),
            }
            response
        })
    }
}

impl<T: fmt::Debug> fmt::Debug for WireLog<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireLog").field("inner", &self.inner).finish_non_exhaustive()
    }
}
