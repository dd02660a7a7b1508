//! Every small change that could be made to a description.

use super::spec::{at, step};
use serde_yaml::{Mapping, Value};

/// A way to change a description at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mutation {
    Delete,
    Rename,
    /// Another value for a scalar.
    Change,
    /// Another place among the siblings.
    Move,
}

const ALL: [Mutation; 4] = [Mutation::Delete, Mutation::Rename, Mutation::Change, Mutation::Move];

/// Texts for people, which no page's fact decides. A member of an object may have such a name.
fn is_prose(parent: &str, key: &str) -> bool {
    !parent.ends_with("/properties") && ["description", "summary"].contains(&key)
}

fn collect(value: &Value, here: &str, pointers: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Mapping(members) => members
            .iter()
            .map(|(key, value)| (step(key), value))
            .filter(|(key, _)| !is_prose(here, key))
            .collect(),
        Value::Sequence(items) => {
            items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, child) in children {
        let place = format!("{here}/{key}");
        pointers.push(place.clone());
        collect(child, &place, pointers);
    }
}

/// The pointers of everything in a description but its prose.
pub fn places(spec: &Value) -> impl Iterator<Item = String> {
    let mut pointers = Vec::new();
    collect(spec, "", &mut pointers);
    pointers.into_iter()
}

/// All mutants of a description: where, how, and the changed description.
pub fn mutations(spec: &Value) -> impl Iterator<Item = (String, Mutation, Value)> + '_ {
    places(spec).flat_map(move |place| {
        ALL.iter().filter_map(move |mutation| {
            let mutant = apply(spec, &place, *mutation)?;
            Some((place.clone(), *mutation, mutant))
        })
    })
}

/// The description with one change; `None` where the change makes no sense.
fn apply(spec: &Value, place: &str, mutation: Mutation) -> Option<Value> {
    let (parent, key) = place.rsplit_once('/')?;
    let changed = match at(spec, parent)? {
        Value::Mapping(members) => Value::Mapping(in_mapping(members, key, mutation, parent)?),
        Value::Sequence(items) => Value::Sequence(in_sequence(items, key.parse().ok()?, mutation)?),
        _ => return None,
    };
    let mut mutant = spec.clone();
    *at_mut(&mut mutant, parent)? = changed;
    Some(mutant)
}

fn in_mapping(members: &Mapping, key: &str, how: Mutation, parent: &str) -> Option<Mapping> {
    let mut entries: Vec<_> = members.clone().into_iter().collect();
    let index = entries.iter().position(|(name, _)| step(name) == key)?;
    match how {
        Mutation::Delete => drop(entries.remove(index)),
        Mutation::Rename => {
            let name = entries[index].0.as_str()?;
            entries[index].0 = Value::from(format!("{name}X"));
        }
        Mutation::Change if parent.ends_with("/x-enum-descriptions") => return None,
        Mutation::Change => entries[index].1 = changed(&entries[index].1)?,
        Mutation::Move if !parent.ends_with("/properties") => return None,
        Mutation::Move => shift(&mut entries, index)?,
    }
    Some(entries.into_iter().collect())
}

fn in_sequence(items: &[Value], index: usize, how: Mutation) -> Option<Vec<Value>> {
    let mut items = items.to_vec();
    match how {
        Mutation::Delete => drop(items.remove(index)),
        Mutation::Rename => return None,
        Mutation::Change => items[index] = changed(&items[index])?,
        Mutation::Move => shift(&mut items, index)?,
    }
    Some(items)
}

/// Swaps an element with a neighbour.
fn shift<T>(list: &mut [T], index: usize) -> Option<()> {
    let other = if index == 0 { 1 } else { index - 1 };
    (list.len() > 1).then(|| list.swap(index, other))
}

/// Another scalar of the same type.
fn changed(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(Value::from(format!("{text}X"))),
        Value::Bool(flag) => Some(Value::from(!flag)),
        Value::Number(number) => Some(Value::from(number.as_i64()? + 1)),
        _ => None,
    }
}

fn at_mut<'a>(value: &'a mut Value, pointer: &str) -> Option<&'a mut Value> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(value, |value, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Mapping(members) => members.get_mut(step.as_str()),
            Value::Sequence(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        }
    })
}
