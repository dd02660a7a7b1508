//! Merging of constraints.

use crate::api::model::Constraints;
use crate::api::schema::merge::tighten;

#[test]
fn the_tighter_bound_stays() {
    let mut limits = Constraints {
        minimum: Some("1".to_owned()),
        max_length: Some(10),
        patterns: vec!["z$".to_owned()],
        ..Constraints::default()
    };
    let more = Constraints {
        minimum: Some("2.5".to_owned()),
        exclusive_minimum: true,
        maximum: Some("18446744073709551616".to_owned()),
        max_length: Some(20),
        min_items: Some(1),
        patterns: vec!["^a".to_owned(), "z$".to_owned()],
        ..Constraints::default()
    };
    tighten(&mut limits, more);
    assert_eq!(limits.minimum.as_deref(), Some("2.5"));
    assert!(limits.exclusive_minimum);
    assert_eq!(limits.maximum.as_deref(), Some("18446744073709551616"));
    assert_eq!(limits.max_length, Some(10));
    assert_eq!(limits.min_items, Some(1));
    assert_eq!(limits.patterns, ["z$", "^a"]);
}
