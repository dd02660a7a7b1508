//! The checks of the fuzz targets of `fuzz/`, for a few seconds, with proptest in place of libFuzzer.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests, which read seeds and the environment"
)]

#[path = "../../fuzz/src/mutate.rs"]
mod mutate;

use proptest::collection::vec;
use proptest::prelude::{any, ProptestConfig, Strategy};
use proptest::test_runner::TestRunner;
use std::path::Path;
use typewright_runtime::testing::fuzzing::{self, CODECS};

/// Runs `cases` of a strategy; more where `TYPEWRIGHT_FUZZ_CASES` says so.
fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
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

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let entries = std::fs::read_dir(folder.join(target)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds = paths.iter().map(|path| std::fs::read(path).unwrap());
    seeds.collect()
}

/// A change of bytes: what is done, where, and with what.
type Slip = (u8, u32, u32);

/// Pieces that mean something in one of the formats.
const PIECES: [&[u8]; 24] = [
    b"\r\n",
    b"\n\n",
    b"\r",
    b"data: ",
    b"id:",
    b"retry: 1",
    b"event:x\n",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\0",
    b"\"",
    b"\\",
    b"; rel=\"next\"",
    b"<",
    b">,",
    b"Digest nonce=\"a\"",
    b"=",
    b", ",
    b"Z",
    b"-1",
    b"1e400",
    b"null",
    b"[",
    b"{\"a\":",
];

fn slip(bytes: &mut Vec<u8>, (kind, place, with): Slip) {
    let at = usize::try_from(place).unwrap() % (bytes.len() + 1);
    let end = bytes.len().min(at + usize::try_from(with % 16).unwrap());
    let byte = with.to_le_bytes()[0];
    match kind % 6 {
        0 => bytes.insert(at, byte),
        1 => drop(bytes.drain(at..end)),
        2 if at < bytes.len() => bytes[at] = byte,
        3 => bytes.extend_from_within(at..end),
        4 => bytes.truncate(at),
        _ => drop(bytes.splice(at..at, PIECES[usize::from(byte) % PIECES.len()].iter().copied())),
    }
}

/// Checks the seeds, the seeds with a few changes, and any bytes.
fn check(target: &str, test: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(seeds.len() > 3, "{}", seeds.len());
    seeds.iter().for_each(|seed| test(seed));
    let slips = vec(any::<Slip>(), 1..8);
    run(3000, (0..seeds.len(), slips), |(which, slips)| {
        let mut bytes = seeds[which].clone();
        slips.into_iter().for_each(|one| slip(&mut bytes, one));
        test(&bytes);
    });
    run(1000, vec(any::<u8>(), 0..300), |bytes| test(&bytes));
}

/// Checks the seeds that are JSON but for `skipped` bytes, with edits of their values.
fn check_edited(target: &str, skipped: usize, test: impl Fn(usize, Vec<u8>)) {
    let seeds = seeds(target);
    let values = seeds.iter().filter_map(|seed| serde_json::from_slice(&seed[skipped..]).ok());
    let values: Vec<serde_json::Value> = values.collect();
    let edits = vec(any::<mutate::Edit>(), 0..6);
    let which = (0..values.len(), 0..CODECS);
    run(4000, (which, edits), |((which, codec), edits)| {
        let mut value = values[which].clone();
        mutate::apply(&mut value, &edits);
        test(codec, value.to_string().into_bytes());
    });
}

/// A byte that chooses the codec at this index.
fn letter(codec: usize) -> u8 {
    b'a' + u8::try_from(codec).unwrap()
}

#[test]
fn events_and_lines_are_those_of_the_whole_text_wherever_it_is_cut() {
    check("events", fuzzing::events);
}

#[test]
fn links_are_read_as_they_are_written() {
    check("link", fuzzing::link);
}

#[test]
fn challenges_are_read_as_they_are_written_and_answered() {
    check("authenticate", fuzzing::authenticate);
}

#[test]
fn a_client_waits_within_its_bounds() {
    check("waiting", fuzzing::waiting);
}

#[test]
fn parts_are_found_as_they_were_given() {
    check("multipart", fuzzing::multipart);
}

#[test]
fn json_is_what_serde_json_takes_for_it() {
    check("json", fuzzing::json);
    check_edited("json", 0, |_, text| fuzzing::json(&text));
}

#[test]
fn what_is_read_is_the_same_when_it_is_written_and_read_again() {
    check("codecs", fuzzing::codecs);
    // Each type's own values, for it and for the others.
    check_edited("codecs", 1, |codec, text| {
        fuzzing::codecs(&[&[letter(codec)], &text[..]].concat());
    });
    for seed in seeds("codecs") {
        for codec in 0..CODECS {
            fuzzing::codecs(&[&[letter(codec)], &seed[1..]].concat());
        }
    }
}
