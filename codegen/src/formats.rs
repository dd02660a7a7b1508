//! The formats: one row each, with everything that the phases know about it.
//!
//! A format with a Rust type of its own is also in `lower/formats.rs`, which chooses the type by the options.

use std::net::{Ipv4Addr, Ipv6Addr};

/// `format` of an integer (OpenAPI format registry).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerFormat {
    /// `int8`.
    Int8,
    /// `int16`.
    Int16,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint8`.
    Uint8,
    /// `uint16`.
    Uint16,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
}

/// `format` of a number (OpenAPI format registry).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `decimal`: exact; every digit is retained.
    Decimal,
}

/// `format` or `contentEncoding` of a string (OpenAPI format registry, JSON Schema validation 7.3 and 8.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// No format, or one without effect on the type.
    Plain,
    /// An unknown format, by its name.
    Other(String),
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339 full-date).
    Date,
    /// `time` (RFC 3339 full-time or partial-time).
    Time,
    /// `duration`: ISO 8601, or protobuf's seconds (`3.5s`).
    Duration,
    /// `uuid` (RFC 9562).
    Uuid,
    /// `uri`, `url` and related formats (RFC 3986).
    Uri,
    /// `email`.
    Email,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `byte`, `contentEncoding: base64`: bytes as base64 text (RFC 4648).
    Base64,
    /// `base64url` (RFC 4648, section 5).
    Base64Url,
    /// `binary`: bytes outside JSON.
    Binary,
    /// `password`: hidden in debug output.
    Password,
    /// An integer written as text.
    Integer(IntegerFormat),
    /// A number written as text.
    Number(NumberFormat),
}

/// Effect of a format on the type of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Integers of a width, in JSON or as text.
    Integer(IntegerFormat),
    /// Numbers, in JSON or as text.
    Number(NumberFormat),
    /// Text.
    Text(TextFormat),
    /// None: the values are those of their JSON type. The format is in use, so it is not reported as unknown.
    None,
}

/// A format (OpenAPI format registry; JSON Schema validation, section 7).
#[derive(Debug)]
pub struct Format {
    /// Name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// Effect on the type.
    pub meaning: Meaning,
    /// Word for its values in the name of a union's variant.
    pub word: &'static str,
    /// A value.
    pub sample: &'static str,
    /// `true` if a text may be a value: examples such as `string` are not.
    pub is_plausible: fn(&str) -> bool,
    /// `true` if no text has this format and another distinctive one.
    pub is_distinctive: bool,
    /// Specification.
    pub source: &'static str,
}

const ANY: fn(&str) -> bool = |_| true;
const INTEGER: fn(&str) -> bool = |text| text.parse::<i128>().is_ok();
const NUMBER: fn(&str) -> bool = |text| text.parse::<f64>().is_ok();

const fn format(
    name: &'static str,
    meaning: Meaning,
    word: &'static str,
    sample: &'static str,
    is_plausible: fn(&str) -> bool,
    source: &'static str,
) -> Format {
    Format {
        name,
        aliases: &[],
        meaning,
        word,
        sample,
        is_plausible,
        is_distinctive: false,
        source,
    }
}

/// A format without effect on the type.
const fn annotation(name: &'static str, sample: &'static str) -> Format {
    format(name, Meaning::None, "", sample, ANY, "")
}

impl Format {
    const fn distinctive(mut self) -> Self {
        self.is_distinctive = true;
        self
    }

    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}

/// Every format.
#[rustfmt::skip]
pub static FORMATS: &[Format] = &[
    format("date-time", Meaning::Text(TextFormat::DateTime), "DateTime", "2024-05-01T12:00:00Z", |text| text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T'), "RFC 3339, section 5.6").distinctive().aliases(&["datetime"]),
    format("date", Meaning::Text(TextFormat::Date), "Date", "2024-05-01", |text| text.len() == 10 && text.matches('-').count() == 2, "RFC 3339, section 5.6 (full-date)").distinctive(),
    format("time", Meaning::Text(TextFormat::Time), "Time", "12:00:00Z", ANY, "RFC 3339, section 5.6 (full-time, partial-time)").distinctive(),
    format("duration", Meaning::Text(TextFormat::Duration), "Duration", "PT1H", ANY, "RFC 3339, appendix A; ISO 8601").distinctive(),
    format("uuid", Meaning::Text(TextFormat::Uuid), "Uuid", "123e4567-e89b-42d3-a456-426614174000", |text| text.len() == 36, "RFC 9562").distinctive(),
    format("ipv4", Meaning::Text(TextFormat::Ipv4), "Ipv4", "192.0.2.1", |text| text.parse::<Ipv4Addr>().is_ok(), "RFC 2673, section 3.2").distinctive(),
    format("ipv6", Meaning::Text(TextFormat::Ipv6), "Ipv6", "2001:db8::1", |text| text.parse::<Ipv6Addr>().is_ok(), "RFC 4291, section 2.2").distinctive(),
    format("uri", Meaning::Text(TextFormat::Uri), "Uri", "https://example.com/path", |text| text.contains(':') && !text.contains(['{', ' ']), "RFC 3986, RFC 3987").aliases(&["url", "uri-reference", "iri", "iri-reference"]),
    format("email", Meaning::Text(TextFormat::Email), "Email", "someone@example.com", |text| text.contains('@'), "RFC 5321, section 4.1.2; RFC 6531").aliases(&["idn-email"]),
    format("byte", Meaning::Text(TextFormat::Base64), "Bytes", "AQID", |text| !text.contains(['-', '_', ' ']) && text.len().is_multiple_of(4), "RFC 4648, section 4").aliases(&["base64"]),
    format("base64url", Meaning::Text(TextFormat::Base64Url), "Bytes", "AQID", ANY, "RFC 4648, section 5"),
    format("binary", Meaning::Text(TextFormat::Binary), "Bytes", "text", ANY, "OpenAPI 3.0, section 4.4"),
    format("password", Meaning::Text(TextFormat::Password), "Text", "text", ANY, "OpenAPI format registry"),
    format("int8", Meaning::Integer(IntegerFormat::Int8), "Integer", "1", INTEGER, "OpenAPI format registry"),
    format("int16", Meaning::Integer(IntegerFormat::Int16), "Integer", "1", INTEGER, "OpenAPI format registry"),
    format("int32", Meaning::Integer(IntegerFormat::Int32), "Int32", "1", INTEGER, "OpenAPI format registry"),
    format("int64", Meaning::Integer(IntegerFormat::Int64), "Int64", "1", INTEGER, "OpenAPI format registry"),
    format("uint8", Meaning::Integer(IntegerFormat::Uint8), "Integer", "1", INTEGER, "OpenAPI format registry"),
    format("uint16", Meaning::Integer(IntegerFormat::Uint16), "Integer", "1", INTEGER, "OpenAPI format registry"),
    format("uint32", Meaning::Integer(IntegerFormat::Uint32), "Integer", "1", INTEGER, "OpenAPI format registry"),
    format("uint64", Meaning::Integer(IntegerFormat::Uint64), "Integer", "1", INTEGER, "OpenAPI format registry").aliases(&["uint"]),
    format("float", Meaning::Number(NumberFormat::Float), "Number", "1", NUMBER, "OpenAPI format registry"),
    format("double", Meaning::Number(NumberFormat::Double), "Number", "1", NUMBER, "OpenAPI format registry"),
    format("decimal", Meaning::Number(NumberFormat::Decimal), "Number", "1", NUMBER, "OpenAPI format registry"),
    annotation("char", "text"),
    annotation("commonmark", "text"),
    annotation("decimal128", "text"),
    annotation("double-int", "text"),
    annotation("hostname", "example.com"),
    annotation("html", "text"),
    annotation("http-date", "text"),
    annotation("idn-hostname", "example.com"),
    annotation("json-pointer", "/path"),
    annotation("media-range", "text"),
    annotation("regex", "a*"),
    annotation("relative-json-pointer", "text"),
    annotation("sf-binary", "text"),
    annotation("sf-boolean", "text"),
    annotation("sf-decimal", "text"),
    annotation("sf-integer", "text"),
    annotation("sf-string", "text"),
    annotation("sf-token", "text"),
    annotation("time-local", "text"),
    annotation("date-time-local", "text"),
    annotation("uri-template", "text"),
    annotation("unixtime", "text"),
    annotation("ip", "text"),
    annotation("ipv4-cidr", "text"),
    annotation("ipv6-cidr", "text"),
    annotation("cidr", "text"),
    annotation("mac", "text"),
    annotation("partial-date-time", "text"),
    annotation("snowflake", "text"),
];

/// Finds a format by its name or an alias.
pub fn find(name: &str) -> Option<&'static Format> {
    let is_named = |format: &&Format| format.name == name || format.aliases.contains(&name);
    FORMATS.iter().find(is_named)
}

impl TextFormat {
    /// Row of the format; `None` for plain text and unknown formats.
    pub fn row(&self) -> Option<&'static Format> {
        if let Self::Other(name) = self {
            return find(name);
        }
        FORMATS.iter().find(|format| match &format.meaning {
            Meaning::Text(text) => text == self,
            Meaning::Integer(integer) => *self == Self::Integer(*integer),
            Meaning::Number(number) => *self == Self::Number(*number),
            Meaning::None => false,
        })
    }

    /// The text format of this name.
    pub fn named(name: &str) -> Self {
        match (name, find(name).map(|format| &format.meaning)) {
            ("" | "string" | "text", _) => Self::Plain,
            (_, Some(Meaning::Text(format))) => format.clone(),
            (_, Some(Meaning::Integer(_) | Meaning::Number(_) | Meaning::None) | None) => {
                Self::Other(name.to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_that_of_one_format() {
        let mut names = BTreeSet::new();
        for format in FORMATS {
            for name in [format.name].iter().chain(format.aliases) {
                assert!(names.insert(*name), "{name}");
            }
        }
    }

    #[test]
    fn samples_are_plausible() {
        for format in FORMATS {
            assert!((format.is_plausible)(format.sample), "{}", format.name);
            let has_effect = format.meaning != Meaning::None;
            assert_eq!(has_effect, !format.word.is_empty(), "{}", format.name);
            assert_eq!(has_effect, !format.source.is_empty(), "{}", format.name);
        }
    }

    #[test]
    fn text_formats_have_the_row_that_names_them() {
        for format in FORMATS {
            if let Meaning::Text(text) = &format.meaning {
                assert_eq!(text.row().map(|row| row.name), Some(format.name));
                assert_eq!(TextFormat::named(format.name), *text);
            }
        }
        assert_eq!(TextFormat::named("isbn"), TextFormat::Other("isbn".to_owned()));
    }
}
