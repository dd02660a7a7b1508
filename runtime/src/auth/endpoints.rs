//! The endpoints that issue tokens and device codes: the caller's URL, the document's, or a discovered one.

use crate::auth::ClientCredentials;
use crate::futures::BoxError;
use crate::spec::{Flow, SchemeKind};
use crate::transport::Io;
use crate::uri;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// An endpoint: known, or named by a discovery document.
#[derive(Clone)]
pub(super) enum Endpoint {
    Known(http::Uri),
    Discovered(Arc<Discovery>),
}

/// The endpoints that issue tokens and device codes.
pub(super) struct Endpoints {
    pub(super) token: Endpoint,
    pub(super) device: Option<Endpoint>,
}

/// The endpoints of a scheme; `None` if neither the caller nor the document names a URL.
pub(super) fn endpoints(
    kind: SchemeKind,
    credentials: &ClientCredentials,
    base: Option<&http::Uri>,
) -> Option<Endpoints> {
    let resolve = |url: &str| match base {
        Some(base) => uri::join(base, url),
        None => url.parse().ok(),
    };
    let known = |url: Option<&str>| url.and_then(resolve).map(Endpoint::Known);
    let custom = known(credentials.token_url.as_deref());
    let custom_device = known(credentials.device_url.as_deref());
    match kind {
        SchemeKind::OAuth2 { token_url, flows } => {
            let by_flow = documented(flows, credentials.grants.flows(), |flow| flow.token_url);
            let codes = documented(flows, &["deviceAuthorization"], |f| f.authorization_url);
            Some(Endpoints {
                token: custom.or_else(|| known(by_flow.or(token_url)))?,
                device: custom_device.or_else(|| known(codes)),
            })
        }
        SchemeKind::OpenIdConnect { url } => {
            let discovered =
                resolve(url).map(|url| Endpoint::Discovered(Arc::new(Discovery::new(url))));
            Some(Endpoints {
                token: custom.or_else(|| discovered.clone())?,
                device: custom_device.or(discovered),
            })
        }
        SchemeKind::ApiKey { .. }
        | SchemeKind::Basic
        | SchemeKind::Bearer
        | SchemeKind::Digest
        | SchemeKind::MutualTls
        | SchemeKind::Other(_) => custom.map(|token| Endpoints { token, device: custom_device }),
    }
}

/// A URL of the first of these flows that has one.
fn documented(
    flows: &[Flow],
    names: &[&str],
    url: fn(&Flow) -> Option<&'static str>,
) -> Option<&'static str> {
    let mut urls = names
        .iter()
        .flat_map(|name| flows.iter().filter(move |flow| flow.name == *name))
        .filter_map(url);
    urls.next()
}

/// An OpenID Connect discovery document (OpenID Connect Discovery 1.0, section 4), read once.
pub(crate) struct Discovery {
    url: http::Uri,
    document: OnceCell<serde_json::Value>,
}

/// Limit of a discovery document, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Time within which it must arrive.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

impl Discovery {
    pub(crate) fn new(url: http::Uri) -> Self {
        Self { url, document: OnceCell::new() }
    }

    /// The URL that the document has under this name.
    pub(crate) async fn endpoint(&self, io: &Io, name: &str) -> Result<http::Uri, BoxError> {
        let document = self.document.get_or_try_init(|| self.read(io)).await?;
        let url = document.get(name).and_then(serde_json::Value::as_str);
        let url = url.ok_or_else(|| format!("the discovery document names no {name}"))?;
        let url = uri::join(&self.url, url);
        let url = url.ok_or_else(|| format!("the discovery document's {name} is no URL"))?;
        let is_secure = |url: &http::Uri| url.scheme_str() == Some("https");
        if is_secure(&self.url) && !is_secure(&url) {
            let reason = "is not encrypted, although the document itself came over HTTPS";
            return Err(format!("the discovery document's {name} {reason}").into());
        }
        Ok(url)
    }

    async fn read(&self, io: &Io) -> Result<serde_json::Value, BoxError> {
        let request = http::Request::get(&self.url)
            .header(http::header::ACCEPT, "application/json")
            .body(crate::body::Body::Empty)?;
        let (head, body) = io.send_within(request, REQUEST_TIMEOUT).await?.into_parts();
        if !head.status.is_success() {
            return Err(format!(
                "the server of the discovery document responded with {}",
                head.status
            )
            .into());
        }
        let body = body.collect(MAX_BYTES).await;
        match body.failure {
            Some(failure) => Err(failure.into()),
            None => Ok(serde_json::from_slice(&body.bytes)?),
        }
    }
}
