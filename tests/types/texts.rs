//! Unions of texts: what a branch lists is its own, and a format has what it reads.

use super::{read, written};
use goldens::union_texts::types::{Mood, Owner, Paint, Since, SinceChoice, When};
use typewright_runtime::codegen::v1;

#[test]
fn a_listed_text_is_of_the_branch_that_lists_it() {
    for (text, expected) in [
        (r#""start""#, Since::Choice(SinceChoice::Start)),
        // A date too, but the document lists it.
        (r#""2020-01-01""#, Since::Choice(SinceChoice::Value2020_01_01)),
        (r#""soon""#, Since::Choice(SinceChoice::Unlisted("soon".to_owned()))),
    ] {
        let since: Since = read(text).unwrap();
        assert_eq!(since, expected);
        assert_eq!(written(&since), text);
    }
    let date: Since = read(r#""2020-01-02""#).unwrap();
    assert!(matches!(date, Since::Date(_)));
    let object: Since = read(r#"{"id":"a"}"#).unwrap();
    assert!(matches!(object, Since::WithId(_)));
    // The enums of one union are one enum.
    assert_eq!(read::<Paint>(r#""calm""#).unwrap(), Paint::Calm);
}

#[test]
fn any_other_text_is_of_the_open_branch() {
    let owner = |text: &str| read::<Owner>(text).unwrap();
    assert_eq!(owner(r#""calm""#), Owner::Mood(Mood::Calm));
    assert_eq!(owner(r#""Calm""#), Owner::Address("Calm".to_owned()));
    assert_eq!(owner(r#""""#), Owner::Address(String::new()));
    assert!(read::<Owner>("1").unwrap_err().expected().contains("Mood"));
}

#[test]
fn the_format_decides() {
    let when = |text: &str| read::<v1::Maybe<When>>(text).map(v1::Maybe::into_value);
    assert!(matches!(when(r#""2024-05-01""#), Ok(Some(When::Date(_)))));
    let moment = when(r#""2024-05-01T10:00:00Z""#);
    assert!(matches!(moment, Ok(Some(When::DateTime(_)))));
    let id = when(r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#);
    assert!(matches!(id, Ok(Some(When::Uuid(_)))));
    assert!(matches!(when("null"), Ok(None)));
    let failure = when(r#""soon""#).unwrap_err();
    assert_eq!(
        failure.expected(),
        "one of: Date (expected a date (RFC 3339 full-date), found the text \"soon\"); \
         DateTime (expected a date-time (RFC 3339), found the text \"soon\"); \
         Uuid (expected a UUID, found the text \"soon\")"
    );
}
