//! Media types: their serialization, and the versions in their names
//! (`application/vnd.atlas.2023-01-01+json` and `application/vnd.atlas.2024-08-05+json`).

use super::model::Codec;

/// Returns the serialization of a media type (RFC 9110, section 8.3.1; `+json`: RFC 6839, section 3.1).
pub fn codec(media_type: &str) -> Codec {
    match essence(media_type).as_str() {
        "application/json" | "text/json" => Codec::Json,
        "application/x-www-form-urlencoded" => Codec::Form,
        "multipart/form-data" => Codec::FormData,
        "text/event-stream" => Codec::EventStream,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/jsonlines"
        | "application/json-seq"
        | "application/stream+json" => Codec::JsonLines,
        other if other.ends_with("+json-seq") || other.ends_with("+jsonl") => Codec::JsonLines,
        other if other.ends_with("+json") => Codec::Json,
        other if other.starts_with("multipart/") => Codec::Multipart,
        other if other.starts_with("text/") => Codec::Text,
        _ => Codec::Bytes,
    }
}

/// Returns type and subtype in lower case, without parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Subtypes of `application` that hold bytes.
const BINARY: [&str; 10] =
    ["octet-stream", "pdf", "zip", "gzip", "x-gzip", "x-tar", "zstd", "wasm", "cbor", "*"];

/// `true` if the content is expected to be bytes, so that handing it over as bytes needs no diagnostic.
pub(super) fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (family, name) = essence.split_once('/').unwrap_or((&essence, ""));
    matches!(family, "image" | "audio" | "video" | "font" | "*")
        || family == "application" && BINARY.contains(&name)
        || ["+gzip", "+zip", "+csv"].iter().any(|suffix| name.ends_with(suffix))
}

/// `true` for XML (RFC 7303).
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/xml" | "text/xml")
        || essence.starts_with("application/") && essence.ends_with("+xml")
}

/// A version in a media type. Released versions are greater than unreleased ones, then the numbers decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// `true` if released: without a word such as `preview` or `beta`.
    pub stable: bool,
    /// Numbers: `[2023, 1, 1]` for `2023-01-01`, `[2]` for `v2`.
    pub numbers: Vec<u64>,
    /// Text, unchanged but for its case.
    pub text: String,
}

impl Version {
    /// Parses the version that a caller selects: `2023-01-01`, `v2`, `preview`, `2043-01-01.upcoming`.
    fn selected(text: &str) -> Self {
        let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
        Self {
            stable: !words.any(|word| UNRELEASED.contains(&word.to_ascii_lowercase().as_str())),
            numbers: numbers(text),
            text: text.to_owned(),
        }
    }

    /// `true` if `other` is the selected version or an older one. Unreleased versions must be selected as such.
    fn includes(&self, other: &Self) -> bool {
        let includes_all = !self.stable && self.numbers.is_empty();
        self.stable == other.stable && (includes_all || other.numbers <= self.numbers)
    }
}

const UNRELEASED: [&str; 9] =
    ["preview", "beta", "alpha", "upcoming", "experimental", "rc", "dev", "draft", "unstable"];

/// Parameters of a media type that hold a version.
const PARAMETERS: [&str; 4] = ["version", "v", "api-version", "ver"];

/// Returns the version of a media type, if it has one.
pub(super) fn version(media_type: &str) -> Option<Version> {
    split_version(media_type).map(|(_, version)| version)
}

/// Splits a media type into the text without its version, and the version.
fn split_version(media_type: &str) -> Option<(String, Version)> {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let (family, subtype) = essence.trim().split_once('/')?;
    let (subtype, suffix) = subtype.split_once('+').unwrap_or((subtype, ""));
    let mut parser = VersionParser::default();
    let subtype: Vec<_> = subtype.split('.').filter(|piece| !parser.consume(piece)).collect();
    let parameters: Vec<_> = parameters
        .split(';')
        .filter(|pair| !parser.consume_parameter(pair))
        .map(str::trim)
        .collect();
    let version = parser.finish()?;
    let family = format!("{family}/{}+{suffix};{}", subtype.join("."), parameters.join(";"));
    Some((family.to_ascii_lowercase(), version))
}

/// Collects the pieces of a media type that belong to its version.
#[derive(Default)]
struct VersionParser {
    unreleased: bool,
    numbers: Vec<u64>,
    pieces: Vec<String>,
}

impl VersionParser {
    /// Consumes a piece between dots; `false` if it does not belong to a version.
    fn consume(&mut self, piece: &str) -> bool {
        let piece = piece.to_ascii_lowercase();
        if UNRELEASED.contains(&piece.as_str()) {
            self.unreleased = true;
            self.pieces.push(piece);
            return true;
        }
        let numbers = match piece.strip_prefix('v') {
            Some(number) => number.parse().ok().map(|number| vec![number]),
            // A bare number belongs to the version only after another one: `2` in `v1.2`.
            None => date(&piece).or_else(|| {
                let number = piece.parse().ok()?;
                (!self.numbers.is_empty()).then(|| vec![number])
            }),
        };
        let Some(numbers) = numbers else { return false };
        self.numbers.extend(numbers);
        self.pieces.push(piece);
        true
    }

    /// Consumes a parameter; `false` if it is not a version.
    fn consume_parameter(&mut self, pair: &str) -> bool {
        let Some((name, value)) = pair.split_once('=') else {
            return false;
        };
        if !PARAMETERS.contains(&name.trim().to_ascii_lowercase().as_str()) {
            return false;
        }
        let value = value.trim().trim_matches('"').to_ascii_lowercase();
        self.unreleased |= UNRELEASED.iter().any(|word| value.contains(word));
        self.numbers.extend(numbers(&value));
        self.pieces.push(value);
        true
    }

    fn finish(self) -> Option<Version> {
        (self.unreleased || !self.numbers.is_empty()).then(|| Version {
            stable: !self.unreleased,
            numbers: self.numbers,
            text: self.pieces.join("."),
        })
    }
}

/// Parses a date such as `2023-01-01`.
fn date(piece: &str) -> Option<Vec<u64>> {
    let is_date = piece.chars().all(|c| c.is_ascii_digit() || c == '-')
        && piece.split('-').map(str::len).eq([4, 2, 2]);
    is_date.then(|| numbers(piece))
}

fn numbers(text: &str) -> Vec<u64> {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// Returns, for each media type, the one used in its place: itself, or another version of it.
///
/// That is the newest version up to `selected` (`2023-01-01`, `v2`, `preview`), else the newest released one, else the
/// newest.
pub(super) fn newest<'a>(media_types: &[&'a str], selected: Option<&str>) -> Vec<&'a str> {
    let selected = selected.map(Version::selected);
    let rank = |version: &Version| match &selected {
        Some(selected) => (selected.includes(version), version.clone()),
        None => (version.stable, version.clone()),
    };
    let split: Vec<_> = media_types.iter().map(|text| (*text, split_version(text))).collect();
    let newest_of = |family: &str| {
        let versions = split.iter().filter_map(|(text, split)| {
            let (other, version) = split.as_ref()?;
            (other == family).then(|| (rank(version), *text))
        });
        versions.max_by(|a, b| a.0.cmp(&b.0)).map(|(_, text)| text)
    };
    split
        .iter()
        .map(|(text, split)| {
            split.as_ref().and_then(|(family, _)| newest_of(family)).unwrap_or(text)
        })
        .collect()
}
