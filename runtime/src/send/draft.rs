//! The request of a call before credentials, for the first try and for further ones.

use crate::body::Body;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};

/// Method, URL, headers and body.
///
/// Most calls are answered at once: the first try gets the headers themselves, and what lies idle until its reply is there,
/// for a try that may never come, is a list of them.
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) body: Body,
    first: Option<HeaderMap>,
    kept: Vec<(HeaderName, HeaderValue)>,
}

impl Draft {
    pub(crate) fn new(method: Method, uri: Uri, headers: HeaderMap, body: Body) -> Self {
        let kept = headers.iter();
        let kept = kept.map(|(name, value)| (name.clone(), value.clone()));
        Self {
            method,
            uri,
            body,
            kept: kept.collect(),
            first: Some(headers),
        }
    }

    /// The headers of the next try.
    pub(super) fn headers(&mut self) -> HeaderMap {
        let first = self.first.take();
        first.unwrap_or_else(|| collected(&self.kept, |_| true))
    }

    /// Those of the headers that are named here.
    pub(super) fn some_headers(&self, names: &[HeaderName]) -> HeaderMap {
        collected(&self.kept, |name| names.contains(name))
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.kept.iter().any(|(kept, _)| kept == name)
    }
}

fn collected(
    headers: &[(HeaderName, HeaderValue)],
    wanted: impl Fn(&HeaderName) -> bool,
) -> HeaderMap {
    let mut collected = HeaderMap::new();
    for (name, value) in headers {
        if wanted(name) {
            collected.append(name, value.clone());
        }
    }
    collected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_try_has_the_same_headers() {
        let mut headers = HeaderMap::new();
        headers.append("accept", HeaderValue::from_static("application/json"));
        headers.append("x-tag", HeaderValue::from_static("a"));
        headers.append("x-tag", HeaderValue::from_static("b"));
        let mut secret = HeaderValue::from_static("s");
        secret.set_sensitive(true);
        headers.append("x-key", secret);
        let uri = Uri::from_static("http://a/");
        let mut draft = Draft::new(Method::GET, uri, headers.clone(), Body::Empty);
        for _ in 0..3 {
            let again = draft.headers();
            assert_eq!(again, headers);
            assert!(again["x-key"].is_sensitive());
        }
        assert!(draft.has_header("X-Tag") && !draft.has_header("x-other"));
        let some = draft.some_headers(&[HeaderName::from_static("x-tag")]);
        assert_eq!(some.get_all("x-tag").iter().count(), 2);
        assert_eq!(some.len(), 2);
    }
}
