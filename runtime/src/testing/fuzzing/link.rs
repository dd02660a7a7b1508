//! `Link` headers, and where they lead.

use crate::pagination::next_page::{in_header, links, Link};
use crate::testing::fuzzing::{headers, is_token, quoted, text_of};
use crate::uri;
use http::header::LINK;
use http::Uri;

/// Lines as `Link` headers (RFC 8288): what was read can be written and is read as the same again, the next page's URL stands
/// in one of the headers, and joined with a page's URL it is one with scheme and host.
///
/// # Panics
/// One of these properties does not hold.
pub fn link(bytes: &[u8]) {
    let headers = headers(&LINK, bytes);
    let texts = headers.get_all(LINK).iter();
    let texts: Vec<String> = texts.map(uri::in_ascii).collect();
    if let Some(next) = in_header(&headers) {
        let mut all = texts.iter().map(|text| uri::without_spaces(text));
        assert!(all.any(|text| text.contains(&next)), "{next}");
        joined(&next);
    }
    for text in texts {
        let read: Vec<Link> = links(&text).into_iter().map(plain).collect();
        let written = written(&read);
        assert_eq!(links(&written), read, "{written}");
        for (target, _) in read {
            joined(&target);
        }
    }
    joined(&text_of(bytes));
}

/// Without the parameters whose names are no tokens, which cannot be written.
fn plain((target, parameters): Link) -> Link {
    let parameters = parameters.into_iter();
    let tokens = parameters.filter(|(name, _)| is_token(name));
    (target, tokens.collect())
}

fn written(links: &[Link]) -> String {
    let link = |(target, parameters): &Link| {
        let parameters = parameters.iter();
        let parameters = parameters.map(|(name, value)| format!("; {name}={}", quoted(value)));
        format!("<{target}>{}", parameters.collect::<String>())
    };
    links.iter().map(link).collect::<Vec<_>>().join(", ")
}

/// A reference from some pages: where it leads there is a scheme and a host, and from there it leads to the same place.
fn joined(reference: &str) {
    for base in ["https://api.example", "http://a:8080/b/c/d;p?q", "https://[::1]/a//../b/"] {
        let Ok(base) = base.parse::<Uri>() else {
            continue;
        };
        let Some(target) = uri::join(&base, reference) else {
            continue;
        };
        let has_origin = target.scheme().is_some() && target.authority().is_some();
        assert!(has_origin, "{reference} is {target}");
        let again = uri::join(&base, &target.to_string());
        assert_eq!(again.as_ref(), Some(&target), "{reference}");
        let is_local = reference.trim().starts_with(['/', '?', '.'])
            && !reference.trim().starts_with("//")
            && !uri::is_absolute(reference.split('#').next().unwrap_or_default().trim());
        let is_same = uri::origin(&target) == uri::origin(&base);
        assert!(!is_local || is_same, "{reference} is {target}");
    }
}
