//! A request as the checks read it.

use super::pairs::Pairs;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, COOKIE};
use hyper::http::request::Parts;
use hyper::HeaderMap;

/// A request with its body.
#[derive(Debug)]
pub struct Request {
    /// Method, in upper case.
    pub method: String,
    /// Path, percent-encoded.
    pub path: String,
    /// Query, percent-encoded and without `?`.
    pub query_text: String,
    /// Names and values of the query.
    pub query: Pairs,
    /// Names and values of cookies.
    pub cookies: Pairs,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Request {
    /// Creates a request from its head and body.
    pub fn new(head: Parts, body: Bytes) -> Self {
        let query_text = head.uri.query().unwrap_or_default().to_owned();
        let cookies = head.headers.get_all(COOKIE).into_iter();
        let cookies = cookies.filter_map(|value| value.to_str().ok());
        Self {
            method: head.method.as_str().to_ascii_uppercase(),
            path: head.uri.path().to_owned(),
            query: Pairs::of_form(&query_text),
            cookies: Pairs::of_cookies(cookies),
            query_text,
            headers: head.headers,
            body,
        }
    }

    /// Returns the text of a header, its lines joined by commas; `None` if it is missing or not UTF-8.
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.get_all(name).iter();
        let texts: Option<Vec<_>> =
            values.map(|value| std::str::from_utf8(value.as_bytes()).ok()).collect();
        texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join(", "))
    }

    /// Returns `Content-Type`.
    pub fn media_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns path and query.
    pub fn target(&self) -> String {
        match self.query_text.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, self.query_text),
        }
    }
}
