//! Tests of the manifest against the runtime's own.
#![allow(clippy::disallowed_methods, reason = "tests read the runtime's manifest")]

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

/// Features of the runtime that generated code asks for where the document, an option or its tests need them.
const ASKED_FOR: [&str; 9] =
    ["digest", "pattern", "uuid", "chrono", "time", "jiff", "testing", "server", "xml"];

#[test]
fn every_feature_of_the_runtime_is_forwarded_or_asked_for() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/Cargo.toml");
    let manifest: DocumentMut = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    for (feature, _) in features.iter().filter(|(name, _)| *name != "default") {
        let known = FORWARDED.contains(&feature) != ASKED_FOR.contains(&feature);
        assert!(known, "`{feature}` is neither forwarded nor asked for");
    }
}

#[test]
fn descriptions_say_what_the_api_is_called() {
    for (title, name) in [
        ("GitHub v3 REST API", "GitHub v3 REST API"),
        ("The Pet  Store", "Pet Store API"),
        ("Pets", "Pets API"),
        ("", "my-pets API"),
        ("The", "The API"),
        ("Discord HTTP API", "Discord HTTP API"),
        ("a\nb\u{202E}", "a b\\u{202e} API"),
    ] {
        assert_eq!(super::api_name(title, "my-pets"), name, "{title}");
    }
}
