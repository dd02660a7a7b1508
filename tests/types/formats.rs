//! Texts of known formats: what is read of them, what is written, and what is shown.

use super::{read, written};
use goldens::formats::types::Formats;

/// A value with these members beside the required ones.
fn formats(more: &str) -> Formats {
    read(&format!(r#"{{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","at":"10:30:00Z"{more}}}"#))
        .unwrap()
}

#[test]
fn base64_is_read_padded_and_not() {
    for (text, expected) in [("", ""), ("+w==", "+w=="), ("+w", "+w=="), ("+/8", "+/8=")] {
        let value = formats(&format!(r#","bytes":"{text}","byName":{{"a":"{text}"}}"#));
        let bytes = value.bytes.clone().unwrap();
        assert_eq!(bytes.first(), expected.chars().next().map(|_| &0xfb));
        assert!(written(&value).contains(&format!(r#""bytes":"{expected}""#)));
        assert!(written(&value).contains(&format!(r#"{{"a":"{expected}"}}"#)));
    }
}

#[test]
fn base64url_is_read_padded_and_not() {
    for (text, expected) in [("-w==", "-w"), ("-w", "-w"), ("-_8=", "-_8"), ("-_8", "-_8")] {
        let value = formats(&format!(r#","address":"{text}""#));
        assert_eq!(value.address.as_deref().and_then(|bytes| bytes.first()), Some(&0xfb));
        assert!(written(&value).contains(&format!(r#""address":"{expected}""#)));
    }
    let wrong = r#"{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","at":"10:30:00Z","address":"+/8"}"#;
    let failure = read::<Formats>(wrong).unwrap_err();
    assert_eq!((failure.path().as_str(), failure.expected()), ("address", "base64url"));
}

#[test]
fn a_password_is_sent_and_not_shown() {
    let value = formats(r#","secret":"hunter2""#);
    assert!(written(&value).contains(r#""secret":"hunter2""#));
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(text.contains("secret: Some("), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}
