//! How an update is merged with what is there.

use crate::load::{Node, OriginId, Value};

/// Two values that cannot be merged.
#[derive(Debug)]
pub(super) struct Clash {
    pub ours: OriginId,
    pub theirs: OriginId,
}

/// Merges an update with a selected value: an array takes it in, anything else is merged with it.
pub(super) fn update(target: &mut Node, update: &Node) -> Vec<Clash> {
    let mut clashes = Vec::new();
    match &mut target.value {
        Value::List(items) => items.extend(update.clone().into_list()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            merge(target, update, &mut clashes);
        }
    }
    clashes
}

fn merge(target: &mut Node, update: &Node, clashes: &mut Vec<Clash>) {
    let theirs = target.origin;
    let empty = target.is_null();
    match (&mut target.value, &update.value) {
        (Value::Object(members), Value::Object(changes)) => {
            for (key, change) in changes {
                match members.get_mut(key) {
                    Some(member) => merge(member, change, clashes),
                    None => drop(members.insert(key.clone(), change.clone())),
                }
            }
        }
        (Value::List(items), Value::List(more)) => items.extend(more.iter().cloned()),
        // a key without a value, as in an outline of the document
        (Value::Object(_) | Value::List(_), Value::Null) => {}
        (Value::Object(_) | Value::List(_), _) | (_, Value::Object(_) | Value::List(_))
            if !empty =>
        {
            clashes.push(Clash {
                ours: update.origin,
                theirs,
            });
        }
        _ => *target = update.clone(),
    }
}
