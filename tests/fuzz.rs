//! The fuzz targets of `fuzz/` for a few seconds, with proptest in place of libFuzzer.

#[path = "../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../fuzz/src/seeds.rs"]
mod seeds;
#[path = "../fuzz/src/whole.rs"]
mod whole;

use crate::support::root;
use proptest::collection::vec;
use proptest::prelude::{any, ProptestConfig, Strategy};
use proptest::test_runner::TestRunner;

/// Runs `cases` of a strategy; more where `TYPEWRIGHT_FUZZ_CASES` says so.
fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let more = std::env::var("TYPEWRIGHT_FUZZ_CASES").ok();
    let config = ProptestConfig {
        cases: more.and_then(|more| more.parse().ok()).unwrap_or(cases),
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..ProptestConfig::default()
    };
    let result = TestRunner::new(config).run(&strategy, |value| {
        test(value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn documents_that_were_edited_never_panic() {
    let documents = seeds::documents(&root());
    assert!(documents.len() > 30, "{}", documents.len());
    let edits = vec(any::<mutate::Edit>(), 1..12);
    check(60, (0..documents.len(), edits), |(which, edits)| {
        let mut document = documents[which].clone();
        mutate::apply(&mut document, &edits);
        whole::run(&document.to_string());
    });
}

#[test]
fn any_bytes_never_panic() {
    check(300, vec(any::<u8>(), 0..200), |bytes| {
        whole::run(&String::from_utf8_lossy(&bytes));
    });
}

#[test]
fn documents_with_other_bytes_never_panic() {
    let documents = seeds::documents(&root());
    let slips = vec((any::<u32>(), any::<u8>(), 0_u8..3), 1..8);
    check(60, (0..documents.len(), slips), |(which, slips)| {
        let mut bytes = serde_yaml::to_string(&documents[which]).unwrap().into_bytes();
        for (at, byte, kind) in slips {
            let at = usize::try_from(at).unwrap() % bytes.len().max(1);
            match kind {
                0 => drop(bytes.splice(at..at, [byte])),
                1 if !bytes.is_empty() => drop(bytes.remove(at)),
                _ if !bytes.is_empty() => bytes[at] = byte,
                _ => {}
            }
        }
        whole::run(&String::from_utf8_lossy(&bytes));
    });
}
