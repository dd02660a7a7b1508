//! Accessors give the document's defaults, and leave the fields unset.

use super::{read, written};
use goldens::defaults::types::{Search, SearchByColourKey, SearchColour, SearchEither, SortBy};
use typewright_runtime::codegen::v1;

#[test]
fn what_is_not_given_is_as_the_document_says() {
    let search: Search = read("{}").unwrap();
    assert_eq!(search.tags_or_default(), ["new", "5\" nail"]);
    assert!(search.none_or_default().is_empty());
    let sort = search.sort_or_default();
    assert_eq!((&sort[0].by, sort[0].down), (&SortBy::Name, None));
    assert_eq!((&sort[1].by, sort[1].down), (&SortBy::Age, Some(true)));
    assert!(sort[1].note.is_null());
    assert_eq!(search.window_or_default().size, None);
    assert_eq!(written(&search.wide_or_default()), r#"{"size":9,"more":1}"#);
    assert_eq!(search.labels_or_default()["b"], None);
    assert_eq!(search.since_or_default().timestamp(), 1_714_521_600);
    assert_eq!(search.day_or_default().to_string(), "2024-02-29");
    assert_eq!(search.at_or_default().hour(), 10);
    assert_eq!(search.every_or_default().as_str(), "PT5M");
    assert_eq!(search.price_or_default().to_string(), "0.10");
    assert_eq!(search.count_or_default(), 12);
    assert_eq!(written(&search.any_or_default()), r#"{"a":[1]}"#);
    assert_eq!(search.either_or_default(), SearchEither::Text("all".to_owned()));
    assert_eq!(search.own_or_default(), "Smith");
    assert_eq!(search.words_or_default(), ["a"]);
    assert!(search.parent_or_default().limit.is_null());
    assert_eq!(search.bytes_or_default().as_ref(), [1, 2, 255]);
    assert_eq!(search.address_or_default().as_ref(), [255, 239]);
    assert_eq!(search.point_or_default(), (0.5, 2.0));
    let (one, none, absent) = search.pair_or_default();
    assert_eq!((one, none, absent.is_absent()), (1, None, true));
    let row = search.row_or_default();
    assert_eq!((row.first.0.as_str(), row.rest), ("a", vec![1, 2]));
    assert_eq!(search.by_colour_or_default()[&SearchByColourKey::Blue], 2);
    assert_eq!(search.by_number_or_default()[&12], "a");
    assert!(search.by_id_or_default().is_empty());
    assert_eq!(written(&search), "{}");
}

#[test]
fn null_is_no_default() {
    let absent: Search = read("{}").unwrap();
    assert_eq!(absent.limit_or_default(), Some(20));
    assert_eq!(absent.title_or_default(), Some("Untitled"));
    assert_eq!(absent.colours_or_default(), Some(vec![SearchColour::Red]));
    let null: Search = read(r#"{"limit":null,"title":null,"colours":null}"#).unwrap();
    assert_eq!(null.limit_or_default(), None);
    assert_eq!(null.title_or_default(), None);
    assert_eq!(null.colours_or_default(), None);
}

#[test]
fn what_is_given_counts() {
    let mut search = Search::default();
    search.limit = v1::Maybe::Value(5);
    search.tags = Some(Vec::new());
    assert_eq!(search.limit_or_default(), Some(5));
    assert!(search.tags_or_default().is_empty());
}
