//! Checks values against rules.

use crate::codec::validation::{Rule, Violation};
use crate::codec::{CodecError, Kind, Map, Value};
#[cfg(feature = "pattern")]
use regress::Regex;
use std::cmp::Ordering;
#[cfg(feature = "pattern")]
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
#[cfg(feature = "pattern")]
use std::sync::{Arc, Mutex, PoisonError};

/// Every rule that the value breaks.
pub(super) fn violations(value: &Value, rules: &[Rule]) -> Vec<Violation> {
    let mut violations = Vec::new();
    check(value, rules, &mut violations);
    violations.into_iter().map(Violation::from).collect()
}

fn check(value: &Value, rules: &[Rule], violations: &mut Vec<CodecError>) {
    for rule in rules {
        check_one(value, rule, rules, violations);
    }
}

/// Checks one of these rules. A rule for another type is not broken.
fn check_one(value: &Value, rule: &Rule, siblings: &[Rule], violations: &mut Vec<CodecError>) {
    let text = || value.as_str().map(|text| text.chars().count());
    let list = || value.as_list().map(<[Value]>::len);
    let object = || value.as_object().map(Map::len);
    match *rule {
        Rule::Minimum(bound) => bounded(value, "at least", bound, Ordering::is_ge, violations),
        Rule::Maximum(bound) => bounded(value, "at most", bound, Ordering::is_le, violations),
        Rule::Above(bound) => bounded(value, "more than", bound, Ordering::is_gt, violations),
        Rule::Below(bound) => bounded(value, "less than", bound, Ordering::is_lt, violations),
        Rule::MultipleOf(step) => multiple(value, step, violations),
        Rule::MinLength(least) => at_least(text(), least, CHARACTERS, violations),
        Rule::MaxLength(most) => at_most(text(), most, CHARACTERS, violations),
        #[cfg(feature = "pattern")]
        Rule::Pattern(pattern) => matching(value, pattern, violations),
        Rule::MinItems(least) => at_least(list(), least, ITEMS, violations),
        Rule::MaxItems(most) => at_most(list(), most, ITEMS, violations),
        Rule::UniqueItems => unique(value, violations),
        Rule::MinProperties(least) => at_least(object(), least, MEMBERS, violations),
        Rule::MaxProperties(most) => at_most(object(), most, MEMBERS, violations),
        Rule::Required(names) => required(value, names, violations),
        Rule::Dependent(name, needed) => dependent(value, name, needed, violations),
        #[cfg(feature = "pattern")]
        Rule::OtherNames(known, patterns) => other_names(value, known, patterns, violations),
        Rule::Listed(texts) => listed(value, texts, violations),
        Rule::Kinds(kinds) => of_kind(value, kinds, violations),
        Rule::Member(name, rules) => member(value, name, rules, violations),
        Rule::Others(rules) => others(value, rules, siblings, violations),
        Rule::Names(rules) => names(value, rules, violations),
        Rule::Item(index, rules) => items(value, index..=index, rules, violations),
        Rule::ItemsFrom(first, rules) => items(value, first..=usize::MAX, rules, violations),
        Rule::Items(rules) => items(value, 0..=usize::MAX, rules, violations),
        Rule::Type(rules) => check(value, rules(), violations),
        Rule::OrNull(rules) => not_null(value, rules, violations),
        Rule::Either(lists) => either(value, lists, violations),
        Rule::Tagged(name, branches) => tagged(value, name, branches, violations),
    }
}

fn listed(value: &Value, texts: &[&str], violations: &mut Vec<CodecError>) {
    let mut listed = texts.iter().map(|text| Value::from_json_text(text));
    if !listed.any(|listed| listed == *value) {
        let expected = format!("one of {}", texts.join(", "));
        violations.push(CodecError::new(expected, value.describe()));
    }
}

/// Checks the JSON type; integers are numbers too.
fn of_kind(value: &Value, kinds: &[Kind], violations: &mut Vec<CodecError>) {
    if !is_of(value.kind(), kinds) {
        violations.push(value.kind().unexpected("a value of another type"));
    }
}

fn is_of(kind: Kind, kinds: &[Kind]) -> bool {
    let is_number = kind == Kind::Integer && kinds.contains(&Kind::Number);
    is_number || kinds.contains(&kind)
}

fn not_null(value: &Value, rules: &[Rule], violations: &mut Vec<CodecError>) {
    if !value.is_null() {
        check(value, rules, violations);
    }
}

/// Requires that one of the lists is satisfied; reports the violations of the nearest one.
fn either(value: &Value, lists: &[&[Rule]], violations: &mut Vec<CodecError>) {
    let accepts_kind = |rules: &&&[Rule]| match rules.first() {
        Some(Rule::Kinds(kinds)) => is_of(value.kind(), kinds),
        Some(_) | None => true,
    };
    let is_kind_accepted = lists.iter().any(|rules| accepts_kind(&rules));
    let each = lists.iter().filter(|rules| !is_kind_accepted || accepts_kind(rules));
    let each = each.map(|rules| {
        let mut violations = Vec::new();
        check(value, rules, &mut violations);
        violations
    });
    violations.extend(each.min_by_key(Vec::len).unwrap_or_default());
}

/// Checks the rules of the branch that the tag names.
fn tagged(
    value: &Value,
    name: &str,
    branches: &[(&[&str], &[Rule])],
    violations: &mut Vec<CodecError>,
) {
    let tag = value.get(name).map(|tag| match tag.as_str() {
        Some(text) => text.to_owned(),
        None => tag.to_string(),
    });
    let tag = tag.unwrap_or_default();
    let branch = branches.iter().find(|(tags, _)| tags.contains(&tag.as_str()));
    if let Some((_, rules)) = branch {
        check(value, rules, violations);
    }
}

fn bounded(
    value: &Value,
    relation: &str,
    bound: &str,
    holds: fn(Ordering) -> bool,
    violations: &mut Vec<CodecError>,
) {
    let numbers = value.as_number().zip(bound.parse().ok());
    if let Some((number, _)) = numbers.filter(|(number, bound)| !holds(number.compare(bound))) {
        violations.push(CodecError::new(format!("{relation} {bound}"), number.to_string()));
    }
}

/// Checks in decimals, so that 0.0075 is a multiple of 0.0001.
fn multiple(value: &Value, step: &str, violations: &mut Vec<CodecError>) {
    let numbers = value.as_number().zip(step.parse().ok());
    if let Some((number, _)) = numbers.filter(|(number, step)| !number.is_multiple_of(step)) {
        let expected = format!("a multiple of {step}");
        violations.push(CodecError::new(expected, number.to_string()));
    }
}

#[cfg(feature = "pattern")]
fn matching(value: &Value, pattern: &'static str, violations: &mut Vec<CodecError>) {
    if let Some(text) = value.as_str() {
        if !matches(pattern, text) {
            let expected = format!("a match of `{pattern}`");
            violations.push(CodecError::new(expected, value.describe()));
        }
    }
}

/// The singular and the plural of the counted things.
type Noun = (&'static str, &'static str);
const CHARACTERS: Noun = ("character", "characters");
const ITEMS: Noun = ("item", "items");
const MEMBERS: Noun = ("member", "members");

fn at_least(count: Option<usize>, least: u64, noun: Noun, violations: &mut Vec<CodecError>) {
    let is_less = |count: &usize| u64::try_from(*count).is_ok_and(|count| count < least);
    if let Some(count) = count.filter(is_less) {
        violations.push(miscounted("at least", least, noun, count));
    }
}

fn at_most(count: Option<usize>, most: u64, noun: Noun, violations: &mut Vec<CodecError>) {
    let is_more = |count: &usize| u64::try_from(*count).map_or(true, |count| count > most);
    if let Some(count) = count.filter(is_more) {
        violations.push(miscounted("at most", most, noun, count));
    }
}

fn miscounted(relation: &str, bound: u64, (singular, plural): Noun, count: usize) -> CodecError {
    let noun = if bound == 1 { singular } else { plural };
    CodecError::new(format!("{relation} {bound} {noun}"), count.to_string())
}

fn items(
    value: &Value,
    range: RangeInclusive<usize>,
    rules: &[Rule],
    violations: &mut Vec<CodecError>,
) {
    let items = value.as_list().unwrap_or_default().iter().enumerate();
    for (index, item) in items.filter(|(index, _)| range.contains(index)) {
        within(item, rules, violations, |failure| failure.at_index(index));
    }
}

/// Checks a value inside another, and adds its place to the violations.
fn within(
    value: &Value,
    rules: &[Rule],
    violations: &mut Vec<CodecError>,
    place: impl Fn(CodecError) -> CodecError,
) {
    let mut inner = Vec::new();
    check(value, rules, &mut inner);
    violations.extend(inner.into_iter().map(place));
}

fn unique(value: &Value, violations: &mut Vec<CodecError>) {
    let mut items_so_far = BTreeSet::new();
    let items = value.as_list().unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        if !items_so_far.insert(canonical(item)) {
            let failure = CodecError::new("an item that no other is equal to", item.describe());
            violations.push(failure.at_index(index));
        }
    }
}

/// A text that is the same for equal values: members sorted by name, numbers in one notation.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => number.canonical(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{name:?}:{}", canonical(value)))
                .collect();
            members.sort_unstable();
            format!("{{{}}}", members.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Text(_) => value.to_string(),
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn required(value: &Value, names: &[&str], violations: &mut Vec<CodecError>) {
    if let Some(members) = value.as_object() {
        let missing = names.iter().filter(|name| !members.contains_key(**name));
        violations.extend(missing.map(|name| CodecError::missing(name)));
    }
}

/// Reports missing members with the member that requires them.
fn dependent(value: &Value, name: &str, needed: &[&str], violations: &mut Vec<CodecError>) {
    let members = value.as_object().filter(|members| members.contains_key(name));
    let missing = |needed: &&&str| members.is_some_and(|members| !members.contains_key(**needed));
    for needed in needed.iter().filter(missing) {
        let failure = CodecError::new(format!("a value beside `{name}`"), "nothing");
        violations.push(failure.in_member(needed));
    }
}

#[cfg(feature = "pattern")]
fn other_names(
    value: &Value,
    known: &[&str],
    patterns: &'static [&'static str],
    violations: &mut Vec<CodecError>,
) {
    let is_allowed = |name: &str| {
        let mut patterns = patterns.iter();
        known.contains(&name) || patterns.any(|pattern| matches(pattern, name))
    };
    for (name, _) in members(value).filter(|(name, _)| !is_allowed(name)) {
        let expected = format!("no member but those that match `{}`", patterns.join("` or `"));
        violations.push(CodecError::new(expected, format!("`{name}`")).in_member(name));
    }
}

fn member(value: &Value, name: &str, rules: &[Rule], violations: &mut Vec<CodecError>) {
    if let Some(value) = value.get(name) {
        within(value, rules, violations, |failure| failure.in_member(name));
    }
}

fn others(value: &Value, rules: &[Rule], siblings: &[Rule], violations: &mut Vec<CodecError>) {
    let is_listed = |name: &str| {
        let is_of = |rule: &Rule| matches!(rule, Rule::Member(other, _) if *other == name);
        siblings.iter().any(is_of)
    };
    for (name, value) in members(value).filter(|(name, _)| !is_listed(name)) {
        within(value, rules, violations, |failure| failure.in_member(name));
    }
}

fn names(value: &Value, rules: &[Rule], violations: &mut Vec<CodecError>) {
    for (name, _) in members(value) {
        let text = Value::from(name.as_str());
        within(&text, rules, violations, |failure| failure.in_member(name));
    }
}

/// `true` if the pattern matches a part of the text. An invalid regular expression matches everything.
#[cfg(feature = "pattern")]
fn matches(pattern: &'static str, text: &str) -> bool {
    static COMPILED: Mutex<BTreeMap<&'static str, Option<Arc<Regex>>>> =
        Mutex::new(BTreeMap::new());
    let compiled = {
        let mut all = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = all.entry(pattern);
        entry.or_insert_with(|| compile(pattern)).clone()
    };
    compiled.is_none_or(|regex| regex.find(text).is_some())
}

/// Compiles with the flag `u`, as JSON Schema recommends, else without, for escapes that only the older syntax has.
#[cfg(feature = "pattern")]
fn compile(pattern: &str) -> Option<Arc<Regex>> {
    let unicode = Regex::with_flags(pattern, "u");
    let regex = unicode.or_else(|_| Regex::new(pattern)).ok()?;
    Some(Arc::new(regex))
}
