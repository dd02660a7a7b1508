//! Rules against values.

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
    let mut failures = Vec::new();
    check(value, rules, &mut failures);
    failures.into_iter().map(Violation::from).collect()
}

type Found = Vec<CodecError>;

fn check(value: &Value, rules: &[Rule], found: &mut Found) {
    for rule in rules {
        check_one(value, rule, rules, found);
    }
}

/// Checks one rule, with those beside it. A rule about values of another type says nothing.
fn check_one(value: &Value, rule: &Rule, beside: &[Rule], found: &mut Found) {
    let text = || value.as_str().map(|text| text.chars().count());
    let list = || value.as_list().map(<[Value]>::len);
    let object = || value.as_object().map(Map::len);
    match *rule {
        Rule::Minimum(bound) => bounded(value, ("at least", bound), Ordering::is_ge, found),
        Rule::Maximum(bound) => bounded(value, ("at most", bound), Ordering::is_le, found),
        Rule::Above(bound) => bounded(value, ("more than", bound), Ordering::is_gt, found),
        Rule::Below(bound) => bounded(value, ("less than", bound), Ordering::is_lt, found),
        Rule::MultipleOf(step) => multiple(value, step, found),
        Rule::MinLength(least) => at_least(text(), least, CHARACTERS, found),
        Rule::MaxLength(most) => at_most(text(), most, CHARACTERS, found),
        #[cfg(feature = "pattern")]
        Rule::Pattern(pattern) => matching(value, pattern, found),
        Rule::MinItems(least) => at_least(list(), least, ITEMS, found),
        Rule::MaxItems(most) => at_most(list(), most, ITEMS, found),
        Rule::UniqueItems => unique(value, found),
        Rule::MinProperties(least) => at_least(object(), least, MEMBERS, found),
        Rule::MaxProperties(most) => at_most(object(), most, MEMBERS, found),
        Rule::Required(names) => required(value, names, found),
        Rule::Dependent(name, needed) => dependent(value, name, needed, found),
        #[cfg(feature = "pattern")]
        Rule::OtherNames(known, patterns) => other_names(value, known, patterns, found),
        Rule::Listed(texts) => listed(value, texts, found),
        Rule::Kinds(kinds) => of_kind(value, kinds, found),
        Rule::Member(name, rules) => member(value, name, rules, found),
        Rule::Others(rules) => others(value, rules, beside, found),
        Rule::Names(rules) => names(value, rules, found),
        Rule::Item(index, rules) => items(value, index..=index, rules, found),
        Rule::ItemsFrom(first, rules) => items(value, first..=usize::MAX, rules, found),
        Rule::Items(rules) => items(value, 0..=usize::MAX, rules, found),
        Rule::Of(rules) => check(value, rules(), found),
        Rule::OrNull(rules) => not_null(value, rules, found),
        Rule::Either(lists) => either(value, lists, found),
        Rule::Tagged(name, branches) => tagged(value, name, branches, found),
    }
}

fn listed(value: &Value, texts: &[&str], found: &mut Found) {
    let mut listed = texts.iter().map(|text| Value::from_json_text(text));
    if !listed.any(|listed| listed == *value) {
        let expected = format!("one of {}", texts.join(", "));
        found.push(CodecError::new(expected, value.describe()));
    }
}

/// Whole numbers are numbers.
fn of_kind(value: &Value, kinds: &[Kind], found: &mut Found) {
    if !is_of(value.kind(), kinds) {
        found.push(value.kind().unexpected("a value of another type"));
    }
}

fn is_of(kind: Kind, kinds: &[Kind]) -> bool {
    let is_number = kind == Kind::Integer && kinds.contains(&Kind::Number);
    is_number || kinds.contains(&kind)
}

fn not_null(value: &Value, rules: &[Rule], found: &mut Found) {
    if !value.is_null() {
        check(value, rules, found);
    }
}

/// One of the lists holds; else what the one says that comes nearest.
fn either(value: &Value, lists: &[&[Rule]], found: &mut Found) {
    let fits = |rules: &&&[Rule]| match rules.first() {
        Some(Rule::Kinds(kinds)) => is_of(value.kind(), kinds),
        Some(_) | None => true,
    };
    let any = lists.iter().any(|rules| fits(&rules));
    let each = lists.iter().filter(|rules| !any || fits(rules));
    let each = each.map(|rules| {
        let mut own = Vec::new();
        check(value, rules, &mut own);
        own
    });
    found.extend(each.min_by_key(Vec::len).unwrap_or_default());
}

/// The rules of the branch that the tag names.
fn tagged(value: &Value, name: &str, branches: &[(&[&str], &[Rule])], found: &mut Found) {
    let tag = value.get(name).map(|tag| match tag.as_str() {
        Some(text) => text.to_owned(),
        None => tag.to_string(),
    });
    let tag = tag.unwrap_or_default();
    let branch = branches
        .iter()
        .find(|(tags, _)| tags.contains(&tag.as_str()));
    if let Some((_, rules)) = branch {
        check(value, rules, found);
    }
}

fn bounded(
    value: &Value,
    (word, bound): (&str, &str),
    holds: fn(Ordering) -> bool,
    found: &mut Found,
) {
    let numbers = value.as_number().zip(bound.parse().ok());
    if let Some((number, _)) = numbers.filter(|(number, bound)| !holds(number.compare(bound))) {
        found.push(CodecError::new(
            format!("{word} {bound}"),
            number.to_string(),
        ));
    }
}

/// Counted in decimals: 0.0075 is a multiple of 0.0001.
fn multiple(value: &Value, step: &str, found: &mut Found) {
    let numbers = value.as_number().zip(step.parse().ok());
    if let Some((number, _)) = numbers.filter(|(number, step)| !number.is_multiple_of(step)) {
        let expected = format!("a multiple of {step}");
        found.push(CodecError::new(expected, number.to_string()));
    }
}

#[cfg(feature = "pattern")]
fn matching(value: &Value, pattern: &'static str, found: &mut Found) {
    if let Some(text) = value.as_str() {
        if !matches(pattern, text) {
            let expected = format!("a match of `{pattern}`");
            found.push(CodecError::new(expected, value.describe()));
        }
    }
}

/// The words for one and for several of what is counted.
type Noun = (&'static str, &'static str);
const CHARACTERS: Noun = ("character", "characters");
const ITEMS: Noun = ("item", "items");
const MEMBERS: Noun = ("member", "members");

fn at_least(count: Option<usize>, least: u64, noun: Noun, found: &mut Found) {
    let few = |count: &usize| u64::try_from(*count).is_ok_and(|count| count < least);
    if let Some(count) = count.filter(few) {
        found.push(miscounted("at least", least, noun, count));
    }
}

fn at_most(count: Option<usize>, most: u64, noun: Noun, found: &mut Found) {
    let many = |count: &usize| u64::try_from(*count).map_or(true, |count| count > most);
    if let Some(count) = count.filter(many) {
        found.push(miscounted("at most", most, noun, count));
    }
}

fn miscounted(word: &str, bound: u64, (one, many): Noun, count: usize) -> CodecError {
    let noun = if bound == 1 { one } else { many };
    CodecError::new(format!("{word} {bound} {noun}"), count.to_string())
}

fn items(value: &Value, which: RangeInclusive<usize>, rules: &[Rule], found: &mut Found) {
    let items = value.as_list().unwrap_or_default().iter().enumerate();
    for (index, item) in items.filter(|(index, _)| which.contains(index)) {
        within(item, rules, found, |failure| failure.at_index(index));
    }
}

/// Checks a value inside another, and says where it is.
fn within(
    value: &Value,
    rules: &[Rule],
    found: &mut Found,
    place: impl Fn(CodecError) -> CodecError,
) {
    let mut own = Vec::new();
    check(value, rules, &mut own);
    found.extend(own.into_iter().map(place));
}

fn unique(value: &Value, found: &mut Found) {
    let mut seen = BTreeSet::new();
    let items = value.as_list().unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        if !seen.insert(canonical(item)) {
            let failure = CodecError::new("an item that no other is equal to", item.describe());
            found.push(failure.at_index(index));
        }
    }
}

/// A text that equal values share: members in the order of their names, numbers in one form.
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

fn required(value: &Value, names: &[&str], found: &mut Found) {
    if let Some(members) = value.as_object() {
        let missing = names.iter().filter(|name| !members.contains_key(**name));
        found.extend(missing.map(|name| CodecError::missing(name)));
    }
}

/// Says of what is missing which other member asks for it.
fn dependent(value: &Value, name: &str, needed: &[&str], found: &mut Found) {
    let members = value
        .as_object()
        .filter(|members| members.contains_key(name));
    let missing = |needed: &&&str| members.is_some_and(|members| !members.contains_key(**needed));
    for needed in needed.iter().filter(missing) {
        let failure = CodecError::new(format!("a value beside `{name}`"), "nothing");
        found.push(failure.in_member(needed));
    }
}

#[cfg(feature = "pattern")]
fn other_names(
    value: &Value,
    known: &[&str],
    patterns: &'static [&'static str],
    found: &mut Found,
) {
    let fits = |name: &str| {
        let mut patterns = patterns.iter();
        known.contains(&name) || patterns.any(|pattern| matches(pattern, name))
    };
    for (name, _) in members(value).filter(|(name, _)| !fits(name)) {
        let expected = format!(
            "no member but those that match `{}`",
            patterns.join("` or `")
        );
        found.push(CodecError::new(expected, format!("`{name}`")).in_member(name));
    }
}

fn member(value: &Value, name: &str, rules: &[Rule], found: &mut Found) {
    if let Some(value) = value.get(name) {
        within(value, rules, found, |failure| failure.in_member(name));
    }
}

fn others(value: &Value, rules: &[Rule], beside: &[Rule], found: &mut Found) {
    let listed = |name: &str| {
        let is_of = |rule: &Rule| matches!(rule, Rule::Member(other, _) if *other == name);
        beside.iter().any(is_of)
    };
    for (name, value) in members(value).filter(|(name, _)| !listed(name)) {
        within(value, rules, found, |failure| failure.in_member(name));
    }
}

fn names(value: &Value, rules: &[Rule], found: &mut Found) {
    for (name, _) in members(value) {
        let text = Value::from(name.as_str());
        within(&text, rules, found, |failure| failure.in_member(name));
    }
}

/// Whether the pattern matches somewhere in the text. What is no regular expression matches everything.
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

/// With the flag `u`, as JSON Schema asks for, else without: documents have escapes that only the older syntax knows.
#[cfg(feature = "pattern")]
fn compile(pattern: &str) -> Option<Arc<Regex>> {
    let unicode = Regex::with_flags(pattern, "u");
    let regex = unicode.or_else(|_| Regex::new(pattern)).ok()?;
    Some(Arc::new(regex))
}
