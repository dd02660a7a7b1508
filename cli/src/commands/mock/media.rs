//! Media types: ranges, and the choice by `Accept`.

use typewright::api::model::{Codec, Content};

/// Returns type and subtype in lower case, without parameters.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Precision with which a media range has a media type: 3 for its parameters too, 2 for type and subtype, 1 for the type, 0
/// for `*/*`; `None` if it does not have it (RFC 9110, section 12.5.1).
fn precision(range: &str, media_type: &str) -> Option<u8> {
    let (range_essence, essence) = (essence(range), essence(media_type));
    let family = |text: &str| text.split('/').next().unwrap_or_default().to_owned();
    match range_essence.as_str() {
        "*/*" | "*" => Some(0),
        other if other.ends_with("/*") => (family(other) == family(&essence)).then_some(1),
        other if other == essence => {
            Some(if has_same_parameters(range, media_type) { 3 } else { 2 })
        }
        _ => None,
    }
}

fn has_same_parameters(one: &str, other: &str) -> bool {
    let parameters = |text: &str| {
        let parts = text.split(';').skip(1).map(|part| part.trim().to_ascii_lowercase());
        let mut parts: Vec<_> = parts.filter(|part| !part.starts_with("charset=")).collect();
        parts.sort();
        parts
    };
    parameters(one) == parameters(other)
}

/// Returns the content whose media type, which may be a range, has that of a request.
pub fn of_request<'c>(contents: &'c [Content], media_type: &str) -> Option<&'c Content> {
    let precisions = contents
        .iter()
        .rev()
        .filter_map(|content| Some((precision(&content.media_type, media_type)?, content)));
    precisions.max_by_key(|(precision, _)| *precision).map(|(_, content)| content)
}

/// A media range of `Accept`.
struct Range<'a> {
    media_range: &'a str,
    /// Preference in thousandths; 0 if it is not acceptable.
    quality: u16,
}

fn ranges(accept: &str) -> Vec<Range<'_>> {
    let ranges = accept.split(',').map(str::trim).filter(|range| !range.is_empty());
    ranges.map(range).collect()
}

fn range(text: &str) -> Range<'_> {
    let weight = text.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().ok())?
    });
    let end = text.to_ascii_lowercase().find(";q=").unwrap_or(text.len());
    let thousandths = (weight.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
    let quality = thousandths as u16;
    Range { media_range: text.get(..end).unwrap_or(text), quality }
}

/// Returns the content that `Accept` prefers; `None` if it accepts none. Of several that it accepts alike, JSON is first, then
/// the first one of which there is a sample.
pub fn accepted<'c>(
    contents: &[&'c Content],
    accept: Option<&str>,
    has_sample: impl Fn(&Content) -> bool,
) -> Option<&'c Content> {
    let ranges = ranges(accept.unwrap_or("*/*"));
    let quality = |content: &Content| {
        let media_type = concrete(content);
        let of_range = |range: &Range| {
            let has = precision(range.media_range, &media_type)
                .or_else(|| precision(&content.media_type, range.media_range));
            Some((has?, range.quality))
        };
        // The most precise range counts.
        ranges.iter().filter_map(of_range).max_by_key(|(precision, _)| *precision)
    };
    let acceptable = contents.iter().rev().filter_map(|content| {
        let (_, quality) = quality(content)?;
        let key = (has_sample(content), quality, content.codec == Codec::Json);
        (quality > 0).then_some((key, *content))
    });
    acceptable.max_by_key(|(key, _)| *key).map(|(_, content)| content)
}

/// Returns the media type to send for a content, which may be documented as a range.
pub fn concrete(content: &Content) -> String {
    let media_type = &content.media_type;
    if !media_type.contains('*') && media_type.contains('/') {
        return media_type.clone();
    }
    let of_family = match media_type.split('/').next().unwrap_or_default() {
        "text" => "text/plain",
        "image" => "image/png",
        "audio" => "audio/mpeg",
        "video" => "video/mp4",
        "multipart" => "multipart/form-data",
        _ if content.codec == Codec::Json => "application/json",
        _ => "application/octet-stream",
    };
    of_family.to_owned()
}

/// `true` for XML.
pub fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use typewright::api::codec_of;

    fn contents(media_types: &[&str]) -> Vec<Content> {
        let content = |name: &&str| Content::without_schema(name, codec_of(name));
        media_types.iter().map(content).collect()
    }

    #[test]
    fn accept_chooses_the_media_type() {
        let all = ["text/csv", "application/json", "application/xml", "image/*"];
        for (accept, expected) in [
            (None, Some("application/json")),
            (Some("*/*"), Some("application/json")),
            (Some("text/*"), Some("text/csv")),
            (Some("application/json;q=0.1, text/csv"), Some("text/csv")),
            (Some("*/*;q=0.5, application/json;q=0"), Some("text/csv")),
            (Some("application/xml"), Some("application/xml")),
            (Some("image/webp"), Some("image/*")),
            (Some("video/mp4"), None),
        ] {
            let contents = contents(&all);
            let all: Vec<_> = contents.iter().collect();
            let content = accepted(&all, accept, |content| !is_xml(&content.media_type));
            assert_eq!(content.map(|one| one.media_type.as_str()), expected, "{accept:?}");
        }
    }

    #[test]
    fn requests_have_the_most_precise_media_type() {
        let all = contents(&["*/*", "application/*", "application/json", "application/json;v=2"]);
        for (media_type, expected) in [
            ("application/json; charset=utf-8", "application/json"),
            ("application/json;v=2", "application/json;v=2"),
            ("Application/XML", "application/*"),
            ("text/plain", "*/*"),
        ] {
            let content = of_request(&all, media_type).unwrap();
            assert_eq!(content.media_type, expected, "{media_type}");
        }
        assert!(of_request(&all[2..], "text/plain").is_none());
    }
}
