//! URLs: joining, comparing origins, filling templates.

use crate::percent;
use http::{HeaderValue, Uri};
use std::fmt::Write as _;

/// Scheme, host and port, the port spelled out: two URLs with the same text here are of one origin (RFC 6454).
pub(crate) fn origin(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("http");
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    format!("{scheme}://{host}:{}", port(uri))
}

/// The port, where the URL names none that of the scheme.
pub(crate) fn port(uri: &Uri) -> u16 {
    let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    uri.port_u16().unwrap_or(default)
}

/// The URL as text.
#[cfg(feature = "reqwest")]
pub(crate) fn text(uri: &Uri) -> String {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let scheme = uri.scheme_str().unwrap_or("http");
    let (joint, query) = uri.query().map_or(("", ""), |query| ("?", query));
    // Not by `Display`, which lets the text grow piece by piece.
    [scheme, "://", authority, uri.path(), joint, query].concat()
}

/// `true` if the query has a pair of this encoded name.
pub(crate) fn has_query(uri: &Uri, name: &str) -> bool {
    let mut pairs = uri.query().unwrap_or_default().split('&');
    pairs.any(|pair| pair.split('=').next() == Some(name))
}

/// The same URL with one more pair in its query.
pub(crate) fn with_query(uri: &Uri, pair: &str) -> Option<Uri> {
    let joint = if uri.query().is_some() { '&' } else { '?' };
    format!("{uri}{joint}{pair}").parse().ok()
}

/// The text of a header with URLs, in which bytes outside ASCII are percent-encoded.
pub(crate) fn in_ascii(value: &HeaderValue) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.as_bytes() {
        match byte {
            0x80.. => drop(write!(text, "%{byte:02X}")),
            _ => text.push(char::from(*byte)),
        }
    }
    text
}

/// A URL from a header such as `Location`, with its spaces encoded.
pub(crate) fn without_spaces(url: &str) -> String {
    url.replace(' ', "%20")
}

/// Resolves a reference against a base URL (RFC 3986, section 5.2).
pub(crate) fn join(base: &Uri, reference: &str) -> Option<Uri> {
    let reference = reference.split('#').next().unwrap_or_default().trim();
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    if is_absolute(reference) {
        return reference.parse().ok();
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}").parse().ok();
    }
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    let mut joined = format!("{scheme}://{authority}");
    let (path, query) = match path {
        "" => (base.path().to_owned(), query.or(base.query())),
        path if path.starts_with('/') => (resolve_dots(path), query),
        path => {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            (resolve_dots(&format!("{folder}/{path}")), query)
        }
    };
    joined.push_str(&path);
    if let Some(query) = query {
        write!(joined, "?{query}").ok()?;
    }
    joined.parse().ok()
}

/// `true` if a reference begins with a scheme.
pub(crate) fn is_absolute(reference: &str) -> bool {
    reference.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Resolves the segments `.` and `..` of a path.
fn resolve_dots(path: &str) -> String {
    let mut resolved: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    resolved.pop();
                }
                if is_last {
                    resolved.push("");
                }
            }
            segment => resolved.push(segment),
        }
    }
    format!("/{}", resolved.join("/"))
}

/// `true` if a segment is `.` or `..`, perhaps encoded.
///
/// URL libraries and servers resolve such segments, so that a value of `..` would name another resource.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// The reason why a path template cannot be filled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PathError<'a> {
    /// The variable of this name has no value.
    Missing(&'a str),
    /// A value makes a whole segment `.` or `..`.
    Dots,
}

/// Adds a path template to a URL, filled with encoded values; its own text stays as it is.
///
/// What follows a `#` is a fragment, which no request has (RFC 3986, section 3.5): documents use it to describe several
/// operations at one path.
pub(crate) fn fill<'a, V>(
    url: &mut String,
    template: &'a str,
    value: V,
) -> Result<(), PathError<'a>>
where
    V: Fn(&str) -> Option<&'a str>,
{
    let start = url.len();
    let template = template.split('#').next().unwrap_or_default();
    if !template.starts_with('/') {
        url.push('/');
    }
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        url.push_str(&percent::literal(literal));
        url.push_str(value(name).ok_or(PathError::Missing(name))?);
        rest = after;
    }
    url.push_str(&percent::literal(rest));
    let count = dots(url.get(start..).unwrap_or_default());
    if count > 0 && count > dots(template) {
        return Err(PathError::Dots);
    }
    Ok(())
}

/// How many segments of a path are `.` or `..`.
fn dots(path: &str) -> usize {
    let mut pairs = path.as_bytes().windows(2);
    // Nearly every path is told by the first characters of its segments.
    if !path.starts_with(['.', '%']) && !pairs.any(|pair| matches!(pair, b"/." | b"/%")) {
        return 0;
    }
    path.split('/').filter(|segment| is_dots(segment)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, reference: &str) -> String {
        join(&base.parse().unwrap(), reference).unwrap().to_string()
    }

    #[test]
    fn references_of_rfc_3986() {
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("http://g/h", "http://g/h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g/"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("g?y#s", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("./../g", "http://a/b/g"),
        ] {
            assert_eq!(joined(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn urls_in_headers_may_have_any_letters() {
        for (bytes, expected) in [
            ("/\u{e4}?q=\u{1f600}".as_bytes(), "/%C3%A4?q=%F0%9F%98%80"),
            (b"/\xe4 b", "/%E4%20b"),
            (b"/%C3%A4", "/%C3%A4"),
        ] {
            let value = HeaderValue::from_bytes(bytes).unwrap();
            assert_eq!(without_spaces(&in_ascii(&value)), expected);
        }
    }

    #[test]
    fn a_scheme_makes_a_reference_absolute() {
        assert!(is_absolute("https://a") && is_absolute("a+b-1.c://d"));
        for relative in ["a", "//a", "/a://b", "1a://b", "a_b://c", "://a", "a?b=c://d"] {
            assert!(!is_absolute(relative), "{relative}");
        }
    }

    #[test]
    fn origins_spell_the_port_out() {
        let origin_of = |text: &str| origin(&text.parse().unwrap());
        assert_eq!(origin_of("https://API.example/x"), origin_of("https://api.example:443"));
        assert_ne!(origin_of("https://api.example"), origin_of("http://api.example"));
        assert_ne!(origin_of("https://api.example"), origin_of("https://api.example:8443"));
    }

    #[cfg(feature = "reqwest")]
    #[test]
    fn urls_are_written_as_they_are() {
        for url in ["https://api.example:8443/a/b?c=d", "http://a/", "http://a/?b", "http://a?b"] {
            let uri: Uri = url.parse().unwrap();
            assert_eq!(text(&uri), uri.to_string(), "{url}");
        }
    }

    #[test]
    fn templates_keep_their_own_text() {
        fn fill<'a>(
            template: &'a str,
            value: impl Fn(&str) -> Option<&'a str>,
        ) -> Result<String, PathError<'a>> {
            let mut url = "https://..".to_owned();
            super::fill(&mut url, template, value)?;
            Ok(url.replacen("https://..", "", 1))
        }
        let value = |name: &str| (name == "id").then_some("a%2Fb");
        assert_eq!(fill("/v1/{id}:export/", value).unwrap(), "/v1/a%2Fb:export/");
        assert_eq!(fill("/{other}", value), Err(PathError::Missing("other")));
        assert_eq!(fill("/x/{id}", |_| Some("..")), Err(PathError::Dots));
        assert_eq!(fill("/x/{id}", |_| Some("%2e.")), Err(PathError::Dots));
        assert_eq!(fill("/x/{id}{id}", |_| Some(".")), Err(PathError::Dots));
        assert_eq!(fill("/x/{id}y", |_| Some("..")).unwrap(), "/x/..y");
        assert_eq!(fill("/x/{id", |_| None).unwrap(), "/x/%7Bid");
        assert_eq!(fill("/x/{id}#copy", value).unwrap(), "/x/a%2Fb");
    }
}
