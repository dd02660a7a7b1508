//! Reads a line for each instance, and answers with a line each: what reading it, writing it back and checking it gave.

use std::io::{BufRead as _, Write as _};
use typewright_runtime::codegen::v1;

/// A group and the function that tries an instance with its type.
type Row = (&'static str, fn(&str) -> Answer);

/// The encoded text if decoding succeeded, the failure, and the violations.
type Answer = (Option<String>, String, String);

fn main() {
    let mut rows = v1::Map::new();
    rows.extend(ROWS.iter().map(|(name, run)| ((*name).to_owned(), run)));
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (name, text) = line.split_once(' ').unwrap();
        let (written, failure, violations) = match rows.get(name) {
            Some(run) => run(text),
            None => (None, "there is no such type".to_owned(), String::new()),
        };
        let answer = vec![written.unwrap_or_default(), failure, violations];
        writeln!(out, "{}", String::from_utf8(v1::to_json(&answer).unwrap()).unwrap()).unwrap();
    }
}

fn violations(checked: Result<(), v1::Violations>) -> String {
    checked.map_or_else(|violations| violations.to_string(), |()| String::new())
}

fn run<T: v1::Decode + v1::Encode>(
    text: &str,
    check: fn(&T) -> String,
) -> Answer {
    let value: T = match v1::from_json(text.as_bytes()) {
        Ok(value) => value,
        Err(failure) => return (None, failure.to_string(), String::new()),
    };
    match v1::to_json(&value) {
        Ok(written) => (
            Some(String::from_utf8(written).unwrap()),
            String::new(),
            check(&value),
        ),
        Err(failure) => (None, failure.to_string(), String::new()),
    }
}
