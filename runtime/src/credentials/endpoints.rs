//! Where tokens and the codes of devices come from: the caller's URL, the document's, or what discovery says.

use super::ClientCredentials;
use crate::data::{Flow, SchemeKind};
use crate::target;
use crate::wire::Discovery;
use std::sync::Arc;

/// An endpoint: known, or named by a discovery document.
#[derive(Clone)]
pub(super) enum Endpoint {
    Known(http::Uri),
    Discovered(Arc<Discovery>),
}

/// Where tokens and the codes of devices are issued.
pub(super) struct Endpoints {
    pub(super) token: Endpoint,
    pub(super) device: Option<Endpoint>,
}

/// `None` where neither the caller nor the document names a URL.
pub(super) fn endpoints(
    kind: SchemeKind,
    credentials: &ClientCredentials,
    base: Option<&http::Uri>,
) -> Option<Endpoints> {
    let resolve = |url: &str| match base {
        Some(base) => target::join(base, url),
        None => url.parse().ok(),
    };
    let known = |url: Option<&str>| url.and_then(resolve).map(Endpoint::Known);
    let given = known(credentials.token_url.as_deref());
    let device = known(credentials.device_url.as_deref());
    match kind {
        SchemeKind::OAuth2 { token_url, flows } => {
            let by_flow = documented(flows, credentials.grants.flows(), |flow| flow.token_url);
            let codes = documented(flows, &["deviceAuthorization"], |f| f.authorization_url);
            Some(Endpoints {
                token: given.or_else(|| known(by_flow.or(token_url)))?,
                device: device.or_else(|| known(codes)),
            })
        }
        SchemeKind::OpenIdConnect { url } => {
            let discovered =
                resolve(url).map(|url| Endpoint::Discovered(Arc::new(Discovery::new(url))));
            Some(Endpoints {
                token: given.or_else(|| discovered.clone())?,
                device: device.or(discovered),
            })
        }
        SchemeKind::ApiKey { .. }
        | SchemeKind::Basic
        | SchemeKind::Bearer
        | SchemeKind::Digest
        | SchemeKind::MutualTls
        | SchemeKind::Other(_) => given.map(|token| Endpoints { token, device }),
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
