//! Constraints beyond the shape (JSON Schema validation, section 6).

use super::scalars::is_equal;
use super::{Path, Run};
use crate::api::model::{Constraints, Json};
use crate::api::patterns;
use serde_json::{Map, Number};

/// Maximum number of items that are compared pairwise.
const MAX_COMPARED: usize = 2000;

/// Relative error that multiples of a fraction may have.
const PRECISION: f64 = 1e-9;

impl<'a> Run<'a> {
    pub(super) fn constraints(
        &mut self,
        constraints: &'a Constraints,
        value: &Json,
        path: Path<'_>,
    ) {
        match value {
            Json::Null | Json::Bool(_) => {}
            Json::Number(number) => self.bounds(constraints, number, path),
            Json::String(text) => self.lengths(constraints, text, path),
            Json::Array(items) => self.counts(constraints, items, path),
            Json::Object(members) => self.members(constraints, members, path),
        }
    }

    fn bounds(&mut self, constraints: &Constraints, number: &Number, path: Path<'_>) {
        let compare = |bound: &str| compare(number, bound);
        if let Some(least) = &constraints.minimum {
            let excluded = constraints.exclusive_minimum;
            if compare(least).is_some_and(|order| order.is_lt() || excluded && order.is_eq()) {
                let words = if excluded { "more than" } else { "at least" };
                self.violation(path, format!("expected {words} {least}, not `{number}`"));
            }
        }
        if let Some(most) = &constraints.maximum {
            let excluded = constraints.exclusive_maximum;
            if compare(most).is_some_and(|order| order.is_gt() || excluded && order.is_eq()) {
                let words = if excluded { "less than" } else { "at most" };
                self.violation(path, format!("expected {words} {most}, not `{number}`"));
            }
        }
        for step in &constraints.multiples_of {
            if !is_multiple(number, step) {
                self.violation(path, format!("expected a multiple of {step}, not `{number}`"));
            }
        }
    }

    fn lengths(&mut self, constraints: &'a Constraints, text: &str, path: Path<'_>) {
        let length = text.chars().count();
        self.count(length, "character", (constraints.min_length, constraints.max_length), path);
        for pattern in &constraints.patterns {
            if !self.is_match(pattern, text) {
                self.expect(
                    false,
                    &format!("a match of the pattern `{pattern}`"),
                    &Json::from(text),
                    path,
                );
            }
        }
    }

    fn is_match(&mut self, pattern: &'a str, text: &str) -> bool {
        let compiled = self.patterns.entry(pattern).or_insert_with(|| patterns::compile(pattern));
        compiled.as_ref().is_none_or(|regex| regex.find(text).is_some())
    }

    fn counts(&mut self, constraints: &Constraints, items: &[Json], path: Path<'_>) {
        self.count(items.len(), "item", (constraints.min_items, constraints.max_items), path);
        if !constraints.unique_items || items.len() > MAX_COMPARED {
            return;
        }
        for (index, item) in items.iter().enumerate() {
            let earlier = items.iter().take(index).position(|earlier| is_equal(earlier, item));
            if let Some(earlier) = earlier {
                self.violation(path.item(index), format!("is equal to the item {earlier}"));
                return;
            }
        }
    }

    fn members(
        &mut self,
        constraints: &'a Constraints,
        members: &Map<String, Json>,
        path: Path<'_>,
    ) {
        let bounds = (constraints.min_properties, constraints.max_properties);
        self.count(members.len(), "member", bounds, path);
        for (present, required) in &constraints.dependent {
            let missing = required.iter().filter(|name| !members.contains_key(*name));
            if members.contains_key(present) {
                missing.for_each(|name| {
                    self.violation(path.member(name), format!("is required beside `{present}`"));
                });
            }
        }
        for group in &constraints.name_patterns {
            let undeclared = members.keys().filter(|name| !group.declared.contains(name));
            for name in undeclared {
                if !group.patterns.iter().any(|pattern| self.is_match(pattern, name)) {
                    let patterns = group.patterns.join("`, `");
                    self.violation(
                        path.member(name),
                        format!("expected a name that matches one of `{patterns}`"),
                    );
                }
            }
        }
    }

    /// Checks a number of things against its bounds.
    fn count(
        &mut self,
        count: usize,
        noun: &str,
        (least, most): (Option<u64>, Option<u64>),
        path: Path<'_>,
    ) {
        let counted = u64::try_from(count).unwrap_or(u64::MAX);
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        if let Some(least) = least.filter(|least| counted < *least) {
            let plural = plural(least);
            self.violation(path, format!("expected at least {least} {noun}{plural}, not {count}"));
        }
        if let Some(most) = most.filter(|most| counted > *most) {
            let plural = plural(most);
            self.violation(path, format!("expected at most {most} {noun}{plural}, not {count}"));
        }
    }
}

/// Compares a number with a bound of the document; exactly if both are integers.
fn compare(number: &Number, bound: &str) -> Option<std::cmp::Ordering> {
    let exact = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    match (exact, bound.parse::<i128>()) {
        (Some(number), Ok(bound)) => Some(number.cmp(&bound)),
        _ => number.as_f64()?.partial_cmp(&bound.parse().ok()?),
    }
}

fn is_multiple(number: &Number, step: &str) -> bool {
    let exact = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    if let (Some(number), Ok(step)) = (exact, step.parse::<i128>()) {
        return step == 0 || number % step == 0;
    }
    let (Some(number), Ok(step)) = (number.as_f64(), step.parse::<f64>()) else {
        return true;
    };
    let quotient = number / step;
    step == 0.0 || (quotient - quotient.round()).abs() <= PRECISION * quotient.abs().max(1.0)
}
