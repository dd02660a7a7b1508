//! Texts of a format, a pattern, a length.

use super::pattern;
use crate::api::model::{Constraints, Json, NumberFormat, TextFormat};

/// A text; `None` where the pattern is beyond what can be made here.
pub(super) fn text(format: &TextFormat, limits: &Constraints) -> Option<Json> {
    if let Some(text) = patterned(limits, 0) {
        return Some(Json::from(text));
    }
    let known = match format {
        TextFormat::Plain | TextFormat::Binary | TextFormat::Password => "text",
        TextFormat::Other(name) => other(name),
        TextFormat::DateTime => "2024-05-01T12:00:00Z",
        TextFormat::Date => "2024-05-01",
        TextFormat::Time => "12:00:00Z",
        TextFormat::Duration => "PT1H",
        TextFormat::Uuid => "123e4567-e89b-42d3-a456-426614174000",
        TextFormat::Uri => "https://example.com/path",
        TextFormat::Email => "someone@example.com",
        TextFormat::Ipv4 => "192.0.2.1",
        TextFormat::Ipv6 => "2001:db8::1",
        TextFormat::Base64 | TextFormat::Base64Url => "AQID",
        TextFormat::Integer(_) => "1",
        TextFormat::Number(NumberFormat::Decimal | NumberFormat::Float | NumberFormat::Double) => {
            "1"
        }
    };
    Some(Json::from(sized(known, limits)))
}

/// A text that one of the patterns takes: one that all take where there is one.
fn patterned(limits: &Constraints, turn: usize) -> Option<String> {
    let made = limits.patterns.iter();
    let made: Vec<_> = made
        .filter_map(|wanted| pattern::text(wanted, limits, turn))
        .collect();
    let fits = |text: &&String| {
        let mut patterns = limits.patterns.iter();
        patterns.all(|pattern| pattern::takes(pattern, text))
    };
    let all = made.iter().find(fits);
    all.or(made.first()).cloned()
}

/// A text that differs from the first one made where there are several.
pub(super) fn another(
    format: &TextFormat,
    limits: &Constraints,
    (first, index): (&str, usize),
) -> Option<Json> {
    if !limits.patterns.is_empty() {
        return patterned(limits, index).map(Json::from);
    }
    let text = match (format, first.char_indices().next_back()) {
        (TextFormat::Uuid, Some((last, _))) => format!("{}{:x}", first.get(..last)?, index % 16),
        _ => format!("{first}{index}"),
    };
    Some(Json::from(text))
}

/// Formats that have no type of their own.
fn other(name: &str) -> &'static str {
    match name {
        "hostname" | "idn-hostname" => "example.com",
        "json-pointer" => "/path",
        "regex" => "a*",
        "idn-email" => "someone@example.com",
        _ => "text",
    }
}

/// Made longer or shorter as the limits say, in characters.
fn sized(text: &str, limits: &Constraints) -> String {
    let count = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
    let least = limits.min_length.map_or(0, count).min(1 << 16);
    let most = limits.max_length.map_or(usize::MAX, count);
    let mut sized = text.to_owned();
    while sized.chars().count() < least {
        sized.push('x');
    }
    sized.chars().take(most).collect()
}
