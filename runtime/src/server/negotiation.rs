//! Media types that a caller accepts and that a request has (RFC 9110, sections 8.3 and 12.5.1).

use crate::server::problem::Problem;
use crate::spec::{content_type, media_type, Content, MediaCodec, OperationSpec};
use http::header::{HeaderMap, HeaderValue, ACCEPT};
use http::StatusCode;

/// A range of `Accept`, and whether it admits or excludes.
struct Range<'h> {
    media_type: &'h str,
    is_admitted: bool,
}

/// The ranges of `Accept`; none where it is absent or empty.
fn ranges(headers: &HeaderMap) -> Vec<Range<'_>> {
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let items = values.flat_map(|value| value.split(',')).map(str::trim);
    items.filter(|item| !item.is_empty()).map(range).collect()
}

fn range(item: &str) -> Range<'_> {
    let weight = item.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let is_zero = |weight: &str| weight.parse::<f64>().is_ok_and(|weight| weight <= 0.0);
    Range { media_type: media_type::essence(item), is_admitted: !weight.is_some_and(is_zero) }
}

/// True if one of the ranges admits the media type, and the closest does.
fn admits(ranges: &[Range<'_>], media_type: &str) -> bool {
    if ranges.is_empty() {
        return true;
    }
    let essence = media_type::essence(media_type);
    let fits = ranges.iter().filter_map(|range| {
        let fit = media_type::fit(range.media_type, essence);
        // A documented range, of which the server chooses.
        let reverse =
            || media_type::fit(essence, range.media_type).filter(|_| essence.contains('*'));
        Some((fit.or_else(reverse)?, range.is_admitted))
    });
    fits.max().is_some_and(|(_, is_admitted)| is_admitted)
}

/// True if the caller accepts a body of this media type.
pub(super) fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    admits(&ranges(headers), media_type)
}

/// Checks that the caller accepts the body of one of the documented successes, if there is any.
///
/// # Errors
/// It accepts none: 406, with the media types that there are.
pub(super) fn check_accept(operation: &OperationSpec, headers: &HeaderMap) -> Result<(), Problem> {
    let successes = operation.responses.iter().filter(|response| response.status.is_2xx());
    // Nearly all requests have no header, accept anything, or state just the media type.
    let mut lines = headers.get_all(ACCEPT).iter();
    let Some(accept) = lines.next().map(HeaderValue::as_bytes) else {
        return Ok(());
    };
    let mut all = successes.clone().flat_map(|response| response.contents);
    let is_plain = accept == b"*/*" || all.any(|content| content.media_type.as_bytes() == accept);
    if is_plain && lines.next().is_none() {
        return Ok(());
    }
    let ranges = ranges(headers);
    if ranges.is_empty() {
        return Ok(());
    }
    let contents: Vec<&Content> = successes.flat_map(|response| response.contents).collect();
    if contents.is_empty() || contents.iter().any(|content| admits(&ranges, content.media_type)) {
        return Ok(());
    }
    let problem = Problem::new(StatusCode::NOT_ACCEPTABLE);
    Err(problem.with_detail(format!("the operation responds in {}", list(contents.into_iter()))))
}

/// The media types of contents, for people.
fn list<'c>(contents: impl Iterator<Item = &'c Content>) -> String {
    let mut types: Vec<&str> = Vec::new();
    for content in contents {
        if !types.contains(&content.media_type) {
            types.push(content.media_type);
        }
    }
    types.join(", ")
}

/// The index of the documented media type of a request's body.
///
/// # Errors
/// It has another one, or none: 415, with the media types that there are.
pub(super) fn body_index(operation: &OperationSpec, headers: &HeaderMap) -> Result<usize, Problem> {
    let received = content_type(headers);
    let fit = |content: &Content| media_type::fit(content.media_type, received?);
    let bodies = operation.bodies.iter().enumerate().rev();
    let best = bodies.filter_map(|(index, content)| Some((fit(content)?, index)));
    let best = best.max_by_key(|(fit, _)| *fit).map(|(_, index)| index);
    let json = || {
        let is_json = received.is_some_and(media_type::is_json);
        let mut bodies = operation.bodies.iter();
        bodies.position(|content| is_json && content.codec == MediaCodec::Json)
    };
    best.or_else(json).ok_or_else(|| {
        let types = list(operation.bodies.iter());
        let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        problem.with_detail(format!("the operation takes a body of {types}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts_by(accept: &'static str, media_type: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        accepts(&headers, media_type)
    }

    #[test]
    fn the_closest_range_decides() {
        assert!(accepts(&HeaderMap::new(), "image/png"));
        assert!(accepts_by("", "image/png"));
        assert!(accepts_by("text/html, application/json;q=0.5", "application/json; charset=utf-8"));
        assert!(!accepts_by("text/html", "application/json"));
        assert!(accepts_by("*/*", "application/json"));
        assert!(!accepts_by("*/*, image/png;q=0", "image/png"));
        assert!(accepts_by("image/*;q=0, image/png", "image/png"));
        assert!(!accepts_by("image/*; q=0.000, */*", "image/png"));
        assert!(accepts_by("image/png", "image/*"));
        assert!(!accepts_by("text/plain", "image/*"));
    }

    #[test]
    fn of_media_types_that_fit_alike_the_first_is_taken() {
        static BODIES: &[Content] = &[
            Content::json("application/json"),
            Content::new("*/*", MediaCodec::Bytes),
            Content::json("application/json"),
        ];
        let operation = OperationSpec { bodies: BODIES, ..OperationSpec::DEFAULT };
        let index = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(text));
            body_index(&operation, &headers).unwrap()
        };
        assert_eq!(index("application/json"), 0);
        assert_eq!(index("image/png"), 1);
        assert_eq!(index("application/merge-patch+json"), 1);
        let problem = body_index(&operation, &HeaderMap::new()).unwrap_err();
        assert_eq!(problem.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
