//! Media types: how well one fits another (RFC 9110, sections 8.3.1 and 12.5.1).

/// `type/subtype` in lower case, and the parameters as they stand.
fn split(media_type: &str) -> (String, &str) {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    (essence.trim().to_ascii_lowercase(), parameters)
}

/// A media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    let end = media_type.find(';').unwrap_or(media_type.len());
    media_type.get(..end).unwrap_or_default().trim()
}

/// Names and values of parameters, names in lower case, `charset` and `boundary` left out.
fn parameters(text: &str) -> Vec<(String, String)> {
    let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| {
            let value = value.trim().trim_matches('"');
            (name.trim().to_ascii_lowercase(), value.to_owned())
        })
        .filter(|(name, _)| name != "charset" && name != "boundary")
        .collect();
    pairs.sort();
    pairs
}

/// How well what came fits what is documented: higher is better, `None` not at all.
pub(crate) fn fit(documented: &str, came: &str) -> Option<u8> {
    if documented == came {
        return Some(4);
    }
    let (pattern, pattern_parameters) = split(documented);
    let (essence, came_parameters) = split(came);
    if pattern == essence {
        let same = parameters(pattern_parameters) == parameters(came_parameters);
        return Some(if same { 4 } else { 3 });
    }
    if pattern == "*/*" || pattern == "*" {
        return Some(1);
    }
    let prefix = pattern.strip_suffix('*')?;
    (prefix.ends_with('/') && essence.starts_with(prefix)).then_some(2)
}

/// `true` if a body of this media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    const NAME: &[u8] = b"json";
    let essence = essence(media_type).as_bytes();
    let Some((rest, name)) = essence.len().checked_sub(NAME.len()).map(|at| essence.split_at(at))
    else {
        return false;
    };
    matches!(rest.last(), Some(b'/' | b'+')) && name.eq_ignore_ascii_case(NAME)
}

/// A media type to send for a range of the document.
pub(crate) fn sendable(media_type: &str) -> &str {
    match media_type {
        "text/*" => "text/plain",
        range if range.contains('*') => "application/octet-stream",
        exact => exact,
    }
}

/// The encoding of a media type's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaCodec {
    /// JSON: `application/json` and all that ends in `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` (RFC 7578).
    FormData,
    /// `multipart/related`, `multipart/mixed` and the like (RFC 2046).
    Multipart,
    /// Text.
    Text,
    /// Server-sent events.
    EventStream,
    /// One JSON text for each line.
    JsonLines,
    /// XML, by the names that the document gives ([`Content::xml`](super::Content::xml)).
    Xml,
    /// Bytes.
    Bytes,
}

impl MediaCodec {
    /// The codec that a media type has by its name (RFC 9110, section 8.3.1; `+json`: RFC 6839, section 3.1).
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::MediaCodec;
    /// assert_eq!(MediaCodec::from_media_type("application/problem+json; charset=utf-8"), MediaCodec::Json);
    /// ```
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::FormData,
            "text/event-stream" => Self::EventStream,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-seq"
            | "application/stream+json" => Self::JsonLines,
            other if other.ends_with("+json-seq") || other.ends_with("+jsonl") => Self::JsonLines,
            other if other.ends_with("+json") => Self::Json,
            other if other.starts_with("multipart/") => Self::Multipart,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_fits_best() {
        assert_eq!(fit("application/json", "Application/JSON; charset=utf-8"), Some(4));
        assert_eq!(fit("application/json;v=1", "application/json; v=\"1\""), Some(4));
        assert_eq!(fit("application/json;v=1", "application/json;v=2"), Some(3));
        assert_eq!(fit("image/*", "image/png"), Some(2));
        assert_eq!(fit("*/*", "image/png"), Some(1));
        assert_eq!(fit("image/*", "imagery/png"), None);
        assert_eq!(fit("application/json", "text/html"), None);
        assert!(is_json("application/vnd.atlas.2023-01-01+json; charset=utf-8"));
        assert_eq!(sendable("image/*"), "application/octet-stream");
    }
}
