//! Tests of the manifest against the runtime's own.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the runtime's manifest"
)]

use super::{DEFAULT, FORWARDED};
use toml_edit::DocumentMut;

#[test]
fn every_forwarded_feature_is_one_of_the_runtime() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/Cargo.toml");
    let manifest: DocumentMut = std::fs::read_to_string(path).unwrap().parse().unwrap();
    for feature in FORWARDED.iter().chain(&DEFAULT) {
        assert!(FORWARDED.contains(feature));
        assert!(manifest["features"].get(feature).is_some(), "{feature}");
    }
}
