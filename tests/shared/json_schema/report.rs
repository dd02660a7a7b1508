//! Results of the suite by keyword, and every instance with an unexpected result.

use super::program::Outcome;
use super::suite::{Group, Instance};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The counts of a keyword.
#[derive(Clone, Copy, Default)]
pub struct Count {
    /// Valid instances.
    pub valid: usize,
    /// Of them those that were read, found fault with by nothing, and written back equal.
    pub passed: usize,
    /// Invalid instances.
    pub invalid: usize,
    /// Of them those that were refused when read.
    pub refused: usize,
    /// Of the others those that `validate` finds fault with.
    pub reported: usize,
    /// Instances, valid and not, of groups of which no type is made; they count as not passed and not refused.
    pub skipped: usize,
}

/// The counts of a draft, and what went wrong.
#[derive(Default)]
pub struct Report {
    pub counts: BTreeMap<String, Count>,
    /// Valid instances that did not pass, and invalid ones that did.
    pub wrong: Vec<Wrong>,
}

/// An instance that did not go as it should.
pub struct Wrong {
    pub keyword: String,
    /// `true` if the suite declares it valid.
    pub valid: bool,
    /// The descriptions of the group and the instance.
    pub what: String,
    /// Why, in the program's own words.
    fault: String,
}

/// Why groups do not come through, by words of their descriptions.
const REASONS: &[(&str, &str)] = &[
    ("$dynamicAnchor", DYNAMIC),
    ("$dynamicRef", DYNAMIC),
    ("same $anchor with different base uri", "an anchor is looked up in the file where its base address has none"),
    ("dynamic evalation inside nested refs", "each branch is closed by itself, as what the others evaluate is not known when types are made"),
    ("custom metaschema", "constraints are checked whatever vocabularies the metaschema has: nothing is fetched"),
    ("ref overrides any sibling keywords", "what stands beside `$ref` holds, as in 3.1: documents mean it"),
    ("prevents a sibling id", "what stands beside `$ref` holds, as in 3.1: documents mean it"),
];

const DYNAMIC: &str =
    "`$dynamicRef` is read as `$ref`: types are made before there is a value that leads to a scope";

impl Wrong {
    /// Why, as far as it is known.
    pub fn reason(&self) -> String {
        if self.fault.starts_with("no type is made") {
            return self.fault.clone();
        }
        let known = REASONS.iter().find(|(words, _)| self.what.contains(words));
        known.map_or_else(|| self.fault.clone(), |(_, reason)| (*reason).to_owned())
    }
}

impl Report {
    /// Takes in an instance.
    pub fn add(&mut self, group: &Group, instance: &Instance, outcome: &Outcome) {
        let count = self.counts.entry(group.keyword.clone()).or_default();
        let fault = fault(instance, outcome);
        count.skipped += usize::from(outcome.is_skipped());
        if instance.valid {
            count.valid += 1;
            count.passed += usize::from(fault.is_none());
        } else {
            count.invalid += 1;
            count.refused += usize::from(outcome.written.is_none() && !outcome.is_skipped());
            count.reported +=
                usize::from(outcome.written.is_some() && !outcome.violations.is_empty());
        }
        if fault.is_some() == instance.valid {
            let fault = fault.unwrap_or_default();
            let what = format!("{}: {}", group.description, instance.description);
            self.wrong.push(Wrong {
                keyword: group.keyword.clone(),
                valid: instance.valid,
                what,
                fault,
            });
        }
    }

    /// The sum of the keywords that `which` picks.
    pub fn sum(&self, which: &dyn Fn(&str) -> bool) -> Count {
        let mut sum = Count::default();
        for (_, count) in self.counts.iter().filter(|(keyword, _)| which(keyword)) {
            sum.valid += count.valid;
            sum.passed += count.passed;
            sum.invalid += count.invalid;
            sum.refused += count.refused;
            sum.reported += count.reported;
            sum.skipped += count.skipped;
        }
        sum
    }

    /// `true` if the draft has the keyword.
    pub fn has(&self, keyword: &str) -> bool {
        self.counts.contains_key(keyword)
    }

    /// Valid instances that pass, out of all, in percent.
    pub fn passed(&self) -> f64 {
        let sum = self.sum(&|_| true);
        percent(sum.passed, sum.valid)
    }

    /// Of the invalid instances of these keywords, those that are refused, or that are refused or found, in percent.
    pub fn caught(&self, keywords: &[&str], by_checks_too: bool) -> f64 {
        let sum = self.sum(&|keyword| keywords.contains(&keyword));
        let reported = if by_checks_too { sum.reported } else { 0 };
        percent(sum.refused + reported, sum.invalid)
    }

    /// A line a keyword.
    pub fn table(&self) -> String {
        let mut table =
            String::from("keyword                valid passed | invalid refused found | skipped\n");
        let all = ("all".to_owned(), self.sum(&|_| true));
        for (keyword, count) in self.counts.iter().chain([(&all.0, &all.1)]) {
            let Count { valid, passed, invalid, refused, reported, skipped } = count;
            let left = format!("{keyword:<22} {valid:>5} {passed:>6}");
            let right = format!("{invalid:>7} {refused:>7} {reported:>5}");
            writeln!(table, "{left} | {right} | {skipped:>7}").unwrap();
        }
        table
    }
}

#[allow(clippy::cast_precision_loss, reason = "hundreds")]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

/// Why an instance did not come through; nothing where it did.
fn fault(instance: &Instance, outcome: &Outcome) -> Option<String> {
    let Some(written) = &outcome.written else {
        return Some(outcome.failure.clone());
    };
    if !outcome.violations.is_empty() {
        return Some(format!("found fault with: {}", outcome.violations));
    }
    let written: Value = serde_json::from_str(written).unwrap();
    let same = same(&written["value"], &instance.value);
    (!same).then(|| format!("written as {}", written["value"]))
}

/// `true` if two values are equal: numbers by value, members in any order.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let among = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| same(value, other))
            };
            one.len() == other.len() && one.iter().all(among)
        }
        _ => one == other,
    }
}
