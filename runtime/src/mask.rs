//! What may be shown of a request: no credential.

use http::header::{HeaderName, HeaderValue};

const SHOWN: &str = "***";
/// Parts of names that say that what stands there is secret.
const TELLING: [&str; 9] = [
    "auth",
    "cookie",
    "key",
    "token",
    "secret",
    "password",
    "passwd",
    "signature",
    "credential",
];

pub(crate) fn is_secret(name: &str, further: &[String]) -> bool {
    let name = name.to_ascii_lowercase();
    TELLING.iter().any(|part| name.contains(part)) || further.contains(&name)
}

/// A header's value, or the mask where its name tells of a secret or the value is marked as one.
pub(crate) fn header(name: &HeaderName, value: &HeaderValue, further: &[String]) -> String {
    if value.is_sensitive() || is_secret(name.as_str(), further) {
        return SHOWN.to_owned();
    }
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// A URL without user information, and with secret query values masked.
pub(crate) fn uri(uri: &http::Uri, further: &[String]) -> String {
    let mut shown = String::new();
    if let Some(scheme) = uri.scheme_str() {
        shown.push_str(scheme);
        shown.push_str("://");
    }
    shown.push_str(uri.host().unwrap_or_default());
    if let Some(port) = uri.port() {
        shown.push(':');
        shown.push_str(port.as_str());
    }
    shown.push_str(uri.path());
    for (at, pair) in uri
        .query()
        .into_iter()
        .flat_map(|q| q.split('&'))
        .enumerate()
    {
        shown.push(if at == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if is_secret(name, further) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(SHOWN);
            }
            Some(_) | None => shown.push_str(pair),
        }
    }
    shown
}
