//! Base names of operations, from which methods and types are named: `operationId`s without repetition of method and
//! path.

use super::reserved;
use super::scope::{Scope, Wish};
use super::word_case::{asked_value, snake};
use super::Ident;
use crate::api::model::{Api, Operation};
use crate::diagnostics::Diagnostics;
use std::collections::BTreeMap;

/// Names every operation, regardless of groups, so that grouping changes the names of methods only.
pub fn whole(api: &Api, full: bool, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let ids = match full {
        true => api.operations.iter().map(|one| one.id.clone()).collect(),
        false => shortened(&api.operations),
    };
    let wishes = api.operations.iter().zip(&ids).map(|(operation, id)| {
        let asked = operation.name.as_deref().map(asked_value);
        let own = snake(id);
        let wanted = asked.clone().unwrap_or_else(|| own.clone());
        let spare = format!("{wanted}_call");
        Wish {
            rank: Wish::rank(asked.is_some(), id, &wanted),
            key: format!("{id} {}", operation.at.pointer),
            candidates: vec![wanted, own, spare],
            place: operation.at.place.clone(),
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    let words: [&[&str]; 2] = [&reserved::CLIENT_METHODS, &reserved::TRAIT_METHODS];
    Scope::reserving(&words).settle(&wishes, diagnostics)
}

/// Returns the `operationId`s without the path and method that they end in, if the remainder is unique.
fn shortened(operations: &[Operation]) -> Vec<String> {
    let versioned = |id: &str, operation: &Operation| match &operation.version {
        Some(version) => format!("{id}@{version}"),
        None => id.to_owned(),
    };
    let own = operations.iter().map(|operation| {
        let short = own_part(operation).map(|id| versioned(&id, operation));
        short.unwrap_or_else(|| operation.id.clone())
    });
    let own: Vec<String> = own.collect();
    let mut counts = BTreeMap::<String, usize>::new();
    for (operation, short) in operations.iter().zip(&own) {
        *counts.entry(snake(short)).or_default() += 1;
        if *short != operation.id {
            *counts.entry(snake(&operation.id)).or_default() += 1;
        }
    }
    let both = operations.iter().zip(own);
    let chosen = both.map(|(operation, short)| match counts.get(&snake(&short)) {
        Some(1) => short,
        Some(_) | None => operation.id.clone(),
    });
    chosen.collect()
}

/// Returns the part of an `operationId` that does not repeat its path and method.
fn own_part(operation: &Operation) -> Option<String> {
    let (id, path) = (operation.plain_id(), operation.path.as_str());
    let words = tokens(id);
    let mut repeated: Vec<&str> = tokens(path).into_iter().map(|(_, word)| word).collect();
    let made: Vec<&str> = std::iter::once(operation.method.as_str())
        .chain(repeated.iter().copied())
        .collect();
    if same(&words, &made) {
        return without_base(&operation.method, &repeated);
    }
    repeated.push(&operation.method);
    let count = words.len().checked_sub(repeated.len())?;
    let (_, end) = words.split_at_checked(count)?;
    let (at, _) = end.first()?;
    let own = id.get(..*at)?;
    let own = own.trim_end_matches(|c: char| !c.is_alphanumeric());
    (same(end, &repeated) && !own.is_empty()).then(|| own.to_owned())
}

/// Names an operation without `operationId` by its method and path, without a leading `api` or version.
fn without_base(method: &str, words: &[&str]) -> Option<String> {
    let is_base = |word: &&&str| {
        let number = word.strip_prefix('v').unwrap_or_default();
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        **word == "api" || is_number
    };
    let base = words.iter().take_while(is_base).count();
    let rest = words.get(base..).filter(|rest| !rest.is_empty())?;
    Some(format!("{}_{}", method.to_lowercase(), rest.join("_")))
}

fn same(words: &[(usize, &str)], others: &[&str]) -> bool {
    let mut pairs = words.iter().zip(others);
    words.len() == others.len() && pairs.all(|((_, word), other)| word.eq_ignore_ascii_case(other))
}

/// Returns the runs of letters and digits, each with its offset.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut tokens = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            tokens.push((at, word));
        }
        // A separator may have several bytes.
        let rest = text.get(at + word.len()..).unwrap_or_default();
        at += word.len() + rest.chars().next().map_or(0, char::len_utf8);
    }
    tokens
}
