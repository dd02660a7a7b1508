//! The JSON Schema test suite: a generated type for each schema, read, written back and checked.
//!
//! The types are generated as for a validator (`strict_schemas`, `closed_enums`, `preserve_unknown`, `validate`): the suite is
//! about what schemas say, and not about what documents mean by them.

pub mod document;
mod expectation;
pub mod program;
mod report;
pub mod suite;

use crate::support::{print_always, shared};
use program::{Outcome, Program, Source};
use report::Report;
use std::collections::BTreeMap;
use suite::{groups, Group, DRAFTS};

/// The keywords whose invalid instances are refused when they are read.
const REFUSED: [&str; 4] = ["type", "required", "enum", "const"];

/// The keywords that `validate` covers.
const CHECKED: [&str; 15] = [
    "dependentRequired",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "enum",
];

#[test]
fn the_suite_comes_through() {
    let Some(suite) = shared("corpus/json-schema/tests") else {
        return;
    };
    let mut source = Source::new();
    let drafts = DRAFTS.map(|(draft, _)| groups(&suite, draft));
    let numbered = drafts.iter().enumerate();
    let skipped: Vec<_> = numbered.map(|(at, groups)| source.add(at, groups)).collect();
    let program = source.build();
    let mut reports = Vec::new();
    for (at, (groups, skipped)) in drafts.iter().zip(&skipped).enumerate() {
        let report = tried(&program, at, groups, skipped);
        print_always(&format!("{}\n{}", DRAFTS[at].0, report.table()));
        reports.push((DRAFTS[at].0, report));
    }
    for (draft, report) in &reports {
        assert!(report.passed() >= 95.0, "{draft}");
        for keyword in REFUSED.into_iter().filter(|keyword| report.has(keyword)) {
            assert!(report.caught(&[keyword], false) >= 95.0, "{draft} {keyword}");
        }
        assert!(report.caught(&CHECKED, true) >= 95.0, "{draft}");
    }
    expectation::compare(&reports);
}

/// Tries the instances of a draft.
fn tried(
    program: &Program,
    draft: usize,
    groups: &[Group],
    skipped: &BTreeMap<usize, String>,
) -> Report {
    let numbered = || {
        let each = groups.iter().enumerate();
        each.flat_map(|(at, group)| group.instances.iter().map(move |one| (at, group, one)))
    };
    let there = numbered().filter(|(at, ..)| !skipped.contains_key(at));
    let requests: Vec<_> = there
        .map(|(at, _, instance)| {
            (format!("{draft}/{at}"), format!("{{\"value\":{}}}", instance.value))
        })
        .collect();
    let mut outcomes = program.run(&requests).into_iter();
    let mut report = Report::default();
    for (at, group, instance) in numbered() {
        match skipped.get(&at) {
            Some(why) => report.add(group, instance, &Outcome::skipped(why)),
            None => report.add(group, instance, &outcomes.next().unwrap()),
        }
    }
    report
}
