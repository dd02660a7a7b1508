//! Masks credentials in requests and responses that are shown.

use crate::codec::{from_json, to_json, Value};
use http::header::{HeaderName, HeaderValue};
use http::Extensions;

const MASK: &str = "***";
/// Parts of the names of secrets.
const SECRET_PARTS: [&str; 9] =
    ["auth", "cookie", "key", "token", "secret", "password", "passwd", "signature", "credential"];

/// The names of a request's query parameters that hold a key.
#[derive(Clone, Debug, Default)]
struct Secrets(Vec<String>);

/// Marks the query parameters of these names, which may be any, as secret.
pub(crate) fn mark<'a>(extensions: &mut Extensions, names: impl IntoIterator<Item = &'a str>) {
    let secrets = extensions.get_or_insert_default::<Secrets>();
    secrets.0.extend(names.into_iter().map(str::to_lowercase));
}

/// These names and those that the request has marked.
pub(crate) fn marked(extensions: &Extensions, further: &[String]) -> Vec<String> {
    let marked = extensions.get::<Secrets>().map(|secrets| &*secrets.0);
    let marked = marked.unwrap_or_default().iter();
    further.iter().chain(marked).cloned().collect()
}

/// Parts of the names of keys and tokens that lead to the next page, which are no credentials.
const PAGING_PARTS: [&str; 5] = ["page", "next", "contin", "cursor", "sync"];

pub(crate) fn is_secret(name: &str, further: &[String]) -> bool {
    let name = name.to_ascii_lowercase();
    let is_paging = PAGING_PARTS.iter().any(|part| name.contains(part));
    SECRET_PARTS.iter().any(|part| name.contains(part)) && !is_paging || further.contains(&name)
}

/// A header's value, or the mask if it is secret by its name or its mark. Links in it are masked too.
pub(crate) fn header(name: &HeaderName, value: &HeaderValue, further: &[String]) -> String {
    if value.is_sensitive() || is_secret(name.as_str(), further) {
        return MASK.to_owned();
    }
    links(&String::from_utf8_lossy(value.as_bytes()), further)
}

/// A URL without user information, and with secret query values masked.
pub(crate) fn uri(uri: &http::Uri, further: &[String]) -> String {
    links(&uri.to_string(), further)
}

/// A text with the user information and the secret query values of all URLs in it masked, relative ones included.
pub(crate) fn links(text: &str, further: &[String]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    // User information or a pair of a query may follow.
    while let Some(at) = rest.find(['/', '?', '&']) {
        let (before, after) = rest.split_at(at + 1);
        masked.push_str(before);
        rest = after;
        if before.ends_with('/') {
            if masked.ends_with("://") {
                rest = mask_user(&mut masked, rest);
            }
        } else {
            rest = mask_pair(&mut masked, rest, further);
        }
    }
    masked + rest
}

/// Masks user information, and returns the rest of the text.
fn mask_user<'t>(masked: &mut String, text: &'t str) -> &'t str {
    let end = |c: char| "/?#<>\"' ".contains(c) || c.is_control();
    let authority = text.split(end).next().unwrap_or_default();
    match authority.rfind('@') {
        Some(at) => {
            masked.push_str(MASK);
            text.get(at..).unwrap_or_default()
        }
        None => text,
    }
}

/// Masks the value of a pair with a secret's name, and returns the rest of the text.
fn mask_pair<'t>(masked: &mut String, text: &'t str, further: &[String]) -> &'t str {
    let outside = |c: char| "&#<>\"'/? ;,".contains(c) || c.is_control();
    let Some((name, value)) = text.split_once('=') else {
        return text;
    };
    if name.contains(outside) || !is_secret(name, further) {
        return text;
    }
    masked.push_str(name);
    masked.push('=');
    masked.push_str(MASK);
    let end = |c: char| "&#<>\"' ".contains(c) || c.is_control();
    value.find(end).and_then(|end| value.get(end..)).unwrap_or_default()
}

/// `true` if a request's line is that of a recording, in which secrets are masked.
pub(crate) fn matches_line(recorded: &str, line: &str) -> bool {
    let parts =
        |text: &'_ str| -> Vec<String> { text.split(['?', '&']).map(str::to_owned).collect() };
    let (recorded, line) = (parts(recorded), parts(line));
    let matches = |(recorded, part): (&String, &String)| {
        let masked = recorded.strip_suffix(MASK).filter(|name| name.ends_with('='));
        recorded == part || masked.is_some_and(|name| part.starts_with(name))
    };
    recorded.len() == line.len() && recorded.iter().zip(&line).all(matches)
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
        Some((_, host)) => format!("{MASK}@{host}"),
        None => authority.to_owned(),
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let hidden = rest.get(path.len()..path.len() + 1).unwrap_or_default();
    let hidden = if hidden.is_empty() { String::new() } else { format!("{hidden}{MASK}") };
    format!("{scheme}{host}{path}{hidden}")
}

/// Names of members that hold a secret in any object, in lower case without separators: those of token endpoints (RFC 6749, 7521, 7636
/// and 8628), keys and passwords.
const SECRET_MEMBERS: [&str; 21] = [
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "sessiontoken",
    "authtoken",
    "clientsecret",
    "clientassertion",
    "assertion",
    "codeverifier",
    "devicecode",
    "usercode",
    "password",
    "passwd",
    "passphrase",
    "apikey",
    "apisecret",
    "apitoken",
    "secretkey",
    "secretaccesskey",
    "privatekey",
    "authorization",
];

fn is_secret_member(name: &str, further: &[String]) -> bool {
    let lower = name.to_ascii_lowercase();
    let plain = lower.replace(['_', '-', ' '], "");
    SECRET_MEMBERS.contains(&&*plain) || further.contains(&lower)
}

/// Masks the secrets of a body that is JSON, lines or events of JSON, or a form; `None` if there are none.
pub(crate) fn body(text: &str, further: &[String]) -> Option<String> {
    if let Some(masked) = json(text, further) {
        return masked;
    }
    if text.trim_end().contains('\n') {
        return lines(text, further);
    }
    form(text, further)
}

/// Masks the secrets of JSON; the outer `None` if it is no JSON, the inner one if there are none.
fn json(text: &str, further: &[String]) -> Option<Option<String>> {
    let mut value = from_json::<Value>(text.as_bytes()).ok()?;
    if !mask_value(&mut value, further) {
        return Some(None);
    }
    Some(to_json(&value).ok().and_then(|json| String::from_utf8(json).ok()))
}

/// Masks the secrets of lines of JSON, or of the data of events.
fn lines(text: &str, further: &[String]) -> Option<String> {
    let mut has_secrets = false;
    let masked = text.split_inclusive('\n').map(|line| {
        let (field, rest) = match line.strip_prefix("data:") {
            Some(rest) => ("data:", rest),
            None => ("", line),
        };
        match json(rest, further).flatten() {
            Some(masked) => {
                has_secrets = true;
                let space = rest.strip_prefix(' ').map_or("", |_| " ");
                let end = rest.len() - rest.trim_end_matches(['\r', '\n']).len();
                let end = rest.get(rest.len() - end..).unwrap_or_default();
                format!("{field}{space}{masked}{end}")
            }
            None => line.to_owned(),
        }
    });
    let masked: String = masked.collect();
    has_secrets.then_some(masked)
}

/// Masks the secrets of a value; `false` if there are none.
fn mask_value(value: &mut Value, further: &[String]) -> bool {
    match value {
        Value::Object(all) => all.iter_mut().fold(false, |has_secrets, (name, member)| {
            let is_secret = is_secret_member(name, further) && !member.is_null();
            if is_secret {
                *member = Value::Text(MASK.to_owned());
            }
            let contains_secrets = !is_secret && mask_value(member, further);
            has_secrets || is_secret || contains_secrets
        }),
        Value::List(items) => items.iter_mut().fold(false, |has_secrets, item| {
            let contains_secrets = mask_value(item, further);
            has_secrets || contains_secrets
        }),
        Value::Text(text) => {
            let masked = links(text, further);
            let has_secrets = masked != *text;
            *text = masked;
            has_secrets
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn form(text: &str, further: &[String]) -> Option<String> {
    // `code` is a common name; it is a secret in a request for a token.
    let is_token_request = text.split('&').any(|pair| pair.starts_with("grant_type="));
    let mut has_secrets = false;
    let pairs = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _))
            if is_secret_member(name, further) || is_token_request && name == "code" =>
        {
            has_secrets = true;
            format!("{name}={MASK}")
        }
        Some(_) | None => pair.to_owned(),
    });
    let masked = pairs.collect::<Vec<_>>().join("&");
    has_secrets.then_some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_bodies() {
        let masked = |text: &str| body(text, &["pin".to_owned()]).unwrap_or_default();
        assert_eq!(
            masked(r#"{"access_token":"a","expires_in":3.50,"x":[{"PIN":1,"token":"plain"}]}"#),
            r#"{"access_token":"***","expires_in":3.50,"x":[{"PIN":"***","token":"plain"}]}"#
        );
        assert_eq!(masked(r#"{"pin":1,"a":2}"#), r#"{"pin":"***","a":2}"#);
        assert_eq!(masked(r#"{"a":[{"pin":1}]}"#), r#"{"a":[{"pin":"***"}]}"#);
        assert_eq!(
            masked("grant_type=authorization_code&code=c&client_secret=s%26&a=b"),
            "grant_type=authorization_code&code=***&client_secret=***&a=b"
        );
        assert_eq!(masked("code=c&pin=1&x"), "code=c&pin=***&x");
        for plain in [
            "",
            "{}",
            r#"{"password":null,"nextPageToken":"p","next":"/list?pageToken=p&sort=a"}"#,
            "code=c",
            "access_token",
        ] {
            assert_eq!(body(plain, &[]), None, "{plain}");
        }
    }

    #[test]
    fn secrets_under_other_spellings_in_lines_and_in_links() {
        let masked = |text: &str| body(text, &["appid".to_owned()]).unwrap_or_default();
        for name in ["apiKey", "api-key", "API_KEY", "clientSecret", "Authorization"] {
            let text = format!(r#"{{"{name}":"hunter2","a":1}}"#);
            assert_eq!(masked(&text), format!(r#"{{"{name}":"***","a":1}}"#));
        }
        let text = "{\"id_token\":\"hunter2\"}\r\n{\"a\":1}\n";
        assert_eq!(masked(text), "{\"id_token\":\"***\"}\r\n{\"a\":1}\n");
        let text = "event: x\ndata: {\"password\":\"hunter2\"}\n\n";
        assert_eq!(masked(text), "event: x\ndata: {\"password\":\"***\"}\n\n");
        let text = r#"{"next":"https://u:hunter2@h/x?a=1&appid=hunter2&b=2","text":"a & b = c?"}"#;
        let expected = r#"{"next":"https://***@h/x?a=1&appid=***&b=2","text":"a & b = c?"}"#;
        assert_eq!(masked(text), expected);
    }

    #[test]
    fn secrets_in_links_of_headers() {
        let further = ["appid".to_owned()];
        for (text, expected) in [
            ("/on?appid=k&x=1", "/on?appid=***&x=1"),
            ("https://u:p@h/on?x=1&api_key=k#f", "https://***@h/on?x=1&api_key=***#f"),
            (
                "<https://h/x?sig=1&signature=k>; rel=next, </y?access_token=k>; rel=\"last\"",
                "<https://h/x?sig=1&signature=***>; rel=next, </y?access_token=***>; rel=\"last\"",
            ),
            ("?page_token=k&nextKey=k", "?page_token=k&nextKey=k"),
            ("a/b; q=1, c?d", "a/b; q=1, c?d"),
            ("mailto:a@b", "mailto:a@b"),
        ] {
            assert_eq!(links(text, &further), expected);
        }
    }

    #[test]
    fn a_masked_line_is_that_of_any_secret() {
        for (recorded, line, same) in [
            ("GET /a?k=***&x=1", "GET /a?k=hunter2&x=1", true),
            ("GET /a?k=***&x=1", "GET /a?k=***&x=1", true),
            ("GET /a?k=***&x=1", "GET /a?k=hunter2&x=2", false),
            ("GET /a?k=***", "GET /a?k=hunter2&x=2", false),
            ("GET /a?k=***", "GET /a?j=hunter2", false),
            ("GET /a?k=***", "POST /a?k=hunter2", false),
        ] {
            assert_eq!(matches_line(recorded, line), same, "{recorded} {line}");
        }
    }

    #[test]
    fn secrets_in_urls_and_headers() {
        let url = "https://u:p@h:8/p?api_key=k&x=1&flag".parse().unwrap();
        assert_eq!(uri(&url, &[]), "https://***@h:8/p?api_key=***&x=1&flag");
        assert_eq!(uri(&url, &["x".to_owned()]), "https://***@h:8/p?api_key=***&x=***&flag");
        let name = HeaderName::from_static("x-trace");
        let mut value = HeaderValue::from_static("v");
        assert_eq!(header(&name, &value, &[]), "v");
        assert_eq!(header(&name, &value, &["x-trace".to_owned()]), "***");
        value.set_sensitive(true);
        assert_eq!(header(&name, &value, &[]), "***");
    }
}
