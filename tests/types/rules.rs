//! `validate` lists what the document demands and no type says.

use super::read;
use goldens::patterns::types::{Card, Labels, Steps};
use typewright_runtime::codegen::v1;

/// The violations, one per line.
fn broken(result: Result<(), v1::Violations>) -> String {
    result.err().map(|violations| violations.to_string()).unwrap_or_default()
}

#[test]
fn every_pattern_of_an_all_of_counts() {
    let name = |name: &str| {
        let steps: Steps = read(&format!(r#"{{"name":"{name}"}}"#)).unwrap();
        broken(steps.validate())
    };
    assert_eq!(name("a to z"), "");
    assert_eq!(name("to z"), "name: expected a match of `^a`, found the text \"to z\"");
    assert_eq!(name("a to"), "name: expected a match of `z$`, found the text \"a to\"");
    assert_eq!(name("to").lines().count(), 2);
}

#[test]
fn every_step_of_an_all_of_counts() {
    let size = |size: i64| {
        let mut steps = Steps::default();
        steps.size = Some(size);
        broken(steps.validate())
    };
    assert_eq!(size(12) + &size(0), "");
    assert_eq!(size(4), "size: expected a multiple of 6, found 4");
    assert_eq!(size(6), "size: expected a multiple of 4, found 6");
}

#[test]
fn members_ask_for_others() {
    let card: Card = read(r#"{"number":"a","address":"b"}"#).unwrap();
    assert_eq!(
        broken(card.validate()),
        "security: expected a value beside `number`, found nothing"
    );
    assert_eq!(broken(Card::default().validate()), "");
}

#[test]
fn names_and_values_of_further_members_are_looked_at() {
    let labels: Labels = read(r#"{"id":"","x-a":"i"}"#).unwrap();
    assert_eq!(broken(labels.validate()), "");
    let labels: Labels = read(r#"{"x-a":"","y":"y"}"#).unwrap();
    assert_eq!(
        broken(labels.validate()),
        "y: expected no member but those that match `^x-`, found `y`\nx-a: expected at least 1 character, found 0"
    );
}
