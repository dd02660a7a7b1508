//! The values of scalars: the core schema of YAML 1.2 (section 10.3), and common spellings beyond it (`0b1`, `+0x1F`).

use crate::syntax::Value;
use std::borrow::Cow;

/// The prefix of the tags of the core schema.
const CORE: &str = "tag:yaml.org,2002:";

/// The meaning of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// No meaning.
    None,
    /// A type of the core schema.
    Core(Type),
    /// A type of another tool, which is ignored.
    Local(String),
    /// The same with a global name: its scalars are text.
    Global(String),
}

/// A type of the core schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Int,
    Float,
    Bool,
    Null,
    Container,
}

impl Tag {
    /// The tag with a full name: `!include`, `tag:yaml.org,2002:str`.
    pub fn new(name: &str) -> Self {
        if let Some(local) = name.strip_prefix('!') {
            return match local {
                "" => Self::None,
                _ => Self::Local(local.to_owned()),
            };
        }
        match name.strip_prefix(CORE) {
            Some("str") => Self::Core(Type::Text),
            Some("int") => Self::Core(Type::Int),
            Some("float") => Self::Core(Type::Float),
            Some("bool") => Self::Core(Type::Bool),
            Some("null") => Self::Core(Type::Null),
            Some("map" | "seq") => Self::Core(Type::Container),
            Some(_) | None => Self::Global(name.to_owned()),
        }
    }

    /// The name of a tag outside the core schema.
    pub fn foreign_name(&self) -> Option<&str> {
        match self {
            Self::Local(name) | Self::Global(name) => Some(name),
            Self::None | Self::Core(_) => None,
        }
    }
}

/// The value of a scalar, which may be plain (neither quoted nor a block).
///
/// # Errors
/// The type that the tag demands, if the text has another.
pub(super) fn value(text: Cow<'_, str>, is_plain: bool, tag: &Tag) -> Result<Value, &'static str> {
    let value = match tag {
        Tag::None | Tag::Local(_) => is_plain.then(|| plain(&text)).flatten(),
        Tag::Global(_) => None,
        Tag::Core(core) => tagged(&text, *core)?,
    };
    Ok(value.unwrap_or_else(|| Value::Text(text.into_owned())))
}

/// The value of a scalar with a tag; `None` for text.
fn tagged(text: &str, tag: Type) -> Result<Option<Value>, &'static str> {
    let (value, expected) = match tag {
        Type::Text | Type::Container => return Ok(None),
        Type::Int => (integer(text).map(Value::Number), "an integer"),
        Type::Float if is_not_finite(text) => return Ok(None),
        Type::Float => (float(text).map(Value::Number), "a number"),
        Type::Bool => (boolean(text).map(Value::Bool), "a boolean"),
        Type::Null => (null(text), "null"),
    };
    value.map(Some).ok_or(expected)
}

/// The value of a plain scalar; `None` for text.
fn plain(text: &str) -> Option<Value> {
    match text.as_bytes().first() {
        None | Some(b'~' | b'n' | b'N') => null(text),
        Some(b't' | b'T' | b'f' | b'F') => boolean(text).map(Value::Bool),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => number(text).map(Value::Number),
        Some(_) => None,
    }
}

fn null(text: &str) -> Option<Value> {
    matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(Value::Null)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
}

fn number(text: &str) -> Option<String> {
    if has_leading_zeros(text) {
        return None;
    }
    based(text).or_else(|| float(text))
}

fn integer(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = digits(text.strip_prefix(['+', '-']).unwrap_or(text)) && !has_leading_zeros(text);
    based(text).or_else(|| float(text).filter(|_| whole))
}

/// `true` for digits with leading zeros, which are text: `007` is a postcode, or octal elsewhere.
fn has_leading_zeros(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number to the base of 16, 8 or 2, in decimal.
fn based(text: &str) -> Option<String> {
    let (sign, unsigned) = signed(text);
    let (prefix, digits) = unsigned.split_at_checked(2)?;
    let base = match prefix {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => return None,
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let value = u128::from_str_radix(digits, base).ok()?;
    Some(format!("{sign}{value}"))
}

/// A decimal number within the range of doubles, in the spelling of JSON; verbatim where that is JSON already.
fn float(text: &str) -> Option<String> {
    let (sign, unsigned) = signed(text);
    let is_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.parse().is_ok_and(f64::is_finite);
    if !is_number {
        return None;
    }
    let power = unsigned.find(['e', 'E']).unwrap_or(unsigned.len());
    let (mantissa, power) = unsigned.split_at_checked(power)?;
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, "")) => (whole, Some("0")),
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    Some(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}{power}"),
        None => format!("{sign}{whole}{power}"),
    })
}

/// The sign in the spelling of JSON, and the unsigned number.
fn signed(text: &str) -> (&'static str, &str) {
    match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::{value, Tag, Value};

    fn read(text: &str) -> Value {
        value(text.into(), true, &Tag::None).unwrap()
    }

    #[test]
    fn numbers_keep_their_text_or_get_the_spelling_of_json() {
        let unchanged =
            ["0", "-0", "12", "1.10", "-1e5", "1E+5", "0.5e-3", "123456789012345678901234567890"];
        let changed = [
            ("+1", "1"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("+5.", "5.0"),
            ("5.e3", "5.0e3"),
            ("01.50", "1.50"),
            ("0x1F", "31"),
            ("-0x1f", "-31"),
            ("0o17", "15"),
            ("+0b101", "5"),
        ];
        for (text, expected) in unchanged.map(|text| (text, text)).into_iter().chain(changed) {
            let Value::Number(number) = read(text) else {
                panic!("{text} is no number");
            };
            assert_eq!(number, expected);
            assert!(serde_json::from_str::<serde_json::Value>(&number).is_ok());
        }
    }

    #[test]
    fn what_looks_like_a_number_may_be_text() {
        let texts = [
            "012",
            "-00",
            "1_000",
            "+",
            "-",
            ".",
            "..",
            "1.2.3",
            "+-5",
            "--5",
            "0x",
            "0xG",
            "0x-1",
            "0o8",
            "1e400",
            ".inf",
            "-.INF",
            ".nan",
            "inf",
            "NaN",
            "+infinity",
            "2020-01-01",
            "12:30",
            "e5",
            "1e",
            "-0x-1",
            "٣",
        ];
        for text in texts {
            assert!(matches!(read(text), Value::Text(content) if content == text), "{text}");
        }
    }

    #[test]
    fn words_are_read_in_three_spellings() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert!(matches!(read(text), Value::Null));
        }
        assert!(matches!(read("True"), Value::Bool(true)));
        assert!(matches!(read("FALSE"), Value::Bool(false)));
        for text in ["nULL", "yes", "off", "tRue", "n", "y"] {
            assert!(matches!(read(text), Value::Text(_)), "{text}");
        }
    }

    #[test]
    fn tags_say_what_a_scalar_is() {
        let core = |name: &str| Tag::new(&format!("tag:yaml.org,2002:{name}"));
        let quoted = |text: &'static str, tag: &Tag| value(text.into(), false, tag);
        assert!(matches!(value("1".into(), true, &core("str")), Ok(Value::Text(_))));
        assert!(
            matches!(quoted("0x10", &core("int")), Ok(Value::Number(number)) if number == "16")
        );
        assert!(
            matches!(quoted("1.", &core("float")), Ok(Value::Number(number)) if number == "1.0")
        );
        assert!(matches!(quoted(".inf", &core("float")), Ok(Value::Text(_))));
        assert!(matches!(quoted("true", &core("bool")), Ok(Value::Bool(true))));
        assert!(matches!(quoted("", &core("null")), Ok(Value::Null)));
        assert!(matches!(quoted("1", &Tag::new("!")), Ok(Value::Text(_))));
        assert_eq!(quoted("1.5", &core("int")).unwrap_err(), "an integer");
        assert_eq!(quoted("007", &core("int")).unwrap_err(), "an integer");
        assert_eq!(quoted("no", &core("bool")).unwrap_err(), "a boolean");
        assert_eq!(Tag::new("!include").foreign_name(), Some("include"));
        assert_eq!(core("timestamp").foreign_name(), Some("tag:yaml.org,2002:timestamp"));
        assert_eq!(core("map").foreign_name(), None);
    }
}
