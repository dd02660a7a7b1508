//! Which nodes take `null`: a union does where a branch does, whatever tells the branches apart.

use super::nodes::index;
use super::shape::{Form, Formed};
use crate::api::model::{Shape, Use};

/// For each node whether `null` is a value of it: said by the node, by the one that it is, or by a branch of its union.
pub(super) fn nulls(formed: &[Formed]) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); formed.len()];
    let mut nulls = vec![false; formed.len()];
    let mut pending = Vec::new();
    for (at, formed) in formed.iter().enumerate() {
        let parts = parts(formed);
        let told = formed.nullable || parts.iter().any(|part| part.nullable);
        if told || matches!(formed.form, Form::Done(Shape::Null)) {
            pending.push(at);
        }
        for part in parts {
            let users = index(part.schema).and_then(|part| users.get_mut(part));
            users.into_iter().for_each(|users| users.push(at));
        }
    }
    while let Some(at) = pending.pop() {
        let Some(null) = nulls.get_mut(at).filter(|null| !**null) else {
            continue;
        };
        *null = true;
        pending.extend(users.get(at).into_iter().flatten());
    }
    nulls
}

/// The places whose `null` is one of the node too. An heir's is none of what it inherits from.
fn parts<'f>(formed: &'f Formed) -> Vec<&'f Use> {
    match &formed.form {
        Form::Done(Shape::Alias(used)) => vec![used],
        Form::Done(_) => Vec::new(),
        Form::Union(branched) if branched.heirs => Vec::new(),
        Form::Union(branched) => branched.branches.iter().map(|one| &one.value).collect(),
    }
}
