//! The limits that prose states: three forms, and only as whole sentences.

use super::sentences::{whole, Sentence, Target};
use crate::page::Interval;
use crate::text::Scan;

/// The limits that prose states in whole sentences.
pub fn limits(text: &str) -> Vec<Sentence> {
    sentences_of(text).filter_map(prose_limit).collect()
}

/// Splits prose after each full stop that blanks follow.
fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let ends = |at: &usize| {
            let after = rest.get(at + 1..).unwrap_or_default();
            after.is_empty() || after.starts_with(char::is_whitespace)
        };
        let stops = rest.match_indices('.').map(|(at, _)| at);
        let end = stops.into_iter().find(ends).map_or(rest.len(), |at| at + 1);
        let (sentence, after) = rest.split_at_checked(end)?;
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

fn prose_limit(sentence: &str) -> Option<Sentence> {
    let mut scan = Scan::new(sentence);
    let mut interval = Interval::default();
    if scan.tag("Must be from ") {
        interval.min = scan.number();
        scan.one_of(&[" to "])?;
        interval.max = scan.number();
        return (scan.rest() == ".").then_some(Sentence::Value(interval));
    }
    if scan.tag("Maximum ") {
        interval.max = Some(scan.number()?);
        return (scan.rest() == " per resource.").then_some(Sentence::Count(whole(&interval)?));
    }
    interval.min = Some(scan.number()?);
    scan.one_of(&["-"])?;
    interval.max = Some(scan.number()?);
    (scan.rest() == " characters long.").then_some(Sentence::Length(Target::Own, whole(&interval)?))
}
