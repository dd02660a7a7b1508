//! Reads types.

use crate::page::Kind;
use crate::scanner::Scanner;

/// The formats of `**string**` that the vendor uses, all of them the JSON mapping of Protocol Buffers.
const TEXT_FORMATS: [&str; 6] = ["int64", "uint64", "bytes", "date-time", "duration", "field-mask"];

/// Reads a type; returns it with the text after it, or `None` if it is unknown.
pub fn read(text: &str) -> Option<(Kind, &str)> {
    let mut scanner = Scanner::new(text);
    let kind = kind(&mut scanner, 0)?;
    Some((kind, scanner.rest()))
}

fn kind(scanner: &mut Scanner<'_>, depth: usize) -> Option<Kind> {
    if depth > 8 || !scanner.tag("**") {
        return None;
    }
    if scanner.tag("[") {
        return message(scanner);
    }
    let base = scanner.until("**")?;
    match base {
        "string" => {
            let format = format(scanner).unwrap_or_default();
            let known = TEXT_FORMATS.into_iter().find(|known| *known == format);
            (known.is_some() || format.is_empty()).then(|| Kind::Text(known.unwrap_or_default()))
        }
        "boolean" => Some(Kind::Boolean),
        "integer" => one_format(scanner, &["int32", "uint32"], Kind::Integer),
        "number" => one_format(scanner, &["double", "float"], Kind::Number),
        "enum" => Some(Kind::Enum(format(scanner)?.to_owned(), None)),
        "object" => Some(map(scanner, depth).unwrap_or(Kind::Free)),
        _ => None,
    }
}

/// `[Name](#anchor)**` after its opening; the anchor may come after a page's path.
fn message(scanner: &mut Scanner<'_>) -> Option<Kind> {
    let name = scanner.until("](")?;
    let target = scanner.until(")")?;
    let (_, anchor) = target.split_once('#')?;
    let known = scanner.tag("**") && !anchor.is_empty() && !anchor.contains(char::is_whitespace);
    known.then(|| Kind::Message(counted(name, anchor).to_owned()))
}

/// An anchor without the digits that a page adds where it has the type once more: those that the type's own name does not have.
pub fn counted<'t>(name: &str, anchor: &'t str) -> &'t str {
    let last = anchor.rsplit_once('.').map_or(anchor, |(_, last)| last);
    let digits = last.strip_prefix(name).unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return anchor;
    }
    anchor.get(..anchor.len() - digits.len()).unwrap_or(anchor)
}

/// ` (int64)`
fn format<'t>(scanner: &mut Scanner<'t>) -> Option<&'t str> {
    let mut ahead = *scanner;
    let open = ahead.tag(" (");
    let format = ahead.until(")").filter(|_| open)?;
    *scanner = ahead;
    Some(format)
}

fn one_format(scanner: &mut Scanner<'_>, known: &[&str], kind: Kind) -> Option<Kind> {
    let format = format(scanner);
    format.is_none_or(|format| known.contains(&format)).then_some(kind)
}

/// ` (map<**string**, **string**>)`
fn map(scanner: &mut Scanner<'_>, depth: usize) -> Option<Kind> {
    let mut ahead = *scanner;
    if !ahead.tag(" (map<") {
        return None;
    }
    kind(&mut ahead, depth + 1)?;
    let comma = ahead.tag(",");
    let value = kind(ahead.blanks(), depth + 1)?;
    if !(comma && ahead.tag(">)")) {
        return None;
    }
    *scanner = ahead;
    Some(Kind::Map(Box::new(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(text: &str) -> Option<Kind> {
        read(text).filter(|(_, rest)| rest.is_empty()).map(|(kind, _)| kind)
    }

    #[test]
    fn every_form_of_the_grammar_is_read() {
        assert_eq!(kind_of("**string**"), Some(Kind::Text("")));
        assert_eq!(kind_of("**string** (int64)"), Some(Kind::Text("int64")));
        assert_eq!(kind_of("**integer** (int32)"), Some(Kind::Integer));
        assert_eq!(kind_of("**number** (double)"), Some(Kind::Number));
        assert_eq!(kind_of("**object**"), Some(Kind::Free));
        assert_eq!(kind_of("**enum** (Mode)"), Some(Kind::Enum("Mode".into(), None)));
        assert_eq!(kind_of("**[T](#a.b.T)**"), Some(Kind::Message("a.b.T".into())));
        assert_eq!(kind_of("**[T](/docs/x/y#a.b.T)**"), Some(Kind::Message("a.b.T".into())));
        let map = |value| Some(Kind::Map(Box::new(value)));
        assert_eq!(kind_of("**object** (map<**string**, **string**>)"), map(Kind::Text("")));
        assert_eq!(
            kind_of("**object** (map<**string**, **string** (int64)>)"),
            map(Kind::Text("int64"))
        );
        assert_eq!(
            kind_of("**object** (map<**string**, **[T](#a.T)**>)"),
            map(Kind::Message("a.T".into()))
        );
    }

    #[test]
    fn digits_are_the_pages_only_where_the_name_has_none() {
        assert_eq!(counted("RecordSet", "dns.v1.RecordSet2"), "dns.v1.RecordSet");
        assert_eq!(counted("KafkaConfig2_8", "x.KafkaConfig2_8"), "x.KafkaConfig2_8");
        assert_eq!(counted("KafkaConfig", "x.KafkaConfig2_8"), "x.KafkaConfig2_8");
        assert_eq!(counted("V2", "x.V2"), "x.V2");
    }

    #[test]
    fn everything_else_is_refused() {
        for text in
            ["", "**", "**string", "**enum**", "**[T]**", "**`T`**", "**string** (int8)", "string"]
        {
            assert_eq!(kind_of(text), None, "{text}");
        }
    }
}
