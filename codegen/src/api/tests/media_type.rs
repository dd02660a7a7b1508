//! Serialization of media types, and their versions.

use crate::api::media_type::*;
use crate::api::model::Codec;

#[test]
fn the_codec_depends_on_the_essence() {
    assert_eq!(codec("application/json; charset=utf-8"), Codec::Json);
    assert_eq!(codec("application/vnd.atlas.2023-01-01+json"), Codec::Json);
    assert_eq!(codec("Application/Problem+JSON"), Codec::Json);
    assert_eq!(codec("text/plain"), Codec::Text);
    assert_eq!(codec("multipart/related"), Codec::Multipart);
    assert_eq!(codec("application/x-ndjson"), Codec::JsonLines);
    assert_eq!(codec("application/xml"), Codec::Bytes);
    assert_eq!(codec("*/*"), Codec::Bytes);
    assert_eq!(codec(""), Codec::Bytes);
}

const DATES: [&str; 4] = [
    "application/vnd.atlas.2023-01-01+json",
    "application/vnd.atlas.2024-08-05+json",
    "application/vnd.atlas.2043-01-01.upcoming+json",
    "application/vnd.atlas.2024-08-05+csv",
];

#[test]
fn the_newest_released_version_is_the_default() {
    let stable = DATES[1];
    assert_eq!(newest(&DATES, None), [stable, stable, stable, DATES[3]]);
    let old = DATES[0];
    assert_eq!(newest(&DATES, Some("2023-12-31")), [old, old, old, DATES[3]]);
    assert_eq!(newest(&DATES[2..3], None), [DATES[2]]);
}

#[test]
fn unreleased_versions_are_selected_by_name() {
    let later = DATES[2];
    for selected in ["upcoming", "2043-01-01.upcoming", "2050-01-01.preview"] {
        assert_eq!(newest(&DATES[..3], Some(selected)), [later; 3], "{selected}");
    }
    assert_eq!(newest(&DATES[..3], Some("2042-01-01.upcoming")), [DATES[1]; 3]);
    assert_eq!(version(later).unwrap().text, "2043-01-01.upcoming");
    assert_eq!(version("application/json"), None);
}

#[test]
fn numbers_and_parameters() {
    let both = ["application/vnd.a.v1.10+json", "application/vnd.a.v1.9+json"];
    assert_eq!(newest(&both, None), [both[0], both[0]]);
    let both = ["application/json; version=1", "application/json;version=2"];
    assert_eq!(newest(&both, None), [both[1], both[1]]);
    assert_eq!(newest(&both, Some("1")), [both[0], both[0]]);
    let apart = ["application/json", "application/vnd.a.v1+json", "text/x-v2"];
    assert_eq!(newest(&apart, None), apart);
}
