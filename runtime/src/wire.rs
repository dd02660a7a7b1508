//! Transport and clock together: what everything that talks to a server needs.

use crate::boxed::{BoxError, Within};
use crate::clock::Clock;
use crate::target;
use crate::transport::{Request, Response, Transport};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// A transport and a clock.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Wire {
    /// Sends a request of the client's own; the head of the reply must come in time.
    pub(crate) async fn send_within(
        &self,
        request: Request,
        limit: Duration,
    ) -> Result<Response, BoxError> {
        let future = self.transport.send(request);
        let limit = Some(self.clock.sleep(limit));
        match (Within { future, limit }).await {
            Some(reply) => Ok(reply?),
            None => Err("the server was silent for too long".into()),
        }
    }
}

/// An OpenID Connect discovery document (OpenID Connect Discovery 1.0, section 4), read once.
pub(crate) struct Discovery {
    url: http::Uri,
    document: OnceCell<serde_json::Value>,
}

/// How much of a discovery document is read, in bytes.
const LONGEST: usize = 1 << 20;
/// How long it may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

impl Discovery {
    pub(crate) fn new(url: http::Uri) -> Self {
        Self {
            url,
            document: OnceCell::new(),
        }
    }

    /// The URL that the document gives under this name.
    pub(crate) async fn endpoint(&self, wire: &Wire, name: &str) -> Result<http::Uri, BoxError> {
        let document = self.document.get_or_try_init(|| self.read(wire)).await?;
        let url = document.get(name).and_then(serde_json::Value::as_str);
        let url = url.ok_or_else(|| format!("the discovery document names no {name}"))?;
        let url = target::join(&self.url, url);
        let url = url.ok_or_else(|| format!("the discovery document's {name} is no URL"))?;
        let is_secure = |url: &http::Uri| url.scheme_str() == Some("https");
        if is_secure(&self.url) && !is_secure(&url) {
            let reason = "is not encrypted, although the document itself came over HTTPS";
            return Err(format!("the discovery document's {name} {reason}").into());
        }
        Ok(url)
    }

    async fn read(&self, wire: &Wire) -> Result<serde_json::Value, BoxError> {
        let request = http::Request::get(&self.url)
            .header(http::header::ACCEPT, "application/json")
            .body(crate::body::Body::Empty)?;
        let (head, body) = wire.send_within(request, PATIENCE).await?.into_parts();
        if !head.status.is_success() {
            return Err(format!("the discovery document answered {}", head.status).into());
        }
        let body = body.collect(LONGEST).await;
        match body.failure {
            Some(failure) => Err(failure.into()),
            None => Ok(serde_json::from_slice(&body.bytes)?),
        }
    }
}
