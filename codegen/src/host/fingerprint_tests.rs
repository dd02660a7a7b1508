//! Tests of fingerprints, with loaders in memory.

#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::{hash, Fingerprint, Recorder};
use crate::host::output_dir::OutputFile;
use crate::load::{Loader, ReadError};
use crate::HEADER;
use std::fs;
use tempfile::TempDir;

/// Loader of a text for every name, except for one that is missing.
struct Texts {
    text: &'static str,
    missing: &'static str,
}

const TEXTS: Texts = Texts { text: "a", missing: "c.yaml" };

impl Loader for Texts {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        match path == self.missing {
            true => Err("no such file".into()),
            false => Ok(format!("{} {path}", self.text)),
        }
    }
}

/// A folder with the output `pets.rs`, and its fingerprint for the configuration `one`.
fn recorded() -> (TempDir, Fingerprint) {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEADER}\n\npub mod types {{}}\n");
    fs::write(folder.path().join("pets.rs"), &text).unwrap();
    let output = OutputFile { path: "pets.rs".into(), text };
    let recorder = Recorder::new(&TEXTS);
    recorder.load_named("a.yaml").unwrap();
    recorder.load("b \"б\"\n.yaml").unwrap();
    recorder.load("c.yaml").unwrap_err();
    let fingerprint = Fingerprint::new("one", recorder, &[output], "cargo:warning=1\n");
    (folder, fingerprint)
}

#[test]
fn equal_contents_have_the_same_result() {
    let (folder, fingerprint) = recorded();
    let fresh = fingerprint.fresh("one", &TEXTS, folder.path());
    assert_eq!(fresh.as_deref(), Some("cargo:warning=1\n"));
}

#[test]
fn every_difference_counts() {
    let (folder, fingerprint) = recorded();
    let is_fresh = |configuration: &str, text, missing| {
        let fingerprint = fingerprint.clone();
        fingerprint.fresh(configuration, &Texts { text, missing }, folder.path()).is_some()
    };
    assert!(is_fresh("one", "a", "c.yaml"));
    assert!(!is_fresh("two", "a", "c.yaml"), "the configuration");
    assert!(!is_fresh("one", "A", "c.yaml"), "the text of a file");
    assert!(!is_fresh("one", "a", "a.yaml"), "a file that is gone");
    assert!(!is_fresh("one", "a", ""), "a file that has appeared");
    let path = folder.path().join("pets.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert!(is_fresh("one", "a", "c.yaml"), "line ends are not a change of the output");
    fs::write(&path, text.replace("types", "tapes")).unwrap();
    assert!(!is_fresh("one", "a", "c.yaml"), "output that was changed");
    fs::remove_file(&path).unwrap();
    assert!(!is_fresh("one", "a", "c.yaml"), "output that was deleted");
}

#[test]
fn the_stored_form_is_read_as_it_was_written() {
    let (folder, fingerprint) = recorded();
    let path = folder.path().join("pets.rs.fingerprint");
    assert_eq!(Fingerprint::read(&path), None, "there is none");
    let text = fingerprint.text();
    fs::write(&path, &text).unwrap();
    assert_eq!(Fingerprint::read(&path), Some(fingerprint));
    for length in 0..text.trim_end().len() {
        fs::write(&path, &text.as_bytes()[..length]).unwrap();
        assert_eq!(Fingerprint::read(&path), None, "{length} bytes of it");
    }
}

/// The values of the specification's reference implementation.
#[test]
fn the_hash_is_that_of_the_specification() {
    assert_eq!(hash(""), 0xEF46_DB37_51D8_E999);
    assert_eq!(hash("abc"), 0x44BC_2CF5_AD77_0999);
}
