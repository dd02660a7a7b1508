//! The request for the next page.

use crate::codec::{CodecError, Value};
use crate::execute::RawResponse;
use crate::spec::{NextPage, Paging};
use crate::uri::{in_ascii, without_spaces};
use http::header::{HeaderMap, LINK};

/// The difference of the next page's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NextRequest {
    /// Another value of a query parameter.
    Parameter(&'static str, String),
    /// Another URL, which may be relative to the page's.
    Url(String),
}

/// The position in a list.
#[derive(Clone, Debug)]
pub(super) struct Position {
    pub(super) paging: Paging,
    /// The number of the page, or of the first item in it.
    pub(super) number: u64,
    /// Limit of a page's items, if the call has one.
    pub(super) limit: Option<u64>,
}

impl Position {
    /// The request for the page of a token; `None` where the list has no such token.
    pub(super) fn request(&mut self, token: &str) -> Option<NextRequest> {
        Some(match self.paging.next {
            NextPage::Number { parameter, .. }
            | NextPage::Offset { parameter }
            | NextPage::Index { parameter } => {
                self.number = token.parse().ok()?;
                NextRequest::Parameter(parameter, self.number.to_string())
            }
            NextPage::LastItem { parameter, .. } | NextPage::Token { parameter, .. } => {
                NextRequest::Parameter(parameter, token.to_owned())
            }
            NextPage::Link { .. } | NextPage::Header => NextRequest::Url(token.to_owned()),
        })
    }

    /// Advances past a page, and returns the request for the next one; `None` after the last.
    pub(super) fn advance(
        &mut self,
        response: &RawResponse,
    ) -> Result<Option<NextRequest>, CodecError> {
        if self.paging.next == NextPage::Header {
            return Ok(in_header(response.headers()).map(NextRequest::Url));
        }
        let page: Value = response.json()?;
        let more = self.paging.more.and_then(|more| page.pointer(more));
        if more.and_then(Value::as_bool) == Some(false) {
            return Ok(None);
        }
        let items = page.pointer(self.paging.items).and_then(Value::as_list);
        let items = items.unwrap_or_default();
        let count = u64::try_from(items.len()).unwrap_or_default();
        Ok(match self.paging.next {
            NextPage::Number { parameter, .. } => {
                let next = self.number.saturating_add(1);
                self.numbered(parameter, next, self.is_short(count))
            }
            NextPage::Offset { parameter } | NextPage::Index { parameter } => {
                let next = self.number.saturating_add(count);
                self.numbered(parameter, next, self.is_last(&page, count))
            }
            NextPage::LastItem { parameter, pointer } => {
                let last = items.last().and_then(|item| item.pointer(pointer));
                let name = last.and_then(text);
                name.map(|name| NextRequest::Parameter(parameter, name))
            }
            NextPage::Token { parameter, pointer } => {
                let token = page.pointer(pointer).and_then(text);
                token.map(|token| NextRequest::Parameter(parameter, token))
            }
            NextPage::Link { pointer } => {
                let link = page.pointer(pointer);
                link.and_then(in_links).map(NextRequest::Url)
            }
            NextPage::Header => None,
        })
    }

    /// The request for the page of the next number.
    fn numbered(
        &mut self,
        parameter: &'static str,
        next: u64,
        is_last: bool,
    ) -> Option<NextRequest> {
        if is_last {
            return None;
        }
        self.number = next;
        Some(NextRequest::Parameter(parameter, next.to_string()))
    }

    /// `true` if a page has fewer items than the limit.
    fn is_short(&self, count: u64) -> bool {
        count == 0 || self.limit.is_some_and(|limit| count < limit)
    }

    /// `true` if a page has the last items, by the total if the server reports it.
    fn is_last(&self, page: &Value, count: u64) -> bool {
        let total = self.paging.total.and_then(|total| page.pointer(total));
        // Some servers report an unknown total as a negative number.
        let total = total.and_then(Value::as_i64);
        let total = total.and_then(|total| u64::try_from(total).ok());
        let from_one = matches!(self.paging.next, NextPage::Index { .. });
        let before = self.number.saturating_sub(u64::from(from_one));
        match total {
            Some(total) => count == 0 || before.saturating_add(count) >= total,
            None => self.is_short(count),
        }
    }
}

/// A token: a text that is not empty, or a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::List(_) | Value::Object(_) => None,
    }
}

/// A URL: a text, the `href` of an object, or in a list of links the one whose `rel` is `next`.
fn in_links(value: &Value) -> Option<String> {
    let next = |link: &&Value| {
        let rel = link.get("rel").and_then(Value::as_str);
        rel.is_some_and(|rel| rel.split(' ').any(|rel| rel.eq_ignore_ascii_case("next")))
    };
    match value {
        Value::Text(_) => text(value),
        Value::Object(_) => value.get("href").and_then(text),
        Value::List(links) => links.iter().find(next)?.get("href").and_then(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The target of the first link whose `rel` is `next` (RFC 8288, section 3).
pub(crate) fn in_header(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter().map(in_ascii);
    let links = values.flat_map(|text| links(&text));
    let mut links = links.into_iter();
    links.find_map(|(target, parameters)| {
        let rel = parameters.iter().find(|(name, _)| name == "rel")?;
        let next = rel.1.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"));
        next.then(|| without_spaces(&target))
    })
}

/// A link: its target, and its parameters with names in lower case.
pub(crate) type Link = (String, Vec<(String, String)>);

/// The links of a header.
pub(crate) fn links(header: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((target, after)) =
        rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'))
    {
        let (parameters, after) = parameters(after);
        links.push((target.trim().to_owned(), parameters));
        rest = after;
    }
    links
}

/// The parameters up to the comma that ends a link; commas and semicolons in quotes are text.
fn parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let (mut quoted, mut escaped) = (false, false);
    let mut end = text.len();
    let mut pieces = vec![String::new()];
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => {
                escaped = true;
                continue;
            }
            '"' => {
                quoted = !quoted;
                continue;
            }
            ',' if !quoted => {
                end = at;
                break;
            }
            ';' if !quoted => {
                pieces.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    let pairs = pieces.iter().filter_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
    });
    (pairs.collect(), text.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn next(header: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.append(LINK, header.parse().unwrap());
        in_header(&headers)
    }

    #[test]
    fn links_of_a_header() {
        let two =
            r#"<https://a/?page=1>; rel="prev first", </x?a=1,2;b>; title="a, b; \"c\""; REL=next"#;
        assert_eq!(next(two).as_deref(), Some("/x?a=1,2;b"));
        assert_eq!(next(r#"<?p=2>;rel="last next""#).as_deref(), Some("?p=2"));
        assert_eq!(next(r#"<a>; rel=prev, <b>; title="rel=next""#), None);
        let quote = r#"<a>; title="a \" ; rel=x"; rel=next"#;
        assert_eq!(next(quote).as_deref(), Some("a"));
        assert_eq!(next(r"<a>; title=a\; rel=next").as_deref(), Some("a"));
        assert_eq!(next(r#"<a>; title="x; rel=next"; rel=prev"#), None);
        // A title or a query in another language than English, and in an older encoding.
        let title = "<?p=2>; rel=next; title=\"N\u{e4}chste\"";
        assert_eq!(next(title).as_deref(), Some("?p=2"));
        let query = "<?q=\u{e4} b&p=2>; rel=next";
        assert_eq!(next(query).as_deref(), Some("?q=%C3%A4%20b&p=2"));
        let latin = HeaderValue::from_bytes(b"<?q=\xe4>; rel=next; title=\"\xe4\"").unwrap();
        let latin = HeaderMap::from_iter([(LINK, latin)]);
        assert_eq!(in_header(&latin).as_deref(), Some("?q=%E4"));
        assert_eq!(next("nonsense"), None);
        assert_eq!(next("<unclosed; rel=next"), None);
    }
}
