//! Groups of properties of which at most one may be there, in the ways in which documents say so.

use super::facts::Facts;
use crate::api::model::{Constraints, ExclusiveGroup};
use crate::api::schema_location::{branches, Said, Source};
use openapiv3::Schema;
use std::collections::{BTreeMap, BTreeSet};

/// What a schema demands that speaks only of which properties are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// All of these are there.
    All(Vec<String>),
    /// None of these is there.
    None(BTreeSet<String>),
}

/// What the branches of a union demand, when all of them speak only of which properties are there.
pub(super) fn demands(branches: &[Source]) -> Option<Vec<Demand>> {
    branches.iter().map(demand).collect()
}

fn demand(source: &Source) -> Option<Demand> {
    let Said::Whole(schema) = source.said else {
        return None;
    };
    let facts = Facts::of(schema);
    let simple = facts.is_simple() && speaks_of_presence(schema);
    match (simple, facts.required, facts.not) {
        (true, [], Some(not)) => {
            let not = Source::new(String::new(), not);
            let lists = lists(&not)?;
            let single = lists.iter().all(|list| list.len() == 1);
            single.then(|| Demand::None(lists.into_iter().flatten().collect()))
        }
        (true, [_, ..], _) => Some(Demand::All(facts.required.to_vec())),
        _ => None,
    }
}

/// Whether nothing but `required`, `not` and a repeated `type` is said.
fn speaks_of_presence(schema: &Schema) -> bool {
    let facts = Facts::of(schema);
    facts.kinds.overlaps(super::kinds::Kinds::OBJECT)
        && facts.format.is_none()
        && facts.values.is_none()
        && facts.properties.is_none()
        && facts.additional.is_none()
        && facts.items.is_none()
        && !facts.restricted
        && facts.limits == Constraints::default()
}

/// The group that a `oneOf` of such demands describes: exactly one of the properties, or none where a branch says so.
pub(super) fn at_most_one(list: &[Demand]) -> Option<ExclusiveGroup> {
    let mut members = Vec::new();
    let mut none = None;
    for demand in list {
        match demand {
            Demand::All(names) => match names.as_slice() {
                [name] if !members.contains(name) => members.push(name.clone()),
                _ => return None,
            },
            Demand::None(names) => none = Some(names),
        }
    }
    let known = |names: &BTreeSet<String>| members.iter().all(|name| names.contains(name));
    let fits = members.len() > 1 && none.is_none_or(known);
    fits.then_some(ExclusiveGroup {
        required: none.is_none(),
        members,
    })
}

/// The lists of properties that a `not` forbids to be there together.
pub(super) fn lists(not: &Source) -> Option<Vec<Vec<String>>> {
    let Said::Whole(schema) = not.said else {
        return None;
    };
    let facts = Facts::of(schema);
    if !speaks_of_presence(schema) || facts.not.is_some() {
        return None;
    }
    match (facts.required, facts.any_of, facts.all_of, facts.one_of) {
        ([_, ..], [], [], []) => Some(vec![facts.required.to_vec()]),
        ([], [_, ..], [], []) => {
            let branches = branches("", "anyOf", facts.any_of);
            let each = demands(&branches)?;
            each.into_iter().map(all_names).collect()
        }
        ([], [], [_, ..], []) => {
            let branches = branches("", "allOf", facts.all_of);
            let each: Option<Vec<Vec<String>>> =
                demands(&branches)?.into_iter().map(all_names).collect();
            Some(vec![each?.concat()])
        }
        _ => None,
    }
}

fn all_names(demand: Demand) -> Option<Vec<String>> {
    match demand {
        Demand::All(names) => Some(names),
        Demand::None(_) => None,
    }
}

/// The pairs that a `not` forbids, when it forbids pairs and nothing else.
pub(super) fn pairs(not: &Source) -> Option<Vec<(String, String)>> {
    let pair = |list: Vec<String>| match <[String; 2]>::try_from(list) {
        Ok([one, other]) if one != other => Some((one, other)),
        _ => None,
    };
    lists(not)?.into_iter().map(pair).collect()
}

/// Draws pairs together: a group wherever each of its members excludes each other one.
pub(super) fn groups(pairs: &[(String, String)], order: &[&str]) -> Vec<ExclusiveGroup> {
    let rank: BTreeMap<&str, usize> = order.iter().copied().zip(0..).collect();
    let at = |name: &str| rank.get(name).copied().unwrap_or(usize::MAX);
    let mut beside: BTreeMap<(usize, &str), BTreeSet<(usize, &str)>> = BTreeMap::new();
    for (one, other) in pairs {
        let (one, other) = ((at(one), one.as_str()), (at(other), other.as_str()));
        beside.entry(one).or_default().insert(other);
        beside.entry(other).or_default().insert(one);
    }
    let mut covered = BTreeSet::new();
    let mut groups = Vec::new();
    for (first, others) in &beside {
        for second in others.iter().filter(|second| first < *second) {
            if !covered.contains(&(*first, *second)) {
                let members = clique(&beside, *first, *second);
                covered.extend(every_pair(&members));
                groups.push(members);
            }
        }
    }
    groups
        .into_iter()
        .map(|members| ExclusiveGroup {
            members: members
                .into_iter()
                .map(|(_, name)| name.to_owned())
                .collect(),
            required: false,
        })
        .collect()
}

type Member<'n> = (usize, &'n str);

/// The two, and all that exclude each of those taken before them.
fn clique<'n>(
    beside: &BTreeMap<Member<'n>, BTreeSet<Member<'n>>>,
    first: Member<'n>,
    second: Member<'n>,
) -> Vec<Member<'n>> {
    let mut members = vec![first, second];
    for candidate in beside.get(&first).into_iter().flatten() {
        let neighbours = beside.get(candidate);
        let fits = |member: &Member| neighbours.is_some_and(|list| list.contains(member));
        if members.iter().all(fits) {
            members.push(*candidate);
        }
    }
    members.sort_unstable();
    members
}

fn every_pair<'n>(members: &[Member<'n>]) -> Vec<(Member<'n>, Member<'n>)> {
    let after = |at: usize| members.iter().skip(at + 1);
    let pairs = members.iter().enumerate();
    pairs
        .flat_map(|(at, one)| after(at).map(|other| (*one, *other)))
        .collect()
}
