//! The branch of a value is found by what it says, and a failure says why no branch takes it.

use super::{read, written};
use goldens::union_shared_tags::types::{Home, HomePet, Implied, Pet, ResultUnion};
use typewright_runtime::codegen::v1;

#[test]
fn of_branches_with_one_tag_the_one_that_takes_the_value_is_read() {
    let cached = r#"{"type":"audio","file":"a"}"#;
    let audio = r#"{"type":"audio","url":"u","caption":"c"}"#;
    for text in [cached, audio, r#"{"type":"photo"}"#] {
        let result: ResultUnion = read(text).unwrap();
        assert_eq!(written(&result), text);
        let is_cached = matches!(result, ResultUnion::CachedAudio(_));
        assert_eq!((is_cached, result.validate().is_ok()), (text == cached, true));
    }
    let named: ResultUnion = read(r#"{"type":"CachedAudio","file":"a"}"#).unwrap();
    assert!(matches!(named, ResultUnion::CachedAudio(_)));
    let long = audio.replace("\"u\"", "\"a text of more than 20\"");
    let long: ResultUnion = read(&long).unwrap();
    assert!(long.validate().is_err());
}

#[test]
fn a_failed_union_says_which_branches_were_tried_and_why_each_failed() {
    let failure = read::<ResultUnion>(r#"{"type":"audio"}"#).unwrap_err();
    assert_eq!(
        failure.expected(),
        "one of: CachedAudio (file: expected a value, found nothing or null); \
         Audio (url: expected a value, found nothing or null)"
    );
    let failure = read::<ResultUnion>("[]").unwrap_err();
    assert_eq!(failure.expected(), "an object");
}

#[test]
fn implied_tags_may_be_shared() {
    for (text, is_curve) in [
        (r#"{"kind":"line","to":1.0}"#, false),
        (r#"{"kind":"line","to":1.0,"by":2.0}"#, true),
        (r#"{"kind":"curve","to":1.0}"#, true),
    ] {
        let implied: Implied = read(text).unwrap();
        assert_eq!(matches!(implied, Implied::Curve(_)), is_curve, "{text}");
    }
    // All of its members are those of a point, but its tag is another's.
    let line: Implied = read(r#"{"kind":"line","to":1.0,"by":2.0,"x":3.0}"#).unwrap();
    assert!(matches!(line, Implied::Curve(_)));
}

#[test]
fn heirs_of_a_discriminator_hold_themselves() {
    let text = r#"{"pet":{"kind":"cat","friends":[{"kind":"dog","bark":"wau"}],"lives":7},"pets":[{"kind":"dog","friends":[],"bark":"wuff"}]}"#;
    let household: Home = read(text).unwrap();
    let Some(Pet::Cat(cat)) = &household.pet else {
        panic!("{household:?}");
    };
    let friends = cat.friends.as_deref().unwrap_or_default();
    assert!(matches!(friends, [Pet::Dog(dog)] if dog.bark == "wau"));
    assert!(matches!(household.pets.as_deref(), Some([HomePet::Dog(_)])));
    assert_eq!(written(&household), text);
    let failure = read::<Home>(r#"{"pet":{"kind":"dog"}}"#).unwrap_err();
    assert_eq!(failure.path(), "pet.bark");
    let bird = r#"{"kind":"bird","wings":2}"#;
    let unlisted: Pet = read(bird).unwrap();
    assert!(matches!(&unlisted, Pet::Unlisted(v1::Value::Object(_))));
    assert_eq!(written(&unlisted), bird);
}
