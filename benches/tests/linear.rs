//! Generating takes time in proportion to the document.
#![allow(clippy::disallowed_methods, reason = "reads this repository's files")]

use nix::time::{clock_gettime, ClockId};
use serde_json::Value;
use typewright::host::disk::Disk;
use typewright::{generate, Generated, Loader, Options, ReadError};
use typewright_benches::repeat::{document, exponent, repeated};

struct Text(String);

impl Loader for Text {
    fn load(&self, _path: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

fn atlas() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/mongodb-atlas/openapi.yaml");
    document(path, &Disk::new(path))
}

fn generated(document: &Value, times: usize) -> Generated {
    let text = Text(repeated(document, times).to_string());
    generate("repeated.json", &text, &Options::default())
}

/// The CPU time of this thread, in seconds.
fn clock() -> f64 {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap();
    time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9
}

#[test]
fn a_repeated_document_has_everything_as_often() {
    let document = atlas();
    let count = |times, word: &str| {
        let output = generated(&document, times).output.unwrap();
        output.include().matches(word).count()
    };
    for word in ["rt::record! {", "rt::operation! {"] {
        let once = count(1, word);
        assert!(once > 0, "{word}");
        assert_eq!(count(3, word), 3 * once, "{word}");
    }
}

/// Twice what a linear generator takes at the end is allowed, on the thread's own clock: only what grows with the square
/// fails. The benchmark `generation` has the narrow limit.
#[test]
fn time_grows_with_the_document() {
    let document = atlas();
    let cheapest = |times| {
        let run = |_| {
            let start = clock();
            assert!(generated(&document, times).output.is_some());
            clock() - start
        };
        (0..2).map(run).fold(f64::INFINITY, f64::min)
    };
    let points = [2, 4, 8].map(|times| (times, cheapest(times)));
    let growth = exponent(&points);
    assert!(growth < 1.5, "the exponent is {growth:.2}: {points:?}");
}
