//! What may be shown of a request: no credential.

use crate::codec::{from_json, to_json, Value};
use http::header::{HeaderName, HeaderValue};
use http::Extensions;

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

/// The names of query parameters of a request that hold a key, for whatever shows the request.
#[derive(Clone, Debug, Default)]
struct Secrets(Vec<String>);

/// Notes that the query parameters of these names hold a key: the document may call them anything.
pub(crate) fn mark<'a>(extensions: &mut Extensions, names: impl IntoIterator<Item = &'a str>) {
    let secrets = extensions.get_or_insert_default::<Secrets>();
    secrets.0.extend(names.into_iter().map(str::to_lowercase));
}

/// The names that are given and those that the request itself has marked.
pub(crate) fn marked(extensions: &Extensions, further: &[String]) -> Vec<String> {
    let marked = extensions.get::<Secrets>().map(|secrets| &*secrets.0);
    let marked = marked.unwrap_or_default().iter();
    further.iter().chain(marked).cloned().collect()
}

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

/// The text of something that should be a URL, without user information, query and fragment.
pub(crate) fn url(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{SHOWN}@{host}"),
        None => authority.to_owned(),
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let hidden = rest.get(path.len()..path.len() + 1).unwrap_or_default();
    let hidden = if hidden.is_empty() {
        String::new()
    } else {
        format!("{hidden}{SHOWN}")
    };
    format!("{scheme}{host}{path}{hidden}")
}

/// Members that hold a secret wherever they stand: those of token endpoints (RFC 6749, 7521, 7636 and 8628), and passwords.
const SECRET_MEMBERS: [&str; 10] = [
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "assertion",
    "code_verifier",
    "device_code",
    "user_code",
    "password",
];

fn is_secret_member(name: &str, further: &[String]) -> bool {
    let lower = name.to_ascii_lowercase();
    SECRET_MEMBERS.contains(&&*lower) || further.contains(&lower)
}

/// A body's text without its secrets, where it is JSON or a form that holds some.
pub(crate) fn body(text: &str, further: &[String]) -> Option<String> {
    if let Ok(mut value) = from_json::<Value>(text.as_bytes()) {
        if !members(&mut value, further) {
            return None;
        }
        return String::from_utf8(to_json(&value).ok()?).ok();
    }
    form(text, further)
}

/// Whether there was anything to mask.
fn members(value: &mut Value, further: &[String]) -> bool {
    match value {
        Value::Object(all) => all.iter_mut().fold(false, |found, (name, member)| {
            let secret = is_secret_member(name, further) && !member.is_null();
            if secret {
                *member = Value::Text(SHOWN.to_owned());
            }
            let inside = members(member, further);
            found || secret || inside
        }),
        Value::List(items) => items.iter_mut().fold(false, |found, item| {
            let inside = members(item, further);
            found || inside
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

fn form(text: &str, further: &[String]) -> Option<String> {
    // The code of a person's consent has a common name: it is a secret where a token is asked for.
    let asks = text.split('&').any(|pair| pair.starts_with("grant_type="));
    let mut found = false;
    let pairs = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret_member(name, further) || asks && name == "code" => {
            found = true;
            format!("{name}={SHOWN}")
        }
        Some(_) | None => pair.to_owned(),
    });
    let masked = pairs.collect::<Vec<_>>().join("&");
    found.then_some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_bodies() {
        let masked = |text: &str| body(text, &["pin".to_owned()]).unwrap_or_default();
        assert_eq!(
            masked(r#"{"access_token":"a","expires_in":3.50,"x":[{"PIN":1,"token":"kept"}]}"#),
            r#"{"access_token":"***","expires_in":3.50,"x":[{"PIN":"***","token":"kept"}]}"#
        );
        assert_eq!(masked(r#"{"pin":1,"a":2}"#), r#"{"pin":"***","a":2}"#);
        assert_eq!(masked(r#"{"a":[{"pin":1}]}"#), r#"{"a":[{"pin":"***"}]}"#);
        assert_eq!(
            masked("grant_type=authorization_code&code=c&client_secret=s%26&a=b"),
            "grant_type=authorization_code&code=***&client_secret=***&a=b"
        );
        assert_eq!(masked("code=c&pin=1&x"), "code=c&pin=***&x");
        for kept in [
            "",
            "{}",
            r#"{"password":null,"nextPageToken":"p"}"#,
            "code=c",
            "access_token",
        ] {
            assert_eq!(body(kept, &[]), None, "{kept}");
        }
    }

    #[test]
    fn secrets_in_urls_and_headers() {
        let url = "https://u:p@h:8/p?api_key=k&x=1&flag".parse().unwrap();
        assert_eq!(uri(&url, &[]), "https://h:8/p?api_key=***&x=1&flag");
        assert_eq!(
            uri(&url, &["x".to_owned()]),
            "https://h:8/p?api_key=***&x=***&flag"
        );
        let name = HeaderName::from_static("x-trace");
        let mut value = HeaderValue::from_static("v");
        assert_eq!(header(&name, &value, &[]), "v");
        assert_eq!(header(&name, &value, &["x-trace".to_owned()]), "***");
        value.set_sensitive(true);
        assert_eq!(header(&name, &value, &[]), "***");
    }
}
